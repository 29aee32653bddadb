"""What is stored. Rows belong to one municipality; the database itself holds them together (migration 0002)."""

from meldingen.models.answer import Answer, Delivery, Note
from meldingen.models.area import Area
from meldingen.models.category import Category
from meldingen.models.event import Event
from meldingen.models.mailbox import Mailbox
from meldingen.models.melding import Melding, Reporter
from meldingen.models.municipality import Host, Municipality, RegistrationGap
from meldingen.models.prediction import Prediction, TrainedModel
from meldingen.models.routing import RoutingRule
from meldingen.models.team import Team
from meldingen.models.user import Membership, User

__all__ = [
    "Answer",
    "Area",
    "Category",
    "Delivery",
    "Event",
    "Host",
    "Mailbox",
    "Melding",
    "Membership",
    "Municipality",
    "Note",
    "Prediction",
    "RegistrationGap",
    "Reporter",
    "RoutingRule",
    "Team",
    "TrainedModel",
    "User",
]
