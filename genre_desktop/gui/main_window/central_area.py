"""The layout of the window between menu bar and job bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from genre_desktop.gui.widgets.notification_bar import NotificationBar
from genre_desktop.gui.widgets.scroll_area import let_scroll

_HANDLE = 10
_PANEL_WIDTH, _PANEL_HEIGHT = 264, 280
_PEEK = 44
"""Height of the part of the prediction panel that is visible below the list in a narrow window."""

_SMALLEST = (400, 150)
"""Minimum size of the scroll area: a screen of 1280 x 800 at 200 % leaves about 620 x 310 for the whole window."""


class CentralArea(QSplitter):
    """Splitters and pages: list, track (or overview) and prediction side by side, the drop zone, or live mode.

    Attributes
    ----------
    list_and_track : QSplitter
    """

    page_changed = Signal()

    def __init__(
        self, table: QWidget, canvas: QWidget, overview: QWidget, drop_zone: QWidget, panel: QWidget, live: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._live = live
        self._list_page: QWidget = drop_zone
        self._canvas = canvas
        self._overview = overview
        self._drop_zone = drop_zone
        self._centre = QStackedWidget()
        self._centre.addWidget(canvas)
        self._centre.addWidget(overview)
        self.list_and_track = QSplitter(Qt.Orientation.Horizontal)
        self.list_and_track.addWidget(table)
        self.list_and_track.addWidget(self._centre)
        self._pages = QStackedWidget()
        self._pages.addWidget(drop_zone)
        self._pages.addWidget(self.list_and_track)
        self._pages.addWidget(live)
        self._height_when_narrow = 0
        self._pages.currentChanged.connect(self._on_page)
        self.addWidget(self._pages)
        self.addWidget(panel)
        for splitter in self.splitters():
            splitter.setHandleWidth(_HANDLE)
            splitter.setChildrenCollapsible(False)
        table.setMinimumWidth(260)
        canvas.setMinimumWidth(280)
        self._panel = panel
        panel.setMinimumWidth(_PANEL_WIDTH)
        self.list_and_track.setSizes([490, 480])
        self.list_and_track.setStretchFactor(0, 1)
        self.list_and_track.setStretchFactor(1, 2)
        self._sizes = {Qt.Orientation.Horizontal: [980, 290]}
        self.setSizes(self._sizes[Qt.Orientation.Horizontal])
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    def needed_width(self) -> int:
        """Width that is needed for the prediction beside the rest."""
        return self._pages.minimumSizeHint().width() + self.handleWidth() + _PANEL_WIDTH

    def set_narrow(self, is_narrow: bool, height: int) -> None:
        """Put the prediction below the rest, which then has the given height, or beside it."""
        wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        self._height_when_narrow = height - _PEEK if is_narrow else 0
        self._fit_pages()
        if wanted == self.orientation():
            return
        self._sizes[self.orientation()] = self.sizes()
        self.setOrientation(wanted)
        self._panel.setMinimumSize(*((0, _PANEL_HEIGHT) if is_narrow else (_PANEL_WIDTH, 0)))
        self.setSizes(self._sizes.get(wanted, [height, _PANEL_HEIGHT]))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_pages()  # a page may need more height: text that wraps does once its width is set
        return super().event(event)

    def _on_page(self) -> None:
        self._fit_pages()
        self.page_changed.emit()

    def _fit_pages(self) -> None:
        """Set the height that the current page needs: a stack by itself is as high as its highest page."""
        page = self._pages.currentWidget()
        needed = 0 if page is None else page.minimumSizeHint().expandedTo(page.minimumSize()).height()
        self._pages.setMinimumHeight(max(self._height_when_narrow, needed) if self._height_when_narrow else 0)

    def splitters(self) -> tuple[QSplitter, QSplitter]:
        """The splitters whose positions are stored."""
        return self, self.list_and_track

    def show_list(self, is_wanted: bool) -> bool:
        """Show the list or the drop zone; returns whether that is a change."""
        page = self.list_and_track if is_wanted else self._drop_zone
        is_change = self._list_page is not page
        self._list_page = page
        if self._pages.currentWidget() is not self._live:
            self._pages.setCurrentWidget(page)
        return is_change

    def show_live(self, is_wanted: bool) -> None:
        """Show live mode, or the list and track again."""
        self._pages.setCurrentWidget(self._live if is_wanted else self._list_page)

    def show_overview(self, is_wanted: bool) -> None:
        """Show the overview or the track."""
        self._centre.setCurrentWidget(self._overview if is_wanted else self._canvas)


class Workspace(QScrollArea):
    """Scroll area with the notices and the central area; it scrolls in a small window.

    It scrolls to the top for a new page or a new notice.
    """

    def __init__(self, notices: NotificationBar, central_area: CentralArea) -> None:
        super().__init__()
        self._central_area = central_area
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(notices)
        layout.addWidget(central_area, 1)
        let_scroll(content, self)
        self.setMinimumSize(*_SMALLEST)
        central_area.page_changed.connect(self._show_top)
        notices.appeared.connect(self._show_top)

    def _show_top(self) -> None:
        self.verticalScrollBar().setValue(0)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        # Qt scrolls to the next focus widget even when the focus moved only since its widget was hidden or disabled.
        left = self.window().focusWidget()
        is_asked = left is None or (left.isVisibleTo(self.window()) and left.isEnabled())
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        places = [bar.value() for bar in bars]
        has_moved = super().focusNextPrevChild(is_next)
        if not is_asked:
            for bar, place in zip(bars, places, strict=True):
                bar.setValue(place)
        return has_moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Width of the area, not of its content: otherwise the scroll bar that appears would be the reason to remove it.
        is_narrow = self.width() < self._central_area.needed_width()
        if is_narrow:  # before the content is squeezed: its sizes are restored when there is room again
            self._central_area.set_narrow(True, self.height())
        super().resizeEvent(event)
        if not is_narrow:
            self._central_area.set_narrow(False, self.height())
