from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QColor, QTextTable
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.core import i18n, locations
from genre_desktop.core.errors import error_list
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.help import help_content as help_pages
from genre_desktop.gui.help.help_content import PAGES, escaped, page_file, read_page, title_of
from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.help.markdown_style import show_markdown
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.theme import DARK, LIGHT

LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def shown(window: MainWindow) -> HelpWindow:
    window.actions_.help.trigger()
    found = window.findChild(HelpWindow)
    assert found.isVisible()
    return found


def languages() -> list[str]:
    return sorted(path.name for path in (locations.resources() / "help").iterdir() if path.is_dir())


def test_every_page_is_there_in_english() -> None:
    assert {path.stem for path in (locations.resources() / "help" / "en").glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("language", languages())
def test_links_and_blocks_of_the_pages_exist(qapp: QApplication, language: str) -> None:
    actions = names_of_actions()
    assert {"settings", "log", "about"} < actions
    blocks: set[str] = set()
    for path in (locations.resources() / "help" / language).glob("*.md"):
        assert path.stem in PAGES, path
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# ") and title_of(text)
        blocks |= set(re.findall(r"\{\{(.*?)\}\}", text))
        for target in LINK.findall(text):
            name = target.removeprefix("action:")
            assert name in actions if name != target else target in PAGES, (path, target)
        english = (path.parent.parent / "en" / path.name).read_text(encoding="utf-8")
        assert sorted(LINK.findall(text)) == sorted(LINK.findall(english)), (path, "as many ways on as in English")
        assert re.findall(r"\{\{.*?\}\}", text) == re.findall(r"\{\{.*?\}\}", english), path
    assert blocks <= {"shortcuts", "figures", "places", "errors"}


def names_of_actions() -> set[str]:
    bar, view = QMenuBar(), QWidget()
    names = {name for name, value in vars(Actions(bar, view, "light")).items() if isinstance(value, QAction)}
    shiboken6.delete(bar)
    shiboken6.delete(view)
    return names


def test_a_page_that_a_language_lacks_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, key in (("en", "one"), ("en", "two"), ("xx", "two")):
        (tmp_path / "help" / language).mkdir(parents=True, exist_ok=True)
        (tmp_path / "help" / language / f"{key}.md").write_text(f"# {language} {key}\n\n{{{{block}}}}\n")
    monkeypatch.setattr(locations, "resources", lambda: tmp_path)
    assert page_file("one", "xx").parent.name == "en" and page_file("two", "xx").parent.name == "xx"
    assert read_page("two", "xx", {"block": lambda: r"a \1 b"}) == "# xx two\n\na \\1 b\n"
    assert title_of(read_page("one", "de", {"block": str})) == "en one"


def test_f1_opens_the_first_steps_and_then_where_one_was(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (shown,) = window.findChildren(HelpWindow)
    assert shown.key == "first-steps" and shown.isVisible() and not shown.isModal()
    window.actions_.figures.trigger()
    assert shown.key == "figures"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    window.actions_.help.trigger()
    assert shown.isVisible() and shown.key == "figures"
    window.drop_zone.help_button.click()
    assert shown.key == "first-steps"
    assert window.findChildren(HelpWindow) == [shown]


def test_the_figures_are_explained(shown: HelpWindow) -> None:
    shown.show_page("figures")
    text = shown.text.toPlainText()
    assert all(word in text for word in ("calibrated", "95 % interval", "leaking", "unsure", "Also hears", "Timeline"))


def test_the_keys_are_those_of_the_menus(shown: HelpWindow, window: MainWindow) -> None:
    shown.show_page("shortcuts")
    document = shown.text.document()
    rows = {}
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            for row in range(frame.rows()):
                rows[_cell(frame, row, 1)] = _cell(frame, row, 0)
    with_keys = [
        action for entry in window.menuBar().actions() for action in entry.menu().actions() if action.property("keys")
    ]
    assert len(with_keys) > 30
    for action in with_keys:
        name = help_pages.plain_text(action)
        assert rows[name].split(" or ")[0] == action.property("keys")[0], name
        assert rows[name].split(" or ")[0] in [key.toString() for key in action.shortcuts()] or name == "Play"
    assert rows["Play"] == "Space", "though buttons may have it at the moment"
    assert rows["Open files"] == "Ctrl+O", "and not the key of a few keyboards"
    window.actions_.pause.setText("&Continue")
    assert "Continue" in help_pages.shortcut_tables(window.menuBar())


def test_every_code_is_there(shown: HelpWindow) -> None:
    shown.show_page("troubles")
    text = shown.text.toPlainText()
    for code, sentence in error_list():
        assert code in text and sentence in text


def test_places_are_those_of_this_computer(shown: HelpWindow, home: Path) -> None:
    shown.show_page("places")
    text = shown.text.toPlainText()
    assert all(str(home / name) in text for name in ("data", "config", "cache", "log"))


@pytest.mark.parametrize("text", ["<b>x</b>", "a_b_c", r"C:\Users\a|b", "`x`", "[a](b)", "*x*", "# x", "1 & 2 &amp;"])
def test_generated_texts_are_shown_as_they_are(qapp: QApplication, text: str) -> None:
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    show_markdown(document, f"x {escaped(text)} y\n\n| a | b |\n| --- | --- |\n| {escaped(text)} | z |\n", LIGHT, 1.0)
    plain = document.toPlainText()
    expected = text.replace("&amp;", "&")  # entities are what they stand for
    assert f"x {expected} y" in plain and plain.count(expected) == 2


def test_links_go_on_and_there_is_a_way_back(qtbot: QtBot, shown: HelpWindow) -> None:
    assert not shown.back.isEnabled() and not shown.forward.isEnabled()
    shown.text.anchorClicked.emit(QUrl("figures"))
    shown.list.setCurrentRow(PAGES.index("troubles"))
    shown.text.verticalScrollBar().setValue(200)
    shown.show_page("places")
    assert shown.list.currentRow() == PAGES.index("places")
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.key == "troubles" and shown.text.verticalScrollBar().value() == 200
    shown.back.click()
    assert shown.key == "figures" and shown.list.currentRow() == PAGES.index("figures")
    shown.back.click()
    assert shown.key == "first-steps" and not shown.back.isEnabled()
    qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.key == "figures"
    shown.show_page("folders")
    assert not shown.forward.isEnabled()
    shown.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert shown.key == "folders", "nothing leads out of the program"


def test_links_do_what_the_window_does(shown: HelpWindow, window: MainWindow) -> None:
    heard: list[str] = []
    for name in ("settings", "live"):
        getattr(window.actions_, name).triggered.connect(lambda *_, name=name: heard.append(name))
    shown.text.anchorClicked.emit(QUrl("action:live"))
    shown.text.anchorClicked.emit(QUrl("action:settings"))
    assert heard == ["live", "settings"] and window.live.is_on
    shown.text.anchorClicked.emit(QUrl("action:deleteLater"))
    QApplication.processEvents()
    assert shiboken6.isValid(window.actions_), "nothing else is called by a link"


def test_search_counts_on_all_pages_and_goes_through_them(qtbot: QtBot, shown: HelpWindow) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.search.hasFocus()
    qtbot.keyClicks(shown.search, "Calibrated")
    assert re.fullmatch(r"Found \d+ times, on 1 of 8 pages", shown.found.text())
    assert re.search(r"\(\d+\)$", shown.list.item(PAGES.index("figures")).text())
    assert shown.list.item(0).text() == "First steps"
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.key == "figures" and shown.text.textCursor().selectedText().lower() == "calibrated"
    assert len(shown.text.extraSelections()) >= 2
    first = shown.text.textCursor().position()
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    second = shown.text.textCursor().position()
    assert second > first
    qtbot.keyClick(shown.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.text.textCursor().position() == first
    shown.look_for("no such words anywhere")
    assert shown.found.text() == "Nothing found" and shown.key == "figures"
    shown.search.clear()
    assert shown.found.text() == "" and not shown.text.extraSelections()


def test_a_code_is_found(shown: HelpWindow) -> None:
    shown.look_for("GD-305")
    assert shown.key == "troubles" and shown.text.textCursor().selectedText() == "GD-305"


def test_size_and_colours_follow(qtbot: QtBot, shown: HelpWindow, window: MainWindow) -> None:
    size = shown.text.document().defaultFont().pointSizeF()
    shown.larger.click()
    assert shown.text.document().defaultFont().pointSizeF() > size
    assert load_settings().help_size == 1.15
    for _ in range(20):
        shown.smaller.click()
    assert load_settings().help_size == 0.8
    window.settings.set(theme="dark")
    assert shown.text.grab().toImage().pixelColor(8, 60) == QColor(DARK.base)
    window.settings.set(theme="light")
    assert shown.text.grab().toImage().pixelColor(8, 60) == QColor(LIGHT.base)


def test_a_page_begins_at_its_beginning(qtbot: QtBot, shown: HelpWindow) -> None:
    shown.close()
    shown.resize(600, 320)
    shown.show()
    QApplication.processEvents()
    shown.text.setFocus()
    QApplication.processEvents()
    assert shown.text.verticalScrollBar().maximum() > 0
    assert shown.text.verticalScrollBar().value() == 0 and shown.text.textCursor().position() == 0
    shown.show_page("troubles")
    QApplication.processEvents()
    assert shown.text.verticalScrollBar().value() == 0 and shown.text.textCursor().position() == 0


def test_headings_are_larger_than_text(shown: HelpWindow) -> None:
    document = shown.text.document()
    heading = document.begin()
    sizes = [heading.begin().fragment().charFormat().font().pointSizeF()]
    sizes.append(document.defaultFont().pointSizeF())
    assert sizes[0] > 1.4 * sizes[1]


def test_the_help_speaks_the_language_of_the_window(qapp: QApplication) -> None:
    i18n.set_translator(lambda text: {"Confidence": "Sicherheit"}.get(text, text))
    assert "## Sicherheit" in help_pages.figure_texts()


def _cell(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), cursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@pytest.fixture(autouse=True)
def _no_windows_left(qapp: QApplication) -> Iterator[None]:
    yield
    for widget in qapp.topLevelWidgets():
        if isinstance(widget, HelpWindow) and shiboken6.isValid(widget):
            widget.close()
