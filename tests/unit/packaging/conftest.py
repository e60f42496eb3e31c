"""The scripts that make the packages are no package: they find each other by their folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "packaging" / name) for name in ("", "linux", "windows", "macos")]


@pytest.fixture
def program_folder(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves it, of two shell scripts."""
    folder = tmp_path / "dist" / "genre-desktop"
    licences = folder / "_internal" / "licences"
    licences.mkdir(parents=True)
    licences.joinpath("index.json").write_text('[{"name": "Qt", "version": "6.11", "licence": "LGPL", "texts": []}]')
    for name in ("genre-desktop", "genre-desktop-window"):
        (folder / name).write_text(f'#!/bin/sh\necho {name} "$@"\n')
        (folder / name).chmod(0o755)
    (folder / "_internal" / "libQt6Core.so.6").write_bytes(b"library")
    (folder / "_internal" / "alias.so").symlink_to("libQt6Core.so.6")
    return folder
