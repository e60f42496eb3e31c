"""The filter of the track table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.tracks.track import State, Track, all_state_words, confidence_shown, searchable, state_key
from genre_desktop.library.analysis.tag_agreement import agrees_with_tags


@dataclass(frozen=True)
class FilterState:
    """Conditions for a track to be shown; the default matches all.

    Attributes
    ----------
    text : str
        Words, each contained in the path, title, artist, album, genre or styles.
    genres : frozenset of str
        Genres as in the table, with ``"unsure"`` and ``"not music"``; one of them matches.
    by_hand : bool
        A genre by hand matches, too.
    sure_from, sure_to : int
        Range of the confidence in per cent as in the table, both ends included.
    states : frozenset of str
        Keys of `state_key`; one of them matches.
    disagrees : bool
        The genre is none of those in the tags of the file.
    styles : frozenset of str
        One of them is among the styles of the track.
    """

    text: str = ""
    genres: frozenset[str] = frozenset()
    by_hand: bool = False
    sure_from: int = 0
    sure_to: int = 100
    states: frozenset[str] = frozenset()
    disagrees: bool = False
    styles: frozenset[str] = frozenset()

    @property
    def is_active(self) -> bool:
        """Whether it may hide tracks."""
        return self != FilterState(text=self.text) or bool(self.text.strip())

    @property
    def restricts_confidence(self) -> bool:
        """Whether it has a condition on the confidence."""
        return (self.sure_from, self.sure_to) != (0, 100)

    def to_values(self) -> dict[str, Any]:
        """Values for JSON."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(self).items()}

    @classmethod
    def from_values(cls, values: object) -> FilterState:
        """The filter of `to_values`; missing values and those of a wrong type are replaced by defaults."""
        if not isinstance(values, Mapping):
            return cls()
        known: dict[str, Any] = {}
        for field in fields(cls):
            value, default = values.get(field.name), field.default
            if isinstance(default, frozenset):
                if isinstance(value, list) and all(isinstance(item, str) for item in value):
                    known[field.name] = frozenset(value)
            elif type(value) is type(default):
                known[field.name] = value
        known["states"] = known.get("states", frozenset()) & set(all_state_words())
        if not 0 <= known.get("sure_from", 0) <= known.get("sure_to", 100) <= 100:
            known |= {"sure_from": 0, "sure_to": 100}
        return cls(**known)


ONLY_FAILED = FilterState(states=frozenset({State.FAILED.value}))


def disagrees(track: Track, labels: Sequence[str]) -> bool:
    """Whether the genre of a track is none of those in its tags, as far as they can be compared."""
    facts = track.facts
    if facts is None or not facts.tagged_genres:
        return False
    return agrees_with_tags(track.genre, facts.tagged_genres, labels) is False


def select(tracks: Iterable[Track], wanted: FilterState, labels: Sequence[str]) -> list[Track]:
    """The tracks that match a filter, in their order.

    Parameters
    ----------
    tracks : iterable of Track
    wanted : FilterState
    labels : sequence of str
        Genres of the model.
    """
    # One quick pass for each condition: a hundred thousand tracks between two frames.
    left = list(tracks)
    for word in searchable(wanted.text).split():
        holds = _genre_test(word)
        left = [track for track in left if word in track.search_text or holds(track)]
    for matches in _tests(wanted, labels):
        left = [track for track in left if matches(track)]
    return left


def _genre_test(word: str) -> Callable[[Track], bool]:
    """Test whether the genre in the table, either of a mix, or a style contains a word."""
    hits: dict[str | None, bool] = {None: False}
    style_hits: dict[tuple[str, ...], bool] = {}

    def is_hit(genre: str | None) -> bool:
        if genre not in hits:
            hits[genre] = word in searchable(prediction_text.genre_title(genre or ""))
        return hits[genre]

    def is_style_hit(styles: tuple[str, ...]) -> bool:
        if styles not in style_hits:
            style_hits[styles] = any(word in searchable(prediction_text.style_title(style)) for style in styles)
        return style_hits[styles]

    def holds(track: Track) -> bool:
        summary = track.summary
        if summary is None:
            return False
        if summary.styles and is_style_hit(summary.styles):
            return True
        genre = summary.by_hand or summary.genre
        return is_hit(genre) or (is_hit(summary.second) and prediction_text.mixed_with(summary) is not None)

    return holds


def _disagreement_test(labels: Sequence[str]) -> Callable[[Track], bool]:
    known: dict[tuple[str | None, tuple[str, ...]], bool] = {}  # a library has some thousand pairs

    def test(track: Track) -> bool:
        facts = track.facts
        if facts is None or not facts.tagged_genres:
            return False
        pair = track.genre, facts.tagged_genres
        if pair not in known:
            known[pair] = disagrees(track, labels)
        return known[pair]

    return test


def _tests(wanted: FilterState, labels: Sequence[str]) -> list[Callable[[Track], bool]]:
    tests: list[Callable[[Track], bool]] = []
    if wanted.states:
        tests.append(lambda track: state_key(track) in wanted.states)
    if wanted.genres and wanted.by_hand:
        tests.append(lambda track: track.genre in wanted.genres or track.by_hand is not None)
    elif wanted.genres:
        tests.append(lambda track: track.genre in wanted.genres)
    elif wanted.by_hand:
        tests.append(lambda track: track.by_hand is not None)
    if wanted.styles:
        tests.append(lambda track: track.summary is not None and not wanted.styles.isdisjoint(track.summary.styles))
    if wanted.restricts_confidence:
        tests.append(lambda track: _is_within(confidence_shown(track), wanted))
    if wanted.disagrees:
        tests.append(_disagreement_test(labels))
    return tests


def _is_within(confidence: float | None, wanted: FilterState) -> bool:
    return confidence is not None and wanted.sure_from <= round(100 * confidence) <= wanted.sure_to
