from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from genre_desktop.model.bundles.tag_set import MIN_DEVIATIONS, MIN_PROBABILITY, SHOWN_TAGS, TagSet
from genre_desktop.model.genre_names import plain_name

NAMES = ("rock", "female vocals", "female vocals", "80s", "", "sad", "hip-hop")
CARD: dict[str, Any] = {"names": list(NAMES), "logit_mean": [0.0, -2, -4, -3, 0, -6, -2], "logit_deviation": [1.0] * 7}
TAGS = TagSet.from_card(CARD)


def hear(**deviations: float) -> NDArray[np.float32]:
    """Logits of one patch; ``t0=2`` puts the first tag two deviations above its usual value."""
    rows = TAGS.mean.copy()
    for name, value in deviations.items():
        rows[int(name[1:])] += value
    return np.asarray(rows[None], np.float32)


def test_salient_tags_are_given_the_strongest_first() -> None:
    assert TAGS.salient(hear()) == ()  # "rock" is as likely as not, as for all music
    assert TAGS.salient(hear(t0=1.2, t3=2.5)) == ("80s", "rock")
    assert TAGS.salient(hear(t0=0.9)) == ()
    assert TAGS.salient(hear(t5=3.0)) == ()  # three deviations above, and still at 5 %
    assert TAGS.salient(hear(t5=5.0)) == ("sad",)
    assert TAGS.salient(hear(t4=5.0)) == ()  # an opinion has no name


def test_two_tags_of_one_name_are_given_once() -> None:
    assert TAGS.salient(hear(t1=3.0, t2=4.0, t0=1.5)) == ("female vocals", "rock")


def test_the_mean_over_the_patches_counts() -> None:
    rows = np.concatenate([hear(t0=5.0), *[hear(t0=-1.0)] * 4])
    assert TAGS.salient(rows) == ()


@pytest.mark.parametrize("known", ["hiphop", "Hip-Hop", "hip hop"])
def test_a_tag_that_is_the_genre_in_another_spelling_is_left_out(known: str) -> None:
    assert TAGS.salient(hear(t6=3.0)) == ("hip-hop",)
    assert TAGS.salient(hear(t6=3.0), known=(known, "jazz")) == ()
    assert plain_name("R&B") == "rb"


@settings(deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(1, 5), st.just(7)), elements=st.floats(-60, 60)))
def test_whatever_is_heard(rows: NDArray[np.float64]) -> None:
    told = TAGS.salient(rows, known=("jazz",))
    assert len(told) <= SHOWN_TAGS
    assert len(set(told)) == len(told) and "" not in told and set(told) <= set(NAMES)
    assert TAGS.salient(rows[::-1]) == told
    assert set(TAGS.salient(rows, known=told)).isdisjoint(told)
    logits = rows.mean(axis=0)
    stands_out = (logits - TAGS.mean >= MIN_DEVIATIONS) & (1 / (1 + np.exp(-logits)) >= MIN_PROBABILITY)
    candidates = {name for name, out in zip(NAMES, stands_out, strict=True) if out and name}
    assert set(told) <= candidates and len(told) == min(SHOWN_TAGS, len(candidates))


@pytest.mark.parametrize(
    "change",
    [
        {"names": ["rock"]},
        {"names": None},
        {"logit_mean": [0.0]},
        {"logit_mean": "mean"},
        {"logit_mean": [float("nan")] * 7},
        {"logit_deviation": [1.0] * 6},
        {"logit_deviation": [0.0] * 7},
        {"logit_deviation": [1.0] * 6 + [-1.0]},
        {"logit_deviation": [float("nan")] * 7},
        {"logit_deviation": [float("inf")] * 7},
    ],
)
def test_tables_that_are_none(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        TagSet.from_card({**CARD, **change})


@pytest.mark.parametrize("key", list(CARD))
def test_a_lacking_entry(key: str) -> None:
    with pytest.raises(KeyError):
        TagSet.from_card({name: value for name, value in CARD.items() if name != key})
