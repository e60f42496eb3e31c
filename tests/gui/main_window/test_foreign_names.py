"""Names from outside are shown as they stand: nothing in them is HTML, and nothing they name is loaded."""

from __future__ import annotations

import ast
import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtGui import Qt as QtGuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import menu_text, plain_tip
from genre_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, label, label_with_link
from genre_desktop.gui.widgets.message_box import MessageBox
from tests.gui.conftest import MakeWindow, SlowClassifier, changed, with_engines
from tests.gui.support.all_windows import every_window, predictor_called

GUI = Path(__file__).parents[3] / "genre_desktop" / "gui"
_IN_OPEN = 0x20
_TIP_ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


class Watch:
    """Hears of each opening of a file (inotify)."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._handle = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._libc.inotify_add_watch(self._handle, os.fsencode(path), _IN_OPEN) >= 0

    def was_opened(self) -> bool:
        """Since it was asked last."""
        try:
            return bool(os.read(self._handle, 4096))
        except BlockingIOError:
            return False

    def close(self) -> None:
        os.close(self._handle)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "x.png"
    path.write_bytes(b"no picture")
    return path


@pytest.fixture
def watch(picture: Path) -> Iterator[Watch]:
    if not sys.platform.startswith("linux"):
        pytest.skip("inotify is Linux's")
    made = Watch(picture)
    yield made
    made.close()


@pytest.fixture
def name(picture: Path) -> str:
    return f'<img src="{picture.as_uri()}"><b>&amp;a\u202etxt'


def tips_of(widget: QWidget) -> Iterator[str]:
    """All tool tips of a window: of widgets, of actions, of items of lists and of headings."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.toolTip(), one.statusTip(), one.whatsThis())
    for action in (*widget.actions(), *widget.findChildren(QAction)):
        yield action.statusTip()
        yield action.whatsThis()
        if action.toolTip().replace("&", "") != action.text().replace("&", "").removesuffix("…").strip():
            yield action.toolTip()
    for view in widget.findChildren(QAbstractItemView):
        model = view.model()
        if model is not None:
            yield from _of_model(model, QModelIndex())
    for chooser in widget.findChildren(QComboBox):
        yield from _of_model(chooser.model(), QModelIndex())


def words_of(widget: QWidget) -> Iterator[str]:
    """All that a window shows in buttons, menus, fields and lists."""
    yield from (one.text() for one in (*widget.findChildren(QAbstractButton), *widget.findChildren(QAction)))
    yield from (one.text() for one in widget.findChildren(QLineEdit))
    for view in widget.findChildren(QAbstractItemView):
        if view.model() is not None:
            yield from _of_model(view.model(), QModelIndex(), (Qt.ItemDataRole.DisplayRole,))


def _of_model(
    model: QAbstractItemModel, parent: QModelIndex, roles: tuple[Qt.ItemDataRole, ...] = _TIP_ROLES
) -> Iterator[str]:
    n_columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for column in range(n_columns):
        for role in roles:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        for row in range(model.rowCount(parent)):
            index = model.index(row, column, parent)
            for role in roles:
                yield str(index.data(role) or "")
            if column == 0 and model.rowCount(index):
                yield from _of_model(model, index, roles)


def test_no_window_takes_a_name_for_html(
    make_window: MakeWindow, services: Services, qtbot: QtBot, name: str, watch: Watch
) -> None:
    predictor = predictor_called(name, genres=(name, "jazz", "pop"))
    own = changed(
        services,
        list_bundles=lambda: [predictor.bundle],
        default_bundle=lambda: predictor.bundle,
        load_predictor=lambda _bundle: predictor,
    )
    window = make_window(with_engines(own, SlowClassifier()))
    shown_names: set[str] = set()
    told: set[str] = set()
    for where, widget in every_window(window, lambda until: qtbot.waitUntil(until), name, genre=name):
        QApplication.processEvents()
        for made in (*widget.findChildren(QLabel), *([widget] if isinstance(widget, QLabel) else [])):
            is_plain = made.textFormat() == Qt.TextFormat.PlainText
            assert is_plain or "<b>" not in made.text(), f"{where}: {made.text()!r}"
            assert "\u202e" not in made.text(), f"{where}: {made.text()!r}"
            if "&amp;a" in made.text():  # a name of a file ends at its first slash, a long one is cut in its middle
                shown_names.add(where)
        for tip in filter(None, tips_of(widget)):
            if QtGuiQt.mightBeRichText(tip):
                assert "<img" not in tip and "<b>" not in tip, f"{where}: {tip!r}"
            assert "\u202e" not in tip, f"{where}: {tip!r}"
            if "&lt;b" in tip and tip not in told:
                told.add(tip)
                QToolTip.showText(QPoint(5, 5), tip)
        for words in words_of(widget):
            assert "\u202e" not in words, f"{where}: {words!r}"
        for text in widget.findChildren(QTextEdit):
            assert "<img" not in text.toHtml(), where
        actions = widget.actions() if isinstance(widget, QMenu) else []
        for text in (one.text() for one in (*actions, *widget.findChildren(QAbstractButton)) if "<" in one.text()):
            assert "&" not in text.replace("&&", ""), f"{where}: {text!r} marks a letter"
        assert not watch.was_opened(), where
    QToolTip.hideText()
    # The names have been seen at all.
    assert told
    assert {
        "list",
        "run",
        "by hand",
        "models",
        "about 2",
        "update model",
        "remove model",
        "import model",
        "skipped",
    } <= shown_names


