"""Classification of one sound file, in memory that does not grow with the length of the file."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.features.feature_stream import FeatureStream
from genre_desktop.audio.features.patches import Patches, PatchStream, network_input
from genre_desktop.audio.features.signal_gate import SignalGate
from genre_desktop.core.errors import AudioError, AudioTooShortError, DamagedAudioError, LowSampleRateError
from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import aggregate
from genre_desktop.model.bundles.sound_gate import Refusal
from genre_desktop.model.patch_sampling import (
    FIRST_PATCHES,
    KEPT_S,
    MOST_PATCHES,
    ExcerptPatches,
    FramePatches,
    TrackPatches,
    is_settled,
    is_short,
    next_round,
)
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction, SegmentScores
from genre_desktop.model.predictor import MAX_BATCH, Predictor

_log = logging.getLogger(__name__)

BLOCK_S = 10.0
"""Seconds of sound that are decoded at once."""


class Cancelled(Exception):
    """`is_cancelled` returned True."""


def classify_file(
    path: str | os.PathLike[str],
    predictor: Predictor,
    *,
    every_patch: bool = True,
    progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Prediction:
    """Classify a sound file.

    Parameters
    ----------
    path : path-like
    predictor : Predictor
    every_patch : bool
        True: every overlapping patch from the beginning to the end is scored, in batches of `MAX_BATCH`. False:
        patches spread over the track are read and scored, more of them where the answer is not clear (see
        `genre_desktop.model.patch_sampling`). Then damage is noticed only where the file was read, and a track
        whose samples are silent is read in full before it is called silent. A short track is read in full.
    progress : callable, optional
        Called with the share of the work that is done, 0..1.
    is_cancelled : callable, optional
        Called for each block of sound; once it returns True, the work ends with `Cancelled`.

    Returns
    -------
    Prediction

    Raises
    ------
    AudioError
        Where the file cannot be used; a damaged file is used as far as it can be read,
        if that is at least one patch.
    Cancelled
    """
    job = _Job(predictor, progress or (lambda _share: None), is_cancelled or (lambda: False))
    answer = None if every_patch else _classify_excerpts(path, job)
    return _doubted_if_narrow(_classify_in_full(path, job, every_patch) if answer is None else answer)


def _doubted_if_narrow(answer: Prediction) -> Prediction:
    """The answer, or "unsure" instead of a genre for sound with too few frequencies."""
    note = next((each for each in answer.warnings if isinstance(each, LowSampleRateError)), None)
    if note is None or answer.genre in (UNSURE, NOT_MUSIC):
        return answer
    reason = tr("With nothing above {highest} Hz no genre is sure.", highest=note.values["highest"])
    return replace(answer, genre=UNSURE, reasons=(reason, *answer.reasons))


@dataclass(frozen=True)
class _Job:
    """The predictor and callbacks of one call of `classify_file`."""

    predictor: Predictor
    progress: Callable[[float], None]
    is_cancelled: Callable[[], bool]

    def check_cancelled(self) -> None:
        if self.is_cancelled():
            raise Cancelled


def _classify_in_full(path: str | os.PathLike[str], job: _Job, every_patch: bool) -> Prediction:
    predictor = job.predictor
    config = predictor.bundle.config
    scorer = _PatchScorer(predictor)
    features, patches = FeatureStream(config), PatchStream(config)
    kept: list[NDArray[np.float32]] | None = None if every_patch else []
    with open_audio(path) as reader:
        duration_s = reader.info.duration_s
        for block in reader.blocks(config.sample_rate, BLOCK_S):
            job.check_cancelled()
            new = features.push(block)
            if kept is not None:
                kept.append(new)
                if reader.seconds_read <= KEPT_S:
                    continue
                held, kept = kept, None  # too long to be kept: every patch is scored
                for earlier in held[:-1]:  # one after the other: all at once would be a hundred patches
                    job.check_cancelled()
                    scorer.push(features.with_middle(patches.push(earlier)))
                new = held[-1]
            scorer.push(features.with_middle(patches.push(new)))
            features.forget(patches.first_frame)
            if duration_s:
                job.progress(min(1.0, reader.seconds_read / duration_s))
        problem, seconds_read, is_silent = reader.problem, reader.seconds_read, reader.is_digital_silence
        warnings = reader.notes if problem is None else (problem, *reader.notes)
    new = features.finish()
    if kept is not None:
        new = np.concatenate([*kept, new])
        track = FramePatches(new, features, config)
        if track.n_patches > 2 * FIRST_PATCHES:
            answer = _classify_sampled(track, job, seconds_read, lambda: is_silent, warnings)
            if answer.probabilities is not None:
                return answer
    scorer.push(features.with_middle(patches.push(new)))
    scorer.push(features.with_middle(patches.finish()))
    if scorer.n_patches == 0:
        if problem is not None:
            raise problem
        needed_s = config.min_samples / config.sample_rate
        raise AudioTooShortError(path=os.fspath(path), duration_s=seconds_read, needed_s=needed_s)
    return _prediction(predictor, scorer, is_silent, seconds_read, warnings)


def _classify_excerpts(path: str | os.PathLike[str], job: _Job) -> Prediction | None:
    """The answer from excerpts of the file; None where the whole file has to be read."""
    config = job.predictor.bundle.config
    try:
        with open_excerpts(path, is_cancelled=job.is_cancelled) as reader:
            if is_short(reader.length_s, config):
                return None
            track = ExcerptPatches(reader, config)
            answer = _classify_sampled(track, job, reader.length_s, lambda: reader.is_digital_silence)
            # Only the whole file can be called silent.
            return None if answer.probabilities is None else replace(answer, warnings=reader.notes)
    except CannotSeekError as error:
        job.check_cancelled()
        _log.info("%r is read in full: %s", os.fspath(path), error.reason)
        return None


def _classify_sampled(
    track: TrackPatches,
    job: _Job,
    duration_s: float,
    is_silent: Callable[[], bool],
    warnings: tuple[AudioError, ...] = (),
) -> Prediction:
    predictor = job.predictor
    scorer = _PatchScorer(predictor)
    scored: list[int] = []
    chosen = next_round(scored, track.n_patches)
    while True:
        for patch in track.cut(chosen):
            job.check_cancelled()
            scorer.push(patch)
        job.check_cancelled()
        scored = sorted([*scored, *chosen])
        answer = _prediction(predictor, scorer, is_silent(), duration_s, warnings)
        chosen = next_round(scored, track.n_patches)
        enough = is_settled(answer, predictor.bundle.unsure_below) or len(scored) + len(chosen) > MOST_PATCHES
        job.progress(1.0 if enough or not chosen else len(scored) / MOST_PATCHES)
        if enough or not chosen:
            in_order = sorted(answer.segments, key=lambda segment: segment.start_s)
            reasons = (*answer.reasons, tr("Parts spread over the track were listened to, not all of it."))
            return replace(answer, segments=tuple(in_order), reasons=reasons, is_complete=False)


def _prediction(
    predictor: Predictor,
    scorer: _PatchScorer,
    is_silent: bool,
    duration_s: float,
    warnings: tuple[AudioError, ...],
) -> Prediction:
    reasons: tuple[str, ...] = ()
    if any(isinstance(warning, DamagedAudioError) for warning in warnings):
        reasons = (tr("The file is damaged: only {seconds:.0f} s of it could be read.", seconds=duration_s),)
    bundle, scores = predictor.bundle, scorer.finish()
    if is_silent or len(scores.start_s) == 0:
        return Prediction(
            genre=NOT_MUSIC,
            confidence=None,
            probabilities=None,
            segments=(),
            duration_s=duration_s,
            model=bundle.name,
            reasons=(tr("The whole track is digital silence."), *reasons),
            warnings=warnings,
        )
    answer = aggregate(
        scores,
        bundle.labels,
        model=bundle.name,
        duration_s=duration_s,
        temperature=bundle.temperature,
        unsure_below=bundle.unsure_below,
        method=bundle.aggregation,
        reasons=reasons,
    )
    no_music = scorer.no_music()
    refusal = Refusal(NOT_MUSIC, no_music) if no_music is not None else bundle.refusal(scores.features)
    if refusal is not None:
        answer = replace(answer, genre=refusal.genre, reasons=(refusal.sentence, *reasons))
    else:
        styles = () if bundle.styles is None else bundle.styles.heard(scores.features, answer.genre)
        known = (*bundle.labels, *styles)
        tags = () if bundle.tags is None else bundle.tags.salient(scores.features, known=known)
        answer = replace(answer, styles=styles, tags=tags)
    return replace(answer, warnings=warnings)


def sounding_patches(patches_db: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which patches are not silent: one without any variation is silence, and is not scored.

    Parameters
    ----------
    patches_db : ndarray of float32 [shape=(n, patch_frames, n_mels)]

    Returns
    -------
    ndarray of bool [shape=(n,)]
    """
    return np.asarray(np.ptp(patches_db, axis=(1, 2)) > 0)


