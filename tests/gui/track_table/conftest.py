"""A small table of tracks, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.gui.track_table.track_table import TrackTable
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.library.result import FileFacts, Summary


def summary(genre: str | None = "jazz", sure: float = 0.8, **changes: object) -> Summary:
    tags = changes.pop("tags", ("Jazz",))
    facts = FileFacts(1, 1, "i", str(changes.pop("title", "")), str(changes.pop("artist", "")), "", tags)  # type: ignore[arg-type]
    values = {"best": genre, "second": "blues", "second_confidence": 0.1, "duration_s": 60.0, "facts": facts}
    return Summary(genre, None if genre is None else sure, **{**values, **changes})  # type: ignore[arg-type]


KNOWN = {
    "/m/a.wav": summary("jazz", 0.9, title="Beta", artist="Zoe", duration_s=30.0),
    "/m/b.wav": summary("rock", 0.6, title="Alpha", artist="Ann", tags=("Heavy Metal",)),
    "/n/c.wav": summary("unsure", 0.4, by_hand="ska", best="rock", second="pop"),
    "/m/d.wav": Summary(error=AudioEmptyError(path="/m/d.wav")),
}


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[TrackTable]:
    themes = ThemeSwitch(qapp, "light")
    made = TrackTable(TrackModel(), themes)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made._model.setParent(made)
    made._model.add([*KNOWN, "/m/e.wav"])
    made._model.set_summaries(KNOWN.items())
    yield made
    made.hide()
    shiboken6.delete(made)
    shiboken6.delete(themes)
    qapp.setStyleSheet("")


def names(table: TrackTable) -> str:
    model = table._model
    return "".join(model.track_in_row(row).name[0] for row in range(model.rowCount()))


def opened(menu: QMenu) -> dict[str, QAction]:
    """The entries of a menu by their text, without what stands behind a tab."""
    menu.aboutToShow.emit()
    return {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
