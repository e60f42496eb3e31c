"""Parameters of the features."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from genre_desktop.core.errors import FeatureConfigError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import brief

MelScale = Literal["slaney", "htk"]
Spectrum = Literal["power", "magnitude"]
Scaling = Literal["patch_max", "log_power", "log_magnitude"]

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "mel_scale": get_args(MelScale),
    "spectrum": get_args(Spectrum),
    "scaling": get_args(Scaling),
}

_WHOLE: Mapping[str, tuple[int, int]] = {
    "sample_rate": (1_000, 384_000),
    "n_fft": (1, 32_768),
    "win_length": (0, 32_768),
    "hop_length": (1, 32_768),
    "n_mels": (1, 1_024),
    "patch_frames": (1, 16_384),
    "patch_hop": (1, 16_384),
    "n_mfcc": (1, 1_024),
}
"""Smallest and largest value of each integer: several times those of any published network."""

_REAL: Mapping[str, tuple[float, float]] = {
    "fmin": (0.0, 192_000.0),
    "fmax": (1.0, 192_000.0),
    "dynamic_range_db": (1.0, 300.0),
    # No recording is as loud or as soft, and powers fit in float32.
    "reference_db": (-100.0, 100.0),
}

_LATER = frozenset(("win_length", "mel_scale", "spectrum", "middle"))
"""Parameters that the first version of the program did not have; it refuses a card that has them."""

# The cost of a configuration depends on products. They are bounded, since a card may be untrusted: the shipped models
# need 1/8 of the filters, 1/14 of a patch and 1/20 of the values a second.
MOST_FILTER_WEIGHTS = 2**21
"""Limit of mel bands times bins of the spectrum: 16 MB in float64."""

MOST_PATCH_VALUES = 2**18
"""Limit of mel bands times frames of a patch: 1 MB in float32."""

MOST_PATCH_SAMPLES = 2**22
"""Limit of frames of a patch times `hop_length`: 16 MB of sound in float32."""

MOST_VALUES_PER_S = 2**18
"""Limit of input values of the network for a second of sound."""

MOST_PATCHES_PER_S = 64.0
"""Limit of patches for a second of sound."""

MOST_OVERLAP = 32
"""Limit of analysis windows that overlap at one sample."""


@dataclass(frozen=True)
class FeatureConfig:
    """Parameters that turn sound into the input of a model.

    Training, window and command line use the same configuration, which is part of the model bundle. The defaults are
    those of the notebook project that this program descends from.

    Attributes
    ----------
    sample_rate : int
        Sampling rate in Hz that the mono signal is resampled to.
    n_fft : int
        Length of the Fourier transform in samples.
    hop_length : int
        Samples between the centres of two frames.
    n_mels : int
        Number of mel bands.
    fmin, fmax : float
        Edges of the mel bands in Hz.
    patch_frames : int
        Frames (time) in a patch, the network's input.
    patch_hop : int
        Frames between the starts of two patches.
    scaling : {"patch_max", "log_power", "log_magnitude"}
        All are independent of the level of a recording. ``"patch_max"``: decibels below the loudest value of the
        patch, cut at `dynamic_range_db` and mapped to 0..1. ``"log_power"``: ``log10(10000 x + 1)`` of the power ``x``
        of the patch, which is scaled to a mean of `reference_db`. ``"log_magnitude"``: ``log(sqrt(x) + 0.001)`` of
        the same.
    dynamic_range_db : float
        Range in dB that is mapped to 0..1.
    reference_db : float
        Mean mel power in dB to which ``"log_power"`` and ``"log_magnitude"`` scale each patch.
    n_mfcc : int
        Number of cepstral coefficients for networks with an MFCC branch.
    win_length : int
        Length of the analysis window (periodic Hann) in samples, in the middle of `n_fft`; 0 for `n_fft`.
    mel_scale : {"slaney", "htk"}
        Mel scale and shape of the filters, see `genre_desktop.audio.features.mel_filterbank`.
    spectrum : {"power", "magnitude"}
        What the mel bands are sums of. Decibels are the same for a single tone: the power of a band is the square of
        its magnitude.
    middle : FeatureConfig or None
        Other features of the middle of each patch, for a network with two inputs. They are one patch of this
        configuration, whose `patch_hop` has no meaning then.
    """

    sample_rate: int = 22_050
    n_fft: int = 2_048
    hop_length: int = 512
    n_mels: int = 128
    fmin: float = 0.0
    fmax: float = 11_025.0
    patch_frames: int = 128
    patch_hop: int = 64
    scaling: Scaling = "patch_max"
    dynamic_range_db: float = 80.0
    n_mfcc: int = 13
    reference_db: float = 0.0
    win_length: int = 0
    mel_scale: MelScale = "slaney"
    spectrum: Spectrum = "power"
    middle: FeatureConfig | None = None

    def __post_init__(self) -> None:
        self._check_ranges()
        self._check_middle()
        self._check_products()

    def _check_ranges(self) -> None:
        for name, (least, most) in _WHOLE.items():
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                reason = tr("{name} must be a whole number from {least} to {most}", name=name, least=least, most=most)
                raise FeatureConfigError(reason=reason, received=brief(value))
        for name, (low, high) in _REAL.items():
            value = getattr(self, name)
            if not isinstance(value, (int, float)) or isinstance(value, bool) or not low <= value <= high:
                reason = tr("{name} must be a number from {least} to {most}", name=name, least=low, most=high)
                raise FeatureConfigError(reason=reason, received=brief(value))
        if not self.fmin + 1.0 <= self.fmax <= self.sample_rate / 2:
            raise FeatureConfigError(
                reason=tr("fmax must be at least 1 Hz above fmin, and at most sample_rate / 2"),
                received=f"fmin={self.fmin}, fmax={self.fmax}, sample_rate={self.sample_rate}",
            )
        if self.n_mfcc > self.n_mels:
            raise FeatureConfigError(reason=tr("n_mfcc may not exceed n_mels"), received=repr(self.n_mfcc))
        if self.win_length > self.n_fft:
            raise FeatureConfigError(reason=tr("win_length may not exceed n_fft"), received=repr(self.win_length))
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value not in choices:
                reason = tr("{name} must be one of {known}", name=name, known=", ".join(choices))
                raise FeatureConfigError(reason=reason, received=brief(value))

    def _check_middle(self) -> None:
        middle = self.middle
        if middle is None:
            return
        if not isinstance(middle, FeatureConfig) or middle.middle is not None:
            raise FeatureConfigError(reason=tr("middle must be an object of settings"), received=brief(middle))
        if middle.sample_rate != self.sample_rate or middle.patch_samples > self.patch_samples:
            raise FeatureConfigError(
                reason=tr("middle must have the sample_rate of the patch, and lie in it"),
                received=f"{middle.patch_samples} of {self.patch_samples} samples, {middle.sample_rate} Hz",
            )

    def _check_products(self) -> None:
        frames_per_s = self.sample_rate / self.hop_length
        patches_per_s = frames_per_s / self.patch_hop
        # Patches overlap, and frames between those that do not are computed all the same.
        overlap = max(1.0, self.patch_frames / self.patch_hop)
        n_middle = math.prod(self.middle.input_shape) if self.middle else 0
        bounded = (
            ("n_mels * (n_fft / 2 + 1)", self.n_mels * (self.n_fft // 2 + 1), MOST_FILTER_WEIGHTS),
            ("n_mels * patch_frames", self.n_mels * self.patch_frames + n_middle, MOST_PATCH_VALUES),
            ("hop_length * patch_frames", self.hop_length * self.patch_frames, MOST_PATCH_SAMPLES),
            ("n_fft / hop_length", math.ceil(self.n_fft / self.hop_length), MOST_OVERLAP),
            ("sample_rate / (hop_length * patch_hop)", patches_per_s, MOST_PATCHES_PER_S),
            (
                "n_mels * sample_rate / hop_length * patch_frames / patch_hop",
                self.n_mels * frames_per_s * overlap + n_middle * patches_per_s,
                MOST_VALUES_PER_S,
            ),
        )
        for name, value, most in bounded:
            if value > most:
                reason = tr("{name} must be at most {most}", name=name, most=f"{most:,.0f}")
                raise FeatureConfigError(reason=reason, received=f"{value:,.0f}")

    @property
    def frame_s(self) -> float:
        """Seconds between two frames."""
        return self.hop_length / self.sample_rate

    @property
    def patch_s(self) -> float:
        """Length of a patch in seconds of sound."""
        return self.patch_frames * self.frame_s

    @property
    def min_samples(self) -> int:
        """Samples of the shortest signal that fills one patch (frames are centred)."""
        return (self.patch_frames - 1) * self.hop_length

    @property
    def patch_samples(self) -> int:
        """Samples that the windows of one patch cover."""
        return self.min_samples + self.n_fft

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of a patch as the input of a network: in one row where there is a `middle`, which follows the rest."""
        if self.middle is None:
            return self.patch_frames, self.n_mels
        return (self.patch_frames * self.n_mels + math.prod(self.middle.input_shape),)

    def to_dict(self) -> dict[str, Any]:
        """The parameters as plain values, for the card of a bundle.

        Those in `_LATER` are left out while they have their defaults: versions of the program that do not know them
        compute the same features.
        """
        default = type(self)()
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.middle is not None:
            values["middle"] = self.middle.to_dict()
        return {name: value for name, value in values.items() if name not in _LATER or value != getattr(default, name)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FeatureConfig:
        """Make a configuration from the values of a card.

        Raises
        ------
        FeatureConfigError
            For a value out of range, and for an unknown name: ignoring a parameter would change the features silently.
        """
        unknown = sorted(str(name) for name in set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise FeatureConfigError(reason=tr("unknown settings"), received=", ".join(unknown)[:100])
        middle = values.get("middle")
        if isinstance(middle, Mapping):
            if "middle" in middle:
                raise FeatureConfigError(
                    reason=tr("middle must be an object of settings"), received=brief(dict(middle))
                )
            values = {**values, "middle": cls.from_dict(middle)}
        try:
            return cls(**values)
        except TypeError as error:
            raise FeatureConfigError(reason=str(error), received=brief(dict(values))) from error
