"""Files that come along with a form. Few addresses ask for some; no other file is kept: not in memory and not on disk.

A logo comes with the settings of a municipality, photos with their page of the form that makes a melding, with the one
beneath the private page of a melding, or from a program.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from meldingen.attachments.arrivals import FIELD, MOST_BYTES, MOST_PHOTOS, Arrival

_PHOTOS = re.compile(r"/melden/fotos|/api/v1/fotos|/volg/[\w-]+/fotos")
_LOGO = re.compile(r"/beheer/tenancy/municipality/[0-9]+/change/")


class FilesOfForms(FileUploadHandler):
    """Keeps a logo in memory and a photo on disk, and passes over every other file.

    Reads no body that is not UTF-8, and none over DATA_UPLOAD_MAX_MEMORY_SIZE bytes but that of photos.
    """

    _photo: Arrival | None = None
    _logo: BytesIO | None = None

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  the name that Django calls
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """RequestDataTooBig or BadRequest, a 400, before anything is read."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + (MOST_PHOTOS * MOST_BYTES if self._is_of_photos() else 0)
        if content_length > most:
            raise RequestDataTooBig("more than this form can hold")
        if str(encoding or "utf-8").lower() != "utf-8":  # as Django does with a form that has no files
            raise BadRequest("not UTF-8")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over it unless it is asked for."""
        super().new_file(*args, **kwargs)
        self._photo = self._logo = None
        if self.field_name == FIELD and self._is_of_photos():
            self._photo = Arrival(self.file_name or "", self.content_type or "")
        elif self.field_name == "logo_file" and _LOGO.fullmatch(self._path()):
            self._logo = BytesIO()
        else:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it."""
        if self._photo:
            self._photo.take(raw_data, start)
        elif self._logo:
            self._logo.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file, for the form."""
        if self._photo:
            self._photo.end(file_size)
            return self._photo
        if self._logo is None:
            return None
        self._logo.seek(0)
        name, kind = self.field_name, self.content_type
        return InMemoryUploadedFile(self._logo, name, self.file_name, kind, file_size, self.charset)

    def upload_interrupted(self) -> None:
        """Whoever broke off leaves nothing."""
        if self._photo:
            self._photo.close()

    def _is_of_photos(self) -> bool:
        return _PHOTOS.fullmatch(self._path()) is not None

    def _path(self) -> str:
        return self.request.path_info if self.request else ""
