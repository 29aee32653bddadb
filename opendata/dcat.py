"""The catalogue as DCAT-AP-NL 3.0 (the Dutch profile of the European standard for catalogues of open data).

Every node has an address of its own, so that the same releases give the same bytes.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from django.core.cache import cache
from django.urls import reverse
from django.utils import translation
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from analytics import grid
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute
from opendata import files, origin
from opendata.code_lists import EU, LICENSE, LOCAL_AUTHORITY, SHA256, describe, media_type
from opendata.disclosure import PeriodKind
from opendata.formats import FORMATS, formats_of
from opendata.models import Release, ReleaseFile
from opendata.queries import PublicDataset, PublicRelease, datasets
from opendata.refusals import NotTheOriginal
from opendata.registration import registration_of

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
PROFILE = URIRef("http://modellen.geostandaarden.nl/dcat-ap-nl/id/profile/dcat-ap-nl-300")
TOOI = "https://identifier.overheid.nl/tooi/id/gemeente/"
PROTECTED = (
    "Op elk aantal ligt ruis, zodat niemand zeker weet of één bepaalde melding is meegeteld. Bij elk aantal staat een "
    "interval dat het ware aantal in negen van de tien gevallen bevat."
)
FREQUENCY = {PeriodKind.MONTH: "MONTHLY", PeriodKind.QUARTER: "QUARTERLY", PeriodKind.YEAR: "ANNUAL"}


# Names of our own that no host is part of: a harvester keeps knowing a dataset when the municipality moves its site.
NAMESPACE = uuid.UUID("5f0c1d52-6a3c-5b8e-9a55-2f4f0a1c7d10")
# What the catalogue tells of a municipality.
ABOUT = ("code", "name", "publisher_name", "publisher_uri", "contact_email")
NOT_IN_AN_ADDRESS = re.compile(r"[<>\"{}|\\^`\x00-\x20]")


class NothingPublished(Exception):
    """There is no release yet, and a catalogue without datasets is none."""


class CatalogueIncomplete(Exception):
    """Something that belongs in the catalogue is missing: no catalogue at all is better than half of one."""


def turtle(municipality: Municipality) -> bytes:
    """The catalogue of a municipality; CatalogueIncomplete when a release, a file or a name is missing.

    NothingPublished while there is nothing to tell.

    That is looked at each time; the text, half a second of work, is made when something that it tells has changed, and
    now and then without.
    """
    catalogue, found = _Catalogue(municipality), datasets(municipality, registration_of(municipality))
    _check(municipality, found)
    if not found:
        raise NothingPublished
    key = f"catalog.ttl:{catalogue.fingerprint(found)}"
    content: bytes | None = cache.get(key)
    if content is None:
        with translation.override("nl"):
            catalogue.build(found)
        content = catalogue.graph.serialize(format="turtle").encode()
        cache.set(key, content)
    return content


class _Catalogue:
    """A graph while it is made."""

    def __init__(self, municipality: Municipality) -> None:
        self.here = municipality
        try:
            self.root = absolute(municipality, "/").rstrip("/")
        except ValueError as error:
            raise CatalogueIncomplete(str(error)) from error
        self.graph = Graph()
        for prefix, namespace in (("vcard", VCARD), ("adms", ADMS), ("spdx", SPDX), ("dcatap", DCATAP)):
            self.graph.bind(prefix, namespace)
        self.uri = self._name("catalogus")
        self.contact = self._at("data_catalogue") + "#contact"
        self.place = self._at("data_catalogue") + "#gemeente"
        tooi = f"{TOOI}{municipality.code.lower()}"
        own = municipality.publisher_uri
        self.publisher = URIRef(own if own and not NOT_IN_AN_ADDRESS.search(own) else tooi)

    def fingerprint(self, found: list[PublicDataset]) -> str:
        """Changes with whatever the catalogue tells. Releases and their files never change; their caveats do."""
        about = [self.root, *(getattr(self.here, name) for name in ABOUT)]
        releases = [release for dataset in found for release in dataset.releases]
        caveats_and_files = [(release.caveats, [file.pk for file in release.files]) for release in releases]
        return hashlib.sha256(repr((about, caveats_and_files)).encode()).hexdigest()

    def build(self, found: list[PublicDataset]) -> None:
        self.day_of = grid.days(self.here)
        self.sources = grid.attributions(self.here)
        self._people()
        self._catalogue(found)
        for dataset in found:
            self._dataset(dataset)
        describe(self.graph, {made.media_type for made in FORMATS.values()})

    def _at(self, name: str, **parameters: str) -> URIRef:
        return URIRef(self.root + reverse(name, kwargs=parameters))

    def _name(self, *parts: str) -> URIRef:
        """A name that stays the same on whatever host, for what harvesters know again."""
        return URIRef(uuid.uuid5(NAMESPACE, "/".join((self.here.code, *parts))).urn)

    def _day(self, release: Release) -> date:
        return self.day_of(release.day_and_time)

    def _last_change(self, releases: Iterable[PublicRelease]) -> date:
        """The day on which the newest file of these was made: after its draw, or to say something of it."""
        return max(self.day_of(file.written_at) for release in releases for file in release.files)

    def _add(self, subject: Node, *pairs: tuple[URIRef, Node]) -> None:
        for predicate, value in pairs:
            self.graph.add((subject, predicate, value))

    def _people(self) -> None:
        if not self.here.publisher_name or not self.here.contact_email:
            raise CatalogueIncomplete("publisher or contact address is missing")
        name = Literal(self.here.publisher_name, lang="nl")
        self._add(self.publisher, (RDF.type, FOAF.Agent), (FOAF.name, name), (DCTERMS.type, LOCAL_AUTHORITY))
        self._add(
            self.contact,
            (RDF.type, VCARD.Organization),
            (VCARD.fn, Literal(self.here.publisher_name)),
            (VCARD.hasEmail, URIRef(f"mailto:{quote(self.here.contact_email, safe='@')}")),
            (VCARD.hasURL, self._at("data")),
        )
        self._add(self.place, (RDF.type, DCTERMS.Location), (SKOS.prefLabel, Literal(self.here.name, lang="nl")))
        self._add(PROFILE, (RDF.type, DCTERMS.Standard), (DCTERMS.title, Literal("DCAT-AP-NL 3.0", lang="en")))

    def _common(self, subject: URIRef, title: str, description: str) -> None:
        """What catalogue and datasets both say."""
        self._add(
            subject,
            (DCTERMS.title, Literal(title, lang="nl")),
            (DCTERMS.description, Literal(description, lang="nl")),
            (DCTERMS.identifier, Literal(str(subject))),
            (DCTERMS.publisher, self.publisher),
            (DCTERMS.creator, self.publisher),
            (DCAT.contactPoint, self.contact),
            (DCTERMS.language, URIRef(f"{EU}language/NLD")),
            (DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC")),
            (DCAT.theme, URIRef(f"{EU}data-theme/GOVE")),
            (DCTERMS.spatial, self.place),
        )

    def _catalogue(self, found: list[PublicDataset]) -> None:
        title = f"Open data over meldingen in {self.here.name}"
        self._common(self.uri, title, "Aantallen meldingen over de openbare ruimte, per gebied, categorie en periode.")
        self._add(
            self.uri,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.license, LICENSE),
            (FOAF.homepage, self._at("data")),
            (DCAT.themeTaxonomy, URIRef(f"{EU}data-theme")),
        )
        self._add(self._at("data"), (RDF.type, FOAF.Document))
        self._add(self._at("data_privacy"), (RDF.type, FOAF.Document))
        days = [self._day(release.release) for dataset in found for release in dataset.releases]
        if days:
            changed = self._last_change(release for dataset in found for release in dataset.releases)
            self._add(self.uri, (DCTERMS.issued, _date(min(days))), (DCTERMS.modified, _date(changed)))
        for dataset in found:
            uri = self._name("dataset", dataset.dataset.slug)
            record = self._name("beschrijving", dataset.dataset.slug)
            self._add(self.uri, (DCAT.dataset, uri), (DCAT.record, record))
            self._add(
                record,
                (RDF.type, DCAT.CatalogRecord),
                (FOAF.primaryTopic, uri),
                (DCTERMS.issued, _date(self._day(dataset.releases[-1].release))),
                (DCTERMS.modified, _date(self._last_change(dataset.releases))),
                (DCTERMS.language, URIRef(f"{EU}language/NLD")),
                (DCTERMS.conformsTo, PROFILE),
            )

    def _dataset(self, found: PublicDataset) -> None:
        dataset, page = found.dataset, self._at("data_dataset", dataset=found.dataset.slug)
        uri, span, schema = self._name("dataset", dataset.slug), page + "#periode", page + "#kolommen"
        self._common(uri, f"{dataset.title}, per {dataset.period_word}", f"{dataset.summary} {PROTECTED}")
        days = [self._day(release.release) for release in found.releases]
        self._add(
            uri,
            (RDF.type, DCAT.Dataset),
            (DCAT.keyword, Literal("meldingen", lang="nl")),
            (DCAT.keyword, Literal("openbare ruimte", lang="nl")),
            (DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/{FREQUENCY[dataset.table.period_kind]}")),
            (DCTERMS.temporal, span),
            (DCAT.landingPage, page),
            (FOAF.page, self._at("data_privacy")),
            (DCTERMS.conformsTo, schema),
            (URIRef(f"{DCAT}version"), Literal(found.latest.release.period)),
            (ADMS.status, URIRef(f"{EU}dataset-status/COMPLETED")),
            (DCTERMS.issued, _date(min(days))),
            (DCTERMS.modified, _date(self._last_change(found.releases))),
        )
        self._add(page, (RDF.type, FOAF.Document))
        self._add(
            schema,
            (RDF.type, DCTERMS.Standard),
            (DCTERMS.title, Literal(", ".join(column.name for column in dataset.columns), lang="nl")),
        )
        self._add(
            span,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, _date(min(release.release.first_day for release in found.releases))),
            (DCAT.endDate, _date(max(release.release.last_day for release in found.releases))),
        )
        for release in found.releases:
            for file in release.files:
                self._distribution(uri, page, schema, release, file)

    def _distribution(
        self, dataset: URIRef, page: URIRef, schema: URIRef, release: PublicRelease, file: ReleaseFile
    ) -> None:
        made, slug, period = FORMATS[file.format], release.release.dataset, release.release.period
        url = self._at("data_file", dataset=slug, period=period, extension=made.name)
        uri, checksum = url + "#bestand", url + "#sha256"
        self._add(dataset, (DCAT.distribution, uri))
        self._add(
            uri,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, Literal(f"{made.label}, {period}", lang="nl")),
            (DCTERMS.description, Literal(_described(release, made.label), lang="nl")),
            (DCAT.accessURL, page),
            (DCAT.downloadURL, url),
            (DCTERMS.format, URIRef(f"{EU}file-type/{made.eu_file_type}")),
            (DCAT.mediaType, media_type(made.media_type)),
            (DCTERMS.license, LICENSE),
            (DCTERMS.language, URIRef(f"{EU}language/NLD")),
            (DCTERMS.conformsTo, schema),
            (DCATAP.availability, URIRef(f"{EU}planned-availability/AVAILABLE")),
            (DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)),
            (DCTERMS.issued, _date(self._day(release.release))),
            (DCTERMS.modified, _date(self.day_of(file.written_at))),
            (ADMS.status, URIRef(f"{EU}distribution-status/COMPLETED")),
            (SPDX.checksum, checksum),
        )
        if made.needs_borders and (source := self.sources.get(release.release.grid_year)):
            rights, words = url + "#grenzen", f"Grenzen: {source}. Vermeld deze bron bij gebruik."
            self._add(uri, (DCTERMS.rights, rights))
            self._add(rights, (RDF.type, DCTERMS.RightsStatement), (RDFS.label, Literal(words, lang="nl")))
        value = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self._add(checksum, (RDF.type, SPDX.Checksum), (SPDX.algorithm, SHA256), (SPDX.checksumValue, value))


def _check(here: Municipality, found: list[PublicDataset]) -> None:
    """Every release of the database is public with all its formats, and so is every release of the register."""
    public = {release.release.key: release for dataset in found for release in dataset.releases}
    incomplete = [
        release.release.key
        for dataset in found
        for release in dataset.releases
        if not {file.format for file in release.files} >= formats_of(dataset.dataset).keys()
    ]
    drawn = Release.objects.drawn().of(here).values_list("dataset", "period")
    try:
        promised = set(origin.read(here)) | {f"{dataset}/{period}" for dataset, period in drawn}
    except NotTheOriginal as error:
        raise CatalogueIncomplete(str(error)) from error
    missing = incomplete or sorted(promised - public.keys())
    if missing:
        raise CatalogueIncomplete(f"{missing[0]} has no files")
    lost = files.lost(file.name for release in public.values() for file in release.files)
    if lost:
        raise CatalogueIncomplete(f"{min(lost)} is not in the storage")


def _described(release: PublicRelease, label: str) -> str:
    """ "mei 2026 als CSV-bestand", and what to know before concluding anything from it."""
    return " ".join([f"{release.period_in_words} als {label}-bestand.", *release.caveats.in_words()])


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
