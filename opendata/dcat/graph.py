"""A graph in which every node has an address of its own, so that the same releases give the same bytes."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date

from django.urls import reverse
from django.utils import translation
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
PREFIXES = {"vcard": VCARD, "adms": ADMS, "spdx": SPDX, "dcatap": DCATAP, "geo": GEO}
LANGUAGES = ("nl", "en")
# Names of our own that no host is part of: a harvester keeps knowing a dataset when the municipality moves its site.
NAMESPACE = uuid.UUID("5f0c1d52-6a3c-5b8e-9a55-2f4f0a1c7d10")

Pair = tuple[URIRef, Node]


class GraphBuilder:
    """A graph of one municipality while it is made."""

    def __init__(self, code: str, root: str) -> None:
        self.code, self.root, self.graph = code, root, Graph()
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)

    def add(self, subject: Node, *pairs: Pair) -> None:
        """Say these things of it."""
        for predicate, value in pairs:
            self.graph.add((subject, predicate, value))

    def at(self, name: str, **parameters: str | int) -> URIRef:
        """The address of a page or a file."""
        return URIRef(self.root + reverse(name, kwargs=parameters))

    def name(self, *parts: str) -> URIRef:
        """A name that stays the same on whatever host, for what harvesters know again."""
        return URIRef(name_of(self.code, *parts))

    def prefix_label(self, subject: Node, kind: Node, label: str) -> None:
        """A thing that is only named."""
        self.add(subject, (RDF.type, kind), (SKOS.prefLabel, Literal(label, lang="nl")))

    def say(self, subject: Node, kind: Node, words: Callable[[], str]) -> None:
        """A statement in words."""
        self.add(subject, (RDF.type, kind), *in_both(RDFS.label, words))


def name_of(code: str, *parts: str) -> str:
    """What something of a municipality is called, on whatever host."""
    return uuid.uuid5(NAMESPACE, "/".join((code, *parts))).urn


def in_both(predicate: URIRef, words: Callable[[], str]) -> list[Pair]:
    """The words in Dutch and in English."""
    return [(predicate, literal) for literal in literals(words)]


def literals(words: Callable[[], str]) -> list[Literal]:
    """What `words` gives in each language."""
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(Literal(str(words()), lang=language))
    return texts


def of_each(predicate: URIRef, words: Mapping[str, tuple[str, ...]]) -> list[Pair]:
    """Language -> words, such as keywords."""
    return [
        (predicate, Literal(word, lang=language)) for language, of_language in words.items() for word in of_language
    ]


def on(day: date | str) -> Literal:
    """A day."""
    return Literal(day if isinstance(day, str) else day.isoformat(), datatype=XSD.date)
