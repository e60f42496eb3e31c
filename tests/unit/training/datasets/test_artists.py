from __future__ import annotations

from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import TPE1

from genre_desktop.core.errors import DatasetFormatError
from tests.support.tones import tone
from training.datasets.artists import artist_table_beside, read_artist_table, read_artist_tag


def test_a_table_needs_its_two_columns(tmp_path: Path) -> None:
    (tmp_path / "bad.tsv").write_text("track\tband\n", "utf-8")
    with pytest.raises(DatasetFormatError, match="name and artist"):
        read_artist_table(tmp_path / "bad.tsv")


def test_the_table_beside_a_data_set_is_found_by_its_name(tmp_path: Path) -> None:
    assert artist_table_beside(tmp_path / "mels.npz") is None
    (tmp_path / "artists.tsv").write_text("name\tartist\nrock.1\t Queen \nrock.2\t\n", "utf-8")
    table = artist_table_beside(tmp_path / "mels.npz")
    assert table is not None and read_artist_table(table) == {"rock.1": "Queen"}


@pytest.mark.parametrize("ending", ["flac", "wav", "aiff", "mp3", "ogg"])
def test_the_artist_is_read_from_every_kind_of_tag(tmp_path: Path, ending: str) -> None:
    path = tone(tmp_path / f"a.{ending}")
    assert read_artist_tag(path) is None
    tags = mutagen.File(path)
    if tags.tags is None:
        tags.add_tags()
    if ending in ("wav", "aiff", "mp3"):
        tags.tags.add(TPE1(text=["Lata Mangeshkar"]))
    else:
        tags.tags["artist"] = ["Lata Mangeshkar"]
    tags.save()
    assert read_artist_tag(path) == "Lata Mangeshkar"


def test_damaged_tags_are_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\x04\x00\xff\x00\x00\x0f\x7f" + bytes(range(256)) * 20)
    assert read_artist_tag(path) is None
