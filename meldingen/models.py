"""What the rooms store, for Django, which looks for it here. Nobody imports this module: each model is in its room."""

from meldingen.attachments.models import Photo
from meldingen.categories.models import Category
from meldingen.exports.models import Export
from meldingen.handling.models import BulkAct, BulkItem, Claim, SearchWords, StandardText, Worklist
from meldingen.nearby.models import PublicMelding, Sighting
from meldingen.notifications.models import Delivery, LinkRequest, Mailbox, Recipient
from meldingen.places.models import Address, Area, Asset, AssetKind, Landmark, MapFeature, Street
from meldingen.questions.models import Question, Reply
from meldingen.record.models import Addition, Answer, Event, Hold, Melding, Note, Reporter, Satisfaction
from meldingen.routing.models import ModelUse, Prediction, RoutingRule, TrainedModel
from meldingen.upkeep.models import Heartbeat, MorningReader

__all__ = [
    "Addition",
    "Address",
    "Answer",
    "Area",
    "Asset",
    "AssetKind",
    "BulkAct",
    "BulkItem",
    "Category",
    "Claim",
    "Delivery",
    "Event",
    "Export",
    "Heartbeat",
    "Hold",
    "Landmark",
    "LinkRequest",
    "Mailbox",
    "MapFeature",
    "Melding",
    "ModelUse",
    "MorningReader",
    "Note",
    "Photo",
    "Prediction",
    "PublicMelding",
    "Question",
    "Recipient",
    "Reply",
    "Reporter",
    "RoutingRule",
    "Satisfaction",
    "SearchWords",
    "Sighting",
    "StandardText",
    "Street",
    "TrainedModel",
    "Worklist",
]
