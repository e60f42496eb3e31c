"""From paths, playlists and folders to sound files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from genre_desktop.core.errors import FolderUnreadableError, PlaylistUnreadableError
from genre_desktop.library.scan.playlist import is_playlist, read_playlist
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally

AUDIO_ENDINGS: Final = frozenset(
    ".wav .wave .bwf .rf64 .w64 .aif .aiff .aifc .au .snd .caf .flac .ogg .oga .opus .spx .mp3 .mp2 .mpga "
    ".m4a .m4b .m4r .mp4 .3gp .aac .ac3 .wma .asf .webm .weba .mka .ape .wv .tta".split()
)
"""Endings that a file inside a folder must have to be taken for sound, in lower case."""

_SKIPPED_FOLDERS: Final = frozenset(
    # What archives, network drives and systems leave beside the music.
    ("__macosx", "@eadir", "#recycle", "#snapshot", "$recycle.bin", "system volume information", "lost+found")
)


def scan(
    paths: Iterable[Path],
    *,
    on_skipped: Callable[[Path, str], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    tally: ScanTally | None = None,
) -> Iterator[Path]:
    """Find the sound files in files, playlists and folders, one after the other.

    Parameters
    ----------
    paths : iterable of Path
        A path that is no folder is passed on whatever its ending, even if nothing is
        there: what is wrong with it is for the decoder to say. A playlist (see
        `playlist.is_playlist`) is read into what it lists, other playlists included,
        folders not. A folder is walked with all that is below it, its own files first,
        then its sub-folders, each by name.
    on_skipped : callable, optional
        Told of each folder that could not be listed and each playlist that could not be
        read, with the reason; `unreadable` makes an error of them.
    is_cancelled : callable, optional
        Asked before each entry; the walk ends when it says True.
    tally : ScanTally, optional
        Counts what is found and what is passed over.

    Yields
    ------
    Path
        Below a folder only names with one of `AUDIO_ENDINGS`, in any case. Hidden
        files and folders (leading dot), playlists, and the folders of archives, network
        drives and the system's bin are passed over. A link to a folder that holds it is
        not followed, and what links lead to more than once is gone through once, so that
        loops end; a file named or listed twice, or found in a folder too, comes once.
    """
    walk = _Walk(on_skipped, is_cancelled or _never, tally or ScanTally())
    for found in walk.named(paths):
        walk.tally.n_found += 1
        yield Path(found)


def unreadable(path: Path, reason: str) -> FolderUnreadableError | PlaylistUnreadableError:
    """The error for what `scan` told `on_skipped`."""
    if is_playlist(path) and not os.path.isdir(path):
        return PlaylistUnreadableError(path=path, reason=reason)
    return FolderUnreadableError(path=path, reason=reason)


def _never() -> bool:
    return False


class _Walk:
    """One scan: what it has seen, and the generators that go through things."""

    def __init__(
        self, on_skipped: Callable[[Path, str], None] | None, is_cancelled: Callable[[], bool], tally: ScanTally
    ) -> None:
        self.tally = tally
        self._on_skipped = on_skipped
        self._is_cancelled = is_cancelled
        self._visited: set[tuple[int, int] | str] = set()
        """Folders and playlists."""
        self._listed: set[tuple[int, int] | str] = set()
        """Of the visited ones the folders whose files are found."""
        self._named: set[str] = set()
        """Files by their absolute names; those of folders need none, since a folder is walked once."""

    def named(self, paths: Iterable[Path]) -> Iterator[str]:
        """What a person named."""
        for start in paths:
            if os.path.isdir(start):
                yield from self._folder(os.fspath(start))
            else:
                yield from self._files(iter([os.fspath(start)]))
            if self._is_cancelled():
                return

    def _files(self, paths: Iterator[str]) -> Iterator[str]:
        """Files and playlists, and what these list; no folders."""
        stack = [paths]  # instead of recursion: playlists may list playlists for ever
        while stack:
            path = next(stack[-1], None)
            if path is None:
                stack.pop()
                continue
            if self._is_cancelled():
                return
            if is_playlist(path) and os.path.isfile(path):
                listed = self._open_playlist(path)
                if listed is not None:
                    stack.append(iter(listed))
            elif os.path.abspath(path) in self._named or self._is_in_listed_folder(path):
                self.tally.pass_over(PassedOver.SEEN_BEFORE, path)
            elif len(stack) > 1 and os.path.isdir(path):
                self.tally.pass_over(PassedOver.OTHER_KIND, path)
            else:
                self._named.add(os.path.abspath(path))
                yield path

    def _open_playlist(self, path: str) -> tuple[str, ...] | None:
        try:
            if not self._enter(path):
                return None
            content = read_playlist(path)
        except PlaylistUnreadableError as error:
            self._skip(path, str(error.values["reason"]))
            return None
        except OSError as error:
            self._skip(path, error.strerror or str(error))
            return None
        for address in content.addresses:
            self.tally.pass_over(PassedOver.NOT_LOCAL, address)
        return content.paths

    def _folder(self, start: str) -> Iterator[str]:
        stack = [start]  # instead of recursion: folders nest deeper than Python's calls may
        while stack:
            folder = stack.pop()
            try:
                if not self._enter(folder):
                    continue
                files, folders = self._list(folder)
                self._listed.add(_identity(folder))
            except OSError as error:
                self._skip(folder, error.strerror or str(error))
                continue
            for file in files:
                if self._is_cancelled():
                    return
                if self._named and os.path.abspath(file) in self._named:
                    self.tally.pass_over(PassedOver.SEEN_BEFORE, file)
                else:
                    yield file
            if self._is_cancelled():
                return
            stack.extend(reversed(folders))

    def _list(self, folder: str) -> tuple[list[str], list[str]]:
        """Sound files and sub-folders of a folder, each sorted by name."""
        files: list[str] = []
        folders: list[str] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                if self._is_cancelled():
                    break
                if entry.name.startswith("."):
                    self.tally.pass_over(PassedOver.HIDDEN, entry.path)
                elif _is_folder(entry):
                    if entry.name.lower() in _SKIPPED_FOLDERS:
                        self.tally.pass_over(PassedOver.SYSTEM_FOLDER, entry.path)
                    elif entry.is_symlink() and _leads_upwards(entry.path):
                        # It would lead out of what was named, into all that lies around it.
                        self.tally.pass_over(PassedOver.SEEN_BEFORE, entry.path)
                    else:
                        folders.append(entry.path)
                elif _is_sound(entry.name):
                    # Broken links and pipes too: better a sentence about them than silence.
                    files.append(entry.path)
                elif is_playlist(entry.name):
                    # What it lists stands in the folders as a rule, and need not be classified twice.
                    self.tally.pass_over(PassedOver.PLAYLIST_IN_FOLDER, entry.path)
                else:
                    self.tally.pass_over(PassedOver.OTHER_KIND, entry.path)
        return sorted(files), sorted(folders)

    def _enter(self, path: str) -> bool:
        """Whether a folder or playlist is met for the first time."""
        identity = _identity(path)
        if identity in self._visited:
            self.tally.pass_over(PassedOver.SEEN_BEFORE, path)
            return False
        self._visited.add(identity)
        return True

    def _is_in_listed_folder(self, path: str) -> bool:
        folder, name = os.path.split(path)
        if not self._listed or not _is_sound(name) or name.startswith("."):
            return False
        try:
            return _identity(folder or os.curdir) in self._listed and os.path.lexists(path)
        except OSError:
            return False

    def _skip(self, path: str, reason: str) -> None:
        self.tally.pass_over(PassedOver.UNREADABLE, path)
        if self._on_skipped is not None:
            self._on_skipped(Path(path), reason)


def _leads_upwards(link: str) -> bool:
    """Whether a link leads to a folder that holds it."""
    target = os.path.realpath(link)
    return os.path.commonpath([target, os.path.realpath(os.path.dirname(link))]) == target


def _is_sound(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in AUDIO_ENDINGS


def _identity(folder: str) -> tuple[int, int] | str:
    status = os.stat(folder)
    # Some network drives number nothing; their folders are told apart by their real path.
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or one whose target may not be looked at
        return False
