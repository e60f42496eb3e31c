"""Screens that Qt's offscreen platform is told of, and the tour of all windows on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def screen(width: int, height: int, x: int = 0) -> dict[str, int]:
    """A screen, in pixels."""
    return {"x": x, "y": 0, "width": width, "height": height}


def run_tour(home: Path, screens: list[dict[str, int]], scale: str, *arguments: str) -> str:
    """What `tests.gui.support.screen_tour` prints, on these screens and with the settings in a folder.

    Raises
    ------
    RuntimeError
        Where it fails.
    """
    home.mkdir(exist_ok=True)
    told = [{"name": str(number), "logicalDpi": 96, "dpr": 1, **one} for number, one in enumerate(screens)]
    (home / "screens.json").write_text(json.dumps({"screens": told}))
    surroundings = {
        **os.environ,
        "GENRE_DESKTOP_HOME": str(home),
        "QT_SCALE_FACTOR": scale,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    if surroundings.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        surroundings["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"  # a colon in it would end it
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.support.screen_tour", *arguments],
        cwd=home,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()[-1]
