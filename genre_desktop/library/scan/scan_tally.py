"""The tally of a scan: how many files it found, and what it passed over for which reason."""

from __future__ import annotations

import os
import threading
from collections import Counter
from enum import Enum
from typing import Final

from genre_desktop.core.i18n import numeral, tr

N_EXAMPLES: Final = 5
"""Names that are kept as examples of each reason."""

_N_SHOWN_ENDINGS: Final = 3
_MAX_ENDINGS: Final = 200
_LONGEST_ENDING: Final = 8
"""Most characters of an ending, with its dot; "Dr. Feelgood plays" has none."""


class PassedOver(Enum):
    """The reasons for which a scan passes over a file or folder."""

    OTHER_KIND = "other kind"
    HIDDEN = "hidden"
    SYSTEM_FOLDER = "system folder"
    PLAYLIST_IN_FOLDER = "playlist in folder"
    EMPTY_PLAYLIST = "empty playlist"
    SEEN_BEFORE = "seen before"
    NOT_LOCAL = "not local"
    UNREADABLE = "unreadable"


class ScanTally:
    """Counts that a scan increases, and that any thread may read meanwhile.

    A hidden folder and a system's folder count as one, whatever is in them, as they are not
    walked.

    Attributes
    ----------
    n_found : int
        Sound files that were found.
    """

    def __init__(self) -> None:
        self.n_found = 0
        self._lock = threading.Lock()
        self._counts: Counter[PassedOver] = Counter()
        self._examples: dict[PassedOver, list[str]] = {}
        self._endings: Counter[str] = Counter()

    def pass_over(self, reason: PassedOver, name: str) -> None:
        """Count a file or folder that is passed over; `name` is a path or an address."""
        with self._lock:
            self._counts[reason] += 1
            examples = self._examples.setdefault(reason, [])
            if len(examples) < N_EXAMPLES:
                examples.append(name)
            if reason is PassedOver.OTHER_KIND:
                ending = _ending(name)
                is_counted = ending in self._endings or len(self._endings) < _MAX_ENDINGS
                self._endings[ending if is_counted else ""] += 1

    @property
    def n_passed_over(self) -> int:
        """Number of all files and folders that were passed over."""
        with self._lock:
            return self._counts.total()

    def count(self, reason: PassedOver) -> int:
        """Number of those that were passed over for a reason."""
        with self._lock:
            return self._counts[reason]

    def examples(self, reason: PassedOver) -> tuple[str, ...]:
        """The first `N_EXAMPLES` of them."""
        with self._lock:
            return tuple(self._examples.get(reason, ()))

    def endings(self) -> list[tuple[str, int]]:
        """Files of other kinds by ending (lower case, with its dot; empty for none), the most frequent first."""
        with self._lock:
            return self._endings.most_common()

    @property
    def sentence(self) -> str:
        """The tally for people: "1,234 found, 87 skipped: 60 files of other kinds (.jpg, .txt), 27 hidden"."""
        found = tr("1 found") if self.n_found == 1 else tr("{n} found", n=numeral(self.n_found, ","))
        n = self.n_passed_over
        if not n:
            return found
        return tr("{found}, {n} skipped: {why}", found=found, n=numeral(n, ","), why=", ".join(self._reason_texts()))

    def _reason_texts(self) -> list[str]:
        parts = []
        for reason in PassedOver:
            n = self.count(reason)
            if n:
                parts.append(self._reason_text(reason, numeral(n, ","), n == 1))
        return parts

    def _reason_text(self, reason: PassedOver, n: str, is_one: bool) -> str:
        if reason is PassedOver.OTHER_KIND:
            names = [ending for ending, _ in self.endings() if ending]
            shown = ", ".join(names[:_N_SHOWN_ENDINGS]) + (" …" if len(names) > _N_SHOWN_ENDINGS else "")
            text = tr("1 file of another kind") if is_one else tr("{n} files of other kinds", n=n)
            return tr("{text} ({endings})", text=text, endings=shown) if shown else text
        if reason is PassedOver.HIDDEN:
            return tr("{n} hidden", n=n)
        if reason is PassedOver.SYSTEM_FOLDER:
            return tr("1 folder of the system") if is_one else tr("{n} folders of the system", n=n)
        if reason is PassedOver.PLAYLIST_IN_FOLDER:
            return tr("1 playlist in a folder") if is_one else tr("{n} playlists in folders", n=n)
        if reason is PassedOver.EMPTY_PLAYLIST:
            return tr("1 empty playlist") if is_one else tr("{n} empty playlists", n=n)
        if reason is PassedOver.SEEN_BEFORE:
            return tr("{n} seen before", n=n)
        if reason is PassedOver.NOT_LOCAL:
            return tr("1 on the network") if is_one else tr("{n} on the network", n=n)
        return tr("{n} that could not be read", n=n)


def _ending(name: str) -> str:
    ending = os.path.splitext(name)[1].lower()
    return ending if len(ending) <= _LONGEST_ENDING and ending[1:].isalnum() else ""
