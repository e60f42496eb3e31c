"""How a new result changes a track: its state, and what stays of the earlier result."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.library.result import Summary
from genre_desktop.library.store.truncated_files import is_from_truncated_file, is_same_track

if TYPE_CHECKING:
    from genre_desktop.library.result import TrackResult


def state_of(summary: Summary | None) -> State | None:
    """State of a track with this summary; None where the summary has neither answer nor error."""
    if summary is None or (summary.genre is None and summary.error is None):
        return None
    return State.DONE if summary.error is None else State.FAILED


def keeps_answer(track: Track, result: TrackResult) -> bool:
    """Whether a track keeps its answer instead of a new result, as in the store (`ResultStore.save`).

    It does if the new result is a failure or comes from a damaged file, and the answer is of the same sound, or of
    more of it.
    """
    known = track.summary
    if result.trouble is None or known is None or not track.is_answered:
        return False
    if known.facts is not None and result.facts is not None and not result.facts.has_sound_of(known.facts):
        return is_from_truncated_file(known, result)
    new = result.prediction
    return new is None or (known.is_complete, known.loss is None) > (new.is_complete, new.loss is None)


def merged(known: Summary | None, summary: Summary) -> Summary:
    """A new summary, completed by the known one: a summary of file facts alone does not replace an answer."""
    if known is None:
        return summary
    base = known if state_of(summary) is None else summary
    by_hand = summary.by_hand or (None if is_another_track(known, summary) else known.by_hand)
    return replace(base, facts=summary.facts or known.facts, by_hand=by_hand)


def is_another_track(known: Summary | None, summary: Summary) -> bool:
    """Whether the file is another track by now, to which a genre by hand does not apply, as in the store."""
    before, now = None if known is None else known.facts, summary.facts
    return before is not None and now is not None and not now.has_sound_of(before) and not is_same_track(before, now)


def is_of_later_sound(known: Summary | None, summary: Summary | None) -> bool:
    """Whether a summary has only facts of a file, whose known answer is of other sound."""
    if known is None or known.facts is None or state_of(known) is None:
        return False
    now = None if summary is None or state_of(summary) is not None else summary.facts
    return now is not None and not now.has_sound_of(known.facts)


def without_result(summary: Summary | None) -> Summary | None:
    """The file facts and the genre by hand of a summary, without answer and error."""
    if state_of(summary) is None or summary is None:
        return summary
    if summary.facts is None and summary.by_hand is None:
        return None
    return Summary(facts=summary.facts, by_hand=summary.by_hand)
