"""Paths of the packaging scripts, which are no package; fixtures of run.py and of a packaged program."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

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


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """run.py as a module, in a folder of its own."""
    for name in ("run.py", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    specification = importlib.util.spec_from_file_location("run_under_test", tmp_path / "run.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def environment(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An existing .venv, and a pip that only records its arguments."""
    os.makedirs(os.path.dirname(run.PYTHON))
    Path(run.VENV, "pyvenv.cfg").write_text("version = 3.11.7\n")
    monkeypatch.setattr(run, "venv_works", lambda: True)
    monkeypatch.setattr(run, "requirements", ",".join)
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "run_pip", calls.append)
    return calls
