"""Diagnostics for a bug report: text without paths and names of the user's files, models and devices.

In English, whatever the language of the window: developers read it. Nothing heavy is imported, and an error in one
section leaves the others intact, because a broken program must still be able to describe itself.
"""

from __future__ import annotations

import collections
import contextlib
import getpass
import locale
import logging
import os
import platform
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.crash_log import crash_log
from genre_desktop.core.log import log_file
from genre_desktop.core.settings import load_settings

_log = logging.getLogger(__name__)

Row = tuple[str, str]

_PACKAGES = ("PySide6-Essentials", "tensorflow", "tensorflow-cpu", "keras", "numpy", "soundfile", "soxr", "av")
_ENVIRONMENT_PREFIXES = tuple(
    "QT_ KERAS_BACKEND TF_ ONEDNN_ DNNL_ XDG_SESSION_TYPE XDG_CURRENT_DESKTOP LANG LC_ALL".split()
)
_LOG_LINES = 80
_CRASH_LINES = 60
_TAIL_BYTES = 64_000

_FRAME = re.compile(r'(?P<before>^\s*File )"(?P<path>[^"]*)"(?P<after>.*)$')
# From the first word with a slash to the end of the line: the end of a path is unknown, as names hold spaces. Each word
# is matched once, from its beginning: a long one would take minutes otherwise.
_PATH = re.compile(r"(?<!\S)\S*[\\/]\S.*$")
_LOG_HEAD = re.compile(r"^(?P<head>\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ \d+ [\w.]+: )(?P<message>.*)$")
_CODE = re.compile(r"GD-\d{3}")
# Error codes of models and devices, whose messages hold names.
_NAMED_ERROR = re.compile(r"(?P<code>GD-(?:2\d\d|50[56])): .*")


def diagnostics(more: Iterable[Row] = (), trace: str = "", *, with_names: bool = False) -> str:
    """Describe the program, the machine and the last entries of the logs.

    Parameters
    ----------
    more : iterable of (str, str)
        Rows that only the window knows: its screen, the model in use.
    trace : str
        The traceback of the error that is reported.
    with_names : bool
        Leave names and paths of the user's files in it.

    Returns
    -------
    str
    """
    shorten: Callable[[str], str] = str if with_names else anonymous
    rows = [row for section in (_program, _machine, _instructions, _settings, _models) for row in _guarded(section)]
    parts = [f"--- What happened ---\n{shorten(trace.strip())}"] if trace.strip() else []
    parts.append(_table([*rows, *more]))
    for title, text in (
        ("Last lines of the log", _tail(log_file(), _LOG_LINES)),
        (f"Last lines of {crash_log().name}{_modified(crash_log())}", _tail(crash_log(), _CRASH_LINES)),
    ):
        if text:
            parts.append(f"--- {title} ---\n{shorten(text)}")
    return "\n\n".join(parts) + "\n"


def anonymous(text: str) -> str:
    """Remove names and paths of the user's files from a text.

    A path is replaced together with the rest of its line. Source files of the program and its libraries stay, relative
    to the folder they are installed in. A message that names a sound file without its folder is left out. An error
    about a model or a device is replaced by the template of its message, as either may bear the name of a person.
    """
    return "\n".join(_anonymous_line(line) for line in text.splitlines())


def _anonymous_line(line: str) -> str:
    frame = _FRAME.match(line)
    if frame:
        return f'{frame["before"]}"{_installed_name(frame["path"])}"{frame["after"]}'
    named = _NAMED_ERROR.search(line)
    if named:
        return f"{line[: named.start()]}{named['code']}: {_sentences()[named['code']]}"
    line = _PATH.sub("<path>", line)
    if _sound_name().search(line):
        logged = _LOG_HEAD.match(line)
        code = _CODE.search(line)
        line = f"{logged['head'] if logged else ''}{code[0] + ': ' if code else ''}<a message that names a file>"
    user = _user()
    return re.sub(rf"\b{re.escape(user)}\b", "<user>", line) if len(user) > 2 else line


def _installed_name(path: str) -> str:
    """The path of a source file relative to where it is installed; ``<path>`` for any other file."""
    name = path.replace("\\", "/")
    if not (name.startswith("/") or name[1:2] == ":"):
        return name  # <frozen importlib>, or in a packaged program, whose paths are relative to its folder
    root = str(locations.resources().parent).replace("\\", "/")
    if name.startswith(f"{root}/"):
        return name[len(root) + 1 :].rpartition("/site-packages/")[2]
    for mark in ("/site-packages/", "/dist-packages/", f"/python{sys.version_info[0]}.{sys.version_info[1]}/", "/Lib/"):
        _, found, behind = name.rpartition(mark)
        if found:
            return behind
    return "<path>"


