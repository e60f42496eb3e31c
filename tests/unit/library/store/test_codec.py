from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.core import errors
from genre_desktop.core.errors import (
    AudioError,
    AudioIsFolderError,
    DamagedAudioError,
    DecoderStuckError,
    GenreDesktopError,
    InternalError,
)
from genre_desktop.core.i18n import set_translator, tr
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.result import FileFacts, TrackResult, summarise
from genre_desktop.library.store.codec import (
    UnreadableRowError,
    pack_details,
    pack_error,
    unpack_error,
    unpack_prediction,
)
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.prediction import Prediction, Segment
from tests.support.bundles import LABELS
from tests.support.stored_results import card_only, facts_of, prediction_of, result_of, without_results

BUNDLE = card_only()
KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, GenreDesktopError) and kind is not GenreDesktopError
]

finite = st.floats(allow_nan=False, allow_infinity=False)
# Lone surrogates stand for bytes of names that are no UTF-8; sentences name such files.
sentences = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
genres = st.sampled_from(LABELS)
problems = st.builds(lambda p, s, r: DamagedAudioError(path=p, seconds_read=s, reason=r), sentences, finite, sentences)
notes = st.builds(lambda p, k: AudioIsFolderError(path=p, kind=k), sentences, sentences)
predictions = st.builds(
    Prediction,
    genre=genres | st.sampled_from(["unsure", "not music"]),
    confidence=st.none() | finite,
    probabilities=st.none()
    | st.tuples(finite, finite, finite).map(lambda values: dict(zip(LABELS, values, strict=True)))
    | st.dictionaries(st.text(min_size=1, max_size=5), finite, min_size=1, max_size=5),
    segments=st.lists(st.builds(Segment, finite, finite, genres | st.text(max_size=3), finite), max_size=12).map(tuple),
    duration_s=finite,
    model=st.just("small"),
    reasons=st.lists(sentences, max_size=3).map(tuple),
    is_complete=st.booleans(),
    tags=st.lists(sentences, max_size=3).map(tuple),
    styles=st.lists(sentences, max_size=3).map(tuple),
)
facts = st.builds(
    FileFacts,
    size=st.integers(0, 2**63 - 1),
    mtime_ns=st.integers(-(2**63), 2**63 - 1),
    identity=st.text(string.hexdigits, min_size=1),
    title=st.text(max_size=20),
    artist=st.text(max_size=20),
    album=st.text(max_size=20),
    tagged_genres=st.lists(st.text(max_size=9), max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def store() -> Any:
    with ResultStore.in_memory() as made:
        yield made


def same(one: GenreDesktopError | None, other: GenreDesktopError | None) -> bool:
    return type(one) is type(other) and (one is None or other is None or one.values == other.values)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    prediction=predictions,
    warnings=st.lists(problems | notes, max_size=3).map(tuple),
    known=facts,
    by_hand=st.none() | st.text(max_size=9),
)
def test_predictions_and_facts_come_back_exactly(
    store: ResultStore, prediction: Prediction, warnings: tuple[AudioError, ...], known: FileFacts, by_hand: str | None
) -> None:
    whole = Prediction(**{**vars(prediction), "warnings": warnings})
    result = TrackResult(Path("/x.mp3"), whole, None, "small", known, by_hand)
    without_results(store)
    store.save(result, BUNDLE)
    store.set_by_hand([known.identity], by_hand)
    store.clear_paths()
    store.add_paths(["/x.mp3"])

    found = store.result("/x.mp3", BUNDLE)
    assert found.facts == known and found.by_hand == by_hand
    assert Prediction(**{**vars(found.prediction), "warnings": ()}) == prediction
    assert list(found.prediction.probabilities or ()) == list(prediction.probabilities or ())
    assert all(map(same, found.prediction.warnings, warnings)) and len(found.prediction.warnings) == len(warnings)
    assert same(found.prediction.loss, whole.loss)
    (((_, summary),),) = store.summaries(BUNDLE)
    expected = summarise(result)
    assert list(map(str, summary.warnings)) == list(map(str, expected.warnings))
    for name in ("genre", "confidence", "best", "second", "second_confidence", "duration_s", "is_complete", "facts"):
        assert getattr(summary, name) == getattr(expected, name), name


def test_a_stored_result_prints_the_same_json(store: ResultStore) -> None:
    # The command line's answer must not depend on whether it is the first.
    rng = np.random.default_rng(7)
    for number in range(50):
        values = rng.dirichlet(np.ones(3))
        prediction = Prediction(
            "jazz",
            float(values.max()),
            dict(zip(LABELS, map(float, values), strict=True)),
            tuple(Segment(i * 2.6557, i * 2.6557 + 5.31, "rock", float(np.float32(rng.random()))) for i in range(40)),
            float(rng.random() * 500),
            "small",
        )
        fresh = TrackResult(Path(f"/{number}"), prediction, None, "small", facts_of(number))
        store.save(fresh, BUNDLE)
        assert dump_record(to_record(store.result(f"/{number}", BUNDLE))) == dump_record(to_record(fresh))


def test_numbers_of_numpy_are_kept_as_plain_ones(store: ResultStore) -> None:
    value = np.float32(0.1)
    prediction = Prediction("a", value, {"a": value}, (Segment(value, value, "a", value),), value, "small")  # type: ignore[arg-type]
    store.save(TrackResult(Path("/np"), prediction, None, "small", facts_of(900)), BUNDLE)
    found = store.find_result("id-900", BUNDLE).prediction
    assert found == prediction and type(found.confidence) is float and type(found.segments[0].start_s) is float


def test_labels_that_sqlite_cannot_hold_do_no_harm(store: ResultStore) -> None:
    prediction = Prediction("\ud800", 1.0, {"\ud800": 1.0}, (), 1.0, "small")
    store.save(TrackResult(Path("/s"), prediction, None, "small", facts_of(901, title="\udcff")), BUNDLE)
    assert store.result("/s", BUNDLE).prediction.probabilities == {"\ud800": 1.0}
    store.set_by_hand(["id-901"], "caf\udce9")
    assert store.find_by_hand("id-901") == "caf?"


# --- errors ---------------------------------------------------------------------------------

values = st.none() | st.booleans() | st.integers() | finite | sentences | sentences.map(Path)
nested = st.recursive(
    values,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_error_comes_back(kind: type[GenreDesktopError]) -> None:
    fields = {name for _, name, _, _ in string.Formatter().parse(kind.template) if name}
    error = kind(**dict.fromkeys(fields, 1.5))
    copy = unpack_error(pack_error(error, "/x.mp3"))
    assert same(copy, error) and str(copy) == str(error)


@settings(max_examples=200, deadline=None)
@given(value=nested, path=sentences)
def test_values_of_errors_come_back_with_their_types(value: Any, path: str) -> None:
    error = InternalError(reason="x", extra=value, path=Path(path), name=path)
    copy = unpack_error(pack_error(error, "/x.mp3"))
    assert same(copy, error)
    assert repr(copy.values) == repr(error.values)


def test_numbers_of_numpy_and_odd_values_in_errors() -> None:
    error = DamagedAudioError(path="a", seconds_read=np.float32(2.5), reason=ValueError("odd"), n=np.int64(3))
    assert unpack_error(pack_error(error, "a")).values == {"path": "a", "seconds_read": 2.5, "reason": "odd", "n": 3}


@pytest.mark.parametrize("kind", [str, Path])
def test_an_error_has_the_new_path_of_its_file_and_other_paths_stay(kind: type) -> None:
    error = DecoderStuckError(path=kind("/old.mp3"), seconds=3, other=kind("/model"))
    moved = unpack_error(pack_error(error, "/old.mp3"), "/new.mp3")
    assert moved.values == {"path": kind("/new.mp3"), "seconds": 3, "other": kind("/model")}


@given(
    text=st.text(max_size=30) | st.recursive(values, lambda v: st.lists(v) | st.dictionaries(sentences, v)).map(repr)
)
def test_anything_else_is_no_error(text: str) -> None:
    with pytest.raises(UnreadableRowError):
        unpack_error(text, "/x.mp3")


def test_size_of_what_is_kept(tmp_path: Path) -> None:
    # 26 bytes a segment: a hundred thousand fully scored tracks fit into half a gigabyte.
    few, many = 0, 160
    sizes = []
    for n in (few, many):
        file = tmp_path / f"{n}.sqlite3"
        with ResultStore.open(file) as made:
            for number in range(200):
                made.save(result_of(number, n_segments=n), BUNDLE)
        sizes.append(file.stat().st_size / 200)
    assert sizes[0] < 1000
    assert sizes[1] - sizes[0] < 160 * 26 * 1.4
    assert prediction_of(1, n_segments=many).segments


GERMAN = {
    "{n} of {total} sound like {genre} ({share:.1f} %).": "{n} von {total} klingen nach {genre} ({share:.1f} %).",
    "jazz": "Jazz",
    "the end is missing": "das Ende fehlt",
    DamagedAudioError.template: "{path}: {seconds_read:.1f} s gelesen ({reason})",
}


def test_sentences_stored_in_one_language_are_read_in_another() -> None:
    told = tr("{n} of {total} sound like {genre} ({share:.1f} %).", n=3, total=np.int64(4), genre=tr("jazz"), share=75)
    prediction = replace(prediction_of(1), reasons=(told, "as it was kept before"))
    error = DamagedAudioError(path="a.mp3", seconds_read=1.5, reason=tr("the end is missing"))
    details, kept = pack_details(prediction, LABELS), pack_error(error, "a.mp3")
    set_translator(lambda text: GERMAN.get(text, text), punctuate=lambda figure: figure.replace(".", ","))
    again = unpack_prediction(
        details, LABELS, genre="jazz", confidence=None, duration_s=1.0, model="m", is_complete=True, warnings=()
    )
    assert again.reasons == ("3 von 4 klingen nach Jazz (75,0 %).", "as it was kept before")
    assert unpack_error(kept).message == "a.mp3: 1,5 s gelesen (das Ende fehlt)"


@pytest.mark.parametrize("told", ['["{x}", {"y": 1}]', '["{", {"y": 1}]', "[1, {}]", '["a"]', '[["a"], {}]'])
def test_a_malformed_sentence_is_an_unreadable_row(told: str) -> None:
    with pytest.raises(UnreadableRowError):
        unpack_error('{"code": "GD-900", "values": {"reason": {"told": ' + told + '}}, "own": []}')
