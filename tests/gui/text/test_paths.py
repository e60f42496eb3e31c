from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from genre_desktop.gui.text.paths import local_path, paths_from_urls, urls_from_mime

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
def test_a_foreign_url_has_no_path(url: str) -> None:
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
