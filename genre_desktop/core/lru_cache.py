"""The last few things that were looked at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

_T = TypeVar("_T")


class LruCache(Generic[_T]):
    """Keeps things by name, and forgets the one that was not asked for the longest.

    Parameters
    ----------
    most : int
        Kept at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, _T] = OrderedDict()

    def put(self, name: str, thing: _T) -> None:
        """Keep a thing."""
        self._kept[name] = thing
        self._kept.move_to_end(name)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def get(self, name: str) -> _T | None:
        """The thing of a name, if it is still kept."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    def drop(self, name: str) -> None:
        """Forget a thing."""
        self._kept.pop(name, None)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
