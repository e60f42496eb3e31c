from __future__ import annotations

import time

import numpy as np
import pytest

from genre_desktop.audio.capture import capture as capture_module
from genre_desktop.audio.capture.capture import RING_S, Capture
from genre_desktop.audio.devices.sound_system import SampleRateRefusedError
from genre_desktop.core.errors import NoSoundDeviceError, SoundDeviceLostError
from tests.support.fake_input import LINE, FakeSystem, microphone, without_inputs


def _opened(system: FakeSystem, key: str | None = None) -> Capture:
    capture = Capture(system, key)
    capture.start()
    return capture


@pytest.mark.parametrize("rate", [44_100, 48_000, 96_000])
def test_what_is_read_is_what_sounded(rate: int) -> None:
    system = FakeSystem(microphone(default_sample_rate=float(rate)))
    sound = np.random.default_rng(0).uniform(-1, 1, 5 * rate).astype(np.float32)
    with _opened(system) as capture:
        assert capture.sample_rate == rate
        read = []
        for block in np.array_split(sound, 500):
            system.streams[0].sound(block)
            if len(block) % 2 or len(read) % 3:
                read.append(capture.read())
        read.append(capture.read())
    np.testing.assert_array_equal(np.concatenate([block.samples for block in read if block is not None]), sound)


def test_the_ring_is_closed_without_a_seam() -> None:
    system = FakeSystem()
    sound = np.arange(3 * RING_S * 48_000, dtype=np.float32)
    with _opened(system) as capture:
        for block in sound.reshape(-1, 14_400):
            system.streams[0].sound(block)
            read = capture.read()
            assert read is not None
            np.testing.assert_array_equal(read.samples, block)
            assert read.n_overflows == 0


def test_channels_are_mixed_down_and_the_peak_is_that_of_the_loudest() -> None:
    system = FakeSystem(LINE)
    with _opened(system) as capture:
        assert capture.channels == 2
        left, right = np.full(100, 0.9, np.float32), np.full(100, -0.5, np.float32)
        system.streams[0].sound(np.stack([left, right], axis=1))
        read = capture.read()
    assert read is not None
    np.testing.assert_allclose(read.samples, 0.2, atol=1e-6)
    assert read.peak == pytest.approx(0.9)
    assert read.rms == pytest.approx(0.2)
    assert read.seconds == pytest.approx(100 / 44_100)


def test_what_is_no_number_is_silence() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        system.streams[0].sound(np.array([0.5, np.nan, np.inf, -0.5], np.float32))
        read = capture.read()
    assert read is not None
    np.testing.assert_array_equal(read.samples, [0.5, 0.0, 0.0, -0.5])


def test_a_reader_that_sleeps_too_long_loses_the_newest_blocks_and_an_overflow_is_counted() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        block = np.zeros(48_000, np.float32)
        for second in range(round(RING_S) + 3):
            system.streams[0].sound(block + second)
        read = capture.read()
        assert read is not None
        assert read.n_overflows == 3
        np.testing.assert_array_equal(read.samples[::48_000], np.arange(RING_S))
        system.streams[0].sound(block)  # it goes on
        assert capture.read() is not None


def test_what_the_driver_lost_is_counted() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        system.streams[0].sound(np.zeros(480, np.float32))
        system.streams[0].sound(np.zeros(480, np.float32), was_late=True)
        read = capture.read()
    assert read is not None and read.n_overflows == 1


def test_the_age_of_sound_is_known() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        before = time.monotonic()
        system.streams[0].sound(np.zeros(480, np.float32), delay_s=0.25)
        read = capture.read()
        after = time.monotonic()
    assert read is not None
    # The last sample is 10 ms younger than the first one.
    assert before - 0.24 <= read.recorded_at + 1e-6 and read.recorded_at <= after - 0.24 + 1e-6


def test_a_device_that_is_pulled_out_is_lost_once_all_was_read() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        system.streams[0].sound(np.zeros(480, np.float32))
        system.streams[0].vanish()
        assert capture.read() is not None
        with pytest.raises(SoundDeviceLostError, match="Microphone"):
            capture.read()


def test_a_device_that_stops_calling_is_lost_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_module, "SILENT_S", 0.0)
    system = FakeSystem()
    with _opened(system) as capture:
        system.streams[0].sound(np.zeros(480, np.float32))
        assert capture.read() is not None
        time.sleep(0.001)
        with pytest.raises(SoundDeviceLostError):
            capture.read()


def test_closing_gives_the_device_back_twice_or_once() -> None:
    system = FakeSystem()
    capture = _opened(system)
    capture.close()
    capture.close()
    assert system.streams[0].is_closed


def test_another_rate_is_taken_where_the_own_one_is_refused() -> None:
    with _opened(FakeSystem(microphone(default_sample_rate=96_000.0), refused_rates={96_000.0})) as capture:
        assert capture.sample_rate == 48_000
    with pytest.raises(SampleRateRefusedError):
        Capture(FakeSystem(refused_rates={48_000.0, 44_100.0}))


def test_the_remembered_input_is_taken_and_the_systems_own_while_it_is_away() -> None:
    system = FakeSystem(microphone(), LINE)
    assert Capture(system, LINE.key).device == LINE
    assert Capture(system, "Fake: Gone").device == microphone()
    with pytest.raises(NoSoundDeviceError):
        Capture(without_inputs())


def test_huge_samples_of_a_faulty_driver_are_silence() -> None:
    system = FakeSystem()
    with _opened(system) as capture:
        system.streams[0].sound(np.array([0.5, 1e30, -1e30, -0.5], np.float32))
        read = capture.read()
    assert read is not None
    np.testing.assert_array_equal(read.samples, [0.5, 0.0, 0.0, -0.5])
    assert read.peak == 0.5
    assert read.rms == pytest.approx(0.125**0.5)
