"""Messages of Qt in the log."""

from __future__ import annotations

import os
import subprocess
import sys

from genre_desktop.core.log import log_file


def test_a_repeated_message_does_not_fill_the_log() -> None:
    code = (
        "import os, sys\n"
        "from PySide6.QtCore import qWarning\n"
        "from genre_desktop.gui.startup.qt_message_log import install_qt_message_handler, remove_qt_message_handler\n"
        "from genre_desktop.core.log import configure_logging\n"
        "configure_logging(); install_qt_message_handler()\n"
        "sys.excepthook = lambda *_: os._exit(7)\n"
        "sys.unraisablehook = lambda *_: os._exit(8)\n"
        "for number in range(500): qWarning('painter not active')\n"
        "qWarning('something else')\n"
        "remove_qt_message_handler(); os._exit(0)\n"
    )
    reader, writer = os.pipe()
    os.close(reader)  # as behind `| head`
    ended = subprocess.run([sys.executable, "-c", code], stderr=writer)
    os.close(writer)
    assert ended.returncode == 0
    log = log_file().read_text("utf-8")
    assert log.count("painter not active") == 20 and "something else" in log


def test_messages_are_logged_and_printed() -> None:
    code = (
        "from PySide6.QtCore import qWarning, qFatal\n"
        "from genre_desktop.gui.startup.qt_message_log import install_qt_message_handler, remove_qt_message_handler\n"
        "from genre_desktop.core.log import configure_logging\n"
        "configure_logging(); install_qt_message_handler()\n"
        "qWarning('a plugin is missing')\n"
        "remove_qt_message_handler(); qWarning('after the handler was removed')\n"
        "install_qt_message_handler(); qFatal('no screen at all')\n"
    )
    ended = subprocess.run([sys.executable, "-X", "faulthandler=0", "-c", code], capture_output=True, text=True)
    assert ended.returncode != 0, "Qt ends the process"
    log = log_file().read_text("utf-8")
    assert "WARNING" in log and "a plugin is missing" in log and "after the handler was removed" not in log
    assert "CRITICAL" in log and "no screen at all" in log
    assert "a plugin is missing" in ended.stderr
