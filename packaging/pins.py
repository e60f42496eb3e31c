"""Write constraints.txt: every library at one version, with the hashes of its wheels.

::

    python packaging/pins.py                 the versions stay, new dependencies of pyproject.toml come in
    python packaging/pins.py keras pillow    these at the newest version that fits
    python packaging/pins.py --all           all of them

uv tells what is needed on which system and Python (``pip install uv``; nothing else here wants it). The tests
have to pass with what it wrote before it is committed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "pyproject.toml"
PINS = ROOT / "constraints.txt"
EXTRAS = ("", "package", "test")
"""As in pyproject.toml; the first is what everybody gets."""

HEADER = """\
# Every library at the version that the tests ran with, and the SHA-256 of its wheels; written by packaging/pins.py.
# Python 3.11 to 3.13 on Linux (x86_64; aarch64 untried), Windows and macOS 14 or later. run.py lets pip install
# nothing else; for the extras `test` and `package` it takes their markers as fulfilled.
"""

_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)
_PYTHONS = {"cp311", "cp312", "cp313"}
_STABLE_ABI = re.compile(r"cp3(\d+)")
_PLATFORM = re.compile(r"any|manylinux.*_(x86_64|aarch64)|win_amd64|macosx_\d+_\d+_(arm64|universal2)")

Package = tuple[str, str]
"""Name and version."""


def fits(tag: Tag) -> bool:
    """Tell whether a wheel with this tag may be installed by Python 3.11 to 3.13 on a system that we know."""
    if not _PLATFORM.fullmatch(tag.platform):
        return False
    if tag.abi == "abi3":
        since = _STABLE_ABI.fullmatch(tag.interpreter)
        return since is not None and int(since.group(1)) <= 13
    return (tag.abi == "none" and tag.interpreter in _PYTHONS | {"py3"}) or (
        tag.abi in _PYTHONS and tag.interpreter == tag.abi
    )


def wheel_hashes(package: dict[str, Any]) -> list[str]:
    """SHA-256 of the wheels that fit, of one package of a lock file."""
    return sorted(
        wheel["hashes"]["sha256"]
        for wheel in package["wheels"]
        if any(map(fits, parse_wheel_filename(wheel["url"].rsplit("/", 1)[-1])[3]))
    )


def locked(extra: str, versions: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What uv finds to be needed with an extra, with all files of each library; `versions` are kept."""
    # What the project itself is built with, too: nothing is fetched for that later.
    wanted = tomllib.loads(PROJECT.read_text("utf-8"))["build-system"]["requires"]
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(scratch, "kept.txt")
        kept.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()), "utf-8")
        command = [
            *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--only-binary", ":all:"),
            *("--format", "pylock.toml", "--constraint", str(kept), *(["--extra", extra] if extra else [])),
            *(str(PROJECT), "-"),
        ]
        done = subprocess.run(command, input="\n".join(wanted), stdout=subprocess.PIPE, text=True, check=True)
    yield from tomllib.loads(done.stdout)["packages"]


def merged_marker(markers: dict[str, str]) -> str:
    """When a library is needed: always ("") or what a marker of pip says.

    Parameters
    ----------
    markers : dict of str to str
        By extra, when it is needed with that; "" as an extra is none, "" as a marker always.

    Examples
    --------
    >>> merged_marker({"": "sys_platform == 'win32'", "test": "sys_platform == 'win32'"})
    "sys_platform == 'win32'"
    >>> merged_marker({"package": "", "test": ""})
    "extra == 'package' or extra == 'test'"
    """
    extras = defaultdict(list)
    for extra, marker in markers.items():
        extras[marker].append(extra)
    parts = []
    for marker, names in extras.items():
        condition = "" if "" in names else " or ".join(f"extra == '{name}'" for name in names)
        if not (marker or condition):
            return ""
        parts.append(f"({marker}) and ({condition})" if marker and condition else marker or condition)
    return " or ".join(parts)


def pins(versions: dict[str, str]) -> str:
    """The text of constraints.txt; of what is in `versions`, that one."""
    markers: dict[Package, dict[str, str]] = defaultdict(dict)
    hashes: dict[Package, list[str]] = {}
    for extra in EXTRAS:
        for package in locked(extra, versions):
            key = package["name"], package["version"]
            markers[key][extra] = package.get("marker", "")
            hashes[key] = wheel_hashes(package)
    lines = []
    for key in sorted(hashes):
        marker = merged_marker(markers[key])
        first = "==".join(key) + (f" ; {marker}" if marker else "")
        lines.append(" \\\n    ".join([first, *(f"--hash=sha256:{digest}" for digest in hashes[key])]))
    return HEADER + "\n".join(lines) + "\n"


def main() -> int:
    """Command line of this module."""
    parser = argparse.ArgumentParser(description="Write constraints.txt: every library with the hashes of its wheels.")
    parser.add_argument("names", nargs="*", help="libraries to bring to their newest version")
    parser.add_argument("--all", action="store_true", help="bring all of them to their newest version")
    arguments = parser.parse_args()
    known = dict(_PIN.findall(PINS.read_text("utf-8")))
    newer = known if arguments.all else {canonicalize_name(name) for name in arguments.names}
    text = pins({name: version for name, version in known.items() if name not in newer})
    PINS.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
