"""A report of the invented history and what happened to it, as the importer's two files have them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

COLUMNS = (
    "id", "gemeld_op", "hoofdcategorie_slug", "categorie_slug", "latitude", "longitude", "tekst", "adres",
    "objectsoort", "objectnummer", "kanaal", "team", "termijn", "naam", "e-mail", "telefoon", "taal",
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "op", "door", "status", "categorie_slug", "team", "behandelaar", "termijn", "antwoord", "notitie",
    "tevredenheid",
)  # fmt: skip
ENDS = ("solved", "forwarded", "declined", "spam", "threat")

Degrees = tuple[float, float]


@dataclass(frozen=True)
class Category:
    """A subcategory as it stands in categories.csv, with its main category, team and days."""

    slug: str
    main: str
    team: str
    days: int
    share: float


@dataclass(frozen=True)
class Spot:
    """Where it is: in degrees, with the words for it, if any; and the area around it."""

    point: Degrees
    address: str
    street: str
    number: str
    buurt: str
    wijk: str
    kind: str = ""
    thing: str = ""


@dataclass(frozen=True)
class Deed:
    """One thing that happened: `door` is a user name, or one of the importer's words."""

    when: datetime
    by: str
    state: str = ""
    category: str = ""
    team: str = ""
    assignee: str = ""
    deadline: datetime | None = None
    answer: str = ""
    note: str = ""
    grade: str = ""


@dataclass
class Report:
    """One melding as it came in, and its deeds, oldest first."""

    key: str
    received: datetime
    category: Category | None
    spot: Spot
    text: str
    channel: str
    language: str = "nl"
    contact: tuple[str, str, str] = ("", "", "")
    deeds: list[Deed] = field(default_factory=list)

    @property
    def state(self) -> str:
        """In which it is, at the end."""
        return next((deed.state for deed in reversed(self.deeds) if deed.state), "new")

    @property
    def team(self) -> str:
        """Who has it, at the end."""
        return next((deed.team for deed in reversed(self.deeds) if deed.team), "")

    @property
    def deadline(self) -> datetime | None:
        """By when it should be handled, at the end."""
        return next((deed.deadline for deed in reversed(self.deeds) if deed.deadline), None)

    def row(self) -> dict[str, str]:
        """Its row in the file of meldingen."""
        longitude, latitude = self.spot.point
        name, mail, phone = self.contact
        values = (
            self.key, self.received.isoformat(timespec="seconds"), self.category.main if self.category else "",
            self.category.slug if self.category else "", f"{latitude:.6f}", f"{longitude:.6f}", self.text,
            self.spot.address, self.spot.kind, self.spot.thing, self.channel, self.team, _moment(self.deadline),
            name, mail, phone, self.language,
        )  # fmt: skip
        return dict(zip(COLUMNS, values, strict=True))

    def event_rows(self) -> Iterator[dict[str, str]]:
        """Its rows in the file of events."""
        for deed in self.deeds:
            values = (
                self.key, _moment(deed.when), deed.by, deed.state, deed.category, deed.team, deed.assignee,
                _moment(deed.deadline), deed.answer, deed.note, deed.grade,
            )  # fmt: skip
            yield dict(zip(EVENT_COLUMNS, values, strict=True))


def _moment(when: datetime | None) -> str:
    return when.isoformat(timespec="seconds") if when else ""
