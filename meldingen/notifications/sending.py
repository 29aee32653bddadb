"""Sends the mail that an event asks for."""


def send(event_id: int) -> None:
    """Send it, unless it was sent."""
