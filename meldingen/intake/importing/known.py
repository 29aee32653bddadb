"""What the rows of a file may name: categories, teams, colleagues, questions and objects of the municipality."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from meldingen.categories.models import Category
from meldingen.places.assets import keys_by_number
from meldingen.questions.models import Question
from meldingen.tenancy.models import Membership, Municipality, Team, User


@dataclass(frozen=True)
class Known:
    """Categories by (main, slug) and by ("", slug), teams and questions by slug, colleagues by their user name."""

    categories: Mapping[tuple[str, str], Category]
    teams: Mapping[str, Team]
    colleagues: Mapping[str, User]
    questions: Mapping[str, Question]
    municipality: Municipality

    @cached_property
    def assets(self) -> Mapping[tuple[str, str], int]:
        """Objects as `keys_by_number` has them; read once, by the first row that names one."""
        return keys_by_number(self.municipality)


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
        municipality,
    )
