from __future__ import annotations

import os
import random
import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioError, AudioReadError
from genre_desktop.library.files import identity as identity_module
from genre_desktop.library.files.audio_payload import AudioPayload, find_audio_payload
from genre_desktop.library.files.identity import WHOLE_BELOW, identify
from tests.support.odd_files import encode, id3_tag, music, write_mp3, write_sound

LONG = random.Random(1).randbytes(1 << 20)
SHORT = LONG[:1000]


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.mp3"


@pytest.mark.parametrize("content", [SHORT, LONG])
def test_a_moved_renamed_or_copied_file_is_the_same(file: Path, content: bytes) -> None:
    known = identify(put(file, content))
    copy = put(file.with_name("ünrelated 名.flac"), content)
    os.utime(copy, (1, 1))
    assert identify(copy) == identify(str(copy)) == known


@pytest.mark.parametrize("content", [b"x", SHORT, LONG[:WHOLE_BELOW], LONG[: WHOLE_BELOW + 1], LONG])
def test_another_length_or_end_is_another_file(file: Path, content: bytes) -> None:
    known = identify(put(file, content))
    others = [
        content + b"\0",
        content[:-1],
        bytes([content[0] ^ 1]) + content[1:],
        content[:-1] + bytes([content[-1] ^ 1]),
    ]
    assert known not in {identify(put(file, other)) for other in others if other}


def test_every_byte_of_a_short_file_counts(file: Path) -> None:
    seen = {identify(put(file, SHORT[:i] + bytes([SHORT[i] ^ 4]) + SHORT[i + 1 :])) for i in range(0, 1000, 7)}
    assert len(seen) == len(range(0, 1000, 7))


def test_files_that_differ_in_the_middle_have_different_identities(file: Path) -> None:
    # Two parts of one recording: equally long, silent where they begin and end.
    silence = bytes(100_000)
    parts = [silence + bytes([value]) * 600_000 + silence for value in (1, 2)]
    assert identify(put(file, parts[0])) != identify(put(file, parts[1]))


@pytest.mark.parametrize("size", [1, 1000, WHOLE_BELOW, WHOLE_BELOW + 1, 10 << 20])
def test_little_is_read(file: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with put(file, b"").open("wb") as made:
        made.truncate(size)
    n_read = 0
    real = identity_module._read

    def counted(source, count):
        nonlocal n_read
        data = real(source, count)
        n_read += len(data)
        return data

    monkeypatch.setattr(identity_module, "_read", counted)
    identify(file)
    assert n_read <= min(size, WHOLE_BELOW) + 200


@pytest.mark.parametrize("name", ["missing", "x/below a file", "null\0", "n" * 5000, "folder", "empty", "pipe"])
def test_what_is_no_file_has_the_error_of_the_decoder(tmp_path: Path, name: str) -> None:
    put(tmp_path / "x", SHORT)
    put(tmp_path / "empty", b"")
    (tmp_path / "folder").mkdir()
    if name == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes here")
        os.mkfifo(tmp_path / "pipe")
    caught = []
    for look in (identify, SourceFile):
        with pytest.raises(AudioError) as error:
            look(tmp_path / name)
        caught.append((type(error.value), error.value.values))
    assert caught[0] == caught[1]


def test_a_failing_drive_is_reported(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(source, count):
        raise OSError(5, "Input/output error")

    put(file, SHORT)
    monkeypatch.setattr(identity_module, "_read", failing)
    with pytest.raises(AudioReadError, match="Input/output error"):
        identify(file)


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are not any bytes there")
def test_names_of_any_bytes(tmp_path: Path) -> None:
    path = put(tmp_path / os.fsdecode(b"\xff\xe9.mp3"), SHORT)
    assert identify(path) == identify(os.fsencode(path).decode("utf-8", "surrogateescape"))


# --- tags -----------------------------------------------------------------------------------

APE_HEADED = b"APETAGEX" + struct.pack("<IIII", 2000, 132, 1, 1 << 31 | 1 << 29) + bytes(8)
APE_FOOT = b"APETAGEX" + struct.pack("<IIII", 2000, 132, 1, 1 << 31) + bytes(8)
APE = APE_HEADED + bytes(100) + APE_FOOT
ID3V1 = b"TAG" + bytes(125)


@pytest.mark.parametrize("sound", [SHORT, LONG])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (id3_tag(5), b""),
        (id3_tag(70_000), b""),
        (id3_tag(9) * 2, ID3V1),
        (b"", ID3V1),
        (b"", APE),
        (id3_tag(9), APE + ID3V1),
    ],
)
def test_tags_around_the_sound_do_not_count(file: Path, sound: bytes, before: bytes, after: bytes) -> None:
    assert identify(put(file, before + sound + after)) == identify(put(file, sound))
    other = bytes([sound[0] ^ 1]) + sound[1:]
    assert identify(put(file, before + other + after)) != identify(put(file, sound))


