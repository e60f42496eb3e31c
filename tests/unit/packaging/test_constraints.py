"""The pinned versions of constraints.txt."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from types import ModuleType

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[3]


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
