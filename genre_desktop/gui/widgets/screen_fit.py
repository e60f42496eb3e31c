"""Windows that stay within their screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QDialog, QWidget

_FRAME = QMargins(6, 36, 6, 6)
"""Margins assumed for the frame of the window manager until the real one is known."""

_SETTLED_MS = 300
"""After this time without a move, a window has its frame and is no longer dragged."""

_UNBOUNDED_STATES = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized

MakeScrollable = Callable[[QSize], None]
"""Lets the content of a window scroll if it needs more than a size (without the frame of the window)."""


class ScreenFit(QObject):
    """Keeps a window with its frame inside the area that its screen has free for windows.

    Checked when the window is shown, when the program resizes it, when its content needs more room, when it moves to
    another screen, and when the screen changes. Dragging it about within a screen is not restricted.

    Parameters
    ----------
    window : QWidget
        A top-level widget.
    make_scrollable : callable, optional
    """

    def __init__(self, window: QWidget, make_scrollable: MakeScrollable | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._make_scrollable = make_scrollable
        self._screen: QScreen | None = None
        self._must_place = False
        self._fit_timer = QTimer(self, singleShot=True, interval=0)
        self._fit_timer.timeout.connect(self.fit)
        self._settle_timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settle_timer.timeout.connect(self._fit_and_place)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window and not event.spontaneous():
            if kind == QEvent.Type.Show:
                self._on_show()
            elif kind == QEvent.Type.Resize:
                self._must_place = True
                self._fit_timer.start()
            elif kind == QEvent.Type.LayoutRequest:
                self._fit_timer.start()
        elif kind == QEvent.Type.Move and self._settle_timer.isActive():
            self._settle_timer.start()  # it is still being dragged
        return False

    def fit(self) -> None:
        """Shrink and move the window into the free area of its screen."""
        window = self._window
        if not window.isVisible() or window.windowState() & _UNBOUNDED_STATES:
            return
        is_smaller = self._bound(available_geometry(window.screen()), _frame(window))
        if is_smaller or self._must_place:
            self._must_place = False
            self._place(available_geometry(window.screen()))

    # -- when ------------------------------------------------------------------------------

    def _on_show(self) -> None:
        """Limit the size before the window is visible; its position, once the window system has placed it."""
        window = self._window
        self._follow_screen()
        if not window.windowState() & _UNBOUNDED_STATES:
            frame = _frame(window)
            guessed = QMargins(*(max(pair) for pair in zip(_sides(frame), _sides(_FRAME), strict=True)))
            self._bound(available_geometry(_future_screen(window)), guessed)
        self._must_place = True
        self._fit_timer.start()
        self._settle_timer.start()

    def _follow_screen(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and self._screen is None:
            handle.screenChanged.connect(self._change_screen)
        self._change_screen(self._window.screen())

    def _change_screen(self, screen: QScreen) -> None:
        if screen is self._screen:
            return
        if self._screen is not None and self._screen in QGuiApplication.screens():
            self._screen.availableGeometryChanged.disconnect(self._fit_soon)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._fit_soon)
        self._fit_soon()

    def _fit_soon(self) -> None:
        self._fit_timer.start()
        self._settle_timer.start()

    def _fit_and_place(self) -> None:
        self._must_place = True
        self.fit()

    # -- how -------------------------------------------------------------------------------

    def _bound(self, available: QRect, frame: QMargins) -> bool:
        """Limit the size of the window; True if it was too large."""
        window = self._window
        room = available.marginsRemoved(frame).size()
        if self._make_scrollable is not None:
            self._make_scrollable(room)
        size = window.size().boundedTo(room)
        if size == window.size():
            return False
        window.setMinimumSize(window.minimumSize().boundedTo(room))
        window.resize(size)
        return True

    def _place(self, available: QRect) -> None:
        placed = self._window.frameGeometry()
        at = QPoint(
            max(available.left(), min(placed.left(), available.right() + 1 - placed.width())),
            max(available.top(), min(placed.top(), available.bottom() + 1 - placed.height())),
        )
        if at != placed.topLeft():
            self._window.move(at)


def available_geometry(screen: QScreen) -> QRect:
    """Area of a screen without panels and docks."""
    return screen.availableGeometry()


def _future_screen(window: QWidget) -> QScreen:
    """The screen on which a window will appear: Qt places a dialog on that of its parent."""
    parent = window.parentWidget()
    if isinstance(window, QDialog) and parent is not None and not window.testAttribute(Qt.WidgetAttribute.WA_Moved):
        return parent.screen()
    return window.screen()


def _frame(window: QWidget) -> QMargins:
    handle = window.windowHandle()
    return QMargins() if handle is None else handle.frameMargins()


def _sides(margins: QMargins) -> tuple[int, int, int, int]:
    return margins.left(), margins.top(), margins.right(), margins.bottom()
