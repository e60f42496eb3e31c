"""Inhibits the sleep of the system during a block of code."""

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
    """Within the block, keep the system from going to sleep by itself; the screen may still be turned off.

    Uses D-Bus on Linux, `SetThreadExecutionState` on Windows and ``caffeinate`` on macOS. Where that fails, as on a
    server, nothing is raised.

    Yields
    ------
    bool
        Whether the system accepted the request.
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
    except Exception as error:  # a faulty D-Bus service must not end the run
        _log.info("nobody was asked to keep the computer awake: %r", error)
        return None
    _log.info("kept awake: %s", mode.active)
    return mode


def _leave(mode: Mode) -> None:
    try:
        mode.__exit__(None, None, None)
    except Exception as error:
        _log.info("the computer may be kept awake for longer: %r", error)
