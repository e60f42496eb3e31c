"""Genres by hand that wait until the store can be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class UnwrittenGenres:
    """Changes of genres by hand in their order, and what comes of them.

    Attributes
    ----------
    genres : dict of str to str or None
        By identity; None where one is taken back.
    """

    def __init__(self) -> None:
        self.genres: dict[str, str | None] = {}
        self._before: dict[int, tuple[list[str], dict[str, str | None]]] = {}

    def set(self, identities: Iterable[str], genre: str | None, earlier: Mapping[str, str | None]) -> None:
        """Give content a genre; `earlier` stands for this change in `give_back`."""
        changed = [*dict.fromkeys(identities)]  # copies of the same sound count once
        self._before[id(earlier)] = changed, dict(self.genres)
        self.genres.update(dict.fromkeys(changed, genre))

    def give_back(self, earlier: Mapping[str, str | None]) -> None:
        """Let content have what it had before a change, whether or not that was written."""
        changed, before = self._before.pop(id(earlier), ([], {}))
        for identity in changed:
            self.genres.pop(identity)
            if identity in before:
                self.genres[identity] = before[identity]
        self.genres.update({identity: had for identity, had in earlier.items() if identity not in before})
