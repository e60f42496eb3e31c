"""Which tracks a filter lets through, and that it can be kept."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AudioEmptyError, AudioIsFolderError, DamagedAudioError
from genre_desktop.gui.tracks.track import State, Track, all_state_words
from genre_desktop.gui.tracks.track_filter import ONLY_FAILED, FilterState, select
from genre_desktop.library.result import FileFacts, Summary
from tests.gui.conftest import GENRES

FACTS = FileFacts(1, 1, "id", "So What", "Miles Davis", "Kind of Blue", ("Jazz",))
SURE = Summary("jazz", 0.83, "jazz", "blues", 0.1, 60.0, facts=FACTS)


def make(path: str = "/m/a.wav", summary: Summary | None = SURE, state: State = State.DONE) -> Track:
    track = Track(path)
    track.state = state
    track.set_summary(summary)
    return track


def passes(wanted: FilterState, track: Track) -> bool:
    return select([track], wanted, GENRES) == [track]


@pytest.mark.parametrize("text", ["", " ", "A.WAV", "/m/", "so what", "miles", "what davis", "kind of blue", "JAZZ"])
def test_text_is_looked_for_in_path_tags_and_genre(text: str) -> None:
    assert passes(FilterState(text=text), make())


@pytest.mark.parametrize("text", ["b.wav", "coltrane", "miles coltrane", "blues", "done"])
def test_every_word_must_be_found(text: str) -> None:
    assert not passes(FilterState(text=text), make())


def test_text_is_found_however_its_accents_are_composed() -> None:
    track = make("/m/" + unicodedata.normalize("NFD", "Été.wav"))
    assert passes(FilterState(text=unicodedata.normalize("NFC", "été")), track)
    assert passes(FilterState(text=unicodedata.normalize("NFD", "ÉTÉ")), track)


def test_a_genre_is_found_as_it_is_shown_now() -> None:
    track = make(summary=replace(SURE, genre="hiphop", best="hiphop"))
    assert passes(FilterState(text="hip-hop"), track)
    track.set_summary(replace(SURE, by_hand="ska"))
    assert passes(FilterState(text="ska"), track)
    assert not passes(FilterState(text="jazz"), track), "it is not shown any more"
    track.set_summary(replace(SURE, confidence=0.48, second="pop", second_confidence=0.44))
    assert passes(FilterState(text="pop"), track), "a mix is found by either"
    track.set_summary(replace(SURE, second="pop", second_confidence=0.1))
    assert not passes(FilterState(text="pop"), track), "a second guess is no genre"


def test_styles_are_found_by_text_and_are_alternatives() -> None:
    plain, techno = make(), make(summary=replace(SURE, styles=("techno", "electronic")))
    both, by_hand = make(summary=replace(SURE, styles=("R&B", "soul"))), make(summary=replace(SURE, by_hand="ska"))
    by_hand.set_summary(replace(SURE, by_hand="ska", styles=("techno",)))
    tracks = [plain, techno, both, by_hand, make(summary=None, state=State.WAITING)]

    def found(**wanted: object) -> list[Track]:
        return select(tracks, FilterState(**wanted), GENRES)  # type: ignore[arg-type]

    assert found(text="TECHNO") == [techno, by_hand]
    assert found(text="jazz techno") == [techno], "the genre by hand stands in place of jazz"
    assert found(text="r&b") == [both]
    assert found(styles=frozenset({"techno"})) == [techno, by_hand]
    assert found(styles=frozenset({"soul", "electronic"})) == [techno, both]
    assert found(styles=frozenset({"opera"})) == []
    assert found(styles=frozenset({"techno"}), genres=frozenset({"jazz"})) == [techno]
    kept = FilterState(styles=frozenset({"soul", "techno"}))
    assert kept.is_active and FilterState.from_values(json.loads(json.dumps(kept.to_values()))) == kept
    assert FilterState.from_values({"styles": ["soul", 3]}) == FilterState()


def test_genres_are_alternatives_and_by_hand_is_one_of_them() -> None:
    jazz, unsure = make(), make(summary=replace(SURE, genre="unsure"))
    by_hand, nothing = make(summary=replace(SURE, by_hand="ska")), make(summary=None, state=State.WAITING)
    tracks = [jazz, unsure, by_hand, nothing]

    def chosen(*genres: str, by_hand: bool = False) -> list[Track]:
        return select(tracks, FilterState(genres=frozenset(genres), by_hand=by_hand), GENRES)

    assert chosen("jazz") == [jazz]
    assert chosen("jazz", "unsure") == [jazz, unsure]
    assert chosen("ska") == [by_hand]
    assert chosen(by_hand=True) == [by_hand]
    assert chosen("jazz", by_hand=True) == [jazz, by_hand]
    assert chosen() == tracks


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(83, 83, True), (0, 82, False), (84, 100, False), (0, 100, True)]
)
def test_a_range_means_the_figures_shown(low: int, high: int, expected: bool) -> None:
    wanted = FilterState(sure_from=low, sure_to=high)
    assert passes(wanted, make(summary=replace(SURE, confidence=0.8349))) is expected


@pytest.mark.parametrize("summary", [None, Summary("not music", 0.97), replace(SURE, by_hand="ska")])
def test_what_shows_no_confidence_is_in_no_range(summary: Summary | None) -> None:
    assert not passes(FilterState(sure_to=99), make(summary=summary))


def test_states_are_those_shown() -> None:
    failed = make(summary=Summary(error=AudioEmptyError(path="a")), state=State.FAILED)
    half = make(summary=replace(SURE, warnings=(DamagedAudioError(path="a", seconds_read=1.0, reason="x"),)))
    noted = make(summary=replace(SURE, warnings=(AudioIsFolderError(path="a", kind="b"),)))
    done, waiting = make(), make(summary=None, state=State.WAITING)
    tracks = [failed, half, noted, done, waiting]
    assert select(tracks, ONLY_FAILED, GENRES) == [failed]
    assert select(tracks, FilterState(states=frozenset({"damaged"})), GENRES) == [half]
    assert select(tracks, FilterState(states=frozenset({"noted"})), GENRES) == [noted]
    assert select(tracks, FilterState(states=frozenset({"done", "waiting"})), GENRES) == [done, waiting]


def test_disagreement_needs_a_tag_that_the_model_could_have_said() -> None:
    wanted = FilterState(disagrees=True)

    def with_tag(*tags: str, genre: str = "jazz", by_hand: str | None = None) -> Track:
        return make(summary=replace(SURE, genre=genre, by_hand=by_hand, facts=replace(FACTS, tagged_genres=tags)))

    assert passes(wanted, with_tag("Heavy Metal"))
    assert not passes(wanted, with_tag("Heavy Metal", genre="metal"))
    assert not passes(wanted, with_tag("Heavy Metal", by_hand="metal")), "the genre by hand counts"
    assert not passes(wanted, with_tag("Techno")), "no genre of the model"
    assert not passes(wanted, with_tag())
    assert not passes(wanted, with_tag("Rock", genre="unsure"))


def test_all_conditions_hold_at_once() -> None:
    wanted = FilterState("miles", frozenset({"jazz"}), False, 80, 90, frozenset({"done"}))
    assert passes(wanted, make())
    for change in ({"text": "x"}, {"genres": frozenset({"pop"})}, {"sure_from": 84}, {"states": frozenset({"failed"})}):
        assert not passes(replace(wanted, **change), make()), change


@given(
    text=st.text(max_size=20),
    genres=st.frozensets(st.text(max_size=5), max_size=4),
    by_hand=st.booleans(),
    low=st.integers(0, 100),
    high=st.integers(0, 100),
    states=st.frozensets(st.sampled_from(sorted(all_state_words()))),
    disagrees=st.booleans(),
)
def test_a_filter_comes_back_as_it_was(
    text: str, genres: frozenset[str], by_hand: bool, low: int, high: int, states: frozenset[str], disagrees: bool
) -> None:
    low, high = sorted((low, high))
    kept = FilterState(text, genres, by_hand, low, high, states, disagrees)
    assert FilterState.from_values(json.loads(json.dumps(kept.to_values()))) == kept


@pytest.mark.parametrize(
    "values",
    [
        None,
        3,
        [],
        {},
        {"text": 3, "genres": "jazz", "by_hand": 1, "sure_from": "70", "states": [1], "disagrees": None},
        {"sure_from": 90, "sure_to": 10},
        {"sure_from": 101},
        {"sure_to": -1},
        {"sure_from": True},
        {"states": ["asleep"]},
        {"genres": [["jazz"]]},
    ],
)
def test_what_cannot_be_read_restricts_nothing(values: object) -> None:
    read = FilterState.from_values(values)
    assert read == FilterState() and not read.is_active


def test_blanks_alone_are_no_filter() -> None:
    assert not FilterState(text="  ").is_active
    assert FilterState(text="a").is_active and ONLY_FAILED.is_active and FilterState(sure_from=1).is_active
