from __future__ import annotations

import pytest

from genre_desktop.audio.devices.sound_system import SampleRateRefusedError
from genre_desktop.audio.playback.output_device import OutputDevice
from tests.support.fake_portaudio import MONO, SPEAKERS, FakeSoundSystem


def opened(system: FakeSoundSystem, sound_rate: int = 8_000) -> OutputDevice:
    return OutputDevice(system, system.devices()[0], sound_rate, 1.0, system.clock)


def test_opens_at_the_rate_of_the_sound_with_at_most_two_channels() -> None:
    device = opened(FakeSoundSystem(SPEAKERS))
    assert (device.output.sample_rate, device.output.channels, device.output.ring.capacity) == (8_000.0, 2, 8_000)
    assert opened(FakeSoundSystem(MONO)).output.channels == 1


def test_opens_at_its_default_rate_where_it_refuses_that_of_the_sound() -> None:
    system = FakeSoundSystem(SPEAKERS)
    system.refused_rates = {8_000.0}
    device = opened(system)
    assert device.output.sample_rate == SPEAKERS.default_sample_rate and device.sound_rate == 8_000
    assert device.output.ring.capacity == 48_000
    system.refused_rates = {8_000.0, 44_100.0, 48_000.0}
    with pytest.raises(SampleRateRefusedError, match="8000"):
        opened(system)


def test_is_lost_when_it_does_not_call_although_it_should() -> None:
    system = FakeSoundSystem(SPEAKERS)
    device = opened(system)
    assert not device.is_lost(is_call_expected=True), "it was not started"
    device.start()
    system.pull(100)
    system.now += 5
    assert device.is_lost(is_call_expected=True) and not device.is_lost(is_call_expected=False)
    device.start()
    assert not device.is_lost(is_call_expected=True)


def test_is_lost_when_its_stream_ends_by_itself() -> None:
    system = FakeSoundSystem(SPEAKERS)
    device = opened(system)
    device.start()
    system.unplug(SPEAKERS)
    assert device.is_lost(is_call_expected=False)
    device.close()
    assert system.stream is None