class _PatchScorer:
    """Scores patches in full batches, and keeps the scores alone."""

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor
        self._waiting: list[NDArray[np.float32]] = []
        self._n_waiting = 0
        self._scored: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = []
        self._start_s: list[NDArray[np.float64]] = []
        self._gate = SignalGate(predictor.bundle.config)
        self.n_patches = 0

    def push(self, patches: Patches) -> None:
        if len(patches.values) == 0:
            return
        self.n_patches += len(patches.values)
        self._gate.push(patches.values)
        sounding = patches.take(sounding_patches(patches.values))
        self._waiting.append(network_input(sounding, self._predictor.bundle.config))
        self._start_s.append(sounding.start_s)
        self._n_waiting += len(sounding)
        if self._n_waiting >= MAX_BATCH:
            self._score()

    def finish(self) -> SegmentScores:
        self._score()
        if self._scored:
            probabilities, features = (np.concatenate(column) for column in zip(*self._scored, strict=True))
            self._scored = [(probabilities, features)]  # one copy of what may be hundreds of megabytes
        else:  # not kept: how many features there are is known from the first patch on
            probabilities, features = self._predictor.empty_scores()
        return SegmentScores(
            probabilities=probabilities,
            features=features,
            start_s=np.concatenate([np.empty(0), *self._start_s]),
            patch_s=self._predictor.bundle.config.patch_s,
        )

    def no_music(self) -> str | None:
        """Why the patches so far are no music, by the signal alone; None where they may be music."""
        return self._gate.verdict()

    def _score(self) -> None:
        if self._n_waiting:
            self._scored.append(self._predictor.predict(np.concatenate(self._waiting)))
        self._waiting, self._n_waiting = [], 0