@pytest.mark.parametrize(
    "content",
    [
        id3_tag(100),  # nothing but a tag
        id3_tag(100)[:50],
        b"ID3\x04\x00\x00\xff\xff\xff\xff" + SHORT,
        b"ID3",
        ID3V1,
        APE,
        APE_FOOT,
        b"fLaC",
        b"fLaC" + bytes(3),
        b"fLaC\x80\xff\xff\xff" + SHORT,
        b"fLaC" + bytes(4) * 200,
        b"OggS" + SHORT,
        b"OggS" + bytes(23) * 9,
        b"\0\0\0\x10ftypM4A " + bytes(4) + SHORT,
        b"\0\0\0\x10ftypM4A " + bytes(4) + b"\0\1\0\0mdat" + SHORT,
        b"\0\0\0\x10ftypM4A " + bytes(4) + b"\0\0\0\1mdat" + b"\xff" * 8 + SHORT,
        b"\0\0\0\x10ftypM4A " + bytes(4) + b"\0\0\0\x08free" * 300,
        bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + b"\xff" * 8 + SHORT,
        bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
        SHORT + APE_FOOT[:12] + b"\xff" * 4 + APE_FOOT[16:],
    ],
)
def test_tags_that_make_no_sense_count_as_content(file: Path, content: bytes) -> None:
    known = identify(put(file, content))
    assert int(known.split("-")[0], 16) == len(content)
    assert identify(put(file, content[:-1] + bytes([content[-1] ^ 1]))) != known


@given(
    st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"ID3\x04\0\0\0\0\0\x05hello" + tail + APE_FOOT)
)
def test_any_content_has_a_part_within_it(content: bytes) -> None:
    part = find_audio_payload(lambda start, count: content[start : start + count], len(content))
    assert 0 <= part.start <= part.end <= len(content)
    assert part.start < part.end or part == AudioPayload(0, len(content))


MAKERS = {
    "a.mp3": write_mp3,
    "a.flac": lambda path, sound: encode(path, sound, format="flac", codec="flac"),
    "a.ogg": lambda path, sound: write_sound(path, sound, format="OGG", subtype="VORBIS"),
    "a.opus": lambda path, sound: encode(path, sound, 48_000, format="ogg", codec="libopus"),
    "end.m4a": lambda path, sound: encode(path, sound, format="mp4", codec="aac"),
    "front.m4a": lambda path, sound: encode(
        path, sound, format="mp4", codec="aac", container_options={"movflags": "faststart"}
    ),
    "a.wma": lambda path, sound: encode(path, sound, format="asf", codec="wmav2", bit_rate=64_000),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_tagged_file_is_the_same_and_another_sound_is_not(tmp_path: Path, name: str) -> None:
    import mutagen

    path = tmp_path / name
    MAKERS[name](path, music(20.0))
    file = mutagen.File(path, easy=True)
    if file.tags is None:
        file.add_tags()
    title, genre = ("Title", "WM/Genre") if name == "a.wma" else ("title", "genre")
    file[title] = ["T"]
    file.save()
    known = identify(path)
    # Longer than what programs leave free for tags, so that the sound has to move; but no further page of Ogg.
    for n in (3, 100 if name in {"a.ogg", "a.opus"} else 30_000):
        before = path.read_bytes()
        file[title], file[genre] = ["T" * n], ["Jazz"]
        file.save()
        assert identify(path) == known
        assert path.read_bytes() != before
    MAKERS[name](path, music(20.0) * 0.9)
    file = mutagen.File(path, easy=True)
    if file.tags is None:
        file.add_tags()
    file[title] = ["T"]
    file.save()
    assert identify(path) != known


@pytest.mark.parametrize("name", MAKERS)
def test_damage_at_any_place_leaves_an_identity_of_its_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    MAKERS[name](path, music(3.0))
    content = path.read_bytes()
    known = identify(path)
    for length in range(1, len(content), max(1, len(content) // 40)):
        assert identify(put(path, content[:length])) != known
    for start in range(0, len(content), max(1, len(content) // 40)):
        identify(put(path, content[:start] + b"\xff\x00\xfe" * 7 + content[start + 21 :]))


def test_the_head_of_flac_counts(file: Path) -> None:
    def flac(rate: bytes, comment: bytes) -> bytes:
        return b"fLaC" + b"\0\0\0\x22" + rate * 17 + b"\x84" + len(comment).to_bytes(3, "big") + comment + SHORT

    known = identify(put(file, flac(b"\x01\x02", b"hello")))
    assert identify(put(file, flac(b"\x01\x02", b"longer comment"))) == known
    assert identify(put(file, flac(b"\x01\x03", b"hello"))) != known
