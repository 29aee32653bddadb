import pytest
from django.utils import translation

from meldingen.categories.examples import EXAMPLES, example
from meldingen.categories.models import Category
from meldingen.categories.subjects import COMMON


def test_each_common_subject_has_a_sentence() -> None:
    assert set(EXAMPLES) == COMMON


@pytest.mark.parametrize(("slug", "subject"), [("lamp-brandt-niet", ""), ("lantaarn", "lamp-brandt-niet")])
def test_a_category_has_the_sentence_of_its_common_subject_in_the_language_of_the_reader(
    slug: str, subject: str
) -> None:
    category = Category(slug=slug, subject=subject)
    sentences = set()
    for language in ("nl", "en"):
        with translation.override(language):
            sentences.add(example(category))
    assert "The lamp in front of number 12 is out." in sentences
    assert len(sentences) == 2


def test_a_category_of_the_town_alone_has_none() -> None:
    assert example(Category(slug="vaart-en-sloot")) == ""
