"""Which Debian packages the binaries of the program's folder need.

``dpkg-shlibdeps`` would tell, too: in five minutes for these six hundred binaries, only on a machine that has all of
these libraries, and with the versions of that machine. The folder needs a dozen libraries of the system, all of
which keep their interface since Debian 11, and the C library, whose version is read from the binaries.
"""

from __future__ import annotations

import fnmatch
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libasound.so.2": "libasound2t64 | libasound2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libjack.so.0": "libjack-jackd2-0 | libjack-0.125",
    "libpipewire-0.3.so.0": "libpipewire-0.3-0t64 | libpipewire-0.3-0",
    "libpulse.so.0": "libpulse0",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
"""Debian's package for each library that a folder may leave to the system; 13 | 12 where the name has changed.

Not among them is libssl: the folder has its libcrypto, and a system's libssl may want a younger one.
"""

C_LIBRARY: Final = (
    "ld-linux*", "libc.so.6", "libdl.so.2", "libm.so.6", "libmvec.so.1", "libpthread.so.0", "libresolv.so.2",
    "librt.so.1",
)  # fmt: skip

OPTIONAL_BINARIES: Final = (
    # Qt looks for GTK's dialogs on desktops that have GTK.
    "libqgtk3.so",
    # numba takes another of its pools where there is no TBB.
    "tbbpool*",
    # Screens without a desktop.
    "*EglFS*", "*EglFs*",
)  # fmt: skip
"""Work where what they need happens to be installed, and are not missed elsewhere: no reason to depend on it."""


def packages(home: Path) -> set[str]:
    """Find what a folder needs.

    Parameters
    ----------
    home : Path
        With the program.

    Returns
    -------
    set of str
        Entries of ``Depends``.
    """
    binaries = [path for path in _binaries(home) if not any(fnmatch.fnmatch(path.name, o) for o in OPTIONAL_BINARIES)]
    own = {path.name for path in home.rglob("*")}
    found = {f"libc6 (>= {_c_library_version(binaries)})"}
    for library in sorted(_needed(binaries) - own):
        if any(fnmatch.fnmatch(library, pattern) for pattern in C_LIBRARY):
            continue
        if library not in PACKAGES:
            raise SystemExit(f"The folder needs {library}, which it has not: what Debian package is that in?")
        found.add(PACKAGES[library])
    return found


def _binaries(home: Path) -> Iterator[Path]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _needed(binaries: list[Path]) -> set[str]:
    """Names of the libraries that the binaries name themselves."""
    return set(re.findall(r"\(NEEDED\)[^\[]*\[([^\]]+)\]", _read_elf("-d", binaries)))


def _c_library_version(binaries: list[Path]) -> str:
    """The newest interface of the C library that a binary asks for."""
    versions = {tuple(map(int, found)) for found in re.findall(r"GLIBC_(\d+)\.(\d+)", _read_elf("-V", binaries))}
    return ".".join(map(str, max(versions)))


def _read_elf(what: str, binaries: list[Path]) -> str:
    done = subprocess.run(
        # xargs and not arguments: there may be more than a command line holds.
        ["xargs", "-0", "readelf", "--wide", what],
        input="\0".join(map(str, binaries)).encode(),
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return done.stdout.decode("utf-8", "replace")
