"""Python's hooks for exceptions on threads and in finalizers: into the log instead of onto the terminal."""

from __future__ import annotations

import _thread
import logging
import sys
import threading

_AGAIN_S = 0.05
"""Seconds until an interrupt that was lost is repeated."""

_log = logging.getLogger(__name__)


def log_unhandled_exceptions() -> None:
    """Log exceptions that Python would print to standard error as tracebacks and go on.

    On a full disk a library's archive fails once more when it is deleted. Hooks that somebody else has set are kept:
    the window has its own.
    """
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _on_unraisable
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _on_thread_exception


def _on_unraisable(args: sys.UnraisableHookArgs) -> None:
    if isinstance(args.exc_value, KeyboardInterrupt):
        # It came while a decoder was reading through Python, and was lost there. From within a hook it would be again.
        again = threading.Timer(_AGAIN_S, _thread.interrupt_main)
        again.daemon = True
        again.start()
    elif args.exc_value is not None:
        where = type(args.object).__name__ if args.object is not None else "?"
        _log.warning("%s in %s", args.err_msg or "exception ignored", where, exc_info=args.exc_value)


def _on_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        name = args.thread.name if args.thread is not None else "?"
        _log.error("unexpected error on the thread %s", name, exc_info=args.exc_value)
