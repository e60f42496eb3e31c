from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.subsonic_filter import SubsonicFilter, subsonic_removed
from tests.support.odd_files import music

RATE = 22_050
RATES = [1_000, 8_000, 16_000, 22_050, 48_000, 192_000]


def sine(hertz: float, amplitude: float, seconds: float = 6.0, rate: int = RATE) -> np.ndarray:
    return (amplitude * np.sin(2 * np.pi * hertz / rate * np.arange(round(seconds * rate)) + 0.4)).astype(np.float32)


def chord(seconds: float, rate: int = RATE) -> np.ndarray:
    """Some tones that swell, with nothing below 60 Hz."""
    time = np.arange(round(seconds * rate)) / rate
    tones = sum(
        np.sin(2 * np.pi * hertz * time + hertz) / k for k, hertz in enumerate((80.0, 220.0, 700.0, 2_500.0), 1)
    )
    return (0.1 * tones * (1.2 + np.sin(2 * np.pi * 1.3 * time))).astype(np.float32)


def level(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [2.0, 5.0, 8.0, 12.0, 16.0])
def test_what_lies_below_hearing_is_removed_beside_a_tone(rate, hertz):
    tone = sine(200.0, 0.1, rate=rate)
    heard = subsonic_removed(tone + sine(hertz, 0.5, rate=rate), rate)
    assert heard.size == tone.size
    inner = slice(rate // 2, -rate // 2)
    assert level((heard - tone)[inner]) < 0.5 * 10 ** (-58 / 20)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [25.0, 31.0, 60.0, 400.0])
