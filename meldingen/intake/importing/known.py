"""What the rows of a file may name: categories, teams, colleagues and questions of the municipality."""

from collections.abc import Mapping
from dataclasses import dataclass

from meldingen.categories.models import Category
from meldingen.questions.models import Question
from meldingen.tenancy.models import Membership, Municipality, Team, User


@dataclass(frozen=True)
class Known:
    """Categories by (main, slug) and by ("", slug), teams and questions by slug, colleagues by their user name."""

    categories: Mapping[tuple[str, str], Category]
    teams: Mapping[str, Team]
    colleagues: Mapping[str, User]
    questions: Mapping[str, Question]


def read_known(municipality: Municipality) -> Known:
    """In four queries."""
    categories: dict[tuple[str, str], Category] = {}
    for category in Category.objects.of(municipality).filter(parent__isnull=False).select_related("parent"):
        if category.parent is not None:
            categories[category.parent.slug, category.slug] = categories["", category.slug] = category
    members = Membership.objects.of(municipality).select_related("user")
    return Known(
        categories,
        {team.slug: team for team in Team.objects.of(municipality)},
        {member.user.username: member.user for member in members},
        {question.slug: question for question in Question.objects.of(municipality)},
    )
