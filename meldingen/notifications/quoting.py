"""Whether an answer of ours repeats what a reporter wrote. An answer goes out by mail; a reporter's words never do."""

import re
from collections.abc import Iterator

RUN = 6  # words in a row; fewer may be chance
_WORD = re.compile(r"[^\W_]+")
# Where somebody can be led to: a web address, an e-mail address, a telephone number.
_HOST = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\d[ ().-]*){7,}")


def repeats(answer: str, words: str) -> bool:
    """Whether `answer` has RUN words in a row, an address or a telephone number of what was `said`."""
    return not set(_pieces(answer)).isdisjoint(_pieces(words))


def _pieces(text: str) -> Iterator[str]:
    yield from (match[0].casefold() for match in _HOST.finditer(text))
    yield from ("".join(re.findall(r"\d", match[0])) for match in _NUMBER.finditer(text))
    words = [word.casefold() for word in _WORD.findall(text)]
    yield from (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
