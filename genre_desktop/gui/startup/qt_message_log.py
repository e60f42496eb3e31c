"""Messages of Qt in the log: a program without a console cannot print them."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections import Counter

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,  # Qt aborts the process next, which leaves a traceback in crash.log
}

_MAX_REPEATS = 20
"""Entries of one message in the log. One for each paint event would soon push everything else out of the log."""

_MAX_TEXTS = 1000
"""Different messages that are counted; some hold an address and are never the same."""

_counts: Counter[str] = Counter()


def install_qt_message_handler() -> None:
    """Log messages of Qt, and print them to standard error as Qt does."""
    _counts.clear()
    qInstallMessageHandler(_log_message)


def remove_qt_message_handler() -> None:
    """Restore Qt's own handler, before the interpreter ends."""
    qInstallMessageHandler(None)


def _log_message(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    text = message or ""
    if len(_counts) > _MAX_TEXTS:
        _counts.clear()
    _counts[text] += 1
    if _counts[text] <= _MAX_REPEATS:
        _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "qt", text)
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # a pipe whose reader is gone, or a closed stream
            print(text, file=sys.stderr, flush=True)
