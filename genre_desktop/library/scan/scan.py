"""The scan: finds the sound files in paths, playlists and folders."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from genre_desktop.core.errors import FolderUnreadableError, PlaylistUnreadableError
from genre_desktop.core.i18n import tr
from genre_desktop.library.scan.playlist import is_playlist, read_playlist
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally

AUDIO_ENDINGS: Final = frozenset(
    ".wav .wave .bwf .rf64 .w64 .aif .aiff .aifc .au .snd .caf .voc .8svx .flac .ogg .oga .opus .spx "
    ".mp3 .mp2 .mp1 .mpa .mpga .m4a .m4b .m4r .f4a .mp4 .3gp .3ga .aac .adts .ac3 .eac3 .ec3 .dts .amr .awb "
    ".wma .asf .ra .rm .oma .aa3 .webm .weba .mka .ape .mpc .mp+ .tak .wv .tta .dsf .dff".split()
)
"""Endings, in lower case, by which a file in a folder counts as a sound file: those of the formats that the decoders
read, without those of films."""

_SKIPPED_FOLDERS: Final = frozenset(
    # Folders that archives, network drives and systems create.
    ("__macosx", "@eadir", "#recycle", "#snapshot", "$recycle.bin", "system volume information", "lost+found")
)


def scan(
    paths: Iterable[Path],
    *,
    on_unreadable: Callable[[Path, str], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    tally: ScanTally | None = None,
) -> Iterator[Path]:
    """Find the sound files in paths, playlists and folders, one after the other.

    Parameters
    ----------
    paths : iterable of Path
        A path that is no folder is yielded whatever its ending, even if nothing exists
        there: the decoder reports the error. For a playlist (see `playlist.is_playlist`) the
        files that it lists are yielded, also those of playlists in it, but not of folders. A
        folder is walked recursively: its own files first, then its sub-folders, each by name.
    on_unreadable : callable, optional
        Called for each folder that cannot be listed and each playlist that cannot be read,
        with the reason; see `unreadable_error`.
    is_cancelled : callable, optional
        Called before each entry; the scan ends once it returns True.
    tally : ScanTally, optional
        Counts what is found and passed over.

    Yields
    ------
    Path
        Below a folder only names with one of `AUDIO_ENDINGS`, in any case. Hidden
        files and folders (leading dot), playlists, and the folders of archives, network
        drives and the system's bin are passed over. A link to a folder that contains it is
        not followed, and a folder that several links point to is walked once, so that loops
        end; a file that is named or listed twice, or also found in a folder, is yielded once.
    """
    walk = _Walk(on_unreadable, is_cancelled or _never, tally or ScanTally())
    for found in walk.named(paths):
        walk.tally.n_found += 1
        yield Path(found)


def reason_to_pass_over(name: str, *, is_folder: bool = True) -> PassedOver | None:
    """Why a scan, and a training, pass over a file or folder with this name, whatever it holds; None if they do not."""
    if name.startswith("."):
        return PassedOver.HIDDEN
    return PassedOver.SYSTEM_FOLDER if is_folder and name.lower() in _SKIPPED_FOLDERS else None


def unreadable_error(path: Path, reason: str) -> FolderUnreadableError | PlaylistUnreadableError:
    """The error for a path that `scan` passed to `on_unreadable`."""
    if is_playlist(path) and not os.path.isdir(path):
        return PlaylistUnreadableError(path=path, reason=reason)
    return FolderUnreadableError(path=path, reason=reason)


def _never() -> bool:
    return False


class _Walk:
    """One scan: the folders and files that it has visited, and the generators that visit them."""

    def __init__(
        self, on_unreadable: Callable[[Path, str], None] | None, is_cancelled: Callable[[], bool], tally: ScanTally
    ) -> None:
        self.tally = tally
        self._on_unreadable = on_unreadable
        self._is_cancelled = is_cancelled
        self._visited: set[tuple[int, int] | str] = set()
        """Identities of folders and playlists."""
        self._listed: set[tuple[int, int] | str] = set()
        """Identities of the folders whose files have been yielded."""
        self._named: set[str] = set()
        """Absolute paths of the files that were named or listed; those of folders are not needed, as each is walked
        once."""

    def named(self, paths: Iterable[Path]) -> Iterator[str]:
        """The files of the paths that a person named."""
        for start in paths:
            if os.path.isdir(start):
                yield from self._folder(os.fspath(start))
            else:
                yield from self._files(iter([os.fspath(start)]))
            if self._is_cancelled():
                return

    def _files(self, paths: Iterator[str]) -> Iterator[str]:
        """Files, and the files that playlists list; without folders."""
        stack = [paths]  # no recursion: playlists may list playlists to any depth
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
            self._report_unreadable(path, str(error.values["reason"]))
            return None
        except OSError as error:
            self._report_unreadable(path, error.strerror or str(error))
            return None
        for address in content.addresses:
            self.tally.pass_over(PassedOver.NOT_LOCAL, address)
        if not content.paths and not content.addresses:
            self.tally.pass_over(PassedOver.EMPTY_PLAYLIST, path)
        return content.paths

    def _folder(self, start: str) -> Iterator[str]:
        stack = [start]  # no recursion: folders may be nested deeper than Python's calls
        while stack:
            folder = stack.pop()
            try:
                if not self._enter(folder):
                    continue
                files, folders = self._list(folder)
                self._listed.add(_identity(folder))
            except OSError as error:
                self._report_unreadable(folder, _listing_reason(error))
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
                is_folder = not entry.name.startswith(".") and _is_folder(entry)
                reason = reason_to_pass_over(entry.name, is_folder=is_folder)
                if reason is not None:
                    self.tally.pass_over(reason, entry.path)
                elif is_folder:
                    if entry.is_symlink() and _leads_upwards(entry.path):
                        # Following it would leave the folder that was named.
                        self.tally.pass_over(PassedOver.SEEN_BEFORE, entry.path)
                    else:
                        folders.append(entry.path)
                elif _is_sound(entry.name):
                    # Also broken links and pipes, so that they are reported.
                    files.append(entry.path)
                elif is_playlist(entry.name):
                    # Usually the files that it lists are in the same folders.
                    self.tally.pass_over(PassedOver.PLAYLIST_IN_FOLDER, entry.path)
                else:
                    self.tally.pass_over(PassedOver.OTHER_KIND, entry.path)
        return sorted(files), sorted(folders)

    def _enter(self, path: str) -> bool:
        """Whether a folder or playlist is visited for the first time."""
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

    def _report_unreadable(self, path: str, reason: str) -> None:
        self.tally.pass_over(PassedOver.UNREADABLE, path)
        if self._on_unreadable is not None:
            self._on_unreadable(Path(path), reason)


def _listing_reason(error: OSError) -> str:
    """Why a folder cannot be listed, and what to do."""
    if isinstance(error, PermissionError):
        return tr("you may not read it. Check its permissions")
    if error.errno == errno.ENAMETOOLONG:
        return tr("its path is longer than the system allows. Shorten the names on the way")
    return tr("{reason}. Check its drive", reason=error.strerror or error)


def _leads_upwards(link: str) -> bool:
    """Whether a link points to a folder that contains it."""
    target = os.path.realpath(link)
    return os.path.commonpath([target, os.path.realpath(os.path.dirname(link))]) == target


def _is_sound(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in AUDIO_ENDINGS


def _identity(folder: str) -> tuple[int, int] | str:
    status = os.stat(folder)
    # Some network drives have no inode numbers; their folders are distinguished by their real paths.
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or one whose target is not accessible
        return False
