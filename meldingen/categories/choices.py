"""The categories that people choose from."""

from dataclasses import dataclass

from django.db.models import QuerySet

from meldingen.categories.models import Category
from meldingen.categories.subjects import main_subject as main_kind
from meldingen.categories.subjects import pictogram
from meldingen.tenancy.models import Municipality

# What people read of a category and of its main one: for who stores a melding and shows nothing, to leave out.
TEXTS = tuple(
    f"{whose}{name}" for whose in ("", "parent__") for name in ("name_texts", "guidance_texts", "elsewhere_texts")
)


@dataclass(frozen=True)
class MainSubject:
    """A main category in use, with its drawing and the categories in use under it."""

    category: Category
    pictogram: str
    children: tuple[Category, ...]


def categories(municipality: Municipality) -> QuerySet[Category]:
    """The categories that a reporter may choose: in use, under a main category in use; by the name of both."""
    own = Category.objects.of(municipality).filter(is_active=True, parent__is_active=True)
    return own.select_related("parent").order_by("parent__name_texts__nl", "name_texts__nl")


def main_subjects(municipality: Municipality) -> list[MainSubject]:
    """The main categories under which a reporter may choose something, by name, in one question."""
    groups: dict[Category, list[Category]] = {}
    for category in categories(municipality):
        if category.parent is not None:
            groups.setdefault(category.parent, []).append(category)
    return [
        MainSubject(main, pictogram(child.subject or child.slug for child in children), tuple(children))
        for main, children in groups.items()
    ]


def pictogram_of(category: Category, main: str) -> str:
    """The drawing of what a category is itself about (a lamp, under “streets”); `main`, that of its main one, else."""
    return main_kind(category.subject or category.slug) or main


def with_main(municipality: Municipality, slug: str) -> list[str]:
    """The code of a category that may be chosen and that of its main one; none for any other word."""
    category = categories(municipality).filter(slug=slug).first() if slug else None
    return [category.slug, category.parent.slug] if category and category.parent else []
