"""What Qt has to say, in the log: a program without a console has nowhere else to say it."""

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
    QtMsgType.QtFatalMsg: logging.CRITICAL,  # Qt ends the process next, which leaves a stack
}


_MOST_ALIKE = 20
"""Of one message in the log: one of each paint event would soon have pushed all else out of it."""

_MOST_TEXTS = 1000
"""That are told apart: some name an address."""

_counts: Counter[str] = Counter()


def install_qt_message_handler() -> None:
    """Log what Qt tells, and print it as before."""
    _counts.clear()
    qInstallMessageHandler(_keep)


def remove_qt_message_handler() -> None:
    """Let Qt print by itself again: the interpreter is about to end."""
    qInstallMessageHandler(None)


def _keep(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    text = message or ""
    if len(_counts) > _MOST_TEXTS:
        _counts.clear()
    _counts[text] += 1
    if _counts[text] <= _MOST_ALIKE:
        _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "qt", text)
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # whoever read it has gone, or it is closed
            print(text, file=sys.stderr, flush=True)
