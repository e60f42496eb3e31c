"""Playing a sound file on a device: decoding and control."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.devices.sound_system import SoundSystem, choose_device, supporting
from genre_desktop.audio.playback.messages import (
    Devices,
    Event,
    PlayState,
    Problem,
    StateChanged,
)
from genre_desktop.audio.playback.output_device import OutputDevice
from genre_desktop.audio.playback.output_stream import OutputStream
from genre_desktop.audio.playback.position_reporter import PositionReporter
from genre_desktop.audio.playback.sound_feed import CAPACITY_S, Bounds, Sound, SoundFeed
from genre_desktop.core.errors import GenreDesktopError, SoundDeviceLostError

_READY_S = 0.15
"""Seconds in the ring before playback begins."""

_RELEASE_AFTER_S = 3.0
"""A pause of this length releases the device."""

_SOON_S = 0.002
_FADING_S = 0.2
"""Longest wait for the last fade when everything is closed."""

_FILL_EVERY_S = 0.02
_EVERYTHING = (0, sys.maxsize)


def gain_of(volume: float) -> float:
    """Gain of a volume slider at `volume` (0 to 1).

    The cube, as in PulseAudio: half way down sounds about half as loud.
    """
    return min(max(volume, 0.0), 1.0) ** 3


class Player:
    """Plays one file at a time.

    All methods belong to one thread, which calls `work` again and again: decoding, opening devices and reporting happen
    there. On the device's own thread only `OutputStream.callback` runs.

    Parameters
    ----------
    system : SoundSystem
    on_event : callable
        Called with each `Event`.
    open_sound : callable, optional
        Opens a path for reading.
    clock : callable, optional
        In seconds.
    """

    def __init__(
        self,
        system: SoundSystem,
        on_event: Callable[[Event], None],
        open_sound: Callable[[str], Sound] = open_random_access,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._system = system
        self._emit = on_event
        self._open_sound = open_sound
        self._clock = clock
        self._path: str | None = None
        self._sound: Sound | None = None
        self._state = PlayState.EMPTY
        self._bounds = Bounds()
        self._loop: tuple[int, int] | None = None  # restored after a region that is played once
        self._volume = 1.0
        self._device_key: str | None = None
        self._device: OutputDevice | None = None
        self._feed: SoundFeed | None = None
        self._fed_from = 0  # the ring's frame with which the feed began
        self._resume_at = 0  # frame of the sound from which the next feed begins
        self._should_play = False
        self._must_refill = False
        self._paused_at = 0.0
        self._reporter = PositionReporter(on_event, clock)

    # -- commands ------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Open a file, paused at its beginning."""
        self._drop_sound()
        self._path = path
        self._set_state(PlayState.OPENING)
        try:
            self._sound = self._open_sound(path)
        except GenreDesktopError as error:
            self._path = None
            self._set_state(PlayState.EMPTY)
            self._emit(Problem(error))
            return
        self._set_state(PlayState.PAUSED)

    def play(self) -> None:
        """Play from the current position, or from the beginning at the end."""
        if self._bounds.until is not None:
            self._set_bounds(Bounds(self._loop))
        if self._sound is not None and not self._should_play and self._position() >= self._sound.n_frames > 0:
            self._go_to(0)
        self._start()

    def play_region(self, start_s: float, end_s: float) -> None:
        """Play a region once."""
        if self._sound is not None:
            self._bounds = Bounds(until=self._frame(end_s))
            self._go_to(self._frame(start_s))
            self._start()

    def pause(self) -> None:
        """Pause; frames that were not audible yet are played when it goes on."""
        self._should_play = False
        if self._output is not None:
            self._output.close_gate()
        self._paused_at = self._clock()
        if self._state is PlayState.PLAYING:
            self._set_state(PlayState.PAUSED)

    def stop(self) -> None:
        """Pause and go to the beginning."""
        self.pause()
        self._bounds = Bounds(self._loop)
        self._go_to(0)

    def seek(self, seconds: float) -> None:
        """Go to a position: the sample nearest to it is the next one that the device gets."""
        if self._sound is not None:
            self._bounds = Bounds(self._loop)
            self._go_to(self._frame(seconds))

    def loop(self, is_on: bool, region: tuple[float, float] | None = None) -> None:
        """Repeat a region, everything, or nothing; playback goes on without a gap."""
        self._loop = None
        if is_on and self._sound is not None:
            start, end = _EVERYTHING if region is None else map(self._frame, region)
            self._loop = (start, end) if start < end else None
        if self._bounds.until is None:
            self._set_bounds(Bounds(self._loop))

    def set_volume(self, volume: float) -> None:
        """Set the volume, see `gain_of`."""
        self._volume = volume
        if self._output is not None:
            self._output.set_gain(gain_of(volume))

    def use_device(self, key: str | None) -> None:
        """Play on another device, from the same position."""
        self._device_key = key
        self._release_device()
        self.list_devices()

    def list_devices(self) -> None:
        """Report the devices; new ones are found only while nothing is playing."""
        if self._state is not PlayState.PLAYING:
            self._release_device()
        try:
            self._system.refresh()
            self._emit(Devices(supporting(self._system.devices(), "output"), self._device_key))
        except GenreDesktopError as error:
            self._emit(Devices((), self._device_key))
            self._emit(Problem(error))

    def close(self) -> None:
        """Close the file and release the device, after a fade."""
        self._drop_sound()
        output = self._output
        for _ in range(round(_FADING_S / _SOON_S)):
            is_calling = output is not None and self._clock() - (output.called_at or 0.0) < _FADING_S
            if output is None or not is_calling or (output.is_closed and output.is_drained):
                break
            time.sleep(_SOON_S)
        self._close_device()
        if self._state is not PlayState.EMPTY:
            self._set_state(PlayState.EMPTY)

    # -- work ----------------------------------------------------------------------------

    def work(self) -> float | None:
        """Do what is due.

        Returns
        -------
        float or None
            Seconds until there may be more to do; None: nothing before the next command.
        """
        self._check_device()
        wait = self._prepare() if self._should_play or self._must_refill else None
        self._check_end()
        self._report_position()
        if wait is None and (self._state is PlayState.PLAYING or self._device is not None):
            wait = _FILL_EVERY_S
        self._release_idle_device()
        return wait

    @property
    def _output(self) -> OutputStream | None:
        return None if self._device is None else self._device.output

    def _prepare(self) -> float | None:
        """Get sound to the device: device, feed, ring and gate, in this order."""
        sound = self._sound
        if sound is None:
            return None
        if self._should_play and self._device is None and not self._open_device():
            return None
        device = self._device
        if device is None:
            self._must_refill = False
            return None
        output = device.output
        if self._must_refill:
            if device.is_running and not output.is_closed:
                return _SOON_S
            if device.sound_rate != sound.sample_rate:  # another file, whose own rate the device may support
                self._release_device()
                return _SOON_S if self._should_play else None
            output.flush()
            self._feed = None
            self._must_refill = False
        if not self._should_play:
            return None
        if self._feed is None:
            self._feed = SoundFeed(sound, self._resume_at, self._bounds, output.sample_rate, output.channels)
            self._fed_from = output.ring.n_written
        try:
            is_full = self._feed.fill(output)
        except GenreDesktopError as error:
            self._fail(error)
            return None
        is_ready = output.ring.available >= _READY_S * output.sample_rate or output.end_at is not None
        if is_ready and not output.is_open:
            self._open_gate(device)
        return _FILL_EVERY_S if is_full else 0.0

    def _open_gate(self, device: OutputDevice) -> None:
        try:
            device.start()
        except GenreDesktopError as error:
            self._lose_device(error)
            return
        # The beginning of a file is played as it is; elsewhere the sound begins in the middle and would click.
        device.output.open_gate(at_once=self._position() == 0.0)
        if self._state is not PlayState.PLAYING:
            self._set_state(PlayState.PLAYING)

    def _check_end(self) -> None:
        """Pause where the sound, or a region that is played once, is over."""
        output = self._output
        if output is None or output.end_at is None or output.ring.n_read < output.end_at or not output.is_open:
            return
        if not output.is_drained:
            return
        position = round(self._position())
        was_all = self._bounds.until is None
        self.pause()
        self._bounds = Bounds(self._loop)
        self._go_to(0 if was_all else position)

    def _check_device(self) -> None:
        device = self._device
        if device is not None and device.is_lost(is_call_expected=device.output.is_open or self._must_refill):
            self._lose_device(SoundDeviceLostError(device=device.name))

    def _release_idle_device(self) -> None:
        if self._device is not None and not self._should_play and self._clock() - self._paused_at > _RELEASE_AFTER_S:
            self._release_device()

    # -- position ------------------------------------------------------------------------

    def _start(self) -> None:
        if self._sound is not None:
            self._should_play = True
            # The state changes when the first sound is played: "playing" means that something is audible.

    def _go_to(self, frame: int) -> None:
        self._resume_at = max(0, frame)
        if self._output is not None:
            self._output.close_gate()
        self._must_refill = True

    def _set_bounds(self, bounds: Bounds) -> None:
        self._bounds = bounds
        if self._feed is None or self._output is None or self._must_refill:
            return
        n_played = self._output.ring.n_read - self._fed_from
        if self._feed.can_use(bounds, n_played):
            self._feed.set_bounds(bounds)
        else:
            self._go_to(round(self._feed.position_after(n_played)))

    def _frame(self, seconds: float) -> int:
        assert self._sound is not None
        frame = round(max(0.0, seconds) * self._sound.sample_rate)
        return min(frame, self._sound.n_frames) if self._sound.n_frames else frame

    def _position(self) -> float:
        """Frame of the sound that is audible now, or from which it will go on."""
        if self._feed is None or self._output is None or self._must_refill:
            return float(self._resume_at)
        n_audible = self._output.audible_frame() - self._fed_from
        self._feed.forget_before(n_audible)
        return self._feed.position_after(n_audible)

    # -- file and device -----------------------------------------------------------------

    def _open_device(self) -> bool:
        assert self._sound is not None
        try:
            self._system.refresh()
            device = choose_device(self._system.devices(), "output", self._device_key)
            self._device = OutputDevice(self._system, device, self._sound.sample_rate, CAPACITY_S, self._clock)
        except GenreDesktopError as error:
            self._should_play = False
            self._set_state(PlayState.PAUSED)
            self._emit(Problem(error))
            return False
        self._device.output.set_gain(gain_of(self._volume))
        return True

    def _lose_device(self, error: GenreDesktopError) -> None:
        """Pause, since the device is gone."""
        self._release_device()
        self._should_play = False
        self._set_state(PlayState.PAUSED)
        self._emit(Problem(error))

    def _release_device(self) -> None:
        """Close the device, and keep the position."""
        self._resume_at = round(self._position())
        self._must_refill = False
        self._close_device()

    def _close_device(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()
        self._feed = None

    def _fail(self, error: GenreDesktopError) -> None:
        """Close the sound, since it cannot be read."""
        self._drop_sound()
        self._set_state(PlayState.EMPTY)
        self._emit(Problem(error))

    def _drop_sound(self) -> None:
        self._should_play = False
        if self._output is not None:
            self._output.close_gate()
        self._must_refill = True
        self._feed, self._resume_at, self._bounds, self._loop = None, 0, Bounds(), None
        self._paused_at = self._clock()
        sound, self._sound, self._path = self._sound, None, None
        if sound is not None:
            sound.close()

    # -- events --------------------------------------------------------------------------

    def _set_state(self, state: PlayState) -> None:
        self._state = state
        sound = self._sound
        duration_s = 0.0 if sound is None else sound.n_frames / sound.sample_rate
        self._emit(StateChanged(state, self._path, duration_s))
        self._reporter.reset()

    def _report_position(self) -> None:
        if self._path is None or self._sound is None:
            return
        output = self._output
        position = self._position()
        is_moving = self._state is PlayState.PLAYING and output is not None and not self._must_refill
        self._reporter.report(
            self._path,
            position,
            self._sound.sample_rate,
            output.moves_from() if output is not None and is_moving else None,
            0 if output is None else output.n_underruns,
        )
