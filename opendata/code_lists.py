"""Values of code lists that the catalogue refers to, with the type and label that a validator asks for offline."""

from dataclasses import dataclass

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

EU = "http://publications.europa.eu/resource/authority/"
TOP = "https://identifier.overheid.nl/tooi/def/thes/top/"
LICENSE = URIRef("http://creativecommons.org/publicdomain/zero/1.0/deed.nl")
ATTRIBUTION = URIRef("http://creativecommons.org/licenses/by/4.0/deed.nl")
LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
PUBLIC_DOMAIN = URIRef("http://purl.org/adms/licencetype/PublicDomain")
NAMED_SOURCE = URIRef("http://purl.org/adms/licencetype/Attribution")
SHA256 = URIRef("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")
# "Ruimte en infrastructuur": of the list of themes of Dutch government, and of the older one that portals still ask.
DUTCH_THEMES = (
    (URIRef(f"{TOP}c_cfc7d5ab"), URIRef("https://identifier.overheid.nl/tooi/set/scw_toplijst")),
    (
        URIRef("http://standaarden.overheid.nl/owms/terms/Ruimte_en_infrastructuur"),
        URIRef("http://standaarden.overheid.nl/owms/terms/TaxonomieBeleidsagenda"),
    ),
)
# Words by which people look for such figures.
KEYWORDS = {
    "nl": ("meldingen", "openbare ruimte", "leefomgeving", "klachten", "buurt", "open data"),
    "en": ("reports", "public space", "neighbourhood", "complaints", "citizen reports", "open data"),
}
AREA_KEYWORDS = {
    "nl": ("buurten", "wijken", "gemeentegrens", "inwoners", "open data"),
    "en": ("neighbourhoods", "districts", "municipal border", "inhabitants", "open data"),
}


@dataclass(frozen=True)
class Value:
    """A value of a code list: its list and code, its class beside skos:Concept, and its label."""

    scheme: str
    code: str
    kind: URIRef | None
    label: str
    language: str = "nl"

    @property
    def uri(self) -> URIRef:
        """Its address at the EU's Publications Office."""
        return URIRef(f"{EU}{self.scheme}/{self.code}")


VALUES = (
    Value("language", "NLD", DCTERMS.LinguisticSystem, "Nederlands"),
    Value("language", "ENG", DCTERMS.LinguisticSystem, "Engels"),
    Value("access-right", "PUBLIC", DCTERMS.RightsStatement, "publiek"),
    Value("data-theme", "GOVE", None, "Overheid en publieke sector"),
    Value("data-theme", "REGI", None, "Regio's en steden"),
    Value("frequency", "MONTHLY", DCTERMS.Frequency, "maandelijks"),
    Value("frequency", "QUARTERLY", DCTERMS.Frequency, "driemaandelijks"),
    Value("frequency", "ANNUAL", DCTERMS.Frequency, "jaarlijks"),
    Value("frequency", "NEVER", DCTERMS.Frequency, "nooit"),
    Value("file-type", "CSV", DCTERMS.MediaTypeOrExtent, "CSV"),
    Value("file-type", "JSON", DCTERMS.MediaTypeOrExtent, "JSON"),
    Value("file-type", "GEOJSON", DCTERMS.MediaTypeOrExtent, "GeoJSON"),
    Value("file-type", "PARQUET", DCTERMS.MediaTypeOrExtent, "Parquet"),
    Value("file-type", "XLSX", DCTERMS.MediaTypeOrExtent, "Excel"),
    Value("file-type", "GPKG", DCTERMS.MediaTypeOrExtent, "GeoPackage"),
    Value("dataset-status", "COMPLETED", None, "voltooid"),
    Value("distribution-status", "COMPLETED", None, "voltooid"),
    Value("planned-availability", "AVAILABLE", None, "available", "en"),
)


def media_type(name: str) -> URIRef:
    """The address of a media type at IANA."""
    return URIRef(f"http://www.iana.org/assignments/media-types/{name}")


def describe(graph: Graph, media_types: set[str]) -> None:
    """Add type and label of every value that the catalogue may refer to."""
    for value in VALUES:
        if value.kind is not None:
            graph.add((value.uri, RDF.type, value.kind))
        _concept(graph, value.uri, URIRef(f"{EU}{value.scheme}"), value.label, value.language)
    for theme, scheme in DUTCH_THEMES:
        _concept(graph, theme, scheme, "Ruimte en infrastructuur", "nl")
    _scheme(graph, URIRef(f"{EU}data-theme"), "Data theme", "en")
    _scheme(graph, DUTCH_THEMES[0][1], "TOP-lijst", "nl")
    for name in sorted(media_types):
        graph.add((media_type(name), RDF.type, DCTERMS.MediaType))
    licence_types = URIRef("http://purl.org/adms/licencetype/1.0")
    _concept(graph, LOCAL_AUTHORITY, URIRef("http://purl.org/adms/publishertype/1.0"), "Local Authority", "en")
    _concept(graph, PUBLIC_DOMAIN, licence_types, "Public domain", "en")
    _concept(graph, NAMED_SOURCE, licence_types, "Attribution", "en")
    # By these titles a CKAN knows its own licences again.
    _licence(graph, LICENSE, PUBLIC_DOMAIN, "Creative Commons CCZero")
    _licence(graph, ATTRIBUTION, NAMED_SOURCE, "Creative Commons Attribution")
    graph.add((SHA256, RDF.type, URIRef("http://spdx.org/rdf/terms#ChecksumAlgorithm")))


def _concept(graph: Graph, uri: URIRef, scheme: URIRef, label: str, language: str) -> None:
    graph.add((uri, RDF.type, SKOS.Concept))
    graph.add((uri, SKOS.prefLabel, Literal(label, lang=language)))
    graph.add((uri, SKOS.inScheme, scheme))


def _scheme(graph: Graph, uri: URIRef, title: str, language: str) -> None:
    graph.add((uri, RDF.type, SKOS.ConceptScheme))
    graph.add((uri, DCTERMS.title, Literal(title, lang=language)))


def _licence(graph: Graph, uri: URIRef, kind: URIRef, title: str) -> None:
    graph.add((uri, RDF.type, DCTERMS.LicenseDocument))
    graph.add((uri, DCTERMS.type, kind))
    graph.add((uri, DCTERMS.title, Literal(title)))
