"""The window of the help: a list of pages, a search over all of them, back and forward."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
from genre_desktop.gui.help.page_history import PageHistory, PagePlace
from genre_desktop.gui.help.page_search import PageSearch
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch

_SIZE = (980, 700)
_ACTION = "action:"


class HelpWindow(Dialog):
    """Shows the pages of the help beside the main window.

    Parameters
    ----------
    language : str
        Code of two letters; pages that the language lacks are in English.
    blocks : mapping of str to callable
        Makes the generated blocks of the pages, by name; see `genre_desktop.gui.help.generated_blocks`.
    themes : ThemeSwitch
    size : float
        Size of the text, one of `HELP_SIZES`.
    parent : QWidget
    """

    action_requested = Signal(str)  # name of an attribute of Actions
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
        self._page_search = PageSearch(self._texts)
        self._themes = themes
        self._scale = size
        self._key = ""
        self._history = PageHistory()

        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(tr("Pages"))
        for key in PAGES:
            self.list.addItem(title_of(self._texts[key]))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search in all pages"))
        self.search.setAccessibleName(tr("Search in all pages"))
        self.search.setClearButtonEnabled(True)
        self.match_count = label(muted=True)
        self.text = _PageBrowser()
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
        side.addWidget(self.match_count)
        sidebar = QWidget()
        sidebar.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        widest = max(self.list.sizeHintForColumn(0) + 60, 210)
        sidebar.setFixedWidth(min(widest, 320))
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
        layout.addWidget(sidebar)
        layout.addLayout(page, 1)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda row: self.show_page(PAGES[row]))
        self.text.anchorClicked.connect(self._open_link)
        self.search.textChanged.connect(lambda _text: self._show_counts())
        self.search.returnPressed.connect(self.find_next)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.smaller.clicked.connect(lambda: self._change_size(-1))
        self.larger.clicked.connect(lambda: self._change_size(1))
        keys = QKeySequence.StandardKey
        for key, slot in (
            (keys.Find, self._focus_search),
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
        self._themes.changed.connect(self._render)

    # -- pages -----------------------------------------------------------------------------

    @property
    def key(self) -> str:
        """Key of the page that is shown."""
        return self._key

    def show_page(self, key: str) -> None:
        """Show a page, and add the one before to the history."""
        if key == self._key:
            return
        if self._key:
            self._history.leave(self._place())
        self._go_to(PagePlace(key))

    def go_back(self) -> None:
        """Show the page before this one in the history."""
        if self._history.can_go_back:
            self._go_to(self._history.go_back(self._place()))

    def go_forward(self) -> None:
        """Show the page after this one in the history."""
        if self._history.can_go_forward:
            self._go_to(self._history.go_forward(self._place()))

    def _place(self) -> PagePlace:
        return PagePlace(self._key, self.text.verticalScrollBar().value())

    def _go_to(self, place: PagePlace) -> None:
        self._key = place.key
        self._render(self._themes.colours)
        self.text.verticalScrollBar().setValue(place.scroll)
        self.list.blockSignals(True)
        self.list.setCurrentRow(PAGES.index(place.key))
        self.list.blockSignals(False)
        self.back.setEnabled(self._history.can_go_back)
        self.forward.setEnabled(self._history.can_go_forward)

    def _render(self, colours: Colours) -> None:
        scroll = self.text.verticalScrollBar().value()
        show_markdown(self.text.document(), self._texts[self._key], colours, self._scale)
        # New text leaves the cursor at the end, which the view would show.
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.verticalScrollBar().setValue(scroll)
        self._highlight_matches()

    def _open_link(self, url: QUrl) -> None:
        target = url.toString()
        if target.startswith(_ACTION):
            self.action_requested.emit(target.removeprefix(_ACTION))
        elif (key := target.removesuffix(".md")) in PAGES:
            self.show_page(key)

    def _change_size(self, step: int) -> None:
        at = HELP_SIZES.index(self._scale) + step
        if 0 <= at < len(HELP_SIZES):
            self._scale = HELP_SIZES[at]
            self._render(self._themes.colours)
            self.size_chosen.emit(self._scale)

    # -- search ----------------------------------------------------------------------------

    def search_for(self, text: str) -> None:
        """Search for a text, and show its first match."""
        self.search.setText(text)
        self.find_next()

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _searched(self) -> str:
        return self.search.text().strip()

    def _show_counts(self) -> None:
        counts = self._page_search.counts(self._searched())
        for row, key in enumerate(PAGES):
            title = title_of(self._texts[key])
            self.list.item(row).setText(tr("{title} ({n})", title=title, n=counts[key]) if counts[key] else title)
        n, n_pages = sum(counts.values()), sum(map(bool, counts.values()))
        if not self._searched():
            self.match_count.setText("")
        elif n:
            self.match_count.setText(
                tr("Found {n} times, on {pages} of {all} pages", n=n, pages=n_pages, all=len(PAGES))
            )
        else:
            self.match_count.setText(tr("Nothing found"))
        self._highlight_matches()

    def _highlight_matches(self) -> None:
        """Highlight all matches on this page."""
        highlights = []
        style = QTextCharFormat()
        style.setBackground(QColor(self._themes.colours.selection))
        text = self._searched()
        at = QTextCursor(self.text.document())
        while text and not (at := self.text.document().find(text, at)).isNull():
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = at, style  # type: ignore[attr-defined]
            highlights.append(selection)
        self.text.setExtraSelections(highlights)

    def find_next(self) -> None:
        """Go to the next match, on a following page if this one has no more."""
        self._find(1, QTextDocument.FindFlag(0))

    def find_previous(self) -> None:
        """Go to the previous match, on a preceding page if this one has no more."""
        self._find(-1, QTextDocument.FindFlag.FindBackward)

    def _find(self, step: int, flags: QTextDocument.FindFlag) -> None:
        text = self._searched()
        if not text or self.text.find(text, flags):
            return
        page = self._page_search.next_page(text, self._key, step)
        if page is not None:
            self.show_page(page)
            ends = QTextCursor.MoveOperation
            self.text.moveCursor(ends.Start if step > 0 else ends.End)
            self.text.find(text, flags)


class _PageBrowser(QTextBrowser):
    """A text browser that loads neither images nor style sheets."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        # An empty result would make Qt look for the resource on the disk.
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
