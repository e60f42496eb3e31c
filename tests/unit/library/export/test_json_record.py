from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AudioIsFolderError, DamagedAudioError
from genre_desktop.core.i18n import set_translator, tr
from genre_desktop.library.export.json_record import dump_record, to_record
from genre_desktop.library.result import TrackResult
from genre_desktop.model.prediction import NOT_MUSIC, Prediction, Segment

KEYS = [
    "path",
    "status",
    "genre",
    "confidence",
    "duration_s",
    "probabilities",
    "segments",
    "model",
    "error",
    "styles",
    "reasons",
    "warnings",
]

JAZZ = Prediction(
    genre="jazz",
    confidence=0.8300004,
    probabilities={"blues": 0.02, "jazz": 0.8300004, "rock": 0.1499996},
    segments=(Segment(0.0, 5.311111, "jazz", 0.7), Segment(2.65571, 7.96666, "rock", 0.5)),
    duration_s=241.31234,
    model="m",
)


def test_a_result_has_the_keys_of_the_contract_in_order() -> None:
    record = to_record(TrackResult(Path("a/b.wav"), JAZZ, None, "m"))
    assert list(record) == KEYS
    assert record == {
        "path": str(Path("a/b.wav")),
        "status": "ok",
        "genre": "jazz",
        "confidence": 0.83,
        "duration_s": 241.312,
        "probabilities": {"blues": 0.02, "jazz": 0.83, "rock": 0.15},
        "segments": [
            {"start_s": 0.0, "end_s": 5.311, "genre": "jazz", "confidence": 0.7},
            {"start_s": 2.656, "end_s": 7.967, "genre": "rock", "confidence": 0.5},
        ],
        "model": "m",
        "error": None,
        "styles": [],
        "reasons": [],
        "warnings": [],
    }


def test_reasons_are_sentences() -> None:
    talk = replace(JAZZ, genre="unsure", reasons=("Much speech beside the music: the music alone cannot be judged.",))
    assert to_record(TrackResult(Path("a.wav"), talk, None, "m"))["reasons"] == list(talk.reasons)


def test_styles_are_a_list_of_english_names() -> None:
    record = to_record(TrackResult(Path("a.wav"), replace(JAZZ, styles=("swing", "R&B")), None, "m"))
    assert record["styles"] == ["swing", "R&B"]


def test_warnings_are_codes_and_english_sentences() -> None:
    damage = DamagedAudioError(path="a/b.wav", seconds_read=3.0, reason=tr("the end is missing"))
    note = AudioIsFolderError(path="a/b.wav", kind="folder")
    set_translator(lambda text: f"«{text}»")
    try:
        record = to_record(TrackResult(Path("a/b.wav"), replace(JAZZ, warnings=(damage, note)), None, "m"))
    finally:
        set_translator(None)
    assert record["status"] == "ok" and record["error"] is None
    assert record["warnings"] == [
        {"code": "GD-106", "message": damage.template.format(**damage.values)},
        {"code": "GD-103", "message": note.template.format(**note.values)},
    ]
    assert "«" not in json.dumps(record, ensure_ascii=False)


def test_an_error_has_the_same_keys() -> None:
    error = AudioIsFolderError(path="x", kind="folder")
    record = to_record(TrackResult(Path("x"), None, error, "m"))
    assert list(record) == KEYS
    assert record["status"] == "error"
    assert record["error"] == {"code": "GD-103", "message": error.message}
    assert [record[key] for key in ("genre", "confidence", "duration_s", "probabilities")] == [None] * 4
    assert record["segments"] == [] and record["model"] == "m"


def test_silence_has_no_probabilities() -> None:
    silent = Prediction(NOT_MUSIC, None, None, (), 12.0, "m")
    record = to_record(TrackResult(Path("x"), silent, None, "m"))
    assert (record["status"], record["genre"]) == ("ok", "not music")
    assert record["confidence"] is None and record["probabilities"] is None


def test_top_keeps_the_best_first_and_all_are_in_the_models_order() -> None:
    result = TrackResult(Path("x"), JAZZ, None, "m")
    assert list(to_record(result, top=2)["probabilities"]) == ["jazz", "rock"]
    assert list(to_record(result, top=99)["probabilities"]) == ["jazz", "rock", "blues"]
    assert list(to_record(result)["probabilities"]) == ["blues", "jazz", "rock"]


def test_without_segments() -> None:
    assert to_record(TrackResult(Path("x"), JAZZ, None, "m"), with_segments=False)["segments"] == []


def test_a_genre_by_hand_has_priority_and_the_rest_is_the_models() -> None:
    plain = to_record(TrackResult(Path("x"), JAZZ, None, "m"))
    record = to_record(TrackResult(Path("x"), JAZZ, None, "m", by_hand="Soul"))
    assert list(record) == [*plain, "by_hand"]
    assert (record["genre"], record["by_hand"]) == ("Soul", True)
    assert {**record, "genre": plain["genre"]} == {**plain, "confidence": None, "by_hand": True}
    failed = to_record(TrackResult(Path("x"), None, AudioIsFolderError(path="x", kind="folder"), "m", by_hand="Soul"))
    assert (failed["status"], failed["genre"]) == ("error", "Soul")


def test_numpy_values_become_plain_numbers() -> None:
    value = np.float32(0.25)
    prediction = Prediction("a", value, {"a": value}, (Segment(0.0, 1.0, "a", value),), 1.0, "m")  # type: ignore[arg-type]
    line = dump_record(to_record(TrackResult(Path("x"), prediction, None, "m")))
    assert json.loads(line)["probabilities"] == {"a": 0.25}


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump_record({"confidence": float("nan")})


@given(raw=st.binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw))
@pytest.mark.skipif(os.name == "nt", reason="names are not bytes on Windows")
def test_any_path_survives_as_ascii(raw: bytes) -> None:
    path = Path(os.fsdecode(raw))
    error = DamagedAudioError(path=path, seconds_read=1.0, reason="x")
    line = dump_record(to_record(TrackResult(path, None, error, "m")))
    assert line.isascii() and "\n" not in line
    assert os.fsencode(json.loads(line)["path"]) == os.fsencode(path)


@given(
    weights=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=300).filter(lambda values: sum(values) > 1e-3),
    seconds=st.floats(0.0, 1e6),
)
def test_rounded_probabilities_sum_to_one_and_fit_the_confidence(weights: list[float], seconds: float) -> None:
    probabilities = {f"g{i}": weight / sum(weights) for i, weight in enumerate(weights)}
    best = max(probabilities, key=lambda genre: probabilities[genre])
    prediction = Prediction(best, probabilities[best], probabilities, (), seconds, "m")
    record = json.loads(dump_record(to_record(TrackResult(Path("x"), prediction, None, "m"))))
    assert abs(sum(record["probabilities"].values()) - 1.0) < 1e-3
    assert record["confidence"] == record["probabilities"][record["genre"]]
    assert list(record["probabilities"]) == list(probabilities)
