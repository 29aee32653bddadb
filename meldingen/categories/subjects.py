"""The common codes of what meldingen are about: what a municipality calls its category is its own affair.

By them a model that learned from one town's texts can serve another. A code is never renamed; one is added when several
municipalities have a category for it. Rest categories have none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COMMON = frozenset({
    "afval-gedumpt", "afval-niet-opgehaald", "autowrak", "bankje-of-paaltje-kapot", "bladeren", "boom-gevaarlijk",
    "brug-of-oever-kapot", "container-vol-of-kapot", "dood-dier", "drank-en-drugs", "fietspad-kapot", "fietswrak",
    "fout-geparkeerd", "gat-in-de-weg", "geluid", "gevaarlijke-situatie", "gladheid", "graffiti", "gras-maaien",
    "groep-op-straat", "hondenpoep", "laadpaal", "lamp-brandt-niet", "lamp-brandt-overdag", "lantaarnpaal-beschadigd",
    "losse-stoeptegel", "meeuwen-en-duiven", "onkruid", "overhangend-groen", "processierups", "prullenbak-vol",
    "put-verstopt", "ratten", "rioolstank", "rook-en-stank", "speeltoestel-kapot", "verkeersbord",
    "verkeerslicht-kapot", "vuil-in-het-water", "vuurwerk", "water-op-straat", "wegwerkzaamheden", "zwerfafval",
})  # fmt: skip

# The drawings of main subjects (static/meldingen/pictograms.svg), each with the common codes that it stands for.
PICTOGRAMS: Mapping[str, frozenset[str]] = {
    "afval": frozenset({
        "afval-gedumpt", "afval-niet-opgehaald", "container-vol-of-kapot", "prullenbak-vol", "zwerfafval",
    }),
    "wegen": frozenset({"fietspad-kapot", "gat-in-de-weg", "gladheid", "losse-stoeptegel"}),
    "straatverlichting": frozenset({"lamp-brandt-niet", "lamp-brandt-overdag", "lantaarnpaal-beschadigd"}),
    "groen": frozenset({"bladeren", "boom-gevaarlijk", "gras-maaien", "onkruid", "overhangend-groen"}),
    "water": frozenset({
        "brug-of-oever-kapot", "put-verstopt", "rioolstank", "vuil-in-het-water", "water-op-straat",
    }),
    "verkeer": frozenset({"gevaarlijke-situatie", "verkeersbord", "verkeerslicht-kapot", "wegwerkzaamheden"}),
    "parkeren": frozenset({"autowrak", "fietswrak", "fout-geparkeerd", "laadpaal"}),
    "overlast": frozenset({"drank-en-drugs", "geluid", "groep-op-straat", "rook-en-stank", "vuurwerk"}),
    "dieren": frozenset({"dood-dier", "hondenpoep", "meeuwen-en-duiven", "processierups", "ratten"}),
    "spelen": frozenset({"bankje-of-paaltje-kapot", "graffiti", "speeltoestel-kapot"}),
}  # fmt: skip
OTHER = "anders"


def main_subject(code: str) -> str:
    """Of which kind a common subject is; empty for what is none."""
    return next((name for name, codes in PICTOGRAMS.items() if code == name or code in codes), "")


def pictogram(codes: Iterable[str]) -> str:
    """The drawing that stands for most of these subjects; that of something else where it stands for none."""
    counts = Counter(name for name in map(main_subject, codes) if name)
    return max(counts, key=lambda name: (counts[name], name), default=OTHER)


def check_subject(code: str) -> None:
    """ValidationError for what is no common code, of a subject or of a kind for which a town has one category."""
    if code not in COMMON and code not in PICTOGRAMS:
        raise ValidationError(
            _("There is no common subject “%(code)s”. The list: %(codes)s."),
            code="unknown_subject",
            params={"code": code, "codes": ", ".join(sorted(COMMON | PICTOGRAMS.keys()))},
        )
