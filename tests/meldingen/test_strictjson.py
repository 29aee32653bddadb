import json

import pytest

from meldingen.strictjson import Twice, find_nul, loads


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ('{"a": 1, "a": 2}', "a", ((1, 2), (1, 10))),
        ('{"a": 1,\n "b": {"a": 2},\n "a": 3}', "a", ((1, 2), (3, 2))),
        ('[{}, {"x": [{"a": 1, "\\u0061": 2}]}]', "a", ((1, 14), (1, 22))),
        ('{"a\\"": "a\\":", "a": "}", "a": []}', "a", ((1, 17), (1, 27))),
    ],
)
def test_a_name_that_stands_twice_is_told_with_both_places(
    text: str, name: str, places: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    with pytest.raises(Twice) as told:
        loads(text)
    assert (told.value.name, told.value.places) == (name, places)


def test_the_same_name_in_two_objects_is_no_name_twice() -> None:
    value = [{"a": 1, "b": {"a": 2}}, {"a": 3}]
    assert loads(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["[NaN]", "[-Infinity]", "{'a': 1}", "1" * 5000])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{}", None),
        ('{"a": "\\u0000"}', (1, 8)),
        ('{\n"a\0b": 1}', (2, 3)),
        (r'{"a": "\\u0000"}', None),
        (r'{"a": "\\\u0000"}', (1, 8)),
        ('{"a": "u0000"}', None),
    ],
)
def test_a_nul_is_found_as_it_is_and_as_json_writes_it(text: str, place: tuple[int, int] | None) -> None:
    assert find_nul(text) == place
