"""Back and forward through the pages of the help."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PagePlace:
    """A page, and how far down it is scrolled in pixels."""

    key: str
    scroll: int = 0


class PageHistory:
    """Pages before and after the one that is shown, as in a web browser."""

    def __init__(self) -> None:
        self._before: list[PagePlace] = []
        self._after: list[PagePlace] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a page before this one."""
        return bool(self._before)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a page after this one."""
        return bool(self._after)

    def leave(self, place: PagePlace) -> None:
        """Add the place that is left for a new page; what came after it is dropped."""
        self._before.append(place)
        self._after.clear()

    def go_back(self, place: PagePlace) -> PagePlace:
        """Leave a place for the one before it, which is returned."""
        self._after.append(place)
        return self._before.pop()

    def go_forward(self, place: PagePlace) -> PagePlace:
        """Leave a place for the one after it, which is returned."""
        self._before.append(place)
        return self._after.pop()
