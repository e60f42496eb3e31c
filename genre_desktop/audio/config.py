"""The one place where the numbers of the features stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from genre_desktop.errors import FeatureConfigError
from genre_desktop.i18n import tr

Scaling = Literal["patch_max", "log_power"]
SCALINGS: tuple[str, ...] = get_args(Scaling)

LARGEST_REFERENCE_DB = 100.0
"""No recording is as loud or as soft, and powers stay within float32."""


@dataclass(frozen=True)
class FeatureConfig:
    """How sound becomes the input of a model.

    Training, window and command line use the same configuration; it travels inside the
    model bundle. The defaults are the notebook's.

    Attributes
    ----------
    sample_rate : int
        Sampling rate in Hz that the mono signal is resampled to.
    n_fft : int
        Length of the analysis window (periodic Hann) in samples.
    hop_length : int
        Samples between the centres of two frames.
    n_mels : int
        Number of mel bands (Slaney scale and norm, as librosa's default).
    fmin, fmax : float
        Edges of the mel bands in Hz.
    patch_frames : int
        Frames (time) in a patch, the network's input.
    patch_hop : int
        Frames between the starts of two patches.
    scaling : {"patch_max", "log_power"}
        Either way the level of a recording is of no account. ``"patch_max"``: decibels
        below the loudest value of the patch, cut at `dynamic_range_db` and mapped to 0..1.
        ``"log_power"``: each patch is brought to a mean power of `reference_db`, then
        ``log10(10000 x + 1)`` of its power ``x`` is taken.
    dynamic_range_db : float
        Range in dB that is mapped to 0..1.
    reference_db : float
        Mean mel power in dB that ``"log_power"`` gives to every patch.
    n_mfcc : int
        Number of cepstral coefficients for networks with an MFCC branch.
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

    def __post_init__(self) -> None:
        for name in ("sample_rate", "n_fft", "hop_length", "n_mels", "patch_frames", "patch_hop", "n_mfcc"):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                reason = tr("{name} must be a whole number above 0", name=name)
                raise FeatureConfigError(reason=reason, received=repr(value))
        if not 0.0 <= self.fmin < self.fmax <= self.sample_rate / 2:
            raise FeatureConfigError(
                reason=tr("0 <= fmin < fmax <= sample_rate / 2 must hold"),
                received=f"fmin={self.fmin}, fmax={self.fmax}, sample_rate={self.sample_rate}",
            )
        if self.n_mfcc > self.n_mels:
            raise FeatureConfigError(reason=tr("n_mfcc may not exceed n_mels"), received=repr(self.n_mfcc))
        if self.scaling not in SCALINGS:
            reason = tr("scaling must be one of {known}", known=", ".join(SCALINGS))
            raise FeatureConfigError(reason=reason, received=repr(self.scaling))
        if not self.dynamic_range_db > 0:
            reason = tr("dynamic_range_db must be above 0")
            raise FeatureConfigError(reason=reason, received=repr(self.dynamic_range_db))
        if not -LARGEST_REFERENCE_DB <= self.reference_db <= LARGEST_REFERENCE_DB:
            reason = tr("reference_db must be within {n} dB of 0", n=LARGEST_REFERENCE_DB)
            raise FeatureConfigError(reason=reason, received=repr(self.reference_db))

    @property
    def frame_s(self) -> float:
        """Seconds between two frames."""
        return self.hop_length / self.sample_rate

    @property
    def patch_s(self) -> float:
        """Seconds of sound that a patch stands for."""
        return self.patch_frames * self.frame_s

    @property
    def min_samples(self) -> int:
        """Samples of the shortest signal that fills one patch (frames are centred)."""
        return (self.patch_frames - 1) * self.hop_length

    def to_dict(self) -> dict[str, Any]:
        """Plain values for a bundle's card."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FeatureConfig:
        """Read a card's values.

        Raises
        ------
        FeatureConfigError
            For a value out of range or a name this version does not know: a setting
            that would be ignored changes the features silently.
        """
        unknown = sorted(set(values) - {field.name for field in fields(cls)})
        if unknown:
            raise FeatureConfigError(reason=tr("unknown settings"), received=", ".join(unknown))
        try:
            return cls(**values)
        except TypeError as error:
            raise FeatureConfigError(reason=str(error), received=repr(dict(values))) from error
