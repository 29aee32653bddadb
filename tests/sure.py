"""What a test knows to be there, said to the checker of types and checked when it runs."""

from typing import TypeVar

Value = TypeVar("Value")


def sure(value: Value | None) -> Value:
    """The value, which is not None."""
    assert value is not None
    return value
