from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.gui.widgets.theme import DARK, LIGHT, Colours, ThemeSwitch


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    shares = QColor(colour).getRgbF()[:3]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "base", "raised", "hover", "selection"])
@pytest.mark.parametrize("ink", ["text", "muted", "problem"])
def test_all_text_can_be_read_on_every_ground(colours: Colours, ground: str, ink: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_accents_can_be_read_and_seen(colours: Colours) -> None:
    assert contrast(colours.accent, colours.accent_text) >= 4.5
    assert contrast(colours.accent, colours.base) >= 4.5, "links, and what is being worked on"
    assert contrast(colours.waveform_core, colours.base) >= 3


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeSwitch]:
    made = ThemeSwitch(qapp, "light")
    yield made
    made.choose("system")
    shiboken6.delete(made)
    qapp.setStyleSheet("")


def test_the_palette_follows_the_choice(qapp: QApplication, themes: ThemeSwitch) -> None:
    heard: list[Colours] = []
    themes.changed.connect(heard.append)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(LIGHT.base)
    themes.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.base)
    assert heard == [DARK]
    assert themes.choice == "dark"


def test_a_choice_holds_against_the_desktop_and_system_follows_it(qapp: QApplication, themes: ThemeSwitch) -> None:
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert themes.colours is LIGHT
    themes.choose("system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert themes.colours is DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes.colours is LIGHT


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_disabled_primary_button_does_not_look_like_one_that_can_be_pressed(
    qapp: QApplication, themes: ThemeSwitch, choice: str, qtbot: QtBot
) -> None:
    themes.choose(choice)
    dialog = QWidget()
    qtbot.addWidget(dialog)
    button = QPushButton("Set genre", dialog)
    button.setProperty("primary", True)

    def ground() -> QColor:
        qapp.processEvents()
        return dialog.grab().toImage().pixelColor(5, button.height() // 2)

    dialog.show()
    button.clearFocus()
    assert ground() == QColor(themes.colours.accent)
    button.setEnabled(False)
    assert ground() != QColor(themes.colours.accent)
