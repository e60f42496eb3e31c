"""Genres by hand that could not be written to the store yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class UnwrittenGenres:
    """Changes of genres by hand in their order, and the genres that result from them.

    Attributes
    ----------
    genres : dict of str to str or None
        By identity; None where a genre by hand is removed.
    """

    def __init__(self) -> None:
        self.genres: dict[str, str | None] = {}
        self._before: dict[int, tuple[list[str], dict[str, str | None]]] = {}  # by change

    def set(self, change: int, identities: Iterable[str], genre: str | None) -> None:
        """Set the genre of some content; `change` is its number for `restore`."""
        changed = [*dict.fromkeys(identities)]  # copies of the same sound count once
        self._before[change] = changed, dict(self.genres)
        self.genres.update(dict.fromkeys(changed, genre))

    def restore(self, change: int, stored: Mapping[str, str | None]) -> None:
        """Undo a change, whether or not it was written.

        Parameters
        ----------
        change : int
        stored : mapping of str to str or None
            Genres by hand that the store had before the change, as far as the change was written.
        """
        changed, before = self._before.pop(change, ([], {}))
        for identity in changed:
            self.genres.pop(identity)
            if identity in before:
                self.genres[identity] = before[identity]
        self.genres.update({identity: genre for identity, genre in stored.items() if identity not in before})
