import math
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.columns import AGES, FIGURES, NAME, Properties
from meldingen.places.loading.layers import Feature
from meldingen.places.models import Area

BUURT = Area.Level.BUURT
Values = dict[str, int | str]
OWN: Values = {"code": "BU01060003", "naam": "Kade", "wijkcode": "WK010600", "gemeentecode": "GM0106"}
OWN |= {"inwoners": 100, "huishoudens": 50, "bevolkingsdichtheid_km2": 900, "peiljaar": 2025}
OWN |= {"p_00_14": 10, "p_65_plus": 20}
CBS: Values = {"BU_CODE": "BU01060003", "BU_NAAM": "Kade", "WK_CODE": "WK010600", "GM_CODE": "GM0106"}
CBS |= {"AANT_INW": 100, "AANTAL_HH": 50, "BEV_DICHTH": 900, "JRSTATCODE": "2025BU01060003"}
CBS |= {"P_00_14_JR": 10, "P_65_EO_JR": 20}
PDOK: Values = {"buurtcode": "BU01060003", "buurtnaam": "Kade", "wijkcode": "WK010600", "gemeentecode": "GM0106"}
PDOK |= {"jaar": 2025, "aantal_inwoners": 100, "aantal_huishoudens": 50, "bevolkingsdichtheid_inwoners_per_km2": 900}
PDOK |= {"percentage_personen_0_tot_15_jaar": 10, "percentage_personen_65_jaar_en_ouder": 20}
CAMEL: Values = {"buurtcode": "BU01060003", "buurtnaam": "Kade", "wijkcode": "WK010600", "gemeentecode": "GM0106"}
CAMEL |= {"aantalInwoners": 100, "aantalHuishoudens": 50, "bevolkingsdichtheidInwonersPerKm2": 900, "jaar": "2025"}
CAMEL |= {"percentagePersonen0Tot15Jaar": 10, "percentagePersonen65JaarEnOuder": 20}
BARE = CAMEL | {"buurtcode": 1060003, "gemeentecode": "106", "wijkcode": "10600"}


def properties(**values: Any) -> Properties:
    return Properties(Feature("buurten.geojson", 7, values, lambda: None))


def inhabitants(value: Any) -> int | None:
    return properties(inwoners=value).figure(FIGURES["inhabitants"])


@pytest.mark.parametrize("values", [OWN, CBS, PDOK, CAMEL, BARE], ids=["own", "cbs", "pdok", "camel", "bare numbers"])
def test_the_names_of_the_cbs_and_pdok_say_the_same_as_ours(values: Values) -> None:
    read = properties(**values)
    assert (read.level(), read.code(BUURT), read.text(NAME[BUURT])) == (BUURT, "BU01060003", "Kade")
    assert (read.parent(BUURT), read.gemeente(BUURT), read.year()) == ("WK010600", "GM0106", 2025)
    assert [read.figure(names) for names in FIGURES.values()] == [100, 50, 900]
    assert read.ages() == {"p_00_14": 10, "p_65_plus": 20}


@pytest.mark.parametrize("text", ["1250", "1.250", "1 250", "1\u00a0250", " 1250 ", "1250.0", "1250,0", 1250.0, 1250])
def test_a_figure_may_be_text(text: float | str) -> None:
    assert inhabitants(text) == 1250


@pytest.mark.parametrize("value", [None, "", ".", "-", "x", -99997, "-99997", -99999999, -99998.0, -99995])
def test_what_the_cbs_does_not_know_stays_unknown(value: float | str | None) -> None:
    assert inhabitants(value) is None


@pytest.mark.parametrize(
    "value", ["veel", "1,250", "12a", "1.25.0", "9" * 40, -5, True, [1], math.nan, math.inf, -math.inf]
)
def test_what_is_no_figure_is_refused_by_feature_and_property(value: Any) -> None:
    with pytest.raises(BrokenFile, match=r"buurten\.geojson, feature 7: .*inwoners"):
        inhabitants(value)


@pytest.mark.parametrize("value", [100.4, 1e300, 10**400, "101"])
def test_more_than_all_inhabitants_are_of_no_age(value: float | str) -> None:
    with pytest.raises(BrokenFile, match="p_00_14"):
        properties(p_00_14=value).ages()


def test_a_percentage_is_kept_up_to_all_and_left_out_where_it_is_unknown() -> None:
    assert properties(p_00_14="12,4", p_45_64=100, p_65_plus=-99997).ages() == {"p_00_14": 12, "p_45_64": 100}


@pytest.mark.parametrize("two", [{"inwoners": 1, "Inwoners": 2}, {"inwoners": 1, "aantal_inwoners": 2}])
def test_two_columns_that_say_different_things_are_refused(two: dict[str, int]) -> None:
    with pytest.raises(BrokenFile, match=".*".join(two)):
        properties(**two).figure(FIGURES["inhabitants"])


def test_two_columns_that_say_the_same_are_one() -> None:
    assert properties(inwoners=5, aantal_inwoners="5", AANT_INW=-99997).figure(FIGURES["inhabitants"]) == 5


@pytest.mark.parametrize("code", ["BU0106", "WK010600", "X", "BU0106000A", "123456789"])
def test_what_is_no_code_of_this_level_is_refused(code: str) -> None:
    with pytest.raises(BrokenFile, match=r"feature 7: .*code.*BU"):
        properties(code=code).code(BUURT)


def test_a_feature_without_any_code_hears_what_the_property_may_be_called() -> None:
    with pytest.raises(BrokenFile, match="bucode"):
        properties(naam="Kade").code(BUURT)
    with pytest.raises(BrokenFile, match="BU_CODE"):
        properties(naam="Kade").level()


def test_where_the_file_does_not_say_what_is_around_the_code_does() -> None:
    assert properties(statcode="bu01060003").parent(BUURT) == "WK010600"
    assert properties(statcode="WK010600").gemeente(Area.Level.WIJK) == "GM0106"


@pytest.mark.parametrize("year", ["dit jaar", 25, True])
def test_what_is_no_year_is_refused(year: int | str) -> None:
    with pytest.raises(BrokenFile, match="peiljaar"):
        properties(peiljaar=year).year()


def test_a_code_may_be_a_number_of_a_shapefile() -> None:
    assert properties(BU_CODE=1060003.0).code(BUURT) == "BU01060003"


def test_a_name_is_text_in_one_form() -> None:
    assert properties(naam="  Cafe\u0301\u00a0 plein ").text(NAME[BUURT]) == "Café plein"
    with pytest.raises(BrokenFile, match="naam"):
        properties(naam=["Kade"]).text(NAME[BUURT])


def test_every_age_group_of_the_product_has_its_names() -> None:
    assert set(AGES) == {"p_00_14", "p_15_24", "p_25_44", "p_45_64", "p_65_plus"}
