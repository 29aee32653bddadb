from collections.abc import Iterator
from types import SimpleNamespace
from typing import NoReturn

import pytest
from django.db import ProgrammingError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, include, path
from pytest_django.fixtures import Settings

from meldingen.record.models import Melding
from meldingen.web.public import AskedDatabase, View, all_read_as_public, ask_nothing, read_as_public
from opendata.portal import pages
from tests.factories import Town

PUBLIC = ("home", "security", "stylesheet", "logo", "data", "areas", "square")
STORING = ("meldingen", "fotos")  # addresses at which something comes in


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def answer(view: View) -> HttpResponseBase:
    return read_as_public(view)(HttpRequest())


def public_views() -> Iterator[object]:
    for pattern in get_resolver().url_patterns:
        inside = [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns
        if str(pattern.pattern) in ("data/", "api/v1/") or getattr(pattern, "name", "") in PUBLIC:
            yield from (one.callback for one in inside if isinstance(one, URLPattern) and one.name not in STORING)


def test_every_page_of_the_public_reads_as_the_public() -> None:
    views = list(public_views())
    assert len(views) > 20
    assert all(getattr(view, "reads_as_public", False) or getattr(view, "asks_nothing", False) for view in views)


def test_only_what_gives_files_without_the_database_does_not() -> None:
    asking_nothing = [view.__name__ for view in public_views() if getattr(view, "asks_nothing", False)]  # type: ignore[attr-defined]
    assert sorted(asking_nothing) == ["areas", "history"]


def test_what_gives_files_is_refused_the_database(db: None) -> None:
    with pytest.raises(AskedDatabase):
        ask_nothing(lambda _request: HttpResponse(role()))(HttpRequest())
    assert role()  # others may ask again


def test_a_mistake_in_a_page_of_the_public_shows_no_melding(
    resident: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.melding(text="Niemand mag dit lezen.")
    monkeypatch.setattr(pages, "statement", lambda request: {"reasons": list(Melding.objects.values_list("text"))})
    with pytest.raises(ProgrammingError, match="permission denied for table meldingen_melding"):
        resident.get("/data/")


def test_a_view_is_the_public_and_afterwards_we_are_the_application_again(db: None, settings: Settings) -> None:
    before = role()
    assert text(answer(lambda _request: HttpResponse(role()))) == settings.DATABASE_PUBLIC_ROLE
    assert role() == before == settings.DATABASE_APP_ROLE


def test_so_we_are_when_it_found_nothing(db: None, settings: Settings) -> None:
    def nothing(_request: HttpRequest) -> NoReturn:
        raise Http404

    with pytest.raises(Http404):
        answer(nothing)
    assert role() == settings.DATABASE_APP_ROLE


def test_with_real_commits_too(transactional_db: None, settings: Settings) -> None:
    answer(lambda _request: HttpResponse())
    assert role() == settings.DATABASE_APP_ROLE


def test_addresses_that_include_others_are_wrapped_one_by_one() -> None:
    with pytest.raises(TypeError, match="includes others"):
        all_read_as_public((SimpleNamespace(urlpatterns=[path("x/", include("opendata.urls"))]), None, None))
