"""What the properties of an area are called, by us, by the CBS and by PDOK, and how their values are written."""

import re
from collections.abc import Sequence
from math import inf, isfinite
from typing import Any

from django.utils.translation import gettext as _

from meldingen.places.loading.layers import Feature
from meldingen.places.models import Area
from meldingen.texts import normal

GEMEENTE, WIJK, BUURT = Area.Level.GEMEENTE, Area.Level.WIJK, Area.Level.BUURT

# Names as `plain` leaves them; the first that holds something counts.
CODE = {
    GEMEENTE: ("code", "gemeentecode", "gmcode", "gwbcode", "statcode"),
    WIJK: ("code", "wijkcode", "wkcode", "gwbcode", "statcode"),
    BUURT: ("code", "buurtcode", "bucode", "gwbcode", "statcode"),
}
NAME = {
    GEMEENTE: ("naam", "gemeentenaam", "gmnaam", "regio", "statnaam"),
    WIJK: ("naam", "wijknaam", "wknaam", "regio", "statnaam"),
    BUURT: ("naam", "buurtnaam", "bunaam", "regio", "statnaam"),
}
ABOVE = {WIJK: ("gemeentecode", "gmcode"), BUURT: ("wijkcode", "wkcode")}
OF_GEMEENTE = ("gemeentecode", "gmcode")
YEAR = ("peiljaar", "jaar", "jrstatcode")
WATER = ("water", "h2o")
FIGURES = {
    "inhabitants": ("inwoners", "aantalinwoners", "aantinw", "ainw"),
    "households": ("huishoudens", "aantalhuishoudens", "aantalhh", "ahh"),
    "density": (
        "bevolkingsdichtheidkm2", "bevolkingsdichtheidinwonersperkm2", "bevolkingsdichtheid", "bevdichth",
        "bevdich",
    ),
}  # fmt: skip
# The keys of Area.ages; the CBS counts people of 0 to 14 as "0 tot 15".
AGES = {
    "p_00_14": ("p0014", "p0014jr", "percentagepersonen0tot15jaar"),
    "p_15_24": ("p1524", "p1524jr", "percentagepersonen15tot25jaar"),
    "p_25_44": ("p2544", "p2544jr", "percentagepersonen25tot45jaar"),
    "p_45_64": ("p4564", "p4564jr", "percentagepersonen45tot65jaar"),
    "p_65_plus": ("p65plus", "p65eojr", "percentagepersonen65jaarenouder"),
}
DIGITS = {GEMEENTE: 4, WIJK: 6, BUURT: 8}
LETTERS = {GEMEENTE: "GM", WIJK: "WK", BUURT: "BU"}
# The CBS writes what it does not know, or may not tell, as -99997, -99999999 and the like, or as one of these.
UNKNOWN_UP_TO = -9990
UNKNOWN = {"", ".", "-", "x", "null", "none", "nan"}
LONGEST_NUMBER = 30
WITH_GROUPS = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+")
DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
AMBIGUOUS = re.compile(r"-?\d{1,3}(?:,\d{3})+")


