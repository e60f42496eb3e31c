"""The command line: subcommands for everything that the window can do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final, NoReturn

from genre_desktop import __version__
from genre_desktop.commands import check, classify, evaluate, live, models, train
from genre_desktop.commands.console import Console
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import printable

COMMANDS: Final[dict[str, ModuleType]] = {
    "classify": classify,
    "evaluate": evaluate,
    "train": train,
    "models": models,
    "live": live,
    "check": check,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; those of the process by default.

    Returns
    -------
    int
        Exit status: 0 all went well, 1 some files failed or were read only in part, 2 nothing could be done.

    Raises
    ------
    GenreDesktopError
        The whole command failed, as with an unknown model.
    SystemExit
        From argparse: status 0 after ``--help``, 2 for wrong usage.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _top_parser()
    # Not by argparse's own sub-parsers, which allow no options between paths.
    if not words or words[0] not in COMMANDS:
        parser.parse_args(words or ["--help"])
        parser.error(tr("the command has to come first"))
    command = COMMANDS[words[0]]
    summary: str = command.summary()
    command_parser = _Parser(
        prog=f"{parser.prog} {words[0]}", description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False
    )
    command.add_arguments(command_parser)
    if command is models:  # has sub-parsers itself, which exclude intermixed options
        parsed = command_parser.parse_args(words[1:])
    else:
        parsed = command_parser.parse_intermixed_args(_without_separator(words[1:]))
    status: int = command.run(parsed, Console())
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # A wildcard of the shell may put any file name into the message, with control characters too.
        super().error(printable(message))


def _without_separator(words: list[str]) -> list[str]:
    """Apply a ``--`` separator here: `argparse.ArgumentParser.parse_intermixed_args` does not handle it."""
    if "--" not in words:
        return words
    position = words.index("--")
    paths = (os.path.join(os.curdir, word) if word.startswith("-") else word for word in words[position + 1 :])
    return [*words[:position], *paths]


def _top_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="genre-desktop",
        description=tr("Tells what genre music is. Without a command, or with paths alone, the window opens."),
        epilog=tr(
            "Results go to standard output, messages to standard error. "
            "Exit status: 0 all went well, 1 some files failed or were read only in part, 2 nothing could be done."
        ),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"genre-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", metavar=tr("COMMAND"), required=True)
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.summary(), add_help=False)
    return parser
