"""Headers that promise less than the file holds are no damage, and those that promise more are."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.core.errors import DamagedAudioError
from tests.support.odd_files import encode, music, write_sound
from tests.support.rare_files import LIST_CHUNK, patched, write_dsf

RATE, SECONDS = 44_100, 5.0
SOUND = music(SECONDS, RATE, 2)
N_BYTES = 4 * len(SOUND)
TAG = b"TAG" + bytes(125)

Promise = Callable[[int], int]
LESS: dict[str, Promise] = {"0": lambda n: 0, "a hundred": lambda n: 100, "half": lambda n: n // 2}
MORE: dict[str, Promise] = {"double": lambda n: 2 * n}
OPEN: dict[str, Promise] = {"all ones": lambda n: -1}


def _number(n: int, width: int, order: str) -> bytes:
    return (n % (1 << 8 * width)).to_bytes(width, order)  # type: ignore[arg-type]


def _wav(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE).read_bytes()
    return patched(content, content.find(b"data") + 4, _number(promise(N_BYTES), 4, "little"))


def _wav_riff(folder: Path, promise: Promise) -> bytes:
    return patched(_wav(folder, promise), 4, _number(promise(N_BYTES) + 36, 4, "little"))


def _rf64(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="RF64").read_bytes()
    return patched(content, content.find(b"ds64") + 16, _number(promise(N_BYTES), 8, "little"))


def _bw64(folder: Path, promise: Promise) -> bytes:
    return b"BW64" + _rf64(folder, promise)[4:]


def _w64(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="W64").read_bytes()
    return patched(content, content.find(b"data\xf3\xac") + 16, _number(promise(N_BYTES + 24), 8, "little"))


def _aiff(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="AIFF").read_bytes()
    content = patched(content, content.find(b"COMM") + 10, _number(promise(len(SOUND)), 4, "big"))
    return patched(content, content.find(b"SSND") + 4, _number(promise(N_BYTES + 8), 4, "big"))


def _aiff_count(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="AIFF").read_bytes()
    return patched(content, content.find(b"COMM") + 10, _number(promise(len(SOUND)), 4, "big"))


def _aiff_both(folder: Path, promise: Promise) -> bytes:
    content = _aiff(folder, lambda n: promise(N_BYTES))
    return patched(content, content.find(b"COMM") + 10, _number(promise(N_BYTES) // 4, 4, "big"))


def _au(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="AU").read_bytes()
    return patched(content, 8, _number(promise(N_BYTES), 4, "big"))


def _caf(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="CAF", subtype="PCM_16").read_bytes()
    return patched(content, content.find(b"data") + 4, _number(promise(N_BYTES + 4), 8, "big"))


def _flac(folder: Path, promise: Promise) -> bytes:
    content = write_sound(folder / "w", SOUND, RATE, format="FLAC").read_bytes()
    count = promise(len(SOUND)) % (1 << 36)
    fields = int.from_bytes(content[21:26], "big") >> 36 << 36 | count
    return patched(content, 21, fields.to_bytes(5, "big"))


def _dsf(folder: Path, promise: Promise) -> bytes:
    rate, n = 44_100 * 64, int(SECONDS * 44_100 * 64)
    path = write_dsf(folder / "w", SECONDS, rate, n_samples=promise(n) % (1 << 64), size=promise(n // 8) % (1 << 64))
    return path.read_bytes()


def _mp3(folder: Path, promise: Promise) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="mp3", codec="libmp3lame", bit_rate=128_000).read_bytes()
    at = content.find(b"Info") + 8
    return patched(content, at, _number(promise(int.from_bytes(content[at : at + 4], "big")), 4, "big"))


def _wavpack(folder: Path, promise: Promise) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="wv", codec="wavpack").read_bytes()
    return patched(content, 12, _number(promise(len(SOUND)), 4, "little"))


def _wma(folder: Path, promise: Promise) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="asf", codec="wmav2", bit_rate=128_000).read_bytes()
    at = content.find(bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")) + 16
    return patched(content, at, _number(promise(int.from_bytes(content[at : at + 8], "little")), 8, "little"))


def _matroska(folder: Path, promise: Promise) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="matroska", codec="aac").read_bytes()
    return patched(content, content.find(b"\x44\x89\x88") + 3, struct.pack(">d", promise(5_000)))


def _m4a(field: bytes, offset: int) -> Callable[[Path, Promise], bytes]:
    def make(folder: Path, promise: Promise) -> bytes:
        content = encode(folder / "w", SOUND, RATE, format="ipod", codec="aac").read_bytes()
        at = content.find(field) + offset
        return patched(content, at, _number(promise(int.from_bytes(content[at : at + 4], "big")), 4, "big"))

    return make


WITH_SIZE = {
    "wav": _wav,
    "wav, RIFF too": _wav_riff,
    "rf64": _rf64,
    "bw64": _bw64,
    "w64": _w64,
    "aiff": _aiff,
    "au": _au,
    "caf": _caf,
    "flac": _flac,
    "dsf": _dsf,
}
OTHERS = {
    "aiff, samples": _aiff_count,
    "mp3": _mp3,
    "wavpack": _wavpack,
    "wma": _wma,
    "matroska": _matroska,
    "m4a, mdhd": _m4a(b"mdhd", 20),
    "m4a, mvhd": _m4a(b"mvhd", 20),
    "m4a, stts count": _m4a(b"stts", 12),
    "m4a, stts delta": _m4a(b"stts", 16),
    "m4a, edit list": _m4a(b"elst", 12),
    "m4a, start of edit list": lambda folder, promise: _m4a(b"elst", 16)(folder, lambda n: n + promise(100_000)),
}


def _seconds(path: Path) -> tuple[float, str]:
    with open_audio(path) as reader:
        count = sum(map(len, reader.blocks(22_050)))
        return count / 22_050, "" if reader.problem is None else reader.problem.code


@pytest.mark.parametrize("promise", LESS)
@pytest.mark.parametrize("name", [*WITH_SIZE, *OTHERS])
def test_less_than_there_is(tmp_path: Path, name: str, promise: str) -> None:
    path = tmp_path / "x"
    path.write_bytes((WITH_SIZE | OTHERS)[name](tmp_path, LESS[promise]))
    seconds, problem = _seconds(path)
    assert seconds == pytest.approx(SECONDS, abs=0.06)
    assert problem == ""
    try:
        with open_excerpts(path) as reader:
            assert reader.length_s == pytest.approx(SECONDS, abs=0.06)
            late = next(reader.read([(4 * 22_050)], 4_000, 22_050))
            assert np.abs(late).max() > 0.05
    except CannotSeekError:
        pass
    with open_random_access(path) as access:
        late_frames = access.read(int(4.5 * access.sample_rate), 2_000)
        assert len(late_frames) == 2_000 and np.abs(late_frames).max() > 0.05


@pytest.mark.parametrize("name", ["wav", "rf64", "bw64", "w64", "aiff", "au", "caf", "flac"])
@pytest.mark.parametrize("promise", [*LESS, *OPEN])
def test_excerpts_of_a_wrong_header_are_those_of_the_right_one(tmp_path: Path, name: str, promise: str) -> None:
    if (name, promise) == ("flac", "all ones"):
        pytest.skip("a number that is taken for one")
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_bytes(WITH_SIZE[name](tmp_path, lambda n: n))
    wrong.write_bytes(WITH_SIZE[name](tmp_path, (LESS | OPEN)[promise]))
    with open_excerpts(right) as expected, open_excerpts(wrong) as found:
        assert found.length_s == expected.length_s == SECONDS
        for one, other in zip(
            expected.read([0, 80_000], 5_000, 22_050), found.read([0, 80_000], 5_000, 22_050), strict=True
        ):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", [*WITH_SIZE, "mp3", "wavpack"])
def test_more_than_there_is_is_damage(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes((WITH_SIZE | OTHERS)[name](tmp_path, MORE["double"]))
    seconds, problem = _seconds(path)
    assert seconds == pytest.approx(SECONDS, abs=0.06)
    assert problem == "GD-106"
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


@pytest.mark.parametrize("promise", [*LESS, *OPEN, "right"])
@pytest.mark.parametrize(
    ("tail", "what"),
    [(LIST_CHUNK, "chunk"), (LIST_CHUNK + TAG, "chunk and tag"), (TAG, "tag"), (bytes(60_000), "zeros")],
)
def test_what_stands_behind_the_sound_is_no_sound(tmp_path: Path, promise: str, tail: bytes, what: str) -> None:
    if what == "zeros" and promise != "right":
        pytest.skip("silence, for all that the file tells")
    path = tmp_path / "x"
    path.write_bytes(_wav(tmp_path, (LESS | OPEN | {"right": lambda n: n})[promise]) + tail)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
    assert len(samples) == len(SOUND)
    np.testing.assert_allclose(samples, SOUND.mean(axis=1), atol=1e-4)


@pytest.mark.parametrize(
    "tail",
    [
        np.random.default_rng(0).bytes(90_000),
        b"PK\x03\x04" + bytes(90_000),
        b"<html>404</html>\n" * 9_000,
        b"\xff\xd8\xff" + b"\x20\x40" * 40_000,
    ],
    ids=["noise", "archive", "page", "picture"],
)
def test_garbage_behind_the_sound_is_no_sound(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(_wav(tmp_path, lambda n: n) + tail)
    assert _seconds(path) == (SECONDS, "")


@pytest.mark.parametrize("format", ["wav", "wav with tags", "aiff", "au"])
def test_a_size_that_overflowed_at_4_gib(tmp_path: Path, format: str) -> None:
    rate, count = 768_000, (1 << 32) + 768_000
    wrapped = count % (1 << 32)
    pieces = {
        "wav": b"RIFF" + struct.pack("<I", wrapped + 36) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8) + b"data" + struct.pack("<I", wrapped),
        "aiff": b"FORM\0\x10\0\0AIFFCOMM" + struct.pack(">IHIH", 18, 1, wrapped, 8)
        + struct.pack(">HQ", 16_383 + 19, rate << 44) + b"SSND" + struct.pack(">III", wrapped + 8, 0, 0),
        "au": b".snd" + struct.pack(">IIIII", 24, wrapped, 2, rate, 1),
    }  # fmt: skip
    head, tail = pieces[format.split()[0]], LIST_CHUNK if "tags" in format else b""
    noise = np.random.default_rng(1).integers(100, 150, 200_000, dtype=np.uint8).tobytes()
    path = tmp_path / "x"
    try:
        with open(path, "wb") as file:
            file.write(head)
            file.seek(len(head) + count - len(noise))  # a hole: the file takes no room
            file.write(noise + tail)
    except OSError:
        pytest.skip("no room for a large file")
    with open_excerpts(path) as reader:
        assert reader.length_s == count / rate
        start = int((reader.length_s - 0.2) * 22_050)
        assert np.abs(next(reader.read([start], 2_000, 22_050))).max() > 0.01
    with open_random_access(path) as access:
        assert access.n_frames == count and access.is_seekable
    with open_audio(path) as reader_in_full:
        assert reader_in_full.info.duration_s == count / rate


def test_a_second_chunk_of_sound_is_read_too(tmp_path: Path) -> None:
    content = _wav(tmp_path, lambda n: n)
    path = tmp_path / "x"
    path.write_bytes(content + b"data" + struct.pack("<I", N_BYTES) + content[-N_BYTES:])
    assert _seconds(path) == (2 * SECONDS, "")


@pytest.mark.parametrize("promise", [*LESS, "double", "all ones"])
def test_packed_sound_in_caf_needs_no_size(tmp_path: Path, promise: str) -> None:
    content = write_sound(tmp_path / "w", SOUND, RATE, format="CAF", subtype="ALAC_16").read_bytes()
    path = tmp_path / "x"
    at = content.find(b"data") + 4
    path.write_bytes(patched(content, at, _number((LESS | MORE | OPEN)[promise](len(content)), 8, "big")))
    if promise in ("half", "a hundred"):
        pytest.skip("a table of packets follows the sound, or does not")
    assert _seconds(path) == (SECONDS, "")


@pytest.mark.parametrize(
    ("name", "promised"),
    [
        ("wav", 0x7FFF_F000),
        ("wav", 0x7FFF_F024),
        ("wav", 0xFFFF_F000),
        ("wav, RIFF too", 0xFFFF_FFDB),
        ("rf64", 2**63 - 1),
        ("w64", 2**63 - 1),
        ("w64", 2**63 - 25),
        ("aiff, both", 0x7F00_0000),
        ("au", 0x7FFF_F000),
        ("caf", 2**63 - 1),
    ],
)
def test_what_stands_for_an_unknown_length_is_no_damage(tmp_path: Path, name: str, promised: int) -> None:
    path = tmp_path / "x"
    path.write_bytes((WITH_SIZE | {"aiff, both": _aiff_both})[name](tmp_path, lambda n: promised))
    seconds, problem = _seconds(path)
    assert (seconds, problem) == (pytest.approx(SECONDS, abs=0.06), "")
    with open_excerpts(path) as reader:
        assert reader.length_s == pytest.approx(SECONDS, abs=0.06)


@pytest.mark.parametrize("name", [b"JUNK", b"bext", b"note"])
def test_a_chunk_of_odd_length_without_its_byte_of_padding(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / "x"
    content = write_sound(path, SOUND, RATE).read_bytes()
    path.write_bytes(content[:12] + name + struct.pack("<I", 7) + bytes(7) + content[12:])
    assert _seconds(path) == (pytest.approx(SECONDS, abs=0.01), "")


def test_a_caf_file_whose_table_of_packets_is_lost_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = encode(path, SOUND, RATE, format="caf", codec="alac").read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4])
    with pytest.raises(DamagedAudioError):
        open_audio(path)


@pytest.mark.parametrize("size", [0, 8, 9, 2_000, 100_000_000, 0xFFFF_FFFF])
def test_m4a_whose_sound_has_a_wrong_size_before_its_index(tmp_path: Path, size: int) -> None:
    path = tmp_path / "x"
    content = encode(path, SOUND, RATE, format="ipod", codec="aac").read_bytes()
    assert 0 < content.find(b"mdat") < content.find(b"moov")
    path.write_bytes(patched(content, content.find(b"mdat") - 4, _number(size, 4, "big")))
    seconds, problem = _seconds(path)
    assert (seconds, problem) == (pytest.approx(SECONDS, abs=0.06), "")
