"""What somebody wanted and cannot have, said once, whichever door they came by."""

from django.utils.functional import Promise


class Refused(Exception):
    """It cannot be done: a stable `code`, a `message` for who wanted it, and the `field`, if it is of one."""

    def __init__(self, code: str, message: str | Promise, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
