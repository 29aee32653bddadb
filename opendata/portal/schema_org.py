"""What search engines read of a page: schema.org, as a block of data in it.

The content security policy stays strict: the block is named in it by the hash of its very characters.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from meldingen.tenancy.models import Municipality
from opendata import dcat, versions
from opendata.code_lists import KEYWORDS
from opendata.formats import FORMATS, HISTORY_FORMATS
from opendata.queries import PublicDataset

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
# As in JSON these stand for themselves, nothing in a value ends the block that it stands in.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Values = dict[str, object]


@dataclass(frozen=True)
class Block:
    """The characters of a block of data, safe to stand in a page as they are."""

    text: SafeString

    def allow(self, response: HttpResponse) -> HttpResponse:
        """Let the policy of this answer name the block."""
        digest = base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode()
        response._csp_update = {"script-src": [f"'sha256-{digest}'"]}  # type: ignore[attr-defined]  # as csp.decorators does
        return response


def block(values: Values) -> Block:
    """A block of data for a page."""
    return Block(mark_safe(json.dumps(values, ensure_ascii=False).translate(ESCAPES)))  # noqa: S308 - escaped above


def dataset(
    here: Municipality, root: str, public: PublicDataset, history: versions.Pointer | None, first_day: date
) -> Values:
    """A dataset with its files, in the language of the reader. `root`: where the site is, without its last slash."""
    slug = public.dataset.slug
    page = root + reverse("data_dataset", args=[slug])
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": dcat.name_of(here.code, "dataset", slug),
        "name": f"{public.dataset.title}, {here.name}",
        "description": public.dataset.summary,
        "url": page,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "nl",
        "keywords": list(KEYWORDS.get(get_language() or "nl", KEYWORDS["nl"])),
        "creator": _publisher(here, root),
        "publisher": _publisher(here, root),
        "temporalCoverage": f"{first_day}/{public.latest.release.last_day}",
        "spatialCoverage": {"@type": "Place", "name": here.name, "identifier": here.code},
        "dateModified": max(file.written_at for one in public.releases for file in one.files).isoformat("T", "seconds"),
        "measurementTechnique": root + reverse("data_privacy"),
        "variableMeasured": [column.name for column in public.dataset.columns],
        "includedInDataCatalog": {"@type": "DataCatalog", "url": root + reverse("data")},
        "distribution": [*_whole(root, slug, history), *_newest(root, public)],
    }


def catalogue(here: Municipality, root: str) -> Values:
    """The list of datasets."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": dcat.name_of(here.code, "catalogus"),
        "name": f"Open data, {here.name}",
        "url": root + reverse("data"),
        "license": LICENCE,
        "publisher": _publisher(here, root),
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": root + reverse("data_catalogue", args=[extension]),
                "encodingFormat": media_type,
            }
            for extension, media_type in dcat.MEDIA_TYPES.items()
        ],
    }


def _publisher(here: Municipality, root: str) -> Values:
    return {"@type": "GovernmentOrganization", "name": here.publisher_name, "url": f"{root}/"}


def _whole(root: str, slug: str, history: versions.Pointer | None) -> list[Values]:
    files = {} if history is None else history.files
    return [
        _download(kind.label, kind.media_type, root + reverse("data_history", args=[slug, name]), files[name])
        for name, kind in HISTORY_FORMATS.items()
        if name in files
    ]


def _newest(root: str, public: PublicDataset) -> list[Values]:
    slug = public.dataset.slug
    return [
        {
            "@type": "DataDownload",
            "name": f"{FORMATS[file.format].label}, {public.latest.release.period}",
            "contentUrl": root + reverse("data_latest", args=[slug, file.format]),
            "encodingFormat": FORMATS[file.format].media_type,
        }
        for file in public.latest.files
    ]


def _download(label: str, media_type: str, url: str, file: versions.Version) -> Values:
    return {
        "@type": "DataDownload",
        "name": label,
        "contentUrl": url,
        "encodingFormat": media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
