"""Meldingen of a former system. Every import may be run again: nothing is doubled."""
