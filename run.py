#!/usr/bin/env python3
"""Start Genre Desktop on a machine that has only Python 3.11, 3.12 or 3.13.

    python3 run.py                      open the window
    python3 run.py classify FOLDER      the command line (python3 run.py --help)
    python3 run.py test [ARGUMENTS]     the tests, with pytest's arguments
    python3 run.py package              the program as a folder, in dist/
    python3 run.py package --smoke      the same, then used as somebody would who has nothing else
    python3 run.py package --tar --deb  the same, then packed for Linux (Windows: --setup)

The first start makes a virtual environment, .venv beside this file, and installs into it the wheels
whose hashes stand in constraints.txt; later starts only compare a stamp. It says all on standard error.

Standard library only, and no syntax younger than Python 3.6: an old Python has to get far
enough to say that it is too old.
"""

import ctypes
import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
PINS = os.path.join(ROOT, "constraints.txt")
VENV = os.path.join(ROOT, ".venv")
STAMP, LOG = os.path.join(VENV, "genre-desktop.stamp"), os.path.join(VENV, "install.log")
WINDOWS, LINUX = sys.platform == "win32", sys.platform.startswith("linux")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")

SUPPORTED = ((3, 11), (3, 12), (3, 13))
# As in genre_desktop/__main__.py.
COMMANDS = ("classify", "evaluate", "train", "models", "tag", "undo", "live", "check")

