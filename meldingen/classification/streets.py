"""Names of streets in what people write: made of words that are about something, and about none of it themselves.

Eikenweg is no oak and Schorspad 3 no cycle path. Dutch writes names with a capital and other words without, so a word
with the ending of a street is a name where it has one in the middle of a sentence, or a house number behind it.
"""

import re

_ENDINGS = "straat|laan|weg|plein|pad|dijk|kade|singel|gracht|steeg|dreef|plantsoen"
_NAME = re.compile(
    rf"(?P<begins>^|[.!?:\n]\s*)?\b(?P<name>[A-Z][\w'’-]*(?:{_ENDINGS}))\b(?P<number>\s+[0-9]{{1,4}}\s?[a-zA-Z]?\b)?"
)
# What is no name, whoever gives it a capital.
_WORDS = frozenset(
    {
        "autoweg", "bospad", "busstraat", "dwarsstraat", "fietspad", "fietsstraat", "hoofdweg", "karrenpad",
        "marktplein", "oprijlaan", "parkeerplein", "rijweg", "ruiterpad", "schelpenpad", "schoolplein", "snelweg",
        "speelplein", "spoorweg", "tegelpad", "voetpad", "wandelpad", "waterweg", "winkelstraat", "woonstraat",
        "zandpad", "zandweg", "zijstraat", "zijweg",
        # German gives every noun a capital.
        "fahrradweg", "fahrweg", "feldweg", "fussweg", "fußweg", "gehweg", "geh-und-radweg", "radweg", "rad-weg",
        "schulweg", "spazierweg", "uferweg", "verbindungsweg", "waldweg", "wanderweg", "zuweg", "überweg",
    }
)  # fmt: skip


def without_streets(text: str) -> str:
    """The text without names of streets and the house numbers behind them."""
    return _NAME.sub(lambda match: match["begins"] or " " if _is_name(match) else match[0], text)


def _is_name(match: re.Match[str]) -> bool:
    if match["name"].lower() in _WORDS:
        return False
    return match["begins"] is None or match["number"] is not None
