"""Which addresses are for programs."""

ROOTS = ("/api/", "/data/api/")
VERSION = "1.0.0"


def is_for_programs(path: str) -> bool:
    """Whether who asks for it reads JSON, errors too."""
    return path.startswith(ROOTS)
