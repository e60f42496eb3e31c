"""Export of playlists, one for each genre."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import english
from genre_desktop.core.untrusted.device_names import is_device_name
from genre_desktop.library.analysis.statistics import genre_of
from genre_desktop.library.export.result_sink import CollectingSink, Written
from genre_desktop.library.files.atomic_write import atomic_write, require_folder, require_replaceable
from genre_desktop.library.result import Summary
from genre_desktop.library.scan.playlist import PlaylistTrack, m3u8_content
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

_MARK: Final = "GENRE-DESKTOP-PLAYLIST"
"""A comment that marks a playlist of this program; players ignore it."""

_HEAD: Final = f"#EXTM3U\n#{_MARK}\n".encode()

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_LONGEST_NAME: Final = 60
"""Most characters; file systems allow 255 bytes, and a character may have four."""


@dataclass(frozen=True)
class PlaylistsWritten:
    """The result of an export of playlists.

    Attributes
    ----------
    paths : tuple of Path
        Playlists that were written, sorted by genre.
    n_tracks : int
        Tracks in the playlists.
    n_left_out : int
        Tracks without a genre, or with a line break in their path, which no playlist can contain.
    stale : tuple of Path
        Playlists of an earlier export in the same folder, of genres that no track has now;
        they are not changed.
    """

    paths: tuple[Path, ...]
    n_tracks: int
    n_left_out: int
    stale: tuple[Path, ...]


def write_playlists(
    folder: str | os.PathLike[str], rows: Iterable[tuple[str, Summary | None]], *, with_undecided: bool = False
) -> PlaylistsWritten:
    """Write an M3U8 playlist for each genre into a folder.

    Paths in them are relative to the folder, so that folder and music may be moved
    together; where there is no such path (another drive of Windows) they are absolute.
    Nothing is written if a playlist would replace another file than an older playlist.

    Parameters
    ----------
    folder : path-like
        Created unless it exists.
    rows : iterable of (str, Summary or None)
        Paths and summaries; their order is kept. A genre by hand counts instead of the model's.
    with_undecided : bool
        Whether to write playlists for ``"unsure"`` and ``"not music"`` as well.

    Raises
    ------
    ExportTargetError
        If a playlist would replace a file that is not such a playlist.
    StorageError
        If a file cannot be written; playlists already written are kept.
    """
    place = Path(folder)
    # With a link on the way, "../" would not be the folder above.
    real = os.path.realpath(folder)
    by_genre: dict[str, list[PlaylistTrack]] = {}
    n_left_out = 0
    for path, summary in rows:
        genre = genre_of(summary)
        is_undecided = genre in (UNSURE, NOT_MUSIC)
        if summary is None or genre is None or (is_undecided and not with_undecided) or _has_line_break(path):
            n_left_out += 1
        else:
            by_genre.setdefault(genre, []).append(_track(path, real, summary))
    names = playlist_names(by_genre)
    for name in names.values():
        require_replaceable(place / name, _is_ours)
    try:
        place.mkdir(parents=True, exist_ok=True)
        stale = [
            path
            for path in sorted(place.glob("*.m3u8"))
            if path.name not in names.values() and path.is_file() and _is_ours(_head_of(path))
        ]
    except OSError as error:
        raise StorageError(path=place, reason=error.strerror or str(error)) from error
    for genre, name in names.items():
        with atomic_write(place / name) as file:
            file.write(m3u8_content(by_genre[genre], comments=(_MARK, f"PLAYLIST:{genre}")))
    return PlaylistsWritten(
        paths=tuple(place / name for name in names.values()),
        n_tracks=sum(map(len, by_genre.values())),
        n_left_out=n_left_out,
        stale=tuple(stale),
    )


class PlaylistsSink(CollectingSink):
    """A folder with a playlist for each genre; see `write_playlists`.

    Parameters
    ----------
    folder : path-like
    with_undecided : bool
    sort_by_path : bool
        Whether tracks are sorted by path, and not in the order in which they are written.
    """

    def __init__(
        self, folder: str | os.PathLike[str], *, with_undecided: bool = False, sort_by_path: bool = False
    ) -> None:
        super().__init__(sort_by_path=sort_by_path)
        self.folder = folder
        self._with_undecided = with_undecided

    def open(self) -> None:
        """Create the folder unless it exists, and refuse one in which nothing can be written."""
        require_folder(self.folder)

    def _write_collected(self, rows: Sequence[tuple[str, Summary | None]]) -> Written:
        written = write_playlists(self.folder, rows, with_undecided=self._with_undecided)
        return Written(written.n_tracks, len(written.paths), len(written.stale))


def playlist_names(genres: Iterable[str]) -> dict[str, str]:
    """File names for genres, in alphabetical order: valid on all systems, and all different.

    Examples
    --------
    >>> playlist_names(["jazz", "R&B/Soul", "con"])
    {'R&B/Soul': 'R&B_Soul.m3u8', 'con': '_con.m3u8', 'jazz': 'jazz.m3u8'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for genre in sorted(genres):
        stem = _UNSAFE.sub("_", genre)[:_LONGEST_NAME].strip(" .") or "_"
        if is_device_name(stem):
            stem = f"_{stem}"
        name, number = stem, 1
        while _spelling(name) in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(_spelling(name))
        names[genre] = f"{name}.m3u8"
    return names


def _spelling(name: str) -> str:
    """A name as file systems compare names that ignore case (Windows) or the form of accents (macOS)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _track(path: str, folder: str, summary: Summary) -> PlaylistTrack:
    try:
        location = os.path.relpath(os.path.abspath(path), folder)
    except ValueError:  # another drive
        location = os.path.abspath(path)
    facts = summary.facts
    title = facts.title if facts is not None and facts.title else Path(path).stem
    artist = facts.artist if facts is not None else ""
    return PlaylistTrack(
        location.replace(os.sep, "/"),
        f"{artist} - {title}" if artist else title,
        summary.duration_s,
        " ".join(f"{warning.code}: {english(warning.message)}" for warning in summary.warnings),
    )


def _has_line_break(path: str) -> bool:
    return "\n" in path or "\r" in path


def _is_ours(head: bytes) -> bool:
    return head.startswith(_HEAD)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_HEAD))
