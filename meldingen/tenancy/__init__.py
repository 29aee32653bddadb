"""Municipalities, who works in them, and to which of them a request belongs. It knows no melding."""
