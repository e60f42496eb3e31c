"""Whether a window can be opened at all.

Qt ends the process with an abort where there is no screen; a sentence and an exit
status are better.
"""

from __future__ import annotations

import ctypes
import os
import sys

from genre_desktop.core.errors import NoDisplayError
from genre_desktop.core.i18n import tr


def ensure_display() -> None:
    """Check for a screen and the libraries Qt needs for it (X11 only; elsewhere Qt copes).

    Raises
    ------
    NoDisplayError
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform not in ("", "xcb", "wayland"):
        return
    if os.environ.get("WAYLAND_DISPLAY") and platform != "xcb":
        return
    if not os.environ.get("DISPLAY"):
        raise NoDisplayError(reason=tr("neither DISPLAY nor WAYLAND_DISPLAY is set"))
    try:
        # Not part of Qt's wheels, and missing on many servers.
        ctypes.CDLL("libxcb-cursor.so.0")
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        raise NoDisplayError(reason=tr("a library is missing: {error}", error=error)) from error
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise NoDisplayError(reason=tr("the display {name} does not answer", name=os.environ["DISPLAY"]))
