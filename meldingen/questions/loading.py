"""Questions from a CSV that a municipality keeps."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.files.cells import Tell, broken, ignore, number, refuse_bad_slug, refuse_twice, tell_changes
from meldingen.files.reading import UTF8, BrokenFile, in_line, refuse_unfit
from meldingen.files.sheets import read_csv
from meldingen.languages import Texts, offered
from meldingen.questions import changing
from meldingen.questions.models import Question
from meldingen.questions.wording import CHOOSING, Kind, what_is_wrong
from meldingen.tenancy.models import Municipality

__all__ = ["load_questions"]

COLUMNS = ("vraag", "categorie", "soort", "vraag_nl")
COLUMN_OF = {
    "slug": "vraag",
    "category": "categorie",
    "kind": "soort",
    "question_texts": "vraag",
    "hint_texts": "uitleg",
    "choice_texts": "keuzes",
    "is_required": "verplicht",
    "position": "volgorde",
    "is_active": "actief",
}
KINDS = {
    "tekst": Kind.TEXT,
    "getal": Kind.NUMBER,
    "een": Kind.ONE,
    "meer": Kind.SEVERAL,
    "ja-nee": Kind.YES_NO,
    "datum": Kind.DATE,
}
# Between the choices of one cell.
BETWEEN = "|"


@transaction.atomic
def load_questions(municipality: Municipality, path: Path, encoding: str = UTF8, tell: Tell = ignore) -> int:
    """Make or bring up to date the questions of a CSV; how many are in it. All or nothing.

    A question that the file does not name stays as it is. What changes of one that was there is told, and other words
    make a new version of it.
    """
    categories = _categories(municipality)
    before = {question.slug: question for question in Question.objects.of(municipality)}
    lines_of: dict[str, int] = {}
    for line, row in read_csv(path, COLUMNS, encoding):
        slug = row["vraag"]
        refuse_bad_slug(path, line, "vraag", slug)
        refuse_twice(path, line, "vraag", slug, lines_of)
        question = before.get(slug) or Question(municipality=municipality, slug=slug)
        values = _values(path, line, row, categories, question)
        tell_changes(tell, question, slug, values, COLUMN_OF)
        for name, value in values.items():
            setattr(question, name, value)
        _refuse_bad_choices(path, line, question)
        refuse_unfit(path, line, question, COLUMN_OF)
        changing.save(question)
    if not lines_of:
        raise BrokenFile(_("%(file)s: has no questions.") % {"file": path.name})
    return len(lines_of)


def _categories(municipality: Municipality) -> dict[str, Category]:
    """By `main/category`, by the code of a category, and by that of a main one where no other has it."""
    rows = list(Category.objects.of(municipality).select_related("parent"))
    mains = {row.slug: row for row in rows if row.parent is None}
    others = {row.slug: row for row in rows if row.parent}
    return mains | others | {f"{row.parent.slug}/{row.slug}": row for row in rows if row.parent}


def _values(
    path: Path, line: int, row: Mapping[str, str], categories: Mapping[str, Category], before: Question
) -> dict[str, Any]:
    if row["categorie"] not in categories:
        raise broken(path, line, "categorie", row["categorie"])
    if row["soort"] not in KINDS:
        raise broken(path, line, "soort", row["soort"], KINDS)
    for column in ("verplicht", "actief"):
        if row.get(column, "") not in ("", "ja", "nee"):
            raise broken(path, line, column, row[column], ("ja", "nee"))
    position = number(path, line, "volgorde", row.get("volgorde", ""))
    return {
        "category": categories[row["categorie"]],
        "kind": KINDS[row["soort"]].value,
        "question_texts": _texts(row, "vraag", before.question_texts),
        "hint_texts": _texts(row, "uitleg", before.hint_texts),
        "choice_texts": _lines(_texts(row, "keuzes", before.choice_texts)),
        "is_required": row.get("verplicht") == "ja",
        "position": 10 if position is None else position,
        "is_active": row.get("actief", "") != "nee",
    }


def _texts(row: Mapping[str, str], column: str, before: Texts) -> Texts:
    """Of the columns for each language that the file has: `vraag_nl`, `vraag_en`."""
    return before.but({code: row[f"{column}_{code}"].strip() for code in offered() if f"{column}_{code}" in row})


def _lines(texts: Texts) -> Texts:
    """A choice on each line, as a question keeps them."""
    return Texts({code: "\n".join(each.strip() for each in text.split(BETWEEN)) for code, text in texts.items()})


def _refuse_bad_choices(path: Path, line: int, question: Question) -> None:
    if question.kind in CHOOSING and (words := what_is_wrong(question.choice_texts)):
        raise in_line(path, line, "keuzes_nl", words.rstrip("."))
