"""Opening a device for a sound, at the sound's own rate wherever it can do that."""

from __future__ import annotations

from collections.abc import Callable

from genre_desktop.audio.devices.ring_buffer import RingBuffer
from genre_desktop.audio.devices.sound_system import Device, SampleRateRefusedError, SoundStream, SoundSystem
from genre_desktop.audio.playback.output_stream import OutputStream

_OTHER_RATES = (48_000.0, 44_100.0)


def open_output(
    system: SoundSystem,
    device: Device,
    sample_rate: float,
    buffer_s: float,
    clock: Callable[[], float],
    on_finished: Callable[[], None],
) -> tuple[SoundStream, OutputStream]:
    """Open a device, and make the output that it calls.

    Parameters
    ----------
    system : SoundSystem
    device : Device
    sample_rate : float
        Of the sound, in Hz; another one is taken only where the device refuses it.
    buffer_s : float
        Room of the ring, in seconds.
    clock, on_finished : callable
        See `OutputStream` and `SoundSystem.open_output`.

    Returns
    -------
    stream : SoundStream
        Not started.
    output : SoundOutput
        At the rate that the device took.

    Raises
    ------
    SoundDeviceError, SoundDeviceLostError, NoPortAudioError
        `SampleRateRefusedError` where it does none of the rates.
    """
    channels = min(2, device.max_output_channels)
    refusal: SampleRateRefusedError | None = None
    for rate in dict.fromkeys((float(sample_rate), device.default_sample_rate, *_OTHER_RATES)):
        output = OutputStream(RingBuffer(round(buffer_s * rate), channels), rate, channels, clock)
        try:
            return system.open_output(device, rate, channels, output.callback, on_finished), output
        except SampleRateRefusedError as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal
