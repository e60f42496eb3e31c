from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.gui.export.canvas_export import CanvasExport
from genre_desktop.gui.export.canvas_export_task import CanvasFormat
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import MakeSound, make_prediction, wait_for_rows, wait_until_idle


@pytest.mark.parametrize(
    ("chosen", "chosen_filter", "expected"),
    [
        ("x.svg", "Picture (*.png)", ("x.svg", CanvasFormat.SVG)),
        ("x", "Table of segments (*.csv)", ("x.csv", CanvasFormat.CSV)),
        ("take 2.5", "Picture (*.png)", ("take 2.5.png", CanvasFormat.PNG)),
    ],
)
def test_the_ending_determines_the_format(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    chosen_filter: str,
    expected: tuple[str, CanvasFormat],
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), chosen_filter))
    window = QWidget()
    qtbot.addWidget(window)
    found = CanvasExport(window).choose_target(str(tmp_path), "song", tuple(CanvasFormat))
    assert found == (tmp_path / expected[0], expected[1])


def test_replacing_is_confirmed_if_the_name_gets_an_ending(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "take 2.5.png").write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "take 2.5"), "Picture (*.png)"))
    window = QWidget()
    qtbot.addWidget(window)
    for answer, expected in (
        (MessageBox.StandardButton.No, None),
        (MessageBox.StandardButton.Yes, (tmp_path / "take 2.5.png", CanvasFormat.PNG)),
    ):
        monkeypatch.setattr(MessageBox, "exec", lambda _box, answer=answer: answer)
        assert CanvasExport(window).choose_target(str(tmp_path), "song", tuple(CanvasFormat)) == expected


def test_the_file_is_written_on_a_worker(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    export = CanvasExport(window)
    result = TrackResult(Path("a"), make_prediction(), None, "m")
    with qtbot.waitSignal(export.message) as emitted:
        export.write(tmp_path / "a.csv", CanvasFormat.CSV, result)
    assert "a.csv" in emitted.args[0]
    with qtbot.waitSignal(export.message) as emitted:
        export.write(tmp_path / "no" / "a.csv", CanvasFormat.CSV, TrackResult(Path("a"), make_prediction(), None, "m"))
    assert "cannot be written" in emitted.args[0]
    assert export.worker.shutdown()


def test_the_window_exports_its_canvas(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages: list[str] = []
    window.export_controller.message.connect(messages.append)
    window.actions_.export_view.trigger()
    assert "nothing to export yet" in messages[-1]
    window.session.open([make_sound("Mø.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible() and not window.session.reader.is_reading)
    for ending in ("png", "svg", "txt"):
        target = tmp_path / f"seen.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), ""))
        window.actions_.export_view.trigger()
        qtbot.waitUntil(lambda target=target: target.exists() and str(target.name) in messages[-1])
    assert QImage(str(tmp_path / "seen.png")).width() == 2 * window.canvas.plots.width()
    drawing = (tmp_path / "seen.svg").read_text("utf-8")
    assert "Mø.wav" in drawing and "Jazz" in drawing and "kHz" in drawing and "<image" in drawing
    assert (tmp_path / "seen.txt").read_text().startswith("0.000000\t")
