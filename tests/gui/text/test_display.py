from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from genre_desktop.core.errors import AudioEmptyError, BundleNotFoundError
from genre_desktop.gui.text.display import (
    displayable,
    displayable_lines,
    error_message,
    local_path,
    menu_text,
    paths_from_urls,
    plain_tip,
    urls_from_mime,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="names are bytes on POSIX only")


@posix_only
@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        (b"file:///music/a.wav", "/music/a.wav"),
        (b"file:///music/a%20b%23c%3Fd.wav", "/music/a b#c?d.wav"),
        (b"file:///music/100%25.wav", "/music/100%.wav"),
        (b"file:///music/%C3%BC%0A.wav", "/music/ü\n.wav"),
        (b"file:///music/caf%FF%E9.wav", os.fsdecode(b"/music/caf\xff\xe9.wav")),
        (b"file://localhost/music/a.wav", "/music/a.wav"),
    ],
)
def test_local_urls_give_the_bytes_on_disk(encoded: bytes, expected: str) -> None:
    assert local_path(QUrl.fromEncoded(encoded)) == expected


@pytest.mark.parametrize("url", ["https://example.org/a.mp3", "mtp://phone/a.mp3", "data:audio/wav;base64,AA", ""])
def test_what_is_not_on_this_machine_is_no_path(url: str) -> None:
    assert local_path(QUrl(url)) is None


def test_urls_are_divided_into_paths_and_foreign_ones() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/music/a.wav"), QUrl("https://example.org/b.mp3")])
    paths, foreign = paths_from_urls(urls_from_mime(mime))
    assert paths == [Path(QUrl.fromLocalFile("/music/a.wav").toLocalFile())]
    assert foreign == [QUrl("https://example.org/b.mp3")]


@posix_only
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/music/a.wav", ["/music/a.wav"]),
        ('  "/music/a b.wav"\n\n/music/c.wav\n', ["/music/a b.wav", "/music/c.wav"]),
        ("file:///music/a%20b.wav\r\nfile:///music/c.wav", ["/music/a b.wav", "/music/c.wav"]),
        ("~/a.wav", [os.path.expanduser("~/a.wav")]),
        ("some words about music", []),
        ("/music/a.wav\nand some words", []),
        ("", []),
    ],
)
def test_pasted_text_counts_when_every_line_is_a_path(text: str, expected: list[str]) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert paths_from_urls(urls_from_mime(mime)) == ([Path(path) for path in expected], [])


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
