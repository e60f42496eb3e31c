"""Conversion between rows of the result store and the objects that they stand for."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.library.result import FileFacts, Summary, TrackResult, summarise
from genre_desktop.library.store.codec import (
    Details,
    UnreadableRowError,
    pack_error,
    pack_warnings,
    storable_time,
    unpack_error,
    unpack_prediction,
    unpack_warnings,
)
from genre_desktop.library.store.troubled_files import add_file, except_files, is_excepted, is_met_in
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import Prediction, loss_of

_log = logging.getLogger(__name__)
_Text = TypeVar("_Text", str, str | None)
Row = tuple[Any, ...]

FACTS = "f.size, f.mtime_ns, f.identity, f.title, f.artist, f.album, f.genres"
SUMMARY = (
    "r.genre, r.confidence, r.best, r.second, r.second_confidence, r.duration_s, r.is_complete, r.problem, r.error, "
    "r.styles"
)
DETAILS = "d.probabilities, d.segments, d.words"
# The columns of a query, in the order in which the functions below expect them.


@dataclass(frozen=True)
class StoredResult:
    """The stored result of a model for some content: a prediction or an error.

    Attributes
    ----------
    prediction : Prediction or None
    error : GenreDesktopError or None
        None exactly where there is a prediction.
    packed : str or None
        The error or the warnings, as they are stored.
    """

    prediction: Prediction | None
    error: GenreDesktopError | None
    packed: str | None = None

    def holds_for(self, path: str, facts: FileFacts) -> bool:
        """Whether it is a result for the file at this absolute path: an error or damage met elsewhere is not."""
        if self.packed is None:
            return True
        if self.prediction is None or self.prediction.loss is not None:
            return is_met_in(self.packed, path, facts) is True
        return not is_excepted(self.packed, path, facts)


# --- to rows --------------------------------------------------------------------------------


def file_row(path: str, facts: FileFacts) -> Row:
    """The path, then `FACTS`."""
    return (
        os.fsencode(path),
        facts.size,
        storable_time(facts.mtime_ns),
        facts.identity,
        encodable(facts.title),
        encodable(facts.artist),
        encodable(facts.album),
        json.dumps(facts.tagged_genres),
    )


def summary_row(result: TrackResult, before: Row | None = None) -> Row:
    """`SUMMARY` of a result; `before` has the stored problem and error for the same content."""
    summary, path = summarise(result), os.fspath(result.path)
    problem = pack_warnings(summary.warnings, path)
    error = None if summary.error is None else pack_error(summary.error, path)
    facts, (problem_before, error_before) = result.facts, before or (None, None)
    if facts is not None:
        if error is not None:
            error = add_file(error, path, facts, error_before)
        elif problem is not None and summary.loss is not None:
            problem = add_file(problem, path, facts, problem_before)
        else:
            problem = except_files(problem, path, error_before or problem_before)
    return (
        encodable(summary.genre),
        _plain(summary.confidence),
        encodable(summary.best),
        encodable(summary.second),
        _plain(summary.second_confidence),
        _plain(summary.duration_s),
        summary.is_complete,
        problem,
        error,
        json.dumps(summary.styles) if summary.styles else None,
    )


def has_loss(problem: str | None) -> bool:
    """Whether stored warnings tell of sound that is missing; True also where they cannot be read."""
    try:
        return loss_of(unpack_warnings(problem)) is not None
    except UnreadableRowError:
        return True


def encodable(text: _Text) -> _Text:
    """Text without lone surrogates, which SQLite refuses."""
    return None if text is None else text.encode("utf-8", "replace").decode()


def _plain(value: float | None) -> float | None:
    return None if value is None else float(value)  # SQLite does not accept NumPy's numbers


# --- from rows ------------------------------------------------------------------------------


def to_facts(row: Row) -> FileFacts:
    """Facts from `FACTS`.

    Raises
    ------
    UnreadableRowError
    """
    size, mtime_ns, identity, title, artist, album, genres = row
    try:
        # A hundred thousand rows have few different artists, albums and genres: each text is in memory once.
        return FileFacts(
            int(size), int(mtime_ns), _text(identity), _text(title), intern(artist), intern(album), _genres(genres)
        )
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(repr(error)) from error


def to_stored_result(row: Row, bundle: ModelBundle, path: str | None) -> StoredResult:
    """A result from `SUMMARY` and `DETAILS`, for the file at `path`.

    Raises
    ------
    UnreadableRowError
    """
    genre, confidence, _, _, _, duration_s, is_complete, problem, error, styles, *details = row
    if error is not None:
        return StoredResult(None, unpack_error(error, path), error)
    prediction = unpack_prediction(
        Details(*details),
        bundle.labels,
        genre=_text(genre),
        confidence=_number(confidence),
        duration_s=_number(duration_s) or 0.0,
        model=bundle.name,
        is_complete=bool(is_complete),
        warnings=unpack_warnings(problem, path),
        styles=_stored_styles(styles),
    )
    return StoredResult(prediction, None, problem)


def to_track_result(path: str, row: Row, bundle: ModelBundle) -> TrackResult:
    """A result from `FACTS`, the genre by hand, `SUMMARY` and `DETAILS`.

    Raises
    ------
    UnreadableRowError
    """
    facts, by_hand, stored = to_facts(row[:7]), _name(row[7]), to_stored_result(row[8:], bundle, path)
    return TrackResult(Path(path), stored.prediction, stored.error, bundle.name, facts, by_hand, is_stored=True)


def to_listed(row: Row) -> tuple[str, Summary | None]:
    """A path of the list and its summary.

    The row has the path, `FACTS`, the genre by hand, whether there is a result, and `SUMMARY`. Values that cannot be
    read count as unknown.
    """
    path, summary = os.fsdecode(row[0]), None
    if row[3] is None:
        return path, None
    try:
        summary = Summary(facts=to_facts(row[1:8]), by_hand=_name(row[8]))
        if row[9]:
            summary = _to_summary(row[10:], path, summary)
    except UnreadableRowError as error:
        _log.warning("What is stored of %r cannot be read: %s", path, error)
    return path, summary


def _to_summary(row: Row, path: str, known: Summary) -> Summary:
    genre, confidence, best, second, second_confidence, duration_s, is_complete, problem, error, styles = row
    warnings = unpack_warnings(problem, path)
    if known.facts is not None and (packed := error or problem) is not None:
        has_trouble = error is not None or loss_of(warnings) is not None
        if is_met_in(packed, path, known.facts) is False if has_trouble else is_excepted(packed, path, known.facts):
            return known  # it is of another file with the same sound, or of this one as it was before
    return Summary(
        genre=_name(genre),
        confidence=_number(confidence),
        best=_name(best),
        second=_name(second),
        second_confidence=_number(second_confidence),
        duration_s=_number(duration_s),
        is_complete=bool(is_complete),
        warnings=warnings,
        error=None if error is None else unpack_error(error, path),
        facts=known.facts,
        by_hand=known.by_hand,
        styles=_stored_styles(styles),
    )


def _stored_styles(text: Any) -> tuple[str, ...]:
    try:
        return () if text is None else _genres(_text(text))
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(repr(error)) from error


@lru_cache(maxsize=4096)
def _genres(text: str) -> tuple[str, ...]:
    """A list of names; rows with the same text share it."""
    return tuple(map(intern, map(str, json.loads(text))))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableRowError(f"a text is {value!r:.50}")
    return value


def _name(value: Any) -> str | None:
    return None if value is None else intern(_text(value))


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, float):
        return value
    raise UnreadableRowError(f"a number is {value!r:.50}")
