"""The window in the languages that it speaks."""

from __future__ import annotations

import platform
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMenu,
    QTableView,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genre_desktop.core import i18n
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.settings import LANGUAGES, Settings, save_settings
from genre_desktop.gui.prediction.model_accuracy import ModelAccuracy
from genre_desktop.gui.startup.language import install_language, language_of, punctuation
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.tracks.track import State
from genre_desktop.model.bundles.catalogue import find_bundle
from tests.gui.conftest import MakeSound, MakeWindow, make_prediction, states


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], str]]:
    """Lets the program speak a language until the test is over."""
    before = QLocale()

    yield lambda language: install_language(qapp, language)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)
    i18n.set_translator(None)


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        ("de", ["en-US"], "de"),
        ("en", ["de-DE"], "en"),
        (None, ["de-AT", "en"], "de"),
        (None, ["es_MX"], "es"),
        (None, ["fr-FR", "de"], "de"),
        (None, ["fr-FR"], "en"),
        (None, ["C"], "en"),
        (None, [], "en"),
    ],
)
def test_the_settings_take_precedence_and_unknown_languages_are_english(
    wanted: str | None, system: list[str], spoken: str
) -> None:
    assert language_of(wanted, system) == spoken


@pytest.mark.parametrize(
    ("name", "thousands", "more", "fraction"),
    [
        ("en", "1,234", "12,345", "1.5"),
        ("de_DE", "1.234", "12.345", "1,5"),
        ("es_ES", "1234", "12.345", "1,5"),
        ("es_MX", "1,234", "12,345", "1.5"),
    ],
)
def test_numbers_are_written_in_the_format_of_the_language(name: str, thousands: str, more: str, fraction: str) -> None:
    i18n.set_translator(None, punctuate=punctuation(QLocale(name)))
    assert (numeral(1_234, ","), numeral(12_345, ","), numeral(1.5, ".1f")) == (thousands, more, fraction)


def test_german_applies_to_sentences_numbers_and_qt(speak: Callable[[str], str]) -> None:
    assert speak("de") == "de" == i18n.language()
    assert formatting.count_tracks(1_200) == "1.200 Titel"
    assert prediction_text.genre_title("classical") == "Klassik" and prediction_text.genre_title("my own") == "My own"
    assert prediction_text.tags_line(make_prediction(tags=("female vocals", "xyz"))) == "weiblicher\u00a0Gesang, xyz"
    assert QLocale().decimalPoint() == ","
    assert QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText) == "Strg+L"


@pytest.mark.parametrize(("language", "cancel"), [("de", "Abbrechen"), ("es", "Cancelar"), ("en", "Cancel")])
def test_qts_own_buttons_are_translated(speak: Callable[[str], str], qtbot: QtBot, language: str, cancel: str) -> None:
    speak(language)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().replace("&", "") == cancel


@pytest.mark.parametrize("language", ["de", "es"])
def test_qts_file_dialog_has_no_english_left(speak: Callable[[str], str], qtbot: QtBot, language: str) -> None:
    speak("en")
    english = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(english)
    speak(language)
    dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    left = {text for text in texts(dialog) if re.search(r"[^\W\d_]{2}", text)} & {*texts(english)}
    assert {text for text in left if "/" not in text} <= {"Name", "Details"}, "German calls these the same"


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_have_the_same_names_in_sentences_and_menus(
    speak: Callable[[str], str], language: str, make_window: MakeWindow
) -> None:
    speak(language)
    window = make_window()
    keys = {
        keys.toString(QKeySequence.SequenceFormat.NativeText)
        for action in window.findChildren(QAction)
        for keys in action.shortcuts()
    }
    named = [key for text in texts(window) for key in re.findall(r"\(((?:\w+\+)*\w+)\)$", text) if "+" in key]
    assert named and set(named) <= keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_entries_of_a_menu_have_the_same_mnemonic(
    speak: Callable[[str], str], language: str, make_window: MakeWindow
) -> None:
    speak(language)
    window = make_window()
    menus: list[QWidget] = [window.menuBar(), *window.findChildren(QMenu)]
    for menu in menus:
        marked = (re.search(r"&(\w)", action.text().replace("&&", "")) for action in menu.actions())
        letters = Counter(mark.group(1).casefold() for mark in marked if mark)
        assert [letter for letter, n in letters.items() if n > 1] == [], [action.text() for action in menu.actions()]


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_no_language_needs_a_wider_window(
    speak: Callable[[str], str], language: str, make_window: MakeWindow, qtbot: QtBot
) -> None:
    widths = []
    for spoken in ("en", language):
        speak(spoken)
        window, figures = make_window(), ModelAccuracy()
        qtbot.addWidget(figures)
        bundle = find_bundle("gtzan-musicnn")
        assert bundle.accuracy is not None
        figures.show_accuracy(bundle.accuracy)
        widths.append((window.minimumSizeHint().width(), figures.minimumSizeHint().width()))
    (window_en, figures_en), (window_now, figures_now) = widths
    assert window_now <= 1.02 * window_en
    assert figures_now <= 1.06 * figures_en, "the panel is no wider than that"


def test_all_texts_of_the_window_are_translatable(make_window: MakeWindow, make_sound: MakeSound, qtbot: QtBot) -> None:
    i18n.set_translator(lambda text: f"«{text}»")
    window = make_window()
    window.session.open([Path(make_sound("Ü.wav"))])
    qtbot.waitUntil(lambda: states(window) == [State.DONE])
    for action in (window.actions_.about, window.actions_.figures, window.actions_.failures):
        action.trigger()
    said = list(texts(window))
    assert len(said) > 150
    names = ("Ü", "<span>", "test-model", "The model", "Genre Desktop", platform.system())  # of files, models, systems
    same = {"Close", "Python", "Qt"}  # Qt speaks for itself
    untold = {text for text in said if re.search(r"[^\W\d_]{2}", text) and "«" not in text}
    assert {text for text in untold if not text.startswith(names)} <= same


def texts(window: QWidget) -> Iterator[str]:
    """Everything that a person may read or hear of a window and its dialogs."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from filter(None, (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()))
        if isinstance(widget, QDialog):
            yield widget.windowTitle()
        for name in ("text", "title", "placeholderText"):
            ask = getattr(widget, name, None)
            value = ask() if callable(ask) else None
            if isinstance(value, str) and value:
                yield value
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        if isinstance(widget, QTableView | QTreeWidget) and widget.model() is not None:
            model = widget.model()
            heads = (model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount()))
            yield from (head for head in heads if isinstance(head, str))
    for action in window.findChildren(QAction):
        yield from filter(None, (action.text(), action.toolTip()))


def test_the_language_of_the_settings_is_used_from_the_start(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], str], home: Path
) -> None:
    from genre_desktop.gui.startup import main as app

    monkeypatch.setattr(app, "Application", lambda _arguments: qapp)
    save_settings(Settings(language="es"))
    app.create_app(app.load_settings().language)
    assert tr("Not music") == "No es música"
