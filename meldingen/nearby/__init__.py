"""Likely pairs of meldingen, and what of single meldingen is public."""
