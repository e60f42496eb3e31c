from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import mix_down
from genre_desktop.audio.decode.downmix import Downmix, downmix, segment_frames
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.playback.channel_mixer import ChannelMixer
from tests.support.odd_files import encode, music, write_sound

RATE = 22_050
LONG = 9.0


def song(seconds: float = LONG, rate: int = RATE) -> np.ndarray:
    """Music over noise [shape=(n,)]."""
    sound = music(seconds, rate)[:, 0]
    return sound + np.random.default_rng(4).normal(0, 0.01, len(sound)).astype(np.float32)


def stereo(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.stack((left, right), axis=1).astype(np.float32)


def low_pass(sound: np.ndarray, hertz: float, rate: int = RATE) -> np.ndarray:
    spectrum = np.fft.rfft(sound)
    spectrum[np.fft.rfftfreq(len(sound), 1 / rate) > hertz] = 0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


def noise(seed: int, seconds: float = LONG, rate: int = RATE) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, round(seconds * rate)).astype(np.float32)


def level_db(sound: np.ndarray) -> float:
    return 10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20)


def late(sound: np.ndarray, n: int) -> np.ndarray:
    return np.concatenate((np.zeros(n, np.float32), sound[:-n]))


ORDINARY = {
    "the same in both": stereo(song(), song()),
    "panned": stereo(song(), 0.2 * song()),
    "one side": stereo(song(), 0 * song()),
    "independent noise": stereo(noise(1), noise(2)),
    "wide": stereo(song() + 0.9 * noise(1), song() - 0.9 * noise(1)),
    "two instruments": stereo(song(), late(song(), 40_000)),
    "a delay of all but the bass": stereo(
        song(), low_pass(song(), 120.0) + 0.8 * late(song() - low_pass(song(), 120.0), 350)
    ),
    "an echo on the other side": stereo(song(), 0.4 * late(song(), 350)),
    "half as loud and opposite": stereo(song(), -0.4 * song()),
    "opposite rumble of a record": stereo(
        song() + 0.3 * np.sin(np.arange(len(song())) * 2 * np.pi * 9 / RATE),
        song() - 0.3 * np.sin(np.arange(len(song())) * 2 * np.pi * 9 / RATE),
    ),
    "opposite offsets": stereo(song() + 0.3, song() - 0.3),
    "silence": np.zeros((len(song()), 2), np.float32),
    "surround": np.stack([song(), late(song(), 99), noise(1), 0.2 * song(), noise(2), noise(3)], axis=1),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_ordinary_sound_is_mixed_to_the_mean_to_the_last_bit(what):
    frames = np.ascontiguousarray(ORDINARY[what], dtype=np.float32)
    mixed = downmix(frames, RATE)
    if frames.shape[1] == 2:
        np.testing.assert_array_equal(mixed, mix_down(frames))
    else:  # BLAS rounds by how many frames it gets at once
        np.testing.assert_allclose(mixed, mix_down(frames), rtol=0, atol=1e-7)


def test_opposite_channels_give_the_sound_of_one():
    np.testing.assert_allclose(downmix(stereo(song(), -song()), RATE), song(), atol=1e-6)


@pytest.mark.parametrize("gain", [-1.15, -0.95, -0.7])
def test_nearly_opposite_channels_do_not_cancel_out(gain):
    mixed = downmix(stereo(song() + 0.02 * noise(1), gain * song() + 0.02 * noise(2)), RATE)
    assert np.corrcoef(mixed, song())[0, 1] > 0.98
    assert abs(level_db(mixed) - level_db(song())) < 1.5


def test_a_swapped_polarity_is_found_beneath_wide_stereo():
    side = low_pass(noise(1), 4_000.0) - low_pass(noise(1), 250.0)  # bass is the same in both channels, as a rule
    frames = stereo(song() + side, -(song() - side))
    assert level_db(low_pass(downmix(frames, RATE), 200.0)) > level_db(low_pass(song(), 200.0)) - 1.0


@pytest.mark.parametrize("below_hz", [120.0, 200.0, 400.0])
def test_a_bass_that_is_opposite_is_kept(below_hz):
    bass = low_pass(song(), below_hz)
    frames = stereo(song(), song() - 2 * bass)
    assert level_db(low_pass(mix_down(frames), 80.0)) < level_db(low_pass(song(), 80.0)) - 20
    assert level_db(low_pass(downmix(frames, RATE), 80.0)) > level_db(low_pass(song(), 80.0)) - 1


def test_all_above_the_bass_that_is_opposite_is_kept():
    bass = low_pass(song(), 200.0)
    mixed = downmix(stereo(song(), 2 * bass - song()), RATE)
    assert abs(level_db(mixed - low_pass(mixed, 250.0)) - level_db(song() - low_pass(song(), 250.0))) < 1.0


def test_a_part_that_is_opposite_is_kept_without_a_jump_or_a_click():
    tone = 0.3 * np.sin(2 * np.pi * 220 / RATE * np.arange(16 * RATE)).astype(np.float32)
    right = tone.copy()
    right[5 * RATE : 11 * RATE] *= -1
    mixed = downmix(stereo(tone, right), RATE)
    for second in range(16):
        if second not in (4, 5, 6, 10, 11, 12):  # in which a segment of two seconds has both
            assert abs(level_db(mixed[second * RATE : (second + 1) * RATE]) - level_db(tone)) < 0.1
    assert np.abs(np.diff(mixed)).max() < 1.2 * np.abs(np.diff(tone)).max()


@pytest.mark.parametrize("inverted", range(6))
def test_one_of_six_channels_that_is_inverted(inverted):
    gains = np.float32([1.0, 0.9, 0.8, 0.7, 0.6, 0.75])
    frames = song()[:, np.newaxis] * gains
    frames[:, inverted] *= -1
    mixed = downmix(frames, RATE)
    assert np.corrcoef(mixed, song())[0, 1] > 0.999
    assert level_db(mixed) > level_db(song()) - 3.5


def test_front_channels_that_are_opposite_beside_a_voice_in_the_centre():
    frames = np.stack([song(), -song(), 0.5 * noise(1), 0 * song(), 0.1 * noise(2), 0.1 * noise(3)], axis=1)
    assert np.corrcoef(downmix(frames.astype(np.float32), RATE), song())[0, 1] > 0.7
    assert abs(np.corrcoef(mix_down(frames.astype(np.float32)), song())[0, 1]) < 0.1


@settings(deadline=None, max_examples=25)
@given(cuts=st.lists(st.integers(0, round(LONG * RATE)), max_size=15), is_opposite=st.booleans())
def test_blocks_of_any_size_give_the_whole(cuts, is_opposite):
    right = song()
    right[3 * RATE :] *= -1 if is_opposite else 1
    frames = stereo(song(), right)
    stream = Downmix(2, RATE)
    parts = [mixed for piece in np.split(frames, sorted(cuts)) for mixed in stream.push(piece)]
    joined = np.concatenate([*parts, *stream.finish()])
    np.testing.assert_allclose(joined, downmix(frames, RATE), rtol=0, atol=1e-6)


@settings(deadline=None, max_examples=60)
@given(
    channels=st.integers(2, 8),
    rate=st.sampled_from([1_000, 8_000, 22_050, 96_000]),
    seconds=st.floats(0.0, 5.0),
    first=st.integers(0, 300_000),
    cuts=st.lists(st.floats(0.0, 1.0), max_size=12),
    orders=st.lists(st.sampled_from("CF"), min_size=13, max_size=13),
    odd=st.lists(st.sampled_from([np.nan, np.inf, -np.inf, 3e38, -1e30]), max_size=3),
    is_live=st.booleans(),
)
def test_any_frames_in_any_pieces_give_as_many_finite_samples_in_bounded_memory(
    channels, rate, seconds, first, cuts, orders, odd, is_live
):
    n = round(seconds * rate)
    rng = np.random.default_rng(n)
    frames = rng.normal(0, 0.1, (n, channels)).astype(np.float32)
    frames[:, 1] *= 0 if first % 2 else 1
    frames[:, 1] -= frames[:, 0] if first % 2 else 0
    for value in odd if n else ():
        frames[rng.integers(n), rng.integers(channels)] = value
    whole, pieces = (Downmix(channels, rate, first_sample=first, is_live=is_live) for _ in range(2))
    expected = [*whole.push(frames), *(() if is_live else whole.finish())]
    mixed = []
    for piece, order in zip(np.split(frames, sorted(round(cut * n) for cut in cuts)), orders, strict=False):
        mixed += pieces.push(np.array(piece, order=order))
        assert pieces._held.size <= 1.5 * channels * segment_frames(channels, rate)
    mixed += () if is_live else pieces.finish()
    joined, expected = (np.concatenate([np.empty(0, np.float32), *parts]) for parts in (mixed, expected))
    assert joined.size == expected.size == n
    assert np.isfinite(joined).all()
    np.testing.assert_allclose(joined, expected, rtol=0, atol=1e-6 * max(1.0, np.abs(expected).max(initial=0.0)))


def test_a_part_is_mixed_as_the_whole_is_there():
    right = song(20.0)
    right[9 * RATE :] *= -1
    frames = stereo(song(20.0), right)
    whole = downmix(frames, RATE)
    for first in (0, 1_234, 5 * RATE, 12 * RATE + 17):
        part = downmix(frames[first : first + 4 * RATE], RATE, first)
        np.testing.assert_allclose(part[2_000:], whole[first : first + 4 * RATE][2_000:], rtol=0, atol=1e-6)


def test_live_sound_is_mixed_at_once_and_from_the_first_half_second_on():
    frames = stereo(song(), -song())
    stream = Downmix(2, RATE, is_live=True)
    blocks = [np.concatenate(list(stream.push(frames[at : at + 500]))) for at in range(0, len(frames), 500)]
    assert all(len(block) == 500 for block in blocks[:-1])
    mixed = np.concatenate(blocks)
    np.testing.assert_allclose(mixed[RATE:], song()[RATE:], atol=1e-6)
    ordinary = Downmix(2, RATE, is_live=True)
    frames = ORDINARY["two instruments"]
    heard = np.concatenate([part for at in range(0, len(frames), 500) for part in ordinary.push(frames[at : at + 500])])
    np.testing.assert_array_equal(heard, mix_down(frames))


def test_many_channels_at_a_high_rate_are_held_in_bounds():
    assert segment_frames(64, 768_000) * 64 <= 1 << 22
    frames = np.zeros((50_000, 64), np.float32)
    frames[:, 0] = noise(1)[:50_000]
    assert np.isfinite(downmix(frames, 768_000)).all()


@pytest.mark.parametrize("n", [0, 1, 100, 5_000])
def test_short_sound(n):
    frames = stereo(song()[:n], -song()[:n])
    assert downmix(frames, RATE).shape == (n,)


def test_no_number_and_infinity_become_silence():
    frames = stereo(song(), -song())
    frames[::1_000, 0] = np.nan
    frames[500::1_000, 1] = np.inf
    mixed = downmix(frames, RATE)
    assert np.isfinite(mixed).all()
    assert np.corrcoef(mixed, song())[0, 1] > 0.95


@pytest.mark.parametrize("kind", ["wav", "flac", "mp3", "m4a", "opus"])
def test_files_are_read_alike_in_full_in_part_and_at_random(tmp_path, kind):
    rate = 48_000
    frames = stereo(song(14.0, rate), -song(14.0, rate))
    path = tmp_path / "x"
    if kind in ("wav", "flac"):
        write_sound(path, frames, rate, format=kind.upper())
    else:
        container, codec = {"mp3": ("mp3", "libmp3lame"), "m4a": ("mp4", "aac"), "opus": ("ogg", "libopus")}[kind]
        # The noise that AAC fills in differs from time to time.
        options = {"aac_pns": "0"} if kind == "m4a" else None
        encode(path, frames, rate, format=container, codec=codec, bit_rate=192_000, options=options)
    with open_audio(path) as reader:
        whole = np.concatenate(list(reader.blocks(rate)))
        assert not reader.is_digital_silence
    assert abs(level_db(whole) - level_db(song(14.0, rate))) < 1.0
    with open_excerpts(path) as excerpts:
        for start, part in zip((0, 250_000), excerpts.read([0, 250_000], 3 * rate, rate), strict=True):
            assert level_db(part - whole[start : start + 3 * rate]) < level_db(whole) - 40
            assert not excerpts.is_digital_silence
    with open_random_access(path) as access:
        for start, count in ((0, rate), (300_000, 1_000), (100_000, 5 * rate)):
            part = access.read_mono(start, count)
            assert len(part) == count
            assert level_db(part - whole[start : start + count]) < level_db(whole) - 40


@pytest.mark.parametrize("channels", [2, 6])
def test_a_device_with_one_channel_plays_opposite_sound(channels):
    frames = np.zeros((len(song()), channels), np.float32)
    frames[:, 0], frames[:, 1] = song(), -song()
    mixer = ChannelMixer(channels, 1, RATE)
    played = np.concatenate([mixer.mix(frames[at : at + 1_000]) for at in range(0, len(frames), 1_000)])
    assert played.shape == (len(frames), 1)
    assert level_db(played[RATE:, 0]) > level_db(song()) - 12
