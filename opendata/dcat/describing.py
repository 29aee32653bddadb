"""Describes a municipality's open data: the catalogue itself, and its datasets with their series, months and areas.

The whole history of a dataset keeps the name that it always had. Beside it stand its periods, each a dataset that never
changes; a series holds both.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, Literal, URIRef

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata.code_lists import AREA_KEYWORDS, DUTCH_THEMES, EU, KEYWORDS, LICENSE, LOCAL_AUTHORITY, describe
from opendata.datasets.tables import link_of
from opendata.dcat.contents import CatalogueIncomplete, Contents
from opendata.dcat.extent import box
from opendata.dcat.files import Files
from opendata.dcat.graph import ADMS, GEO, VCARD, GraphBuilder, Pair, in_both, of_each, on
from opendata.disclosure import PeriodKind
from opendata.formats import FORMATS, HISTORY_FORMATS, MAP_FORMATS
from opendata.queries import PublicDataset, PublicRelease

PROFILE = URIRef("http://modellen.geostandaarden.nl/dcat-ap-nl/id/profile/dcat-ap-nl-300")
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
FREQUENCY = {PeriodKind.MONTH: "MONTHLY", PeriodKind.QUARTER: "QUARTERLY", PeriodKind.YEAR: "ANNUAL"}
NOT_IN_AN_ADDRESS = re.compile(r"[<>\"{}|\\^`\x00-\x20]")
NOT_IN_A_NUMBER = re.compile(r"[^0-9+]")
AREAS = "gebieden"

Words = Callable[[], str]


def describe_all(here: Municipality, root: str, contents: Contents) -> Graph:
    """The graph of everything that is published."""
    catalogue = _Catalogue(here, root)
    catalogue.build(contents)
    return catalogue.here.graph


class _Catalogue:
    """A catalogue while it is made."""

    def __init__(self, municipality: Municipality, root: str) -> None:
        self.town, self.here = municipality, GraphBuilder(municipality.code, root)
        self.uri = self.here.name("catalogus")
        self.contact = self.here.at("data_catalogue", extension="ttl") + "#contact"
        self.place = self.here.at("data_catalogue", extension="ttl") + "#gemeente"
        self.tooi = f"{TOOI}{municipality.code.lower()}"
        own = municipality.publisher_uri
        self.publisher = URIRef(own if own and not NOT_IN_AN_ADDRESS.search(own) else self.tooi)

    def build(self, contents: Contents) -> None:
        """Describe everything."""
        self.day_of = grid.days(self.town)
        self.files = Files(self.here, self.day_of, grid.attributions(self.town))
        self._people()
        self._place(max(contents.areas, default=None))
        self._catalogue(contents)
        for public in contents.datasets:
            self._series(public)
            self._whole(public, contents)
            for release, before in zip(public.releases, [*public.releases[1:], None], strict=True):
                self._period(public, release, before)
        if contents.areas:
            self._areas(contents)
        self._interface(contents)
        kinds = (*FORMATS.values(), *HISTORY_FORMATS.values(), *MAP_FORMATS.values())
        describe(self.here.graph, {kind.media_type for kind in kinds})

    def _people(self) -> None:
        if not self.town.publisher_name or not self.town.contact_email:
            raise CatalogueIncomplete("publisher or contact address is missing")
        name = Literal(self.town.publisher_name, lang="nl")
        self.here.add(self.publisher, (RDF.type, FOAF.Agent), (FOAF.name, name), (DCTERMS.type, LOCAL_AUTHORITY))
        self.here.add(
            self.contact,
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(self.town.publisher_name)),
            (VCARD.hasEmail, URIRef(f"mailto:{quote(self.town.contact_email, safe='@')}")),
            (VCARD.hasURL, self.here.at("data")),
        )
        number = NOT_IN_A_NUMBER.sub("", self.town.phone)
        if number:
            self.here.add(self.contact, (VCARD.hasTelephone, URIRef(f"tel:{number}")))
        self.here.add(PROFILE, (RDF.type, DCTERMS.Standard), (DCTERMS.title, Literal("DCAT-AP-NL 3.0", lang="en")))

    def _place(self, vintage: int | None) -> None:
        """The municipality as a place: its code at CBS, its name at TOOI, and the box around it."""
        self.here.prefix_label(self.place, DCTERMS.Location, self.town.name)
        self.here.add(
            self.place,
            (DCTERMS.identifier, Literal(self.town.code)),
            (SKOS.exactMatch, URIRef(self.tooi)),
        )
        area_map = None if vintage is None else grid.area_map(self.town, vintage)
        around = None if area_map is None else box(area_map)
        if around:
            self.here.add(self.place, (DCAT.bbox, Literal(around, datatype=GEO.wktLiteral)))

    def _common(self, subject: URIRef, title: Words, description: Words) -> None:
        """What a catalogue and all that is in it say."""
        self.here.add(
            subject,
            *in_both(DCTERMS.title, title),
            *in_both(DCTERMS.description, description),
            (DCTERMS.publisher, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCTERMS.spatial, self.place),
        )

    def _discover(self, subject: URIRef) -> None:
        """What a catalogue and datasets say to be found by."""
        themes = [URIRef(f"{EU}data-theme/GOVE"), URIRef(f"{EU}data-theme/REGI"), *(uri for uri, _list in DUTCH_THEMES)]
        self.here.add(
            subject,
            *((DCAT.theme, theme) for theme in themes),
            (DCTERMS.identifier, Literal(str(subject))),
            (DCTERMS.creator, self.publisher),
            (DCTERMS.language, URIRef(f"{EU}language/NLD")),
            (DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")),
        )

    def _catalogue(self, contents: Contents) -> None:
        self._common(
            self.uri,
            lambda: _("Open data about reports in %(town)s") % {"town": self.town.name},
            lambda: _("How many reports about the public space came in, by area, category and period."),
        )
        self._discover(self.uri)
        releases = [release for public in contents.datasets for release in public.releases]
        self.here.add(
            self.uri,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.language, URIRef(f"{EU}language/ENG")),
            (DCTERMS.license, LICENSE),
            (FOAF.homepage, self.here.at("data")),
            (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
            (DCAT.themeTaxonomy, DUTCH_THEMES[0][1]),
            *self._dates(releases),
        )
        self.here.add(self.here.at("data"), (RDF.type, FOAF.Document))
        self.here.add(self.here.at("data_privacy"), (RDF.type, FOAF.Document))
        for public in contents.datasets:
            self._list(public.dataset.slug, self._dates(public.releases))
            self.here.add(self.uri, *((DCAT.dataset, self._name(public, one)) for one in public.releases))
        if contents.areas:
            days = sorted(file.day for one in contents.areas.values() for file in one.files.values())
            self._list(AREAS, [(DCTERMS.issued, on(days[0])), (DCTERMS.modified, on(days[-1]))])

    def _list(self, slug: str, dates: list[Pair]) -> None:
        """In the catalogue, with a record that says when it came there."""
        uri, record = self.here.name("dataset", slug), self.here.name("beschrijving", slug)
        self.here.add(self.uri, (DCAT.dataset, uri), (DCAT.record, record))
        self.here.add(
            record,
            (RDF.type, DCAT.CatalogRecord),
            (FOAF.primaryTopic, uri),
            (DCTERMS.language, URIRef(f"{EU}language/NLD")),
            (DCTERMS.language, URIRef(f"{EU}language/ENG")),
            (DCTERMS.conformsTo, PROFILE),
            *dates,
        )

    def _series(self, public: PublicDataset) -> None:
        """Has no files of its own: its members do."""
        uri = self._series_name(public)
        self._common(uri, lambda: self._title(public), lambda: public.dataset.summary)
        self.here.add(
            uri,
            (RDF.type, DCAT.DatasetSeries),
            (DCTERMS.identifier, Literal(str(uri))),
            (DCTERMS.accrualPeriodicity, self._frequency(public)),
            (DCTERMS.temporal, self._span(public, public.releases)),
            (DCAT.first, self._name(public, public.releases[-1])),
            (DCAT.last, self._name(public, public.latest)),
            *self._dates(public.releases),
        )

    def _whole(self, public: PublicDataset, contents: Contents) -> None:
        """All periods: what a portal shows first. It grows, so it is never completed."""
        slug = public.dataset.slug
        uri = self.here.name("dataset", slug)
        self._table(uri, public, lambda: self._title(public))
        self.here.add(
            uri,
            (DCTERMS.accrualPeriodicity, self._frequency(public)),
            (DCTERMS.temporal, self._span(public, public.releases)),
            (URIRef(f"{DCAT}version"), Literal(public.latest.release.period)),
            *self._dates(public.releases),
        )
        for file in self.files.of_history(public, contents.histories[slug]):
            self.here.add(uri, (DCAT.distribution, file))
        for file in self.files.newest(public):
            self.here.add(uri, (DCAT.distribution, file))

    def _period(self, public: PublicDataset, release: PublicRelease, before: PublicRelease | None) -> None:
        """One period, drawn once: completed, and never brought up to date."""
        uri = self._name(public, release)
        self._table(uri, public, lambda: f"{self._title(public)}, {release.period_in_words}")
        self.here.add(
            uri,
            (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/NEVER")),
            (ADMS.status, URIRef(f"{EU}dataset-status/COMPLETED")),
            (DCTERMS.temporal, self._span(public, [release])),
            *self._dates([release]),
        )
        if before is not None:
            self.here.add(uri, (URIRef(f"{DCAT}prev"), self._name(public, before)))
        link = link_of(release.release)
        if link is not None:
            chain = self.here.at("data_dataset", dataset=public.dataset.slug) + f"#uitgave-{link[0]}"
            self.here.add(uri, (DCTERMS.provenance, chain))
            self.here.say(chain, DCTERMS.ProvenanceStatement, lambda: _chain_in_words(*link))
        for file in self.files.of_release(public, release):
            self.here.add(uri, (DCAT.distribution, file))

    def _table(self, uri: URIRef, public: PublicDataset, title: Words) -> None:
        page = self.here.at("data_dataset", dataset=public.dataset.slug)
        schema = page + "#kolommen"
        self._common(uri, title, lambda: f"{public.dataset.summary} {_promise()}")
        self._discover(uri)
        self.here.add(
            uri,
            (RDF.type, DCAT.Dataset),
            (URIRef(f"{DCAT}inSeries"), self._series_name(public)),
            *of_each(DCAT.keyword, KEYWORDS),
            (DCAT.keyword, Literal(self.town.name, lang="nl")),
            (DCAT.landingPage, page),
            (FOAF.page, self.here.at("data_privacy")),
            (DCTERMS.conformsTo, schema),
        )
        self.here.add(page, (RDF.type, FOAF.Document))
        columns = Literal(", ".join(column.name for column in public.dataset.columns), lang="nl")
        self.here.add(schema, (RDF.type, DCTERMS.Standard), (DCTERMS.title, columns))

    def _areas(self, contents: Contents) -> None:
        """The borders of each year, with who lives within them."""
        uri = self.here.name("dataset", AREAS)
        self._common(
            uri,
            lambda: _("Areas of %(town)s with inhabitants") % {"town": self.town.name},
            lambda: _(
                "The borders of the municipality, its districts and its neighbourhoods, one file for each year of "
                "borders. Join the figures of reports with them by the code of the area."
            ),
        )
        self._discover(uri)
        days = sorted(file.day for one in contents.areas.values() for file in one.files.values())
        self.here.add(
            uri,
            (RDF.type, DCAT.Dataset),
            *of_each(DCAT.keyword, AREA_KEYWORDS),
            (DCAT.keyword, Literal(self.town.name, lang="nl")),
            (DCAT.landingPage, self.here.at("data")),
            (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/ANNUAL")),
            (DCTERMS.issued, on(days[0])),
            (DCTERMS.modified, on(days[-1])),
        )
        for vintage, pointer in contents.areas.items():
            area_map = grid.area_map(self.town, vintage)
            for file in self.files.of_areas(vintage, pointer, area_map.attribution if area_map else ""):
                self.here.add(uri, (DCAT.distribution, file))

    def _interface(self, contents: Contents) -> None:
        """Where programs ask the figures themselves."""
        uri, root = self.here.name("api"), self.here.at("data_api")
        self._common(
            uri,
            lambda: _("Figures of %(town)s for programs") % {"town": self.town.name},
            lambda: _("An interface that filters, groups, adds up and compares the published figures."),
        )
        self._discover(uri)
        self.here.add(
            uri,
            (RDF.type, DCAT.DataService),
            (DCTERMS.license, LICENSE),
            *of_each(DCAT.keyword, KEYWORDS),
            (DCAT.endpointURL, root),
            (DCAT.endpointDescription, self.here.at("data_api_openapi")),
            (DCAT.landingPage, root),
            *((DCAT.servesDataset, self.here.name("dataset", public.dataset.slug)) for public in contents.datasets),
        )
        self.here.add(root, (RDF.type, FOAF.Document))
        self.here.add(self.uri, (DCAT.service, uri))

    def _title(self, public: PublicDataset) -> str:
        words = {"title": public.dataset.title, "period": public.dataset.period_word, "town": self.town.name}
        return _("%(title)s per %(period)s, %(town)s") % words

    def _name(self, public: PublicDataset, release: PublicRelease) -> URIRef:
        return self.here.name("dataset", public.dataset.slug, release.release.period)

    def _series_name(self, public: PublicDataset) -> URIRef:
        return self.here.name("reeks", public.dataset.slug)

    def _frequency(self, public: PublicDataset) -> URIRef:
        return URIRef(f"{EU}frequency/{FREQUENCY[public.dataset.table.period_kind]}")

    def _dates(self, releases: Iterable[PublicRelease]) -> list[Pair]:
        """When the first of these was drawn, and when the newest file was made: after its draw, or to say something."""
        public_releases = list(releases)
        first = min(self.day_of(one.release.day_and_time) for one in public_releases)
        last: date = max(self.day_of(file.written_at) for one in public_releases for file in one.files)
        return [(DCTERMS.issued, on(first)), (DCTERMS.modified, on(last))]

    def _span(self, public: PublicDataset, releases: list[PublicRelease]) -> URIRef:
        first, last = min(one.release.first_day for one in releases), max(one.release.last_day for one in releases)
        uri = self.here.at("data_dataset", dataset=public.dataset.slug) + f"#van-{first}-tot-en-met-{last}"
        self.here.add(uri, (RDF.type, DCTERMS.PeriodOfTime), (DCAT.startDate, on(first)), (DCAT.endDate, on(last)))
        return uri


def _chain_in_words(number: int, before: str, sha256: str) -> str:
    first = _("Release %(number)s of this municipality. SHA-256 of this release: %(sha256)s.")
    then = _("SHA-256 of the release before it: %(sha256)s.")
    return f"{first % {'number': number, 'sha256': sha256}} {then % {'sha256': before}}"


def _promise() -> str:
    return _(
        "Every number has noise, so that nobody knows for sure whether one report was counted. Beside each number "
        "stands an interval that holds the true number in nine cases out of ten."
    )
