from __future__ import annotations

import os
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest
from mutagen import apev2, asf, id3, mp4
from mutagen.aiff import AIFF
from mutagen.wave import WAVE

from genre_desktop.core.errors import AudioEmptyError, AudioIsFolderError, AudioNotFoundError
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.files.identity import identify
from genre_desktop.library.result import FileFacts
from tests.support.odd_files import encode, id3_tag, make_odd_files, music, write_mp3, write_sound
from training.datasets.artists import read_artist_tag

SOUND = music(1.0)
FULL = {"title": ["Tïtle 音"], "artist": ["One", "Two"], "album": ["Album"], "genre": ["Hard Bop", "Jazz"]}


def _easy(path: Path, **fields: list[str]) -> None:
    file = mutagen.File(path, easy=True)
    if file.tags is None:
        file.add_tags()
    for name, values in fields.items():
        file[name] = values
    file.save()


def _id3(tags: id3.ID3, **fields: list[str]) -> None:
    frames = {"title": id3.TIT2, "artist": id3.TPE1, "album": id3.TALB, "genre": id3.TCON}
    for name, values in fields.items():
        tags.add(frames[name](encoding=3, text=values))


def _mp3(path: Path, **fields: list[str]) -> None:
    _easy(write_mp3(path, SOUND), **fields)


def _mp3_v23(path: Path, **fields: list[str]) -> None:
    write_mp3(path, SOUND)
    tags = id3.ID3()
    _id3(tags, **fields)
    tags.save(path, v2_version=3, v23_sep=None)


def _flac(path: Path, **fields: list[str]) -> None:
    _easy(write_sound(path, SOUND, format="FLAC"), **fields)


def _vorbis(path: Path, **fields: list[str]) -> None:
    _easy(write_sound(path, SOUND, format="OGG", subtype="VORBIS"), **fields)


def _opus(path: Path, **fields: list[str]) -> None:
    _easy(encode(path, music(1.0, 48_000), 48_000, format="ogg", codec="libopus"), **fields)


def _m4a(path: Path, **fields: list[str]) -> None:
    _easy(encode(path, SOUND, format="mp4", codec="aac"), **fields)


def _wma(path: Path, **fields: list[str]) -> None:
    encode(path, SOUND, format="asf", codec="wmav2", bit_rate=64_000)
    names = {"title": "Title", "artist": "Author", "album": "WM/AlbumTitle", "genre": "WM/Genre"}
    file = asf.ASF(path)
    for name, values in fields.items():
        file[names[name]] = values
    file.save()


def _wav(path: Path, **fields: list[str]) -> None:
    file = WAVE(write_sound(path, SOUND))
    file.add_tags()
    _id3(file.tags, **fields)
    file.save()


def _aiff(path: Path, **fields: list[str]) -> None:
    file = AIFF(write_sound(path, SOUND, format="AIFF", subtype="PCM_16"))
    file.add_tags()
    _id3(file.tags, **fields)
    file.save()


def _wavpack(path: Path, **fields: list[str]) -> None:
    encode(path, SOUND, format="wv", codec="wavpack")
    tags = apev2.APEv2()
    for name, values in fields.items():
        tags[name.title()] = values
    tags.save(path)


WRITERS: dict[str, Callable[..., None]] = {
    "a.mp3": _mp3,
    "a 2.3.mp3": _mp3_v23,
    "a.flac": _flac,
    "a.ogg": _vorbis,
    "a.opus": _opus,
    "a.m4a": _m4a,
    "a.wma": _wma,
    "a.wav": _wav,
    "a.aiff": _aiff,
    "a.wv": _wavpack,
}
each_kind = pytest.mark.parametrize("name", WRITERS)


@each_kind
def test_tags_of_each_kind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, **FULL)
    status = path.stat()
    assert read_facts(path) == FileFacts(
        status.st_size, status.st_mtime_ns, identify(path), "Tïtle 音", "One, Two", "Album", ("Hard Bop", "Jazz")
    )


@each_kind
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["17"], ("Rock",)),
        (["(17)"], ("Rock",)),
        (["(4)Eurodisco"], ("Disco", "Eurodisco")),
        (["255"], ()),
        (["9999"], ()),
        (["Jazz", "Jazz", " Jazz "], ("Jazz",)),
        (["a\x00b\tc\n"], ("a", "b c")),
        ([" ", "Blues"], ("Blues",)),
    ],
)
def test_genres_are_names_once_each(tmp_path: Path, name: str, given: list[str], expected: tuple[str, ...]) -> None:
    path = tmp_path / name
    WRITERS[name](path, genre=given)
    assert read_facts(path).tagged_genres == expected


@each_kind
def test_tags_beyond_measure_are_cut(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](
        path,
        title=["x" * 100_000],
        artist=[f"artist {i}" for i in range(500)],
        genre=list("abcdefghijklmnopqrstuvwxyz"),
    )
    facts = read_facts(path)
    assert facts.title == "x" * 300
    assert len(facts.tagged_genres) == 20
    assert len(facts.artist) <= 300


