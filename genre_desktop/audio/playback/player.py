"""Playing a sound file on a device: the side that decodes and controls."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable

from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.devices.sound_system import (
    Device,
    SoundStream,
    SoundSystem,
    choose_device,
    serving,
)
from genre_desktop.audio.playback.messages import (
    Devices,
    Event,
    PlayState,
    Position,
    Problem,
    StateChanged,
    Underruns,
)
from genre_desktop.audio.playback.open_output import open_output
from genre_desktop.audio.playback.output_stream import OutputStream
from genre_desktop.audio.playback.sound_feed import Bounds, Sound, SoundFeed
from genre_desktop.core.errors import GenreDesktopError, SoundDeviceLostError

BUFFERED_S = 0.75
"""Sound decoded ahead: longer than a busy machine keeps a process waiting."""

_BLOCK_S = 0.05
_RING_S = BUFFERED_S + 8 * _BLOCK_S
_READY_S = 0.15  # of sound before the first of it is given away
_AT_ONCE = 6  # blocks between two looks for commands
_LOST_AFTER_S = 2.0  # some systems just stop calling when a device is pulled out
_REST_AFTER_S = 3.0  # standing still this long gives the device back
_TELL_EVERY_S = 0.1
_SOON_S = 0.002
_FADING_S = 0.2  # waited for at most when all is closed
_FILL_EVERY_S = 0.02
_EVERYTHING = (0, sys.maxsize)


def gain_of(volume: float) -> float:
    """Gain of a slider that stands at `volume` (0 to 1).

    The cube, as PulseAudio has it: half way down sounds about half as loud.
    """
    return min(max(volume, 0.0), 1.0) ** 3


class Player:
    """Plays one file at a time.

    All methods belong to one thread, which calls `work` again and again: that is where decoding, opening devices and
    telling happens. The device's thread meets none of it but `OutputStream.callback`.

    Parameters
    ----------
    system : SoundSystem
    tell : callable
        Gets each `Event`.
    open_sound : callable, optional
        Opens a path for reading.
    clock : callable, optional
        In seconds.
    """

    def __init__(
        self,
        system: SoundSystem,
        tell: Callable[[Event], None],
        open_sound: Callable[[str], Sound] = open_random_access,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._system = system
        self._tell = tell
        self._open_sound = open_sound
        self._clock = clock
        self._path: str | None = None
        self._sound: Sound | None = None
        self._state = PlayState.EMPTY
        self._bounds = Bounds()
        self._loop: tuple[int, int] | None = None  # comes back after a stretch that is played once
        self._volume = 1.0
        self._key: str | None = None
        self._device: Device | None = None
        self._stream: SoundStream | None = None
        self._is_running = False
        self._is_lost = False
        self._opened_for = 0  # rate of the sound for which the stream was opened, in Hz
        self._output: OutputStream | None = None
        self._feed: SoundFeed | None = None
        self._fed_from = 0  # the ring's frame with which the feed began
        self._at = 0  # frame of the sound from which it goes on, where there is no feed
        self._is_wanted = False
        self._must_refill = False
        self._started_at = 0.0
        self._still_since = 0.0
        self._told_at = 0.0
        self._told_still: int | None = None
        self._told_underruns = 0

    # -- commands ------------------------------------------------------------------------

    def open(self, path: str) -> None:
        """Get a file ready to be played from its beginning."""
        self._drop_sound()
        self._path = path
        self._set_state(PlayState.OPENING)
        try:
            self._sound = self._open_sound(path)
        except GenreDesktopError as error:
            self._path = None
            self._set_state(PlayState.EMPTY)
            self._tell(Problem(error))
            return
        self._set_state(PlayState.PAUSED)

    def play(self) -> None:
        """Go on from where it stands; from the beginning when it stands at the end."""
        if self._bounds.until is not None:
            self._set_bounds(Bounds(self._loop))
        if self._sound is not None and not self._is_wanted and self._place() >= self._sound.n_frames > 0:
            self._go_to(0)
        self._start()

    def play_region(self, start_s: float, end_s: float) -> None:
        """Play a stretch once."""
        if self._sound is not None:
            self._bounds = Bounds(until=self._frame(end_s))
            self._go_to(self._frame(start_s))
            self._start()

    def pause(self) -> None:
        """Stand still; what was not heard yet is heard when it goes on."""
        self._is_wanted = False
        if self._output is not None:
            self._output.close_gate()
        self._still_since = self._clock()
        if self._state is PlayState.PLAYING:
            self._set_state(PlayState.PAUSED)

    def stop(self) -> None:
        """Stand still at the beginning."""
        self.pause()
        self._bounds = Bounds(self._loop)
        self._go_to(0)

    def seek(self, seconds: float) -> None:
        """Go to a place; the sample that is nearest to it is the next one to be given to the device."""
        if self._sound is not None:
            self._bounds = Bounds(self._loop)
            self._go_to(self._frame(seconds))

    def loop(self, is_on: bool, region: tuple[float, float] | None = None) -> None:
        """Repeat a region, everything, or nothing; what is heard now goes on."""
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
        """Go on with another device, from the same place."""
        self._key = key
        self._move_off_device()
        self.list_devices()

    def list_devices(self) -> None:
        """Tell which devices there are; new ones are seen unless something is playing."""
        if self._state is not PlayState.PLAYING:
            self._move_off_device()
        try:
            self._system.refresh()
            self._tell(Devices(serving(self._system.devices(), "output"), self._key))
        except GenreDesktopError as error:
            self._tell(Devices((), self._key))
            self._tell(Problem(error))

    def close(self) -> None:
        """Give file and device back, after a fade."""
        self._drop_sound()
        output = self._output
        for _ in range(round(_FADING_S / _SOON_S)):
            is_calling = output is not None and self._clock() - (output.called_at or 0.0) < _FADING_S
            if output is None or not is_calling or (output.is_closed and output.is_heard_out):
                break
            time.sleep(_SOON_S)
        self._drop_stream()
        if self._state is not PlayState.EMPTY:
            self._set_state(PlayState.EMPTY)

    # -- work ----------------------------------------------------------------------------

    def work(self) -> float | None:
        """Do what is due.

        Returns
        -------
        float or None
            Seconds until there may be more; None: nothing before the next command.
        """
        self._notice_loss()
        wait = self._prepare() if self._is_wanted or self._must_refill else None
        self._notice_end()
        self._tell_what_changed()
        if wait is None and (self._state is PlayState.PLAYING or self._stream is not None):
            wait = _FILL_EVERY_S
        self._rest()
        return wait

    def _prepare(self) -> float | None:
        """Get sound to the device: device, feed, ring and gate, in this order."""
        sound = self._sound
        if sound is None:
            return None
        if self._is_wanted and self._stream is None and not self._open_device():
            return None
        output = self._output
        if output is None:
            self._must_refill = False
            return None
        if self._must_refill:
            if self._is_running and not output.is_closed:
                return _SOON_S
            if self._opened_for != sound.sample_rate:  # another file, which the device may do at its own rate
                self._move_off_device()
                return _SOON_S if self._is_wanted else None
            output.flush()
            self._feed = None
            self._must_refill = False
        if not self._is_wanted:
            return None
        if self._feed is None:
            self._feed = SoundFeed(sound, self._at, self._bounds, output.sample_rate, output.channels)
            self._fed_from = output.ring.n_written
        is_full = self._fill(output, self._feed, sound)
        if self._sound is None:  # it could not be read on
            return None
        is_ready = output.ring.available >= _READY_S * output.sample_rate or output.end_at is not None
        if is_ready and not output.is_open:
            self._open_gate(output)
        return _FILL_EVERY_S if is_full else 0.0

    def _fill(self, output: OutputStream, feed: SoundFeed, sound: Sound) -> bool:
        ring = output.ring
        count = round(_BLOCK_S * sound.sample_rate)
        room = round(2 * _BLOCK_S * output.sample_rate)  # a resampler gives more at times
        try:
            for _ in range(_AT_ONCE):
                if feed.is_finished:
                    output.end_at = ring.n_written
                    return True
                if ring.available > BUFFERED_S * output.sample_rate or ring.free < room:
                    return True
                ring.write(feed.next_block(count))
        except GenreDesktopError as error:
            self._give_up(error)
            return True
        return False

    def _open_gate(self, output: OutputStream) -> None:
        try:
            if not self._is_running and self._stream is not None:
                self._stream.start()
                self._is_running = True
        except GenreDesktopError as error:
            self._lose_device(error)
            return
        # The very beginning of a file is its own; elsewhere the sound begins in the middle of something.
        at_start = self._place() == 0.0
        self._started_at = self._clock()
        output.open_gate(at_once=at_start)
        if self._state is not PlayState.PLAYING:
            self._set_state(PlayState.PLAYING)

    def _notice_end(self) -> None:
        output = self._output
        if output is None or output.end_at is None or output.ring.n_read < output.end_at or not output.is_open:
            return
        if not output.is_heard_out:
            return
        place = round(self._place())
        was_all = self._bounds.until is None
        self.pause()
        self._bounds = Bounds(self._loop)
        self._go_to(0 if was_all else place)

    def _notice_loss(self) -> None:
        output = self._output
        if output is None or not self._is_running:
            return
        last = max(self._started_at, output.called_at or 0.0)
        is_awaited = output.is_open or self._must_refill
        if self._is_lost or (is_awaited and self._clock() - last > _LOST_AFTER_S):
            name = "" if self._device is None else self._device.name
            self._lose_device(SoundDeviceLostError(device=name))

    def _rest(self) -> None:
        if self._stream is not None and not self._is_wanted and self._clock() - self._still_since > _REST_AFTER_S:
            self._move_off_device()

    # -- parts ---------------------------------------------------------------------------

    def _start(self) -> None:
        if self._sound is not None:
            self._is_wanted = True
            # Until sound comes the state stays as it is: "playing" means that something is heard.

    def _go_to(self, frame: int) -> None:
        self._at = max(0, frame)
        if self._output is not None:
            self._output.close_gate()
        self._must_refill = True

    def _set_bounds(self, bounds: Bounds) -> None:
        self._bounds = bounds
        if self._feed is None or self._output is None or self._must_refill:
            return
        given = self._output.ring.n_read - self._fed_from
        if self._feed.can_take(bounds, given):
            self._feed.set_bounds(bounds)
        else:
            self._go_to(round(self._feed.place(given)))

    def _frame(self, seconds: float) -> int:
        assert self._sound is not None
        frame = round(max(0.0, seconds) * self._sound.sample_rate)
        return min(frame, self._sound.n_frames) if self._sound.n_frames else frame

    def _place(self) -> float:
        """Frame of the sound that is heard."""
        if self._feed is None or self._output is None or self._must_refill:
            return float(self._at)
        heard = self._output.heard() - self._fed_from
        self._feed.forget(heard)
        return self._feed.place(heard)

    def _open_device(self) -> bool:
        assert self._sound is not None
        try:
            self._system.refresh()
            device = choose_device(self._system.devices(), "output", self._key)
            self._stream, self._output = open_output(
                self._system, device, self._sound.sample_rate, _RING_S, self._clock, self._on_finished
            )
        except GenreDesktopError as error:
            self._is_wanted = False
            self._set_state(PlayState.PAUSED)
            self._tell(Problem(error))
            return False
        self._is_lost = False
        self._opened_for = self._sound.sample_rate
        self._device = device
        self._output.set_gain(gain_of(self._volume))
        return True

    def _on_finished(self) -> None:
        self._is_lost = True  # on the device's thread

    def _lose_device(self, error: GenreDesktopError) -> None:
        self._move_off_device()
        self._is_wanted = False
        self._set_state(PlayState.PAUSED)
        self._tell(Problem(error))

    def _give_up(self, error: GenreDesktopError) -> None:
        self._drop_sound()
        self._set_state(PlayState.EMPTY)
        self._tell(Problem(error))

    def _move_off_device(self) -> None:
        """Let go of the device, and remember the place."""
        self._at = round(self._place())
        self._must_refill = False
        self._drop_stream()

    def _drop_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            with contextlib.suppress(GenreDesktopError):
                stream.close()
        self._is_running = self._is_lost = False
        self._output = self._feed = None

    def _drop_sound(self) -> None:
        self._is_wanted = False
        if self._output is not None:
            self._output.close_gate()
        self._must_refill = True
        self._feed, self._at, self._bounds, self._loop = None, 0, Bounds(), None
        self._still_since = self._clock()
        sound, self._sound, self._path = self._sound, None, None
        if sound is not None:
            sound.close()

    # -- telling -------------------------------------------------------------------------

    def _set_state(self, state: PlayState) -> None:
        self._state = state
        sound = self._sound
        duration_s = 0.0 if sound is None else sound.n_frames / sound.sample_rate
        self._tell(StateChanged(state, self._path, duration_s))
        self._told_at, self._told_still = -1.0, None  # the position is told at once

    def _tell_what_changed(self) -> None:
        if self._path is None or self._sound is None:
            return
        now = self._clock()
        place = self._place()
        moves_from = None
        if self._state is PlayState.PLAYING and self._output is not None and not self._must_refill:
            moves_from = self._output.moves_from()
        still = None if moves_from is not None else round(place)
        is_same_kind = (still is None) == (self._told_still is None)
        if is_same_kind and (now - self._told_at < _TELL_EVERY_S or (still is not None and still == self._told_still)):
            return
        self._told_at, self._told_still = now, still
        at = now if moves_from is None else moves_from
        self._tell(Position(self._path, place / self._sound.sample_rate, at, moves_from is not None))
        underruns = 0 if self._output is None else self._output.n_underruns
        if underruns != self._told_underruns:
            self._told_underruns = underruns
            self._tell(Underruns(underruns))
