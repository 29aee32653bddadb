"""Kinds of objects as a sentence names them. In Dutch a name needs its article, which no town has in its files."""

from collections.abc import Sequence

from django.utils.translation import get_language, gettext

from meldingen.places.models import AssetKind

# How Dutch names with "het" end, of what stands in a street; "de" is right for the others, "-je" makes "het" of each.
_NEUTER = (
    *("je", "bord", "hek", "toestel", "licht", "rek", "huis", "hok", "gemaal", "kunstwerk", "deksel", "punt", "object"),
    *("apparaat", "beeld", "monument", "scherm", "paneel", "viaduct", "rooster", "riool", "perk", "veld", "net"),
)


def with_articles(kinds: Sequence[AssetKind]) -> str:
    """ "de container of het bankje", in the language of the reader."""
    *before, last = [_with_article(kind.name) for kind in kinds]
    if not before:
        return last
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(before), "last": last}


def _with_article(name: str) -> str:
    # A name such as "LED-lamp" keeps its capitals.
    name = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    if get_language() != "nl":
        return f"the {name}"
    return f"het {name}" if name.endswith(_NEUTER) else f"de {name}"