@each_kind
def test_a_file_without_tags(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    facts = read_facts(path)
    assert (facts.title, facts.artist, facts.album, facts.tagged_genres) == ("", "", "", ())
    assert facts.size == path.stat().st_size


@each_kind
def test_damage_at_any_place_is_no_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path, **FULL)
    content = path.read_bytes()
    for start in range(0, min(len(content), 4000), 61):
        path.write_bytes(content[:start] + b"\xff\x00\xfe" * 7 + content[start + 21 :])
        assert read_facts(path).size >= len(content) - 21
    for length in range(1, min(len(content), 3000), 97):
        path.write_bytes(content[:length])
        assert read_facts(path).size == length


def test_id3v1_alone(tmp_path: Path) -> None:
    path = write_mp3(tmp_path / "a.mp3", SOUND)
    tags = id3.ID3()
    _id3(tags, title=["Old"], artist=["Older"], genre=["Reggae"])
    path.write_bytes(path.read_bytes() + id3.MakeID3v1(tags))
    id3.delete(path, delete_v1=False, delete_v2=True)
    facts = read_facts(path)
    assert (facts.title, facts.artist, facts.tagged_genres) == ("Old", "Older", ("Reggae",))


def test_the_artist_of_the_album_counts_where_there_is_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    _flac(path, albumartist=["Everybody"], artist=[" "])
    assert read_facts(path).artist == "Everybody"
    path = encode(tmp_path / "a.m4a", SOUND, format="mp4", codec="aac")
    file = mp4.MP4(path)
    file["aART"] = ["Various"]
    file.save()
    assert read_facts(path).artist == "Various"


def test_a_large_picture_does_no_harm(tmp_path: Path) -> None:
    path = write_mp3(tmp_path / "a.mp3", SOUND)
    path.write_bytes(id3_tag(3 << 20) + path.read_bytes())
    assert read_facts(path).title == ""


def test_lone_surrogates_do_not_come_out_of_a_tag(tmp_path: Path) -> None:
    path = write_mp3(tmp_path / "a.mp3", SOUND)
    text = b"\x01\xff\xfe" + "a".encode("utf-16-le") + b"\x00\xd8" + "b".encode("utf-16-le")
    frame = b"TIT2" + len(text).to_bytes(4, "big") + b"\0\0" + text
    path.write_bytes(b"ID3\x03\0\0" + bytes([0, 0, 0, len(frame)]) + frame + path.read_bytes())
    read_facts(path).title.encode("utf-8")


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    for name, kind in (("", AudioIsFolderError), ("missing", AudioNotFoundError), ("empty.mp3", AudioEmptyError)):
        with pytest.raises(kind):
            read_facts(tmp_path / name)
    with pytest.raises(AudioNotFoundError):
        read_facts(f"{tmp_path}/null\0")


def test_a_changed_file_has_other_facts(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", SOUND)
    before = read_facts(path)
    write_sound(path, 0.5 * SOUND)
    os.utime(path, ns=(before.mtime_ns, before.mtime_ns + 1))
    after = read_facts(path)
    assert after.size == before.size
    assert after.identity != before.identity and after.mtime_ns == before.mtime_ns + 1


def test_odd_files_have_facts_or_a_typed_error(tmp_path: Path) -> None:
    from genre_desktop.core.errors import AudioError

    n_facts = 0
    for odd in make_odd_files(tmp_path):
        try:
            facts = read_facts(odd.path)
        except AudioError as error:
            assert error.values["path"] == odd.path
        else:
            n_facts += 1
            assert facts.size == odd.path.stat().st_size
    assert n_facts > 30


# --- tags that unpack -----------------------------------------------------------------------


def _compressed(path: Path, version: int, text: bytes) -> Path:
    """An MP3 whose title is a compressed frame of ID3."""

    def syncsafe(number: int) -> bytes:
        return bytes([number >> 21 & 127, number >> 14 & 127, number >> 7 & 127, number & 127])

    content = b"\x03" + text
    packed = zlib.compress(content, 9)
    if version == 4:
        body = syncsafe(len(content)) + packed
        frame = b"TIT2" + syncsafe(len(body)) + b"\x00\x09" + body
    else:
        body = struct.pack(">I", len(content)) + packed
        frame = b"TIT2" + struct.pack(">I", len(body)) + b"\x00\x80" + body
    tag = b"ID3" + bytes([version, 0, 0]) + syncsafe(len(frame)) + frame
    path.write_bytes(tag + write_mp3(path, SOUND).read_bytes())
    return path


@pytest.mark.parametrize("version", [3, 4])
def test_a_compressed_frame_is_read_and_one_that_unpacks_to_gigabytes_is_not(tmp_path: Path, version: int) -> None:
    assert read_facts(_compressed(tmp_path / "a.mp3", version, b"Packed")).title == "Packed"
    bomb = _compressed(tmp_path / "b.mp3", version, b"a" * (100 << 20))
    assert bomb.stat().st_size < 1 << 20
    tracemalloc.start()
    try:
        assert read_facts(bomb).title == ""
        assert read_artist_tag(bomb) is None
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()
