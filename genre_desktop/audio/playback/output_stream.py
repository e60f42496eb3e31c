"""The real-time side of playback: the device's callback."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.devices.ring_buffer import RingBuffer

FADE_S = 0.005
"""Duration of a gain ramp between silence and full volume: a step would click, a longer ramp sound like a fade."""


class OutputStream:
    """Plays the frames of a ring buffer on a device, through a gate that opens and closes without a click.

    `callback` runs on the device's thread, everything else on the controlling thread. They share attributes that the
    interpreter reads and writes whole: there is no lock that could hold up the device.

    Parameters
    ----------
    ring : RingBuffer
    sample_rate : float
        Of the device, in Hz.
    channels : int
    clock : callable
        In seconds; the same for all processes of the machine.

    Attributes
    ----------
    end_at : int or None
        Number of the ring's frame behind the last one of the sound, once that is known.
    n_underruns : int
        Times that the ring was empty when the device called, or that the device reported an underrun.
    called_at : float or None
        Time of the last callback.
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
        self._target_gain = 1.0
        self._gain = 0.0
        # The last block: its first frame, its length, and the time at which that frame is audible.
        self._last_block = (0, 0, 0.0)
        self._audible = 0.0

    # -- on the controlling thread -------------------------------------------------------

    def set_gain(self, gain: float) -> None:
        """Ramp the gain to a value: 1 leaves the samples as they are."""
        self._target_gain = gain

    def open_gate(self, *, at_once: bool) -> None:
        """Begin to play the ring, with a fade or without one."""
        self._opens_at_once = at_once
        self._is_open = True

    def close_gate(self) -> None:
        """Fade out, and leave the frames behind the fade in the ring."""
        # In this order: a callback that still sees the gate open must not count as done with this closing.
        self._is_open = False
        self._n_closings += 1

    @property
    def is_open(self) -> bool:
        """Whether sound is played, or will be from the next callback on."""
        return self._is_open

    @property
    def is_closed(self) -> bool:
        """Whether the fade of the last closing is over: the ring is not read any more."""
        return not self._is_open and self._closing_done == self._n_closings

    def flush(self) -> None:
        """Drop the frames that were not played; only while the gate is closed."""
        self.ring.clear()
        self.end_at = None
        self._last_block = (self.ring.n_read, 0, self._clock())
        self._audible = float(self.ring.n_read)

    def audible_frame(self) -> float:
        """Number of the ring's frame that is audible now: by the clock between two callbacks, and never going back."""
        first, count, audible_at = self._last_block
        frame = first + (self._clock() - audible_at) * self.sample_rate
        self._audible = max(self._audible, min(frame, first + count))
        return self._audible

    def moves_from(self) -> float | None:
        """Time, now or soon, from which on `audible_frame` moves; None before the device has played anything."""
        first, count, audible_at = self._last_block
        return max(self._clock(), audible_at + (self._audible - first) / self.sample_rate) if count else None

    @property
    def is_drained(self) -> bool:
        """Whether all frames that the device got were audible."""
        first, count, _ = self._last_block
        return self.audible_frame() >= first + count

    # -- on the device's thread ----------------------------------------------------------

    def callback(self, block: NDArray[np.float32], delay_s: float, was_late: bool) -> None:
        """Fill a block, see `genre_desktop.audio.devices.sound_system.OutputCallback`.

        Takes no lock, does no input or output, and allocates no array but views.
        """
        now = self._clock()
        self.called_at = now
        closing = self._n_closings
        is_open = self._is_open
        n_wanted = len(block)
        target = self._target_gain if is_open else 0.0
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
            self._last_block = (first, count, now + delay_s)

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
