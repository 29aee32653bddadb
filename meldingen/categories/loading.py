"""Categories from the files that a municipality keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from meldingen.calendar import ServiceLevel, Unit
from meldingen.categories.models import Category
from meldingen.files.cells import Tell, broken, ignore, number, refuse_bad_slug, tell_changes, twice
from meldingen.files.reading import UTF8, BrokenFile, in_line, read_json, refuse_unfit
from meldingen.files.sheets import read_csv
from meldingen.languages import offered
from meldingen.tenancy.models import Municipality, Team


@dataclass(frozen=True)
class CategoryRow:
    """One category as a file gives it; `main` empty for a main category. Not complete: the file has its name only.

    `line` is where it stands, 0 in a file without lines. Names and guidance are by language: those of which the file
    has a column.
    """

    main: str
    slug: str
    names: Mapping[str, str]
    guidance: Mapping[str, str] = field(default_factory=dict)
    team: str = ""
    service_amount: int | None = None
    service_unit: str = Unit.WORKING_DAYS.value
    public_as: str = Category.PublicAs.CIJFERS
    is_active: bool = True
    subject: str | None = None
    is_confidential: bool | None = None
    decision: str | None = None
    decided_on: date | None = None
    prompt_after_hours: int | None = None
    map_after_hours: int | None = None
    nearby_metres: int | None = None
    nearby_days: int | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    elsewhere_url: str | None = None
    elsewhere_phone: str | None = None
    is_only_elsewhere: bool | None = None
    is_complete: bool = True
    line: int = 0


# What a CSV says of a category, by the column that says it; then how a JSON calls what it says.
COLUMNS = {
    "name_texts": "naam",
    "guidance_texts": "uitleg",
    "service_amount": "dagen",
    "service_unit": "eenheid",
    "public_as": "publiek",
    "is_active": "actief",
    "subject": "onderwerp",
    "is_confidential": "vertrouwelijk",
    "decision": "besluit",
    "decided_on": "besluit_op",
    "prompt_after_hours": "uren_tot_vraag",
    "map_after_hours": "uren_tot_kaart",
    "nearby_metres": "meters_gelijk",
    "nearby_days": "dagen_gelijk",
    "elsewhere_texts": "elders",
    "elsewhere_url": "adres_elders",
    "elsewhere_phone": "telefoon_elders",
    "is_only_elsewhere": "alleen_elders",
}
_NUMBERS = ("prompt_after_hours", "map_after_hours", "nearby_metres", "nearby_days")
_ELSEWHERE = ("elsewhere_url", "elsewhere_phone", "is_only_elsewhere")
OPTIONAL = ("subject", "is_confidential", "decision", "decided_on", *_ELSEWHERE, *_NUMBERS)
KEYS = {"name_texts__nl": "name", "service_amount": "sla"}
UNITS = {"": Unit.WORKING_DAYS, "werkdagen": Unit.WORKING_DAYS, "kalenderdagen": Unit.CALENDAR_DAYS, "uren": Unit.HOURS}
KEYS_OF_MAIN = {"name_texts__nl": "parent", "slug": "parent_slug"}
# What a file says that is not complete: the name, and perhaps a service level.
_SAID_AT_LEAST = {False: ("name_texts",), True: ("name_texts", "service_amount", "service_unit")}
COLUMN_OF = {"parent": "hoofdcategorie", "default_team": "team"}


@transaction.atomic
def load_categories(
    municipality: Municipality, path: Path, encoding: str = UTF8, tell: Tell = ignore, *, only_new: bool = False
) -> int:
    """Categories from our own CSV or from the JSON list of a Signalen export. How many there are under main categories.

    All or nothing. A category that the file does not name stays as it is, with `only_new` also each that was there;
    what changes of one that was there is told.
    """
    rows = _from_json(municipality, path) if path.suffix == ".json" else _from_csv(path, encoding)
    _refuse_same_slugs(path, rows)
    teams = {team.slug: team for team in Team.objects.of(municipality).filter(is_active=True)}
    own = Category.objects.of(municipality)
    before = {(category.parent_id is not None, category.slug): category for category in own}
    mains: dict[str, Category] = {}
    for row in sorted(rows, key=lambda row: bool(row.main)):
        if row.team and row.team not in teams:
            raise broken(path, row.line, "team", row.team, teams)
        if row.main and row.main not in mains:
            raise broken(path, row.line, "hoofdcategorie", row.main, mains)
        category = before.get((bool(row.main), row.slug)) or Category(municipality=municipality, slug=row.slug)
        draft = _draft(path, row, category)
        if category._state.adding or not only_new:
            values = _values(row, draft, mains.get(row.main), teams.get(row.team), is_new=category._state.adding)
            tell_changes(tell, category, category.slug, values, COLUMNS | COLUMN_OF)
            for name, value in values.items():
                setattr(category, name, value)
            if category.is_active:  # it is itself again
                category.successor = None
            category.save()
        if not row.main:
            mains[row.slug] = category
    return sum(bool(row.main) for row in rows)


def _draft(path: Path, row: CategoryRow, before: Category) -> Category:
    """A category as the file describes it, its values as their columns hold them. BrokenFile for what none holds."""
    draft = Category(slug=row.slug, **_content(row, before))
    refuse_unfit(path, row.line or row.slug, draft, COLUMNS if row.line else KEYS if row.main else KEYS_OF_MAIN)
    return draft


def _values(
    row: CategoryRow, draft: Category, parent: Category | None, team: Team | None, *, is_new: bool
) -> dict[str, Any]:
    """What is written. A name alone says nothing of the rest: what colleagues have set since stays."""
    names = COLUMNS if row.is_complete or is_new else _SAID_AT_LEAST[row.service_amount is not None]
    values = {name: getattr(draft, name) for name in names} | {"parent": parent}
    return values | {"default_team": team} if team or row.is_complete else values


def _content(row: CategoryRow, before: Category) -> dict[str, Any]:
    """What the file says of it; that of which the file has no column stays."""
    values: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS if hasattr(row, name)}
    values |= {name: getattr(before, name) for name, value in values.items() if value is None and name in OPTIONAL}
    texts = {"name": row.names, "guidance": row.guidance, "elsewhere": row.elsewhere}
    return values | {f"{name}_texts": getattr(before, f"{name}_texts").but(own) for name, own in texts.items()}


def _by_language(path: Path, line: int, row: Mapping[str, str], begin: str) -> dict[str, str]:
    """The cells of naam_nl, naam_en and so on by language. A language that the site does not have is refused."""
    texts = {}
    for column, cell in row.items():
        stem, _sign, code = column.partition("_")
        if stem == begin and code not in offered():
            words = _("this site has no language “%(code)s”; there are: %(codes)s")
            raise in_line(path, line, column, words % {"code": code[:20], "codes": ", ".join(offered())})
        if stem == begin:
            texts[code] = cell
    return texts


def service_level(path: Path, line: int, row: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of its term: the number in `dagen`, of what `eenheid` says; without that column working days."""
    unit = row.get("eenheid", "")
    if unit not in UNITS:
        raise broken(path, line, "eenheid", unit, filter(None, UNITS))
    return {"service_amount": number(path, line, "dagen", row["dagen"]), "service_unit": UNITS[unit].value}


