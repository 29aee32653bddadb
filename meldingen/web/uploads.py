"""Files that come along with a form. One form asks for one, a logo; no other is kept: not in memory and not on disk."""

import re
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Passes over every file; reads no body over DATA_UPLOAD_MAX_MEMORY_SIZE bytes and none that is not UTF-8."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  the name that Django calls
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """RequestDataTooBig or BadRequest, a 400, before anything is read."""
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("more than a form without files can hold")
        if str(encoding or "utf-8").lower() != "utf-8":  # as Django does with a form that has no files
            raise BadRequest("not UTF-8")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over it."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing comes here."""

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Nothing comes here."""
        return None


class LogosOnly(NoFiles):
    """Keeps one file in memory, no larger than such a form, where a manager changes the settings of a municipality."""

    _ASKS = re.compile(r"/beheer/tenancy/municipality/[0-9]+/change/")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over it unless it is asked for."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        request = self.request
        if request is None or self.field_name != "logo_file" or not self._ASKS.fullmatch(request.path_info):
            raise SkipFile
        self._file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it."""
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, for the form."""
        self._file.seek(0)
        name, kind = self.field_name, self.content_type
        return InMemoryUploadedFile(self._file, name, self.file_name, kind, file_size, self.charset)
