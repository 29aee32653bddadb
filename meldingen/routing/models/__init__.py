"""Routing rules, and what the machine said."""

from meldingen.routing.models.prediction import ModelUse, Prediction, TrainedModel
from meldingen.routing.models.rule import RoutingRule

__all__ = ["ModelUse", "Prediction", "RoutingRule", "TrainedModel"]
