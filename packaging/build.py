"""Build the program as a folder, dist/genre-desktop: what ``python3 run.py package`` calls.

::

    python packaging/build.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product
from collect_licences import MissingTextError, add_to_bundle, collect_licences
from size_table import size_table
from strip_symbols import strip_symbols

CONTENTS = product.FOLDER / "_internal"
PROGRAM = product.FOLDER / (f"{product.CONSOLE}.exe" if sys.platform == "win32" else product.CONSOLE)
BUNDLE = product.FOLDER.with_name(f"{product.NAME}.app")
NOTICE = product.ROOT / "packaging" / "folder" / "LICENSE"


def main() -> int:
    """Build, strip, write the licences, print what is how large.

    Returns
    -------
    int
        Exit status: that of PyInstaller where it fails.
    """
    # A seed of its own: the same sources give the same files (PyInstaller's manual, "Creating a Reproducible Build").
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    done = subprocess.run(command, cwd=product.ROOT, env=os.environ | {"PYTHONHASHSEED": "1"})
    if done.returncode != 0:
        print(f"PyInstaller ended with status {done.returncode}; no folder was built.", file=sys.stderr)
        return done.returncode
    if sys.platform.startswith("linux"):
        strip_symbols(product.FOLDER)
    shutil.copyfile(NOTICE, product.FOLDER / NOTICE.name)
    try:
        n_parts = len(collect_licences(PROGRAM, CONTENTS))
    except MissingTextError as error:
        print(f"The folder must not be passed on: {error}.", file=sys.stderr)
        return 1
    if sys.platform == "darwin":
        add_to_bundle(BUNDLE, CONTENTS, NOTICE)
    print(f"{n_parts} parts, with the wording of their licences, in {CONTENTS / 'licences'}")
    print(size_table(product.FOLDER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
