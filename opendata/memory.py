"""What a process keeps in memory of what never changes: the last of what was asked for."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """At most so many values by their keys. A key must say all that its value hangs on."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        _memories.append(self)

    def get(self, key: Key) -> Value | None:
        """None for what is not kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Key, value: Value) -> Value:
        """Until others are asked for more lately."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self.most:
                self._values.popitem(last=False)
        return value

    def get_or_make(self, key: Key, make: Callable[[], Value]) -> Value:
        """Two who ask at the same moment for what is not there both make it."""
        value = self.get(key)
        return self.keep(key, make()) if value is None else value

    def forget(self) -> None:
        """All of it."""
        with self._lock:
            self._values.clear()


_memories: list[Memory[Any, Any]] = []


def forget_all() -> None:
    """What every memory of this process keeps."""
    for one in _memories:
        one.forget()
