"""What the tests of the store put into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.library.result import FileFacts, Summary, TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import Prediction, Segment
from tests.support.bundles import CONFIG, LABELS


def card_only(name: str = "small", **card: Any) -> ModelBundle:
    """A bundle that is not on the disk."""
    content = {"format": 1, "name": name, "labels": list(LABELS), "features": CONFIG.to_dict(), "weights_sha256": "0"}
    return ModelBundle(Path(name), {**content, **card}, CONFIG)


def facts_of(number: int, **values: Any) -> FileFacts:
    return FileFacts(**{"size": 1000 + number, "mtime_ns": 10**18 + number, "identity": f"id-{number}", **values})


def prediction_of(number: int, *, n_segments: int = 8, is_complete: bool = True) -> Prediction:
    """A prediction whose every figure tells the number."""
    first = 0.5 + (number % 1000) / 3000
    probabilities = dict(zip(LABELS, (first, (1 - first) / 3, 2 * (1 - first) / 3), strict=True))
    segments = tuple(Segment(i / 7, i / 7 + 3, LABELS[(i + number) % 3], first / (i + 1)) for i in range(n_segments))
    return Prediction(
        genre="blues",
        confidence=first,
        probabilities=probabilities,
        segments=segments,
        duration_s=100 + number / 3,
        model="small",
        reasons=(f"Because of {number}.",),
        is_complete=is_complete,
    )


def result_of(
    number: int,
    *,
    path: str | None = None,
    error: GenreDesktopError | None = None,
    facts: FileFacts | None = None,
    **prediction: Any,
) -> TrackResult:
    return TrackResult(
        path=Path(f"/music/{number}.mp3" if path is None else path),
        prediction=None if error else prediction_of(number, **prediction),
        error=error,
        model="small",
        facts=facts_of(number) if facts is None else facts,
    )


def listed(store: ResultStore, bundle: ModelBundle | None = None, **options: int) -> list[tuple[str, Summary | None]]:
    """The list as `ResultStore.summaries` yields it, in one piece."""
    return [row for batch in store.summaries(bundle or card_only(), **options) for row in batch]


def answer(store: ResultStore, number: int = 1) -> Prediction:
    """The stored prediction of `result_of(number)`."""
    found = store.find_result(f"id-{number}", card_only())
    assert found is not None and found.prediction is not None
    return found.prediction


def without_results(store: ResultStore) -> None:
    """Facts, list and genres by hand stay, as if another model were asked."""
    with store._transaction() as connection:
        connection.execute("DELETE FROM results")


def refuses(kind: type[GenreDesktopError], file: Path) -> GenreDesktopError:
    """The file is refused with an error that names it, and is as before."""
    before = file.read_bytes()
    with pytest.raises(kind) as caught:
        ResultStore.open(file).close()
    assert file.read_bytes() == before
    assert str(file) in str(caught.value)
    return caught.value
