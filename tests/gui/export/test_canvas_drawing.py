from __future__ import annotations

from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QPainter

from genre_desktop.gui.export.canvas_drawing import Heading, draw_picture, draw_svg
from genre_desktop.gui.widgets.theme import DARK, LIGHT

HEADING = Heading("A long name of a song " * 20, "4:00 · MP3", "Jazz, 83 %")
SIZE = QSize(400, 200)


def paint_red(painter: QPainter, size: QSizeF) -> None:
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("red"))


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_has_a_heading_and_the_plots(qapp: object, colours: object) -> None:
    image = draw_picture(paint_red, HEADING, SIZE, 1.0, colours)  # type: ignore[arg-type]
    assert image.width() == 2 * SIZE.width()  # sharper than the screen
    assert image.pixelColor(image.width() - 3, image.height() - 3) == QColor("red")
    corner = image.pixelColor(1, 1)
    assert corner == QColor(colours.base)  # type: ignore[attr-defined]
    heading = [image.pixelColor(x, y) for x in range(30, 700, 2) for y in range(24, 60, 2)]
    assert any(colour != corner for colour in heading)
    right = [image.pixelColor(x, y) for x in range(image.width() - 30, image.width()) for y in range(0, 100)]
    assert all(colour == corner for colour in right)  # a long name is cut, and does not run out of the picture


def test_a_drawing_is_well_formed_and_keeps_its_letters(qapp: object) -> None:
    drawing = draw_svg(paint_red, Heading("Björk & co.", "4:00", "Jazz"), SIZE, LIGHT)
    root = ElementTree.fromstring(drawing)
    texts = " ".join("".join(element.itertext()) for element in root.iter())
    assert "Björk & co." in texts and "Jazz" in texts


@pytest.mark.parametrize(
    "text", ["</title><script>x</script>", "a & b < c", "bell\x07 and \x1b[31m\ufffe", "caf\udce9"]
)
def test_a_drawing_of_any_name_is_well_formed_and_runs_nothing(qapp: object, text: str) -> None:
    drawing = draw_svg(paint_red, Heading(text, text, text), SIZE, LIGHT)
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()}
    assert "script" not in names and {"svg", "title", "desc", "text"} <= names
