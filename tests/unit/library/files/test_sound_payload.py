"""Identities of formats whose tags are chunks, elements or pages of their own."""

from __future__ import annotations

import os
import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import TIT2
from numpy.typing import NDArray

from genre_desktop.library.files import identity as identity_module
from genre_desktop.library.files.audio_payload import find_audio_payload
from genre_desktop.library.files.identity import WHOLE_BELOW, identify, identities, may_be_earlier
from genre_desktop.library.files.sound_payload import ENDINGS, find_sound_payload
from tests.support.odd_files import encode, id3_tag, music, write_sound
from tests.support.rare_files import write_dsf

Writer = Callable[[Path, NDArray[np.float32]], Path]
RNG = random.Random(4)


def _sound_file(format: str, subtype: str | None = None) -> Writer:
    return lambda path, sound: write_sound(path, sound, format=format, subtype=subtype)


def _dff(path: Path, sound: NDArray[np.float32]) -> Path:
    samples = (sound[:, 0] * 100).astype(np.int8).tobytes() * 4
    properties = b"SND " + _big(b"FS  ", (2_822_400).to_bytes(4, "big")) + _big(b"CHNL", b"\0\1C   ")
    properties += _big(b"CMPR", b"DSD \x0enot compressed")
    content = b"DSD " + _big(b"FVER", b"\1\5\0\0") + _big(b"PROP", properties) + _big(b"DSD ", samples)
    path.write_bytes(b"FRM8" + len(content).to_bytes(8, "big") + content)
    return path


