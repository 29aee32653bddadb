"""Why a row is not imported."""


class Rejected(Exception):
    """This row is not imported. `column` is the file's name for what is wrong, `reason` says it in words."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
