from meldingen.categories.fields import CategoryField
from meldingen.categories.models import Category
from tests.factories import Town


def test_a_category_is_chosen_with_its_main_one_before_it(town: Town) -> None:
    field = CategoryField(Category.objects.of(town.municipality))
    assert field.label_from_instance(town.dumping) == "Afval – Dumping"
    assert field.label_from_instance(town.waste) == "Afval"
