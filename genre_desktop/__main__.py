"""The way in: a window without a subcommand, the command line with one."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
from collections.abc import Sequence

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError, InternalError, NoDisplayError
from genre_desktop.core.i18n import tr
from genre_desktop.core.log import configure_logging
from genre_desktop.core.untrusted.printable import printable

COMMANDS = ("classify", "evaluate", "train", "models", "tag", "undo", "live", "check")
"""First words that go to the command line; anything else is a path for the window."""

EXIT_NOTHING_DONE = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141


def prepare_environment() -> None:
    """Set what the heavy libraries read from the environment while they are imported."""
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    # Otherwise TensorFlow greets the user on standard error.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # numba caches beside its callers' sources, which a frozen or system-wide install cannot.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(locations.user_cache() / "numba"))
    # Each would make a folder of its own in the user's home.
    os.environ.setdefault("KERAS_HOME", str(locations.user_cache() / "keras"))
    os.environ.setdefault("MPLCONFIGDIR", str(locations.user_cache() / "matplotlib"))


def prepare_streams() -> None:
    """Let any path be printed, on any terminal, whatever its encoding or bytes."""
    for stream in (sys.stdout, sys.stderr):
        # A program without a console has none at all.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether the window is meant: no subcommand and no option, or only paths."""
    if not arguments:
        return True
    first = arguments[0]
    if first == "--":
        return True
    if first in COMMANDS or first.startswith("-"):
        return False
    # A mistyped command gets the command line's sentence instead of a window.
    is_word = first.isidentifier()
    return not is_word or os.path.lexists(first)


def open_window(paths: Sequence[str]) -> int:
    """Open the window, or let the one that is open already take the paths.

    Raises
    ------
    NoDisplayError
        Where there is no screen: Qt itself would end the process with an abort.
    """
    paths = _leave_current_folder(paths)
    instance = None
    try:
        from genre_desktop.gui.startup import single_instance
    except ImportError as error:
        # Qt's network module wants libraries of the system that the window can do without.
        logging.getLogger(__name__).warning("later starts will not find this window: %s", error)
    else:
        instance = single_instance.join(paths)
        if instance is None:
            _tell(tr("Handed to the window that is open already."))
            return 0
    try:
        from genre_desktop.gui.startup.main import main as gui_main
    except ImportError as error:
        # Qt's wheels rely on a few libraries of the system (libEGL on Linux).
        if (error.name or "").startswith("genre_desktop"):
            raise
        raise NoDisplayError(reason=error) from error
    return gui_main(list(paths), instance)


def _leave_current_folder(paths: Sequence[str]) -> list[str]:
    """Go to the root folder; gives the paths as they are named from there.

    Libraries look for files of theirs in the current folder (`genre_desktop.core.untrusted.root_folder`): Qt for Python
    for its own source, and would wait for a pipe of that name for ever; Windows for the programs that are opened.
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
    # In a packaged program a worker process starts here too, and must not get further.
    multiprocessing.freeze_support()
    prepare_environment()
    prepare_streams()
    locations.protect_own_folders()
    try:
        log = configure_logging()
        try:
            status = _run(list(sys.argv[1:] if arguments is None else arguments))
        except GenreDesktopError as error:
            logging.getLogger(__name__).info("ended with an error", exc_info=error)
            _tell(str(error))
            status = EXIT_NOTHING_DONE
        except (KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("unexpected error")
            _tell(str(InternalError(reason=f"{type(error).__name__}: {error}")))
            _tell(tr("The details are in {log}", log=log))
            status = EXIT_NOTHING_DONE
        if sys.stdout is not None:
            # Here and not at the interpreter's end, where a closed pipe cannot be caught.
            sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        _tell(tr("Stopped."))
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # `genre-desktop classify ... | head` has what it wants.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_BROKEN_PIPE


def _tell(sentence: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(printable(sentence), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
