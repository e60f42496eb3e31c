from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2, TXXX

from genre_desktop.library.files import tag_limits
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.files.tag_file import open_tag_file
from genre_desktop.library.files.tag_limits import BoundedFile, BoundedZlib, TagLimitError, limits
from tests.support.odd_files import music, write_mp3, write_sound

SOUND = music(0.5)


def _flac(folder: Path) -> Path:
    path = write_sound(folder / "a.flac", SOUND, format="FLAC")
    song = FLAC(path)
    song["title"] = "A title"
    song.save()
    return path


def test_ordinary_tags_are_within_all_limits(tmp_path: Path) -> None:
    assert open_tag_file(_flac(tmp_path))["title"] == ["A title"]


def test_so_many_calls_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _flac(tmp_path)
    monkeypatch.setattr(tag_limits, "MAX_CALLS", 100)
    with pytest.raises(TagLimitError):
        open_tag_file(path)
    assert read_facts(path).title == ""
    assert sys.getprofile() is None


def test_so_many_bytes_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _flac(tmp_path)
    monkeypatch.setattr(tag_limits, "MAX_READ_BYTES", 60)
    with pytest.raises(TagLimitError):
        open_tag_file(path)
    with BoundedFile(path) as file:
        assert len(file.read(60)) == 60


def test_too_many_frames_for_mutagen_leave_what_a_bounded_parser_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_mp3(tmp_path / "a.mp3", SOUND)
    tags = ID3()
    tags.add(TIT2(encoding=3, text="A title"))
    for number in range(2_000):
        tags.add(TXXX(encoding=3, desc=str(number), text="v"))
    tags.save(path)
    assert read_facts(path).title == "A title"
    monkeypatch.setattr(tag_limits, "MAX_CALLS", 20_000)
    with pytest.raises(TagLimitError):
        open_tag_file(path)
    assert read_facts(path).title == "A title"


def test_compressed_frames_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_limits, "MAX_UNPACKED_BYTES", 1_000)
    packed = zlib.compress(bytes(600))
    with limits():
        assert len(BoundedZlib.decompress(packed)) == 600
        with pytest.raises(zlib.error):
            BoundedZlib.decompress(packed)
        with pytest.raises(zlib.error):
            BoundedZlib.decompress(packed)
    with limits():  # another file
        assert len(BoundedZlib.decompress(packed)) == 600


def test_a_profiler_that_runs_goes_on(tmp_path: Path) -> None:
    def own(*_: object) -> None:
        return None

    path = _flac(tmp_path)
    sys.setprofile(own)
    try:
        open_tag_file(path)
        assert sys.getprofile() is own
    finally:
        sys.setprofile(None)
