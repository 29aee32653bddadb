"""The municipality's own map: the borders of its buurten, small enough for a telephone."""

import hashlib
import json

from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import AsGeoJSON, GeoFunc, Transform
from django.core.cache import cache
from django.db.models import F, Value
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from meldingen import queries
from meldingen.models import Municipality
from meldingen.tenancy.requests import municipality

SECONDS_KEPT = 600
TOLERANCE = 5.0  # metres; what a border may move on the map
DECIMALS = 5  # of a degree: one metre


class Simplified(GeoFunc):
    """A border with fewer corners that stays a border."""

    function = "ST_SimplifyPreserveTopology"
    output_field = GeometryField(srid=settings.SRID_STORED)


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the buurten in use: code, name, border in degrees."""
    here = municipality(request)
    key = f"areas.geojson:{here.pk}:{here.area_vintage}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = _geojson(here)
        cache.set(key, content, SECONDS_KEPT)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/geo+json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return get_conditional_response(request, etag=etag, response=response) or response


def _geojson(here: Municipality) -> bytes:
    border = AsGeoJSON(Transform(Simplified(F("geometry"), Value(TOLERANCE)), settings.SRID_DOOR), precision=DECIMALS)
    rows = queries.buurten(here).annotate(border=border).values_list("code", "name", "border")
    features = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": json.loads(geometry)}
        for code, name, geometry in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()
