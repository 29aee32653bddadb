"""Files that come along with a form. No form here asks for one, so none is kept: not in memory and not on disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
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

    def file_complete(self, file_size: int) -> None:
        """Nothing comes here."""
