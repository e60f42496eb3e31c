"""Windows in processes of their own, driven by `tests.gui.support.window_driver`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.waiting import PATIENCE_S

_REPOSITORY = Path(__file__).resolve().parents[3]

READY = "print('ready', flush=True)"


def start_window(code: str) -> subprocess.Popen[str]:
    """Start a window that runs a piece of code once its model is loaded."""
    words = [sys.executable, "-X", "faulthandler=0", "-m", "tests.gui.support.window_driver", code]
    return subprocess.Popen(words, cwd=_REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run_window(code: str) -> tuple[int, str]:
    """Exit status and output of a window that the code closes."""
    process = start_window(code)
    out, _ = process.communicate(timeout=PATIENCE_S)
    return process.returncode, out
