"""The licences that go with the packaged program."""

from __future__ import annotations

from pathlib import Path

import collect_licences
import pytest

from genre_desktop.parts import read_index


@pytest.fixture
def contents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as PyInstaller leaves it, of a program that needs NumPy, soundfile and TensorFlow."""
    monkeypatch.setattr(collect_licences, "modules_in", lambda _program: {"numpy.linalg", "soundfile", "json"})
    monkeypatch.setattr(collect_licences, "_system_parts", lambda _contents: ())
    for name in ("numpy.libs/libscipy_openblas-1.so", "_soundfile_data/libsndfile_x.so", "av.libs/libx265-1.so.216.0"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.touch()
    return tmp_path


def test_every_part_that_is_there_comes_with_its_wording(contents: Path) -> None:
    parts = collect_licences.collect_licences(contents / "genre-desktop", contents)
    names = {part.name for part in parts}
    assert {"numpy", "soundfile", "OpenBLAS", "libsndfile", "x265", "Python"} <= names
    assert not {"mutagen", "dav1d", "genre-desktop", "pytest"} & names
    assert all(part.texts and all(text.stat().st_size > 100 for text in part.texts) for part in parts)
    assert read_index(contents / "licences" / "index.json") == parts
    assert next(part for part in parts if part.name == "x265").version == "soname 216.0"


def test_a_part_without_wording_stops_the_build(contents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_licences, "_TEXTS", contents / "none")
    with pytest.raises(collect_licences.MissingTextError, match=r"GPL-2\.0\.txt"):
        collect_licences.collect_licences(contents / "genre-desktop", contents)
