"""Makes the odd files that turn up in real music folders.

Everything is synthesised and encoded here with soundfile and PyAV; no ``ffmpeg`` program
is needed. What a platform or file system refuses (pipes, links, names that are no UTF-8)
is left out there.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Expect = Literal["genre", "not music", "too short", "damaged or genre", "error"]

RATE = 22_050
SECONDS = 12.0


@dataclass(frozen=True)
class OddFile:
    """One odd file and what the program shall make of it.

    Attributes
    ----------
    path : Path
    what : str
        What is odd about it.
    expect : str
        ``"genre"``: sound is there, any verdict of a model on it is fine;
        ``"not music"``: digital silence; ``"too short"``: GD-107 from whoever knows the
        model; ``"damaged or genre"``: what could be read may be used; ``"error"``: `code`.
    code : str or None
        The code of the error, where one is certain.
    """

    path: Path
    what: str
    expect: Expect
    code: str | None = None


# --- sound ------------------------------------------------------------------------------------


def music(seconds: float = SECONDS, rate: int = RATE, channels: int = 1) -> NDArray[np.float32]:
    """Chords over a beat [shape=(n, channels)], peak 0.5."""
    rng = np.random.default_rng(20)
    time = np.arange(round(seconds * rate)) / rate
    chords = np.array([[220.0, 261.6, 329.6], [174.6, 220.0, 261.6], [261.6, 329.6, 392.0], [196.0, 246.9, 293.7]])
    notes = chords[(time / 1.5).astype(int) % len(chords)]
    tone = sum(np.sin(2 * np.pi * notes[:, i] * time * k) / k for i in range(3) for k in (1, 2, 3))
    beat = time % 0.5
    kick = np.sin(2 * np.pi * 55.0 * beat) * np.exp(-beat * 12)
    hat = rng.normal(size=time.size) * np.exp(-(time % 0.25) * 40)
    mono = 0.08 * np.asarray(tone) + 0.3 * kick + 0.05 * hat
    mono = 0.5 * mono / max(1e-9, np.abs(mono).max(initial=0.0))
    gains = np.linspace(1.0, 0.6, channels)
    return (mono[:, np.newaxis] * gains).astype(np.float32)


@lru_cache(maxsize=16)
def _music(seconds: float = SECONDS, rate: int = RATE, channels: int = 1) -> NDArray[np.float32]:
    return music(seconds, rate, channels)


def write_sound(
    path: Path,
    samples: NDArray[np.float32],
    rate: int = RATE,
    *,
    format: str = "WAV",
    subtype: str | None = None,
) -> Path:
    """Write with libsndfile, whatever the ending of `path`."""
    import soundfile

    with (
        open(path, "wb+") as file,
        soundfile.SoundFile(file, "w", rate, samples.shape[1], subtype, format=format) as sound,
    ):
        # Minutes of Vorbis in one call overflow libsndfile's stack.
        for first in range(0, len(samples), 1 << 16):
            sound.write(samples[first : first + (1 << 16)])
    return path


def encode(
    path: Path,
    samples: NDArray[np.float32],
    rate: int = RATE,
    *,
    format: str,
    codec: str,
    bit_rate: int | None = None,
    video: bool = False,
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    tags: dict[str, str] | None = None,
) -> Path:
    """Write with FFmpeg, whatever the ending of `path`; `video` adds a film of one colour."""
    import av

    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[samples.shape[1]]
    with open(path, "wb+") as file, av.open(file, "w", format=format, container_options=container_options or {}) as out:
        out.metadata.update(tags or {})
        film = out.add_stream("mpeg4", rate=5) if video else None
        if film is not None:
            film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
        stream = out.add_stream(codec, rate=rate, layout=layout, options=options or {})
        if bit_rate:
            stream.bit_rate = bit_rate
        if film is not None:
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, dtype=np.uint8), format="rgb24")
            for index in range(round(5 * len(samples) / rate)):
                picture.pts, picture.time_base = index, Fraction(1, 5)
                out.mux(film.encode(picture))
            out.mux(film.encode(None))
        for first in range(0, len(samples), rate):
            piece = np.ascontiguousarray(samples[first : first + rate].T)
            frame = av.AudioFrame(format="fltp", layout=layout, samples=piece.shape[1])
            for plane, channel in zip(frame.planes, piece, strict=False):  # PyAV sees more planes than eight channels
                plane.update(channel)
            frame.sample_rate, frame.pts, frame.time_base = rate, first, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def write_mp3(path: Path, samples: NDArray[np.float32] | None = None, rate: int = RATE, *, vbr: bool = False) -> Path:
    """An MP3 of the usual music."""
    sound = _music() if samples is None else samples
    options = {"q": "4"} if vbr else None
    return encode(
        path, sound, rate, format="mp3", codec="libmp3lame", bit_rate=None if vbr else 96_000, options=options
    )


def id3_tag(size: int) -> bytes:
    """An ID3v2.3 tag of about `size` bytes, as cover art makes them."""
    picture = b"\x00image/jpeg\x00\x03\x00\xff\xd8\xff" + b"\x37" * size
    frame = b"APIC" + struct.pack(">I", len(picture)) + b"\x00\x00" + picture
    length = len(frame)
    syncsafe = bytes([length >> 21 & 127, length >> 14 & 127, length >> 7 & 127, length & 127])
    return b"ID3\x03\x00\x00" + syncsafe + frame


def film_without_sound(path: Path) -> Path:
    """An MP4 of pictures only."""
    import av

    with open(path, "wb+") as file, av.open(file, "w", format="mp4") as out:
        film = out.add_stream("mpeg4", rate=5)
        film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), dtype=np.uint8), format="rgb24")
            out.mux(film.encode(picture))
        out.mux(film.encode(None))
    return path


def _noise_bytes(count: int, seed: int = 3) -> bytes:
    return np.random.default_rng(seed).integers(0, 256, count, dtype=np.uint8).tobytes()


# --- the collection -----------------------------------------------------------------------------


class _Collection:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[OddFile] = []

    def add(
        self, name: str, what: str, make: Callable[[Path], object], expect: Expect = "genre", code: str | None = None
    ) -> None:
        path = self.folder / name
        make(path)
        self.files.append(OddFile(path, what, expect, code))

    def try_add(
        self, name: str, what: str, make: Callable[[Path], object], expect: Expect = "genre", code: str | None = None
    ) -> None:
        # AttributeError: no os.mkfifo on Windows.
        with contextlib.suppress(OSError, AttributeError, NotImplementedError, UnicodeError):
            self.add(name, what, make, expect, code)


def make_odd_files(folder: Path) -> list[OddFile]:
    """Fill `folder` with odd files.

    Parameters
    ----------
    folder : Path
        An existing, empty folder.

    Returns
    -------
    list of OddFile
        At least forty where the file system takes pipes, links and any name.
    """
    collection = _Collection(folder)
    _add_formats(collection)
    _add_damaged(collection)
    _add_no_sound(collection)
    _add_names(collection)
    _add_places(collection)
    return collection.files


def _add_formats(c: _Collection) -> None:
    c.add("8k.wav", "8 kHz", lambda p: write_sound(p, _music(rate=8_000), 8_000))
    c.add(
        "96k.flac",
        "96 kHz, 24 bit",
        lambda p: write_sound(p, _music(rate=96_000), 96_000, format="FLAC", subtype="PCM_24"),
    )
    c.add("192k.wav", "192 kHz, 24 bit", lambda p: write_sound(p, _music(rate=192_000), 192_000, subtype="PCM_24"))
    c.add("6 channels.wav", "6 channels, extensible", lambda p: write_sound(p, _music(channels=6), format="WAVEX"))
    c.add("8 channels.flac", "8 channels", lambda p: write_sound(p, _music(channels=8), format="FLAC"))
    c.add("surround.m4a", "AAC, 5.1", lambda p: encode(p, _music(channels=6), format="mp4", codec="aac"))
    c.add("8bit.wav", "8 bit", lambda p: write_sound(p, _music(), subtype="PCM_U8"))
    c.add("32bit.wav", "32 bit", lambda p: write_sound(p, _music(), subtype="PCM_32"))
    c.add("nan.wav", "32-bit float with NaN and infinity", lambda p: write_sound(p, _with_nan(), subtype="FLOAT"))
    c.add("loud.wav", "float beyond full scale", lambda p: write_sound(p, 100 * _music(), subtype="FLOAT"))
    c.add("mulaw.wav", "mu-law", lambda p: write_sound(p, _music(), subtype="ULAW"))
    c.add("adpcm.wav", "IMA ADPCM", lambda p: write_sound(p, _music(), subtype="IMA_ADPCM"))
    c.add("sun.au", "Sun AU", lambda p: write_sound(p, _music(), format="AU", subtype="PCM_16"))
    c.add("apple.aiff", "AIFF", lambda p: write_sound(p, _music(), format="AIFF", subtype="PCM_16"))
    c.add("rf64.wav", "RF64", lambda p: write_sound(p, _music(), format="RF64"))
    c.add("vorbis.ogg", "Ogg Vorbis", lambda p: write_sound(p, _music(), format="OGG", subtype="VORBIS"))
    c.add("voice.opus", "Opus", lambda p: encode(p, _music(rate=48_000), 48_000, format="ogg", codec="libopus"))
    c.add("vbr.mp3", "MP3, variable bit rate", lambda p: write_mp3(p, vbr=True))
    c.add("windows.wma", "WMA", lambda p: encode(p, _music(), format="asf", codec="wmav2", bit_rate=64_000))
    c.add("lossless.m4a", "ALAC", lambda p: encode(p, _music(), format="mp4", codec="alac"))
    c.add("film.mp4", "film with sound", lambda p: encode(p, _music(), format="mp4", codec="aac", video=True))
    c.add("film.mkv", "Matroska film", lambda p: encode(p, _music(), format="matroska", codec="aac", video=True))
    c.add("cover.mp3", "MP3 behind an ID3 tag of 3 MB", lambda p: _surround(write_mp3(p), before=id3_tag(3 << 20)))
    c.add("tagged.flac", "FLAC behind an ID3 tag", lambda p: _surround(_flac(p), before=id3_tag(2_000)))
    c.add("front.mp3", "MP3 behind garbage", lambda p: _surround(write_mp3(p), before=_noise_bytes(20_000)))
    c.add("tail.mp3", "MP3 with garbage behind", lambda p: _surround(write_mp3(p), after=_noise_bytes(50_000)))
    c.add(
        "zip tail.mp3",
        "MP3 with an archive behind",
        lambda p: _surround(write_mp3(p), after=b"PK\x03\x04" + bytes(9_000)),
    )
    c.add("piped.wav", "WAV whose length was not known", lambda p: _patch(write_sound(p, _music()), 40, b"\xff" * 4))
    c.add(
        "silence.wav", "silence", lambda p: write_sound(p, np.zeros((int(SECONDS * RATE), 2), np.float32)), "not music"
    )
    c.add(
        "silence.mp3",
        "silence as MP3",
        lambda p: write_mp3(p, np.zeros((int(SECONDS * RATE), 1), np.float32)),
        "not music",
    )
    c.add(
        "dc.wav",
        "a constant",
        lambda p: write_sound(p, np.full((int(SECONDS * RATE), 1), 0.25, np.float32)),
        "not music",
    )


def _add_damaged(c: _Collection) -> None:
    c.add("truncated.wav", "WAV cut in half", lambda p: _cut(write_sound(p, _music()), 0.5), "damaged or genre")
    c.add("truncated.flac", "FLAC cut in half", lambda p: _cut(_flac(p), 0.5), "damaged or genre")
    c.add("truncated.mp3", "MP3 cut in half", lambda p: _cut(write_mp3(p), 0.5), "damaged or genre")
    c.add(
        "truncated.ogg",
        "Ogg cut off",
        lambda p: _cut(write_sound(p, _music(), format="OGG", subtype="VORBIS"), 0.7),
        "damaged or genre",
    )
    c.add("truncated.m4a", "M4A without its index", lambda p: _cut(_m4a(p), 0.5), "error", "GD-106")
    c.add("streamed.m4a", "M4A cut, index in front", lambda p: _cut(_m4a(p, faststart=True), 0.6), "damaged or genre")
    c.add("bad frames.mp3", "MP3 with bad frames in the middle", lambda p: _spoil(write_mp3(p)), "damaged or genre")
    c.add("bad frames.flac", "FLAC with bad frames in the middle", lambda p: _spoil(_flac(p)), "damaged or genre")
    c.add(
        "rate 0.wav", "a sample rate of 0", lambda p: _patch(write_sound(p, _music()), 24, bytes(4)), "error", "GD-106"
    )
    c.add("half second.wav", "0.5 s", lambda p: write_sound(p, _music(0.5)), "too short", "GD-107")
    c.add("one sample.wav", "one sample", lambda p: write_sound(p, _music()[:1]), "too short", "GD-107")
    c.add("header only.wav", "a header and no sound", lambda p: write_sound(p, _music()[:0]), "too short", "GD-107")


def _add_no_sound(c: _Collection) -> None:
    text = "This is not music.\n" * 400
    page = b"<!DOCTYPE html><html><body>404 Not Found</body></html>"
    c.add("zero.mp3", "0 bytes", lambda p: p.write_bytes(b""), "error", "GD-104")
    c.add("text.mp3", "text named .mp3", lambda p: p.write_text(text), "error", "GD-105")
    c.add("page.ogg", "web page named .ogg", lambda p: p.write_bytes(page), "error", "GD-105")
    c.add("utf16.mp3", "UTF-16 text", lambda p: p.write_bytes(text.encode("utf-16")), "error", "GD-105")
    c.add("list.m4a", "play list", lambda p: p.write_bytes(_PLAY_LIST), "error", "GD-105")
    c.add("tags only.mp3", "tags and no sound", lambda p: p.write_bytes(id3_tag(4_000)), "error", "GD-105")
    c.add("picture.mp3", "JPEG named .mp3", lambda p: p.write_bytes(_JPEG + _noise_bytes(9_000)), "error", "GD-105")
    c.add("random.wav", "random bytes", lambda p: p.write_bytes(b"\x00" + _noise_bytes(40_000)), "error", "GD-105")
    c.add("zeros.flac", "nothing but zeros", lambda p: p.write_bytes(bytes(30_000)), "error", "GD-105")
    c.add("one byte.wav", "1 byte", lambda p: p.write_bytes(b"R"), "error", "GD-105")
    c.add("silent film.mp4", "film without sound", film_without_sound, "error", "GD-105")


def _add_names(c: _Collection) -> None:
    def wav(path: Path) -> Path:
        return write_sound(path, _music())

    c.add("mp3 inside.wav", "MP3 named .wav", write_mp3)
    c.add("wav inside.mp3", "WAV named .mp3", wav)
    c.add("flac inside.ogg", "FLAC named .ogg", _flac)
    c.add("m4a inside.mp3", "M4A named .mp3", _m4a)
    c.add("no ending", "no ending", wav)
    c.add("CAPITALS.WAV", "ending in capitals", wav)
    c.try_add("\U0001f3b8 \u266b.wav", "emoji", wav)
    c.try_add("Mo\u0308tley Cru\u0308e.mp3", "combining characters", write_mp3)
    c.try_add("\u0634\u0639\u0631 \u05e9\u05d9\u05e8.wav", "right to left", wav)
    c.try_add("\u6b4c" * 60 + ".wav", "long name of wide characters", wav)
    c.try_add("n" * 200 + ".mp3", "name of 200 characters", write_mp3)
    c.try_add(os.fsdecode(b"\xff\xfe broken \xc3.wav"), "name that is no UTF-8", wav)
    c.try_add("two\nlines.wav", "line break in the name", wav)
    c.try_add("-json.wav", "name like an option", wav)
    c.try_add("100%s {path} %d.wav", "per cent signs and braces", wav)
    c.try_add(" spaces .wav", "spaces around the name", wav)
    c.try_add("quote'\".wav", "quotes", wav)
    c.try_add(".hidden.wav", "hidden file", wav)


def _add_places(c: _Collection) -> None:
    target = write_sound(c.folder / "target.wav", _music())
    c.files.append(OddFile(target, "an ordinary file", "genre"))
    c.try_add("link.wav", "link to a file", lambda p: p.symlink_to(target))
    c.try_add("broken link.wav", "link to nothing", lambda p: p.symlink_to(c.folder / "gone.wav"), "error", "GD-101")
    c.try_add("loop.wav", "link to itself", lambda p: p.symlink_to(p), "error", "GD-101")
    c.add("folder.mp3", "folder named .mp3", lambda p: p.mkdir(), "error", "GD-103")
    c.try_add("pipe.wav", "pipe", lambda p: os.mkfifo(p), "error", "GD-103")

    locked = write_sound(c.folder / "locked.wav", _music(), RATE)
    locked.chmod(0)
    hidden = c.folder / "locked folder"
    hidden.mkdir()
    inside = write_sound(hidden / "inside.wav", _music())
    hidden.chmod(0)
    for path, what in ((locked, "no permission"), (inside, "inside a folder without permission")):
        # For root, and on Windows, every file may be read.
        readable = _can_read(path)
        c.files.append(OddFile(path, what, "genre" if readable else "error", None if readable else "GD-102"))


_PLAY_LIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/part.ts\n#EXT-X-ENDLIST\n"
_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01"


def _can_read(path: Path) -> bool:
    try:
        path.open("rb").close()
    except PermissionError:
        return False
    return True


def _with_nan() -> NDArray[np.float32]:
    samples = _music().copy()
    samples[1_000:1_010], samples[2_000], samples[3_000] = np.nan, np.inf, -np.inf
    return samples


def _flac(path: Path) -> Path:
    return write_sound(path, _music(), format="FLAC")


def _m4a(path: Path, faststart: bool = False) -> Path:
    options = {"movflags": "faststart"} if faststart else None
    return encode(path, _music(), format="mp4", codec="aac", bit_rate=96_000, container_options=options)


def _cut(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))


def _surround(path: Path, before: bytes = b"", after: bytes = b"") -> None:
    path.write_bytes(before + path.read_bytes() + after)


def _patch(path: Path, offset: int, data: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[offset : offset + len(data)] = data
    path.write_bytes(content)


def _spoil(path: Path) -> None:
    _patch(path, path.stat().st_size // 2, _noise_bytes(3_000))
