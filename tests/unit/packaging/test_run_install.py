"""run.py: the installation into an environment of its own, once."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from tests.unit.packaging.run_environment import extras

ROOT = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="uses a shell script")


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
