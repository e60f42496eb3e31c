"""run.py: what a bare machine meets first."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

from genre_desktop import __main__

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="uses a shell script")


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """run.py as a module, in a checkout of its own."""
    for name in ("run.py", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    specification = importlib.util.spec_from_file_location("run_under_test", tmp_path / "run.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def environment(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A .venv that stands already, and a pip that only notes what it is asked."""
    os.makedirs(os.path.dirname(run.PYTHON))
    Path(run.VENV, "pyvenv.cfg").write_text("version = 3.11.7\n")
    monkeypatch.setattr(run, "venv_works", lambda: True)
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "run_pip", calls.append)
    return calls


# --- an old or bare Python ----------------------------------------------------------------


def test_an_old_python_can_read_it() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    froms = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert imported <= set(sys.stdlib_module_names)
    assert froms == []  # also no __future__.annotations, which 3.6 does not have


def test_an_old_python_is_told_what_to_do(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    version = namedtuple("version", "major minor micro releaselevel serial")
    monkeypatch.setattr(sys, "version_info", version(3, 9, 1, "final", 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(run.Trouble, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is Python 3\.9"):
        run.main(["--version"])


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


# --- installing once ----------------------------------------------------------------------


def test_the_second_start_installs_nothing(run: ModuleType, environment: list[list[str]]) -> None:
    run.install([])
    run.install([])
    assert len(environment) == 1
    assert environment[0][:2] == ["install", "--constraint"]
    assert environment[0][-2:] == ["--editable", run.ROOT]


def test_extras_come_to_what_is_there(run: ModuleType, environment: list[list[str]]) -> None:
    run.install(["test"])
    run.install([])
    run.install(["package"])
    run.install(["test"])
    assert [call[-1] for call in environment] == [f"{run.ROOT}[test]", f"{run.ROOT}[package,test]"]


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt", ".venv/pyvenv.cfg"])
def test_a_changed_project_is_installed_again(run: ModuleType, environment: list[list[str]], changed: str) -> None:
    run.install(["test"])
    with open(os.path.join(run.ROOT, changed), "a") as file:
        file.write("# newer\n")
    run.install([])
    assert [call[-1] for call in environment] == [f"{run.ROOT}[test]"] * 2


def test_an_interrupted_installation_is_taken_up_again(
    run: ModuleType, environment: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.install([])

    def interrupt(_arguments: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(run, "run_pip", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run.install(["test"])
    run.install(["test"])
    assert len(environment) == 2


def test_a_broken_environment_is_made_afresh(
    run: ModuleType, environment: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []

    def make_venv() -> None:  # with --clear, as the real one: the stamp goes too
        made.append(True)
        shutil.rmtree(run.VENV)
        os.makedirs(os.path.dirname(run.PYTHON))
        Path(run.VENV, "pyvenv.cfg").write_text("version = 3.12.1\n")

    run.install(["test"])
    monkeypatch.setattr(run, "make_venv", make_venv)
    monkeypatch.setattr(run, "venv_works", lambda: bool(made))
    os.unlink(os.path.join(run.VENV, "pyvenv.cfg"))
    run.install([])
    run.install(["test"])
    assert made == [True]
    assert [call[-1] for call in environment] == [f"{run.ROOT}[test]"] * 2


@posix
def test_a_python_that_is_in_no_environment_is_not_installed_into(run: ModuleType) -> None:
    os.makedirs(os.path.dirname(run.PYTHON))
    os.symlink(os.path.realpath(sys.executable), run.PYTHON)  # without pyvenv.cfg: the system's
    assert not run.venv_works()


def test_an_environment_without_a_python_does_not_work(run: ModuleType) -> None:
    assert not run.venv_works()


@posix
def test_a_failing_pip_is_told_in_a_sentence(run: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    os.makedirs(os.path.dirname(run.PYTHON))
    script = Path(run.PYTHON)
    script.write_text(
        "#!/bin/sh\n"
        "echo 'Collecting numpy'\n"
        "echo '  Downloading https://example.org/numpy-2.4.6-cp311-any.whl (16.9 MB)'\n"
        "echo 'ERROR: No space left on device' >&2\n"
        "exit 1\n"
    )
    script.chmod(0o755)
    with pytest.raises(run.Trouble) as caught:
        run.run_pip(["install", "numpy"])
    assert "ERROR: No space left on device" in str(caught.value)
    assert run.LOG in str(caught.value)
    assert "Collecting numpy" in Path(run.LOG).read_text()
    output = capfd.readouterr()
    assert output.out == ""
    assert output.err == "  fetching numpy 2.4.6 (16.9 MB)\n"


# --- libraries of the system --------------------------------------------------------------


def test_missing_libraries_are_found(run: ModuleType) -> None:
    assert run.missing_packages({"libcertainly-not-there.so.9": "libnot9"}) == ["libnot9"]


def test_who_may_not_install_gets_the_command(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    assert not run.apt_install(["libegl1", "libgl1"], "The window")
    assert "sudo apt install libegl1 libgl1" in capsys.readouterr().err


def test_a_window_without_its_libraries_is_told_before_qt_aborts(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LINUX", True)
    monkeypatch.setattr(run, "missing_packages", lambda libraries: list(libraries.values()))
    monkeypatch.setattr(run, "apt_install", lambda packages, purpose: False)
    with pytest.raises(run.Trouble, match="GD-501"):
        run.check_system_libraries(with_screen=True)


def test_what_a_window_can_do_without_is_not_worth_stopping_for(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "LINUX", True)
    missing = {id(run.WANTED_LIBRARIES): ["libportaudio2"]}
    monkeypatch.setattr(run, "missing_packages", lambda libraries: missing.get(id(libraries), []))
    monkeypatch.setattr(run, "has_font", lambda: True)
    asked: list[list[str]] = []
    monkeypatch.setattr(run, "apt_install", lambda packages, purpose: bool(asked.append(packages)))
    run.check_system_libraries(with_screen=True)
    assert asked == [["libportaudio2"]]


# --- what was asked for -------------------------------------------------------------------


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
    assert environment[0][-1].endswith("[test]")


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
    monkeypatch.setattr(run.subprocess, "call", call)
    monkeypatch.setattr(run.shutil, "which", lambda tool: None if tool == "xdotool" else f"/usr/bin/{tool}")
    monkeypatch.setattr(run, "apt_install", lambda packages, purpose: bool(asked.append(packages)))
    # Whatever this machine has of the system's own.
    monkeypatch.setattr(run, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(run, "has_font", lambda: True)
    assert run.main(["package", *options]) == status
    assert environment[0][-1].endswith("[package]")
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


# --- the pins -----------------------------------------------------------------------------


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="ascii").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def test_pins_name_no_place() -> None:
    for name, version in _pins().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name
        assert re.fullmatch(r"\d+(\.\d+)*(\.post\d+)?", version), version


def test_whatever_the_project_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {re.match(r"[\w-]+", line).group().lower() for line in asked}  # type: ignore[union-attr]
    assert names - set(_pins()) == set()
