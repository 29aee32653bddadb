"""The common codes of what meldingen are about: what a municipality calls its category is its own affair.

By them a model that learned from one town's texts can serve another. A code is never renamed; one is added when several
municipalities have a category for it. Rest categories have none.
"""

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


def check_subject(code: str) -> None:
    """ValidationError for what is no common code."""
    if code not in COMMON:
        raise ValidationError(
            _("There is no common subject “%(code)s”. The list: %(codes)s."),
            code="unknown_subject",
            params={"code": code, "codes": ", ".join(sorted(COMMON))},
        )
