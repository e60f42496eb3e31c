"""A track's result as the JSON object that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from genre_desktop.core.i18n import english
from genre_desktop.library.result import TrackResult

_DIGITS = 6
"""Digits of a probability: those of hundreds of genres still sum to 1 within 0.001."""


def to_record(result: TrackResult, *, with_segments: bool = True, top: int | None = None) -> dict[str, Any]:
    """Plain values of a result, in the order of the command line's contract.

    Parameters
    ----------
    result : TrackResult
    with_segments : bool
        False leaves the list of segments empty.
    top : int, optional
        Only that many of the probabilities, the highest first. All of them, in the
        model's order, if None.

    Returns
    -------
    dict
        ``path, status, genre, confidence, duration_s, probabilities, segments, model,
        error``. `status` is ``"ok"`` with `error` None, or ``"error"`` with `error`
        ``{"code", "message"}`` and nothing known of the sound. `confidence` is that of
        the most probable genre, also where `genre` is ``"unsure"`` or ``"not music"``;
        it and `probabilities` are None where nothing was scored. A track to which a
        person gave a genre has it as `genre`, also beside an error, and at the end
        ``by_hand``, which is True and which others lack; `confidence` is None then, and the
        rest is the model's.
    """
    prediction = result.prediction
    record: dict[str, Any] = {
        "path": str(result.path),
        "status": "error" if prediction is None else "ok",
        "genre": None,
        "confidence": None,
        "duration_s": None,
        "probabilities": None,
        "segments": [],
        "model": result.model,
        "error": None,
    }
    if result.error is not None:
        record["error"] = {"code": result.error.code, "message": english(result.error.message)}
    if prediction is not None:
        record["genre"] = prediction.genre
        record["confidence"] = _rounded(prediction.confidence)
        record["duration_s"] = round(prediction.duration_s, 3)
        if prediction.probabilities is not None:
            chosen = prediction.probabilities if top is None else dict(ranked(prediction.probabilities)[:top])
            record["probabilities"] = {genre: _rounded(value) for genre, value in chosen.items()}
        if with_segments:
            record["segments"] = [
                {
                    "start_s": round(segment.start_s, 3),
                    "end_s": round(segment.end_s, 3),
                    "genre": segment.genre,
                    "confidence": _rounded(segment.confidence),
                }
                for segment in prediction.segments
            ]
    if result.by_hand is not None:
        record["genre"] = result.by_hand
        record["confidence"] = None  # the model's is not in that genre; its probabilities tell all
        record["by_hand"] = True
    return record


def ranked(probabilities: Mapping[str, float]) -> list[tuple[str, float]]:
    """Genres and their probabilities, the most probable first, equal ones in the model's order."""
    return sorted(probabilities.items(), key=lambda item: -item[1])


def dump_record(record: Mapping[str, Any]) -> str:
    r"""One line of ASCII JSON.

    Bytes of a path that are no valid UTF-8 come out as the ``\udcXX`` that Python's file
    functions turn back into those bytes.

    Raises
    ------
    ValueError
        For NaN and infinite values, which JSON does not have.
    """
    return json.dumps(record, ensure_ascii=True, allow_nan=False)


def _rounded(probability: float | None) -> float | None:
    # float(): a numpy scalar is no JSON value.
    return None if probability is None else round(float(probability), _DIGITS)
