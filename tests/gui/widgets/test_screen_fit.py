"""Every window stays within its screen, whatever the screen, the scale, the font and the language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMargins, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QScrollBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.central_area import CentralArea, Workspace
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets import screen_fit
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import ElidedLabel, label
from genre_desktop.gui.widgets.message_box import MessageBox
from tests.gui.conftest import MakeWindow
from tests.gui.support.screen_tour import problems_of
from tests.gui.support.screens import run_tour, screen

PANEL = QRect(0, 0, 1280, 752)
"""What a panel of 48 pixels leaves of 1280 x 800."""


def tour(home: Path, screens: list[dict[str, int]], scale: str, *arguments: str) -> dict[str, Any]:
    """What the tour finds on these screens."""
    return json.loads(run_tour(home, screens, scale, *arguments))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("screens", "scale", "language", "points"),
    [
        ([screen(1280, 800)], "1", "en", 10),
        ([screen(1366, 768)], "1.5", "es", 12),
        ([screen(1280, 800)], "2", "en", 10),
        ([screen(1280, 800)], "2", "de", 18),
        ([screen(1920, 1080), screen(1280, 800, 1920)], "2", "de", 12),
    ],
)
def test_every_window_is_within_its_screen(
    screens: list[dict[str, int]], scale: str, language: str, points: int, tmp_path: Path
) -> None:
    found = tour(tmp_path, screens, scale, "--language", language, "--points", str(points))
    assert found["problems"] == {}
    assert found["n"] > 40


@pytest.mark.parametrize("saved_on", [screen(3840, 2160), screen(1920, 1080, 3840)])
def test_a_window_comes_back_on_a_screen_that_is_smaller_or_another(saved_on: dict[str, int], tmp_path: Path) -> None:
    both = [screen(1280, 800), saved_on] if saved_on["x"] else [saved_on]
    tour(tmp_path, both, "1", "--first")
    found = tour(tmp_path, [screen(1280, 800)], "2", "--first")
    assert found["problems"] == {}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[QRect]:
    """A screen with a panel, small enough to matter."""
    room = QRect(0, 30, 640, 352)
    monkeypatch.setattr(screen_fit, "available_geometry", lambda _screen: room)
    yield room


def test_a_panel_and_a_frame_count(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(screen_fit, "available_geometry", lambda _screen: PANEL)
    monkeypatch.setattr(screen_fit, "_frame", lambda _window: QMargins(5, 31, 5, 5))
    window = make_window()
    assert window.width() <= PANEL.width() - 10
    assert window.height() <= PANEL.height() - 36
    bar = window.job_bar
    assert window.rect().contains(QRect(bar.mapTo(window, bar.rect().topLeft()), bar.size()))


def test_stop_stays_in_sight_where_the_panes_scroll(window: MainWindow, qtbot: QtBot) -> None:
    window.job_bar.cancel.show()
    window.job_bar.show_message("a long message " * 30)
    window.resize(window.minimumSizeHint())
    qtbot.waitUntil(lambda: window.size() == window.minimumSizeHint())
    assert window.width() < 640
    assert window.height() < 352
    assert problems_of(window) == []


def test_the_prediction_goes_below_a_list_that_is_narrow_and_back(window: MainWindow, qtbot: QtBot) -> None:
    panes = window.findChild(CentralArea)
    assert panes is not None
    assert panes.orientation() == Qt.Orientation.Horizontal
    before = panes.sizes()
    size = window.size()
    window.resize(600, 400)
    qtbot.waitUntil(lambda: panes.orientation() == Qt.Orientation.Vertical)
    assert window.panel.width() > panes.width() - 20
    window.resize(size)
    qtbot.waitUntil(lambda: panes.orientation() == Qt.Orientation.Horizontal)
    assert [abs(now - then) < 3 for now, then in zip(panes.sizes(), before, strict=True)] == [True, True]


def test_how_a_narrow_window_was_divided_is_no_matter_to_a_wide_one(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = make_window()
    first.resize(600, 400)
    qtbot.waitUntil(lambda: first.central_area.orientation() == Qt.Orientation.Vertical)
    first.close()
    assert load_settings().window_geometry
    second = make_window()
    second.resize(1280, 700)
    qtbot.waitUntil(lambda: second.central_area.orientation() == Qt.Orientation.Horizontal)
    left, right = second.central_area.sizes()
    assert left > 2 * right


def long_dialog(parent: QWidget, n_buttons: int = 1) -> tuple[Dialog, QDialogButtonBox]:
    dialog = Dialog(parent)
    layout = QVBoxLayout(dialog)
    for number in range(40):
        layout.addWidget(label(f"Line {number} of a text that goes on for a while"))
    buttons = QDialogButtonBox()
    for number in range(n_buttons):
        buttons.addButton(QPushButton(f"Do thing number {number}"), QDialogButtonBox.ButtonRole.ActionRole)
    layout.addWidget(buttons)
    return dialog, buttons


@pytest.mark.parametrize("n_buttons", [1, 6])
def test_a_dialog_that_is_too_large_scrolls_all_but_its_buttons(qtbot: QtBot, small: QRect, n_buttons: int) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog, _ = long_dialog(parent, n_buttons)
    dialog.show()
    qtbot.waitUntil(lambda: small.contains(dialog.frameGeometry()))
    assert problems_of(dialog) == []


def test_a_dialog_that_has_room_stays_as_it_is(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Dialog(parent)
    layout = QVBoxLayout(dialog)
    layout.addWidget(label("A line"))
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.layout() is layout


def test_a_dialog_that_grows_while_it_is_open_is_bounded_too(qtbot: QtBot, small: QRect) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Dialog(parent)
    layout = QVBoxLayout(dialog)
    text = label("A line")
    layout.addWidget(text)
    layout.addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Close))
    dialog.show()
    qtbot.waitExposed(dialog)
    text.setText("word " * 3000)
    dialog.fit_content(500)
    qtbot.waitUntil(lambda: small.contains(dialog.frameGeometry()))
    assert problems_of(dialog) == []


@pytest.mark.parametrize(("text", "more"), [("word " * 1600, ""), ("Sure?", "line\n" * 400), ("a " * 900, "b " * 900)])
def test_words_that_are_too_many_for_a_message_scroll(qtbot: QtBot, small: QRect, text: str, more: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = MessageBox(parent)
    box.setText(text)
    box.setInformativeText(more)
    box.addButton(MessageBox.StandardButton.Ok)
    box.open()
    qtbot.waitUntil(lambda: small.contains(box.frameGeometry()))
    assert problems_of(box) == []
    assert {made.text() for made in box.findChildren(QLabel) if made.text()} == {text, more} - {""}


def test_where_a_person_puts_a_window_it_stays(qtbot: QtBot, small: QRect) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Dialog(parent)
    dialog.resize(200, 100)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in _timers(dialog)))
    dialog.move(600, 300)
    QVBoxLayout(dialog).addWidget(label("news"))  # asks for a layout
    qtbot.wait(50)
    assert dialog.pos().x() == 600


def test_another_screen_bounds_it_anew(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = [QRect(0, 0, 790, 790)]
    monkeypatch.setattr(screen_fit, "available_geometry", lambda _screen: rooms[-1])
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = Dialog(parent)
    dialog.resize(700, 700)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.size() == QSize(700, 700)
    rooms.append(QRect(100, 0, 400, 300))
    dialog.screen().availableGeometryChanged.emit(rooms[-1])
    qtbot.waitUntil(lambda: rooms[-1].contains(dialog.frameGeometry()))


def _timers(dialog: Dialog) -> list[Any]:
    return dialog.findChildren(QTimer)


def small_window(make_window: MakeWindow, qtbot: QtBot) -> tuple[MainWindow, QScrollBar]:
    """A window whose panes scroll, and what they are scrolled with."""
    window = make_window()
    window.resize(window.minimumSizeHint())
    workspace = window.findChild(Workspace)
    assert workspace is not None
    bar = workspace.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, bar


def test_a_notice_is_scrolled_into_view(make_window: MakeWindow, qtbot: QtBot) -> None:
    window, bar = small_window(make_window, qtbot)
    bar.setValue(100)
    notice = window.notices.show_notice("The program was not closed properly last time.")
    assert bar.value() == 0
    assert notice.isVisible()


def test_a_list_and_live_mode_begin_at_their_top(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window, bar = small_window(make_window, qtbot)
    window.drop_zone.findChildren(QPushButton)[-1].setFocus()
    bar.setValue(100)
    window.session.tracks.add([str(tmp_path / "song.mp3")])
    qtbot.waitUntil(lambda: window.table.isVisible())
    assert bar.value() == 0
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(100)
    window.actions_.live.trigger()
    assert bar.value() == 0
    window.actions_.live.trigger()


def test_nothing_scrolls_when_what_had_the_focus_goes(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window, bar = small_window(make_window, qtbot)
    window.session.tracks.add([str(tmp_path / "song.mp3")])
    qtbot.waitUntil(lambda: window.table.isVisible() and bar.maximum() > 100)
    for widget, go in (
        (window.canvas._view, lambda: window.canvas._view.hide()),
        (window.transport, lambda: window.transport.setEnabled(False)),
    ):
        widget.show()
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setFocus()
        assert widget.hasFocus()
        bar.setValue(0)
        go()
        assert not widget.hasFocus()
        assert bar.value() == 0


def test_words_that_do_not_fit_are_cut_where_it_does_no_harm(qtbot: QtBot) -> None:
    hint, count = ElidedLabel("Wheel: zoom · drag: move", mode=Qt.TextElideMode.ElideRight), ElidedLabel()
    count.setText("203 tracks", shorter="203")
    for made in (hint, count):
        qtbot.addWidget(made)
    hint.resize(hint.fontMetrics().horizontalAdvance("Wheel: zoom · dr…") + 2, 20)
    assert hint.visible_text().startswith("Wheel: zoom") and hint.visible_text().endswith("…")
    advance = count.fontMetrics().horizontalAdvance
    seen = []
    for width in (advance("203 tracks"), advance("203"), advance("…")):
        count.resize(width, 20)
        seen.append(count.visible_text())
    assert seen == ["203 tracks", "203", ""]


def test_the_introduction_of_live_mode_is_seen_whole(make_window: MakeWindow, qtbot: QtBot) -> None:
    window, _bar = small_window(make_window, qtbot)
    window.actions_.live.trigger()
    words = window.live.view._invitation_text
    words.setText("Choose an input and press Start. " * 20)
    QApplication.processEvents()
    assert words.height() >= words.heightForWidth(words.width())
    window.actions_.live.trigger()
