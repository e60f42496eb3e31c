"""The sound of a file from some place on, as a device wants it: looped, mixed, resampled."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.playback.channel_mixer import ChannelMixer

_RAMP_S = 0.005


class Sound(Protocol):
    """What can be played: frames by their number."""

    @property
    def sample_rate(self) -> int: ...  # noqa: D102
    @property
    def channels(self) -> int: ...  # noqa: D102
    @property
    def n_frames(self) -> int:
        """As far as is known: reading tells where it ends."""

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Frames [shape=(n, channels)] from `start` on; fewer than `count` at the end of the sound alone."""

    def close(self) -> None:
        """Give the file back."""


@dataclass(frozen=True)
class Bounds:
    """How far playback goes.

    Attributes
    ----------
    loop : (int, int) or None
        First frame, and the one behind the last one, of what is repeated.
    until : int or None
        Frame in front of which playback ends.
    """

    loop: tuple[int, int] | None = None
    until: int | None = None


class SoundFeed:
    """A sound from `start` on, as a stream of blocks.

    A loop is one stream for the resampler too, so that its seam is as smooth as the sound is.

    Parameters
    ----------
    sound : Sound
    start : int
        Frame of the sound.
    bounds : Bounds
    out_rate : float
        In Hz.
    out_channels : {1, 2}
    """

    def __init__(self, sound: Sound, start: int, bounds: Bounds, out_rate: float, out_channels: int) -> None:
        self.is_finished = False
        self._sound = sound
        self._bounds = bounds
        self._next = start
        self._n_fed = 0
        # Stretches that follow one another: by frames fed so far, and where in the file each begins.
        self._fed_at: list[int] = [0]
        self._began_at: list[int] = [start]
        self._mixer = ChannelMixer(sound.channels, out_channels)
        self._in_per_out = sound.sample_rate / out_rate
        self._ramp = max(1, round(_RAMP_S * sound.sample_rate))
        self._silence = np.empty((0, sound.channels), dtype=np.float32)
        self._resampler: Any = None
        if sound.sample_rate != out_rate:
            import soxr

            self._resampler = soxr.ResampleStream(sound.sample_rate, out_rate, out_channels, "float32", "HQ")

    def next_block(self, count: int) -> NDArray[np.float32]:
        """Read about `count` frames of the sound.

        Returns
        -------
        ndarray of float32 [shape=(n, out_channels)]
            Of any length, 0 too.

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
            left = until - np.arange(self._next, self._next + n)  # the sound itself goes on: an edge would click
            block = block * np.clip(left / self._ramp, 0.0, 1.0).astype(np.float32)[:, np.newaxis]
        self._next += n
        self._n_fed += n
        # What the header says of the length may be wrong: the sound ends where less comes than was asked for.
        if n < wanted or self._next == end or not wanted:
            self._turn(n)
        # The resampler's last frames come with the last ones of the sound.
        mixed = self._mixer.mix(block)
        if self._resampler is None:
            return mixed
        resampled: NDArray[np.float32] = self._resampler.resample_chunk(mixed, last=self.is_finished)
        return resampled

    def _turn(self, n_read: int) -> None:
        """At an end: go back to the beginning of a loop, or finish."""
        loop = self._bounds.loop
        is_within = loop is not None and loop[0] <= self._next <= loop[1]
        # A loop without a single frame would go round for ever.
        is_empty = self._n_fed == self._fed_at[-1] and not n_read
        if loop is None or not is_within or (is_empty and self._began_at[-1] == loop[0]):
            self.is_finished = True
            return
        self._next = loop[0]
        self._fed_at.append(self._n_fed)
        self._began_at.append(loop[0])

    def place(self, n_out: float) -> float:
        """Frame of the sound that is heard when `n_out` frames have come out of here."""
        fed = min(n_out * self._in_per_out, self._n_fed)
        stretch = bisect_right(self._fed_at, fed) - 1
        return self._began_at[stretch] + (fed - self._fed_at[stretch])

    def forget(self, n_out: float) -> None:
        """Let go of the stretches that were heard: a loop may go round all night."""
        heard = bisect_right(self._fed_at, n_out * self._in_per_out) - 1
        if heard > 0:
            del self._fed_at[:heard], self._began_at[:heard]

    def can_take(self, bounds: Bounds, n_out: float) -> bool:
        """Whether other bounds leave as it is what was fed behind `n_out`."""
        here = self.place(n_out)
        is_last = self._fed_at[-1] <= n_out * self._in_per_out
        end = bounds.loop[1] if bounds.loop is not None and here < bounds.loop[1] else bounds.until
        return is_last and not self.is_finished and (end is None or self._next <= end)

    def set_bounds(self, bounds: Bounds) -> None:
        """Go on within other bounds, where `can_take` says so."""
        self._bounds = bounds
