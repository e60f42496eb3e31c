from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.signal import welch

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import NOT_MUSIC
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import CONFIG, LABELS
from training.robustness import speech as voices
from training.robustness.degradations import DEGRADATIONS, Degradation, write_degraded
from training.robustness.measure import probe_degradations, probe_signals, read_mono
from training.robustness.signals import SIGNALS, SPEECH, Signal, find_signal
from training.robustness.synthetic_music import MUSIC, make_music

RATE = 16_000
MADE = [signal for signal in SIGNALS if not signal.unavailable and "babble" not in signal.name]
each_signal = pytest.mark.parametrize("signal", MADE, ids=lambda signal: signal.name)


def spectrum(sound: NDArray[np.float32], rate: int = RATE) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    frequency, power = welch(sound.astype(np.float64), rate, nperseg=4096)
    return frequency, power


def decibels(ratio: float) -> float:
    return float(10 * np.log10(ratio))


# --- signals -----------------------------------------------------------------------------


@each_signal
def test_a_seed_gives_the_same_samples_of_the_length_and_level_asked_for(signal: Signal) -> None:
    first, again = (signal.make(2.5, RATE, seed=4, peak_db=-20.0) for _ in range(2))
    assert first.dtype == np.float32
    assert first.shape == (40_000,)
    np.testing.assert_array_equal(first, again)
    if signal.name not in ("digital silence", "silence with dither"):
        assert np.abs(first).max() == pytest.approx(0.1, rel=1e-5)


@each_signal
@pytest.mark.parametrize("rate", [8_000, 48_000])
def test_every_rate_works(signal: Signal, rate: int) -> None:
    sound = signal.make(1.0, rate)
    assert sound.shape == (rate,)
    assert np.isfinite(sound).all()


@pytest.mark.parametrize("name", ["white noise", "wind", "applause", "dialling (DTMF)", "speech-like, a man"])
def test_another_seed_gives_other_samples(name: str) -> None:
    one, two = (find_signal(name).make(2.0, RATE, seed=seed) for seed in (0, 1))
    assert not np.array_equal(one, two)


def test_noises_do_not_share_their_samples() -> None:
    white, fading = find_signal("white noise").make(2.0, RATE), find_signal("noise fading in").make(2.0, RATE)
    assert abs(np.corrcoef(white, fading)[0, 1]) < 0.05


def test_names_are_unique() -> None:
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)
    with pytest.raises(KeyError):
        find_signal("a symphony")


@pytest.mark.parametrize(("name", "slope_db"), [("white noise", 0.0), ("pink noise", -3.0), ("brown noise", -6.0)])
def test_noise_has_its_colour(name: str, slope_db: float) -> None:
    frequency, power = spectrum(find_signal(name).make(30.0, RATE))
    octaves = [power[(frequency >= f) & (frequency < 2 * f)].mean() for f in (200.0, 400.0, 800.0, 1_600.0, 3_200.0)]
    steps = np.diff([decibels(octave) for octave in octaves])
    assert steps == pytest.approx([slope_db] * 4, abs=0.5)


def test_limited_noise_stays_in_its_band() -> None:
    frequency, power = spectrum(find_signal("noise 1-2 kHz").make(10.0, RATE))
    inside = power[(frequency > 1_000) & (frequency < 2_000)].sum()
    assert inside > 0.9 * power.sum()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("sine 440 Hz", [440]), ("dial tone 350+440 Hz", [350, 440]), ("two sines", [440, 1_234]), ("morse code", [700])],
)
def test_tones_have_their_frequencies(name: str, expected: list[float]) -> None:
    frequency, power = spectrum(find_signal(name).make(10.0, RATE))
    peaks = (power[1:-1] > power[:-2]) & (power[1:-1] > power[2:]) & (power[1:-1] > 0.1 * power.max())
    assert frequency[1:-1][peaks] == pytest.approx(expected, abs=RATE / 4096)


def test_hum_is_harmonics_of_the_mains_over_a_little_noise() -> None:
    frequency, power = spectrum(find_signal("mains hum 50 Hz").make(10.0, RATE))
    # Bins are 3.9 Hz apart and a line is three wide.
    harmonic = np.abs((frequency + 25) % 50 - 25) < 9
    assert 30 < decibels(power[harmonic].sum() / power[~harmonic & (frequency > 25)].sum()) < 60


