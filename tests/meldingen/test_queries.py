from meldingen import queries
from tests.factories import AreaFactory, CategoryFactory


def test_buurten_are_those_of_this_year_and_municipality_by_name(town, neighbour):
    AreaFactory(
        municipality=town.municipality, level="buurt", parent=town.wijk, vintage=2019, code="BU00009999", name="A"
    )
    assert list(queries.buurten(town.municipality)) == sorted([town.west, town.east], key=lambda area: area.name)


def test_categories_are_those_that_may_be_chosen(town, neighbour):
    CategoryFactory(municipality=town.municipality, slug="oud", parent=town.waste, is_active=False)
    assert set(queries.categories(town.municipality)) == {town.container, town.dumping}


def test_categories_bring_their_main_category_along(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert {category.parent for category in queries.categories(town.municipality)} == {town.waste}


def test_followed_finds_by_the_whole_token_only(town, neighbour):
    melding = town.melding()
    assert queries.followed(town.municipality, melding.follow_token) == melding
    assert queries.followed(town.municipality, melding.follow_token[:-1]) is None
    assert queries.followed(neighbour.municipality, melding.follow_token) is None


def test_public_events_are_received_moved_and_answered(town):
    melding = town.melding()
    assert [event.kind for event in queries.public_events(melding)] == ["received"]
