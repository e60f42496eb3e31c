from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.untrusted.short_names import LONGEST_BYTES, short_name


def test_a_name_that_fits_is_left_alone() -> None:
    assert short_name("song.mp3", ".txt") == "song.mp3.txt"
    stem = "x" * (LONGEST_BYTES - 4)
    assert short_name(stem, ".txt") == stem + ".txt"


@pytest.mark.parametrize("char", ["x", "é", "日", "\N{MUSICAL SYMBOL G CLEF}", "\udce9"])
def test_a_long_name_is_cut_between_characters(char: str) -> None:
    stem = (char * 255).encode("utf-8", "surrogateescape")[:255].decode("utf-8", "ignore")
    stem = stem or char * 251
    name = short_name(stem, ".json")
    assert 0 < len(os.fsencode(name)) <= LONGEST_BYTES
    assert name.endswith(".json") and name.isprintable()
    assert name.encode("utf-8").decode("utf-8") == name


def test_long_names_that_differ_at_their_ends_stay_different() -> None:
    names = {short_name("x" * 250 + ending, ".txt") for ending in ("a.mp3", "b.mp3", "a.ogg")}
    assert len(names) == 3
    assert names == {short_name("x" * 250 + ending, ".txt") for ending in ("a.mp3", "b.mp3", "a.ogg")}


@given(st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), max_size=300), st.integers(20, 255))
def test_every_name_fits(stem: str, longest: int) -> None:
    assert len(os.fsencode(short_name(stem, ".txt", longest))) <= longest
