"""The licences that go with the packaged program."""

from __future__ import annotations

import re
from pathlib import Path

import build
import collect_licences
import pytest

from genre_desktop.core.third_party import read_index


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
    assert {"numpy", "soundfile", "OpenBLAS", "libsndfile", "x265", "Python", "Genre Desktop"} <= names
    assert not {"mutagen", "dav1d", "genre-desktop", "pytest"} & names
    assert all(part.texts and all(text.stat().st_size > 100 for text in part.texts) for part in parts)
    assert read_index(contents / "licences" / "index.json") == parts
    assert next(part for part in parts if part.name == "x265").version == "soname 216.0"


def test_what_the_licence_of_the_whole_names_is_there(contents: Path) -> None:
    (contents / "av.libs" / "libavcodec-1.so.62").touch()
    parts = collect_licences.collect_licences(contents / "genre-desktop", contents)
    notice = build.NOTICE.read_text(encoding="utf-8")
    named = re.findall(r"_internal/(licences/[\w./-]+\w)", notice)
    assert len(named) == 3
    assert all((contents / name).is_file() for name in named)
    assert "Permission is hereby granted" in (contents / named[2]).read_text()
    # Whoever passes on a part under the GPL or LGPL says where its source is.
    for part in parts:
        assert "GPL" not in part.licence or re.search(rf"\b{_SOURCE_NAMES.get(part.name, part.name)}\b", notice)


_SOURCE_NAMES = {"soxr": "SoX", "PyInstaller's bootloader": "PyInstaller", "libquadmath": "GCC"}
_SOURCE_NAMES["GCC run-time (libgfortran, libgomp)"] = "GCC"


def test_the_macos_application_has_the_licences_too(contents: Path, tmp_path: Path) -> None:
    collect_licences.collect_licences(contents / "genre-desktop", contents)
    app = tmp_path / "Genre Desktop.app"
    for folder in ("Frameworks", "Resources"):
        (app / "Contents" / folder).mkdir(parents=True)
    for _ in range(2):  # built once more
        collect_licences.add_to_bundle(app, contents, build.NOTICE)
    assert (app / "Contents/Resources/LICENSE").is_file()
    assert (app / "Contents/Frameworks/licences").is_symlink()
    found = read_index(app / "Contents/Frameworks/licences/index.json")
    assert found and all(text.is_file() for part in found for text in part.texts)


def test_a_part_without_wording_stops_the_build(contents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect_licences, "_TEXTS", contents / "none")
    with pytest.raises(collect_licences.MissingTextError, match=r"GPL-2\.0\.txt"):
        collect_licences.collect_licences(contents / "genre-desktop", contents)
