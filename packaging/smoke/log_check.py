"""Errors in the logs, of which there must be none."""

from __future__ import annotations

import re
from pathlib import Path

from smoke.journal import demand

FATAL = re.compile(
    r"Traceback|Fatal Python error|\b(CRITICAL|ERROR)\b|ModuleNotFoundError|ImportError|Segmentation fault|"
    r"could not load the Qt platform plugin|qt\.qpa|QThread: Destroyed|QObject::|cannot open shared object"
)

WARNING = re.compile(r"\bWARNING\b")


def check_logs(home: Path) -> str:
    """Check the logs and the standard error of the window; gives their size, for the line of the step.

    Raises
    ------
    SmokeError
        There are fatal markers, or no log at all.
    """
    logs = sorted(home.rglob("*.log*"))
    demand(any(path.name == "genre-desktop.log" for path in logs), "there is no log")
    files = [*logs, home / "standard error of the window"]
    lines = [(path, line) for path in files for line in path.read_text("utf-8", "replace").splitlines()]
    bad = [f"{path.name}: {line}" for path, line in lines if FATAL.search(line)]
    demand(not bad, "fatal markers:\n" + "\n".join(bad[:20]))
    warnings = [line for path, line in lines if path.name == "genre-desktop.log" and WARNING.search(line)]
    return f"{len(lines)} lines in {len(files)} files, {len(warnings)} warnings"
