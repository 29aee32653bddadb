"""What programs ask for to hear of new figures: a feed of releases (Atom), and a map of the pages (sitemap)."""

import xml.etree.ElementTree as Xml
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute
from opendata import dcat, queries
from opendata.formats import FORMATS
from opendata.models import ReleaseFile
from opendata.portal.contents import FOR_A_WHILE
from opendata.queries import PublicDataset, PublicRelease
from opendata.registration import registration_of

# A reader of feeds asks every hour; the catalogue has them all.
MOST = 60
# The name of a feed -> its language.
FEEDS = {"uitgaven": "nl", "releases": "en"}
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponse:
    """The newest releases, newest first; also before there are any. Each language has an address of its own."""
    with translation.override(FEEDS[name]):
        return _feed(municipality(request), _root(request), name)


def _feed(here: Municipality, root: str, name: str) -> HttpResponse:
    feed = Atom1Feed(
        title=_("New figures about reports in %(town)s") % {"town": here.name},
        link=root + reverse("data"),
        description="",
        language=FEEDS[name],
        author_name=here.publisher_name,
        feed_url=root + reverse("data_feed", args=[name]),
        feed_guid=dcat.name_of(here.code, "catalogus"),
    )
    pairs = [(one, release) for one in _datasets(here) for release in one.releases]
    newest = sorted(pairs, key=lambda pair: (pair[1].release.day_and_time, pair[1].release.pk), reverse=True)
    for dataset, release in newest[:MOST]:
        feed.add_item(**_entry(here, root, dataset, release))
    return _kept_a_while(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages of open data, by the address that the municipality calls its own."""
    root, datasets = _root(request), _datasets(municipality(request))
    urls = Xml.Element("urlset", xmlns=SITEMAP)
    _page(urls, root + reverse("data"), max((_changed_at(one) for one in datasets), default=None))
    _page(urls, root + reverse("data_privacy"), None)
    for one in datasets:
        _page(urls, root + reverse("data_dataset", args=[one.dataset.slug]), _changed_at(one))
    content: bytes = Xml.tostring(urls, "utf-8", xml_declaration=True)
    return _kept_a_while(HttpResponse(content, content_type="application/xml"))


def _root(request: HttpRequest) -> str:
    """Where the municipality says that its site is; 404 where it has no host at all."""
    try:
        return absolute(municipality(request), "/").rstrip("/")
    except ValueError as error:
        raise Http404 from error


def _kept_a_while(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = FOR_A_WHILE
    return response


def _datasets(here: Municipality) -> list[PublicDataset]:
    return queries.datasets(here, registration_of(here))


def _changed_at(public: PublicDataset) -> datetime:
    return max(file.written_at for release in public.releases for file in release.files)


def _entry(here: Municipality, root: str, public: PublicDataset, release: PublicRelease) -> dict[str, Any]:
    slug, period = public.dataset.slug, release.release.period
    checksum = _("SHA-256 of the rows: %(sha256)s.") % {"sha256": release.release.sha256}
    return {
        "title": f"{public.dataset.title}, {release.period_in_words}",
        "link": root + reverse("data_dataset", args=[slug]),
        "description": " ".join([public.dataset.summary, *release.caveats.in_words(), checksum]),
        "unique_id": dcat.name_of(here.code, "dataset", slug, period),
        "pubdate": release.release.day_and_time,
        "updateddate": max(file.written_at for file in release.files),
        "enclosures": [_enclosure(root, slug, period, file) for file in release.files],
    }


def _enclosure(root: str, slug: str, period: str, file: ReleaseFile) -> Enclosure:
    address = root + reverse("data_file", args=[slug, period, file.format])
    return Enclosure(address, str(file.size), FORMATS[file.format].media_type)


def _page(urls: Xml.Element, address: str, changed_at: datetime | None) -> None:
    page = Xml.SubElement(urls, "url")
    Xml.SubElement(page, "loc").text = address
    if changed_at is not None:
        Xml.SubElement(page, "lastmod").text = changed_at.isoformat("T", "seconds")
