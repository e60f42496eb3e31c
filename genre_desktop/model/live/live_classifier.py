"""The genre of sound that never ends: an answer every half second, from the last seconds."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.features.log_mel import LogMelStream
from genre_desktop.audio.features.patches import scale_patches
from genre_desktop.audio.features.signal_gate import SignalGate
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.live.smoothing import Smoother
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor

Reason = Literal["", "level", "signal", "model"]
"""Why there is no music: too quiet, the sound's own statistics, or nothing that the model knows."""

STEP_S = 0.5
"""Between two answers."""

TIME_CONSTANT_S = 4.0
"""Of the smoothing: what sounded so long ago counts 37 % of what sounds now."""

SILENT_BELOW_DB = -60.0
"""Level (RMS over a patch, dB of full scale) below which nothing is playing: the noise of an open microphone or of a
line without a signal lies below, quiet passages of recorded music above."""

GATE_S = 10.0
"""What the gates look at: a third of the clips whose statistics they know; a single patch tells too little."""

_GATE_EVERY_S = 1.0
_RECENT = 20


@dataclass(frozen=True)
class LiveAnswer:
    """What is heard at a moment.

    Attributes
    ----------
    time_s : float
        Seconds of sound since the beginning; it stands for the `STEP_S` before it.
    genre : str
        A genre, ``"unsure"`` or ``"not music"``.
    confidence : float or None
        Smoothed, of the most probable genre, 0..1; None where nothing was scored.
    probabilities : dict of str to float, or None
        Smoothed and calibrated, of every genre of the model.
    reason : {"", "level", "signal", "model"}
    sentence : str
        The reason for people.
    patch_genre : str or None
        What the last patch alone sounds like.
    patch_confidence : float or None
    level_db : float
        RMS over the last patch, in dB of full scale.
    newest_at : float
        When the newest sample sounded that the answer rests on, by `time.monotonic`.
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

    def age_s(self) -> float:
        """Age of the newest sample in it: the latency from air to eye, where it is asked when it is shown."""
        return time.monotonic() - self.newest_at


@dataclass(frozen=True, eq=False)
class _Moment:
    """A patch that is to be scored, where it holds sound from its beginning to its end."""

    time_s: float
    patch_db: NDArray[np.float32]
    is_heard: bool
    level_db: float
    newest_at: float


class LiveClassifier:
    """Listens to a stream; not for several threads at once.

    Parameters
    ----------
    predictor : Predictor
    sample_rate : int
        Of the stream, in Hz.
    first_sample : int
        Where in the stream it begins to listen, in samples; `LiveAnswer.time_s` counts from the stream's own beginning.
    time_constant_s : float
        Of the exponential smoothing, see `Smoother`.
    silent_below_db : float

    Notes
    -----
    Memory does not grow with time. How the sound is cut into pieces makes no difference to the answers.
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
        self._judge = _Judge(predictor.bundle, time_constant_s)
        self._resampler = Resampler(sample_rate, self._config.sample_rate)
        self._stream = LogMelStream(self._config)
        self._frames = np.empty((0, self._config.n_mels), np.float32)
        self._n_frames = 0  # in all, as opposed to those kept
        self._rate = sample_rate
        self._step = round(STEP_S * sample_rate)
        self._first = self._position = first_sample
        self._levels: deque[float] = deque(maxlen=max(1, round(self._config.patch_s / STEP_S)))
        self._energy = 0.0
        self._patch_steps = max(1, round(self._config.patch_s / STEP_S))
        self._n_sounding = self._patch_steps  # what a stream begins with is no sound after silence
        self._costs: deque[tuple[float, float]] = deque(maxlen=_RECENT)

    @property
    def position(self) -> int:
        """The sample of the stream that is awaited next."""
        return self._position

    @property
    def real_time_factor(self) -> float | None:
        """Seconds of computing for a second of sound, lately; None before there was any."""
        sound_s = sum(sound for sound, _ in self._costs)
        return sum(cost for _, cost in self._costs) / sound_s if sound_s else None

    def push(self, samples: NDArray[np.float32], heard_at: float) -> list[LiveAnswer]:
        """Take the next sound and give the answers that it completes.

        Parameters
        ----------
        samples : ndarray of float32 [shape=(n,)]
            Mono.
        heard_at : float
            When the last of them sounded, by `time.monotonic`.

        Returns
        -------
        list of LiveAnswer
            One each `STEP_S`, from the moment at which a patch is full.

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
            self._take(piece)
            if self._position == due:
                self._levels.append(self._energy / self._step)
                self._energy = 0.0
                # After silence a patch is to be full of sound again: half of one looks like clicks.
                is_silent = self._level_db() < self._silent_below_db
                self._n_sounding = 0 if is_silent else self._n_sounding + 1
                if len(self._frames) == self._config.patch_frames:
                    age_s = (end - self._newest_sample()) / self._rate
                    is_heard = self._n_sounding >= self._patch_steps and bool(np.ptp(self._frames) > 0)
                    moments.append(
                        _Moment(due / self._rate, self._frames.copy(), is_heard, self._level_db(), heard_at - age_s)
                    )
        answers = self._answer(moments)
        self._costs.append((len(samples) / self._rate, time.perf_counter() - began))
        return answers

    def _take(self, piece: NDArray[np.float32]) -> None:
        self._position += len(piece)
        self._energy += float(np.dot(piece, piece))
        new = self._stream.push(self._resampler.push(piece))
        self._n_frames += len(new)
        self._frames = np.concatenate((self._frames, new))[-self._config.patch_frames :]

    def _newest_sample(self) -> float:
        """Index of the newest sample that is in the frames: the resampler and the windows keep some back."""
        config = self._config
        newest = ((self._n_frames - 1) * config.hop_length + config.n_fft // 2) / config.sample_rate
        return min(self._position, self._first + newest * self._rate)

    def _level_db(self) -> float:
        power = sum(self._levels) / len(self._levels)
        return 10.0 * math.log10(max(power, 1e-12))

    def _answer(self, moments: list[_Moment]) -> list[LiveAnswer]:
        if not moments:
            return []
        patches = np.stack([moment.patch_db for moment in moments])
        heard = np.array([moment.is_heard for moment in moments])
        scores, features = self._predictor.predict(scale_patches(patches[heard], self._config))
        rows = iter(zip(scores, features, strict=True))
        return [
            self._judge.judge(moment, *next(rows))
            if moment.is_heard
            else self._judge.silence(moment, moment.level_db < self._silent_below_db)
            for moment in moments
        ]


class _Judge:
    """From the scores of patches to one answer a moment."""

    def __init__(self, bundle: ModelBundle, time_constant_s: float) -> None:
        self._bundle = bundle
        self._smoother = Smoother(bundle.temperature, bundle.aggregation, time_constant_s)
        patches = max(1, round(GATE_S / _GATE_EVERY_S))
        self._signal = SignalGate(bundle.config, keep=patches)
        self._features: deque[NDArray[np.float32]] = deque(maxlen=patches)
        self._gated_at = -math.inf
        self._refusal: tuple[Reason, str] = "", ""

    def silence(self, moment: _Moment, is_quiet: bool) -> LiveAnswer:
        """Nothing sounds, and what comes next is something else."""
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

    def judge(self, moment: _Moment, scores: NDArray[np.float32], features: NDArray[np.float32]) -> LiveAnswer:
        """Something sounds."""
        labels = self._bundle.labels
        probabilities, alone = self._smoother.push(scores, STEP_S)
        best = int(probabilities.argmax())
        genre = labels[best] if probabilities[best] >= self._bundle.unsure_below else UNSURE
        if moment.time_s - self._gated_at > _GATE_EVERY_S - STEP_S / 2:
            self._gated_at = moment.time_s
            self._refusal = self._gate(moment.patch_db, features)
        reason, sentence = self._refusal
        return LiveAnswer(
            time_s=moment.time_s,
            genre=NOT_MUSIC if reason else genre,
            confidence=float(probabilities[best]),
            probabilities={label: float(share) for label, share in zip(labels, probabilities, strict=True)},
            reason=reason,
            sentence=sentence,
            patch_genre=labels[int(alone.argmax())],
            patch_confidence=float(alone.max()),
            level_db=moment.level_db,
            newest_at=moment.newest_at,
        )

    def _gate(self, patch_db: NDArray[np.float32], features: NDArray[np.float32]) -> tuple[Reason, str]:
        self._signal.push(patch_db[np.newaxis])
        self._features.append(features)
        told = self._signal.verdict()
        if told is not None:
            return "signal", told
        gate = self._bundle.gate
        if gate is not None and gate.refuses(np.stack(self._features)):
            return "model", tr("It sounds like no music that this model knows.")
        return "", ""
