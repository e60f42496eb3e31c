"""How the window is divided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

_HANDLE = 10


class Panes(QSplitter):
    """List, track or overview, and prediction, side by side; the drop zone while the list is empty; or live mode.

    Attributes
    ----------
    list_and_track : QSplitter
    """

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
        self.addWidget(self._pages)
        self.addWidget(panel)
        for splitter in self.splitters():
            splitter.setHandleWidth(_HANDLE)
            splitter.setChildrenCollapsible(False)
        table.setMinimumWidth(260)
        canvas.setMinimumWidth(280)
        panel.setMinimumWidth(200)
        self.list_and_track.setSizes([490, 480])
        self.list_and_track.setStretchFactor(0, 1)
        self.list_and_track.setStretchFactor(1, 2)
        self.setSizes([980, 290])
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    def splitters(self) -> tuple[QSplitter, QSplitter]:
        """Those whose places are kept from start to start."""
        return self, self.list_and_track

    def show_list(self, is_wanted: bool) -> bool:
        """Show the list, or the drop zone; whether that is a change."""
        page = self.list_and_track if is_wanted else self._drop_zone
        is_change = self._list_page is not page
        self._list_page = page
        if self._pages.currentWidget() is not self._live:
            self._pages.setCurrentWidget(page)
        return is_change

    def show_live(self, is_wanted: bool) -> None:
        """Show live mode in place of list and track, or these again."""
        self._pages.setCurrentWidget(self._live if is_wanted else self._list_page)

    def show_overview(self, is_wanted: bool) -> None:
        """Show the overview, or the track."""
        self._centre.setCurrentWidget(self._overview if is_wanted else self._canvas)
