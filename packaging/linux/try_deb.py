"""Try the Debian package, and the archive, on a bare Debian in a folder.

As root, on a machine with debootstrap::

    python3 packaging/linux/try_deb.py                                    dist/*.deb on Debian 12
    python3 packaging/linux/try_deb.py --suite trixie --tar dist/X.tar.xz

The bare system comes from where this machine's own packages come from. Each command runs in name spaces of its own:
what is mounted for it is gone when it ends, and so is every process it started. Ends with status 1 when something
is not as it should be.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import struct
import subprocess
import sys
import time
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product

USER: Final = "tester"
HOME: Final = f"/home/{USER}"
LOG: Final = f"{HOME}/.local/state/genre-desktop/log/genre-desktop.log"

# Nothing of this is a dependency: it looks at the package from outside.
TOOLS: Final = (
    "xvfb",
    "x11-utils",
    "x11-apps",
    "desktop-file-utils",
    "appstream",
    "libglib2.0-bin",
    "xdg-utils",
    "zstd",
    "xz-utils",
)

WINDOW_SCRIPT: Final = """
Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
export DISPLAY=:7
sleep 2
{program} "$HOME/music" >"$HOME/window.out" 2>&1 &
window=$!
i=0
while [ $i -lt 120 ] && ! grep -q " ready " {log} 2>/dev/null; do sleep 1; i=$((i + 1)); done
sleep 15
grep -E "first paint|ready" {log} | tail -n 2
# Those without a class are Qt's own helpers.
xwininfo -root -tree | grep '("' | grep -v "has no name"
xprop -id "$(xwininfo -root -tree | awk '/Genre Desktop.*\\("/ {{ print $1; exit }}')" WM_CLASS
xwd -root -silent >"$HOME/screen.xwd"
grep -E -A 20 "ERROR|CRITICAL|Traceback" {log} "$HOME/window.out" && echo "something went wrong in the window"
# Not INT: a shell lets what runs in the background ignore it, and the program then does so, too.
kill -TERM $window
wait $window
echo "the window ended with status $?"
"""


class BareSystem:
    """A Debian in a folder.

    Parameters
    ----------
    base : Path
        Where debootstrap's result is kept for the next time.
    suite : str
        Debian's name of the version.
    """

    def __init__(self, base: Path, suite: str) -> None:
        self.root = base / f"{suite}-trial"
        pristine = base / suite
        if not (pristine / "etc/debian_version").exists():
            base.mkdir(parents=True, exist_ok=True)
            _run(["debootstrap", "--variant=minbase", suite, str(pristine), _mirror()])
        if self.root.exists():
            shutil.rmtree(self.root)
        # cp and not shutil: devices and owners.
        _run(["cp", "-a", str(pristine), str(self.root)])
        (self.root / "etc/apt/sources.list").write_text(f"deb {_mirror()} {suite} main\n")
        how = subprocess.run(["apt-config", "dump", "Acquire"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
        (self.root / "etc/apt/apt.conf.d/99as-outside").write_text(how.stdout)
        for name in ("etc/resolv.conf", "etc/hosts"):
            if os.path.exists(f"/{name}"):
                shutil.copyfile(f"/{name}", self.root / name)

    def run(self, command: str, *, user: str = "root", limit_s: int = 900) -> tuple[int, str]:
        """Run a shell command inside.

        Returns
        -------
        tuple of int and str
            Exit status and everything said.
        """
        home = HOME if user == USER else "/root"
        inside = [
            "chroot", f"--userspec={user}:{user}", str(self.root),
            "/usr/bin/env", "-i", f"HOME={home}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
            "DEBIAN_FRONTEND=noninteractive", "/bin/sh", "-c", f"cd; {command}",
        ]  # fmt: skip
        mounts = 'mount -t proc proc "$0/proc"; mkdir -p "$0/dev/shm"; mount -t tmpfs tmpfs "$0/dev/shm"; exec "$@"'
        done = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", mounts, str(self.root), *inside],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=limit_s,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def files(self) -> set[str]:
        """All there is, but for what apt and dpkg keep for themselves."""
        found: set[str] = set()
        for folder, folders, names in os.walk(self.root):
            place = "/" + os.path.relpath(folder, self.root)
            folders[:] = [name for name in folders if f"{place}/{name}" not in ("/./proc", "/./home", "/./tmp")]
            found.update(os.path.normpath(f"{place}/{name}") for name in [*folders, *names])
        kept = ("/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/")
        return {path for path in found if not path.startswith(kept)}


class Trial:
    """Steps that are told as they are done, and whether all went well."""

    def __init__(self, system: BareSystem) -> None:
        self.system = system
        self.failed: list[str] = []

    def step(self, name: str, command: str, *, user: str = "root", want: Sequence[str] = ()) -> str:
        """Run a command; it has to end with status 0 and to say what is wanted."""
        begin = time.monotonic()
        status, said = self.system.run(command, user=user)
        missing = [word for word in want if word not in said]
        is_good = status == 0 and not missing
        print(f"{'ok    ' if is_good else 'FAILED'} {time.monotonic() - begin:6.1f} s  {name}", flush=True)
        if not is_good:
            self.failed.append(name)
            print(f"       status {status}, missing: {missing}\n{said[-3000:]}", flush=True)
        return said

    def check(self, name: str, is_good: bool, details: str = "") -> None:
        """Tell of something that was looked at."""
        print(f"{'ok    ' if is_good else 'FAILED'}           {name}", flush=True)
        if not is_good:
            self.failed.append(name)
            print(details, flush=True)


def try_deb(trial: Trial, package: Path) -> None:
    """Install, use, remove."""
    system = trial.system
    shutil.copyfile(package, system.root / "root" / package.name)
    before = system.files()
    trial.step("apt-get update", "apt-get update")
    said = trial.step(f"apt-get install ./{package.name}", f"apt-get install -y ./{package.name}")
    print("       " + " ".join(line for line in said.splitlines() if " newly installed" in line))
    installed = system.files()
    trial.step("dpkg --verify", "dpkg --verify genre-desktop")
    _use(trial, product.CONSOLE)
    trial.step("use by root leaves the program's folder alone", "genre-desktop check", want=["tensorflow"])
    written = {path for path in system.files() - installed if path.startswith("/usr/")}
    trial.check("nothing was written below /usr", not written, "\n".join(sorted(written)[:20]))
    trial.step("tools to look from outside", f"apt-get install -y --no-install-recommends {' '.join(TOOLS)}")
    _look(trial, "/usr/share", user="root")
    _window(trial, product.WINDOW)
    trial.step("apt-get remove", "apt-get remove -y genre-desktop")
    left = sorted(path for path in system.files() if "genre" in path.lower() and not path.startswith("/root/"))
    trial.check("remove leaves nothing", not left, "\n".join(left[:20]))
    # Without settings files below /etc there is nothing left for a purge to do.
    trial.step("dpkg has forgotten it", "! dpkg-query --status genre-desktop")
    trial.step("what came with it goes", f"apt-get purge -y {' '.join(TOOLS)} && apt-get autoremove -y --purge")
    left = sorted(
        path
        for path in system.files() - before
        if not path.startswith(("/root/", "/var/lib/systemd/")) and "__pycache__" not in path
    )
    trial.check("nothing of ours is left", not any("genre" in path.lower() for path in left))
    print("       left by other packages: " + (", ".join(left[:12]) or "nothing") + (" ..." if len(left) > 12 else ""))
    trial.step("the user's data are still there", f"test -d {HOME}/.local/share/genre-desktop -a -f {LOG}")


def try_tar(trial: Trial, archive: Path) -> None:
    """Install for one user from a folder with a space and a letter that is not ASCII, use, update, remove."""
    system = trial.system
    place = system.root / HOME[1:] / "Heruntergeladene Dateien ü"
    place.mkdir()
    _run(["tar", "-xf", str(archive), "-C", str(place), "--strip-components=1"])
    _run(["chown", "-R", "1000:1000", str(place)])
    folder = f"{HOME}/{place.name}"
    # The libraries and tools that a desktop has anyway.
    needs = (
        "libegl1 libgl1 libx11-xcb1 libxcb1 libwayland-cursor0 libwayland-egl1 libdbus-1-3 libfontconfig1 "
        "libglib2.0-0 libasound2 xkb-data shared-mime-info"
    )
    trial.step("apt-get update", "apt-get update")
    trial.step("what a desktop has", f"apt-get install -y --no-install-recommends {needs} {' '.join(TOOLS)}")
    before = _owned(system)
    trial.step("install.sh", f"'{folder}/install.sh'", user=USER, want=["is installed"])
    program = f"{HOME}/.local/bin/genre-desktop"
    _use(trial, program)
    trial.step("install.sh once more", f"'{folder}/install.sh'", user=USER, want=["is installed"])
    _look(trial, f"{HOME}/.local/share", user=USER)
    _window(trial, f"{HOME}/.local/bin/{product.WINDOW}")
    trial.step("uninstall.sh", f"{HOME}/.local/opt/genre-desktop/uninstall.sh", user=USER, want=["is removed"])
    data = (
        "/.local/share/genre-desktop",
        "/.config/genre-desktop",
        "/.cache",
        "/.local/state",
        "/music",
        "/window.out",
    )
    left = sorted(
        path for path in _owned(system) - before
        if not path.startswith(data) and path not in ("/screen.xwd", "/.local", "/.local/share", "/.config")
    )  # fmt: skip
    trial.check("uninstall.sh leaves nothing but the user's data", not left, "\n".join(left[:20]))


def _use(trial: Trial, program: str) -> None:
    trial.step("--version", f"{program} --version", user=USER, want=[product.version()])
    trial.step("check", f"{program} check", user=USER)
    trial.step("classify", f"{program} classify music/chord.wav", user=USER, want=["chord.wav"])
    said = trial.step("classify the demo clips", f"{program} classify", user=USER, want=["walking bass"])
    print("".join(f"       {line}\n" for line in said.splitlines() if "walking bass" in line), end="")


def _look(trial: Trial, share: str, *, user: str) -> None:
    entry = f"{share}/applications/genre-desktop.desktop"
    trial.step("desktop-file-validate", f"desktop-file-validate {entry}", user=user)
    described = f"{share}/metainfo/{product.COMPONENT_ID}.metainfo.xml"
    # Since AppStream 1.0 a homepage is asked for; there is none yet. Older ones refuse a tag that they do not know.
    override = 'case $(appstreamcli --version) in *" 0."*) ;; *) set -- --override url-homepage-missing=info ;; esac'
    command = f'{override}; appstreamcli validate --no-net --pedantic "$@" {described}'
    said = trial.step("appstreamcli validate", command, user=user)
    print("".join(f"       {line}\n" for line in said.splitlines() if line.strip()), end="")
    for kind in ("audio/flac", "audio/mpeg", "audio/x-caf"):
        trial.step(f"gio mime {kind}", f"gio mime {kind}", user=user, want=["genre-desktop.desktop"])
    sounds = "for e in caf w64 rf64 wave weba; do echo x >x.$e; gio info -a standard::content-type x.$e; rm x.$e; done"
    trial.step("types of endings", sounds, user=user, want=["audio/x-caf", "audio/x-w64", "audio/x-rf64", "audio/webm"])
    trial.step("icon", f"test -s {share}/icons/hicolor/48x48/apps/genre-desktop.png", user=user)


def _window(trial: Trial, program: str) -> None:
    script = WINDOW_SCRIPT.format(program=program, log=LOG)
    said = trial.step("window under Xvfb", script, user=USER, want=["WM_CLASS", " ready ", "ended with status 0"])
    print("".join(f"       {line}\n" for line in said.splitlines()), end="")
    trial.check("the window has nothing to complain of", "something went wrong" not in said)
    screen = trial.system.root / HOME[1:] / "screen.xwd"
    if screen.exists():
        shutil.copyfile(screen, trial.system.root.with_suffix(".xwd"))


def _owned(system: BareSystem) -> set[str]:
    home = system.root / HOME[1:]
    return {"/" + str(path.relative_to(home)) for path in home.rglob("*")}


def _add_user(system: BareSystem) -> None:
    system.run(f"useradd --create-home --shell /bin/sh --uid 1000 {USER}")
    music = system.root / HOME[1:] / "music"
    music.mkdir()
    with wave.open(str(music / "chord.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        for i in range(22_050 * 12):
            beat = (i / 22_050) % 0.5
            level = (
                6_000 * math.exp(-5 * beat) * sum(math.sin(2 * math.pi * f * i / 22_050) for f in (220, 277.2, 329.6))
            )
            file.writeframesraw(struct.pack("<h", int(level)))
    _run(["chown", "-R", "1000:1000", str(music)])


def _mirror() -> str:
    asked = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        check=True, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    return next(line for line in asked.stdout.split() if "security" not in line)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> int:
    """Try what is named."""
    parser = argparse.ArgumentParser(description="Try the Debian package on a bare Debian in a folder.")
    built = sorted(product.ROOT.glob(f"dist/{product.PACKAGE}_*.deb"))
    parser.add_argument("--deb", type=Path, default=built[-1] if built else None)
    parser.add_argument("--tar", type=Path, help="try this archive with its install.sh, too")
    parser.add_argument("--suite", default="bookworm", help="default: %(default)s")
    parser.add_argument("--work", type=Path, default=product.ROOT / "build" / "bare", help="default: %(default)s")
    given = parser.parse_args()
    if os.geteuid() != 0:
        raise SystemExit("A bare system can only be made by root.")
    failed = []
    for trials, what in ((try_deb, given.deb), (try_tar, given.tar)):
        if what is not None:
            print(f"{what.name} on {given.suite}", flush=True)
            trial = Trial(BareSystem(given.work.resolve(), given.suite))
            _add_user(trial.system)
            trials(trial, what)
            failed += trial.failed
            shutil.rmtree(trial.system.root)
    print("All is well." if not failed else f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
