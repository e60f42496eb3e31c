"""Screens of Qt's offscreen platform, and the tour of all windows on them."""

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
    """Run `tests.gui.support.screen_tour` on given screens, with the settings in a folder.

    Returns
    -------
    str
        The last line of its output.

    Raises
    ------
    RuntimeError
        Where it fails.
    """
    home.mkdir(exist_ok=True)
    listed = [{"name": str(number), "logicalDpi": 96, "dpr": 1, **one} for number, one in enumerate(screens)]
    (home / "screens.json").write_text(json.dumps({"screens": listed}))
    environment = {
        **os.environ,
        "GENRE_DESKTOP_HOME": str(home),
        "QT_SCALE_FACTOR": scale,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    if environment.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        environment["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"  # relative: no colon
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.support.screen_tour", *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()[-1]
