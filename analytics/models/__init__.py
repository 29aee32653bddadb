"""What is stored: the grid of a year, and exact measures for staff."""

from analytics.models.fact import Fact, FactCursor
from analytics.models.grid import Grid

__all__ = ["Fact", "FactCursor", "Grid"]
