from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from genre_desktop.model.bundles.style_set import SHOWN_STYLES, StyleSet

CARD: list[dict[str, Any]] = [
    {"name": "electronic", "genre": "electronic", "columns": [[0, 1, 2]], "threshold": 0.2},
    {"name": "house", "genre": "electronic", "columns": [[0], [3]], "threshold": 0.1},
    {"name": "techno", "genre": "electronic", "columns": [[1], [3]], "threshold": 0.1},
    {"name": "trance", "genre": "electronic", "columns": [[2], [3]], "threshold": 0.1},
    {"name": "Hip-Hop", "genre": "hiphop", "columns": [[4]], "threshold": 0.5},
]
STYLES = StyleSet.from_card(CARD)


def hear(**probabilities: float) -> NDArray[np.float32]:
    """Logits of one patch: ``c0=.4`` gives the first column 40 %, the others have .1 %."""
    row = np.full(5, 0.001)
    for name, value in probabilities.items():
        row[int(name[1:])] = value
    return np.asarray(np.log(row / (1 - row))[None], np.float32)


def test_the_geometric_mean_over_the_groups_has_to_reach_the_threshold() -> None:
    assert STYLES.heard(hear(c0=0.1, c3=0.11)) == ("house",)
    assert STYLES.heard(hear(c0=0.1, c3=0.09)) == ()
    assert STYLES.heard(hear(c0=0.04, c3=0.5)) == ("house",)  # .14
    assert STYLES.heard(hear(c0=0.15, c3=0.001)) == ()  # one of the two networks does not hear it


def test_the_probabilities_of_a_group_are_added() -> None:
    assert STYLES.heard(hear(c0=0.07, c1=0.07, c2=0.07)) == ("electronic",)
    assert STYLES.heard(hear(c0=0.07, c1=0.07, c2=0.05)) == ()


def test_the_strongest_come_first_and_the_whole_genre_last() -> None:
    assert STYLES.heard(hear(c1=0.2, c2=0.1, c3=0.5)) == ("techno", "trance", "electronic")
    assert STYLES.heard(hear(c1=0.1, c2=0.2, c3=0.5)) == ("trance", "techno", "electronic")


def test_the_whole_genre_is_told_beside_three_of_its_styles() -> None:
    assert STYLES.heard(hear(c0=0.1, c1=0.2, c2=0.3, c3=0.5)) == ("trance", "techno", "electronic")


def test_the_mean_probability_over_the_patches_counts() -> None:
    one, other = hear(c4=0.99), hear(c4=0.03)
    assert STYLES.heard(np.concatenate([one, other])) == ("Hip-Hop",)  # .51; the mean logit would give .64
    assert STYLES.heard(np.concatenate([one, other, other])) == ()  # .35; .27


@pytest.mark.parametrize("genre", ["hiphop", "Hip-Hop", "hip hop"])
def test_a_style_that_is_only_the_tracks_genre_is_not_told(genre: str) -> None:
    assert STYLES.heard(hear(c4=0.9), "rock") == ("Hip-Hop",)
    assert STYLES.heard(hear(c4=0.9), genre) == ()
    assert STYLES.heard(hear(c1=0.3, c3=0.5), "electronic") == ("techno",)


def test_columns_beyond_the_rules_do_not_matter() -> None:
    wide = np.hstack([hear(c4=0.9), np.full((1, 3), 40.0, np.float32)])
    assert STYLES.heard(wide) == ("Hip-Hop",)
    assert STYLES.n_features == 5


@settings(deadline=None)
@given(
    arrays(np.float32, st.tuples(st.integers(1, 5), st.just(5)), elements=st.floats(-(2.0**127), 2.0**127, width=32))
)
def test_whatever_is_heard(rows: NDArray[np.float32]) -> None:
    told = STYLES.heard(rows)
    assert len(told) <= SHOWN_STYLES and len(set(told)) == len(told) and set(told) <= set(STYLES.names)
    assert set(STYLES.heard(rows[::-1])) == set(told)


@pytest.mark.parametrize(
    "change",
    [{"name": "House"}, {"columns": None}, {"columns": [["a"]]}, {"threshold": "high"}],
)
def test_rules_that_are_none(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        StyleSet.from_card([*CARD, {"name": "new", "genre": "x", "columns": [[0]], "threshold": 1.0, **change}])


@pytest.mark.parametrize("key", list(CARD[0]))
def test_a_lacking_entry(key: str) -> None:
    with pytest.raises(KeyError):
        StyleSet.from_card([{name: value for name, value in CARD[0].items() if name != key}])
