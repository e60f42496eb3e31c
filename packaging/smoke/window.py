"""The window of the packaged program on a virtual screen."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from genre_desktop.model.genre_colours import GENRE_COLOURS
from smoke.journal import Journal, SmokeError, Step, demand
from smoke.sandbox import CONSOLE, WINDOW, Sandbox
from smoke.screen import Screen

PATIENCE_S = 120.0
"""Limit for what hangs; no check depends on the time it takes."""

TITLE = "Genre Desktop"


class Window:
    """A window that has been started."""

    def __init__(self, sandbox: Sandbox, screen: Screen, *paths: str) -> None:
        self.sandbox = sandbox
        self.screen = screen
        self._log = sandbox.home / ".local" / "state" / "genre-desktop" / "log" / "genre-desktop.log"
        self._read_from = self._log.stat().st_size if self._log.exists() else 0
        self.problems = sandbox.home / "standard error of the window"
        with self.problems.open("ab") as file:
            self.process = sandbox.start(*paths, executable=WINDOW, problems=file, DISPLAY=screen.name)

    def wait_for(self, what: str, condition: Callable[[], object]) -> None:
        """Wait until a condition holds.

        Raises
        ------
        SmokeError
            The condition is not met in time, or the program ends.
        """
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            ended = self.process.poll()
            reason = f"the window ended with status {ended}" if ended is not None else "nothing came of it"
            if ended is not None or time.monotonic() > deadline:
                raise SmokeError(f"{what}: {reason}\n{self.log_text()[-1500:]}\n{self.problems.read_text()[-1500:]}")
            time.sleep(0.05)

    def log_text(self) -> str:
        """The log since the start of this window."""
        if not self._log.exists():
            return ""
        with self._log.open(encoding="utf-8") as file:
            file.seek(self._read_from)
            return file.read()

    def seconds_until(self, what: str) -> float:
        """Wait for ``first paint`` or ``ready`` in the log; gives the seconds since the start that the log states."""
        pattern = re.compile(rf": {what} (\d+\.\d+) s after the start$", re.MULTILINE)
        self.wait_for(what, lambda: pattern.search(self.log_text()))
        found = pattern.search(self.log_text())
        assert found is not None
        return float(found[1])

    def genre_of(self, path: Path) -> str:
        """Wait until the store has the genre of a file."""
        self.wait_for(f"a genre of {path.name}", lambda: self._stored_genre(path))
        return self._stored_genre(path) or ""

    def _stored_genre(self, path: Path) -> str | None:
        store = self.sandbox.home / ".local" / "share" / "genre-desktop" / "library.sqlite3"
        try:
            connection = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
            try:
                row = connection.execute(
                    "SELECT r.genre FROM files f JOIN results r ON r.identity = f.identity WHERE f.path = ?",
                    (os.fsencode(path),),
                ).fetchone()
            finally:
                connection.close()
        except sqlite3.OperationalError:
            return None  # not there yet
        return None if row is None else row[0]

    def close(self) -> str:
        """Close the window as a person does, and wait for its process to end; gives how it was closed."""
        if self.screen.has_mouse:
            how = "Ctrl+Q"
            self.screen.press("ctrl+q", TITLE)
        else:
            how = "Ctrl+C: no xdotool to press Ctrl+Q"
            self.process.send_signal(signal.SIGINT)
        try:
            status = self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise SmokeError(f"the window does not close ({how})\n{self.log_text()[-1500:]}") from None
        demand(status == 0, f"the window ended with status {status}\n{self.problems.read_text()[-1500:]}")
        deadline = time.monotonic() + 5
        while (left := self.sandbox.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        demand(not left, f"processes are left behind: {left}")
        return how


def check_window(sandbox: Sandbox, journal: Journal, screen: Screen, picture: Path) -> None:
    """Check the window: started twice, files opened in every way, closed."""
    argument, dropped, handed, by_console = _copies_of_demo_clips(sandbox)
    with journal.step("the window with a file as argument") as step:
        window = Window(sandbox, screen, str(argument))
        step.note(f"first paint after {window.seconds_until('first paint'):.2f} s")
    with journal.step("a second start while the model is being loaded") as step:
        _start_again(WINDOW, handed, window, step)
    with journal.step("both files get a genre") as step:
        step.note(f"ready after {window.seconds_until('ready'):.2f} s")
        step.note(f"{window.genre_of(argument)}, {window.genre_of(handed)}")
    with journal.step("it closes, and leaves no process behind") as step:
        step.note(window.close())
    with journal.step("the window once more") as step:
        window = Window(sandbox, screen)
        for what in ("first paint", "ready"):
            seconds = window.seconds_until(what)
            step.note(f"{what} after {seconds:.2f} s")
            journal.figure(f"window, second time: {what}", f"{seconds:.2f} s")
    with journal.step("a file is dropped on it") as step:
        if screen.has_mouse:
            action = screen.drag([dropped])
            demand(action == "CopyAction", f"the drop ended with {action}")
            genre = window.genre_of(dropped)
            demand(genre in GENRE_COLOURS, f"the answer is {genre}")
            step.note(f"genre: {genre}")
        else:
            step.skip("there is no xdotool to drag with; the files of a second start take the same way from here on")
    with journal.step("genre-desktop FILE hands it to the open window") as step:
        seconds = _start_again(CONSOLE, by_console, window, step)
        step.note(f"genre: {window.genre_of(by_console)}")
        journal.figure("a start that hands its file over", f"{seconds:.2f} s")
    with journal.step("a screenshot") as step:
        screen.shoot(picture)
        step.note(str(picture))
    with journal.step("it closes, and leaves no process behind") as step:
        step.note(window.close())


def _start_again(executable: str, song: Path, window: Window, step: Step) -> float:
    """Start the program while a window is open; gives the seconds it took."""
    n_before = window.log_text().count(_HANDED_OVER)
    started = time.monotonic()
    # A relative path: what is handed over must not depend on where the first was started.
    second = window.sandbox.start(song.name, executable=executable, cwd=song.parent, DISPLAY=window.screen.name)
    try:
        second.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise SmokeError("the second start does not end: it has a window of its own") from None
    seconds = time.monotonic() - started
    demand(second.returncode == 0, f"it ended with status {second.returncode}")
    demand(window.log_text().count(_HANDED_OVER) == n_before + 1, "the window did not hear of it")
    step.note(f"ended after {seconds:.2f} s")
    return seconds


_HANDED_OVER = "another start hands over 1 paths"


def _copies_of_demo_clips(sandbox: Sandbox) -> list[Path]:
    """Copy demo clips under names that the window has not seen."""
    made = []
    for clip, name in _CLIPS.items():
        (found,) = sandbox.program.rglob(f"resources/demo/{clip}*.ogg")
        made.append(sandbox.music / f"{name}.ogg")
        shutil.copyfile(found, made[-1])
    sandbox.give_to_user(sandbox.music)
    return made


_CLIPS = {"04": "named", "02": "dropped – ♫ 50%", "01": "handed over", "05": "from the console"}
