"""Synthetic speech: one speaker, many speakers, and the speech synthesiser espeak-ng if it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
from scipy.signal import istft, stft

from training.robustness.tones import Sound

_VOWELS = (
    (730.0, 1090.0, 2440.0), (530.0, 1840.0, 2480.0), (270.0, 2290.0, 3010.0), (570.0, 840.0, 2410.0),
    (300.0, 870.0, 2240.0), (660.0, 1720.0, 2410.0), (490.0, 1350.0, 1690.0), (640.0, 1190.0, 2390.0),
)  # fmt: skip
"""Formants in Hz of men's vowels (Peterson & Barney 1952, table II)."""

_FRICATIVES = (2_500.0, 3_500.0, 5_000.0)
_CONTROL_S = 0.005


@dataclass(frozen=True)
class Speaker:
    """Parameters of a voice.

    Attributes
    ----------
    pitch_hz : float
        Mean fundamental frequency.
    tract : float
        Factor of the formant frequencies: 1 for a man, about 1.17 for a woman.
    syllables_a_second : float
    """

    pitch_hz: float = 115.0
    tract: float = 1.0
    syllables_a_second: float = 5.0


MAN = Speaker()
WOMAN = Speaker(205.0, 1.17, 5.5)


def speech(seconds: float, sample_rate: int, rng: np.random.Generator, speaker: Speaker = MAN) -> Sound:
    """A speech-like signal: syllables of a consonant and a vowel, phrases, breaths between them.

    A pulse train and noise are shaped by moving formants (a source-filter model); the
    pitch falls through each phrase and bends on each syllable. There are no words.
    """
    n = round(seconds * sample_rate)
    n_control = int(seconds / _CONTROL_S) + 2
    articulation = _articulate(n_control, rng, speaker)
    control = np.arange(n_control) * _CONTROL_S
    time = np.arange(n) / sample_rate
    pitch = np.interp(time, control, articulation.pitch)
    phase = np.cumsum(pitch) / sample_rate
    pulses = np.diff(np.floor(phase), prepend=0.0) * np.sqrt(sample_rate / pitch)
    voiced = shape_by_formants(
        pulses, sample_rate, articulation.voiced, articulation.formants, (90.0, 110.0, 170.0), tilt=True
    )
    hiss = shape_by_formants(
        rng.standard_normal(n), sample_rate, articulation.noisy, articulation.friction, (1_500.0,), tilt=False
    )
    return np.asarray(voiced / max(1e-9, voiced.std()) + 0.35 * hiss / max(1e-9, hiss.std()))


