from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from genre_desktop.audio.playback.messages import Devices, PlayState, Underruns
from genre_desktop.core.errors import (
    AudioReadError,
    NoPortAudioError,
    NoSoundDeviceError,
    SoundDeviceLostError,
)
from tests.support.fake_portaudio import HEADPHONES, MICROPHONE, MONO, SPEAKERS, FakeSoundSystem
from tests.support.player_driver import BLOCK, FADE, RATE, Bench, Noise


@pytest.fixture
def make() -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def bench(sound: Noise | None = None, system: FakeSoundSystem | None = None) -> Bench:
        made.append(Bench(sound, system))
        return made[-1]

    yield bench
    for one in made:
        one.system.now += 10.0  # the device calls no more
        one.player.close()


Make = Callable[..., Bench]


def test_gives_the_file_bit_for_bit(make: Make) -> None:
    bench = make().playing()
    assert np.array_equal(bench.pull(3 * RATE), bench.sound.samples[: 3 * RATE])
    assert not bench.emitted(Underruns)


def test_one_channel_comes_out_of_both(make: Make) -> None:
    bench = make(Noise(channels=1)).playing()
    assert np.array_equal(bench.pull(RATE), np.repeat(bench.sound.samples[:RATE], 2, axis=1))


def test_two_channels_are_mixed_for_a_device_with_one(make: Make) -> None:
    bench = make(system=FakeSoundSystem(MONO)).playing()
    assert np.allclose(bench.pull(RATE)[:, 0], bench.sound.samples[:RATE].mean(axis=1), atol=1e-6)


def test_surround_is_mixed_without_its_low_effects(make: Make) -> None:
    sound = Noise(channels=6)
    bench = make(sound).playing()
    left, _, centre, _, back_left, _ = sound.samples[:RATE].T
    half = np.sqrt(0.5)
    expected = (left + half * centre + half * back_left) / (1 + 2 * half)
    assert np.allclose(bench.pull(RATE)[:, 0], expected, atol=1e-6)


