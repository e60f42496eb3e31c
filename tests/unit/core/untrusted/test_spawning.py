"""Processes that are started in a stranger's folder."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from genre_desktop.core.errors import ProcessStartError
from genre_desktop.core.untrusted.spawning import start_process
from tests.support.waiting import PATIENCE_S
from tests.unit.packaging.conftest import run as run  # the fixture

# As an installed program starts: by a script, whose folder is not that of the user.
PROGRAM = """
import sys
sys.path.insert(0, {repository!r})
from tests.unit.core.untrusted import spawner

if __name__ == "__main__":
    spawner.start_all()
"""

REPOSITORY = Path(__file__).resolve().parents[4]


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    """A folder as a model or an album may come in, with modules that note that they have been run."""
    folder = tmp_path / "gift"
    folder.mkdir()
    for name in ("multiprocessing", "pickle", "venv", "pip", "ensurepip"):
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
    return folder


def test_no_process_takes_a_module_from_the_folder_in_which_the_user_stands(tmp_path: Path, gift: Path) -> None:
    program = tmp_path / "bin" / "program.py"
    program.parent.mkdir()
    program.write_text(PROGRAM.format(repository=str(REPOSITORY)))
    done = subprocess.run([sys.executable, program], cwd=gift, capture_output=True, text=True, timeout=2 * PATIENCE_S)
    assert not (tmp_path / "ran").exists()
    assert done.stdout.split() == ["servant", "decoder"], done.stderr


def test_programs_that_the_window_opens_find_their_own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "yes"):
        if before is None:
            monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
        else:
            monkeypatch.setenv("PYTHONSAFEPATH", before)
        process = multiprocessing.get_context("spawn").Process(target=os.getpid)
        start_process(process)
        assert os.environ.get("PYTHONSAFEPATH") == before
        process.join()
        assert process.exitcode == 0


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="a system without masks of signals")
def test_ctrl_c_does_not_reach_a_process_that_still_imports() -> None:
    # A new program, whose first process is also the one with which multiprocessing starts its own.
    program = """
import multiprocessing, signal
from genre_desktop.core.untrusted.spawning import start_process

context = multiprocessing.get_context("spawn")
for _ in range(2):
    process = context.Process(target=signal.raise_signal, args=(signal.SIGINT,))
    start_process(process)
    process.join()
    print(process.exitcode, flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert (done.stdout.split(), done.stderr) == (["0", "0"], "")


def test_a_folder_that_is_gone_and_a_system_without_room_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    process = multiprocessing.get_context("spawn").Process(target=os.getpid)

    def no_room() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with monkeypatch.context() as patch:
        patch.setattr(process, "start", no_room)
        with pytest.raises(ProcessStartError, match=os.strerror(errno.EMFILE)):
            start_process(process)

    def gone() -> str:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(os, "getcwd", gone)
    with pytest.raises(ProcessStartError, match="the current folder is gone"):
        start_process(process)


def test_what_installs_the_program_takes_no_module_from_there(
    run: ModuleType, tmp_path: Path, gift: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.makedirs(run.VENV)
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    monkeypatch.chdir(gift)
    assert run.venv_works()
    run.run_pip(["--version"])
    made: list[list[str]] = []
    real = subprocess.run

    def only_ask(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
        made.append(command)
        return real([*command[:-2], "--help"], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(run.subprocess, "run", only_ask)
    run.make_venv()
    assert len(made) == 1
    assert not (tmp_path / "ran").exists()
