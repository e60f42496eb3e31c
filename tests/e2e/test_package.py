"""Smoke test of the packaged program: python3 run.py package, then the tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop import __version__, locations

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "dist" / "genre-desktop" / ("genre-desktop.exe" if sys.platform == "win32" else "genre-desktop")

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="not built (python3 run.py package)")


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *arguments], capture_output=True, encoding="utf-8", timeout=110)


def test_it_starts() -> None:
    done = _run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"genre-desktop {__version__}\n", "")


def test_it_classifies_a_file_with_the_shipped_model() -> None:
    clip = sorted(locations.demo_clips().glob("*.ogg"))[0]
    done = _run("classify", str(clip), "--json")
    assert done.returncode == 0
    assert "WARNING" not in done.stderr
    record = json.loads(done.stdout)
    assert record["status"] == "ok"
    assert sum(record["probabilities"].values()) == pytest.approx(1.0, abs=1e-3)
