"""run.py: what a bare machine meets first."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

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
    monkeypatch.setattr(run, "requirements", ",".join)
    calls: list[list[str]] = []
    monkeypatch.setattr(run, "run_pip", calls.append)
    return calls


def extras(calls: list[list[str]]) -> list[str]:
    """What each installation was asked to take along."""
    return [call[-1] for call in calls if call[-2] == "--requirement"]


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
    hashed, project = environment
    assert hashed[:4] == ["install", "--require-hashes", "--only-binary", ":all:"]
    assert project == ["install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", run.ROOT]


def test_extras_come_to_what_is_there(run: ModuleType, environment: list[list[str]]) -> None:
    run.install(["test"])
    run.install([])
    run.install(["package"])
    run.install(["test"])
    assert extras(environment) == ["test", "package,test"]


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt", ".venv/pyvenv.cfg"])
def test_a_changed_project_is_installed_again(run: ModuleType, environment: list[list[str]], changed: str) -> None:
    run.install(["test"])
    with open(os.path.join(run.ROOT, changed), "a") as file:
        file.write("# newer\n")
    run.install([])
    assert extras(environment) == ["test", "test"]


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
    assert extras(environment) == ["", "test"]


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
    assert extras(environment) == ["test", "test"]


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


def _wheel(folder: Path, name: str, version: str) -> Path:
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def test_a_library_that_is_another_than_its_hash_is_refused_in_a_sentence(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.makedirs(run.VENV)
    monkeypatch.setattr(run, "PYTHON", sys.executable)  # its pip is the one whose words are read
    good, bad = (_wheel(tmp_path, name, "1.0") for name in ("untouched", "exchanged"))
    listed = tmp_path / "listed.txt"
    lines = [f"untouched==1.0 --hash=sha256:{hashlib.sha256(good.read_bytes()).hexdigest()}"]
    command = ["download", "--no-index", "--find-links", str(tmp_path), "--dest", str(tmp_path / "taken")]
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(listed)]
    listed.write_text("\n".join(lines))
    run.run_pip(command)
    assert [path.name for path in (tmp_path / "taken").iterdir()] == [good.name]
    listed.write_text("\n".join([*lines, f"exchanged==1.0 --hash=sha256:{64 * '0'}"]))
    with pytest.raises(run.Trouble, match=r"fetched as exchanged==1\.0 is not the file that constraints\.txt names"):
        run.run_pip(command)
    assert not (tmp_path / "taken" / bad.name).exists()
    assert hashlib.sha256(bad.read_bytes()).hexdigest() in Path(run.LOG).read_text()


def test_what_has_no_hash_is_refused(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.makedirs(run.VENV)
    monkeypatch.setattr(run, "PYTHON", sys.executable)
    _wheel(tmp_path, "unlisted", "1.0")
    command = ["download", "--no-index", "--find-links", str(tmp_path), "--dest", str(tmp_path / "taken")]
    with pytest.raises(run.Trouble, match="could not be installed"):
        run.run_pip([*command, "--require-hashes", "unlisted==1.0"])


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


# --- the pins -----------------------------------------------------------------------------


def _pins(path: Path = ROOT / "constraints.txt") -> dict[str, Requirement]:
    lines = path.read_text("ascii").replace("\\\n", "").splitlines()
    pins = [Requirement(line.split(" --hash")[0]) for line in lines if not line.startswith("#")]
    return {pin.name: pin for pin in pins}


def _installed(path: Path) -> set[str]:
    # pip looks at a file of requirements without any extra.
    return {name for name, pin in _pins(path).items() if pin.marker is None or pin.marker.evaluate({"extra": ""})}


def test_pins_name_no_place() -> None:
    for name, pin in _pins().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name
        assert re.fullmatch(r"==\d+(\.\d+)*(\.post\d+)?", str(pin.specifier)), pin
        assert pin.url is None


def test_every_pin_has_hashes() -> None:
    for line in (ROOT / "constraints.txt").read_text("ascii").replace("\\\n", "").splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"\S+( ; [^#\\]+?)? +--hash=sha256:[0-9a-f]{64}( +--hash=sha256:[0-9a-f]{64})*", line)


def test_whatever_the_project_asks_for_is_pinned() -> None:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, pins = content["project"], _pins()
    extras = project["optional-dependencies"].values()
    asked = [
        *content["build-system"]["requires"],
        *project["dependencies"],
        *(line for extra in extras for line in extra),
    ]
    for requirement in map(Requirement, asked):
        (pin,) = pins[requirement.name.lower()].specifier
        assert requirement.specifier.contains(pin.version), requirement


def test_who_runs_the_program_gets_no_tools(run: ModuleType) -> None:
    os.makedirs(run.VENV)
    plain = _installed(Path(run.requirements([])))
    packager = _installed(Path(run.requirements(["package"])))
    tester = _installed(Path(run.requirements(["test"])))
    both = _installed(Path(run.requirements(["package", "test"])))
    assert {"keras", "setuptools", "numpy"} <= plain
    assert not plain & {"pytest", "pyinstaller", "ruff", "mypy", "hypothesis"}
    assert "pyinstaller" in packager - plain and "pytest" not in packager
    assert {"pytest", "ruff", "pyinstaller"} <= tester
    assert plain < packager < both == tester
