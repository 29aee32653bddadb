"""Who works in the invented towns. Nobody is real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account: their role and the teams that they are in."""

    username: str
    name: str
    role: str
    teams: Sequence[str] = ()
    is_data_steward: bool = False

    @property
    def first_name(self) -> str:
        """The first word of their name."""
        return self.name.partition(" ")[0]

    @property
    def last_name(self) -> str:
        """The rest."""
        return self.name.partition(" ")[2]


WITH_COLLEAGUES = "lindewaard"
COLLEAGUES = (
    Colleague("mila", "Mila Verbeek", "telephone"),
    Colleague("joris", "Joris Dekker", "telephone"),
    Colleague("fatima", "Fatima Haddad", "triage"),
    Colleague("wim", "Wim Postma", "triage"),
    Colleague("ahmed", "Ahmed Yilmaz", "handler", ("reiniging",)),
    Colleague("els", "Els van Rooij", "handler", ("reiniging",)),
    Colleague("piet", "Piet Schaap", "handler", ("wegen",)),
    Colleague("sandra", "Sandra Kok", "handler", ("wegen",)),
    Colleague("kees", "Kees Lantinga", "handler", ("verlichting",)),
    Colleague("bram", "Bram Hout", "handler", ("groen",)),
    Colleague("nour", "Nour Aziz", "handler", ("groen",)),
    Colleague("lotte", "Lotte Waterman", "handler", ("water",)),
    Colleague("tom", "Tom de Ridder", "handler", ("verkeer",)),
    Colleague("rachid", "Rachid Bensaid", "handler", ("handhaving",)),
    Colleague("ineke", "Ineke Prins", "handler", ("handhaving",)),
    Colleague("yvonne", "Yvonne Mulder", "handler", ("klantcontact",)),
    Colleague("marijke", "Marijke Bos", "coordinator"),
    Colleague("henk", "Henk Tabel", "reader", is_data_steward=True),
)

FIRST_NAMES = (
    "Anna", "Bart", "Carla", "Daan", "Emine", "Frits", "Greet", "Hassan", "Iris", "Jan", "Karin", "Lars", "Maria",
    "Nico", "Olga", "Peter", "Rosa", "Sjoerd", "Tineke", "Umut", "Vera", "Wouter", "Yara", "Zofia",
)  # fmt: skip
LAST_NAMES = (
    "de Vries", "Jansen", "Bakker", "Smit", "Visser", "Meijer", "Mulder", "Bos", "Vos", "Peters", "Hendriks",
    "Dijkstra",
    "Yildiz", "el Amrani", "Kowalska", "Nguyen", "van Dam", "Brouwer", "Kuipers", "Post",
)  # fmt: skip


@dataclass(frozen=True)
class Staff:
    """User names of a town by what they do."""

    telephone: Sequence[str]
    triage: Sequence[str]
    teams: Mapping[str, Sequence[str]]

    def of_team(self, team: str) -> Sequence[str]:
        """Who is in a team; who does triage where nobody is."""
        return self.teams.get(team, self.triage)


def staff_of(town: str) -> Staff:
    """Who works in the town of a folder; in a small one it is one person who does it all."""
    if town != WITH_COLLEAGUES:
        everybody = (f"behandelaar@{town}",)
        return Staff(everybody, everybody, {})
    teams = {team for each in COLLEAGUES for team in each.teams}
    return Staff(
        tuple(each.username for each in COLLEAGUES if each.role == "telephone"),
        tuple(each.username for each in COLLEAGUES if each.role == "triage"),
        {team: tuple(each.username for each in COLLEAGUES if team in each.teams) for team in sorted(teams)},
    )
