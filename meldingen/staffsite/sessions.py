"""Sessions of colleagues: whatever a browser sends as its key, it is at most one that nobody has."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _validate_session_key(self, key: str | None) -> bool:
        """Django's rule, and no NUL: no text of PostgreSQL holds one, so asking for such a key would fail."""
        valid: object = super()._validate_session_key(key)  # type: ignore[misc]
        return bool(valid) and "\0" not in (key or "")
