from time import process_time

import pytest

from meldingen.classification import likeness as likenesses
from meldingen.classification.emergencies import LIKE, find_danger, named_danger
from meldingen.classification.likeness import WINDOW, features, is_dutch, likeness, words_of

STRANGE = "Bij het graven is er iets geraakt, er komt een hard blazend geluid uit de grond en het stinkt"


def test_it_sees_words_their_pairs_and_the_letters_inside_them() -> None:
    assert features(["open", "put"]) >= {"open put", "open$", "put$", "^op", "put^", "open"}


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ("Er ligt een man op de straat", True),
        ("There is a man lying in the street", False),
        ("Ein Mann liegt auf der Straße", False),
        ("Brand!", False),
        ("", False),
    ],
)
def test_a_text_with_small_dutch_words_is_dutch(text: str, dutch: bool) -> None:
    assert is_dutch(words_of(text)) is dutch


def test_an_emergency_that_no_word_names_is_heard_by_its_likeness() -> None:
    assert named_danger(STRANGE) is None
    assert find_danger(STRANGE) == "life"


@pytest.mark.parametrize(
    "text",
    [
        "Ik wil een paspoort aanvragen",
        "Ik wil een klacht indienen",
        "Ik wil een adres doorgeven",
        "Hierbij maak ik bezwaar tegen het besluit",
    ],
)
def test_who_wants_something_of_the_town_hall_is_in_no_danger(text: str) -> None:
    assert find_danger(text) is None


@pytest.mark.parametrize("text", ["Ik wil dood en ik sta op de brug", "Iemand wil van het dak springen"])
def test_who_wants_to_die_is(text: str) -> None:
    assert find_danger(text) == "life"


@pytest.mark.parametrize("time", ["Vorig jaar: ", "Gisteren: ", "Stel je voor: "])
def test_it_is_not_heard_where_a_word_says_that_it_is_of_another_time(time: str) -> None:
    assert find_danger(time + STRANGE) is None


@pytest.mark.parametrize("text", ["", "man", "de man de man", "zwrpf qqlv brnt xyzzy plugh fnord"])
def test_of_few_words_and_of_words_never_seen_nothing_is_said(text: str) -> None:
    assert likeness(text) < LIKE


def test_what_stands_in_a_long_text_is_as_like_as_alone() -> None:
    before = "Ik wil u ook nog bedanken voor het mooie park waar wij elke dag met plezier wandelen en " * 5
    assert len(words_of(before)) > 2 * WINDOW
    assert likeness(f"{before} {STRANGE}") > LIKE > likeness(before)


@pytest.mark.parametrize("text", ["de het een " * 2_000, "a" * 50_000, "een x y z " * 2_000])
def test_no_text_keeps_a_worker_busy(text: str) -> None:
    started = process_time()
    likeness(text[:5_000])
    assert process_time() - started < 0.5


def test_a_text_is_dutch_from_one_small_word_in_five() -> None:
    assert is_dutch(["de", *"abcd"])
    assert not is_dutch(["de", *"abcde"])


def test_groups_of_letters_are_three_four_or_five_long() -> None:
    groups = {name for name in features(["gevaren"]) if not name.endswith("$")}
    assert {len(name) for name in groups} == {3, 4, 5}
    assert {"^ge", "^gev", "^geva", "ren^", "evare"} <= groups


def test_windows_overlap_by_half_and_leave_no_word_out() -> None:
    words = [f"w{number}" for number in range(2 * WINDOW)]
    windows = [list(window) for window in likenesses._windows(words)]
    assert [window[0] for window in windows] == ["w0", f"w{WINDOW // 2}", f"w{WINDOW}"]
    assert {word for window in windows for word in window} == set(words)
    assert [list(window) for window in likenesses._windows(words[:WINDOW])] == [words[:WINDOW]]
