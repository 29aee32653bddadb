"""Figures as pictures: where lines, bars and areas go. Pure geometry; templates write the SVG."""
