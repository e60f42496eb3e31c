"""run.py: libraries of the system that wheels do not bring along."""

from __future__ import annotations

from types import ModuleType

import pytest


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
