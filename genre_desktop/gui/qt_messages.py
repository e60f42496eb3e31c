"""What Qt has to say, in the log: a program without a console has nowhere else to say it."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,  # Qt ends the process next, which leaves a stack
}


def keep_messages() -> None:
    """Log what Qt tells, and print it as before."""
    qInstallMessageHandler(_keep)


def drop_messages() -> None:
    """Let Qt print by itself again: the interpreter is about to end."""
    qInstallMessageHandler(None)


def _keep(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "qt", message or "")
    if sys.stderr is not None:
        print(message or "", file=sys.stderr, flush=True)