def female_voice(seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Speech-like signal with a woman's voice."""
    return speech(seconds, sample_rate, rng, WOMAN)


def many_speakers(seconds: float, sample_rate: int, rng: np.random.Generator, people: int = 24) -> Sound:
    """Babble: many voices at once, near and far.

    To halve the work, each voice is added twice, shifted by half of the length: no single
    voice can be followed in babble.
    """
    sound = np.zeros(round(seconds * sample_rate))
    for _ in range((people + 1) // 2):
        deep = rng.random() < 0.5
        speaker = Speaker(rng.uniform(95, 140) if deep else rng.uniform(170, 240), rng.uniform(0.95, 1.2))
        voice = speech(seconds, sample_rate, rng, speaker)
        voice /= voice.std()
        sound += rng.uniform(0.3, 1.0) * voice + rng.uniform(0.3, 1.0) * np.roll(voice, len(voice) // 2)
    return sound


@dataclass(frozen=True, eq=False)
class _Articulation:
    """Control signals of the voice, one value each 5 ms."""

    pitch: Sound
    voiced: Sound
    noisy: Sound
    formants: Sound  # [3, n]
    friction: Sound  # [1, n]


def _articulate(n: int, rng: np.random.Generator, speaker: Speaker) -> _Articulation:
    pitch = np.full(n, speaker.pitch_hz)
    voiced, noisy = np.zeros(n), np.zeros(n)
    formants = np.tile(np.array(_VOWELS[0])[:, None] * speaker.tract, n)
    friction = np.full((1, n), _FRICATIVES[0])
    at = int(rng.uniform(0, 0.2) / _CONTROL_S)
    while at < n:
        n_syllables = int(rng.integers(4, 11))
        for syllable in range(n_syllables):
            length = max(16, int(rng.normal(1.0, 0.25) / speaker.syllables_a_second / _CONTROL_S))
            consonant = int(rng.uniform(0.2, 0.45) * length)
            end = min(n, at + length)
            vowel_at = min(n, at + consonant)
            accent = rng.choice((0.0, 0.0, 1.0))
            fall = 1.12 - 0.24 * syllable / n_syllables
            bend = 1 + (0.05 + 0.2 * accent) * np.hanning(max(3, end - at))[: end - at] * rng.choice((-1, 1))
            pitch[at:end] = speaker.pitch_hz * fall * bend
            if rng.random() < 0.5:
                noisy[at:vowel_at] = rng.uniform(0.3, 1.0)
                friction[0, at:end] = rng.choice(_FRICATIVES)
            elif rng.random() < 0.5:  # a nasal or liquid: voiced, weak
                voiced[at:vowel_at] = 0.25
            formants[:, at:end] = (np.array(_VOWELS[rng.integers(len(_VOWELS))]) * speaker.tract)[:, None]
            voiced[vowel_at:end] = rng.uniform(0.6, 1.0) * (1 + accent) / 2
            at = end
        pause = int(rng.uniform(0.25, 0.7) / _CONTROL_S)
        at += pause
    pitch *= 1 + 0.01 * rng.standard_normal(n)  # jitter
    smooth = np.hanning(13)[1:-1]  # inertia of tongue and lips
    return _Articulation(
        np.convolve(np.pad(pitch, 5, "edge"), smooth / smooth.sum(), "valid"),
        np.convolve(voiced, smooth / smooth.sum(), "same"),
        np.convolve(noisy, smooth / smooth.sum(), "same"),
        np.stack([np.convolve(np.pad(row, 5, "edge"), smooth / smooth.sum(), "valid") for row in formants]),
        friction,
    )


def shape_by_formants(
    source: Sound, sample_rate: int, level: Sound, centres: Sound, widths: tuple[float, ...], *, tilt: bool
) -> Sound:
    """Filter a source with moving resonances, in the short-time Fourier transform."""
    window = 2 * round(0.008 * sample_rate)
    frequency, frame_s, spectrum = stft(source, sample_rate, nperseg=window, noverlap=3 * window // 4)
    control = np.arange(len(level)) * _CONTROL_S
    gain = np.zeros(spectrum.shape)
    for row, width in zip(centres, widths, strict=True):
        centre = np.interp(frame_s, control, row)
        resonance = 1.0 / (1.0 + ((frequency[:, None] - centre) / width) ** 2)
        # Higher formants are weaker: -12 dB an octave from the glottis, +6 from the radiation at the lips.
        gain += resonance * (np.minimum(1.0, 500.0 / centre) if tilt else 1.0)
    gain *= np.interp(frame_s, control, level)
    _, sound = istft(spectrum * gain, sample_rate, nperseg=window, noverlap=3 * window // 4)
    return np.asarray(sound[: len(source)])


# --- a speech synthesiser ----------------------------------------------------------------

_SENTENCES = {
    "en": (
        "Good morning. The next train to the coast leaves from platform four in eleven minutes. Please keep your "
        "luggage with you at all times. The dining car is in the middle of the train, and it serves tea, soup and "
        "sandwiches until half past eight. We wish you a pleasant journey, and we are sorry for the delay. "
    ),
    "de": (
        "Guten Morgen. Der nächste Zug an die Küste fährt in elf Minuten von Gleis vier. Bitte lassen Sie Ihr Gepäck "
        "nicht unbeaufsichtigt. Der Speisewagen befindet sich in der Mitte des Zuges und ist bis halb neun geöffnet. "
    ),
    "fr": (
        "Bonjour. Le prochain train pour la côte partira de la voie quatre dans onze minutes. Veuillez garder vos "
        "bagages près de vous. La voiture restaurant se trouve au milieu du train et ferme à huit heures. "
    ),
    "es": (
        "Buenos días. El próximo tren a la costa sale de la vía cuatro dentro de once minutos. No dejen su equipaje "
        "sin vigilancia. El coche comedor está en el centro del tren y permanece abierto hasta las ocho y media. "
    ),
}


@dataclass(frozen=True)
class SpokenVoice:
    """A voice of espeak-ng.

    Attributes
    ----------
    voice : str
        As the option ``-v`` takes it, such as ``"en-us+f3"``.
    speed : int
        Words a minute.
    pitch : int
        0..99.
    """

    voice: str
    speed: int = 165
    pitch: int = 50

    def __call__(self, seconds: float, sample_rate: int, rng: np.random.Generator) -> Sound:
        """Synthesise the same sentences again and again until the length is reached."""
        import soundfile
        import soxr

        program = espeak_program()
        if program is None:
            raise FileNotFoundError("espeak-ng is not installed")
        text = _SENTENCES[self.voice[:2]]
        # About 0.35 s a word at the usual speed; read on until there is enough.
        words = text * (1 + int(seconds * self.speed / 60 / len(text.split()) * 1.5))
        command = [program, "-v", self.voice, "-s", str(self.speed), "-p", str(self.pitch), "--stdout", words]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
        # espeak-ng writes to a pipe and leaves the sizes in the header open.
        spoken, rate = soundfile.read(io.BytesIO(_sized(done.stdout)))
        sound = np.asarray(soxr.resample(spoken, rate, sample_rate), np.float64)
        return np.resize(sound, round(seconds * sample_rate))


def _sized(wav: bytes) -> bytes:
    """A WAV file with the actual sizes in its header."""
    data_at = wav.index(b"data") + 8
    sizes = (len(wav) - 8, len(wav) - data_at)
    return (
        wav[:4] + sizes[0].to_bytes(4, "little") + wav[8 : data_at - 4] + sizes[1].to_bytes(4, "little") + wav[data_at:]
    )


def espeak_program() -> str | None:
    """Path of espeak-ng, or None if it is not installed."""
    return shutil.which("espeak-ng") or shutil.which("espeak")


SPOKEN = {
    "spoken English, a man": SpokenVoice("en-us"),
    "spoken English, a woman": SpokenVoice("en-gb+f3", 150, 60),
    "spoken English, fast": SpokenVoice("en-us+m3", 240, 40),
    "spoken German": SpokenVoice("de", 160, 45),
    "spoken German, a woman": SpokenVoice("de+f2", 140, 65),
    "spoken French": SpokenVoice("fr", 170, 50),
    "spoken Spanish": SpokenVoice("es+f4", 180, 55),
    "spoken Spanish, slow": SpokenVoice("es+m5", 110, 30),
}
