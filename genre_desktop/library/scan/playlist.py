"""Playlists: reading of M3U, PLS and XSPF, and writing of M3U8.

M3U has no standard; https://en.wikipedia.org/wiki/M3U describes what players do. XSPF is
specified in https://www.xspf.org/spec; PLS is an INI file.
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes
from urllib.request import url2pathname
from xml.parsers import expat

from genre_desktop.core.errors import PlaylistUnreadableError
from genre_desktop.core.i18n import tr

MAX_BYTES: Final = 10_000_000
"""Room for a hundred thousand paths of usual length; a larger file is no playlist."""

_ADDRESS: Final = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]+://")
_FILE_URL: Final = re.compile(rb"file:(?://(?P<host>[^/\\]*))?(?=[/\\])", re.IGNORECASE)
_PLS_ENTRY: Final = re.compile(rb"\s*file(\d{1,9})\s*=(.*)", re.IGNORECASE)
_MISLEADING: Final = re.compile(r"[#\s]|[A-Za-z][A-Za-z0-9+.-]+:")
"""Beginnings of a location that players take for a comment or an address (a folder "http:"), or cut off. For blanks at
the end there is no remedy: M3U has no escapes, and many players cut them off."""

_PERCENT_ESCAPE: Final = re.compile(rb"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True)
class PlaylistContent:
    """The entries of a playlist.

    Attributes
    ----------
    paths : tuple of str
        In its order, relative ones joined to the playlist's folder; they may not exist.
    addresses : tuple of str
        Entries that are not on this computer.
    """

    paths: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class PlaylistTrack:
    """An entry of a playlist to be written.

    Attributes
    ----------
    location : str
        Path as it is written; a relative one is relative to the playlist's folder.
    title : str
        As players show it, such as "artist - title"; empty for none.
    duration_s : float or None
        In seconds.
    comment : str
        For people who read the file; players ignore it.
    """

    location: str
    title: str = ""
    duration_s: float | None = None
    comment: str = ""


def is_playlist(name: str | os.PathLike[str]) -> bool:
    """Whether a name has the ending, in any case, of a playlist that `read_playlist` can read."""
    return os.path.splitext(os.fspath(name))[1].lower() in _READERS


def read_playlist(path: str | os.PathLike[str]) -> PlaylistContent:
    """Read an M3U, M3U8, PLS or XSPF playlist.

    An entry may be a path of this or of a Windows system, absolute or relative to the
    playlist, with or without percent-escapes, or a ``file:`` URL; in UTF-8, UTF-16 with
    its byte order mark, or Windows' code page 1252. Blanks around it may belong to it or not.
    Where several readings are possible, the first one is taken at which a file exists, else
    the first one at all.

    Raises
    ------
    PlaylistUnreadableError
        For a file that cannot be read, is larger than `MAX_BYTES`, is not text, or is XML
        that is malformed or declares a document type, by which a few lines can expand to
        gigabytes.
    """
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PlaylistUnreadableError(path=name, reason=error.strerror or error) from error
    if len(content) > MAX_BYTES:
        raise PlaylistUnreadableError(path=name, reason=tr("it is larger than {n} MB", n=MAX_BYTES // 1_000_000))
    try:
        entries = _READERS[os.path.splitext(name)[1].lower()](content)
    except (ValueError, LookupError, expat.ExpatError) as error:
        raise PlaylistUnreadableError(path=name, reason=error) from error
    folder = os.path.dirname(name)
    paths, addresses = [], []
    for entry in entries:
        located = _locate(entry, folder)
        if located is None:
            addresses.append(entry.strip().decode("utf-8", "replace"))
        else:
            paths.append(located)
    return PlaylistContent(tuple(paths), tuple(addresses))


def m3u8_content(tracks: Iterable[PlaylistTrack], comments: Iterable[str] = ()) -> bytes:
    r"""The content of an extended M3U playlist in UTF-8; bytes of a name that are no UTF-8 are kept.

    Players take a line break for the next entry and ``#`` for a comment: titles are put
    on one line, a location that begins with ``#``, a space or what looks like an address gets ``./`` before it.

    Raises
    ------
    ValueError
        For a location with a line break, which no playlist can contain.
    """
    lines = ["#EXTM3U", *(f"#{_one_line(comment)}" for comment in comments)]
    for track in tracks:
        if "\n" in track.location or "\r" in track.location:
            raise ValueError(f"A playlist cannot list a name with a line break. Received: {track.location!r}")
        seconds = -1 if track.duration_s is None else round(track.duration_s)
        lines += [f"#{_one_line(track.comment)}"] if track.comment else []
        lines.append(f"#EXTINF:{seconds},{_one_line(track.title)}")
        lines.append("./" + track.location if _MISLEADING.match(track.location) else track.location)
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass" if os.name == "nt" else "surrogateescape")


def _one_line(text: str) -> str:
    printable = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    return " ".join(printable.encode("utf-8", "replace").decode().split())


def _read_m3u(content: bytes) -> list[bytes]:
    return [line for line in _lines(content) if line.strip() and not line.lstrip().startswith(b"#")]


def _read_pls(content: bytes) -> list[bytes]:
    matches = [match for match in map(_PLS_ENTRY.fullmatch, _lines(content)) if match]
    return [match[2] for match in sorted(matches, key=lambda match: int(match[1])) if match[2].strip()]


def _read_xspf(content: bytes) -> list[bytes]:
    """Of each track the first location that is on this computer, else the first one."""
    found: list[bytes] = []
    open_elements: list[str] = []
    locations: list[bytes] = []
    text: list[str] = []

    def start(name: str, _attributes: object) -> None:
        open_elements.append(name.rpartition(" ")[2])
        text.clear()
        if open_elements[-1] == "track":
            locations.clear()

    def end(_name: str) -> None:
        name = open_elements.pop()
        if name == "location" and open_elements[-1:] == ["track"]:
            location = "".join(text).strip().encode("utf-8", "surrogatepass")
            if location:
                # A relative location is a URL as well, in which names are percent-escaped.
                is_url = _is_address(location) or _FILE_URL.match(location)
                locations.append(location if is_url else unquote_to_bytes(location))
        elif name == "track" and locations:
            found.append(next((each for each in locations if not _is_address(each)), locations[0]))
            locations.clear()
        text.clear()

    def refuse(*_: object) -> None:
        raise ValueError(tr("it declares a document type, which no playlist needs"))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)
    return found


_READERS: Final[dict[str, Callable[[bytes], list[bytes]]]] = {
    ".m3u": _read_m3u,
    ".m3u8": _read_m3u,
    ".pls": _read_pls,
    ".xspf": _read_xspf,
}


def _lines(content: bytes) -> list[bytes]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = content.decode("utf-16").encode("utf-8", "surrogatepass")
    if b"\0" in content:
        raise ValueError(tr("it is not text"))
    # For bytes, splitlines splits only at the line ends of the three systems.
    return content.removeprefix(codecs.BOM_UTF8).splitlines()


def _is_address(entry: bytes) -> bool:
    url = _FILE_URL.match(entry)
    if url is None:
        return _ADDRESS.match(entry) is not None
    return os.name != "nt" and (url["host"] or b"").lower() not in (b"", b"localhost")


def _locate(entry: bytes, folder: str) -> str | None:
    """The path of an entry; None for one that is not on this computer."""
    written, entry = entry, entry.strip()
    if _is_address(entry):
        return None
    url = _FILE_URL.match(entry)
    if url is not None:
        raw = unquote_to_bytes(entry[url.end() :])
        host = (url["host"] or b"").lower()
        if os.name == "nt":
            # url2pathname handles drive letters and shares, and the escapes, which are left to it.
            share = b"//" + host if host not in (b"", b"localhost") else b""
            return url2pathname((share + entry[url.end() :]).decode("utf-8", "replace"))
        readings = [raw]
    else:
        readings = [entry]
        if _PERCENT_ESCAPE.search(entry):
            readings.append(unquote_to_bytes(entry))
    candidates = _candidates(readings, folder)
    as_written = _candidates([written], folder) if written != entry else []
    if len(candidates) == 1 and not as_written:  # the usual case, without an access to a slow drive for each file
        return candidates[0]
    return next((path for path in (*as_written, *candidates) if os.path.lexists(path)), candidates[0])


def _candidates(readings: Iterable[bytes], folder: str) -> list[str]:
    """The paths that readings of an entry may mean, the most probable first."""
    candidates: list[str] = []
    for reading in readings:
        for spelling in _spellings(reading.replace(b"\0", b"")):
            candidates.append(os.path.join(folder, spelling))
            if os.sep != "\\" and "\\" in spelling:
                candidates.append(os.path.join(folder, spelling.replace("\\", "/")))
    return candidates


def _spellings(raw: bytes) -> list[str]:
    try:
        return [raw.decode("utf-8")]
    except UnicodeDecodeError:
        # A list of an older Windows; or, on systems where names are bytes, the bytes themselves.
        from_windows = raw.decode("cp1252", "replace")
        return [from_windows] if os.name == "nt" else [from_windows, os.fsdecode(raw)]
