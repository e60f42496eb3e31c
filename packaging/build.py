"""Build the program as a folder, dist/genre-desktop: what ``python3 run.py package`` calls.

::

    python packaging/build.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from collect_licences import MissingTextError, collect_licences
from size_table import size_table
from strip_symbols import strip_symbols

FOLDER = ROOT / "dist" / "genre-desktop"
CONTENTS = FOLDER / "_internal"


def main() -> int:
    """Build, strip, write the licences, print what is how large.

    Returns
    -------
    int
        Exit status: that of PyInstaller where it fails.
    """
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    done = subprocess.run(command, cwd=ROOT)
    if done.returncode != 0:
        print(f"PyInstaller ended with status {done.returncode}; no folder was built.", file=sys.stderr)
        return done.returncode
    if sys.platform.startswith("linux"):
        strip_symbols(FOLDER)
    n_parts = len(collect_licences(PROGRAM, CONTENTS))
    print(size_table(FOLDER))
    print(f"{n_parts} parts with their licences in {CONTENTS / 'licences'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
