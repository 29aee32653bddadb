"""What should stand in a CKAN of a dataset: computed from what is public here, and compared with what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from meldingen.tenancy.models import Municipality
from opendata import versions
from opendata.formats import FORMATS, HISTORY_FORMATS
from opendata.queries import PublicDataset

# Portals show few resources at a time: every period in each format, then the newest periods.
MOST = 10
LICENCE = "cc-zero"
# Words by which people look for such a table.
TAGS = ("meldingen", "openbare ruimte", "leefomgeving", "klachten", "open data")
# Fields of our own by which we know again what is ours, and what the table in the DataStore was filled with.
KEY, ROWS_FROM = "meldingen_sleutel", "meldingen_datastore"
Values = dict[str, Any]


@dataclass(frozen=True)
class Package:
    """A dataset with its resources, in order, as CKAN names their fields."""

    values: Values
    resources: tuple[Values, ...]

    @property
    def name(self) -> str:
        return str(self.values["name"])


def package_of(
    municipality: Municipality, public: PublicDataset, history: versions.Pointer, root: str, owner: str
) -> Package:
    """`root`: where the site is, without a slash at its end."""
    slug, dataset = public.dataset.slug, public.dataset
    values: Values = {
        "name": f"{municipality.code}-{slug}".lower(),
        "title": f"{dataset.title} ({municipality.name})",
        "notes": dataset.summary,
        "license_id": LICENCE,
        "owner_org": owner,
        "url": root + reverse("data_dataset", args=[slug]),
        "author": municipality.publisher_name,
        "maintainer": municipality.publisher_name,
        "maintainer_email": municipality.contact_email,
        "version": public.latest.release.period,
    }
    whole = [_whole(root, slug, made_as, history) for made_as in HISTORY_FORMATS if made_as in history.files]
    return Package(values, tuple([*whole, *_periods(root, public)][:MOST]))


def differences(there: Mapping[str, Any], values: Values) -> Values:
    """What of these fields is not as it should be. A portal spells formats as it likes."""
    return {name: value for name, value in values.items() if _plain(name, there.get(name)) != _plain(name, value)}


def _plain(name: str, value: Any) -> Any:
    return str(value or "").casefold() if name == "format" else value or ""


def tags(there: Mapping[str, Any]) -> list[Values] | None:
    """All tags with ours among them, or None when ours are there: those of others stay."""
    names = [tag["name"] for tag in there.get("tags", [])]
    return None if set(TAGS) <= set(names) else [{"name": name} for name in dict.fromkeys([*names, *TAGS])]


def _whole(root: str, slug: str, made_as: str, history: versions.Pointer) -> Values:
    kind, file = HISTORY_FORMATS[made_as], history.files[made_as]
    return {
        KEY: f"alles.{made_as}",
        "name": f"Alle periodes ({kind.label})",
        "description": "Alle periodes in één bestand.",
        "url": root + reverse("data_history", args=[slug, made_as]),
        "format": kind.name.upper(),
        "mimetype": kind.media_type,
        "size": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _periods(root: str, public: PublicDataset) -> list[Values]:
    """The CSV of each period, newest first."""
    kind = FORMATS["csv"]
    return [
        {
            KEY: f"{one.release.period}.csv",
            "name": f"{one.release.period} ({kind.label})",
            "description": " ".join(one.caveats.in_words()),
            "url": root + reverse("data_file", args=[public.dataset.slug, one.release.period, "csv"]),
            "format": kind.name.upper(),
            "mimetype": kind.media_type,
            "size": file.size,
            "hash": f"sha256:{file.sha256}",
        }
        for one in public.releases
        for file in one.files
        if file.format == "csv"
    ]
