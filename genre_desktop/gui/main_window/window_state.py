"""Stores and restores the geometry of the window, its splitters and its table."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from genre_desktop.core.settings import Settings
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.columns import Column

_DEFAULT_SIZE = (1280, 800)
_VERSION = 2
"""Raised when splitters change: an old state would give new ones no width."""

_N_COLUMNS_UNSAVED = 11
"""Columns of a state that does not say how many there were."""


def collect(window: QMainWindow, splitters: Sequence[QSplitter], table: TrackTable) -> dict[str, str]:
    """Values for `Settings`."""
    state = {
        "version": _VERSION,
        "columns": len(Column),
        "splitters": [_encode(splitter.saveState()) for splitter in splitters],
        "table": table.state_values(),
    }
    return {"window_geometry": _encode(window.saveGeometry()), "window_state": json.dumps(state)}


def restore(window: QMainWindow, splitters: Sequence[QSplitter], table: TrackTable, settings: Settings) -> None:
    """Restore the state; parts that cannot be read keep their defaults."""
    if not (settings.window_geometry and window.restoreGeometry(_decode(settings.window_geometry))):
        window.resize(*_DEFAULT_SIZE)
    try:
        state = json.loads(settings.window_state or "{}")
        if state.get("version") != _VERSION:
            return
        for splitter, saved in zip(splitters, state["splitters"], strict=True):
            splitter.restoreState(_decode(saved))
        if state.get("columns", _N_COLUMNS_UNSAVED) == len(Column):  # others would get no width, or be shown
            table.restore_values(state["table"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def _encode(value: QByteArray) -> str:
    return bytes(value.toBase64().data()).decode("ascii")


def _decode(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "replace"))
