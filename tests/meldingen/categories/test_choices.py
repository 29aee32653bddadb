import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.categories.choices import main_subjects, pictogram_of
from tests.factories import Town


def test_main_subjects_come_with_what_is_under_them_in_one_question(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = main_subjects(town.municipality)
    assert {child for subject in found for child in subject.children} >= {town.dumping, town.container}
    assert all(child.parent == subject.category for subject in found for child in subject.children)


def test_what_is_not_in_use_is_no_subject(town: Town) -> None:
    type(town.dumping).objects.filter(municipality=town.municipality, parent__isnull=True).update(is_active=False)
    assert main_subjects(town.municipality) == []


@pytest.mark.parametrize(("subject", "drawing"), [("lamp-brandt-niet", "straatverlichting"), ("", "wegen")])
def test_a_category_has_the_drawing_of_what_it_is_about(town: Town, subject: str, drawing: str) -> None:
    town.container.subject = subject
    assert pictogram_of(town.container, "wegen") == drawing
