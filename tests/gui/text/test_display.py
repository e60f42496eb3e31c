from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.core.errors import AudioEmptyError, BundleNotFoundError
from genre_desktop.gui.text.display import displayable, displayable_lines, error_message, menu_text, plain_tip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain.mp3", "plain.mp3"),
        ("grün 日本語 🎵.mp3", "grün 日本語 🎵.mp3"),
        ("two\nlines\t.mp3", "two␊lines␉.mp3"),
        ("bell\x07.mp3", "bell�.mp3"),
        ("caf\udcff.mp3", "caf�.mp3"),
        ("mp\u202e3.exe", "mp�3.exe"),
        ("family 👨\u200d👩\u200d👧.mp3", "family 👨\u200d👩\u200d👧.mp3"),
    ],
)
def test_names_are_shown_on_one_line_and_hide_nothing(name: str, expected: str) -> None:
    assert displayable(name) == expected


@pytest.mark.parametrize("show", [displayable, displayable_lines, plain_tip, menu_text])
def test_a_name_of_a_million_letters_is_shown_by_its_ends(show: Callable[[str], str]) -> None:
    # To lay all of it out takes Qt half a minute.
    for letter in ("a", "\u202e"):
        told = show(f"/first{letter * 1_000_000}last.mp3")
        assert "/first" in told and " … " in told and "last.mp3" in told and len(told) < 20_000
    path = "/".join(["", *("d" * 255 for _ in range(15)), "a.mp3"])
    assert displayable(path) == displayable_lines(path) == path


def test_a_sentence_names_the_file_with_or_without_its_folders() -> None:
    error = AudioEmptyError(path=Path("/a/long/way/down/so\nng.mp3"))
    assert "/a/long/way/down/so␊ng.mp3 is empty" in error_message(error).replace("\\", "/")
    assert error_message(error, brief=True).startswith("so␊ng.mp3 is empty")


def test_a_sentence_without_a_path_stays_as_it_is() -> None:
    error = BundleNotFoundError(name="x", known="none")
    assert error_message(error, brief=True) == error.message


def test_tool_tips_do_not_read_names_as_html() -> None:
    assert plain_tip("<b>a & b</b>") == "<span>&lt;b>a &amp; b&lt;/b></span>"
    assert plain_tip("") == ""
