"""The subject that a reporter chose, and what has to be said with it."""

from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.intake.submission import Submission
from meldingen.questions import asking
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

_ELSEWHERE = _("This is not ours. It is solved by {whose}: {door}")


def find_category(municipality: Municipality, slug: str, *, without: Sequence[str] = ()) -> Category | None:
    """The category that the reporter chose; None when they left it to us. Raises Refused for any other word.

    `without`: columns that are not read, unless somebody asks for them after all.
    """
    if not slug:
        return None
    category = choices.categories(municipality).annotate(asks=asking.ASKS).defer(*without).filter(slug=slug).first()
    if category is None:
        raise Refused("unknown", _("We do not know this subject. Choose one from the list."), "category_slug")
    return category


def check_ours(category: Category | None, submission: Submission) -> None:
    """Raises Refused for what only others take in. Danger is taken in, and a colleague knows what they do."""
    if category is None or not (category.is_only_elsewhere and category.elsewhere_texts):
        return
    if submission.danger is None and submission.entered_by is None:
        door = category.elsewhere_url or category.elsewhere_phone
        raise Refused("elsewhere", format_lazy(_ELSEWHERE, whose=category.elsewhere, door=door), "elsewhere")


def check_answers(category: Category | None, submission: Submission) -> None:
    """Raises Refused for what is no answer to what the category asks. Who is in danger is not held up by a question."""
    if not submission.answers and not getattr(category, "asks", False):
        return
    is_complete = submission.answers is not None and not submission.is_emergency
    asking.check(category, submission.answers or (), is_complete=is_complete)
