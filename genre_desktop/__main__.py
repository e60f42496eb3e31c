"""Entry point of the program: the window without a subcommand, the command line with one."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError, InternalError, NoDisplayError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.log import configure_logging
from genre_desktop.core.standard_streams import discard, prepare_streams
from genre_desktop.core.unhandled_exceptions import log_unhandled_exceptions
from genre_desktop.core.untrusted.printable import printable

COMMANDS = ("classify", "evaluate", "train", "models", "tag", "undo", "live", "check")
"""First arguments that belong to the command line; any other one is a path for the window."""

_log = logging.getLogger("genre_desktop.__main__")  # as `__main__` it would have no handler

EXIT_NOTHING_DONE = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141


def prepare_environment() -> None:
    """Set the environment variables that TensorFlow, numba and Matplotlib read while they are imported."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    # TensorFlow prints its start-up messages to standard error otherwise.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # numba caches beside the source files of its callers, which are read-only in a packaged or system-wide install.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(locations.user_cache() / "numba"))
    # Keras and Matplotlib create a folder in the user's home otherwise.
    os.environ.setdefault("KERAS_HOME", str(locations.user_cache() / "keras"))
    os.environ.setdefault("MPLCONFIGDIR", str(locations.user_cache() / "matplotlib"))


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether the arguments ask for the window: there are none, or only paths."""
    if not arguments:
        return True
    first = arguments[0]
    if first == "--":
        return True
    if first in COMMANDS or first.startswith("-"):
        return False
    # A mistyped command gets the usage message of the command line instead of a window.
    is_word = first.isidentifier()
    return not is_word or os.path.lexists(first)


def open_window(paths: Sequence[str]) -> int:
    """Open the window, or hand the paths to the one that is open already.

    Raises
    ------
    NoDisplayError
        There is no screen. Qt itself would end the process by an abort.
    """
    paths = _leave_current_folder(paths)
    instance = None
    try:
        from genre_desktop.gui.startup import single_instance
    except ImportError as error:
        # Qt's network module needs libraries of the system that the window itself does not need.
        _log.warning("later starts will not find this window: %s", error)
    else:
        instance = single_instance.hand_over_or_claim(paths)
        if instance is None:
            _print_message(tr("Handed to the window that is open already."))
            return 0
    try:
        from genre_desktop.gui.startup.main import main as gui_main
    except ImportError as error:
        # Qt's wheels need a few libraries of the system (libEGL on Linux).
        if (error.name or "").startswith("genre_desktop"):
            raise
        raise NoDisplayError(reason=error) from error
    return gui_main(list(paths), instance)


def _leave_current_folder(paths: Sequence[str]) -> list[str]:
    """Make the root folder the working directory; gives the paths as absolute ones.

    Libraries load files from the working directory (`genre_desktop.core.untrusted.root_folder`): Qt for Python its own
    source, where it would wait forever for a pipe of that name, and Windows the programs that are opened.
    """
    absolute = [os.path.abspath(path) for path in paths]
    if home := os.environ.get(locations.HOME_VARIABLE):
        os.environ[locations.HOME_VARIABLE] = os.path.abspath(home)
    os.chdir(os.path.abspath(os.sep))
    return absolute


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        print(f"genre-desktop {__version__}")
        return 0
    if wants_window(arguments):
        return open_window(arguments[1:] if arguments[:1] == ["--"] else arguments)
    from genre_desktop.cli import main as cli_main

    return cli_main(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Parameters
    ----------
    arguments : sequence of str, optional
        Without the program's name; those of the process by default.

    Returns
    -------
    int
        Exit status: 0 all went well, 1 some files failed, 2 nothing could be done.
    """
    prepare_streams()
    # Child processes of a packaged program start here too, and run their own function instead.
    multiprocessing.freeze_support()
    log_unhandled_exceptions()
    prepare_environment()
    locations.protect_own_folders()
    try:
        log = configure_logging()
        return _status_of(list(sys.argv[1:] if arguments is None else arguments), log)
    except KeyboardInterrupt:
        _print_message(tr("Stopped."))
        with contextlib.suppress(GenreDesktopError, BrokenPipeError):
            _flush_results()
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # As in `genre-desktop classify ... | head`, where the reader ends first.
        discard(sys.stdout)
        return EXIT_BROKEN_PIPE


def _status_of(arguments: list[str], log: Path) -> int:
    """Run the program; its exit status, with a sentence for the error that ended it."""
    try:
        try:
            status = _run(arguments)
        except SystemExit as ended:  # of argparse, after its help or usage
            status = ended.code if isinstance(ended.code, int) else 0
        _flush_results()
        return status
    except GenreDesktopError as error:
        _log.info("ended with an error", exc_info=error)
        _print_message(str(error))
    except BrokenPipeError:
        raise
    except Exception as error:
        _log.exception("unexpected error")
        _print_message(str(InternalError(reason=f"{type(error).__name__}: {error}")))
        _print_message(tr("The details are in {log}", log=log))
    return EXIT_NOTHING_DONE


def _flush_results() -> None:
    """Write what is left for standard output: at the end of the interpreter an error could not be caught.

    Raises
    ------
    StorageError, BrokenPipeError
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageError(path=tr("standard output"), reason=error.strerror or error) from error


def _print_message(message: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(printable(message), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