def _refuse_same_slugs(path: Path, rows: list[CategoryRow]) -> None:
    """A code is that of one category, whatever it stands under; main categories have codes of their own."""
    first_rows: dict[tuple[bool, str], CategoryRow] = {}
    for row in rows:
        first = first_rows.setdefault((bool(row.main), row.slug), row)
        if first is row:
            continue
        if row.line:
            raise twice(path, row.line, "categorie" if row.main else "hoofdcategorie", row.slug, first.line)
        names = {"first": first.names["nl"], "main": first.main, "second": row.names["nl"], "other": row.main}
        message = _(
            "%(file)s: the code “%(slug)s” stands twice, for “%(first)s” (%(main)s) and “%(second)s” (%(other)s). "
            "Give one of them another code, here and in the meldingen that have it."
        )
        raise BrokenFile(message % {"file": path.name, "slug": row.slug, **names})


def _from_csv(path: Path, encoding: str) -> list[CategoryRow]:
    columns = ("hoofdcategorie", "categorie", "naam_nl", "team", "dagen", "publiek", "actief")
    rows = []
    for line, row in read_csv(path, columns, encoding):
        for column in ("hoofdcategorie", "categorie"):
            if row[column] or column == "hoofdcategorie":
                refuse_bad_slug(path, line, column, row[column])
        if row["publiek"] not in Category.PublicAs.values:
            raise broken(path, line, "publiek", row["publiek"], Category.PublicAs.values)
        for column in ("actief", "vertrouwelijk"):
            if row.get(column, "nee") not in ("ja", "nee"):
                raise broken(path, line, column, row[column], ("ja", "nee"))
        rows.append(
            CategoryRow(
                main=row["hoofdcategorie"] if row["categorie"] else "",
                slug=row["categorie"] or row["hoofdcategorie"],
                names=_by_language(path, line, row, "naam"),
                guidance=_by_language(path, line, row, "uitleg"),
                team=row["team"],
                **service_level(path, line, row),
                public_as=row["publiek"],
                is_active=row["actief"] == "ja",
                subject=row.get("onderwerp"),
                is_confidential=row["vertrouwelijk"] == "ja" if "vertrouwelijk" in row else None,
                **_publicity(path, line, row),
                **_elsewhere(path, line, row),
                line=line,
            )
        )
    return rows


