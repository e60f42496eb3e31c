"""What the packages of all systems say about the program, in one place."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "dist" / "genre-desktop"
"""What PyInstaller made of `build.spec`: the program as a folder."""

NAME: Final = "Genre Desktop"
PACKAGE: Final = "genre-desktop"
COMPONENT_ID: Final = "io.github.genre_desktop.GenreDesktop"
"""Name among all programs, the other way round as of a host: AppStream's and Apple's."""

AUTHORS: Final = "The Genre Desktop authors"
COPYRIGHT: Final = "Copyright 2026 The Genre Desktop authors"
SUMMARY: Final = "Tell the genre of music, on your own machine"

WINDOW: Final = "genre-desktop-window"
"""Executable without a console: the window."""

CONSOLE: Final = "genre-desktop"
"""Executable with a console: the command line."""

RELEASES: Final = (("0.1.0", "2026-11-24", ("First version that needs no Python.",)),)
"""Version, date and what is new, the newest first. The first one has to be the program's."""


def version() -> str:
    """The program's version, which only `genre_desktop/__init__.py` states."""
    return str(runpy.run_path(str(ROOT / "genre_desktop" / "__init__.py"))["__version__"])
