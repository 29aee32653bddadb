"""Teams, categories and routing rules from the files that a municipality keeps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from meldingen.importing.files import BrokenFile, read_csv, read_json, refuse_unfit
from meldingen.models import Area, Category, Melding, Municipality, RoutingRule, Team

PRIORITIES = {
    "laag": Melding.Priority.LOW,
    "normaal": Melding.Priority.NORMAL,
    "hoog": Melding.Priority.HIGH,
    "dringend": Melding.Priority.URGENT,
}
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True)
class CategoryRow:
    """One category as a file gives it; `main` empty for a main category. Not complete: the file has its name only.

    `line` is where it stands, 0 in a file without lines.
    """

    main: str
    slug: str
    name_nl: str
    name_en: str = ""
    guidance_nl: str = ""
    guidance_en: str = ""
    team: str = ""
    service_days: int | None = None
    public_as: str = Category.PublicAs.CIJFERS
    is_active: bool = True
    is_complete: bool = True
    line: int = 0


# What a CSV says of a category, by the column that says it; then how a JSON calls what it says.
COLUMNS = {
    "name_nl": "naam_nl",
    "name_en": "naam_en",
    "guidance_nl": "uitleg_nl",
    "guidance_en": "uitleg_en",
    "service_days": "dagen",
    "public_as": "publiek",
    "is_active": "actief",
}
KEYS = {"name_nl": "name"}
KEYS_OF_MAIN = {"name_nl": "parent", "slug": "parent_slug"}


@transaction.atomic
def load_teams(municipality: Municipality, path: Path) -> int:
    """Teams from a CSV slug,name,email. How many the file has."""
    number = 0
    for line, row in read_csv(path, ("slug", "name", "email")):
        _refuse_bad_slug(path, line, "slug", row["slug"])
        key = {"municipality": municipality, "slug": row["slug"]}
        # Not update_or_create, which locks the key too: meldingen may come in for this team meanwhile.
        team = Team.objects.filter(**key).first() or Team(**key)
        team.name, team.email = row["name"], row["email"]
        refuse_unfit(path, line, team, {})
        team.save()
        number += 1
    return number


@transaction.atomic
def load_categories(municipality: Municipality, path: Path) -> int:
    """Categories from our own CSV or from the JSON list of a Signalen export. How many there are under main categories.

    All or nothing. A category that the file does not name stays as it is.
    """
    rows = _from_json(municipality, path) if path.suffix == ".json" else _from_csv(path)
    teams = {team.slug: team for team in Team.objects.filter(municipality=municipality)}
    mains: dict[str, Category] = {}
    for row in sorted(rows, key=lambda row: bool(row.main)):
        if row.team and row.team not in teams:
            raise _broken(path, row.line, "team", row.team)
        if row.main and row.main not in mains:
            raise _broken(path, row.line, "hoofdcategorie", row.main)
        stored = _store(municipality, path, row, mains.get(row.main), teams.get(row.team))
        if not row.main:
            mains[row.slug] = stored
    return sum(bool(row.main) for row in rows)


def _store(
    municipality: Municipality, path: Path, row: CategoryRow, parent: Category | None, team: Team | None
) -> Category:
    described = Category(slug=row.slug, **{name: getattr(row, name) for name in COLUMNS})
    refuse_unfit(path, row.line or row.slug, described, COLUMNS if row.line else KEYS if row.main else KEYS_OF_MAIN)
    category = Category.objects.filter(municipality=municipality, slug=row.slug, parent__isnull=parent is None).first()
    category = category or Category(municipality=municipality, slug=row.slug)
    category.parent = parent
    # A name alone says nothing of the rest: what colleagues have set since stays.
    fields = COLUMNS if row.is_complete or category.pk is None else ("name_nl",)
    for name in fields:
        setattr(category, name, getattr(described, name))
    if team or row.is_complete:
        category.default_team = team
    category.save()
    return category


def _from_csv(path: Path) -> list[CategoryRow]:
    columns = ("hoofdcategorie", "categorie", "naam_nl", "naam_en", "team", "dagen", "publiek", "actief")
    rows = []
    for line, row in read_csv(path, columns):
        for column in ("hoofdcategorie", "categorie"):
            if row[column] or column == "hoofdcategorie":
                _refuse_bad_slug(path, line, column, row[column])
        if row["publiek"] not in Category.PublicAs.values:
            raise _broken(path, line, "publiek", row["publiek"])
        if row["actief"] not in ("ja", "nee"):
            raise _broken(path, line, "actief", row["actief"])
        rows.append(
            CategoryRow(
                main=row["hoofdcategorie"] if row["categorie"] else "",
                slug=row["categorie"] or row["hoofdcategorie"],
                name_nl=row["naam_nl"],
                name_en=row["naam_en"],
                guidance_nl=row.get("uitleg_nl", ""),
                guidance_en=row.get("uitleg_en", ""),
                team=row["team"],
                service_days=_number(path, line, "dagen", row["dagen"]),
                public_as=row["publiek"],
                is_active=row["actief"] == "ja",
                line=line,
            )
        )
    return rows


def _from_json(municipality: Municipality, path: Path) -> list[CategoryRow]:
    try:
        given = [_texts(c) for c in read_json(path)]
    except (TypeError, KeyError) as error:
        raise BrokenFile(
            _("%(file)s: a list of slug, name, parent, parent_slug and departments is expected.") % {"file": path.name}
        ) from error
    for handler in sorted({name for *_rest, names in given for name in names}):
        team = Team(municipality=municipality, slug=slugify(handler)[:50], name=handler[:100])
        refuse_unfit(path, handler, team, {"name": "departments", "slug": "departments"})
        Team.objects.get_or_create(municipality=municipality, slug=team.slug, defaults={"name": team.name})
    mains = {main: name for _slug, _name, main, name, _handlers in given}
    # Several handlers may handle a category and nothing says which comes first, so only a single one is its team.
    return [CategoryRow(main="", slug=slug, name_nl=name, is_complete=False) for slug, name in mains.items()] + [
        CategoryRow(main, slug, name, team=slugify(handlers[0])[:50] if len(handlers) == 1 else "", is_complete=False)
        for slug, name, main, _main_name, handlers in given
    ]


def _texts(category: dict[str, Any]) -> tuple[str, str, str, str, list[str]]:
    slug, name, main, main_name = (category[key] for key in ("slug", "name", "parent_slug", "parent"))
    handlers = category["departments"]
    if not isinstance(handlers, list) or not all(isinstance(t, str) for t in (slug, name, main, main_name, *handlers)):
        raise TypeError
    return slug, name, main, main_name, handlers


@transaction.atomic
def load_rules(municipality: Municipality, path: Path) -> int:
    """Routing rules from a CSV volgorde,categorie,gebied,team,prioriteit,dagen; they replace all there were."""
    find = _finder(municipality)
    rules: dict[int, RoutingRule] = {}
    for line, row in read_csv(path, ("volgorde", "categorie", "gebied", "team", "prioriteit", "dagen")):
        if row["prioriteit"] not in PRIORITIES:
            raise _broken(path, line, "prioriteit", row["prioriteit"])
        position = _number(path, line, "volgorde", row["volgorde"]) or 0
        if position in rules:
            raise _broken(path, line, "volgorde", row["volgorde"])
        rules[position] = RoutingRule(
            municipality=municipality,
            position=position,
            priority=PRIORITIES[row["prioriteit"]],
            service_days=_number(path, line, "dagen", row["dagen"]),
            **{field: find(path, line, column, row[column]) for field, column in RULE_COLUMNS.items()},
        )
    RoutingRule.objects.filter(municipality=municipality).delete()
    RoutingRule.objects.bulk_create(rules.values())
    return len(rules)


RULE_COLUMNS = {"category": "categorie", "area": "gebied", "team": "team"}


def _finder(municipality: Municipality) -> Callable[[Path, int, str, str], Category | Area | Team | None]:
    categories = Category.objects.filter(municipality=municipality).order_by("parent_id")
    areas = Area.objects.filter(municipality=municipality, vintage=municipality.area_vintage or 0).defer("geometry")
    known: dict[str, dict[str, Category | Area | Team]] = {
        # A name on both levels means the category, which is the narrower one: those with a parent come first.
        "categorie": {c.slug: c for c in reversed(categories)},
        "gebied": {a.code: a for a in areas},
        "team": {t.slug: t for t in Team.objects.filter(municipality=municipality)},
    }

    def find(path: Path, line: int, column: str, value: str) -> Category | Area | Team | None:
        if value and value not in known[column]:
            raise _broken(path, line, column, value)
        return known[column].get(value)

    return find


def _number(path: Path, line: int, column: str, value: str) -> int | None:
    if value and not (value.isascii() and value.isdigit() and len(value) < 5):
        raise _broken(path, line, column, value)
    return int(value) if value else None


def _refuse_bad_slug(path: Path, line: int, column: str, value: str) -> None:
    if not SLUG.fullmatch(value):
        raise _broken(path, line, column, value)


def _broken(path: Path, line: int, column: str, value: str) -> BrokenFile:
    return BrokenFile(
        _("%(file)s, line %(line)d, column %(column)s: “%(value)s” is not known or not valid.")
        % {"file": path.name, "line": line, "column": column, "value": value[:60]}
    )
