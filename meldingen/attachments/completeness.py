"""Whether the file of a picture has its end: one that came half is seen by its structure, and nothing is decoded."""

import struct
from collections.abc import Callable, Mapping
from typing import IO, Any

_PIECE = 65_536
_PNG_END = b"IEND\xaeB`\x82"
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers of JPEG that have no length
_SCAN = 0xDA
_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"free"})  # in which a HEIC keeps the picture


def is_complete(file: IO[Any], image_format: str) -> bool:
    """Whether nothing of the picture is missing at the end; what a telephone puts behind it does not matter.

    `image_format`: as Pillow names it, one of inspecting.FORMATS; of any other nothing is known, and True is said.
    """
    ends = _ENDS.get(image_format)
    if ends is None:
        return True
    file.seek(0)
    try:
        return ends(file)
    except struct.error:  # a head that is cut off in the middle
        return False


def _jpeg_ends(file: IO[Any]) -> bool:
    """An end behind the beginning of the picture itself: a small one in its head has an end of its own."""
    file.seek(2)
    while True:
        mark, code = struct.unpack(">BB", file.read(2))
        if mark != 0xFF or code == 0xFF:  # a filler, or what readers skip: the next byte may be the marker
            file.seek(-1, 1)
        elif code == _SCAN:
            return _holds(file, b"\xff\xd9")
        elif code not in _ALONE:
            (length,) = struct.unpack(">H", file.read(2))
            if length < 2:  # it counts itself
                return False
            file.seek(length - 2, 1)


def _png_ends(file: IO[Any]) -> bool:
    return _holds(file, _PNG_END)


def _webp_ends(file: IO[Any]) -> bool:
    _riff, length = struct.unpack("<4sI", file.read(8))
    return _size(file) >= int(length) + 8


def _heif_ends(file: IO[Any]) -> bool:
    """Its boxes stand behind each other, each with its length, and none of the picture reaches beyond the end."""
    size, at, kinds = _size(file), 0, set()
    while at + 8 <= size:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind not in _BOXES and b"meta" in kinds:  # what a telephone puts behind the picture
            break
        kinds.add(kind)
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
        if length == 0:  # up to the end
            break
        if length < 8 or at + length > size:
            return False
        at += length
    return b"meta" in kinds


def _holds(file: IO[Any], mark: bytes) -> bool:
    """Whether the rest of the file has these bytes."""
    last = b""
    while piece := file.read(_PIECE):
        last = last[-len(mark) + 1 :] + piece
        if mark in last:
            return True
    return False


def _size(file: IO[Any]) -> int:
    return int(file.seek(0, 2))


_ENDS: Mapping[str, Callable[[IO[Any]], bool]] = {
    "JPEG": _jpeg_ends,
    "MPO": _jpeg_ends,
    "PNG": _png_ends,
    "WEBP": _webp_ends,
    "HEIF": _heif_ends,
}
