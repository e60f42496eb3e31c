"""What the program says it is made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.core import third_party as parts
from genre_desktop.core.third_party import Part


def test_the_libraries_are_found_with_versions_licences_and_texts() -> None:
    found = {part.name.lower().replace("_", "-"): part for part in parts.installed_parts()}
    assert {"numpy", "keras", "mutagen", "librosa", "h5py"} <= set(found), "direct and indirect"
    assert "pytest" not in found
    assert "GPL-2.0" in found["mutagen"].licence
    assert all(part.version for part in found.values())
    assert all(path.is_file() for part in found.values() for path in part.texts)


def test_a_packaged_program_reads_its_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "resources", lambda: tmp_path / "resources")
    folder = locations.licences()
    (folder / "sound").mkdir(parents=True)
    text = folder / "sound" / "COPYING"
    text.write_text("Do what is right.\n")
    made = (Part("sound", "1.2", "MIT", (text,)), Part("silence", "0.1", ""))
    parts.write_index(made, folder)
    assert parts.bundled_parts() == made
