"""The help: pages of Markdown with a list, search over all of them, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSizePolicy,
    QTextBrowser,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import HELP_SIZES
from genre_desktop.gui.help.help_content import PAGES, read_page, title_of
from genre_desktop.gui.help.markdown_style import show_markdown
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch

_SIZE = (980, 700)
_ACTION = "action:"


@dataclass(frozen=True)
class _Place:
    """Where one has been."""

    key: str
    scroll: int = 0


class HelpWindow(Dialog):
    """Shows help beside the window.

    Parameters
    ----------
    language : str
        Two letters; pages that it lacks are in English.
    blocks : mapping of str to callable
        What is generated for the pages, see `genre_desktop.gui.help.help_content`.
    themes : ThemeSwitch
    size : float
        Of the text, one of `HELP_SIZES`.
    """

    action_requested = Signal(str)  # name of an action of the window
    size_chosen = Signal(float)

    def __init__(
        self,
        language: str,
        blocks: Mapping[str, Callable[[], str]],
        themes: ThemeSwitch,
        size: float,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self._texts = {key: read_page(key, language, blocks) for key in PAGES}
        self._plain: dict[str, str] = {}  # for searching; made when something is searched for
        self._themes = themes
        self._scale = size
        self._key = ""
        self._before: list[_Place] = []
        self._after: list[_Place] = []

        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(tr("Pages"))
        for key in PAGES:
            self.list.addItem(title_of(self._texts[key]))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search in all pages"))
        self.search.setAccessibleName(tr("Search in all pages"))
        self.search.setClearButtonEnabled(True)
        self.found = label(muted=True)
        self.text = _PageText()
        self.text.setObjectName("page")
        self.text.setAccessibleName(tr("Help"))
        self.text.setOpenLinks(False)
        self.back = _button("←", tr("Back (Alt+Left)"))
        self.forward = _button("→", tr("Forward (Alt+Right)"))
        self.smaller = _button("A−", tr("Smaller text (Ctrl+-)"))
        self.larger = _button("A+", tr("Larger text (Ctrl++)"))
        self._lay_out()
        self._connect()
        self.show_page(PAGES[0])
        self.text.setFocus()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        side.addWidget(self.found)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        widest = max(self.list.sizeHintForColumn(0) + 60, 210)
        holder.setFixedWidth(min(widest, 320))
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setToolTip(plain_tip(item.text()))
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 14))
        bar = QHBoxLayout()
        bar.setSpacing(4)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addStretch(1)
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        page = QVBoxLayout()
        page.setSpacing(8)
        page.addLayout(bar)
        page.addWidget(self.text, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(12)
        layout.addWidget(holder)
        layout.addLayout(page, 1)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda row: self.show_page(PAGES[row]))
        self.text.anchorClicked.connect(self._follow)
        self.search.textChanged.connect(lambda _text: self._search())
        self.search.returnPressed.connect(self.find_next)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.smaller.clicked.connect(lambda: self._change_size(-1))
        self.larger.clicked.connect(lambda: self._change_size(1))
        keys = QKeySequence.StandardKey
        for key, slot in (
            (keys.Find, self._go_to_search),
            (keys.FindNext, self.find_next),
            (keys.FindPrevious, self.find_previous),
            (keys.Back, self.go_back),
            (keys.Forward, self.go_forward),
            (keys.ZoomIn, self.larger.click),
            (keys.ZoomOut, self.smaller.click),
        ):
            for sequence in QKeySequence.keyBindings(key):
                QShortcut(sequence, self, slot)
        QShortcut(QKeySequence("Shift+Return"), self.search, self.find_previous)
        self._themes.changed.connect(self._paint)

    # -- pages -----------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Which page is shown."""
        return self._key

    def show_page(self, key: str) -> None:
        """Show a page; the one before can be gone back to."""
        if key == self._key:
            return
        if self._key:
            self._before.append(self._place())
            self._after.clear()
        self._go_to(_Place(key))

    def go_back(self) -> None:
        """Show what was shown before."""
        if self._before:
            self._after.append(self._place())
            self._go_to(self._before.pop())

    def go_forward(self) -> None:
        """Undo a step back."""
        if self._after:
            self._before.append(self._place())
            self._go_to(self._after.pop())

    def _place(self) -> _Place:
        return _Place(self._key, self.text.verticalScrollBar().value())

    def _go_to(self, place: _Place) -> None:
        self._key = place.key
        self._paint(self._themes.colours)
        self.text.verticalScrollBar().setValue(place.scroll)
        self.list.blockSignals(True)
        self.list.setCurrentRow(PAGES.index(place.key))
        self.list.blockSignals(False)
        self.back.setEnabled(bool(self._before))
        self.forward.setEnabled(bool(self._after))

    def _paint(self, colours: Colours) -> None:
        scroll = self.text.verticalScrollBar().value()
        show_markdown(self.text.document(), self._texts[self._key], colours, self._scale)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)  # new text leaves it at the end, which would be shown
        self.text.verticalScrollBar().setValue(scroll)
        self._mark_found()

    def _follow(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith(_ACTION):
            self.action_requested.emit(target.removeprefix(_ACTION))
        elif target in PAGES:
            self.show_page(target)

    def _change_size(self, step: int) -> None:
        at = HELP_SIZES.index(self._scale) + step
        if 0 <= at < len(HELP_SIZES):
            self._scale = HELP_SIZES[at]
            self._paint(self._themes.colours)
            self.size_chosen.emit(self._scale)

    # -- search ----------------------------------------------------------------------------

    def look_for(self, text: str) -> None:
        """Search for something, and show the first place of it."""
        self.search.setText(text)
        self.find_next()

    def _go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _counts(self) -> dict[str, int]:
        if not self._plain:
            document = QTextDocument()
            for key, text in self._texts.items():
                document.setMarkdown(text)
                self._plain[key] = document.toPlainText().casefold()
        wanted = self.search.text().strip().casefold()
        return {key: text.count(wanted) if wanted else 0 for key, text in self._plain.items()}

    def _search(self) -> None:
        counts = self._counts()
        for row, key in enumerate(PAGES):
            title = title_of(self._texts[key])
            self.list.item(row).setText(tr("{title} ({n})", title=title, n=counts[key]) if counts[key] else title)
        n, n_pages = sum(counts.values()), sum(map(bool, counts.values()))
        if not self.search.text().strip():
            self.found.setText("")
        elif n:
            self.found.setText(tr("Found {n} times, on {pages} of {all} pages", n=n, pages=n_pages, all=len(PAGES)))
        else:
            self.found.setText(tr("Nothing found"))
        self._mark_found()

    def _mark_found(self) -> None:
        """Show all places of this page."""
        marks = []
        look = QTextCharFormat()
        look.setBackground(QColor(self._themes.colours.selection))
        wanted = self.search.text().strip()
        at = QTextCursor(self.text.document())
        while wanted and not (at := self.text.document().find(wanted, at)).isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = at, look  # type: ignore[attr-defined]
            marks.append(selection)
        self.text.setExtraSelections(marks)

    def find_next(self) -> None:
        """Go to the next place, on the next page if need be."""
        self._find(1, QTextDocument.FindFlag(0))

    def find_previous(self) -> None:
        """Go to the place before."""
        self._find(-1, QTextDocument.FindFlag.FindBackward)

    def _find(self, step: int, flags: QTextDocument.FindFlag) -> None:
        wanted = self.search.text().strip()
        if not wanted or self.text.find(wanted, flags):
            return
        counts = self._counts()
        here = PAGES.index(self._key)
        for distance in range(1, len(PAGES) + 1):
            key = PAGES[(here + step * distance) % len(PAGES)]
            if counts[key]:
                self.show_page(key)
                ends = QTextCursor.MoveOperation
                self.text.moveCursor(ends.Start if step > 0 else ends.End)
                self.text.find(wanted, flags)
                return


class _PageText(QTextBrowser):
    """A page that loads nothing, neither pictures nor style sheets: all there is to it is its text."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        # Something must be given: for nothing at all Qt looks on the disk by itself.
        return QImage(1, 1, QImage.Format.Format_Alpha8)


def _button(text: str, tip: str) -> QToolButton:
    made = QToolButton(autoRaise=True)
    made.setText(text)
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(tip)
    made.setProperty("chip", True)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setMinimumWidth(38)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
