"""Degradations of a recording that should not change its genre: level, sampling rate, codecs, noise."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Coding = Literal["float", "int16", "flac", "ogg", "mp3", "aac"]

_ENDINGS: dict[Coding, str] = {
    "float": ".wav", "int16": ".wav", "flac": ".flac", "ogg": ".ogg", "mp3": ".mp3", "aac": ".m4a",
}  # fmt: skip
_ENCODERS: dict[Coding, str] = {"mp3": "libmp3lame", "aac": "aac"}
# libvorbis overflows the stack on a long single write.
_BLOCK = 4_096


@dataclass(frozen=True)
class Degradation:
    """A degradation of a recording.

    Attributes
    ----------
    name : str
        Shown name.
    goal : float
        Share of tracks that have to keep their genre.
    gain_db : float
        Gain; other codings than ``"float"`` clip at full scale.
    sample_rate : int or None
        Of the file in Hz; ``None`` leaves it.
    channels : int
        1, or 2 with the same sound in both.
    skip_s : float
        Seconds that are cut off the beginning.
    noise_db : float or None
        Level of added white noise relative to the music's, both as root mean squares over
        the whole track.
    coding : {"float", "int16", "flac", "ogg", "mp3", "aac"}
        32-bit and 16-bit WAV, FLAC, Ogg Vorbis, MP3, AAC in MP4.
    bit_rate : int
        In bits a second, for MP3 and AAC.
    """

    name: str
    goal: float = 0.98
    gain_db: float = 0.0
    sample_rate: int | None = None
    channels: int = 1
    skip_s: float = 0.0
    noise_db: float | None = None
    coding: Coding = "float"
    bit_rate: int = 128_000


DEGRADATIONS: Final[tuple[Degradation, ...]] = (
    *(Degradation(f"{gain:+d} dB", gain_db=gain) for gain in (-24, -12, -6, 6, 12)),
    *(Degradation(f"{gain:+d} dB, 16 bit", gain_db=gain, coding="int16") for gain in (-24, -12, -6)),
    Degradation("stereo", channels=2),
    Degradation("22.05 kHz", sample_rate=22_050),
    Degradation("44.1 kHz", sample_rate=44_100),
    Degradation("48 kHz", sample_rate=48_000),
    Degradation("FLAC", coding="flac"),
    Degradation("MP3 128", sample_rate=44_100, channels=2, coding="mp3"),
    Degradation("Ogg Vorbis", sample_rate=44_100, channels=2, coding="ogg"),
    Degradation("AAC 128", sample_rate=44_100, channels=2, coding="aac"),
    Degradation("one second later", skip_s=1.0),
    Degradation("MP3 64", goal=0.95, sample_rate=44_100, channels=2, coding="mp3", bit_rate=64_000),
    Degradation("noise 30 dB below", goal=0.95, noise_db=-30.0),
)
"""All degradations. Those by a codec are of stereo at 44.1 kHz, as most music files are."""


def write_degraded(
    samples: NDArray[np.float32], sample_rate: int, degradation: Degradation, stem: Path, *, seed: int = 0
) -> Path:
    """Degrade a recording and write it to a file.

    Parameters
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono.
    sample_rate : int
        In Hz.
    degradation : Degradation
    stem : Path
        Path without an extension.
    seed : int
        For the noise.

    Returns
    -------
    Path
        The file that was written.
    """
    import soxr

    sound = np.asarray(samples, np.float32)[round(degradation.skip_s * sample_rate) :]
    if degradation.noise_db is not None:
        noise = np.random.default_rng(seed).standard_normal(len(sound), dtype=np.float32)
        sound = sound + noise * np.float32(np.sqrt(np.mean(np.square(sound))) * 10 ** (degradation.noise_db / 20))
    rate = degradation.sample_rate or sample_rate
    if rate != sample_rate:
        sound = soxr.resample(sound, sample_rate, rate)
    sound = sound * np.float32(10 ** (degradation.gain_db / 20))
    if degradation.coding != "float":
        sound = np.clip(sound, -1.0, 1.0)
    # Not `with_suffix`, which would take ".00029" of the name "blues.00029" for an extension.
    path = stem.parent / (stem.name + _ENDINGS[degradation.coding])
    write_sound(path, np.tile(sound[:, np.newaxis], degradation.channels), rate, degradation)
    return path


def write_sound(path: Path, sound: NDArray[np.float32], sample_rate: int, degradation: Degradation) -> None:
    """Write samples [shape=(n, channels)] in the coding of a degradation."""
    encoder = _ENCODERS.get(degradation.coding)
    if encoder is not None:
        _encode(path, sound, sample_rate, encoder, degradation.bit_rate)
        return
    import soundfile

    subtype = {"float": "FLOAT", "int16": "PCM_16", "flac": "PCM_16", "ogg": "VORBIS"}[degradation.coding]
    with soundfile.SoundFile(path, "w", sample_rate, sound.shape[1], subtype=subtype) as file:
        for start in range(0, len(sound), _BLOCK):
            file.write(sound[start : start + _BLOCK])


def _encode(path: Path, sound: NDArray[np.float32], sample_rate: int, encoder: str, bit_rate: int) -> None:
    """Write with FFmpeg's libraries: libsndfile does not offer these bit rates nor the MP4 container."""
    import av

    layout = "stereo" if sound.shape[1] == 2 else "mono"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(encoder, rate=sample_rate, layout=layout)
        stream.bit_rate = bit_rate
        for start in range(0, len(sound), _BLOCK):
            block = np.ascontiguousarray(sound[start : start + _BLOCK].T)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = sample_rate, start, Fraction(1, sample_rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
