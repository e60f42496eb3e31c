"""The JSON object of a track's result, whose form scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import english
from genre_desktop.library.result import TrackResult

_DIGITS = 6
"""Decimal places of a probability, by which those of hundreds of genres still sum to 1 within 0.001."""


def to_record(result: TrackResult, *, with_segments: bool = True, top: int | None = None) -> dict[str, Any]:
    """The JSON object of a result, its keys in the documented order.

    Parameters
    ----------
    result : TrackResult
    with_segments : bool
        False leaves the list of segments empty.
    top : int, optional
        Number of probabilities, the highest first; None for all of them in the model's order.

    Returns
    -------
    dict
        ``path, status, genre, confidence, duration_s, probabilities, segments, model,
        error, styles, reasons, warnings``. `status` is ``"ok"`` with `error` None, or ``"error"`` with `error`
        ``{"code", "message"}`` and no values of the sound. `confidence` is that of the most
        probable genre, also where `genre` is ``"unsure"`` or ``"not music"``; it and
        `probabilities` are None where nothing was scored. Where a person set the genre,
        `genre` is that one, also with an error or without any result, `confidence` is None, and a last key
        ``by_hand`` is True, which is absent otherwise; the other values are the model's.
        `styles` lists what the track sounds like, a level below the genres, without figures.
        `reasons` lists English sentences that explain the answer, such as why it is no music.
        `warnings` lists what to know of how the file was read, each ``{"code", "message"}``.
    """
    prediction = result.prediction
    record: dict[str, Any] = {
        "path": str(result.path),
        "status": "ok" if result.error is None else "error",
        "genre": None,
        "confidence": None,
        "duration_s": None,
        "probabilities": None,
        "segments": [],
        "model": result.model,
        "error": None if result.error is None else _told(result.error),
        "styles": [] if prediction is None else list(prediction.styles),
        "reasons": [] if prediction is None else [english(reason) for reason in prediction.reasons],
        "warnings": [] if prediction is None else [_told(warning) for warning in prediction.warnings],
    }
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
        record["confidence"] = None  # the model's belongs to another genre; `probabilities` has it
        record["by_hand"] = True
    return record


def ranked(probabilities: Mapping[str, float]) -> list[tuple[str, float]]:
    """Genres and their probabilities, the most probable first, equal ones in the model's order."""
    return sorted(probabilities.items(), key=lambda item: -item[1])


def dump_record(record: Mapping[str, Any]) -> str:
    r"""The object as one line of ASCII JSON.

    Bytes of a path that are no valid UTF-8 are written as ``\udcXX``, which Python's file
    functions convert back to those bytes.

    Raises
    ------
    ValueError
        For NaN and infinite values, which JSON does not have.
    """
    return json.dumps(record, ensure_ascii=True, allow_nan=False)


def _told(error: GenreDesktopError) -> dict[str, str]:
    return {"code": error.code, "message": english(error.message)}


def _rounded(probability: float | None) -> float | None:
    # float(): json cannot write a NumPy scalar.
    return None if probability is None else round(float(probability), _DIGITS)
