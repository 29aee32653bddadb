"""By which channel a melding came, as files of a town and of former systems call it."""

from collections.abc import Mapping

from meldingen.record.models import Melding

# Beside our own codes; without a name it was imported, and nobody knows more.
NAMES: Mapping[str, str] = {str(code): str(code) for code in Melding.Source} | {
    "": Melding.Source.IMPORT,
    "website": Melding.Source.WEB,
    "telefoon": Melding.Source.PHONE,
    "balie": Melding.Source.COUNTER,
    "e-mail": Melding.Source.EMAIL,
}