def plain(name: str) -> str:
    """aantalInwoners, AANTAL_INWONERS and `aantal inwoners` are one name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def is_known(name: str) -> bool:
    """Whether a property is one of those that are read here; the files of the CBS have a hundred others."""
    return plain(name) in _NAMES


_BY_LEVEL = [*CODE.values(), *NAME.values(), *ABOVE.values()]
_NAMES = {name for names in (*_BY_LEVEL, OF_GEMEENTE, YEAR, WATER, *FIGURES.values(), *AGES.values()) for name in names}


class Properties:
    """The properties of one feature, read by any of the names that they go by."""

    def __init__(self, feature: Feature) -> None:
        self.feature = feature
        self._found: dict[str, tuple[str, Any]] = {}
        for name, value in feature.properties.items():
            value = _clean(value)
            before, there = self._found.get(plain(name), (name, None))
            if there not in (None, value) and value is not None:
                raise feature.broken(
                    _("properties %(one)s and %(other)s differ; remove one") % {"one": before, "other": name}
                )
            self._found[plain(name)] = (name, there if value is None else value)

    def level(self) -> Area.Level:
        """The level by the codes: a buurt names its wijk and gemeente too. BrokenFile where there is none."""
        own = self.text(("code", "gwbcode", "statcode")).upper()
        for level in (BUURT, WIJK, GEMEENTE):
            if own.startswith(LETTERS[level]) if own else self.text(CODE[level]):
                return level
        raise self.feature.broken(_("no property says its code, such as code, buurtcode or BU_CODE"))

    def code(self, level: Area.Level) -> str:
        """The CBS code: GM, WK or BU, and digits. BrokenFile for anything else."""
        code = self._code(CODE[level], level)
        if code:
            return code
        names = ", ".join(CODE[level])
        raise self.feature.broken(_("it has no code; the property may be called %(names)s") % {"names": names})

    def parent(self, level: Area.Level) -> str:
        """The code of the area around it; where the file does not say it, as the CBS builds its codes. Empty: none."""
        if level == GEMEENTE:
            return ""
        above = WIJK if level == BUURT else GEMEENTE
        return self._code(ABOVE[level], above) or LETTERS[above] + self.code(level)[2 : 2 + DIGITS[above]]

    def gemeente(self, level: Area.Level) -> str:
        """The code of its gemeente, also by its own code."""
        return self._code(OF_GEMEENTE, GEMEENTE) or f"GM{self.code(level)[2:6]}"

    def _code(self, names: Sequence[str], level: Area.Level) -> str:
        """Letters and digits; digits alone get their letters, and the zeros that a spreadsheet took from them."""
        letters, digits, code = LETTERS[level], DIGITS[level], self.text(names).upper()
        if code.isdecimal() and code.isascii():
            code = letters + code.zfill(digits)
        if code and not re.fullmatch(rf"{letters}\d{{{digits}}}", code, re.ASCII):
            raise self.feature.broken(
                _("property %(name)s is no CBS code of a %(level)s: %(letters)s and %(digits)d digits")
                % {"name": self._first(names)[0], "level": level.value, "letters": letters, "digits": digits}
            )
        return code

    def year(self) -> int | None:
        """The year of the borders; None where the file does not say it."""
        name, value = self._first(YEAR)
        digits = str(value)[:4] if plain(name) == "jrstatcode" else str(value).removesuffix(".0")
        if value in (None, ""):
            return None
        if not re.fullmatch(r"(19|20)\d\d", digits, re.ASCII):
            raise self.feature.broken(_("property %(name)s is no year") % {"name": name})
        return int(digits)

    def is_water(self) -> bool:
        """Whether the CBS keeps this part apart as water."""
        return self.text(WATER).upper() == "JA"

    def text(self, names: Sequence[str]) -> str:
        """The first of these that holds something; empty where none does."""
        name, value = self._first(names)
        if isinstance(value, bool | list | dict):
            raise self.feature.broken(_("property %(name)s is no text") % {"name": name})
        # A number in a shapefile has a decimal point.
        return "" if value is None else str(value).removesuffix(".0") if isinstance(value, float) else str(value)

    def figure(self, names: Sequence[str], most: float = inf) -> int | None:
        """The figure under one of these names, None where it is unknown. BrokenFile where two of them differ."""
        figures = {self._found[name][0]: self._figure(name, most) for name in names if name in self._found}
        numbers = {name: value for name, value in figures.items() if value is not None}
        if len(set(numbers.values())) > 1:
            one, other, *_more = numbers
            raise self.feature.broken(
                _("properties %(one)s and %(other)s differ; remove one") % {"one": one, "other": other}
            )
        return next(iter(numbers.values()), None)

    def ages(self) -> dict[str, int]:
        """Percentages by the keys of Area.ages; without those that are unknown."""
        figures = {key: self.figure(names, most=100) for key, names in AGES.items()}
        return {key: value for key, value in figures.items() if value is not None}

    def _first(self, names: Sequence[str]) -> tuple[str, Any]:
        values = (self._found[name] for name in names if self._found.get(name, ("", None))[1] not in (None, ""))
        return next(values, (names[0], None))

    def _figure(self, plain_name: str, most: float) -> int | None:
        name, value = self._found[plain_name]
        try:
            number = _number(value)
        except ValueError as error:
            raise self.feature.broken(_("property %(name)s: %(why)s") % {"name": name, "why": error.args[0]}) from error
        if number is not None and number > most:
            raise self.feature.broken(_("property %(name)s is more than %(most)d") % {"name": name, "most": most})
        return None if number is None else round(number)


def _clean(value: Any) -> Any:
    """Text in one form of Unicode, without the spaces around and between that nobody typed on purpose."""
    return " ".join(normal(value).split()) if isinstance(value, str) else value


def _number(value: Any) -> float | None:
    """1250, "1250", "1.250" and "1 250" alike; None for what is unknown. ValueError with the reason for the rest."""
    if isinstance(value, str):
        value = _number_in(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(_("no number"))
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(_("too large or no number"))
    if value <= UNKNOWN_UP_TO:
        return None
    if value < 0:
        raise ValueError(_("below zero; leave out what is unknown"))
    return value


def _number_in(text: str) -> float | int | None:
    if text.lower() in UNKNOWN:
        return None
    if AMBIGUOUS.fullmatch(text):
        raise ValueError(_("%(text)s can be read in two ways; write it without a comma") % {"text": text[:20]})
    if WITH_GROUPS.fullmatch(text):
        return int(re.sub(r"[. ]", "", text))
    if not DECIMAL.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise ValueError(_("“%(text)s” is no number") % {"text": text[:20]})
    return float(text.replace(",", ".")) if set(text) & {".", ","} else int(text)