def test_what_is_heard_stays(rate, hertz):
    tone = sine(hertz, 0.1, rate=rate)
    heard = subsonic_removed(tone + np.float32(0.5), rate)
    np.testing.assert_allclose(heard[rate // 2 : -rate // 2], tone[rate // 2 : -rate // 2], atol=2e-4)


@pytest.mark.parametrize("offset", [0.15, 0.3, -0.7, 1_000.0])
def test_an_offset_is_gone_from_the_first_sample_to_the_last(offset):
    sound = chord(5.0)
    heard = subsonic_removed(sound + np.float32(offset), RATE)
    np.testing.assert_allclose(heard, sound, rtol=0, atol=0.02 + 1e-6 * abs(offset))
    assert abs(float(heard.mean(dtype=np.float64))) < 1e-4


def test_ordinary_music_passes_to_the_last_bit():
    for sound in (music(8.0)[:, 0], music(8.0)[:, 0] * np.float32(1e-4), music(8.0)[:, 0] * np.float32(100.0)):
        np.testing.assert_array_equal(subsonic_removed(sound, RATE), sound)
    noise = np.random.default_rng(0).normal(0, 0.1, 5 * RATE).astype(np.float32)
    np.testing.assert_array_equal(subsonic_removed(noise, RATE), noise)


def test_it_says_whether_it_acted():
    tone = sine(440, 0.1)
    subsonic = SubsonicFilter(RATE)
    subsonic.push(tone)
    assert not subsonic.has_acted
    subsonic.push(tone + sine(8, 0.4))
    assert subsonic.has_acted
    subsonic.finish()
    assert subsonic.has_acted


def test_a_little_rumble_belongs_to_the_recording_and_fades_out_as_it_grows():
    sound = np.random.default_rng(0).normal(0, 0.1, 8 * RATE).astype(np.float32)
    left = []
    for db in (-14, -8, -7, -6, -3):
        rumble = sine(8.0, 0.1 * np.sqrt(2.0) * 10 ** (db / 20), 8.0)
        inner = slice(2 * RATE, -RATE)
        left.append(level((subsonic_removed(sound + rumble, RATE) - sound)[inner]) / level(rumble))
    assert left[0] == pytest.approx(1.0, abs=1e-3)
    assert left[-1] < 0.3
    assert all(np.diff(left) < 0.0)


@settings(deadline=None, max_examples=40)
@given(
    cuts=st.lists(st.integers(0, 3 * RATE), max_size=12),
    length=st.integers(0, 3 * RATE),
    offset=st.sampled_from([0.0, 0.3, 50.0]),
)
def test_pieces_of_any_size_give_the_whole(cuts, length, offset):
    rng = np.random.default_rng(length)
    sound = (rng.normal(0, 0.1, length) + offset * (np.arange(length) > length // 3)).astype(np.float32)
    subsonic = SubsonicFilter(RATE)
    pieces = [subsonic.push(piece) for piece in np.split(sound, sorted(min(cut, length) for cut in cuts))]
    joined = np.concatenate([*pieces, subsonic.finish()])
    assert joined.size == length
    np.testing.assert_allclose(joined, subsonic_removed(sound, RATE), rtol=0, atol=2e-5 * max(1.0, offset))


def test_live_sound_passes_at_once():
    sound = music(6.0)[:, 0]
    subsonic = SubsonicFilter(RATE, is_live=True)
    blocks = [subsonic.push(piece) for piece in np.split(sound, range(777, len(sound), 777))]
    n_returned = np.cumsum([block.size for block in blocks])
    n_pushed = np.minimum(777 * np.arange(1, len(blocks) + 1), len(sound))
    assert (n_returned == n_pushed)[n_pushed > 0.75 * RATE].all()
    np.testing.assert_array_equal(np.concatenate([*blocks, subsonic.finish()]), sound)


@settings(deadline=None, max_examples=40)
@given(
    cuts=st.lists(st.integers(0, 5 * RATE), max_size=12),
    offsets=st.lists(st.sampled_from([0.0, 0.1, 0.6]), min_size=5, max_size=5),
)
def test_live_sound_in_pieces_of_any_size_is_that_of_the_whole_but_for_the_first_moment_of_a_fault(cuts, offsets):
    sound = np.random.default_rng(0).normal(0, 0.1, 5 * RATE).astype(np.float32)
    sound += np.repeat(np.float32(offsets), RATE)
    live, at_once = SubsonicFilter(RATE, is_live=True), SubsonicFilter(RATE, is_live=True)
    pieces = [live.push(piece) for piece in np.split(sound, sorted(cuts))]
    joined, whole = np.concatenate([*pieces, live.finish()]), np.concatenate((at_once.push(sound), at_once.finish()))
    np.testing.assert_allclose(joined, whole, rtol=0, atol=2e-5)
    filtered = subsonic_removed(sound, RATE)
    differs = np.abs(joined - filtered) > 2e-5
    np.testing.assert_array_equal(joined[differs], sound[differs])
    assert differs.sum() <= np.count_nonzero(np.diff(offsets)) * (live.n_ahead + 1_000)


def test_an_excerpt_with_its_margin_is_what_the_whole_gives_there():
    sound = np.random.default_rng(1).normal(0, 0.1, 20 * RATE).astype(np.float32) + sine(8.0, 0.5, 20.0)
    sound += np.float32(0.3)
    whole = subsonic_removed(sound, RATE)
    margin = SubsonicFilter(RATE).n_ahead
    for start in (3 * RATE + 7, 9 * RATE + 1_234):
        part = subsonic_removed(sound[start - margin : start + 3 * RATE + margin], RATE)[margin : margin + 3 * RATE]
        np.testing.assert_allclose(part, whole[start : start + 3 * RATE], rtol=0, atol=2e-5)


@pytest.mark.parametrize("n", [0, 1, 2, 54, 55, 56, 5_000, 10_000])
def test_a_pure_offset_is_silence_however_short(n):
    heard = subsonic_removed(np.full(n, 0.3, np.float32), RATE)
    assert heard.size == n
    assert np.abs(heard).max(initial=0.0) < 1e-6


def test_memory_does_not_grow_with_the_signal():
    subsonic = SubsonicFilter(RATE)
    block = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    n_out = sum(subsonic.push(block).size for _ in range(40))
    assert 40 * RATE - n_out < RATE
    assert subsonic._signal.size < 2 * RATE and len(subsonic._powers) < 1_300


@pytest.mark.parametrize(
    "config",
    [
        FeatureConfig(),
        FeatureConfig(sample_rate=16_000, n_fft=512, hop_length=256, n_mels=96, fmax=8_000.0, scaling="log_power"),
    ],
)
@pytest.mark.parametrize("fault", ["offset", "8 Hz", "16 Hz", "step", "drift"])
def test_the_spectrogram_of_a_faulty_recording_is_that_of_the_clean_one(config, fault):
    rate = config.sample_rate
    sound = chord(8.0, rate)
    time = np.arange(len(sound)) / rate
    added = {
        "offset": np.full(len(sound), 0.3),
        "8 Hz": sine(8.0, 0.5, 8.0, rate),
        "16 Hz": sine(16.0, 0.5, 8.0, rate),
        "step": np.where(time < 4.0, 0.0, 0.4),
        "drift": np.linspace(-0.6, 0.8, len(sound)),
    }[fault]
    clean, faulty = log_mel(sound, config), log_mel(sound + added.astype(np.float32), config)
    frames = np.ones(len(clean), bool)
    at_s = np.arange(len(clean)) * config.frame_s
    frames[(at_s < 0.4) | (at_s > 7.6) | ((np.abs(at_s - 4.0) < 0.4) & (fault == "step"))] = False
    loud = clean > clean.max() - 50.0
    assert np.abs(clean - faulty)[frames][loud[frames]].max() < 1.0
    assert (faulty - np.maximum(clean, clean.max() - 50.0))[frames].max() < 1.0
