"""How long counts and outliers of a hundred thousand tracks take.

Run with ``pytest tests/benchmarks/bench_statistics.py``.
"""

from __future__ import annotations

import random

import pytest

from genre_desktop.library.analysis.album_consistency import find_inconsistencies
from genre_desktop.library.analysis.statistics import gather_statistics
from genre_desktop.library.analysis.tag_agreement import agrees_with_tags
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.genre_colours import GENRE_COLOURS

N_TRACKS = 100_000
LABELS = tuple(GENRE_COLOURS)


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, Summary | None]]:
    rng = random.Random(0)
    tags = [(f"{word} {genre}",) for word in ("Hard", "Soft", "Late-60s", "Neo", "Live;") for genre in LABELS] + [
        ("Techno",),
        ("Hip-Hop/Rap",),
        (),
    ]
    made: list[tuple[str, Summary | None]] = []
    for number in range(N_TRACKS):
        disc = number // 11
        genre = LABELS[disc % 10] if rng.random() < 0.9 else rng.choice(LABELS)
        facts = FileFacts(1, 1, str(number), f"t{number}", f"artist {disc // 5}", f"album {disc}", rng.choice(tags))
        made.append(
            (f"/music/{disc // 5}/{disc}/{number}.mp3", Summary(genre, rng.random(), duration_s=200, facts=facts))
        )
    return made


def test_statistics(benchmark, rows) -> None:
    counted = benchmark(gather_statistics, rows, LABELS)
    assert counted.n_tracks == N_TRACKS


def test_inconsistencies(benchmark, rows) -> None:
    assert len(benchmark(find_inconsistencies, rows)) > 1000


def test_comparisons(benchmark, rows) -> None:
    def compare_all() -> list[bool | None]:
        return [agrees_with_tags(summary.genre, summary.facts.tagged_genres, LABELS) for _, summary in rows]

    assert {*benchmark(compare_all)} == {True, False, None}
