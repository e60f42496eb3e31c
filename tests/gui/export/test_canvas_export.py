from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import ExportTargetError
from genre_desktop.gui.export.canvas_export import (
    CanvasExport,
    Heading,
    ViewKind,
    ViewRequest,
    draw_picture,
    draw_svg,
    write_view,
)
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.dialogs import MessageBox
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from genre_desktop.gui.workers.worker import TaskContext
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import MakeSound, make_prediction, wait_for_rows, wait_until_idle

HEADING = Heading("A long name of a song " * 20, "4:00 · MP3", "Jazz, 83 %")
SIZE = QSize(400, 200)


class RedPlots:
    def paint_to(self, painter: QPainter, size: QSizeF) -> None:
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("red"))


def report() -> TaskContext:
    return TaskContext(None, lambda *_: None)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_has_a_heading_and_the_plots(qapp: object, colours: object) -> None:
    image = draw_picture(RedPlots(), HEADING, SIZE, 1.0, colours)  # type: ignore[arg-type]
    assert image.width() == 2 * SIZE.width()  # sharper than the screen
    assert image.pixelColor(image.width() - 3, image.height() - 3) == QColor("red")
    corner = image.pixelColor(1, 1)
    assert corner == QColor(colours.base)  # type: ignore[attr-defined]
    heading = [image.pixelColor(x, y) for x in range(30, 700, 2) for y in range(24, 60, 2)]
    assert any(colour != corner for colour in heading)
    right = [image.pixelColor(x, y) for x in range(image.width() - 30, image.width()) for y in range(0, 100)]
    assert all(colour == corner for colour in right)  # a long name is cut, and does not run out of the picture


def test_a_drawing_is_well_formed_and_keeps_its_letters(qapp: object) -> None:
    drawing = draw_svg(RedPlots(), Heading("Björk & co.", "4:00", "Jazz"), SIZE, LIGHT)
    root = ElementTree.fromstring(drawing)
    texts = " ".join("".join(element.itertext()) for element in root.iter())
    assert "Björk & co." in texts and "Jazz" in texts


@pytest.mark.parametrize(
    "text", ["</title><script>x</script>", "a & b < c", "bell\x07 and \x1b[31m\ufffe", "caf\udce9"]
)
def test_a_drawing_of_any_name_is_well_formed_and_runs_nothing(qapp: object, text: str) -> None:
    drawing = draw_svg(RedPlots(), Heading(text, text, text), SIZE, LIGHT)
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()}
    assert "script" not in names and {"svg", "title", "desc", "text"} <= names


def test_files_appear_and_others_stay(qapp: object, tmp_path: Path) -> None:
    image = draw_picture(RedPlots(), HEADING, SIZE, 1.0, LIGHT)
    target = tmp_path / "a.png"
    for _ in range(2):
        assert write_view(ViewRequest(target, ViewKind.PNG, image), report()) == target
    assert QImage(str(target)).width() == 800
    drawing = draw_svg(RedPlots(), HEADING, SIZE, LIGHT)
    for _ in range(2):
        write_view(ViewRequest(tmp_path / "a.svg", ViewKind.SVG, drawing), report())
    target.write_bytes(b"notes")
    with pytest.raises(ExportTargetError):
        write_view(ViewRequest(target, ViewKind.PNG, image), report())
    assert target.read_bytes() == b"notes"


@pytest.mark.parametrize(
    ("kind", "start"), [(ViewKind.LABELS, b"0.000000\t"), (ViewKind.CSV, b"start_s,"), (ViewKind.JSON, b'{"path": ')]
)
def test_segments_for_other_programs(tmp_path: Path, kind: ViewKind, start: bytes) -> None:
    result = TrackResult(Path("a.wav"), make_prediction(), None, "m")
    target = tmp_path / f"a.{kind.value}"
    write_view(ViewRequest(target, kind, result), report())
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("chosen", "chosen_filter", "expected"),
    [
        ("x.svg", "Picture (*.png)", ("x.svg", ViewKind.SVG)),
        ("x", "Table of segments (*.csv)", ("x.csv", ViewKind.CSV)),
        ("take 2.5", "Picture (*.png)", ("take 2.5.png", ViewKind.PNG)),
    ],
)
def test_the_ending_decides(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: str,
    chosen_filter: str,
    expected: tuple[str, ViewKind],
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / chosen), chosen_filter))
    window = QWidget()
    qtbot.addWidget(window)
    found = CanvasExport(window).ask(str(tmp_path), "song", tuple(ViewKind))
    assert found == (tmp_path / expected[0], expected[1])


def test_a_name_that_gets_an_ending_is_asked_about(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "take 2.5.png").write_bytes(b"mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "take 2.5"), "Picture (*.png)"))
    window = QWidget()
    qtbot.addWidget(window)
    for answer, expected in (
        (MessageBox.StandardButton.No, None),
        (MessageBox.StandardButton.Yes, (tmp_path / "take 2.5.png", ViewKind.PNG)),
    ):
        monkeypatch.setattr(MessageBox, "exec", lambda _box, answer=answer: answer)
        assert CanvasExport(window).ask(str(tmp_path), "song", tuple(ViewKind)) == expected


def test_it_is_written_on_a_worker_and_told(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    export = CanvasExport(window)
    result = TrackResult(Path("a"), make_prediction(), None, "m")
    with qtbot.waitSignal(export.message) as said:
        export.write(tmp_path / "a.csv", ViewKind.CSV, lambda: result)
    assert "a.csv" in said.args[0]
    with qtbot.waitSignal(export.message) as said:
        export.write(
            tmp_path / "no" / "a.csv", ViewKind.CSV, lambda: TrackResult(Path("a"), make_prediction(), None, "m")
        )
    assert "cannot be written" in said.args[0]
    assert export.worker.shutdown()


def test_the_window_exports_what_it_shows(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    window.export_controller.message.connect(told.append)
    window.actions_.export_view.trigger()
    assert "nothing to export yet" in told[-1]
    window.session.open([make_sound("Mø.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible() and not window.session.reader.is_reading)
    for ending in ("png", "svg", "txt"):
        target = tmp_path / f"seen.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), ""))
        window.actions_.export_view.trigger()
        qtbot.waitUntil(lambda target=target: target.exists() and str(target.name) in told[-1])
    assert QImage(str(tmp_path / "seen.png")).width() == 2 * window.canvas.plots.width()
    drawing = (tmp_path / "seen.svg").read_text("utf-8")
    assert "Mø.wav" in drawing and "Jazz" in drawing and "kHz" in drawing and "<image" in drawing
    assert (tmp_path / "seen.txt").read_text().startswith("0.000000\t")
