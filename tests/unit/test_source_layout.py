"""The layout of the source: small folders and files, and an ARCHITECTURE that names what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = [path for top in ("genre_desktop", "training", "tests", "packaging") for path in (ROOT / top).rglob("*.py")]
TABLES = {"genre_desktop/core/errors.py"}
"""Files that may be longer: one entry after the other."""


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n") for path in CODE}
    assert len(lengths) > 500
    assert {name for name, length in lengths.items() if length > 400 and not name.startswith("tests/")} <= TABLES


def test_no_folder_of_code_holds_more_than_twenty_files() -> None:
    folders = {path.parent for path in CODE if not path.is_relative_to(ROOT / "tests")}
    crowded = {folder for folder in folders if len(list(folder.glob("*.py"))) > 20}
    assert not crowded


@pytest.mark.parametrize("document", ["genre_desktop/ARCHITECTURE.md", "tests/README.md", "training/README.md"])
def test_paths_in_the_documents_are_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|md|xml)|(?:[a-z_]+/)+)`", text))
    bases = [ROOT, ROOT / "genre_desktop", ROOT / "tests", (ROOT / document).parent]
    places = {name: [base for base in bases if (base / name).exists()] for name in named if "KEY" not in name}
    files = {path.name for path in CODE}
    assert named
    assert {name for name, found in places.items() if not found and name not in files} == set()
