"""The staff site of meldingen: it translates between people and the use cases; it decides nothing."""

from meldingen.admin import given, melding, municipality, sorting

__all__ = ["given", "melding", "municipality", "sorting"]
