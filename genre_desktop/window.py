"""The way in that is always the window: the program without a console, which menus and file managers start."""

from __future__ import annotations

import sys

from genre_desktop.__main__ import main as program


def main() -> int:
    """Open the window on the paths named at the start, whatever they are called.

    Returns
    -------
    int
        Exit status.
    """
    return program(["--", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
