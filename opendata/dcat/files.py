"""Describes files: one distribution for each, with its size, checksum, format, licence and the day it was made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, RDF, XSD, Literal, URIRef

from opendata.code_lists import ATTRIBUTION, EU, LICENSE, SHA256, media_type
from opendata.dcat.graph import ADMS, DCATAP, SPDX, GraphBuilder, in_both, on
from opendata.formats import FORMATS, HISTORY_FORMATS, MAP_FORMATS, Kind
from opendata.models import ReleaseFile
from opendata.queries import PublicDataset, PublicRelease
from opendata.versions import Pointer


@dataclass(frozen=True)
class _File:
    """What is told of a file. `source`: whose the borders in it are, and how that is said."""

    kind: Kind
    url: URIRef
    page: URIRef
    size: int
    sha256: str
    made_on: date | str
    title: Callable[[], str]
    words: Callable[[], str]
    schema: URIRef | None = None
    source: str = ""
    licence: URIRef = LICENSE
    is_completed: bool = False


class Files:
    """Adds files to a graph; each act gives the names of what it added."""

    def __init__(self, here: GraphBuilder, day_of: Callable[[datetime], date], sources: Mapping[int, str]) -> None:
        self.here, self.day_of, self.sources = here, day_of, sources

    def of_history(self, public: PublicDataset, pointer: Pointer) -> list[URIRef]:
        """All periods in one file, in each format."""
        slug, page = public.dataset.slug, self._page(public)
        return [
            self._add(
                _File(
                    kind=kind,
                    url=self.here.at("data_history", dataset=slug, extension=name),
                    page=page,
                    size=pointer.files[name].size,
                    sha256=pointer.files[name].sha256,
                    made_on=pointer.files[name].day,
                    title=partial(_all_periods, kind),
                    words=lambda: _("Every period in one file. It is made anew when a period comes to it."),
                    schema=page + "#kolommen",
                )
            )
            for name, kind in HISTORY_FORMATS.items()
        ]

    def newest(self, public: PublicDataset) -> list[URIRef]:
        """The addresses that always lead to the newest period."""
        slug, latest = public.dataset.slug, public.latest
        return [
            self._add(
                self._of_file(
                    public,
                    latest,
                    file,
                    self.here.at("data_latest", dataset=slug, extension=file.format),
                    partial(_newest_period, FORMATS[file.format]),
                )
            )
            for file in latest.files
        ]

    def of_release(self, public: PublicDataset, release: PublicRelease) -> list[URIRef]:
        """The files of one period, which never change."""
        slug, period = public.dataset.slug, release.release.period
        return [
            self._add(
                self._of_file(
                    public,
                    release,
                    file,
                    self.here.at("data_file", dataset=slug, period=period, extension=file.format),
                    partial(_one_period, FORMATS[file.format], release),
                    is_completed=True,
                )
            )
            for file in release.files
        ]

    def of_areas(self, vintage: int, pointer: Pointer, source: str) -> list[URIRef]:
        """The borders of one year. Who asks to be named is named, and the licence says so."""
        return [
            self._add(
                _File(
                    kind=kind,
                    url=self.here.at("data_areas", vintage=vintage, extension=name),
                    page=self.here.at("data"),
                    size=pointer.files[name].size,
                    sha256=pointer.files[name].sha256,
                    made_on=pointer.files[name].day,
                    title=partial(_borders, kind, vintage),
                    words=lambda: _(
                        "Municipality, districts and neighbourhoods with their codes, inhabitants and households."
                    ),
                    source=source,
                    licence=ATTRIBUTION if source else LICENSE,
                )
            )
            for name, kind in MAP_FORMATS.items()
        ]

    def _page(self, public: PublicDataset) -> URIRef:
        return self.here.at("data_dataset", dataset=public.dataset.slug)

    def _of_file(
        self,
        public: PublicDataset,
        release: PublicRelease,
        file: ReleaseFile,
        url: URIRef,
        title: Callable[[], str],
        is_completed: bool = False,
    ) -> _File:
        kind = FORMATS[file.format]
        return _File(
            kind=kind,
            url=url,
            page=self._page(public),
            size=file.size,
            sha256=file.sha256,
            made_on=self.day_of(file.written_at),
            title=title,
            words=lambda: _period_in_words(release),
            schema=self._page(public) + "#kolommen",
            source=self.sources.get(release.release.grid_year, "") if kind.needs_borders else "",
            is_completed=is_completed,
        )

    def _add(self, file: _File) -> URIRef:
        uri, checksum = file.url + "#bestand", file.url + "#sha256"
        self.here.add(
            uri,
            (RDF.type, DCAT.Distribution),
            *in_both(DCTERMS.title, file.title),
            *in_both(DCTERMS.description, file.words),
            (DCAT.accessURL, file.page),
            (DCAT.downloadURL, file.url),
            (DCTERMS.format, URIRef(f"{EU}file-type/{file.kind.eu_file_type}")),
            (DCAT.mediaType, media_type(file.kind.media_type)),
            (DCTERMS.license, file.licence),
            (DCTERMS.language, URIRef(f"{EU}language/NLD")),
            (DCATAP.availability, URIRef(f"{EU}planned-availability/AVAILABLE")),
            (DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger)),
            (DCTERMS.modified, on(file.made_on)),
            (SPDX.checksum, checksum),
        )
        if file.schema is not None:
            self.here.add(uri, (DCTERMS.conformsTo, file.schema))
        if file.is_completed:
            self.here.add(uri, (ADMS.status, URIRef(f"{EU}distribution-status/COMPLETED")))
        if file.source:
            self._name_source(uri, file)
        value = Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        self.here.add(checksum, (RDF.type, SPDX.Checksum), (SPDX.algorithm, SHA256), (SPDX.checksumValue, value))
        return uri

    def _name_source(self, uri: URIRef, file: _File) -> None:
        rights = file.url + "#grenzen"
        self.here.add(uri, (DCTERMS.rights, rights))
        words = {"source": file.source}
        self.here.say(
            rights,
            DCTERMS.RightsStatement,
            lambda: _("Borders: %(source)s. Name this source where you use them.") % words,
        )


def _all_periods(kind: Kind) -> str:
    return _("%(format)s, all periods") % {"format": kind.label}


def _newest_period(kind: Kind) -> str:
    return _("%(format)s, newest period") % {"format": kind.label}


def _one_period(kind: Kind, release: PublicRelease) -> str:
    return f"{kind.label}, {release.period_in_words}"


def _borders(kind: Kind, vintage: int) -> str:
    return _("%(format)s, borders of %(year)s") % {"format": kind.label, "year": vintage}


def _period_in_words(release: PublicRelease) -> str:
    """What to know before concluding anything from it, after its period."""
    return " ".join([f"{release.period_in_words}.", *release.caveats.in_words()])
