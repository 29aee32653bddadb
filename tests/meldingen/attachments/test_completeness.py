from io import BytesIO

import pytest

from meldingen.attachments import completeness, inspecting
from meldingen.refusals import Refused
from tests.meldingen.attachments.pictures import HEIC, drawing, encoded, exif

LARGE = drawing(400, 300)
# A small picture in the head of another, as telephones write it: it has an end of its own.
WITH_THUMBNAIL = encoded("JPEG", LARGE, exif=b"Exif\0\0" + encoded("JPEG"))
WHOLE = {
    "JPEG": encoded("JPEG", LARGE, exif=exif()),
    "MPO": encoded("MPO", LARGE, save_all=True, append_images=[drawing(8, 8)]),
    "PNG": encoded("PNG", LARGE),
    "WEBP": encoded("WEBP", LARGE),
    "HEIF": HEIC,
}


@pytest.mark.parametrize("kind", WHOLE)
def test_what_is_whole_has_its_end(kind: str) -> None:
    assert completeness.is_complete(BytesIO(WHOLE[kind]), kind)


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [0.3, 0.6])
def test_what_came_in_part_has_none(kind: str, part: float) -> None:
    content = WHOLE[kind]
    assert not completeness.is_complete(BytesIO(content[: int(len(content) * part)]), kind)


def test_the_end_of_a_picture_in_the_head_is_not_that_of_the_picture() -> None:
    assert completeness.is_complete(BytesIO(WITH_THUMBNAIL), "JPEG")
    assert not completeness.is_complete(BytesIO(WITH_THUMBNAIL[:-40]), "JPEG")


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("behind", [bytes(5000), b"SEFT" + bytes(40), b"\0\0"])
def test_what_telephones_put_behind_it_does_not_matter(kind: str, behind: bytes) -> None:
    assert completeness.is_complete(BytesIO(WHOLE[kind] + behind), kind)


def test_an_end_that_lies_on_the_border_of_two_pieces_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completeness, "_PIECE", 1)
    assert completeness.is_complete(BytesIO(WHOLE["PNG"]), "PNG")


def test_what_readers_skip_between_the_parts_of_a_head_is_skipped() -> None:
    whole = WHOLE["JPEG"]
    assert completeness.is_complete(BytesIO(whole[:2] + b"\0\0\xff" + whole[2:]), "JPEG")


def test_a_head_that_leads_back_to_itself_ends() -> None:
    assert not completeness.is_complete(BytesIO(b"\xff\xd8\xff\xe0\0\0" + bytes(50)), "JPEG")


def test_half_a_photo_is_refused_at_the_door_with_words() -> None:
    content = WHOLE["JPEG"]
    with pytest.raises(Refused) as refused:
        inspecting.check(BytesIO(content[: len(content) // 2]), "gat.jpg")
    assert refused.value.code == "half"
    assert "“gat.jpg”" in str(refused.value.message)
