"""Routing rules, and what the machine said."""

from meldingen.routing.models.prediction import Prediction, TrainedModel
from meldingen.routing.models.rule import RoutingRule

__all__ = ["Prediction", "RoutingRule", "TrainedModel"]
