"""Sound that is not damaged but cannot be decoded is told by its own sentence."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.core.errors import AudioError, EncryptedAudioError, SampleRateError, UnknownCodecError
from tests.support.odd_files import encode, music, write_sound
from tests.support.rare_files import patched, write_dsf
from tests.support.sounds import load_audio

RATE = 44_100
SOUND = music(2.0, RATE, 2)


def _mp4(entry: bytes, codec: str = "aac") -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        content = encode(folder / "w", SOUND, RATE, format="ipod", codec=codec).read_bytes()
        return patched(content, content.find(b"stsd") + 16, entry)

    return make


def _wma_with(identity: str) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        content = encode(folder / "w", SOUND, RATE, format="asf", codec="wmav2", bit_rate=96_000).read_bytes()
        added = UUID(identity).bytes_le + struct.pack("<Q", 40) + bytes(16)
        size, count = struct.unpack("<QI", content[16:28])
        head = content[:16] + struct.pack("<QI", size + 40, count + 1) + content[28:size]
        return head + added + content[size:]

    return make


def _scrambled(folder: Path) -> bytes:
    content = bytearray(encode(folder / "w", SOUND, RATE, format="mpegts", codec="mp2").read_bytes())
    for at in range(0, len(content), 188):
        if 0x100 <= (content[at + 1] & 0x1F) << 8 | content[at + 2] < 0x1000:
            content[at + 3] |= 0x80
    return bytes(content)


def _matroska_encrypted(folder: Path) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="matroska", codec="aac").read_bytes()
    encryption = b"\x6d\x80\x8f\x62\x40\x8c\x50\x33\x81\x01\x50\x35\x85\x47\xe1\x81\x05\xec"  # ContentEncodings
    at = content.find(b"\x1f\x43\xb6\x75")
    return content[:at] + encryption + content[at:]


ENCRYPTED = {
    "FairPlay": _mp4(b"drms"),
    "Common Encryption": _mp4(b"enca"),
    "Common Encryption, ALAC": _mp4(b"enca", "alac"),
    "Audible": _mp4(b"aavd"),
    "Windows Media DRM": _wma_with("2211B3FB-BD23-11D2-B4B7-00A0C955FC6E"),
    "Windows Media DRM, extended": _wma_with("298AE614-2622-4C17-B935-DAE07EE9289C"),
    "PlayReady": _wma_with("43058533-6981-49E6-9B74-AD12CB86D58C"),
    "DVB scrambling": _scrambled,
    "WebM encryption": _matroska_encrypted,
    "Audible, old": lambda _: bytes.fromhex("00001000 57907536") + np.random.default_rng(0).bytes(50_000),
    "NetEase NCM": lambda _: b"CTENFDAM" + np.random.default_rng(0).bytes(50_000),
    "OpenMG": lambda _: b"EA3\x01\x00\x60\x00\x02" + np.random.default_rng(0).bytes(50_000),
}


def _says(path: Path, kind: type[AudioError]) -> str:
    with pytest.raises(kind) as caught:
        open_audio(path)
    with pytest.raises(CannotSeekError):
        open_excerpts(path)
    with pytest.raises(kind):
        open_random_access(path)
    return caught.value.message


@pytest.mark.parametrize("name", ENCRYPTED)
def test_copy_protection(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(ENCRYPTED[name](tmp_path))
    assert f"({name.split(',')[0]})" in _says(path, EncryptedAudioError)


def _wav(tag: int) -> Callable[[Path], bytes]:
    return lambda folder: patched(write_sound(folder / "w", SOUND, RATE).read_bytes(), 20, struct.pack("<H", tag))


def _replaced(format: str, subtype: str | None, old: bytes, new: bytes) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        content = write_sound(folder / "w", SOUND, RATE, format=format, subtype=subtype).read_bytes()
        return content.replace(old, new, 1)

    return make


def _matroska(folder: Path) -> bytes:
    content = encode(folder / "w", SOUND, RATE, format="matroska", codec="aac").read_bytes()
    return content.replace(b"A_AAC", b"A_AC4", 1)


UNKNOWN = {
    "WAVE 0x7777": _wav(0x7777),
    "WAVE 0x0092": _wav(0x0092),
    "ac-4": _mp4(b"ac-4", "alac"),
    "mha1": _mp4(b"mha1", "alac"),
    "A_AC4": _matroska,
    "zzzz": _replaced("AIFF", "ULAW", b"ulaw", b"zzzz"),
    "yyyy": _replaced("CAF", "PCM_16", b"lpcm", b"yyyy"),
    "AU 99": lambda folder: patched(
        write_sound(folder / "w", SOUND, RATE, format="AU", subtype="PCM_16").read_bytes(), 12, struct.pack(">I", 99)
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_codec(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(UNKNOWN[name](tmp_path))
    assert f"is coded as {name}," in _says(path, UnknownCodecError)


@pytest.mark.parametrize("rate", [44_100 * 64, 44_100 * 128, 44_100 * 256, 48_000 * 512, 44_100 * 1_024])
def test_dsd_of_any_rate_is_read(tmp_path: Path, rate: int) -> None:
    sound = load_audio(write_dsf(tmp_path / "x.dsf", 0.5, rate), 22_050)
    assert sound.problem is None and sound.duration_s == pytest.approx(0.5, abs=0.02)
    spectrum = np.abs(np.fft.rfft(sound.samples[2_000:9_000] * np.hanning(7_000)))
    assert np.argmax(spectrum) * 22_050 / 7_000 == pytest.approx(440, abs=4)


@pytest.mark.parametrize(("rate", "format"), [(200, "WAV"), (999, "FLAC"), (7_000_000, "WAV"), (500, "AIFF")])
def test_a_rate_outside_of_all(tmp_path: Path, rate: int, format: str) -> None:
    message = _says(write_sound(tmp_path / "x", SOUND[:20_000], rate, format=format), SampleRateError)
    assert f"{rate} Hz" in message and "damaged" not in message
