from collections import Counter
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from meldingen.attachments import decoding, inspecting
from meldingen.demo import pictures
from tests.meldingen.demo.test_content import table

PLACE, MOMENT = (5.577672, 52.442764), datetime(2026, 11, 20, 10, 0)  # noqa: DTZ001  as a telephone writes it
GPS = 0x8825


def test_there_are_forty_of_categories_that_exist_and_one_number_plate() -> None:
    slugs = {row["categorie"] for row in table("lindewaard", "categories")}
    assert set(pictures.NUMBERS) == set(pictures.SCENES) <= slugs
    assert Counter(pictures.NUMBERS)["fout-geparkeerd"] == 1
    assert sum(pictures.NUMBERS.values()) == 40


@pytest.mark.parametrize("slug", sorted(pictures.SCENES))
def test_each_is_a_photo_with_a_place_in_it(slug: str) -> None:
    content = pictures.photograph(slug, 1, PLACE, MOMENT)
    inspecting.check(BytesIO(content), slug)
    with Image.open(BytesIO(content)) as image:
        assert image.getexif().get_ifd(GPS)[1] == "N"


def test_what_was_held_upright_is_shown_so_and_says_no_place(tmp_path: Path) -> None:
    original, large, small = (tmp_path / name for name in ("original", "large", "small"))
    original.write_bytes(pictures.photograph("fietswrak", 3, PLACE, MOMENT))
    decoding.decode(original, large, small)
    with Image.open(original) as before, Image.open(large) as after:
        assert before.size == (pictures.HEIGHT, pictures.WIDTH)
        assert after.size == (pictures.WIDTH, pictures.HEIGHT)
        assert not after.getexif()


def test_the_same_number_is_the_same_scene_and_another_is_another() -> None:
    first, again, other = (
        Image.open(BytesIO(pictures.photograph("gat-in-de-weg", number, PLACE, MOMENT))).resize((40, 30))
        for number in (1, 1, 2)
    )
    assert first.tobytes() == again.tobytes() != other.tobytes()
