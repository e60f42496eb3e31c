"""Entry point of the program without a console, which menus and file managers start: always the window."""

from __future__ import annotations

import sys

from genre_desktop.__main__ import main as run_program


def main() -> int:
    """Open the window with all arguments as paths, even if one is called like a subcommand.

    Returns
    -------
    int
        Exit status.
    """
    return run_program(["--", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
