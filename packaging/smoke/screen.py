"""A virtual X screen, with keyboard and mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from select import select

from smoke.journal import SmokeError, demand

WIDTH, HEIGHT = 1600, 1000

_SOURCE = (1500, 900)
_TARGET = (500, 420)
"""In the window, which stands at the top left where there is no window manager."""


class Screen:
    """An X server (Xvfb) of this test.

    Attributes
    ----------
    name : str
        Value of ``DISPLAY``.
    """

    def __init__(self) -> None:
        server = shutil.which("Xvfb")
        if server is None:
            raise SmokeError("Xvfb is missing, without which there is no screen. Debian calls its package xvfb.")
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._server = subprocess.Popen(
            [server, "-displayfd", str(writing), "-screen", "0", size, "-ac", "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as file:
            number = file.readline().strip()  # written once it can be used; empty if it has ended
        demand(bool(number), "Xvfb does not start")
        self.name = f":{number}"
        self._environment = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        self._tool = shutil.which("xdotool")
        self._programs: list[subprocess.Popen[str]] = []

    @property
    def has_mouse(self) -> bool:
        """Whether mouse and keyboard can be simulated."""
        return self._tool is not None

    def close(self) -> None:
        """End the server and the programs on it."""
        for program in self._programs:
            program.terminate()
            program.wait()
        self._server.terminate()
        self._server.wait()

    def shoot(self, path: Path) -> None:
        """Save a picture of the screen as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "smoke.screen_tools", "shoot", str(path)],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        demand(done.returncode == 0, f"no screenshot: {done.stderr}")

    def press(self, keys: str, window: str) -> None:
        """Press keys such as ``ctrl+q`` in the window with this title."""
        found = self._simulate("search", "--onlyvisible", "--name", window).split()
        demand(bool(found), f"there is no window called {window}")
        self._simulate("windowfocus", "--sync", found[0])
        self._simulate("key", "--clearmodifiers", keys)

    def drag(self, paths: list[Path]) -> str:
        """Drag files from another program over the window and drop them; gives the drop action by Qt's name."""
        source = subprocess.Popen(
            [sys.executable, "-m", "smoke.screen_tools", "drag", *map(str, _SOURCE), *map(str, paths)],
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._programs.append(source)
        assert source.stdout is not None
        demand(source.stdout.readline() == "shown\n", "there is nothing to drag from")
        # Slowly, as by hand: each program on the way has to answer.
        self._simulate("mousemove", str(_SOURCE[0] + 40), str(_SOURCE[1] + 40))
        self._simulate("mousedown", "1")
        for share in range(1, 21):
            x, y = (round(a + (b - a) * share / 20) for a, b in zip(_SOURCE, _TARGET, strict=True))
            self._simulate("mousemove", str(x), str(y))
            time.sleep(0.05)
        time.sleep(0.3)
        self._simulate("mouseup", "1")
        demand(bool(select([source.stdout], [], [], 30)[0]), "the drag did not end")
        return source.stdout.readline().strip()

    def _simulate(self, *words: str) -> str:
        assert self._tool is not None
        done = subprocess.run([self._tool, *words], env=self._environment, capture_output=True, text=True, timeout=30)
        return done.stdout
