"""What there is to try in the demonstration, in ten lines; docs/demo.md says more."""

from collections.abc import Iterator

# What to do, and where.
THINGS = (
    ("Look as somebody else with one click", "/demo/"),
    ("Report a lamp that is out, in any words; follow it on the page that you get", "/melden/"),
    ("Read the mail that you would have got", "/demo/post/"),
    ("As Triage: judge what came in over the weekend", "/beheer/meldingen/melding/?state=new"),
    ("As Triage: find the letter in which somebody objects to a decision: search for bezwaar", "/beheer/"),
    ("Find the container that is full since August: type alweer vol as words", "/beheer/filters/"),
    ("As Coordinator: see the wave of adverts that was called spam", "/beheer/meldingen/melding/?state=spam"),
    ("As Manager: read what the model promises, and of which categories it is never sure", "/beheer/instellingen/"),
    ("As a journalist: see the month in which three days are missing, and why", "/data/"),
    ("Go back to the beginning with `make again`", ""),
)
# The other towns, each at a name of its own.
TOWNS = (
    ("Oosterveen, small, with tables that are coarser", "oosterveen"),
    ("Zandervliet, which registers nothing yet: what a new customer sees", "zandervliet"),
)


def towns(url: str) -> Iterator[str]:
    """A line for each of the other towns."""
    for what, name in TOWNS:
        yield f"  {what}: {url.replace('//', f'//{name}.', 1)}/"


def lines(url: str) -> Iterator[str]:
    """Ten lines with addresses that can be clicked in a terminal."""
    for number, (what, where) in enumerate(THINGS, 1):
        yield f"{number:3}. {what}" + (f": {url}{where}" if where else "")
