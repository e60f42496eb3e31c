"""The sound of a file from some position on, in the format of a device: looped, mixed, resampled."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.playback.channel_mixer import ChannelMixer
from genre_desktop.audio.playback.output_stream import OutputStream

BUFFERED_S = 0.75
"""Seconds decoded ahead: longer than a busy machine keeps a process waiting."""

_BLOCK_S = 0.05

CAPACITY_S = BUFFERED_S + 8 * _BLOCK_S
"""Seconds that the ring buffer of an output must hold."""

_BLOCKS_AT_ONCE = 6
"""Blocks decoded between two checks for commands."""

_RAMP_S = 0.005
"""Duration of the fade at the end of a region that is played once."""


class Sound(Protocol):
    """A sound that can be played: frames by their number."""

    @property
    def sample_rate(self) -> int: ...  # noqa: D102
    @property
    def channels(self) -> int: ...  # noqa: D102
    @property
    def n_frames(self) -> int:
        """Length as far as it is known: the true end is found by reading."""

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Frames [shape=(n, channels)] from `start` on; fewer than `count` only at the end of the sound."""

    def close(self) -> None:
        """Close the file."""


@dataclass(frozen=True)
class Bounds:
    """Where playback repeats or ends.

    Attributes
    ----------
    loop : (int, int) or None
        First frame of the repeated region, and the one behind its last.
    until : int or None
        Frame before which playback ends.
    """

    loop: tuple[int, int] | None = None
    until: int | None = None


class SoundFeed:
    """A sound from `start` on, as a stream of blocks for a device.

    The rounds of a loop pass the resampler as one stream, so that the seam is as smooth as the sound itself.

    Parameters
    ----------
    sound : Sound
    start : int
        Frame of the sound.
    bounds : Bounds
    out_rate : float
        In Hz.
    out_channels : {1, 2}

    Attributes
    ----------
    is_finished : bool
        Whether all blocks were read.
    """

    def __init__(self, sound: Sound, start: int, bounds: Bounds, out_rate: float, out_channels: int) -> None:
        self.is_finished = False
        self._sound = sound
        self._bounds = bounds
        self._next = start
        self._n_fed = 0
        # The rounds of a loop: how many frames were fed before each began, and the frame of the file at its beginning.
        self._fed_at: list[int] = [0]
        self._began_at: list[int] = [start]
        self._mixer = ChannelMixer(sound.channels, out_channels, sound.sample_rate)
        self._block_frames = round(_BLOCK_S * sound.sample_rate)
        self._in_per_out = sound.sample_rate / out_rate
        self._ramp = max(1, round(_RAMP_S * sound.sample_rate))
        self._silence = np.empty((0, sound.channels), dtype=np.float32)
        self._resampler: Any = None
        if sound.sample_rate != out_rate:
            import soxr

            self._resampler = soxr.ResampleStream(sound.sample_rate, out_rate, out_channels, "float32", "HQ")

    def fill(self, output: OutputStream) -> bool:
        """Write some blocks to the ring of the output, and set its end where the feed is finished.

        Returns
        -------
        bool
            Whether there is nothing more to write at present.

        Raises
        ------
        AudioError
        """
        ring = output.ring
        room = round(2 * _BLOCK_S * output.sample_rate)  # a resampler sometimes returns more
        for _ in range(_BLOCKS_AT_ONCE):
            if self.is_finished:
                output.end_at = ring.n_written
                return True
            if ring.available > BUFFERED_S * output.sample_rate or ring.free < room:
                return True
            ring.write(self.next_block(self._block_frames))
        return False

    def next_block(self, count: int) -> NDArray[np.float32]:
        """Read about `count` frames of the sound.

        Returns
        -------
        ndarray of float32 [shape=(n, out_channels)]
            Of any length, including 0.

        Raises
        ------
        AudioError
        """
        loop, until = self._bounds.loop, self._bounds.until
        end = loop[1] if loop is not None and self._next < loop[1] else until
        wanted = count if end is None else max(0, min(count, end - self._next))
        block = self._sound.read(self._next, wanted) if wanted else self._silence
        n = len(block)
        if loop is None and until is not None and n and self._next + n > until - self._ramp:
            left = until - np.arange(self._next, self._next + n)  # cut off in the middle of the sound, it would click
            block = block * np.clip(left / self._ramp, 0.0, 1.0).astype(np.float32)[:, np.newaxis]
        self._next += n
        self._n_fed += n
        # The length in the header may be wrong: the sound ends where fewer frames come than were requested.
        if n < wanted or self._next == end or not wanted:
            self._on_end(n)
        # The resampler's last frames come with the last ones of the sound.
        mixed = self._mixer.mix(block)
        if self._resampler is None:
            return mixed
        resampled: NDArray[np.float32] = self._resampler.resample_chunk(mixed, last=self.is_finished)
        return resampled

    def _on_end(self, n_read: int) -> None:
        """Go back to the beginning of the loop, or finish."""
        loop = self._bounds.loop
        is_within = loop is not None and loop[0] <= self._next <= loop[1]
        # A loop without a single frame would never end.
        is_empty = self._n_fed == self._fed_at[-1] and not n_read
        if loop is None or not is_within or (is_empty and self._began_at[-1] == loop[0]):
            self.is_finished = True
            return
        self._next = loop[0]
        self._fed_at.append(self._n_fed)
        self._began_at.append(loop[0])

    def position_after(self, n_out: float) -> float:
        """Frame of the sound at `n_out` frames of the device from the beginning of the feed."""
        fed = min(n_out * self._in_per_out, self._n_fed)
        current = bisect_right(self._fed_at, fed) - 1
        return self._began_at[current] + (fed - self._fed_at[current])

    def forget_before(self, n_out: float) -> None:
        """Drop the rounds of a loop that are over: a loop may run all night."""
        n_over = bisect_right(self._fed_at, n_out * self._in_per_out) - 1
        if n_over > 0:
            del self._fed_at[:n_over], self._began_at[:n_over]

    def can_use(self, bounds: Bounds, n_out: float) -> bool:
        """Whether the frames that were fed behind `n_out` would be the same with other bounds."""
        here = self.position_after(n_out)
        is_last = self._fed_at[-1] <= n_out * self._in_per_out
        end = bounds.loop[1] if bounds.loop is not None and here < bounds.loop[1] else bounds.until
        return is_last and not self.is_finished and (end is None or self._next <= end)

    def set_bounds(self, bounds: Bounds) -> None:
        """Go on with other bounds; only where `can_use` is true."""
        self._bounds = bounds
