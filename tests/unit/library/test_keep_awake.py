"""Keeping awake: granted, refused, failing."""

from __future__ import annotations

import pytest

from genre_desktop.library.keep_awake import kept_awake


def test_the_system_is_kept_awake_during_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    from wakepy import global_modes

    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    with kept_awake() as is_granted:
        assert is_granted
        assert len(global_modes()) == 1
    assert global_modes() == []


def test_a_refusal_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAKEPY_FORCE_FAILURE", "1")
    with kept_awake() as is_granted:
        assert not is_granted


def test_a_fault_in_asking_or_letting_go_does_not_reach_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from wakepy import Mode

    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")

    def fail(*_arguments: object) -> None:
        raise OSError("the bus has gone")

    leave = Mode.__exit__
    monkeypatch.setattr(Mode, "__exit__", lambda *arguments: (leave(*arguments), fail()))
    with kept_awake() as is_granted:
        assert is_granted
    monkeypatch.setattr(Mode, "__enter__", fail)
    with kept_awake() as is_granted:
        assert not is_granted


def test_an_error_of_the_run_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    from wakepy import global_modes

    monkeypatch.setenv("WAKEPY_FAKE_SUCCESS", "1")
    with pytest.raises(RuntimeError, match="the run"), kept_awake():
        raise RuntimeError("the run")
    assert global_modes() == []