def _publicity(path: Path, line: int, row: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of how single meldingen are shown, and which are alike; None of what it says nothing of."""
    values: dict[str, Any] = {name: number(path, line, COLUMNS[name], row.get(COLUMNS[name], "")) for name in _NUMBERS}
    day = row.get("besluit_op", "")
    try:
        values["decided_on"] = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise broken(path, line, "besluit_op", day) from error
    return values | {"decision": row.get("besluit")}


def _elsewhere(path: Path, line: int, row: Mapping[str, str]) -> dict[str, Any]:
    """What a row says of who solves it when we do not; None of what it says nothing of."""
    only = row.get("alleen_elders")
    if only not in (None, "", "ja", "nee"):
        raise broken(path, line, "alleen_elders", only, ("ja", "nee"))
    return {
        "elsewhere": _by_language(path, line, row, "elders"),
        "elsewhere_url": row.get("adres_elders"),
        "elsewhere_phone": row.get("telefoon_elders"),
        "is_only_elsewhere": None if only is None else only == "ja",
    }


def _from_json(municipality: Municipality, path: Path) -> list[CategoryRow]:
    try:
        entries = [(*_texts(c), _exported_level(c)) for c in read_json(path)]
    except (TypeError, KeyError) as error:
        raise BrokenFile(
            _("%(file)s: a list of slug, name, parent, parent_slug and departments is expected.") % {"file": path.name}
        ) from error
    _make_teams(municipality, path, {name for *_rest, names, _level in entries for name in names})
    mains: dict[str, str] = {}
    for _slug, _name, main, name, _handlers, _level in entries:
        if mains.setdefault(main, name) != name:
            raise _two_names(path, main, mains[main], name)
    # Several handlers may handle a category and nothing says which comes first, so only a single one is its team.
    return [CategoryRow(main="", slug=slug, names={"nl": name}, is_complete=False) for slug, name in mains.items()] + [
        CategoryRow(
            main,
            slug,
            {"nl": name},
            team=slugify(handlers[0])[:50] if len(handlers) == 1 else "",
            is_complete=False,
            service_amount=level.amount if level else None,
            service_unit=(level.unit if level else Unit.WORKING_DAYS).value,
        )
        for slug, name, main, _main_name, handlers, level in entries
    ]


def _make_teams(municipality: Municipality, path: Path, handlers: set[str]) -> None:
    """A team for each handler that has none. Two by one code are refused: one would get the work of the other."""
    names: dict[str, str] = {}
    for handler in sorted(handlers):
        team = Team(municipality=municipality, slug=slugify(handler)[:50], name=handler[:100])
        refuse_unfit(path, handler, team, {"name": "departments", "slug": "departments"})
        if names.setdefault(team.slug, handler) != handler:
            raise _two_names(path, team.slug, names[team.slug], handler)
        Team.objects.get_or_create(municipality=municipality, slug=team.slug, defaults={"name": team.name})


def _two_names(path: Path, slug: str, first: str, second: str) -> BrokenFile:
    return BrokenFile(
        _("%(file)s: “%(first)s” and “%(second)s” both have the code “%(slug)s”. Keep one name, or give another code.")
        % {"file": path.name, "slug": slug, "first": first[:60], "second": second[:60]}
    )


def _texts(category: dict[str, Any]) -> tuple[str, str, str, str, list[str]]:
    slug, name, main, main_name = (category[key] for key in ("slug", "name", "parent_slug", "parent"))
    handlers = category["departments"] or []
    if not isinstance(handlers, list) or not all(isinstance(t, str) for t in (slug, name, main, main_name, *handlers)):
        raise TypeError
    return slug, name, main, main_name, handlers


def _exported_level(category: dict[str, Any]) -> ServiceLevel | None:
    """The service level, where the export has one: `{"n_days": 3, "use_calendar_days": false}`."""
    level = category.get("sla")
    if level is None:
        return None
    days, by_calendar = level["n_days"], level["use_calendar_days"]
    if type(days) is not int or type(by_calendar) is not bool:
        raise TypeError
    return ServiceLevel(days, Unit.CALENDAR_DAYS if by_calendar else Unit.WORKING_DAYS)