def test_seeks_to_the_sample(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.player.seek(2.0)
    played = bench.pull(2000)
    wanted = bench.sound.samples[2 * RATE :]
    at = int(np.flatnonzero((played == wanted[FADE]).all(axis=1))[0]) - FADE
    assert np.array_equal(played[at + FADE :], wanted[FADE : len(played) - at])
    # What was playing goes away, and the new begins, without a step.
    assert np.array_equal(
        np.abs(played[:FADE]) <= np.abs(bench.sound.samples[1000 : 1000 + FADE]), np.full((FADE, 2), True)
    )
    assert not played[FADE:at].any()
    assert np.all(np.abs(played[at : at + FADE]) <= np.abs(wanted[:FADE]))
    assert not bench.emitted(Underruns)


def test_loops_without_a_gap(make: Make) -> None:
    bench = make()
    bench.player.open("noise")
    bench.player.seek(1.0)
    bench.player.loop(True, (1.0, 1.25))
    bench.player.play()
    bench.work()
    played = bench.pull(5 * RATE // 2)
    once = bench.sound.samples[RATE : RATE + RATE // 4]
    assert np.array_equal(played[FADE:], np.tile(once, (10, 1))[FADE:])
    assert 1.0 <= bench.position_s() < 1.25 + 0.05


def test_a_loop_of_everything_repeats(make: Make) -> None:
    bench = make(Noise(n_frames=1000))
    bench.player.open("noise")
    bench.player.loop(True)
    bench.player.play()
    bench.work()
    assert np.array_equal(bench.pull(5000), np.tile(bench.sound.samples, (5, 1)))
    assert bench.state() is PlayState.PLAYING


def test_playback_goes_on_when_a_loop_is_switched_off(make: Make) -> None:
    bench = make()
    bench.player.open("noise")
    bench.player.loop(True, (0.0, 0.25))
    bench.player.play()
    bench.work()
    bench.pull(RATE)
    bench.player.loop(False)
    bench.pull(RATE)
    assert bench.position_s() > 0.5


def test_a_looped_tone_has_no_seam_after_resampling(make: Make) -> None:
    sound = Noise()
    sound.samples[:] = np.sin(2 * np.pi * 200 * np.arange(sound.n_frames) / RATE)[:, np.newaxis]
    system = FakeSoundSystem(SPEAKERS)
    system.refused_rates = {float(RATE)}
    bench = make(sound, system)
    bench.player.open("noise")
    bench.player.loop(True, (0.0, 0.5))  # whole periods
    bench.player.play()
    bench.work()
    played = bench.pull(2 * 48_000)
    expected = np.sin(2 * np.pi * 200 * np.arange(len(played)) / 48_000)
    assert np.abs(played[2000:, 0] - expected[2000:]).max() < 1e-3


def test_the_position_is_what_is_audible(make: Make) -> None:
    bench = make().playing()
    bench.pull(RATE)
    assert bench.position_s() == pytest.approx(1.0 - bench.system.latency_s, abs=2 / RATE)


def test_the_position_never_goes_back(make: Make) -> None:
    bench = make().playing()
    rng = np.random.default_rng(3)
    positions = [0.0]
    for _ in range(300):
        bench.system.latency_s = float(rng.uniform(0.02, 0.08))  # clocks of drivers are unsteady
        bench.pull(BLOCK)
        positions.append(bench.player._position())
    assert np.all(np.diff(positions) >= 0)


def test_a_pause_loses_no_sound(make: Make) -> None:
    bench = make().playing()
    before = bench.pull(1000)
    bench.player.pause()
    during = bench.pull(1000)
    assert bench.state() is PlayState.PAUSED
    assert not during[FADE:].any() and during[: FADE - 1].any()
    position = bench.position_s()
    bench.player.play()
    bench.work()
    after = bench.pull(1000)
    start = len(before) + FADE
    assert position == pytest.approx(start / RATE, abs=2 / RATE)
    assert np.array_equal(after[FADE:], bench.sound.samples[start + FADE : start + 1000])


def test_a_long_pause_releases_the_device_and_goes_on(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.player.pause()
    bench.pull(RATE)
    bench.system.now += 5
    bench.work()
    assert bench.system.stream is None
    bench.player.play()
    bench.work()
    played = bench.pull(500)
    assert np.array_equal(played[FADE:], bench.sound.samples[1000 + 2 * FADE : 1500 + FADE])


def test_stop_goes_to_the_beginning(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.player.stop()
    bench.pull(1000)
    assert bench.state() is PlayState.PAUSED and bench.position_s() == 0.0
    bench.player.play()
    bench.work()
    assert np.array_equal(bench.pull(500), bench.sound.samples[:500])


def test_the_end_is_played_to_the_last_frame(make: Make) -> None:
    bench = make(Noise(n_frames=1000)).playing()
    played = bench.pull(1024)
    assert np.array_equal(played[:1000], bench.sound.samples) and not played[1000:].any()
    assert bench.state() is PlayState.PLAYING  # the device still holds the end
    bench.pull(1000)
    assert bench.state() is PlayState.PAUSED and bench.position_s() == 0.0
    assert not bench.emitted(Underruns)


def test_a_region_is_played_once(make: Make) -> None:
    bench = make()
    bench.player.open("noise")
    bench.player.loop(True)
    bench.player.play_region(1.0, 1.5)
    bench.work()
    played = bench.pull(RATE)
    expected = bench.sound.samples[RATE : RATE + RATE // 2]
    assert np.array_equal(played[FADE : RATE // 2 - FADE], expected[FADE:-FADE])
    ratio = (played[RATE // 2 - FADE : RATE // 2] / expected[-FADE:])[:, 0]
    assert np.all(np.diff(ratio) < 0) and ratio[-1] < 2 / FADE, "no click at the end"
    assert not played[RATE // 2 :].any()
    assert bench.state() is PlayState.PAUSED and bench.position_s() == pytest.approx(1.5)


def test_play_at_the_end_begins_anew(make: Make) -> None:
    bench = make()
    bench.player.open("noise")
    bench.player.seek(bench.sound.n_frames / RATE)
    bench.player.play()
    bench.work()
    assert np.array_equal(bench.pull(1000), bench.sound.samples[:1000])


def test_another_file_is_played_at_its_own_rate(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.sound = Noise(rate=2 * RATE)
    bench.playing()
    bench.pull(1000)
    stream = bench.system.stream
    assert stream is not None and stream.sample_rate == 2 * RATE
    assert bench.state() is PlayState.PLAYING
    played = bench.pull(100)
    assert any(np.array_equal(played, bench.sound.samples[at : at + 100]) for at in range(4000))


def test_volume_changes_without_a_step(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.player.set_volume(0.5)
    played = bench.pull(1000)
    ratio = played / bench.sound.samples[1000:2000]
    assert ratio[FADE:] == pytest.approx(0.125, abs=1e-6)
    assert np.abs(np.diff(ratio[: FADE + 1, 0])).max() < 1.05 / FADE
    bench.player.set_volume(0.0)
    assert not bench.pull(1000)[FADE:].any()
    bench.player.set_volume(1.0)
    assert np.array_equal(bench.pull(1000)[FADE:], bench.sound.samples[3000 + FADE : 4000])


def test_silence_when_the_decoder_is_late_and_then_it_goes_on(make: Make) -> None:
    bench = make().playing()
    bench.system.pull(BLOCK)
    long = bench.system.pull(2 * RATE)  # without work in between
    n = int(np.flatnonzero(~long.any(axis=1))[0])
    assert 0 < n < 2 * RATE and not long[n:].any()
    bench.work()
    at = BLOCK + n
    assert np.array_equal(bench.pull(500), bench.sound.samples[at : at + 500])
    bench.pull(RATE)
    last = bench.emitted(Underruns)[-1]
    assert isinstance(last, Underruns) and last.count == 1
    assert bench.position_s() < 2.0  # silence is not counted


def test_counts_underruns_that_the_device_reports(make: Make) -> None:
    bench = make().playing()
    bench.system.pull(BLOCK, was_late=True)
    bench.pull(RATE)
    assert bench.emitted(Underruns) == [Underruns(1)]


@pytest.mark.parametrize("rate", [11_025, 44_100])
def test_resamples_only_what_the_device_refuses(make: Make, rate: int) -> None:
    sound = Noise(n_frames=2 * rate, rate=rate)
    t = np.arange(sound.n_frames) / rate
    sound.samples[:] = np.sin(2 * np.pi * 440 * t)[:, np.newaxis]
    system = FakeSoundSystem(SPEAKERS)
    system.refused_rates = {float(rate)}
    bench = make(sound, system).playing()
    assert system.stream is not None and system.stream.sample_rate == 48_000
    played = bench.pull(48_000)
    expected = np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)
    assert np.abs(played[2000:, 0] - expected[2000:]).max() < 1e-3
    assert bench.position_s() == pytest.approx(1.0 - system.latency_s, abs=1e-3)


def test_a_lost_device_is_reported_and_another_goes_on(make: Make) -> None:
    bench = make().playing()
    bench.pull(RATE)
    bench.system.unplug(SPEAKERS)
    bench.work()
    assert isinstance(bench.problem(), SoundDeviceLostError) and bench.state() is PlayState.PAUSED
    position = bench.position_s()
    assert position == pytest.approx(1.0 - bench.system.latency_s, abs=2 / RATE)
    bench.player.use_device(HEADPHONES.key)
    bench.player.play()
    bench.work()
    assert bench.system.stream is not None and bench.system.stream.device == HEADPHONES
    played = bench.pull(500)
    at = round(position * RATE)
    assert np.array_equal(played[FADE:], bench.sound.samples[at + FADE : at + 500])


def test_a_device_that_stops_calling_is_lost(make: Make) -> None:
    bench = make().playing()
    bench.pull(RATE)
    bench.system.now += 2.5
    bench.work()
    assert isinstance(bench.problem(), SoundDeviceLostError) and bench.system.stream is None


def test_changing_the_device_while_playing_keeps_the_position(make: Make) -> None:
    bench = make().playing()
    bench.pull(RATE)
    bench.player.use_device(HEADPHONES.key)
    bench.work()
    assert bench.state() is PlayState.PLAYING
    assert bench.system.stream is not None and bench.system.stream.device == HEADPHONES
    bench.pull(RATE)
    assert bench.position_s() == pytest.approx(2.0 - 2 * bench.system.latency_s, abs=3 / RATE)
    last = bench.emitted(Devices)[-1]
    assert last == Devices((SPEAKERS, HEADPHONES), HEADPHONES.key)


def test_new_devices_are_found(make: Make) -> None:
    bench = make(system=FakeSoundSystem(MICROPHONE)).playing()
    assert isinstance(bench.problem(), NoSoundDeviceError) and bench.state() is PlayState.PAUSED
    bench.system.plugged = (HEADPHONES,)
    bench.player.play()
    bench.work()
    assert bench.state() is PlayState.PLAYING


def test_reports_that_there_is_no_library(make: Make) -> None:
    bench = make()
    bench.system.failure = NoPortAudioError(reason="not found")
    bench.playing()
    bench.player.list_devices()
    assert bench.problem().code == "GD-503" and bench.emitted(Devices) == [Devices((), None)]


def test_reports_that_a_file_is_gone(make: Make) -> None:
    bench = make()
    bench.player.open("gone")
    bench.player.play()
    bench.work()
    assert bench.problem().code == "GD-101" and bench.state() is PlayState.EMPTY and not bench.system.streams


def test_a_drive_that_fails_ends_playback(make: Make) -> None:
    bench = make().playing()
    bench.sound.failure = AudioReadError(path="noise", reason="pulled out")
    bench.pull(2 * RATE)
    assert bench.problem().code == "GD-108" and bench.state() is PlayState.EMPTY and bench.sound.is_closed


def test_closes_while_playing(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    stream = bench.system.stream
    bench.player.close()
    assert stream is not None and stream.is_closed and bench.sound.is_closed
    assert bench.state() is PlayState.EMPTY and bench.player.work() is None
    bench.player.close()


def test_another_file_begins_after_the_fade_of_the_first(make: Make) -> None:
    bench = make().playing()
    bench.pull(1000)
    bench.sound = Noise(n_frames=2000)
    bench.sound.samples *= 0.5
    bench.playing(work=False)
    played = bench.pull(1000)
    at = int(np.flatnonzero((played == bench.sound.samples[0]).all(axis=1))[0])
    assert np.array_equal(played[at:], bench.sound.samples[: 1000 - at])


def test_the_callback_allocates_no_sound(make: Make) -> None:
    import tracemalloc

    bench = make().playing()
    stream = bench.system.stream
    assert stream is not None
    block = np.empty((4096, 2), dtype=np.float32)  # 32 KiB
    bench.player.set_volume(0.7)
    stream.callback(block[:64], 0.05, False)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        stream.callback(block, 0.05, False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak - before < 4096