# Debian's package for each library of the system that a wheel relies on.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
SCREEN_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# For sound, and for a second start to find the window that is open; a window opens without them too.
WANTED_LIBRARIES = {
    "libportaudio.so.2": "libportaudio2",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
PACKAGERS = {
    "--tar": os.path.join("packaging", "linux", "make_tar.py"),
    "--deb": os.path.join("packaging", "linux", "make_deb.py"),
    "--setup": os.path.join("packaging", "windows", "make_installer.py"),
}
SMOKE_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
FONT_PACKAGE = "fonts-dejavu-core"


class Trouble(Exception):
    """A sentence for the person; the program ends with status 2."""


def say(sentence: str) -> None:
    """Standard error, so that standard output stays the program's; on a full disk it is left unsaid."""
    try:
        if sys.stderr is not None:
            print(sentence, file=sys.stderr, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # or the rest would fail again at the end


def open_closed_streams() -> None:
    """As `genre_desktop.core.standard_streams`: a file that is opened would get the place of a closed stream."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest that is free


# --- the right Python -------------------------------------------------------------------


def go_on_with_supported_python() -> None:
    """Hand over to another Python of this machine where this one will not do."""
    if sys.version_info[:2] in SUPPORTED or os.path.exists(PYTHON):
        return
    for major, minor in reversed(SUPPORTED):
        other = shutil.which(f"python{major}.{minor}")
        # A stand-in of a version manager may be on the path without its Python.
        if other and subprocess.run([other, "-P", "-c", "import venv"], stderr=subprocess.DEVNULL).returncode == 0:
            sys.exit(hand_over([other, os.path.abspath(__file__), *sys.argv[1:]]))
    raise Trouble(
        "Genre Desktop needs Python 3.11, 3.12 or 3.13; this is Python {}.{} ({}). "
        "Install one of them and start run.py with it.".format(*sys.version_info[:2], sys.executable)
    )


def hand_over(command: "list[str]", **environment: str) -> int:
    """Become another program; where that is impossible (Windows), wait for it."""
    variables = dict(os.environ, **environment)
    # Meant for another Python than the one in .venv.
    variables.pop("PYTHONHOME", None)
    if not WINDOWS:
        os.execve(command[0], command, variables)
    process = subprocess.Popen(command, env=variables)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # The child got it too, and ends in its own way.


# --- libraries of the system ------------------------------------------------------------


def missing_packages(libraries: "dict[str, str]") -> "list[str]":
    """Debian's names of the libraries that the loader does not find."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def has_font() -> bool:
    """Tell whether Qt will find any font to write with."""
    data = [os.path.expanduser("~/.local/share"), "/usr/local/share", "/usr/share"]
    return any(glob.glob(os.path.join(folder, "fonts", "**", "*.[to]tf"), recursive=True) for folder in data)


def apt_install(packages: "list[str]", purpose: str) -> bool:
    """Install Debian packages where this user may; else say which are wanted.

    True when they were installed.
    """
    command = "apt install " + " ".join(packages)
    if not shutil.which("apt-get"):
        say(f"{purpose} needs libraries that are missing here; Debian calls them: {' '.join(packages)}")
        return False
    if os.geteuid() != 0:
        say(f"{purpose} needs libraries that are missing here. Install them with: sudo {command}")
        return False
    say(f"Installing what {purpose[0].lower() + purpose[1:]} needs: {command}")
    variables = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            step, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode != 0 and step[1] == "install":
            say(done.stdout.decode("utf-8", "replace")[-2000:])
            return False
    return True


def check_system_libraries(with_screen: bool) -> None:
    """Libraries for the window or, without a screen, for its tests."""
    if not LINUX:
        return
    needed = missing_packages(dict(QT_LIBRARIES, **(SCREEN_LIBRARIES if with_screen else {})))
    if not has_font():
        needed.append(FONT_PACKAGE)
    wanted = missing_packages(WANTED_LIBRARIES)
    if needed + wanted and not apt_install(needed + wanted, "The window") and needed:
        raise Trouble(
            "GD-501: No window can be opened here (libraries are missing, see above). "
            "The command line does the same without one: python3 run.py classify FILE"
        )


# --- the virtual environment ------------------------------------------------------------


def fingerprint() -> str:
    """What the environment was made from; a change means installing again."""
    digest = hashlib.sha256(os.path.realpath(PYTHON).encode("utf-8", "surrogateescape"))
    for path in (os.path.join(ROOT, "pyproject.toml"), PINS, os.path.join(VENV, "pyvenv.cfg")):
        if os.path.exists(path):  # a broken environment may lack its own
            with open(path, "rb") as file:
                digest.update(file.read())
    # An editable installation remembers where its sources stood.
    digest.update(ROOT.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def read_stamp() -> "list[str]":
    """Fingerprint and extras of the last complete installation."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            return file.read().split()
    except OSError:
        return []


def venv_works() -> bool:
    """Tell whether .venv has a supported Python with pip that finds its own packages."""
    # Without pyvenv.cfg it runs as the system's Python, into which nothing may be installed.
    code = "import sys, pip; sys.exit(sys.prefix == sys.base_prefix or sys.version_info[:2] not in {!r})"
    try:
        return subprocess.run([PYTHON, "-P", "-c", code.format(SUPPORTED)], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make .venv afresh."""
    say(f"Making the virtual environment {VENV}")
    try:
        import ensurepip  # noqa: F401  (Debian leaves it out of its Python)
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        if not (LINUX and apt_install([package], "The virtual environment")):
            raise Trouble("Then start run.py again.") from None
    done = subprocess.run(
        [sys.executable, "-P", "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode != 0:
        raise Trouble("The virtual environment could not be made:\n" + done.stdout.decode("utf-8", "replace"))


def install(extras: "list[str]") -> None:
    """Bring .venv up to date; an interrupted installation goes on where it was."""
    stamp = read_stamp()
    if stamp and stamp[0] == fingerprint() and set(extras) <= set(stamp[1:]):
        return
    if not venv_works():
        make_venv()
    # What was there stays: a call for the tests must not cost the packager, or the other way round.
    extras = sorted(set(extras) | set(stamp[1:]))
    if os.path.exists(STAMP):  # not where the environment was made afresh
        os.unlink(STAMP)
    say("Installing the program's libraries (the first time: about 600 MB, some minutes)")
    if os.path.exists(LOG):
        os.unlink(LOG)
    # A source distribution would run whatever its setup.py says.
    run_pip(["install", "--require-hashes", "--only-binary", ":all:", "--requirement", requirements(extras)])
    # A folder has no hash. What builds it is there by now, and nothing more is fetched.
    run_pip(["install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT])
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write("\n".join([fingerprint(), *extras]) + "\n")
    say("Installed.")


def requirements(extras: "list[str]") -> str:
    """Write what constraints.txt names for these extras; without any, pip takes their markers as not fulfilled."""
    with open(PINS, encoding="utf-8") as file:
        text = file.read()
    for extra in extras:
        text = text.replace(f"extra == '{extra}'", "python_version >= '3'")
    path = os.path.join(VENV, "requirements.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def run_pip(arguments: "list[str]") -> None:
    """Run pip: its words into a log, what it fetches to the screen."""
    command = [PYTHON, "-P", "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    variables = dict(os.environ, PIP_USER="0", PYTHONIOENCODING="utf-8", PYTHONUNBUFFERED="1")
    variables.pop("PYTHONHOME", None)
    complaints = []
    tampered = []
    is_mismatch = False
    with open(LOG, "a", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        with process:
            assert process.stdout is not None
            for raw in process.stdout:
                line = raw.decode("utf-8", "replace").rstrip()
                log.write(line + "\n")
                words = line.split()
                if words[:1] == ["Downloading"] and words[-1:] != ["metadata"]:
                    name, version = words[1].rsplit("/", 1)[-1].split("-")[:2]
                    say(" ".join(["  fetching", name, version, *words[2:]]))
                elif line.startswith("Installing collected") and words[-1] != "genre-desktop":
                    say("  unpacking")
                elif line.startswith("ERROR:"):
                    is_mismatch = "DO NOT MATCH THE HASHES" in line
                    complaints.append(line)
                elif is_mismatch and words[1:2] == ["from"]:
                    tampered.append(words[0])
    if process.returncode != 0 and tampered:
        raise Trouble(
            f"The libraries could not be installed: what was fetched as {', '.join(tampered)} is not the file that "
            "constraints.txt names (another SHA-256). It may have been damaged or tampered with on its way.\n"
            f"Details are in {LOG}. Start run.py again; if it says the same, try another network."
        )
    if process.returncode != 0:
        reason = "\n".join(complaints[:3]) or f"pip ended with status {process.returncode}"
        raise Trouble(
            f"The libraries could not be installed.\n{reason}\n"
            f"Details are in {LOG}. Start run.py again to go on from here."
        )


# --- what was asked for -----------------------------------------------------------------


def wants_window(arguments: "list[str]") -> bool:
    """As `genre_desktop.__main__.wants_window`, which cannot be imported yet."""
    if not arguments or arguments[0] == "--":
        return True
    first = arguments[0]
    if first in COMMANDS or first.startswith("-"):
        return False
    return not first.isidentifier() or os.path.lexists(first)


def check_screen() -> bool:
    """Tell whether Qt will draw on a real screen; without any there can be no window."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform not in ("", "xcb", "wayland"):
        return False
    if LINUX and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise Trouble(
            "GD-501: No window can be opened here (there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "The command line does the same without one: python3 run.py classify FILE"
        )
    return True


def package(options: "list[str]") -> int:
    """Build the program's folder; then, as asked, use it as a stranger would (packaging/smoke) and pack it."""
    known = ["--smoke", *PACKAGERS]
    if any(option not in known for option in options):
        raise Trouble("package builds the program as a folder; it may be followed by " + ", ".join(known) + ".")
    if "--smoke" in options:
        check_system_libraries(with_screen=True)
        missing = [package for tool, package in SMOKE_TOOLS.items() if not shutil.which(tool)]
        if missing:
            # Without xdotool a step is left out, and says so; without Xvfb the test ends with a sentence.
            apt_install(missing, "The test of the window")
    install(["package"])
    os.chdir(ROOT)
    build = [PYTHON, os.path.join("packaging", "build.py")]
    steps = [build]
    if "--smoke" in options:
        steps.append([PYTHON, "-m", "smoke"])
    steps += [[PYTHON, script] for option, script in PACKAGERS.items() if option in options]
    for step in steps:
        # For smoke alone: PyInstaller would look for the program's modules there, too.
        folder = {"PYTHONPATH": os.path.join(ROOT, "packaging")} if "smoke" in step else {}
        status = subprocess.call(step, env=dict(os.environ, **folder))
        if status != 0:
            return status
    return 0


def main(arguments: "list[str]") -> int:
    """Install what is missing and become the program that was asked for."""
    go_on_with_supported_python()
    command = arguments[0] if arguments else ""
    if command in ("test", "package") and {"-h", "--help"} & set(arguments):
        say(__doc__.strip())
        return 0
    if command == "test":
        check_system_libraries(with_screen=False)
        install(["test"])
        os.chdir(ROOT)
        return hand_over([PYTHON, "-m", "pytest", *arguments[1:]], QT_QPA_PLATFORM="offscreen")
    if command == "package":
        return package(arguments[1:])
    if wants_window(arguments):
        check_system_libraries(with_screen=check_screen())
    install([])
    # -P: a json.py in the folder where the user stands must not be imported.
    return hand_over([PYTHON, "-P", "-m", "genre_desktop", *arguments])


if __name__ == "__main__":
    open_closed_streams()
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        say(str(trouble))
        sys.exit(2)
    except KeyboardInterrupt:
        say("Stopped; the next start goes on from here.")
        sys.exit(130)
