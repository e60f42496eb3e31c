"""Restores the system's library paths for programs that the packaged program starts (runtime hook, Linux).

The program looks for libraries in its own folder first (LD_LIBRARY_PATH, which the bootloader sets and the loader
has read by now), and PyInstaller's hook names the folder of Qt's plugins in a variable, where the wheel's own
qt.conf has it, too. What the program starts, such as the file manager, is to have those of the system; workers, which
are the program once more, set theirs again. So this hook runs after PyInstaller's.
"""

import ctypes.util
import glob
import os
import sys


def restore_environment() -> None:
    """Give the processes to come the libraries and Qt's plugins that they would have without this one."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before
    for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def find_bundled_first(folder: str) -> None:
    """Let sounddevice find the PortAudio of the folder: on Linux it asks the system alone."""
    of_system = ctypes.util.find_library

    def find_library(name: str) -> "str | None":
        found = sorted(glob.glob(os.path.join(glob.escape(folder), f"lib{name}.so*")))
        return found[0] if found else of_system(name)

    ctypes.util.find_library = find_library


if getattr(sys, "frozen", False) and sys.platform.startswith("linux"):
    restore_environment()
    find_bundled_first(sys._MEIPASS)  # type: ignore[attr-defined]
