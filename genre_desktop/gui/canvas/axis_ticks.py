"""Tick marks at round numbers of the time axis and the frequency axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from genre_desktop.audio.picture.track_picture import FrequencyRange
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.canvas.time_axis import TimeScale
from genre_desktop.gui.text import formatting

_TIME_STEPS_S = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30),
    *(60, 120, 300, 600, 900, 1_800, 3_600, 7_200),
)
_NONLINEAR_HZ = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_LINEAR_STEPS_HZ = (500, 1_000, 2_000, 5_000, 10_000, 20_000)


@dataclass(frozen=True)
class Tick:
    """One tick mark.

    Attributes
    ----------
    value : float
        In seconds or Hz.
    text : str
    """

    value: float
    text: str


def time_step_s(seconds_per_pixel: float, label_width: float) -> float:
    """Smallest round distance of ticks, in seconds, at which labels of a width in pixels do not touch."""
    shortest = seconds_per_pixel * label_width
    return next((step for step in _TIME_STEPS_S if step >= shortest), _TIME_STEPS_S[-1])


def time_ticks(scale: TimeScale, label_width: float) -> list[Tick]:
    """Ticks of the visible range."""
    step = time_step_s(scale.seconds_per_pixel, label_width)
    first, last = math.ceil(scale.start_s / step - 1e-9), math.floor(scale.end_s / step + 1e-9)
    digits = decimals(step)
    return [Tick(number * step, exact_clock(number * step, digits)) for number in range(first, last + 1)]


def decimals(step_s: float) -> int:
    """Number of decimals with which times at a distance of `step_s` differ; 4 at most."""
    return min(max(0, math.ceil(-math.log10(step_s) - 1e-9)), 4)


def exact_clock(seconds: float, digits: int) -> str:
    """``3:07``, ``3:07.25``: a time with fractions of a second."""
    units = round(max(seconds, 0.0) * 10**digits)
    whole, rest = divmod(units, 10**digits)
    return formatting.clock(whole) + (numeral(rest / 10**digits, f".{digits}f")[1:] if digits else "")


def frequency_ticks(axis: FrequencyRange, height: float, label_height: float) -> list[Tick]:
    """Ticks of a frequency axis; one that would touch a rounder one is left out."""
    room = 1.2 * label_height
    if axis.scale == "linear":
        span = axis.high_hz - axis.low_hz
        step = next((s for s in _LINEAR_STEPS_HZ if s * height / span >= 1.5 * room), _LINEAR_STEPS_HZ[-1])
        candidates = [step * number for number in range(1, int(axis.high_hz // step) + 1)]
    else:
        candidates = [hz for hz in _NONLINEAR_HZ if axis.low_hz < hz < axis.high_hz]
    chosen: list[int] = []
    taken: list[float] = []
    for hz in sorted(candidates, key=_roundness):
        y = float(axis.place(hz)) * height
        fits = 0.5 * label_height < y < height - 0.5 * label_height
        if fits and all(abs(y - other) >= room for other in taken):
            chosen.append(hz)
            taken.append(y)
    return [Tick(hz, hertz(hz)) for hz in sorted(chosen)]


def _roundness(hz: int) -> tuple[int, int]:
    # Powers of ten first, then the fives, then the twos.
    lead = int(str(hz)[0])
    return ({1: 0, 5: 1, 2: 2}.get(lead, 3), -hz)


def hertz(hz: float) -> str:
    """``500 Hz``, ``1.5 kHz``."""
    return tr("{n} kHz", n=numeral(hz / 1000, "g")) if hz >= 1000 else tr("{n} Hz", n=numeral(hz, "g"))
