"""The smoke test of the package can fail (packaging/smoke); what it tests is tested by running it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.waiting import PATIENCE_S

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="programs are scripts here")


@pytest.fixture
def smoke(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    from smoke import journal, log_check, sandbox

    return SimpleNamespace(log_check=log_check, journal=journal, sandbox=sandbox)


MakeSandbox = Callable[[str], Any]


@pytest.fixture
def make_sandbox(smoke: Any, tmp_path: Path) -> Iterator[MakeSandbox]:
    """A sandbox around a program that is a shell script."""
    made: list[Any] = []

    def make(script: str) -> Any:
        built = tmp_path / "built"
        (built / "_internal").mkdir(parents=True)
        (built / "_internal" / "part").write_text("x")
        program = built / "genre-desktop"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        made.append(smoke.sandbox.Sandbox(built))
        return made[-1]

    yield make
    for sandbox in made:
        root = sandbox.root
        sandbox.remove()
        assert not root.exists(), "nothing is left behind"


# --- logs -----------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:  # type: ignore[override]
    (tmp_path / "genre-desktop.log").write_text("2026-01-01 INFO 1 genre_desktop.gui: ready 4.52 s after the start\n")
    (tmp_path / "crash.log").touch()
    (tmp_path / "standard error of the window").write_text("I0000 port.cc:153] oneDNN custom operations are on.\n")
    return tmp_path


def test_quiet_logs_are_well(smoke: Any, home: Path) -> None:
    assert smoke.log_check.check_logs(home) == "2 lines in 3 files, 0 warnings"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("genre-desktop.log", "2026-01-01 ERROR 1 genre_desktop.gui.workers.worker: unexpected error in model"),
        ("genre-desktop.log", "2026-01-01 CRITICAL 1 genre_desktop.gui.startup.main: unexpected error in the window"),
        ("genre-desktop.log", "Traceback (most recent call last):"),
        ("crash.log", "Fatal Python error: Segmentation fault"),
        ("standard error of the window", 'qt.qpa.plugin: Could not find the Qt platform plugin "xcb" in ""'),
        ("standard error of the window", "ModuleNotFoundError: No module named 'numba'"),
    ],
)
def test_fatal_markers_are_found(smoke: Any, home: Path, file: str, line: str) -> None:
    with (home / file).open("a") as log:
        log.write(line + "\n")
    with pytest.raises(smoke.journal.SmokeError, match="fatal markers"):
        smoke.log_check.check_logs(home)


def test_a_missing_log_is_a_finding(smoke: Any, home: Path) -> None:
    (home / "genre-desktop.log").unlink()
    with pytest.raises(smoke.journal.SmokeError, match="no log"):
        smoke.log_check.check_logs(home)


# --- the sandbox ------------------------------------------------------------------------------


def test_the_program_finds_nothing_but_itself(make_sandbox: MakeSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere")
    sandbox = make_sandbox('echo "$PATH|$HOME|$PYTHONPATH|$LD_LIBRARY_PATH|$0"; command -v python3 || echo none')
    said = sandbox.run("--version").output.splitlines()
    path, home, *nothing, program = said[0].split("|")
    assert os.listdir(path) == [] and home == str(sandbox.home) and nothing == ["", ""]
    assert " " in program and not program.isascii()
    assert said[1] == "none"


def test_the_program_cannot_change_its_own_folder(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox(': 2>/dev/null > "${0%/*}/_internal/made"')
    if os.geteuid() != 0 or sandbox.user != "root":
        sandbox.run(expected=2)
    sandbox.demand_unchanged()


def test_a_package_without_licences_is_found(smoke: Any, make_sandbox: MakeSandbox) -> None:
    from smoke.command_line import check_licences

    from genre_desktop.core.third_party import Part, write_index

    program = make_sandbox("exit 0").program
    for folder in (program, program / "_internal"):
        folder.chmod(0o755)
    with pytest.raises(smoke.journal.SmokeError, match="no LICENSE"):
        check_licences(program)
    (program / "LICENSE").touch()
    with pytest.raises(smoke.journal.SmokeError, match="no list of parts"):
        check_licences(program)
    licences = program / "_internal" / "licences"
    licences.mkdir()
    text = licences / "GPL.txt"
    write_index([Part(name, "1", "GPL", (text,)) for name in ("FFmpeg", "Qt", "Genre Desktop")], licences)
    with pytest.raises(smoke.journal.SmokeError, match=r"wording .* missing of FFmpeg, Qt, Genre Desktop"):
        check_licences(program)
    text.touch()
    assert check_licences(program) == 3
    write_index([Part("Qt", "1", "LGPL", (text,))], licences)
    with pytest.raises(smoke.journal.SmokeError, match="not listed"):
        check_licences(program)


def test_a_changed_folder_is_found(smoke: Any, make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox("exit 0")
    part = sandbox.program / "_internal" / "part"
    part.chmod(0o644)
    part.write_text("longer")
    with pytest.raises(smoke.journal.SmokeError, match="changed its own folder"):
        sandbox.demand_unchanged()


@pytest.mark.parametrize(
    ("script", "timeout_s", "reason"),
    [
        ("echo out; echo because >&2; exit 3", PATIENCE_S, "(?s)exit status 3.*because"),
        ("echo Traceback >&2", PATIENCE_S, "a traceback"),
        ("while :; do :; done", 0.5, "no end after"),
    ],
)
def test_what_goes_wrong_is_told(
    smoke: Any, make_sandbox: MakeSandbox, script: str, timeout_s: float, reason: str
) -> None:
    sandbox = make_sandbox(script)
    with pytest.raises(smoke.journal.SmokeError, match=reason):
        sandbox.run("check", timeout_s=timeout_s)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_what_is_left_running_is_found(make_sandbox: MakeSandbox) -> None:
    sandbox = make_sandbox("exit 0")
    sleeper = sandbox.program / "sleeper"
    sandbox.program.chmod(0o755)
    shutil.copy(shutil.which("sleep") or "", sleeper)
    child = sandbox.start("60", executable="sleeper")
    deadline = time.monotonic() + PATIENCE_S
    while not (found := sandbox.processes()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [words for words in found if words.endswith(" 60")]
    child.kill()
    child.communicate()
    assert sandbox.processes() == []


# --- what it says -----------------------------------------------------------------------------


def test_each_step_has_a_line(smoke: Any, capsys: pytest.CaptureFixture[str]) -> None:
    journal = smoke.journal.Journal()
    with journal.step("easy") as step:
        step.note("7 files/s")
    with journal.step("not here") as step:
        step.skip("there is no mouse")
    with pytest.raises(smoke.journal.SmokeError), journal.step("hard"):
        smoke.journal.demand(False, "it broke")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["ok", "skipped", "FAILED"]
    assert lines[0].endswith("7 files/s") and lines[1].endswith("there is no mouse")
