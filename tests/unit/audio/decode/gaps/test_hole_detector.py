"""Sound that is missing in the middle is told in every format, and whole files are no damage."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import BrokeOffError, CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.gaps.missing_sound import MissingSound
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from tests.support.odd_files import encode, id3_tag, write_sound
from tests.support.rare_files import write_tracks

RATE, SECONDS = 44_100, 30.0


def _noise(seconds: float = SECONDS, rate: int = RATE) -> np.ndarray:
    """Packets of noise are equally long, so that a share of the bytes is a share of the time."""
    return np.random.default_rng(1).normal(0.0, 0.1, (round(seconds * rate), 2)).astype(np.float32)


def _coded(format: str, codec: str, rate: int = RATE, **options: str) -> Callable[[Path], bytes]:
    def make(path: Path) -> bytes:
        sound = _noise(SECONDS, rate)
        encode(path, sound, rate, format=format, codec=codec, bit_rate=128_000, container_options=options)
        return path.read_bytes()

    return make


def _written(format: str, subtype: str) -> Callable[[Path], bytes]:
    return lambda path: write_sound(path, _noise(), RATE, format=format, subtype=subtype).read_bytes()


FILES: dict[str, Callable[[Path], bytes]] = {
    "vorbis": _written("OGG", "VORBIS"),
    "opus": _coded("ogg", "libopus", 48_000),
    "ogg flac": _coded("ogg", "flac"),
    "flac": _written("FLAC", "PCM_16"),
    "webm": _coded("webm", "libopus", 48_000),
    "matroska": _coded("matroska", "aac"),
    "matroska, mp3": _coded("matroska", "libmp3lame"),
    "ts": _coded("mpegts", "aac"),
    "ts, mp2": _coded("mpegts", "mp2"),
    "mpeg": _coded("mpeg", "mp2"),
    "vob": _coded("vob", "ac3", 48_000),
    "flv": _coded("flv", "libmp3lame"),
    "flv, aac": _coded("flv", "aac"),
    "avi": _coded("avi", "libmp3lame"),
    "avi, ac3": _coded("avi", "ac3"),
    "m4a": _coded("mp4", "aac"),
    "wma": _coded("asf", "wmav2"),
    "mp3": _coded("mp3", "libmp3lame", write_xing="0"),
    "mp3 with its length": _coded("mp3", "libmp3lame"),
    "mp2": _coded("mp2", "mp2"),
    "aac": _coded("adts", "aac"),
    "ac3": _coded("ac3", "ac3", 48_000),
    "eac3": _coded("eac3", "eac3", 48_000),
    "loas": _coded("latm", "aac"),
    "avi, pcm": _coded("avi", "pcm_s16le"),
    "avi, aac": _coded("avi", "aac"),
    "nut": _coded("nut", "mp2"),
    "tta": _coded("tta", "tta"),
}
TOLD = re.compile(r"([\d.]+) s are missing in the middle, (?:at|in several places from) ([\d.]+) s")


def _read(path: Path) -> tuple[float, str]:
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(RATE))) / RATE
        reason = "" if reader.problem is None else str(reader.problem.values["reason"])
        assert reader.problem is None or reader.problem.values["seconds_read"] == pytest.approx(seconds, abs=0.05)
        return seconds, reason


def _require_hole(
    path: Path, at_s: float, *, missing_s: float | None = None, is_found_by_decoding: bool = False
) -> None:
    seconds, reason = _read(path)
    told = TOLD.search(reason)
    assert told is not None, (seconds, reason)
    assert "at the end" not in reason
    if missing_s is not None:
        assert SECONDS - seconds == pytest.approx(missing_s, abs=2.5)  # Matroska is read on from the next cluster
    assert seconds + float(told[1]) == pytest.approx(SECONDS, abs=1.1)  # a chunk of PCM in AVI has a second here
    assert float(told[2]) == pytest.approx(at_s, abs=2.5)
    if is_found_by_decoding:  # what excerpts do not touch is not judged
        return
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


@pytest.mark.parametrize("filling", ["zeros", "random", "ones"])
@pytest.mark.parametrize("name", FILES)
def test_a_hole(tmp_path: Path, name: str, filling: str) -> None:
    path = tmp_path / "x"
    content = FILES[name](tmp_path / "whole")
    first, behind = int(0.4 * len(content)), int(0.6 * len(content))
    size = behind - first
    fill = {"zeros": bytes(size), "ones": b"\xff" * size, "random": np.random.default_rng(2).bytes(size)}[filling]
    path.write_bytes(content[:first] + fill + content[behind:])
    if filling == "random" and name in ("aac", "m4a"):  # noise may be taken for sound: some of the hole is heard
        seconds, reason = _read(path)
        assert seconds < SECONDS - 0.5 and TOLD.search(reason)
    else:
        _require_hole(path, 0.4 * SECONDS, missing_s=0.2 * SECONDS, is_found_by_decoding=name in ("flac", "m4a"))


@pytest.mark.parametrize("name", FILES)
def test_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / "whole"
    FILES[name](path)
    seconds, reason = _read(path)
    assert seconds == pytest.approx(SECONDS, abs=0.1) and reason == ""


@pytest.mark.parametrize("name", ["vorbis", "opus", "ogg flac"])
def test_lost_pages(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    pages = re.split(rb"(?=OggS\x00)", FILES[name](tmp_path / "whole"))
    third = len(pages) // 3
    path.write_bytes(b"".join(pages[:third] + pages[third + 4 :]))
    _require_hole(path, SECONDS / 3)


def test_a_wrong_byte_in_a_page_of_a_second(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = bytearray(FILES["opus"](tmp_path / "whole"))
    middle = len(content) // 2
    at = content.find(b"OggS\x00", middle)
    content[at + 500] ^= 1
    path.write_bytes(content)
    _require_hole(path, SECONDS / 2)


def test_flips_all_over_a_transport_stream(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = np.frombuffer(FILES["ts"](tmp_path / "whole"), np.uint8).copy()
    rng = np.random.default_rng(3)
    content[rng.integers(5_000, len(content), 300)] ^= 1 << rng.integers(0, 8, 300, dtype=np.uint8)
    path.write_bytes(content.tobytes())
    seconds, reason = _read(path)
    assert seconds < SECONDS - 1.0
    assert "in several places" in reason


@pytest.mark.parametrize(("format", "codec"), [("wv", "wavpack"), ("tta", "tta"), ("flac", "flac")])
def test_noise_that_does_not_fit_its_checksum_is_not_heard(tmp_path: Path, format: str, codec: str) -> None:
    path = tmp_path / "x"
    content = np.frombuffer(_coded(format, codec)(tmp_path / "whole"), np.uint8).copy()
    places = np.random.default_rng(4).integers(len(content) // 3, 2 * len(content) // 3, 40)
    content[places] ^= 16
    path.write_bytes(content.tobytes())
    seconds, reason = _read(path)
    assert seconds < SECONDS - 2.0
    assert "missing in the middle" in reason


def _ape_tag(size: int, *, has_header: bool) -> bytes:
    item = (size - 8 - 6).to_bytes(4, "little") + (2).to_bytes(4, "little") + b"Cover\0" + bytes(size - 8 - 6)
    fields = (2_000).to_bytes(4, "little") + (size + 32).to_bytes(4, "little") + (1).to_bytes(4, "little")
    flags = 0x8000_0000 if has_header else 0
    header = b"APETAGEX" + fields + (flags | 0x2000_0000).to_bytes(4, "little") + bytes(8)
    return (header if has_header else b"") + item + b"APETAGEX" + fields + flags.to_bytes(4, "little") + bytes(8)


TAGS = {
    "ID3v2": id3_tag(200_000),
    "ID3v1 + ID3v2": b"TAG" + b"title".ljust(125) + id3_tag(100_000),
    "APEv2": _ape_tag(200_000, has_header=True),
    "APEv2 without header": _ape_tag(200_000, has_header=False),
    "ID3v2 with a frame of sound in it": id3_tag(90_000)[:-50_000] + b"\xff\xfb\x90\x64" * 12_500,
}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", ["mp3", "mp2", "aac", "ac3"])
@pytest.mark.parametrize("shift", [0, 100])
def test_tags_between_two_recordings_are_no_hole(tmp_path: Path, name: str, tag: str, shift: int) -> None:
    path = tmp_path / "x"
    content = FILES[name](tmp_path / "whole")
    magic = content[:2] if name != "mp3" else b"\xff\xfb"
    middle = content.find(magic, len(content) // 2) + shift
    path.write_bytes(content[:middle] + TAGS[tag] + content[middle:])
    seconds, reason = _read(path)
    assert reason == ""
    assert seconds == pytest.approx(SECONDS, abs=0.2)


@pytest.mark.parametrize("name", ["mp3", "aac", "ac3"])
@pytest.mark.parametrize("filling", ["zeros", "random"])
def test_what_stands_behind_the_last_frame_is_no_hole(tmp_path: Path, name: str, filling: str) -> None:
    path = tmp_path / "x"
    tail = bytes(300_000) if filling == "zeros" else np.random.default_rng(5).bytes(300_000)
    path.write_bytes(FILES[name](tmp_path / "whole") + tail)
    _, reason = _read(path)
    assert reason == ""


@pytest.mark.parametrize("offset_s", [0, 300, 5_000])
def test_broadcasts_that_were_joined(tmp_path: Path, offset_s: int) -> None:
    path = tmp_path / "x"
    content = _coded("mpegts", "aac", output_ts_offset=str(offset_s))(tmp_path / "second")
    path.write_bytes(_coded("mpegts", "aac", output_ts_offset="400")(tmp_path / "first") + content)
    seconds, reason = _read(path)
    assert reason == ""
    assert seconds == pytest.approx(2 * SECONDS, abs=0.2)


def test_sound_that_begins_late_in_a_film(tmp_path: Path) -> None:
    path = tmp_path / "x"
    _coded("matroska", "aac", output_ts_offset="50")(path)
    assert _read(path)[1] == ""


def _with_late_stream(content: bytes, share: float = 0.5) -> bytes:
    """A transport stream in which packets of its first sound stand again, as those of another stream."""
    packets = [content[at : at + 188] for at in range(0, len(content), 188)]
    middle = int(len(packets) * share)
    again = [one[:2] + b"\x23" + one[3:] for one in packets[:middle] if one[1] & 0x1F == 0x01 and one[2] == 0]
    return b"".join([*packets[:middle], *again, *packets[middle:]])


def test_a_stream_that_begins_late(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(_with_late_stream(FILES["ts"](tmp_path / "whole")))
    seconds, reason = _read(path)
    assert reason == ""
    assert seconds == pytest.approx(SECONDS, abs=0.1)


def test_a_stream_that_begins_late_before_the_first_sound_of_several_tracks(tmp_path: Path) -> None:
    silence, sound = np.zeros((12 * 48_000, 2), np.float32), _noise(12.0, 48_000)
    sound[: 9 * 48_000] = 0.0
    path = write_tracks(tmp_path / "x", "mpegts", [("aac", silence), ("aac", sound)])
    path.write_bytes(_with_late_stream(path.read_bytes(), 0.2))
    with open_audio(path) as reader:
        seconds = sum(map(len, reader.blocks(RATE))) / RATE
        assert seconds == pytest.approx(12.0, abs=0.1) and reader.problem is None
        assert [note.values["number"] for note in reader.notes] == [2]


def test_zeros_where_the_beginning_was(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = FILES["mp3"](tmp_path / "whole")
    third = len(content) // 3
    path.write_bytes(bytes(third) + content[third:])
    seconds, reason = _read(path)
    assert seconds == pytest.approx(SECONDS * 2 / 3, abs=0.5)
    assert reason == f"{third / len(content) * SECONDS:.1f} s are missing at the beginning"
    with pytest.raises(CannotSeekError):
        open_excerpts(path)


def test_a_hole_at_the_beginning_is_said_to_be_there(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = _coded("mp4", "aac", movflags="faststart")(tmp_path / "whole")
    start = content.find(b"mdat") + 4
    size = (len(content) - start) // 3
    path.write_bytes(content[:start] + bytes(size) + content[start + size :])
    seconds, reason = _read(path)
    assert seconds == pytest.approx(SECONDS * 2 / 3, abs=0.5)
    told = re.fullmatch(r"([\d.]+) s are missing at the beginning", reason)
    assert told is not None and float(told[1]) == pytest.approx(SECONDS - seconds, abs=0.2)


@pytest.mark.parametrize("before", [bytes(50_000), id3_tag(300_000), np.random.default_rng(6).bytes(200_000)])
def test_what_stands_before_the_first_frame_is_no_hole(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(before + FILES["mp3"](tmp_path / "whole"))
    assert _read(path)[1] == ""


def test_a_piece_cut_out_of_an_mp3_is_not_said_to_be_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "x"
    content = FILES["mp3 with its length"](tmp_path / "whole")
    frames = [at.start() for at in re.finditer(rb"\xff\xfb[\x90-\x93]", content)]
    path.write_bytes(content[: frames[400]] + content[frames[700] :])
    seconds, reason = _read(path)
    assert reason == f"{SECONDS - seconds:.1f} s are missing"


def _film(path: Path, format: str, video: str, *, sound_s: float, film_s: float) -> Path:
    """A film whose pictures end at another time than its sound."""
    sound = _noise(sound_s)
    with open(path, "wb+") as file, av.open(file, "w", format=format) as out:
        film = out.add_stream(video, rate=5)
        film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
        stream = out.add_stream("wmav2" if format == "asf" else "aac", rate=RATE, layout="stereo")
        stream.bit_rate = 128_000
        picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, dtype=np.uint8), format="rgb24")
        for second in range(round(max(sound_s, film_s))):
            for index in range(5 * second, 5 * second + 5) if second < film_s else ():
                picture.pts, picture.time_base = index, Fraction(1, 5)
                out.mux(film.encode(picture))
            piece = np.ascontiguousarray(sound[RATE * second : RATE * (second + 1)].T)
            if piece.size:
                frame = av.AudioFrame(format="fltp", layout="stereo", samples=piece.shape[1])
                for plane, channel in zip(frame.planes, piece, strict=True):
                    plane.update(channel)
                frame.sample_rate, frame.pts, frame.time_base = RATE, RATE * second, Fraction(1, RATE)
                out.mux(stream.encode(frame))
        out.mux(film.encode(None))
        out.mux(stream.encode(None))
    return path


FILMS = {"asf": "wmv2", "matroska": "mpeg4", "mp4": "mpeg4", "avi": "mpeg4", "mpegts": "mpeg2video", "flv": "flv"}


@pytest.mark.parametrize("format", FILMS)
@pytest.mark.parametrize(("sound_s", "film_s"), [(10, 30), (10, 4)])
def test_pictures_that_end_at_another_time(tmp_path: Path, format: str, sound_s: int, film_s: int) -> None:
    path = _film(tmp_path / "x", format, FILMS[format], sound_s=sound_s, film_s=film_s)
    seconds, reason = _read(path)
    assert reason == ""
    assert seconds == pytest.approx(sound_s, abs=0.2)


def test_a_film_in_asf_that_is_cut_off(tmp_path: Path) -> None:
    path = _film(tmp_path / "x", "asf", "wmv2", sound_s=20, film_s=20)
    os.truncate(path, path.stat().st_size // 2)
    seconds, reason = _read(path)
    assert seconds == pytest.approx(10.0, abs=2.0)
    assert reason == "the end is missing"


def test_what_the_first_decoder_found_is_told_where_a_second_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_sound(tmp_path / "x", _noise(6.0), RATE, format="OGG", subtype="VORBIS")
    whole = PyAVDecoder.chunks

    def half(self: PyAVDecoder) -> Iterator[tuple[np.ndarray, int]]:
        yield next(whole(self))
        raise BrokeOffError("the first")

    monkeypatch.setattr(PyAVDecoder, "chunks", half)
    monkeypatch.setattr(PyAVDecoder, "missing", MissingSound(2.0, 1.0, True))
    seconds, reason = _read(path)
    assert seconds == pytest.approx(6.0, abs=0.1)
    assert reason == "2.0 s are missing in the middle, at 1.0 s"
