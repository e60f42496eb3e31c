"""From paths and folders to sound files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

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
) -> Iterator[Path]:
    """Find the sound files in files and folders, one after the other.

    Parameters
    ----------
    paths : iterable of Path
        A path that is no folder is passed on whatever its ending, even if nothing is
        there: what is wrong with it is for the decoder to say. A folder is walked with
        all that is below it, its own files first, then its sub-folders, each by name.
    on_skipped : callable, optional
        Told of each folder that could not be listed, with the reason.
    is_cancelled : callable, optional
        Asked before each entry; the walk ends when it says True.

    Yields
    ------
    Path
        Below a folder only names with one of `AUDIO_ENDINGS`, in any case. Hidden
        files and folders (leading dot) and the folders of archives, network drives and
        the system's bin are passed over. A folder that links lead to more than once is
        walked once, so that loops end.
    """
    visited: set[tuple[int, int] | str] = set()
    for start in paths:
        if not os.path.isdir(start):
            if is_cancelled is not None and is_cancelled():
                return
            yield start
            continue
        # A stack instead of recursion: folders nest deeper than Python's calls may.
        stack = [os.fspath(start)]
        while stack:
            folder = stack.pop()
            try:
                identity = _identity(folder)
                if identity in visited:
                    continue
                visited.add(identity)
                files, folders = _list(folder, is_cancelled)
            except OSError as error:
                if on_skipped is not None:
                    on_skipped(Path(folder), error.strerror or str(error))
                continue
            for file in files:
                if is_cancelled is not None and is_cancelled():
                    return
                yield Path(file)
            if is_cancelled is not None and is_cancelled():
                return
            stack.extend(reversed(folders))


def _identity(folder: str) -> tuple[int, int] | str:
    status = os.stat(folder)
    # Some network drives number nothing; their folders are told apart by their real path.
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(folder)


def _list(folder: str, is_cancelled: Callable[[], bool] | None) -> tuple[list[str], list[str]]:
    """Sound files and sub-folders of a folder, each sorted by name."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_cancelled is not None and is_cancelled():
                break
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                if entry.name.lower() not in _SKIPPED_FOLDERS:
                    folders.append(entry.path)
            elif os.path.splitext(entry.name)[1].lower() in AUDIO_ENDINGS:
                # Broken links and pipes too: better a sentence about them than silence.
                files.append(entry.path)
    return sorted(files), sorted(folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or one whose target may not be looked at
        return False
