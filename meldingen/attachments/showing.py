"""Photos as a page shows them, and as they are given to who may see them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.urls import reverse

from meldingen.attachments import files
from meldingen.attachments.models import Photo
from meldingen.attachments.tokens import token_of

__all__ = ["Picture", "give", "pictures_of", "unsent"]

Address = Callable[[Photo, str], str]


@dataclass(frozen=True)
class Picture:
    """One photo on a page; `large` is the address behind it, empty where there is none. `total`: of how many."""

    number: int
    total: int
    photo: Photo
    small: str
    large: str = ""


def pictures_of(photos: Sequence[Photo], address: Address) -> list[Picture]:
    """In their order; `address` says where each is, small and large."""
    return [
        Picture(number, len(photos), photo, address(photo, files.SMALL), address(photo, files.LARGE))
        for number, photo in enumerate(photos, start=1)
    ]


def unsent(photos: Sequence[Photo]) -> list[Picture]:
    """Those of a page that nobody sent yet: small, without a large one behind it."""
    return pictures_of(photos, _address_unsent)


def _address_unsent(photo: Photo, which: str) -> str:
    return reverse("melden_photo", args=[token_of(photo)]) if which == files.SMALL else ""


def give(photo: Photo | None, which: str) -> FileResponse:
    """The picture, kept by no cache, read as nothing else and told to no other site. Http404 where there is none yet.

    Whether who asks may see it is for the caller to say.
    """
    if photo is None or photo.state != Photo.State.READY:
        raise Http404
    try:
        picture = files.read(photo, which)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(picture, content_type="image/jpeg", filename="foto.jpg")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