def test_the_watch_hears_of_a_picture_in_a_label_of_html(qtbot: QtBot, name: str, watch: Watch) -> None:
    made = QLabel(name)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    assert watch.was_opened()


@pytest.mark.parametrize("make", [PlainLabel, ElidedLabel, label])
def test_labels_are_plain(qtbot: QtBot, name: str, watch: Watch, make: type[PlainLabel]) -> None:
    made = make(name)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setText(name)
    made.grab()
    assert made.text() == name.replace("\u202e", "\ufffd")
    assert not watch.was_opened()


def test_the_label_with_a_link_shows_its_words_as_they_stand(qtbot: QtBot, name: str, watch: Watch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    label_with_link(name, name, parent)
    parent.show()
    qtbot.waitExposed(parent)
    parent.grab()
    assert not watch.was_opened()


def test_a_message_is_plain(qtbot: QtBot, name: str, watch: Watch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = MessageBox(parent)
    box.setText(name)
    box.setInformativeText(name)
    box.open()
    qtbot.waitExposed(box)
    box.grab()
    assert box.text() == box.informativeText() == name.replace("\u202e", "\ufffd")
    assert not watch.was_opened()


def test_a_tool_tip_is_read_back_as_it_stood(name: str) -> None:
    for text in (name, "R&B &amp; soul", "&lt;b>", "a\nb", "plain", "<!-- -->", "<?xml"):
        tip = plain_tip(text)
        assert QtGuiQt.mightBeRichText(tip)
        read = QTextDocumentFragment.fromHtml(tip).toPlainText()
        assert read.replace("\u2028", "\n") == text.replace("\u202e", "\ufffd")
    assert plain_tip("") == ""


def test_an_entry_of_a_menu_marks_no_letter_and_has_no_keys() -> None:
    assert menu_text("R&B\tCtrl+Q") == "R&&B␉Ctrl+Q"


def test_the_help_loads_nothing(qtbot: QtBot, make_window: MakeWindow, picture: Path, watch: Watch) -> None:
    window = make_window()
    window.actions_.help.trigger()
    (shown,) = window.findChildren(HelpWindow)
    shown._texts["first-steps"] = f"# A page\n\n![a picture]({picture.as_uri()})\n"
    shown.show_page("first-steps")
    shown._render(window.help_controller._themes.colours)
    qtbot.waitExposed(shown)
    shown.grab()
    assert not watch.was_opened()


# -- the source ----------------------------------------------------------------------------

_PARENTS = {"QDialog": "dialog.py", "QMessageBox": "message_box.py", "QLabel": "labels.py"}
"""Classes of Qt that guess what text is, or know nothing of the screen, and the only place they are used in."""

_NEVER = {"QInputDialog", "QErrorMessage", "QProgressDialog", "QWhatsThis", "QSystemTrayIcon", "QWizard"}
_HTML = {"setTextFormat", "setHtml", "insertHtml", "appendHtml", "setMarkdown", "insertMarkdown", "fromHtml"}
_TIPS = {"setToolTip", "setStatusTip", "setWhatsThis"}


def sources() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(GUI.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_safe_tip(node: ast.expr) -> bool:
    """Whether a tool tip is escaped, or one of our own sentences with no name in it."""
    if isinstance(node, ast.IfExp):
        return is_safe_tip(node.body) and is_safe_tip(node.orelse)
    if isinstance(node, ast.Constant):
        return node.value in ("", None)
    return isinstance(node, ast.Call) and (
        called(node) == "plain_tip" or (called(node) == "tr" and not node.keywords and len(node.args) == 1)
    )


def test_windows_labels_and_messages_are_made_in_one_place() -> None:
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                names = [node.func.value.id] if isinstance(node.func.value, ast.Name) else []
            elif isinstance(node, ast.ClassDef):
                names = [base.id for base in node.bases if isinstance(base, ast.Name)]
            else:
                continue
            found += [
                f"{path.name}:{node.lineno}: {name}"
                for name in names
                if name in _NEVER or _PARENTS.get(name, path.name) != path.name
            ]
    assert found == []


def test_tool_tips_are_escaped() -> None:
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = called(node)
            if name in _TIPS:
                tips = node.args[-1:]
            elif name == "showText":
                tips = node.args[1:2]
            elif name in ("setItemData", "setData") and any("TipRole" in ast.unparse(part) for part in node.args):
                tips = [part for part in node.args if "TipRole" not in ast.unparse(part)][-1:]
            else:
                continue
            found += [f"{path.name}:{node.lineno}: {ast.unparse(tip)}" for tip in tips if not is_safe_tip(tip)]
    assert found == []


def test_html_is_nowhere_but_where_it_is_ours() -> None:
    allowed = {"labels.py", "message_box.py", "markdown_style.py", "page_search.py"}
    found = {
        f"{path.name}: {called(node)}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in _HTML and path.name not in allowed
    }
    assert found == set()


def test_other_programs_are_given_files_of_this_computer_alone() -> None:
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "openUrl":
                assert path.name == "file_manager.py"
                assert ast.unparse(node.args[0]).endswith(".as_uri())")
