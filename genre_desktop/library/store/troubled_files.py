"""The files in which a stored error or damage was met, each by its path, size and time.

Results are stored by content, and the identity of content leaves out tags and, in many formats, also what a decoder
needs: the index of an MP4 file, the headers of WMA and Ogg. One file may be damaged in there while another
file of the same sound is not, or the same file once it has been repaired. So an answer is one for all files of that
content, but an error or damage only for the files in which it was met, as long as their size and time stay. And where
an answer of one file replaces the error of others, it is not theirs.
"""

from __future__ import annotations

import json
import os
from typing import Any, Final

from genre_desktop.library.result import FileFacts
from genre_desktop.library.store.codec import storable_time

MOST_FILES: Final = 64
"""Equal files that are remembered, the last ones; a person has a handful of copies, and others are just tried again."""


def add_file(packed: str, path: str, facts: FileFacts, before: str | None = None) -> str:
    """Add a file to a packed error or packed warnings.

    Parameters
    ----------
    packed : str
        From `codec.pack_error` or `codec.pack_warnings`.
    path : str
        Absolute path of the file in which it was met.
    facts : FileFacts
    before : str, optional
        What was stored for the content before: if it says the same, its files are kept.

    Returns
    -------
    str
    """
    content = json.loads(packed)
    known = _content(before)
    others = _others(known, "files", path) if _without_paths(known) == _without_paths(content) else []
    return json.dumps({**content, "files": [*others, [path, *_state(facts)]][-MOST_FILES:]})


def except_files(packed: str | None, path: str | None, before: str | None) -> str | None:
    """Except files from an answer without damage: those in which an error or damage was met that it replaces.

    Parameters
    ----------
    packed : str or None
        The warnings of the answer, from `codec.pack_warnings`.
    path : str or None
        Absolute path of the file whose answer it is, if that is known.
    before : str or None
        What was stored for the content before: its error or its warnings.

    Returns
    -------
    str or None
    """
    known, own = _content(before), _content(packed)
    of_all = [*_others(own, "except", path), *_others(known, "except", path), *_others(known, "files", path)]
    files = [file for number, file in enumerate(of_all) if file not in of_all[:number]][-MOST_FILES:]
    if not files:
        return packed
    return json.dumps({**(own or {"warnings": []}), "except": files})


def is_met_in(packed: str, path: str, facts: FileFacts) -> bool | None:
    """Whether a packed error or damage was met in a file as it is now, or in one that has been moved there since.

    Returns
    -------
    bool or None
        None where it was stored by an earlier version, which did not note the file.
    """
    files = _content(packed).get("files")
    if files is None:
        return None
    known = _paths(files, facts)
    return path in known or any(isinstance(each, str) and is_gone(each) for each in known)


def is_excepted(packed: str, path: str, facts: FileFacts) -> bool:
    """Whether a file was excepted from an answer, by `except_files`, and is as it was then."""
    return path in _paths(_content(packed).get("except"), facts)


def _paths(files: object, facts: FileFacts) -> list[Any]:
    """Paths of the files of that size and time; none where a damaged row has no list."""
    listed = files if isinstance(files, list) else []
    return [file[0] for file in listed if isinstance(file, list) and len(file) == 3 and file[1:] == _state(facts)]


def _others(content: dict[str, Any], key: str, path: str | None) -> list[Any]:
    files = content.get(key)
    return [file for file in files if isinstance(file, list) and file[:1] != [path]] if isinstance(files, list) else []


def is_gone(path: str) -> bool:
    """Whether a file has left its folder; a folder that is gone may be on a drive that is not connected."""
    return os.path.isdir(os.path.dirname(path)) and not os.path.lexists(path)


def _state(facts: FileFacts) -> list[int]:
    return [facts.size, storable_time(facts.mtime_ns)]


def _content(packed: str | None) -> dict[str, Any]:
    try:
        content = {} if packed is None else json.loads(packed)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _without_paths(content: dict[str, Any]) -> Any:
    """What an error says apart from the name of its file."""
    if isinstance(warnings := content.get("warnings"), list):
        return [_without_paths(each) for each in warnings if isinstance(each, dict)]
    values, own = content.get("values"), content.get("own")
    if not isinstance(values, dict) or not isinstance(own, list):
        return None
    return content.get("code"), {name: value for name, value in values.items() if name not in own}
