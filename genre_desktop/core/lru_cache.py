"""A cache of the values that were used last."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")


class LruCache(Generic[_T]):
    """A mapping of limited size: beyond it, the value that was not used for the longest is dropped.

    Parameters
    ----------
    max_size : int
        Number of values.
    """

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size
        self._values: OrderedDict[Hashable, _T] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._values

    def items(self) -> Iterator[tuple[Any, _T]]:
        """Keys and values, the least recently used first."""
        return iter(self._values.items())

    def put(self, key: Hashable, value: _T) -> None:
        """Add or replace a value."""
        self._values[key] = value
        self._values.move_to_end(key)
        while len(self._values) > self._max_size:
            self._values.popitem(last=False)

    def get(self, key: Hashable) -> _T | None:
        """The value of a key; None if there is none, or no more."""
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def drop(self, key: Hashable) -> None:
        """Remove a value, if it is there."""
        self._values.pop(key, None)

    def clear(self) -> None:
        """Remove all values."""
        self._values.clear()
