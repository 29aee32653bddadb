"""Why something is not published; the message is for the operator and holds no count."""

from meldingen.refusals import Refused


class PublicationRefused(Exception):
    """Nothing was published, and nobody saw anything of a draw."""


class AlreadyPublished(PublicationRefused):
    """Each table of a period is drawn once."""


class PeriodNotOver(PublicationRefused):
    """A period is drawn when its last day has passed in the municipality."""


class NotRegistered(PublicationRefused):
    """A period is drawn when the municipality declares that it registered meldingen in it."""


class PeriodHeld(PublicationRefused):
    """Who looks after the open data holds a period, with a public reason."""


class PublishingOff(PublicationRefused):
    """The setting PUBLISHING is off here, as it is on every copy."""


class NotTheOriginal(PublicationRefused):
    """Register and database disagree: one of them is restored, copied or lost."""


class NothingToPublish(PublicationRefused):
    """No table of this kind of period is precise enough."""


class CannotDraw(PublicationRefused):
    """The budget, the grid or the table is not as it must be."""


class HoldRefused(Refused):
    """A period cannot be held, let go or drawn now."""
