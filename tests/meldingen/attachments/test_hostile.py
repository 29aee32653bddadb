"""What files that are no good photo come to, each sent by the door of the form: the table of docs/photos.md."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from meldingen.attachments import arrivals, preparing
from meldingen.attachments.models import Photo
from tests.meldingen.attachments.conftest import files_in
from tests.meldingen.attachments.pictures import HTML, PDF, SVG, drawing, encoded, film
from tests.meldingen.attachments.test_inspecting import png_head

DOC = Path(__file__).parents[3] / "docs" / "photos.md"
Row = tuple[str, str, str]
BROKEN = encoded("PNG", drawing(2000, 1500))
CASES = {
    "a drawing in SVG": SVG,
    "a page in HTML": HTML,
    "a PDF": PDF,
    "nothing at all": b"",
    "the first three bytes of a JPEG": encoded()[:3],
    "a GIF": encoded("GIF"),
    "a PNG that moves": film("PNG"),
    "a WebP that moves": film("WEBP"),
    "100 megapixels": png_head(10_000, 10_000),
    "more than 20 MB": encoded() + b"x" * arrivals.MOST_BYTES,
    "a JPEG that was cut off halfway": encoded("JPEG", drawing(2000, 1500))[:9000],
    "a PNG that is damaged inside": BROKEN[:60] + bytes(20) + BROKEN[80:],
    "a good photo with a script behind it": encoded() + HTML,
}


def sent(resident: Client, typed: dict[str, str], *files: SimpleUploadedFile) -> BeautifulSoup:
    data = typed | {"step": "photos", "go": "photos", "photo_files": list(files)}
    answer = resident.post("/melden/fotos", data, headers={"accept-language": "en"})
    return BeautifulSoup(answer.content, "html.parser")


def words(page: BeautifulSoup, selector: str) -> str:
    return " ".join(" ".join(each.text.split()) for each in page.select(selector))


def left(private: Path) -> str:
    names = files_in(private)
    original = [name for name in names if not name.endswith(".jpg")]
    return "nothing" if not names else "the file as it came" if original else "two pictures of our own"


def row_of(resident: Client, typed: dict[str, str], private: Path, what: str) -> Row:
    page = sent(resident, typed, SimpleUploadedFile("photo.jpg", CASES[what], "image/jpeg"))
    if photo := Photo.objects.first():
        preparing.prepare(photo.pk)
        kept = page.select_one("input[name=photos]")
        page = sent(resident, typed | {"photos": str(kept["value"]) if kept else ""})
    said = words(page, "#id_photos_error p") or words(page, ".photos__none") or "the photo"
    return what, said, left(private)


def table() -> dict[str, Row]:
    lines = [line.strip("| ") for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    rows = [tuple(map(str.strip, line.split(" | "))) for line in lines]
    return {what: (what, said, on_disk) for what, said, on_disk in rows}


@pytest.mark.parametrize("what", CASES)
def test_a_file_comes_to_what_the_table_says(resident: Client, typed: dict[str, str], private: Path, what: str) -> None:
    assert row_of(resident, typed, private, what) == table().get(what)


def test_the_sixth_is_told_of_by_its_name_and_five_stay(resident: Client, typed: dict[str, str], private: Path) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", encoded() + b"%d" % n, "image/jpeg") for n in range(1, 7)]
    said = words(sent(resident, typed, *files), "#id_photos_error p")
    assert len(files_in(private)) == 5
    assert ("a sixth photo", said, "the five before it") == table().get("a sixth photo")


def test_the_table_has_no_other_rows() -> None:
    assert list(table()) == ["sent as photo.jpg", *CASES, "a sixth photo"]
