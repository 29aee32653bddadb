"""The overview of settings in chapters, by what a colleague comes to do, each page with one line of what it is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class Chapter(StrEnum):
    """The chapters, in their order on the page."""

    WORK = "work"
    WORDS = "words"
    PEOPLE = "people"
    TOWN = "town"
    DATA = "data"
    LOOK_UP = "look-up"


NAMES: Mapping[Chapter, str | Promise] = {
    Chapter.WORK: _("What comes in, and where it goes"),
    Chapter.WORDS: _("What we ask and answer"),
    Chapter.PEOPLE: _("Colleagues and teams"),
    Chapter.TOWN: _("Our municipality"),
    Chapter.DATA: _("Open data"),
    Chapter.LOOK_UP: _("To look up"),
}
Place = tuple[Chapter, int]  # the chapter of a page, and its place in it


@dataclass(frozen=True)
class Page:
    """A page of settings: its name, what it is for, and where it is."""

    name: str
    about: str | Promise
    url: str


@dataclass(frozen=True)
class Pages:
    """A chapter as the overview shows it."""

    slug: str
    name: str | Promise
    pages: list[Page]


def chapters_of(apps: Iterable[Mapping[str, Any]], admins: Mapping[Any, Any]) -> Iterator[Pages]:
    """What a reader may see (`apps` as Django lists them) in its chapters; a chapter without pages is left out."""
    pages: dict[Chapter, list[tuple[int, Page]]] = {}
    for model in (each for app in apps for each in app["models"] if each["admin_url"]):
        admin = admins[model["model"]]
        chapter, place = admin.chapter
        page = Page(capfirst(str(model["name"])), admin.purpose, model["admin_url"])
        pages.setdefault(chapter, []).append((place, page))
    for chapter, name in NAMES.items():
        if own := pages.get(chapter):
            yield Pages(chapter.value, name, [page for _place, page in sorted(own, key=lambda each: each[0])])