def test_a_chirp_climbs_all_the_time() -> None:
    for name in ("linear chirp", "exponential chirp"):
        sound = find_signal(name).make(8.0, RATE)
        crossings = [np.count_nonzero(np.diff(np.signbit(part))) for part in np.split(sound, 16)]
        assert (np.diff(crossings) > 0).all()


def test_clicks_leave_silence_between_them() -> None:
    for name in ("regular clicks", "random clicks"):
        sound = find_signal(name).make(10.0, RATE)
        assert np.mean(np.abs(sound) > 1e-3) < 0.02
    onsets = np.flatnonzero(find_signal("regular clicks").make(10.0, RATE) > 0.4)
    starts = onsets[np.diff(onsets, prepend=-RATE) > 100]
    assert np.diff(starts) == pytest.approx(np.full(19, RATE / 2), abs=1)


def test_noise_that_fades_in_ends_40_db_louder() -> None:
    sound = find_signal("noise fading in").make(20.0, RATE)
    start, end = np.std(sound[:RATE]), np.std(sound[-RATE:])
    assert decibels((end / start) ** 2) == pytest.approx(38, abs=1)


@pytest.mark.parametrize("name", ["speech-like, a man", "speech-like, a woman"])
def test_speech_made_by_code_has_syllables_pauses_and_a_voice(name: str) -> None:
    sound = find_signal(name).make(30.0, RATE)
    level = np.sqrt(np.square(sound.reshape(-1, RATE // 100)).mean(axis=1))  # each 10 ms
    assert 0.1 < np.mean(level < 0.05 * level.max()) < 0.6
    modulation = np.abs(np.fft.rfft(level - level.mean())) ** 2
    hertz = np.fft.rfftfreq(len(level), 0.01)
    syllables, quicker = (modulation[(hertz > low) & (hertz < low + 6)].sum() for low in (2, 14))
    assert syllables > 4 * quicker
    frequency, power = spectrum(sound)
    assert power[frequency < 1_000].sum() > 3 * power[frequency > 2_000].sum()


def test_many_voices_fill_the_pauses_of_one() -> None:
    def quiet(sound: NDArray[np.float64]) -> float:
        level = np.sqrt(np.square(sound.reshape(-1, 800)).mean(axis=1))
        return float(np.mean(level < 0.1 * level.max()))

    rng = np.random.default_rng(0)
    assert quiet(voices.many_speakers(4.0, 8_000, rng, people=12)) < 0.02 < quiet(voices.speech(4.0, 8_000, rng))


def test_without_the_program_spoken_signals_say_why_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices.shutil, "which", lambda name: None)
    spoken = find_signal("spoken German")
    assert spoken.kind == SPEECH
    assert "espeak-ng" in (spoken.unavailable or "")
    assert find_signal("speech-like, a man").unavailable is None
    with pytest.raises(FileNotFoundError, match="espeak-ng"):
        spoken.make(1.0, RATE)


@pytest.mark.parametrize("name", MUSIC)
def test_pieces_are_seeded_and_last_as_long_as_asked(name: str) -> None:
    first, again = (make_music(name, 3.0, RATE, seed=2) for _ in range(2))
    np.testing.assert_array_equal(first, again)
    assert first.dtype == np.float32
    assert first.shape == (3 * RATE,)
    assert np.abs(first).max() == pytest.approx(0.5)


# --- degradations ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def piece() -> NDArray[np.float32]:
    return make_music("guitar alone", 6.0, 22_050, seed=1)


@pytest.mark.parametrize("degradation", DEGRADATIONS, ids=lambda degradation: degradation.name)
def test_a_degraded_file_is_the_music_in_the_form_asked_for(
    degradation: Degradation, piece: NDArray[np.float32], tmp_path: Path
) -> None:
    path = write_degraded(piece, 22_050, degradation, tmp_path / "a.00029")
    assert path.parent == tmp_path
    assert path.name.startswith("a.00029.")
    with open_audio(path) as reader:
        assert reader.info.sample_rate == (degradation.sample_rate or 22_050)
        assert reader.info.channels == degradation.channels
        decoded = np.concatenate(list(reader.blocks(22_050, 10.0)))
        assert reader.problem is None
    wanted = piece[round(degradation.skip_s * 22_050) :] * 10 ** (degradation.gain_db / 20)
    # Encoders add some silence at the beginning.
    assert len(decoded) == pytest.approx(len(wanted), abs=3_000)
    n = 1 << 17
    lag = int(np.argmax(np.fft.irfft(np.fft.rfft(decoded, 2 * n) * np.conj(np.fft.rfft(wanted, 2 * n)))))
    assert lag < 3_000
    decoded = decoded[lag:][: len(wanted)]
    wanted = wanted[: len(decoded)]
    error_db = decibels(max(1e-12, np.square(decoded - wanted).sum() / np.square(wanted).sum()))
    assert error_db < (-25 if degradation.noise_db is not None else -8)
    if degradation.coding in ("mp3", "aac", "ogg"):
        assert error_db > -60, "nothing was lost: it is not the codec it says"
        assert path.stat().st_size < 0.25 * piece.nbytes * 2


def test_gain_is_pure_in_float_and_cut_where_the_format_cuts(tmp_path: Path) -> None:
    loud = np.full(RATE, 0.8, np.float32)
    plain, cut = (
        write_degraded(loud, RATE, Degradation("x", gain_db=12.0, coding=coding), tmp_path / coding)
        for coding in ("float", "int16")
    )
    assert soundfile.read(plain)[0].max() == pytest.approx(0.8 * 10 ** (12 / 20), rel=1e-5)
    assert soundfile.read(cut)[0].max() == pytest.approx(1.0, abs=1e-4)


def test_noise_is_as_far_below_as_it_says_and_seeded(piece: NDArray[np.float32], tmp_path: Path) -> None:
    noisy = Degradation("x", noise_db=-30.0)
    one, same, other = (
        soundfile.read(write_degraded(piece, 22_050, noisy, tmp_path / str(seed), seed=seed))[0] for seed in (1, 1, 2)
    )
    assert decibels(np.square(one - piece).sum() / np.square(piece).sum()) == pytest.approx(-30, abs=0.2)
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_one_second_later_begins_one_second_later(piece: NDArray[np.float32], tmp_path: Path) -> None:
    path = write_degraded(piece, 22_050, Degradation("x", skip_s=1.0), tmp_path / "x")
    np.testing.assert_array_equal(soundfile.read(path, dtype="float32")[0], piece[22_050:])


# --- measuring ---------------------------------------------------------------------------


class Brightness:
    """Stands for a network that is fooled by the brightness of a patch and by nothing else."""

    def __call__(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        bright = patches[:, :, CONFIG.n_mels // 2 :].mean(axis=(1, 2)) > 0.5
        return np.where(bright[:, np.newaxis], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05]).astype(np.float32)


@pytest.fixture
def predictor(tmp_path: Path) -> Predictor:
    card = {"name": "bright", "labels": list(LABELS), "calibration": {"temperature": 1.0}}
    return Predictor(ModelBundle(tmp_path, card, CONFIG), Brightness())


def test_signals_are_answered_in_their_order_and_missing_ones_say_why(
    predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices.shutil, "which", lambda name: None)
    chosen = [find_signal(name) for name in ("digital silence", "spoken German", "white noise")]
    silence, spoken, noise = probe_signals(predictor, chosen, seconds=6.0, sample_rate=22_050)
    assert (silence.genre, silence.first_genre, silence.is_fooled) == (NOT_MUSIC, None, False)
    assert (spoken.genre, spoken.is_fooled) == (None, False)
    assert "espeak-ng" in spoken.reasons[0]
    assert noise.first_genre == LABELS[-1]
    assert noise.confidence == pytest.approx(0.9, abs=0.01)


def test_what_changes_the_genre_is_counted_and_what_does_not_is_not(predictor: Predictor, tmp_path: Path) -> None:
    clips = []
    for number in range(2):
        low = 0.3 * np.sin(2 * np.pi * (200 + 50 * number) * np.arange(6 * 22_050) / 22_050)
        clips.append(tmp_path / f"{number}.wav")
        soundfile.write(clips[-1], low, 22_050, subtype="FLOAT")
    clips.append(tmp_path / "silence.wav")
    soundfile.write(clips[-1], np.zeros(6 * 22_050), 22_050)
    quieter, drowned = Degradation("quieter", gain_db=-12.0), Degradation("drowned", noise_db=20.0)
    assert probe_degradations(predictor, clips, [quieter, drowned]) == {"quieter": (2, 2), "drowned": (0, 2)}


def test_reading_keeps_the_rate_of_the_file(tmp_path: Path) -> None:
    sound = make_music("flute alone", 2.0, 11_025)
    soundfile.write(tmp_path / "a.wav", sound, 11_025, subtype="FLOAT")
    samples, rate = read_mono(tmp_path / "a.wav")
    assert rate == 11_025
    np.testing.assert_array_equal(samples, sound)
