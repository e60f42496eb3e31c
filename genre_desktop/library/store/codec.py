"""Conversion of predictions and errors to values of a database and back, exact to the last bit of every float.

Nothing is pickled: reading a database from elsewhere runs no code of its own.
"""

from __future__ import annotations

import json
import numbers
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from genre_desktop.core import errors
from genre_desktop.core.errors import AudioError, GenreDesktopError
from genre_desktop.core.i18n import Sentence, make_sentence
from genre_desktop.model.prediction import Prediction, Segment

_KINDS = {
    kind.code: kind  # InternalError has the code of its base class, and is defined after it
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GenreDesktopError)
}

_LATEST_NS = 2**63 - 1
"""SQLite's largest integer."""


class UnreadableRowError(ValueError):
    """A row of the database does not have the form in which this version writes it."""


class Details(NamedTuple):
    """What is stored of a prediction beside its summary.

    Attributes
    ----------
    probabilities : bytes or None
        Little-endian float64, in the model's order.
    segments : bytes
        For n segments: n starts, n ends and n confidences (little-endian float64), then n
        genres (little-endian uint16, indices of the labels).
    words : str
        JSON: ``reasons`` (sentences as their English source and values), ``tags``, and ``labels`` where
        they are not those of the model.
    """

    probabilities: bytes | None
    segments: bytes
    words: str


def storable_time(mtime_ns: int) -> int:
    """A time of change, or the nearest that SQLite's integers hold: NTFS has 1601 where it knows none."""
    return max(-_LATEST_NS - 1, min(mtime_ns, _LATEST_NS))


# --- predictions ----------------------------------------------------------------------------


def pack_details(prediction: Prediction, labels: tuple[str, ...]) -> Details:
    """Pack a prediction of a model with these `labels`."""
    probabilities = prediction.probabilities
    own = labels if probabilities is None else tuple(probabilities)
    names = tuple(dict.fromkeys((*own, *(segment.genre for segment in prediction.segments))))
    places = {name: place for place, name in enumerate(names)}
    segments = prediction.segments
    n = len(segments)
    words: dict[str, Any] = {"reasons": [_to_json(reason) for reason in prediction.reasons], "tags": prediction.tags}
    if names != labels:
        words["labels"] = names
    return Details(
        None if probabilities is None else struct.pack(f"<{len(own)}d", *probabilities.values()),
        struct.pack(
            f"<{3 * n}d{n}H",
            *(segment.start_s for segment in segments),
            *(segment.end_s for segment in segments),
            *(segment.confidence for segment in segments),
            *(places[segment.genre] for segment in segments),
        ),
        json.dumps(words),
    )


def unpack_prediction(
    details: Details,
    labels: tuple[str, ...],
    *,
    genre: str,
    confidence: float | None,
    duration_s: float,
    model: str,
    is_complete: bool,
    warnings: tuple[AudioError, ...],
    styles: tuple[str, ...] = (),
) -> Prediction:
    """The prediction from its details and the values of its summary.

    Raises
    ------
    UnreadableRowError
    """
    try:
        words = json.loads(details.words)
        names = tuple(words.get("labels", labels))
        n = len(details.segments) // 26
        values = struct.unpack(f"<{3 * n}d{n}H", details.segments)
        segments = tuple(
            Segment(values[i], values[n + i], names[values[3 * n + i]], values[2 * n + i]) for i in range(n)
        )
        probabilities = None
        if details.probabilities is not None:
            floats = struct.unpack(f"<{len(details.probabilities) // 8}d", details.probabilities)
            probabilities = dict(zip(names[: len(floats)], floats, strict=True))
        return Prediction(
            genre=genre,
            confidence=confidence,
            probabilities=probabilities,
            segments=segments,
            duration_s=duration_s,
            model=model,
            reasons=tuple(_from_json(reason) for reason in words["reasons"]),
            is_complete=is_complete,
            warnings=warnings,
            tags=tuple(words["tags"]),
            styles=styles,
        )
    except (struct.error, LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableRowError(repr(error)) from error


# --- errors ---------------------------------------------------------------------------------


def pack_error(error: GenreDesktopError, path: str) -> str:
    """An error about the file at `path` as JSON: its code, its values, and which of them are the path."""
    return json.dumps(_packed(error, path))


def pack_warnings(warnings: tuple[AudioError, ...], path: str) -> str | None:
    """`Prediction.warnings` of the file at `path` as JSON; a single one as earlier versions wrote it."""
    packed = [_packed(warning, path) for warning in warnings]
    return json.dumps({"warnings": packed} if len(packed) > 1 else packed[0]) if packed else None


def _packed(error: GenreDesktopError, path: str) -> dict[str, Any]:
    own = [name for name, value in error.values.items() if _is_path(value, path)]
    values = {name: _to_json(value) for name, value in error.values.items()}
    return {"code": error.code, "values": values, "own": own}


def unpack_error(text: str, path: str | None = None) -> GenreDesktopError:
    """The error that `pack_error` packed; about `path`, to which the file may have been moved, if given.

    Raises
    ------
    UnreadableRowError
        Also for a code that this version does not have.
    """
    try:
        return _unpacked(json.loads(text), path)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableRowError(repr(error)) from error


def unpack_warnings(text: str | None, path: str | None = None) -> tuple[AudioError, ...]:
    """As `unpack_error`, for `Prediction.warnings`."""
    if text is None:
        return ()
    try:
        content = json.loads(text)
        found = [_unpacked(item, path) for item in content.get("warnings", [content])]
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableRowError(repr(error)) from error
    warnings = tuple(warning for warning in found if isinstance(warning, AudioError))
    if len(warnings) < len(found):
        raise UnreadableRowError(text)
    return warnings


def _unpacked(content: Any, path: str | None) -> GenreDesktopError:
    values = {name: _from_json(value) for name, value in content["values"].items()}
    for name in content["own"] if path is not None else ():
        values[name] = type(values[name])(path)
    return _KINDS[content["code"]](**values)


def _is_path(value: object, path: str) -> bool:
    # A result is stored under an absolute path; its error names the file as it was given, which may be relative.
    is_text = isinstance(value, str | os.PathLike) and not isinstance(value, Sentence)
    return is_text and os.path.abspath(os.fspath(value)) == os.path.abspath(path)  # type: ignore[call-overload]


def _to_json(value: object) -> Any:
    if isinstance(value, Sentence):
        return {"told": [value.source, {name: _to_json(part) for name, part in value.values.items()}]}
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    if isinstance(value, os.PathLike):
        return {"path": os.fspath(value)}
    if isinstance(value, tuple):
        return {"tuple": [_to_json(item) for item in value]}
    if isinstance(value, list):
        return [_to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {"map": {str(name): _to_json(item) for name, item in value.items()}}
    return str(value)  # which is all that a sentence needs


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_from_json(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "told":
        source, values = content
        if not isinstance(source, str):
            raise TypeError(f"a sentence was expected, received {type(source).__name__}")
        return make_sentence(source, {name: _from_json(part) for name, part in values.items()})
    if kind == "path":
        return Path(content)
    if kind == "tuple":
        return tuple(_from_json(item) for item in content)
    return {name: _from_json(item) for name, item in content.items()}