@cache
def _sound_name() -> re.Pattern[str]:
    from genre_desktop.library.scan.scan import AUDIO_ENDINGS

    endings = "|".join(re.escape(ending) for ending in sorted({*AUDIO_ENDINGS, ".m3u", ".m3u8", ".pls", ".xspf"}))
    return re.compile(rf"\S(?:{endings})\b", re.IGNORECASE)


def _sentences() -> dict[str, str]:
    from genre_desktop.core.errors import error_list

    return collections.defaultdict(lambda: "…", error_list())


@cache
def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


# -- the sections ------------------------------------------------------------------------


def _guarded(section: Callable[[], Iterable[Row]]) -> list[Row]:
    try:
        return list(section())
    except Exception as error:
        _log.warning("no diagnostics of %s", section.__name__, exc_info=error)
        return [(section.__name__.strip("_"), f"unknown ({type(error).__name__})")]


def _program() -> Iterable[Row]:
    form = "packaged" if getattr(sys, "frozen", False) else "from source"
    yield "Genre Desktop", f"{__version__} ({form})"
    yield "Time", datetime.now().astimezone().isoformat(timespec="seconds")
    yield "Python", f"{platform.python_version()} {platform.python_implementation()}"
    yield "Libraries", ", ".join(_versions()) or "unknown"


def _versions() -> list[str]:
    # Takes some hundredths of a second, which the start of the window need not wait for.
    import importlib.metadata

    from genre_desktop.core.third_party import bundled_parts

    # A packaged program has the modules without their metadata, but with a list of their versions.
    listed = (
        {part.name.lower().replace("_", "-"): part.version for part in bundled_parts()}
        if getattr(sys, "frozen", False)
        else {}
    )
    found = []
    for name in _PACKAGES:
        version = listed.get(name.lower())
        if version is None:
            try:
                version = importlib.metadata.version(name)
            except importlib.metadata.PackageNotFoundError:
                continue
        found.append(f"{name} {version}")
    return found


def _machine() -> Iterable[Row]:
    yield "System", f"{platform.platform()}, {platform.machine()}"
    if hasattr(platform, "freedesktop_os_release"):
        with contextlib.suppress(OSError):  # not Linux, or without an os-release file
            yield "Distribution", platform.freedesktop_os_release().get("PRETTY_NAME", "unknown")
    yield "Processors", str(os.cpu_count())
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        yield "Memory", f"{total / 1e9:.1f} GB"
    yield "Locale", f"{'.'.join(filter(None, locale.getlocale())) or 'C'}, files in {sys.getfilesystemencoding()}"
    switches = sorted((name, value) for name, value in os.environ.items() if name.startswith(_ENVIRONMENT_PREFIXES))
    yield "Environment", " ".join(f"{name}={anonymous(value)}" for name, value in switches) or "-"
    yield "Data moved elsewhere", "yes" if os.environ.get(locations.HOME_VARIABLE) else "no"


def _instructions() -> Iterable[Row]:
    # A section of its own: NumPy itself may be broken.
    from genre_desktop.model.processor import instructions

    yield "Instructions", instructions()


def _settings() -> Iterable[Row]:
    settings = load_settings()
    canvas = settings.canvas
    values = {
        "theme": settings.theme,
        "language": settings.language or "the system's",
        "model": "chosen" if settings.default_model else "the shipped one",
        # The name of a device may hold the name of a person.
        "output": "chosen" if settings.output_device else "the system's",
        "input": "chosen" if settings.live_input else "the system's",
        "canvas": f"{canvas.scale} {canvas.n_fft} {canvas.colour_map} {canvas.low_db} to {canvas.high_db} dB",
    }
    yield "Settings", ", ".join(f"{name}: {value}" for name, value in values.items())


def _models() -> Iterable[Row]:
    from genre_desktop.model.bundles.catalogue import default_bundle, list_bundles

    default = default_bundle().path
    for bundle in list_bundles():
        # The name of a user's model may say whose music it was trained on.
        name = bundle.name if bundle.is_shipped else f"one of the user's, {bundle.architecture or 'unknown recipe'}"
        mark = ", the default" if bundle.path == default else ""
        yield "Model", f"{name}, {len(bundle.labels)} genres, {bundle.fingerprint}{mark}"


def _table(rows: Iterable[Row]) -> str:
    known = list(rows)
    width = max(len(title) for title, _ in known)
    return "\n".join(f"{title.ljust(width)}  {text}" for title, text in known)


def _tail(path: Path, n_lines: int) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return "\n".join((lines[1:] if size > _TAIL_BYTES else lines)[-n_lines:])


def _modified(path: Path) -> str:
    try:
        return f", written to at {datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M}"
    except OSError:
        return ""
