"""The program as it is tested: a read-only copy, run by a user without rights in a nearly empty environment."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smoke.journal import SmokeError, demand

FOLDER = "Genre Desktop – ça marche ♫"
CONSOLE = "genre-desktop"
WINDOW = "genre-desktop-window"


@dataclass(frozen=True)
class Completed:
    """A command that has ended.

    Attributes
    ----------
    seconds : float
        From the start of the process to its end.
    """

    status: int
    output: str
    problems: str
    seconds: float


class Sandbox:
    """A copy of the program and a home for its user.

    Parameters
    ----------
    built : Path
        The folder that PyInstaller made.
    """

    def __init__(self, built: Path) -> None:
        # Root may write anywhere; everybody else tests as themselves.
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.user = self._account.pw_name if self._account else pwd.getpwuid(os.geteuid()).pw_name
        self.root = Path(tempfile.mkdtemp(prefix="genre-desktop-smoke-"))
        self.root.chmod(0o755)
        self.program = self.root / FOLDER
        self.home = self._own_folder("home of Zoë")
        self.music = self._own_folder("Müsic ♪")
        self._empty_path = self._own_folder("no programs")
        self._temporary = self._own_folder("temporary")
        self._own_folder("home of Zoë", "run").chmod(0o700)
        self._children: list[subprocess.Popen[bytes]] = []
        try:
            shutil.copytree(built, self.program, symlinks=True)
            self._take_away_write_permission()
        except BaseException:
            self.remove()
            raise
        self.inventory = self._inventory()

    # --- files ------------------------------------------------------------------------------

    def _own_folder(self, *names: str) -> Path:
        folder = self.root.joinpath(*names)
        folder.mkdir()
        self.give_to_user(folder)
        return folder

    def give_to_user(self, path: Path) -> None:
        """Make the user the owner of a file, or of a folder with all its files."""
        if self._account is not None:
            for one in (path, *path.rglob("*")):
                os.chown(one, self._account.pw_uid, self._account.pw_gid, follow_symlinks=False)

    def _take_away_write_permission(self) -> None:
        for path in (*self.program.rglob("*"), self.program):
            if not path.is_symlink():
                path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222 | 0o444)

    def _inventory(self) -> dict[str, tuple[int, int]]:
        files = {path: path.lstat() for path in self.program.rglob("*")}
        return {str(path): (found.st_size, found.st_mtime_ns) for path, found in files.items()}

    def demand_unchanged(self) -> None:
        """Check that the program has not written into its own folder."""
        changed = set(self._inventory().items()) ^ set(self.inventory.items())
        demand(not changed, f"the program changed its own folder: {sorted(dict(changed))[:3]}")

    def demand_tidy(self) -> None:
        """Check that the program has left no temporary files."""
        left = sorted(path.name for path in self._temporary.iterdir())
        demand(not left, f"temporary files are left behind: {left[:5]}")

    def remove(self) -> None:
        """Delete the copy and the home of the user."""
        for child in self._children:
            child.kill()
            child.communicate()
        inside = [path for path in self.program.rglob("*") if path.is_dir() and not path.is_symlink()]
        for folder in (self.program, *inside) if self.program.exists() else ():
            folder.chmod(0o755)
        shutil.rmtree(self.root)

    # --- processes ----------------------------------------------------------------------------

    def environment(self, **more: str) -> dict[str, str]:
        """Environment variables that a desktop sets, and none of another Python or checkout."""
        return {
            "PATH": str(self._empty_path),
            "HOME": str(self.home),
            "USER": self.user,
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.home / "run"),
            "TMPDIR": str(self._temporary),
            **more,
        }

    def executable(self, name: str) -> str:
        """Path of one of the program's executables."""
        path = self.program / name
        demand(path.exists(), f"{name} is not in the package")
        return str(path)

    def start(
        self, *arguments: str, executable: str = CONSOLE, cwd: Path | None = None, problems: Any = None, **more: str
    ) -> subprocess.Popen[bytes]:
        """Start the program in the background, with its standard error written to `problems`."""
        child = subprocess.Popen(
            [self.executable(executable), *arguments],
            cwd=cwd or self.home,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if problems is None else problems,
            stderr=subprocess.PIPE if problems is None else problems,
            start_new_session=True,
            **self._identity(),
        )
        self._children.append(child)
        return child

    def run(self, *arguments: str, expected: int = 0, timeout_s: float = 300, **more: Any) -> Completed:
        """Run the command line to its end.

        Raises
        ------
        SmokeError
            Another exit status, or a traceback.
        """
        started = time.monotonic()
        child = self.start(*arguments, **more)
        said = " ".join(arguments)
        try:
            output, problems = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            raise SmokeError(f"{said}: no end after {timeout_s:.0f} s") from error
        done = Completed(
            child.returncode, output.decode("utf-8"), problems.decode("utf-8", "replace"), time.monotonic() - started
        )
        tail = f"{done.output[-600:]}\n{done.problems[-1500:]}"
        demand(done.status == expected, f"{said}: exit status {done.status}, not {expected}\n{tail}")
        demand("Traceback" not in tail, f"{said}: a traceback\n{tail}")
        return done

    def processes(self) -> list[str]:
        """Processes of this copy of the program that still run."""
        mine = os.fsencode(self.program)
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if os.fsencode(os.readlink(entry / "exe")).startswith(mine):
                    words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")[1:]
                    found.append(" ".join((entry.name, *words)).strip()[:200])
            except OSError:
                continue  # it has just ended, or is a thread of the kernel
        return found

    def _identity(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        return {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