def _big(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(8, "big") + content + bytes(len(content) % 2)


def _dsf(path: Path, sound: NDArray[np.float32]) -> Path:
    write_dsf(path, 0.2, 2_822_400)
    content = bytearray(path.read_bytes())
    content[-1_000:] = (sound[:1_000, 0] * 100).astype(np.int8).tobytes()
    path.write_bytes(content)
    return path


def _encoded(**options: Any) -> Writer:
    return lambda path, sound: encode(path, sound, 48_000, **options)


MUTAGEN: dict[str, Writer] = {
    "a.wav": _sound_file("WAV", "PCM_16"),
    "float.wav": _sound_file("WAVEX", "FLOAT"),
    "odd.wav": lambda path, sound: write_sound(path, sound[:-1, :1], format="WAV", subtype="PCM_U8"),
    "a.aiff": _sound_file("AIFF", "PCM_16"),
    "a.aifc": _sound_file("AIFF", "FLOAT"),
    "a.dsf": _dsf,
    "a.dff": _dff,
    "a.ogg": _sound_file("OGG", "VORBIS"),
    "a.opus": _encoded(format="ogg", codec="libopus"),
    "flac.oga": _encoded(format="ogg", codec="flac"),
}


def tag(path: Path, title: str) -> None:
    file = mutagen.File(path)
    assert file is not None
    if file.tags is None:
        file.add_tags()
    if hasattr(file.tags, "getall"):
        file.tags["TIT2"] = TIT2(encoding=3, text=[title])
    else:
        file.tags["title"] = [title]
    file.save()


@pytest.mark.parametrize("name", MUTAGEN)
def test_a_tagged_file_is_the_same_and_another_sound_is_not(tmp_path: Path, name: str) -> None:
    path = MUTAGEN[name](tmp_path / name, music(20.0))
    known = identify(path)
    # The longest fill more than a page of Ogg, and more than what programs leave free for tags.
    for n in (3, 4, 30_000, 200_000, 10):
        before = path.read_bytes()
        tag(path, "T" * n)
        assert path.read_bytes() != before
        assert identify(path) == known
    MUTAGEN[name](path, music(20.0) * 0.9)
    assert identify(path) != known
    tag(path, "T")
    assert identify(path) != known


@pytest.mark.parametrize("name", MUTAGEN)
def test_tags_are_taken_away_again(tmp_path: Path, name: str) -> None:
    path = MUTAGEN[name](tmp_path / name, music(3.0))
    known = identify(path)
    tag(path, "A title")
    file = mutagen.File(path)
    assert file is not None
    file.delete()
    assert identify(path) == known


@pytest.mark.parametrize("name", MUTAGEN)
def test_a_file_that_is_cut_off_within_its_sound_is_another(tmp_path: Path, name: str) -> None:
    path = MUTAGEN[name](tmp_path / name, music(3.0))
    content = path.read_bytes()
    known = identify(path)
    for length in (*range(1, len(content), max(1, len(content) // 40)), len(content) - 2):
        path.write_bytes(content[:length])
        assert identify(path) != known
    for start in range(0, len(content), max(1, len(content) // 40)):
        path.write_bytes(content[:start] + b"\xff\x00\xfe" * 7 + content[start + 21 :])
        identify(path)


@pytest.mark.parametrize("name", MUTAGEN)
def test_every_change_of_short_sound_counts(tmp_path: Path, name: str) -> None:
    path = MUTAGEN[name](tmp_path / name, music(1.0))
    content = path.read_bytes()
    assert len(content) < WHOLE_BELOW
    known = identify(path)
    behind = len(content) if name != "a.dsf" else len(content) - 1
    for at in range(len(content) // 2, behind, max(1, len(content) // 50)):
        if content.rfind(b"OggS", 0, at) + 26 <= at:  # page numbers do not count
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            assert identify(path) != known


# --- tags that mutagen does not write ---------------------------------------------------------

SOUND = RNG.randbytes(400_000)
NOTE = b"A title of any length"


def chunk(name: bytes, content: bytes, order: str = "<", size: str = "I") -> bytes:
    return name + struct.pack(order + size, len(content)) + content + bytes(len(content) % 2)


FORM = struct.pack("<HHIIHH", 1, 2, 44_100, 176_400, 4, 16)
FORM_BE = struct.pack(">HHIIHH", 1, 2, 44_100, 176_400, 4, 16)
COMM = struct.pack(">hIh", 2, 100_000, 16) + bytes.fromhex("400eac44000000000000")
GUID = bytes.fromhex("f3acd3118cd100c04f8edb8a")


def wav(note: bytes, sound: bytes, form: bytes = FORM) -> bytes:
    info = chunk(b"LIST", b"INFO" + chunk(b"INAM", note)) if note else b""
    content = b"WAVE" + chunk(b"bext", note + bytes(602)) + chunk(b"fmt ", form) + info + chunk(b"data", sound) + info
    return chunk(b"RIFF", content)


def rifx(note: bytes, sound: bytes) -> bytes:
    info = chunk(b"LIST", b"INFO" + chunk(b"INAM", note, ">"), ">")
    return chunk(b"RIFX", b"WAVE" + info + chunk(b"fmt ", FORM_BE, ">") + chunk(b"data", sound, ">") + info, ">")


def rf64(note: bytes, sound: bytes, magic: bytes = b"RF64") -> bytes:
    ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, len(sound), 0, 0))
    data = b"data\xff\xff\xff\xff" + sound + bytes(len(sound) % 2)
    return magic + b"\xff\xff\xff\xffWAVE" + ds64 + chunk(b"fmt ", FORM) + data + chunk(b"axml", note)


def several(note: bytes, sound: bytes) -> bytes:
    half = len(sound) // 4 * 2
    parts = chunk(b"data", sound[:half]) + chunk(b"data", sound[half:])
    return chunk(b"RIFF", b"WAVE" + chunk(b"fmt ", FORM) + parts + chunk(b"id3 ", id3_tag(len(note))))


def aiff(note: bytes, sound: bytes) -> bytes:
    parts = chunk(b"COMM", COMM, ">") + chunk(b"NAME", note, ">") + chunk(b"SSND", bytes(8) + sound, ">")
    return chunk(b"FORM", b"AIFF" + parts + chunk(b"ANNO", note, ">"), ">")


def svx(note: bytes, sound: bytes) -> bytes:
    parts = chunk(b"VHDR", bytes(range(20)), ">") + chunk(b"NAME", note, ">") + chunk(b"BODY", sound, ">")
    return chunk(b"FORM", b"8SVX" + parts, ">")


def w64(note: bytes, sound: bytes) -> bytes:
    def part(name: bytes, content: bytes) -> bytes:
        return name + GUID + struct.pack("<Q", 24 + len(content)) + content + bytes(-len(content) % 8)

    parts = part(b"fmt ", FORM) + part(b"list", note) + part(b"data", sound) + part(b"list", note)
    return b"riff" + bytes(12) + struct.pack("<Q", 40 + len(parts)) + b"wave" + GUID + parts


def caf(note: bytes, sound: bytes) -> bytes:
    def part(name: bytes, content: bytes) -> bytes:
        return name + struct.pack(">Q", len(content)) + content

    edits = struct.pack(">I", len(note))
    return (
        b"caff\0\1\0\0"
        + part(b"desc", bytes(32))
        + part(b"info", note)
        + part(b"data", edits + sound)
        + part(b"uuid", note)
    )


def au(note: bytes, sound: bytes) -> bytes:
    return b".snd" + struct.pack(">IIIII", 24 + len(note), len(sound), 3, 44_100, 2) + note + sound


def dsdiff(note: bytes, sound: bytes) -> bytes:
    title = _big(b"DIIN", _big(b"DITI", struct.pack(">I", len(note)) + note))
    content = b"DSD " + _big(b"PROP", b"SND ") + title + _big(b"DST ", sound) + title
    return b"FRM8" + len(content).to_bytes(8, "big") + content


CHUNKED: dict[str, Callable[[bytes, bytes], bytes]] = {
    each.__name__: each for each in (wav, rifx, rf64, several, aiff, svx, w64, caf, au, dsdiff)
}


@pytest.mark.parametrize("sound", [SOUND, SOUND[:-1], SOUND[:1_000], SOUND[:999]], ids=len)
@pytest.mark.parametrize("kind", CHUNKED)
def test_the_sound_alone_counts(tmp_path: Path, kind: str, sound: bytes) -> None:
    path, make = tmp_path / "a", CHUNKED[kind]

    def identity(content: bytes) -> str:
        path.write_bytes(content)
        return identify(path)

    known = identity(make(b"", sound))
    assert {identity(make(NOTE * n, sound)) for n in (1, 2, 3, 5_000)} == {known}
    assert identity(id3_tag(99) + make(NOTE, sound) + b"TAG" + bytes(125)) == known, (
        "tags around it do not count either"
    )
    assert identity(make(NOTE, bytes([sound[0] ^ 1]) + sound[1:])) != known
    assert identity(make(NOTE, sound[:-1] + bytes([sound[-1] ^ 1]))) != known
    assert identity(make(NOTE, sound[:-2])) != known


def test_what_describes_the_samples_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(NOTE, SOUND))
    known = identify(path)
    path.write_bytes(wav(NOTE, SOUND, struct.pack("<HHIIHH", 1, 1, 44_100, 88_200, 2, 16)))
    assert identify(path) != known


@pytest.mark.parametrize(
    "content",
    [
        wav(NOTE, SOUND).replace(b"data" + struct.pack("<I", len(SOUND)), b"data\xff\xff\xff\xff", 1),
        wav(NOTE, SOUND).replace(b"data" + struct.pack("<I", len(SOUND)), b"data\0\0\0\0", 1),
        wav(NOTE, SOUND)[:-30],
        wav(NOTE, SOUND) + SOUND[:1_000],
        wav(NOTE, b""),
        b"RIFF\0\0\0\0WAVE",
        b"FORM\0\0\0\0AIFF" + SOUND,
        b"caff\0\1\0\0" + b"data" + b"\xff" * 8 + SOUND,
        b"riff" + bytes(36) + bytes(24) * 9,
        b"FRM8" + bytes(12),
        b"DSD " + bytes(200),
        b".snd" + bytes(8) + SOUND,
        b".snd\xff\xff\xff\xff" + SOUND,
        bytes.fromhex("1a45dfa3"),
        bytes.fromhex("1a45dfa3801853806788") + bytes(8),
        b"OggS" + bytes(60),
        b"OggS",
    ],
)
def test_a_file_whose_headers_are_wrong_is_what_it_was(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    identity, earlier = identities(path)
    assert identity == earlier + "-2"
    assert int(earlier.split("-")[0], 16) == len(content)


@given(
    st.sampled_from(sorted(CHUNKED)), st.binary(min_size=1, max_size=60), st.integers(0, 400), st.binary(max_size=12)
)
def test_any_content_has_its_sound_within_it(kind: str, sound: bytes, at: int, damage: bytes) -> None:
    content = CHUNKED[kind](b"note", sound)
    content = content[:at] + damage + content[at + len(damage) :]
    part = find_sound_payload(lambda start, count: content[start : start + count], len(content))
    assert part is None or 0 <= part.start < part.end <= len(content)


@pytest.mark.parametrize(("name", "codec"), [("a.mka", "aac"), ("a.webm", "libopus"), ("a.mkv", "flac")])
def test_a_matroska_file_with_other_tags_is_the_same(tmp_path: Path, name: str, codec: str) -> None:
    path = tmp_path / name
    format = "webm" if name == "a.webm" else "matroska"
    seen = set()
    for title in ("", "T", "T" * 40_000):
        encode(path, music(20.0), 48_000, format=format, codec=codec, tags={"title": title, "artist": title[::2]})
        seen.add(identify(path))
    assert len(seen) == 1
    encode(path, music(20.0) * 0.9, 48_000, format=format, codec=codec)
    assert identify(path) not in seen


# --- bounds, and identities of earlier versions -------------------------------------------------


@pytest.mark.parametrize("kind", CHUNKED)
def test_little_of_a_long_file_is_read(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(CHUNKED[kind](NOTE, SOUND * 40))
    n_read = 0
    real = identity_module._read

    def counted(source: Any, count: int) -> bytes:
        nonlocal n_read
        data = real(source, count)
        n_read += len(data)
        return data

    monkeypatch.setattr(identity_module, "_read", counted)
    identify(path)
    assert n_read < 2 * WHOLE_BELOW


def test_thousands_of_chunks_take_no_time(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVE" + chunk(b"junk", b"") * 500_000 + chunk(b"data", SOUND))
    identity, earlier = identities(path)
    assert identity == earlier + "-2"


def test_the_earlier_identity_is_that_of_the_first_version(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(wav(NOTE, SOUND))
    assert identities(path)[1] == "61d78-390e74e3bf43362a7989a9c15dd3fdcf"
    path.write_bytes(SOUND)
    assert identities(path) == [identify(path)], "other formats have one identity"


@pytest.mark.parametrize(
    ("identity", "path", "expected"),
    [
        ("12-ab", "/a.wav", True),
        ("12-ab", "/a.WAV", True),
        ("12-ab-2", "/a.wav", False),
        ("12-ab", "/a.mp3", False),
        ("12-ab", os.fsdecode(b"/\xff.ogg"), True),
    ],
)
def test_identities_by_earlier_rules_are_known_by_their_form(identity: str, path: str, expected: bool) -> None:
    assert may_be_earlier(identity, path) is expected


def test_endings_are_those_of_the_scan() -> None:
    from genre_desktop.library.scan.scan import AUDIO_ENDINGS

    assert ENDINGS - {".mkv"} <= AUDIO_ENDINGS


def test_flac_and_mp4_keep_the_identity_that_they_had(tmp_path: Path) -> None:
    for name in ("a.flac", "a.m4a"):
        path = encode(
            tmp_path / name,
            music(1.0),
            format="flac" if name == "a.flac" else "mp4",
            codec=name[2:].replace("m4a", "aac"),
        )
        assert len(identities(path)) == 1
        content = path.read_bytes()
        part = find_audio_payload(lambda start, count, c=content: c[start : start + count], len(content))  # type: ignore[misc]
        assert part.start > 0
