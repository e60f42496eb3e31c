"""The real-time side of playback: what runs in the device's callback."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices.ring_buffer import RingBuffer

FADE_S = 0.005
"""A gain goes from silent to full in this time: a step would click, and longer would be heard as a fade."""


class OutputStream:
    """Hands the frames of a ring to a device, through a gate that opens and closes without a click.

    `callback` belongs to the device's thread, all else to the thread that controls. They share attributes that are
    written whole: there is no lock for the device to wait at.

    Parameters
    ----------
    ring : RingBuffer
    sample_rate : float
        Of the device, in Hz.
    channels : int
    clock : callable
        Seconds; the same for all processes of the machine.

    Attributes
    ----------
    end_at : int or None
        Number of the ring's frame behind the last one, once that is known.
    n_underruns : int
        Times that the device wanted sound and there was none, or came late itself.
    called_at : float or None
        When the device last called.
    """

    def __init__(
        self, ring: RingBuffer, sample_rate: float, channels: int, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.ring = ring
        self.sample_rate = sample_rate
        self.channels = channels
        self.end_at: int | None = None
        self.n_underruns = 0
        self.called_at: float | None = None
        self._clock = clock
        self._fade_frames = max(1, round(FADE_S * sample_rate))
        self._steps = np.arange(1, self._fade_frames + 2, dtype=np.float32)[:, np.newaxis]
        self._ramp = np.empty_like(self._steps)
        self._is_open = False
        self._opens_at_once = False
        self._n_closings = 0
        self._closing_done = 0
        self._volume = 1.0
        self._gain = 0.0
        # The frame `first` is heard at `heard_at`, and `count` frames were given from there on.
        self._given = (0, 0, 0.0)
        self._heard = 0.0

    # -- for the thread that controls ----------------------------------------------------

    def set_gain(self, gain: float) -> None:
        """Let the gain glide there: 1 leaves the samples as they are."""
        self._volume = gain

    def open_gate(self, *, at_once: bool) -> None:
        """Let sound through, with a fade or without one."""
        self._opens_at_once = at_once
        self._is_open = True

    def close_gate(self) -> None:
        """Fade out, and leave unread what comes behind the fade."""
        # In this order: a callback that still finds the gate open does not answer to this closing.
        self._is_open = False
        self._n_closings += 1

    @property
    def is_open(self) -> bool:
        """Whether sound is let through, or will be with the next callback."""
        return self._is_open

    @property
    def is_closed(self) -> bool:
        """Whether the last closing is done: the ring is not read any more."""
        return not self._is_open and self._closing_done == self._n_closings

    def rest(self) -> None:
        """Say that the device was stopped: no callback runs, whatever it was about to do."""
        self._gain = 0.0
        self._closing_done = self._n_closings
        self.called_at = None

    def flush(self) -> None:
        """Drop what was not given to the device; while the gate is closed."""
        self.ring.clear()
        self.end_at = None
        self._given = (self.ring.n_read, 0, self._clock())
        self._heard = float(self.ring.n_read)

    def heard(self) -> float:
        """Number of the ring's frame that is heard now: between two callbacks by the clock, and never going back."""
        first, count, heard_at = self._given
        frame = first + (self._clock() - heard_at) * self.sample_rate
        self._heard = max(self._heard, min(frame, first + count))
        return self._heard

    def moves_from(self) -> float | None:
        """When what `heard` says begins to move on, now or soon; None while the device was given nothing."""
        first, count, heard_at = self._given
        return max(self._clock(), heard_at + (self._heard - first) / self.sample_rate) if count else None

    @property
    def is_heard_out(self) -> bool:
        """Whether all that the device got has been heard."""
        first, count, _ = self._given
        return self.heard() >= first + count

    # -- for the device ------------------------------------------------------------------

    def callback(self, block: NDArray[np.float32], delay_s: float, was_late: bool) -> None:
        """Fill a block, see `genre_desktop.audio.devices.sound_system.OutputCallback`.

        No lock, no input or output, and no array but views; the counts are Python's own numbers.
        """
        now = self._clock()
        self.called_at = now
        closing = self._n_closings
        is_open = self._is_open
        n_wanted = len(block)
        target = self._volume if is_open else 0.0
        if is_open and self._opens_at_once:
            self._gain = target
            self._opens_at_once = False
        if not is_open:
            n_wanted = min(n_wanted, self._ramp_length(0.0))
            if not n_wanted:
                block.fill(0.0)
                self._closing_done = closing
                return
        first = self.ring.n_read
        count = self.ring.read_into(block[:n_wanted])
        block[count:] = 0.0
        if was_late or (count < n_wanted and first + count != self.end_at):
            self.n_underruns += 1
        self._apply_gain(block[:n_wanted], target)
        if count:
            self._given = (first, count, now + delay_s)

    def _ramp_length(self, target: float) -> int:
        return math.ceil(abs(target - self._gain) * self._fade_frames)

    def _apply_gain(self, block: NDArray[np.float32], target: float) -> None:
        gain = self._gain
        n_left = self._ramp_length(target)
        if n_left:
            n = min(n_left, len(block))
            step = math.copysign(1.0 / self._fade_frames, target - gain)
            ramp = self._ramp[:n]
            np.multiply(self._steps[:n], step, out=ramp)
            np.add(ramp, gain, out=ramp)
            if n == n_left:
                ramp[n - 1] = target
            np.multiply(block[:n], ramp, out=block[:n])
            self._gain = target if n == n_left else gain + n * step
            block = block[n:]
        if target != 1.0:
            np.multiply(block, target, out=block)
