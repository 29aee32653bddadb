"""Full web addresses, for whatever leaves the site: mails, feeds, catalogues."""

from django.conf import settings

from meldingen.tenancy.models import Host, Municipality


def absolute(municipality: Municipality, path: str) -> str:
    """The full address of a path (with its leading slash) on the primary host of a municipality; one query.

    ValueError when the municipality has no host at all.
    """
    host = Host.objects.of(municipality).order_by("-is_primary", "id").first()
    if host is None:
        raise ValueError(f"{municipality.code} has no host")
    scheme = "https" if settings.HTTPS else "http"
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{scheme}://{host.name}{port}{path}"
