"""Health for balancers: 200 when the process can reach its database."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


def health(request: HttpRequest) -> HttpResponse:
    """One trivial query; a lost database becomes the 503 of UnavailableMiddleware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("gezond\n", content_type="text/plain; charset=utf-8")
