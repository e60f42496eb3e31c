from __future__ import annotations

from genre_desktop.core.errors import StorageError
from genre_desktop.gui.crash.uncaught_error import UncaughtError


def _raised(error: Exception) -> UncaughtError:
    try:
        raise error
    except Exception as caught:
        return UncaughtError.of(caught)


def test_two_errors_of_one_line_have_the_same_place() -> None:
    first, second = (_raised(ValueError(text)) for text in ("first", "second"))
    assert first.place == second.place
    assert (first.cause, second.cause) == ("ValueError: first", "ValueError: second")
    assert _raised(KeyError("first")).place != first.place
    assert "in _raised" in first.trace


def test_an_own_error_is_described_by_its_message() -> None:
    assert _raised(StorageError(path="/x", reason="full")).cause.startswith("GD-502: ")


def test_a_long_message_is_cut_off() -> None:
    assert len(_raised(ValueError("x" * 10_000)).cause) < 400


def test_running_out_of_memory_is_told_apart() -> None:
    assert _raised(MemoryError()).is_memory
    assert not _raised(ValueError()).is_memory
