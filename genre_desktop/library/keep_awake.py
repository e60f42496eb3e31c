"""The computer does not go to sleep in the middle of a run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wakepy import Mode

_log = logging.getLogger(__name__)


@contextmanager
def kept_awake() -> Iterator[bool]:
    """Keep the system from sleeping by itself; the screen may go dark all the same.

    Asks the desktop over D-Bus on Linux, `SetThreadExecutionState` on Windows and
    ``caffeinate`` on macOS. Where nobody answers, as on a server, nothing is raised: the
    run goes on, it only may be sent to sleep.

    Yields
    ------
    bool
        Whether the system agreed.
    """
    mode = _enter()
    try:
        yield mode is not None and bool(mode.active)
    finally:
        if mode is not None:
            _leave(mode)


def _enter() -> Mode | None:
    try:
        from wakepy import keep

        mode = keep.running(on_fail="pass").__enter__()
    except Exception as error:  # a bus that speaks oddly must not cost a run
        _log.info("nobody was asked to keep the computer awake: %r", error)
        return None
    _log.info("kept awake: %s", mode.active)
    return mode


def _leave(mode: Mode) -> None:
    try:
        mode.__exit__(None, None, None)
    except Exception as error:
        _log.info("the computer may be kept awake for longer: %r", error)
