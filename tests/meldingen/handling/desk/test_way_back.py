"""Where a form of the desk leads back to."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from meldingen.handling.desk import way_back


@pytest.mark.parametrize(
    ("query", "search"),
    [("gezocht=3", "gezocht=3"), ("gezocht=3&list=all", ""), ("saved=1&gezocht=3", ""), ("gezocht=x", ""), ("", "")],
)
def test_a_search_is_what_names_no_worklist(query: str, search: str) -> None:
    request = RequestFactory().post("/", {way_back.INBOX: query})
    assert way_back.search_of(request) == search
    assert way_back.is_search(QueryDict(query)) is (query.startswith("gezocht=") and "list" not in query)
