"""Classification of a stream: an answer every half second, from the last seconds of sound."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.features.feature_stream import FeatureStream
from genre_desktop.audio.features.patches import Patches, join_patches, network_input
from genre_desktop.audio.features.signal_gate import SignalGate
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.sound_gate import Refusal
from genre_desktop.model.live.smoothing import Smoother
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor

Reason = Literal["", "level", "signal", "model"]
"""Why an answer names no genre: too quiet, the signal gate, or the gates of the model."""

STEP_S = 0.5
"""Seconds between two answers."""

TIME_CONSTANT_S = 4.0
"""Time constant of the smoothing, in seconds: scores of that age weigh 1/e (37 %) of the present ones."""

SILENT_BELOW_DB = -60.0
"""Level (RMS over a patch, dB of full scale) below which nothing is playing: the noise of an open microphone or of a
line without a signal lies below, quiet passages of recorded music above."""

GATE_S = 10.0
"""Seconds of sound that the gates decide on: a third of the clips that their limits were set on, since one patch is too
little."""

_GATE_EVERY_S = 1.0
_MOST_COSTS = 20


@dataclass(frozen=True)
class LiveAnswer:
    """The answer at a moment of the stream.

    Attributes
    ----------
    time_s : float
        Seconds of sound since the stream began; the answer stands for the `STEP_S` before.
    genre : str
        A genre, ``"unsure"`` or ``"not music"``.
    confidence : float or None
        Smoothed, of the most probable genre, 0..1; None where nothing was scored.
    probabilities : dict of str to float, or None
        Smoothed and calibrated, of every genre of the model.
    reason : {"", "level", "signal", "model"}
    sentence : str
        The reason in words.
    patch_genre : str or None
        Genre of the last patch alone.
    patch_confidence : float or None
    level_db : float
        RMS over the last patch without its offset, in dB of full scale.
    newest_at : float
        Time (`time.monotonic`) of the newest sample that the answer was computed from.
    styles : tuple of str
        What the last `GATE_S` sound like, as `Prediction.styles`.
    """

    time_s: float
    genre: str
    confidence: float | None
    probabilities: dict[str, float] | None
    reason: Reason
    sentence: str
    patch_genre: str | None
    patch_confidence: float | None
    level_db: float
    newest_at: float
    styles: tuple[str, ...] = ()

    def age_s(self) -> float:
        """Age of its newest sample in seconds: when the answer is shown, the latency from air to screen."""
        return time.monotonic() - self.newest_at


@dataclass(frozen=True, eq=False)
class _Moment:
    """A patch of the stream at the time of an answer; scored only if it holds sound from its beginning to its end."""

    time_s: float
    patch: Patches
    is_scored: bool
    level_db: float
    newest_at: float


class LiveClassifier:
    """Classifies a stream that is pushed in blocks; not thread-safe.

    Parameters
    ----------
    predictor : Predictor
    sample_rate : int
        Of the stream, in Hz.
    first_sample : int
        Index in the stream of the first sample that is pushed; `LiveAnswer.time_s` counts from the stream's beginning.
    time_constant_s : float
        Of the exponential smoothing, see `Smoother`.
    silent_below_db : float
        See `SILENT_BELOW_DB`.

    Notes
    -----
    Memory does not grow with time. The answers do not depend on the sizes of the blocks.
    """

    def __init__(
        self,
        predictor: Predictor,
        sample_rate: int,
        *,
        first_sample: int = 0,
        time_constant_s: float = TIME_CONSTANT_S,
        silent_below_db: float = SILENT_BELOW_DB,
    ) -> None:
        self._predictor = predictor
        self._config = predictor.bundle.config
        self._silent_below_db = silent_below_db
        self._decision = _AnswerDecision(predictor.bundle, time_constant_s)
        self._resampler = Resampler(sample_rate, self._config.sample_rate)
        self._stream = FeatureStream(self._config, is_live=True)
        self._frames = np.empty((0, self._config.n_mels), np.float32)
        self._n_frames = 0  # since the beginning, those that were dropped included
        self._rate = sample_rate
        self._step = round(STEP_S * sample_rate)
        self._first_sample = self._position = first_sample
        self._levels: deque[float] = deque(maxlen=max(1, round(self._config.patch_s / STEP_S)))
        self._energy = self._sum = 0.0
        self._patch_steps = max(1, round(self._config.patch_s / STEP_S))
        self._n_loud_steps = self._patch_steps  # the beginning of a stream does not count as sound after silence
        self._costs: deque[tuple[float, float]] = deque(maxlen=_MOST_COSTS)

    @property
    def position(self) -> int:
        """Index in the stream of the next sample to be pushed."""
        return self._position

    @property
    def real_time_factor(self) -> float | None:
        """Seconds of computing per second of sound, over the last blocks; None before the first."""
        sound_s = sum(sound for sound, _ in self._costs)
        return sum(cost for _, cost in self._costs) / sound_s if sound_s else None

    def push(self, samples: NDArray[np.float32], recorded_at: float) -> list[LiveAnswer]:
        """Push the next block and return the answers that it completes.

        Parameters
        ----------
        samples : ndarray of float32 [shape=(n,)]
            Mono.
        recorded_at : float
            Time (`time.monotonic`) of the last sample.

        Returns
        -------
        list of LiveAnswer
            One every `STEP_S`, as soon as a patch is full.

        Raises
        ------
        ModelOutputError
            Where the network gives values that are no numbers.
        """
        began = time.perf_counter()
        moments: list[_Moment] = []
        end = self._position + len(samples)
        while self._position < end:
            due = (self._position // self._step + 1) * self._step
            left = end - self._position
            piece = samples[len(samples) - left :][: due - self._position]
            self._extract(piece)
            if self._position == due:
                # Without the offset of a cheap sound card, which nobody hears.
                self._levels.append(max(0.0, self._energy / self._step - (self._sum / self._step) ** 2))
                self._energy = self._sum = 0.0
                # After silence a patch must be full of sound again: half a patch looks like clicks.
                is_silent = self._level_db() < self._silent_below_db
                self._n_loud_steps = 0 if is_silent else self._n_loud_steps + 1
                if len(self._frames) == self._config.patch_frames:
                    age_s = (end - self._newest_sample()) / self._rate
                    is_scored = self._n_loud_steps >= self._patch_steps and bool(np.ptp(self._frames) > 0)
                    moments.append(
                        _Moment(due / self._rate, self._patch(), is_scored, self._level_db(), recorded_at - age_s)
                    )
        answers = self._answer(moments)
        self._costs.append((len(samples) / self._rate, time.perf_counter() - began))
        return answers

    def _extract(self, piece: NDArray[np.float32]) -> None:
        self._position += len(piece)
        exact = piece.astype(np.float64)
        self._energy += float(np.dot(exact, exact))
        self._sum += float(exact.sum())
        new = self._stream.push(self._resampler.push(piece))
        self._n_frames += len(new)
        self._frames = np.concatenate((self._frames, new))[-self._config.patch_frames :]
        self._stream.forget(self._n_frames - len(self._frames))

    def _patch(self) -> Patches:
        """The last frames as a patch."""
        start_s = (self._n_frames - len(self._frames)) * self._config.frame_s
        return self._stream.with_middle(Patches(self._frames[np.newaxis].copy(), np.array([start_s])))

    def _newest_sample(self) -> float:
        """Index of the newest sample that the frames contain: resampler and windows hold some samples back."""
        config = self._config
        newest = ((self._n_frames - 1) * config.hop_length + config.n_fft // 2) / config.sample_rate
        return min(self._position, self._first_sample + newest * self._rate)

    def _level_db(self) -> float:
        power = sum(self._levels) / len(self._levels)
        return 10.0 * math.log10(max(power, 1e-12))

    def _answer(self, moments: list[_Moment]) -> list[LiveAnswer]:
        if not moments:
            return []
        patches = join_patches([moment.patch for moment in moments])
        is_scored = np.array([moment.is_scored for moment in moments])
        scores, features = self._predictor.predict(network_input(patches.take(is_scored), self._config))
        rows = iter(zip(scores, features, strict=True))
        return [
            self._decision.decide(moment, *next(rows))
            if moment.is_scored
            else self._decision.decide_silent(moment, moment.level_db < self._silent_below_db)
            for moment in moments
        ]


class _AnswerDecision:
    """Smooths the scores of the patches, applies the gates, and decides on the answer at each moment."""

    def __init__(self, bundle: ModelBundle, time_constant_s: float) -> None:
        self._bundle = bundle
        self._smoother = Smoother(bundle.temperature, bundle.aggregation, time_constant_s)
        patches = max(1, round(GATE_S / _GATE_EVERY_S))
        self._signal = SignalGate(bundle.config, keep=patches)
        self._features: deque[NDArray[np.float32]] = deque(maxlen=patches)
        self._gated_at = -math.inf
        self._gate_reason: Reason = ""
        self._refusal: Refusal | None = None

    def decide_silent(self, moment: _Moment, is_quiet: bool) -> LiveAnswer:
        """The answer where the patch holds silence; the gates begin anew, since what follows is another sound."""
        self._smoother.wait(STEP_S)
        self._signal.forget()
        self._features.clear()
        self._gated_at = -math.inf
        return LiveAnswer(
            time_s=moment.time_s,
            genre=NOT_MUSIC,
            confidence=None,
            probabilities=None,
            reason="level",
            sentence=tr("It is too quiet.") if is_quiet else tr("Something begins …"),
            patch_genre=None,
            patch_confidence=None,
            level_db=moment.level_db,
            newest_at=moment.newest_at,
        )

    def decide(self, moment: _Moment, scores: NDArray[np.float32], features: NDArray[np.float32]) -> LiveAnswer:
        """The answer for a scored patch.

        Parameters
        ----------
        moment : _Moment
        scores : ndarray of float32 [shape=(n_genres,)]
            Uncalibrated probabilities of its patch.
        features : ndarray of float32 [shape=(n_features,)]
            Of the network, for its gates.
        """
        labels = self._bundle.labels
        probabilities, alone = self._smoother.push(scores, STEP_S)
        best = int(probabilities.argmax())
        genre = labels[best] if probabilities[best] >= self._bundle.unsure_below else UNSURE
        if moment.time_s - self._gated_at > _GATE_EVERY_S - STEP_S / 2:
            self._gated_at = moment.time_s
            self._gate(moment.patch.values, features)
        refusal = self._refusal
        rules = None if refusal is not None else self._bundle.styles
        return LiveAnswer(
            time_s=moment.time_s,
            genre=genre if refusal is None else refusal.genre,
            confidence=float(probabilities[best]),
            probabilities={label: float(share) for label, share in zip(labels, probabilities, strict=True)},
            reason=self._gate_reason,
            sentence="" if refusal is None else refusal.sentence,
            patch_genre=labels[int(alone.argmax())],
            patch_confidence=float(alone.max()),
            level_db=moment.level_db,
            newest_at=moment.newest_at,
            styles=() if rules is None else rules.heard(np.stack(self._features), genre),
        )

    def _gate(self, patch_db: NDArray[np.float32], features: NDArray[np.float32]) -> None:
        self._signal.push(patch_db)
        self._features.append(features)
        sentence = self._signal.verdict()
        if sentence is not None:
            self._gate_reason, self._refusal = "signal", Refusal(NOT_MUSIC, sentence)
            return
        self._refusal = self._bundle.refusal(np.stack(self._features))
        self._gate_reason = "" if self._refusal is None else "model"
