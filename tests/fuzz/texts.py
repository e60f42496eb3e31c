"""Fuzzing targets: playlists, JSON, and files of the program."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, parse_json
from genre_desktop.library.scan.playlist import PlaylistTrack, m3u8_content, read_playlist
from tests.fuzz.mutation import mutate_bytes, mutate_json
from tests.fuzz.targets import Target

_MAX_JSON = 1 << 20
_XSPF = """<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/"><title>a</title><trackList>
<track><location>file:///m/%C3%A9%20b.mp3</location><location>http://example.org/a</location></track>
<track><title>t</title><location>sub/c.flac</location></track></trackList></playlist>
"""


def _playlists(folder: Path) -> None:
    tracks = [PlaylistTrack("a/b.mp3", "One - Two", 12.3), PlaylistTrack("#c.flac"), PlaylistTrack("/m/\u00e9.ogg")]
    (folder / "list.m3u8").write_bytes(m3u8_content(tracks, ["made"]))
    (folder / "latin.m3u").write_bytes(
        b"#EXTM3U\r\nC:\\m\\\xe9.mp3\r\nfile://localhost/m/a%20b.mp3\r\nhttp://example.org/x\r\n"
    )
    (folder / "wide.m3u").write_bytes("\ufeff#EXTM3U\nsub\\\u97f3.mp3\n".encode("utf-16"))
    (folder / "list.pls").write_text(
        "[playlist]\nFile2=b.mp3\nTitle2=x\nFile1=/m/a.mp3\nNumberOfEntries=2\nVersion=2\n"
    )
    (folder / "list.xspf").write_text(_XSPF)


def _read_playlist(path: Path, _: Path) -> None:
    content = read_playlist(path)
    for entry in content.paths:
        os.fsencode(entry)
        assert "\0" not in entry


def _json(folder: Path) -> None:
    for n, card in enumerate((Path(__file__).parents[2] / "resources" / "models").glob("*/card.json")):
        (folder / f"{n}.json").write_bytes(card.read_bytes())
    (folder / "small.json").write_text(json.dumps({"a": [1, -2.5e3, 'x\u00e9\n"\\', None, True, {"b": []}], "": {}}))


def _parse_json(path: Path, _: Path) -> None:
    value = parse_json(path.read_bytes(), max_bytes=_MAX_JSON)
    # Whatever is taken can be written again, and means the same.
    assert parse_json(json.dumps(value).encode(), max_bytes=20 * _MAX_JSON) == value


def _mutate_text(data: bytes, rng: Random, others: list[bytes]) -> bytes:
    return (mutate_json if rng.random() < 0.5 else mutate_bytes)(data, rng, others)


TARGETS = {
    "playlist": Target(_playlists, _read_playlist),
    "json": Target(_json, _parse_json, _mutate_text, refusals=(JsonLimitError, GenreDesktopError)),
}
