"""Build the program as a folder, dist/genre-desktop: what ``python3 run.py package`` calls.

::

    python packaging/build.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from collect_licences import MissingTextError, collect_licences
from size_table import size_table
from strip_symbols import strip_symbols

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dist" / "genre-desktop"
CONTENTS = FOLDER / "_internal"
PROGRAM = FOLDER / ("genre-desktop.exe" if sys.platform == "win32" else "genre-desktop")
NOTICE = ROOT / "packaging" / "folder" / "LICENSE"


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
    shutil.copyfile(NOTICE, FOLDER / NOTICE.name)
    try:
        n_parts = len(collect_licences(PROGRAM, CONTENTS))
    except MissingTextError as error:
        print(f"The folder must not be passed on: {error}.", file=sys.stderr)
        return 1
    print(f"{n_parts} parts, with the wording of their licences, in {CONTENTS / 'licences'}")
    print(size_table(FOLDER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
