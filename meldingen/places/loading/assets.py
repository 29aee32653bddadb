"""Objects of the town and their kinds from files. What a file leaves out of a kind that it has is no longer in use."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.files.cells import broken, refuse_bad_slug, refuse_twice
from meldingen.files.reading import BrokenFile, in_line, refuse_unfit
from meldingen.files.sheets import read_csv
from meldingen.languages import Texts, offered
from meldingen.places import geo
from meldingen.places.loading.rows import PlacedRow, read_placed
from meldingen.places.models import Asset, AssetKind
from meldingen.tenancy.models import Municipality

COLUMNS = {
    "kind": ("soort", "kind"),
    "number": ("nummer", "number", "objectnummer"),
    "label": ("naam", "omschrijving", "label"),
    "is_active": ("actief", "active"),
}
COLUMN_OF = {"name_texts": "naam", "plural_texts": "meervoud", "asked_by": "categorieen"}
YES, NO = {"", "ja", "true", "1", "j", "waar"}, {"nee", "false", "0", "n", "onwaar"}
BATCH = 2000


@dataclass
class Outcome:
    """How many objects of each kind are in use now, and how many no longer are."""

    number: dict[str, int] = field(default_factory=dict)
    retired: int = 0


def load_kinds(municipality: Municipality, path: Path, categories: Container[str]) -> int:
    """Make or bring up to date the kinds of a CSV. A category that is not in `categories` is refused."""
    lines_of: dict[str, int] = {}
    with transaction.atomic():
        for line, row in read_csv(path, ["soort"]):
            slug = row["soort"]
            refuse_bad_slug(path, line, "soort", slug)
            refuse_twice(path, line, "soort", slug, lines_of)
            slugs = [each.rpartition("/")[2] for each in row.get("categorieen", "").replace(",", " ").split()]
            for category in slugs:
                if category not in categories:
                    raise broken(path, line, "categorieen", category)
            kind = AssetKind.objects.of(municipality).filter(slug=slug).first()
            kind = kind or AssetKind(municipality=municipality, slug=slug)
            kind.name_texts, kind.plural_texts = (_texts(row, column) for column in ("naam", "meervoud"))
            kind.asked_by = slugs
            refuse_unfit(path, line, kind, COLUMN_OF)
            kind.save()
    return len(lines_of)


def _texts(row: dict[str, str], column: str) -> Texts:
    """Of `naam` (Dutch), and of `naam_en` and the like."""
    return Texts(nl=row.get(column, "")).but(
        {code: row[f"{column}_{code}"] for code in offered() if row.get(f"{column}_{code}")}
    )


def load_assets(
    municipality: Municipality, path: Path, srid: int | None = None, on_rows: Callable[[int], object] = int
) -> Outcome:
    """All of a file, or nothing: BrokenFile for what lies outside the town, or has the number of another."""
    kinds = {kind.slug: kind for kind in AssetKind.objects.of(municipality)}
    assets: list[Asset] = []
    lines_of: dict[str, int] = {}
    for row in read_placed(path, COLUMNS, ("kind", "number"), srid):
        assets.append(_asset(municipality, path, row, kinds))
        refuse_twice(path, row.line, row.names["number"], f"{row.values['kind']} {row.values['number']}", lines_of)
        on_rows(1)
    if not assets:
        raise BrokenFile(_("%(file)s: has no objects.") % {"file": path.name})
    _place(municipality, path, assets, list(lines_of.values()))
    outcome = Outcome()
    for asset in assets:
        outcome.number[asset.kind.slug] = outcome.number.get(asset.kind.slug, 0) + asset.is_active
    with transaction.atomic():
        own = Asset.objects.of(municipality).filter(kind__in={asset.kind for asset in assets}, is_active=True)
        before = set(own.values_list("kind_id", "number"))
        own.update(is_active=False)
        Asset.objects.bulk_create(
            assets, batch_size=BATCH, update_conflicts=True, unique_fields=["municipality", "kind", "number"],
            update_fields=["label", "point", "buurt", "is_active"],
        )  # fmt: skip
    outcome.retired = len(before - {(asset.kind_id, asset.number) for asset in assets if asset.is_active})
    return outcome


def _asset(municipality: Municipality, path: Path, row: PlacedRow, kinds: dict[str, AssetKind]) -> Asset:
    if row.wrong:
        raise in_line(path, row.line, row.column, row.wrong)
    kind, active = kinds.get(row.values["kind"]), row.values["is_active"].lower()
    if kind is None:
        words = _("“%(kind)s” is no kind of object here. There are: %(known)s")
        values = {"kind": row.values["kind"][:40], "known": ", ".join(sorted(kinds)) or "-"}
        raise in_line(path, row.line, row.names["kind"], words % values)
    if active not in YES | NO:
        raise broken(path, row.line, row.names["is_active"], active)
    point = Point(*row.xy, srid=settings.SRID_STORED)
    asset = Asset(
        municipality=municipality, kind=kind, number=row.values["number"], label=row.values["label"], point=point
    )
    asset.is_active = active in YES
    refuse_unfit(path, row.line, asset, dict(row.names))
    return asset


def _place(municipality: Municipality, path: Path, assets: Sequence[Asset], lines: Sequence[int]) -> None:
    """Each in its buurt. BrokenFile for the first that lies in none."""
    for first in range(0, len(assets), BATCH):
        some = assets[first : first + BATCH]
        places = geo.locate(municipality, [asset.point for asset in some])
        for line, asset, place in zip(lines[first:], some, places, strict=False):
            if place.buurt_id is None:
                words = _("%(asset)s lies outside this municipality; correct its place, or leave it out")
                raise in_line(path, line, "", words % {"asset": asset})
            asset.buurt_id = place.buurt_id
