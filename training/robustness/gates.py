"""What the gates make of music, of what is no music, and of speech over music: the old ones and the new side by side.

The limit of the new gate is set on one half of the sounds and reported on the other, so that no sound that is reported
had a part in it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.feature_stream import patches_of
from genre_desktop.audio.features.patches import network_input
from genre_desktop.audio.features.signal_gate import SignalGate
from genre_desktop.model.bundles.feature_gate import FeatureGate
from genre_desktop.model.classify_file import BLOCK_S, sounding_patches
from genre_desktop.model.predictor import Predictor
from training.robustness import noises, speech
from training.robustness.signals import SIGNALS
from training.robustness.synthetic_music import MUSIC, make_music

MUSIC_KIND: Final = "music"
NO_MUSIC: Final = "no music"
SPEECH_IN_NOISE: Final = "speech in noise"
SPEECH_OVER_MUSIC: Final = "speech over music"

_NOISES = {"white noise": noises.white, "pink noise": noises.pink, "wind": noises.wind, "rain": noises.rain}
_NOISE_DB = (0, 10, 20)
_MUSIC_DB = (0, 6, 12)


@dataclass(frozen=True, eq=False)
class Sound:
    """A sound that should get a genre or should not.

    Attributes
    ----------
    name : str
    kind : {"music", "no music", "speech in noise", "speech over music"}
    samples : ndarray of float32 [shape=(n,)]
        Mono, at the sampling rate of the model.
    source : str
        What has to be in one half with all that is made of it, such as a voice; the sound itself by default.
    """

    name: str
    kind: str
    samples: NDArray[np.float32]
    source: str = ""

    @property
    def sets_limits(self) -> bool:
        """Whether it is in the half that limits are set on: about every second source, wherever it stands in a list."""
        return zlib.crc32((self.source or self.name).encode()) % 2 == 0


@dataclass(frozen=True)
class GateMeasures:
    """What the gates measure of a sound.

    Attributes
    ----------
    name, kind : str
    sets_limits : bool
    is_signal : bool
        Whether the signal gate calls it no music; digital silence counts as that.
    is_far : bool
        Whether the distance of its tags to all genres is beyond the limit.
    music, speech : float
        Mean probabilities.
    """

    name: str
    kind: str
    sets_limits: bool
    is_signal: bool
    is_far: bool
    music: float
    speech: float

    @property
    def refused_before(self) -> bool:
        """By the signal gate or the distance."""
        return self.is_signal or self.is_far

    def refused_now(self, least_music: float, most_speech: float) -> bool:
        """By the signal gate or the sounds."""
        return self.is_signal or self.music < least_music or self.speech > most_speech * self.music


def made_sounds(sample_rate: int, seconds: float = 15.0, seed: int = 0) -> Iterator[Sound]:
    """Signals, music and mixtures of a voice with either, all made by code."""
    for signal in SIGNALS:
        if signal.unavailable is None:
            yield Sound(signal.name, NO_MUSIC, signal.make(seconds, sample_rate, seed=seed))
    for name in MUSIC:
        yield Sound(name, MUSIC_KIND, make_music(name, seconds, sample_rate, seed=seed))
    voices = {"a man": speech.speech, "a woman": speech.female_voice} | (
        speech.SPOKEN if speech.espeak_program() is not None else {}
    )
    for number, (who, voice) in enumerate(voices.items()):
        rng = np.random.default_rng((seed, number))
        spoken = voice(seconds, sample_rate, rng)
        for what, noise in _NOISES.items():
            other = noise(seconds, sample_rate, rng)
            for above_db in _NOISE_DB:
                yield Sound(f"{who}, {above_db} dB over {what}", SPEECH_IN_NOISE, mixed(spoken, other, above_db), who)
        for what in MUSIC:
            music = make_music(what, seconds, sample_rate, seed=seed + number)
            for above_db in _MUSIC_DB:
                yield Sound(f"{who}, {above_db} dB over {what}", SPEECH_OVER_MUSIC, mixed(spoken, music, above_db), who)


def mixed(voice: NDArray[np.floating], other: NDArray[np.floating], above_db: float) -> NDArray[np.float32]:
    """A voice over another sound, louder than it by this many decibels (root mean squares)."""
    n = min(len(voice), len(other))
    parts = [part[:n] / max(float(np.sqrt(np.mean(np.square(part[:n])))), 1e-9) for part in (voice, other)]
    total = parts[0] + parts[1] * 10 ** (-above_db / 20)
    return np.asarray(0.5 * total / max(float(np.abs(total).max()), 1e-9), np.float32)


def measure(predictor: Predictor, distance: FeatureGate, sound: Sound) -> GateMeasures:
    """What the gates measure of a sound.

    Parameters
    ----------
    predictor : Predictor
        Of a bundle with a gate by sounds, whose features are tags first.
    distance : FeatureGate
        The old gate, over the tags.
    sound : Sound
    """
    bundle = predictor.bundle
    gate = bundle.sound_gate
    assert gate is not None
    signal, patches = SignalGate(bundle.config), patches_of(sound.samples, bundle.config)
    if len(patches):
        signal.push(patches.values)
    patches = patches.take(sounding_patches(patches.values))
    if not len(patches):
        return GateMeasures(sound.name, sound.kind, sound.sets_limits, True, False, 0.0, 0.0)
    features = predictor.predict(network_input(patches, bundle.config))[1]
    logits = features[:, [gate.music, gate.speech]].astype(np.float64)
    music, voice = (1 / (1 + np.exp(-np.clip(logits, -50.0, 50.0)))).mean(axis=0)
    return GateMeasures(
        name=sound.name,
        kind=sound.kind,
        sets_limits=sound.sets_limits,
        is_signal=signal.verdict() is not None,
        is_far=distance.refuses(features),
        music=float(music),
        speech=float(voice),
    )


def set_limit(measured: Sequence[GateMeasures]) -> float:
    """The limit of "music" with the fewest errors on the half that sets it, midway of the widest such gap.

    Music below it is an error, and so is what is no music above it. What the signal gate refuses anyway does not count,
    nor does speech over music, which has another rule.
    """
    half = [one for one in measured if one.sets_limits and not one.is_signal and one.kind != SPEECH_OVER_MUSIC]
    values = np.array([one.music for one in half])
    is_music = np.array([one.kind == MUSIC_KIND for one in half])
    edges = np.unique(np.concatenate(([0.0], values, [1.0])))
    limits = (edges[:-1] + edges[1:]) / 2
    errors = np.array([np.sum(is_music & (values < limit)) + np.sum(~is_music & (values >= limit)) for limit in limits])
    best = np.flatnonzero(errors == errors.min())
    return float(limits[best[np.argmax(np.diff(edges)[best])]])


def largest_speech_share(measured: Sequence[GateMeasures]) -> float:
    """The largest share of speech in music, in the half that sets limits, of what passes for music otherwise."""
    half = [one for one in measured if one.sets_limits and not one.is_signal and one.kind == MUSIC_KIND]
    return max((one.speech / max(one.music, 1e-9) for one in half), default=0.0)


def gate_table(measured: Sequence[GateMeasures], least_music: float, most_speech: float) -> list[str]:
    """Lines of a table: of each kind and half, how many sounds get no genre by the old gates and by the new ones."""
    lines = [f"{'':20} {'sounds':>7} {'before':>7} {'now':>7}"]
    for sets_limits, half in ((True, "set the limit"), (False, "did not")):
        lines.append(half)
        for kind in (MUSIC_KIND, NO_MUSIC, SPEECH_IN_NOISE, SPEECH_OVER_MUSIC):
            some = [one for one in measured if one.kind == kind and one.sets_limits == sets_limits]
            before = sum(one.refused_before for one in some)
            now = sum(one.refused_now(least_music, most_speech) for one in some)
            lines.append(f"  {kind:18} {len(some):7} {before:7} {now:7}")
    return lines


def recordings(folder: Path, sample_rate: int) -> Iterator[Sound]:
    """Recordings in sub-folders that are called as the kinds are."""
    for kind in (MUSIC_KIND, NO_MUSIC, SPEECH_IN_NOISE, SPEECH_OVER_MUSIC):
        for path in sorted((folder / kind).rglob("*")):
            if path.is_file():
                yield sound_of(path, kind, sample_rate)


def sound_of(path: Path, kind: str, sample_rate: int) -> Sound:
    """A sound file, all of it."""
    with open_audio(path) as reader:
        return Sound(path.stem, kind, np.concatenate([np.empty(0, np.float32), *reader.blocks(sample_rate, BLOCK_S)]))
