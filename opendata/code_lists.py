"""Values of code lists that the catalogue refers to, with the type and label that a validator asks for offline."""

from dataclasses import dataclass

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

EU = "http://publications.europa.eu/resource/authority/"
LICENSE = URIRef("http://creativecommons.org/publicdomain/zero/1.0/deed.nl")
LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
PUBLIC_DOMAIN = URIRef("http://purl.org/adms/licencetype/PublicDomain")
SHA256 = URIRef("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")


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
    Value("access-right", "PUBLIC", DCTERMS.RightsStatement, "publiek"),
    Value("data-theme", "GOVE", None, "Overheid en publieke sector"),
    Value("frequency", "MONTHLY", DCTERMS.Frequency, "maandelijks"),
    Value("frequency", "QUARTERLY", DCTERMS.Frequency, "driemaandelijks"),
    Value("frequency", "ANNUAL", DCTERMS.Frequency, "jaarlijks"),
    Value("file-type", "CSV", DCTERMS.MediaTypeOrExtent, "CSV"),
    Value("file-type", "JSON", DCTERMS.MediaTypeOrExtent, "JSON"),
    Value("file-type", "GEOJSON", DCTERMS.MediaTypeOrExtent, "GeoJSON"),
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
        scheme = URIRef(f"{EU}{value.scheme}")
        graph.add((value.uri, RDF.type, SKOS.Concept))
        if value.kind is not None:
            graph.add((value.uri, RDF.type, value.kind))
        graph.add((value.uri, SKOS.prefLabel, Literal(value.label, lang=value.language)))
        graph.add((value.uri, SKOS.inScheme, scheme))
    themes = URIRef(f"{EU}data-theme")
    graph.add((themes, RDF.type, SKOS.ConceptScheme))
    graph.add((themes, DCTERMS.title, Literal("Data theme", lang="en")))
    for name in sorted(media_types):
        graph.add((media_type(name), RDF.type, DCTERMS.MediaType))
    for uri, scheme_of, label in (
        (LOCAL_AUTHORITY, "http://purl.org/adms/publishertype/1.0", "Local Authority"),
        (PUBLIC_DOMAIN, "http://purl.org/adms/licencetype/1.0", "Public domain"),
    ):
        graph.add((uri, RDF.type, SKOS.Concept))
        graph.add((uri, SKOS.prefLabel, Literal(label, lang="en")))
        graph.add((uri, SKOS.inScheme, URIRef(scheme_of)))
    graph.add((LICENSE, RDF.type, DCTERMS.LicenseDocument))
    graph.add((LICENSE, DCTERMS.type, PUBLIC_DOMAIN))
    graph.add((SHA256, RDF.type, URIRef("http://spdx.org/rdf/terms#ChecksumAlgorithm")))
