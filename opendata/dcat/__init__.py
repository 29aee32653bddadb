"""The catalogue as DCAT-AP-NL 3.0 (the Dutch profile of the European standard for catalogues of open data)."""

from django.core.cache import cache

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute
from opendata.dcat.contents import CatalogueIncomplete, NothingPublished, gather
from opendata.dcat.describing import describe_all
from opendata.dcat.graph import name_of

# The end of an address -> how it is written.
SYNTAXES = {"ttl": "turtle", "jsonld": "json-ld"}
MEDIA_TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json"}


def catalogue(municipality: Municipality, extension: str) -> bytes:
    """The catalogue of a municipality; CatalogueIncomplete when a release, a file or a name is missing.

    NothingPublished while there is nothing to tell.

    That is looked at each time; the text, half a second of work, is made when something that it tells has changed, and
    now and then without.
    """
    try:
        root = absolute(municipality, "/").rstrip("/")
    except ValueError as error:
        raise CatalogueIncomplete(str(error)) from error
    contents = gather(municipality)
    key = f"catalog.{extension}:{contents.fingerprint(municipality, root)}"
    text: bytes | None = cache.get(key)
    if text is None:
        graph = describe_all(municipality, root, contents)
        text = graph.serialize(format=SYNTAXES[extension]).encode()
        cache.set(key, text)
    return text


__all__ = ["MEDIA_TYPES", "SYNTAXES", "CatalogueIncomplete", "NothingPublished", "catalogue", "name_of"]
