"""run.py: an old or bare Python, and the commands that it passes on."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

from genre_desktop import __main__
from tests.unit.packaging.run_environment import extras

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="uses a shell script")


def test_an_old_python_can_read_it() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert imported <= set(sys.stdlib_module_names)
    assert froms == []  # also no __future__.annotations, which 3.6 does not have


@posix
@pytest.mark.parametrize("redirection", ["<&-", "<&- >&- 2>&-", "2>/dev/full" if os.path.exists("/dev/full") else ""])
def test_closed_and_full_streams_end_nothing(redirection: str) -> None:
    code = (
        "import os, runpy, sys; run = runpy.run_path(sys.argv[1]); run['open_closed_streams'](); "
        "assert os.open(os.devnull, os.O_RDONLY) > 2; run['say']('Installing'); run['say']('\\udce9')"
    )
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", code, str(ROOT / "run.py")]
    assert subprocess.run(command).returncode == 0


def test_an_old_python_is_told_what_to_do(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    version = namedtuple("version", "major minor micro releaselevel serial")
    monkeypatch.setattr(sys, "version_info", version(3, 9, 1, "final", 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(run.Trouble, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is Python 3\.9"):
        run.main(["--version"])


@pytest.mark.parametrize("command", ["test", "package"])
def test_help_installs_nothing(run: ModuleType, capsys: pytest.CaptureFixture[str], command: str) -> None:
    run.install = lambda _extras: pytest.fail("something was installed")
    assert run.main([command, "--help"]) == 0
    assert "package --smoke" in capsys.readouterr().err


@posix
def test_another_python_of_the_machine_takes_over(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = namedtuple("version", "major minor micro releaselevel serial")
    monkeypatch.setattr(sys, "version_info", version(3, 14, 0, "final", 0))
    good, broken = tmp_path / "python3.12", tmp_path / "python3.13"
    good.write_text("#!/bin/sh\nexit 0\n")
    broken.write_text("#!/bin/sh\nexit 127\n")
    for script in (good, broken):
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    handed: list[list[str]] = []
    monkeypatch.setattr(run, "hand_over", lambda command: handed.append(command) or 0)
    with pytest.raises(SystemExit):
        run.go_on_with_supported_python()
    assert handed == [[str(good), str(tmp_path / "run.py"), *sys.argv[1:]]]


def test_it_knows_the_programs_commands(run: ModuleType) -> None:
    assert run.COMMANDS == __main__.COMMANDS


@pytest.mark.parametrize(
    "arguments", [[], ["--"], ["a.mp3"], ["/music"], ["music"], ["tests"], ["classify", "x"], ["--help"], ["models"]]
)
def test_it_tells_the_window_as_the_program_does(run: ModuleType, arguments: list[str]) -> None:
    assert run.wants_window(arguments) is __main__.wants_window(arguments)


@pytest.fixture
def handed(run: ModuleType, environment: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What run.py becomes."""
    commands: list[list[str]] = []
    monkeypatch.setattr(run, "hand_over", lambda command, **_: commands.append(command) or 7)
    monkeypatch.setattr(run, "check_system_libraries", lambda with_screen: None)
    monkeypatch.setattr(run.os, "chdir", lambda folder: None)
    return commands


def test_the_command_line_gets_its_words_and_gives_its_status(run: ModuleType, handed: list[list[str]]) -> None:
    assert run.main(["classify", "my music", "--json"]) == 7
    assert handed == [[run.PYTHON, "-P", "-m", "genre_desktop", "classify", "my music", "--json"]]


def test_the_tests_run_with_pytest(run: ModuleType, handed: list[list[str]], environment: list[list[str]]) -> None:
    assert run.main(["test", "-k", "audio"]) == 7
    assert handed == [[run.PYTHON, "-m", "pytest", "-k", "audio"]]
    assert extras(environment) == ["test"]


@pytest.mark.parametrize(
    ("options", "later"),
    [
        ([], []),
        (["--smoke"], [["-m", "smoke"]]),
        (["--deb", "--smoke"], [["-m", "smoke"], [os.path.join("packaging", "linux", "make_deb.py")]]),
    ],
)
@pytest.mark.parametrize("status", [0, 3])
def test_a_package_is_built_and_then_tested_and_packed(
    run: ModuleType,
    environment: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    later: list[list[str]],
    status: int,
) -> None:
    done: list[list[str]] = []
    asked: list[list[str]] = []
    folders: list[str | None] = []

    def call(command: list[str], env: dict[str, str]) -> int:
        done.append(command[1:])
        folders.append(env.get("PYTHONPATH"))
        return status

    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(run, "check_system_libraries", lambda with_screen: None)
    monkeypatch.setattr(run.subprocess, "call", call)
    monkeypatch.setattr(run.shutil, "which", lambda tool: None if tool == "xdotool" else f"/usr/bin/{tool}")
    monkeypatch.setattr(run, "apt_install", lambda packages, purpose: bool(asked.append(packages)))
    # Whatever this machine has of the system's own.
    monkeypatch.setattr(run, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(run, "has_font", lambda: True)
    assert run.main(["package", *options]) == status
    assert extras(environment) == ["package"]
    # What could not be built is neither tested nor packed.
    assert done == [[os.path.join("packaging", "build.py")], *(later if status == 0 else [])]
    assert asked == ([["xdotool"]] if "--smoke" in options else [])
    assert [command for command, folder in zip(done, folders, strict=True) if folder] == [
        command for command in done if "smoke" in command
    ]


def test_without_a_screen_it_says_so_and_installs_nothing(
    run: ModuleType, handed: list[list[str]], environment: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LINUX", True)
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(run.Trouble, match=r"GD-501: .*python3 run\.py classify"):
        run.main([])
    assert (handed, environment) == ([], [])


def test_trouble_is_a_sentence_and_status_2() -> None:
    variables = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    variables.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run([sys.executable, str(ROOT / "run.py")], env=variables, capture_output=True, text=True)
    if sys.platform.startswith("linux"):
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith("GD-501: ")
        assert "Traceback" not in done.stderr
