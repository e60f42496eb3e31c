"""Windows that stay within their screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QDialog, QWidget

_FRAME = QMargins(6, 36, 6, 6)
"""What a window manager's frame is taken for until there is one."""

_SETTLED_MS = 300
"""After which a window has its frame, or has been let go of by the hand that drags it."""

_NOT_OURS = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen | Qt.WindowState.WindowMinimized

GiveWay = Callable[[QSize], None]
"""Makes a window able to be as small as this, its frame not counted: lets content scroll that needs more room."""


class ScreenFit(QObject):
    """Bounds a window, its frame counted, by what its screen has free for windows.

    It looks when the window is shown, when the program changes its size, when its content needs more room, and when it
    comes to another screen or the screen itself changes. Where a person drags it within a screen is left alone.

    Parameters
    ----------
    window : QWidget
        A top-level widget.
    give_way : callable, optional
    """

    def __init__(self, window: QWidget, give_way: GiveWay | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._give_way = give_way
        self._screen: QScreen | None = None
        self._must_place = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._fit_and_place)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window and not event.spontaneous():
            if kind == QEvent.Type.Show:
                self._begin()
            elif kind == QEvent.Type.Resize:
                self._must_place = True
                self._soon.start()
            elif kind == QEvent.Type.LayoutRequest:
                self._soon.start()
        elif kind == QEvent.Type.Move and self._settled.isActive():
            self._settled.start()  # it is still being dragged
        return False

    def fit(self) -> None:
        """Make it smaller, and move it, as far as its screen demands."""
        window = self._window
        if not window.isVisible() or window.windowState() & _NOT_OURS:
            return
        is_smaller = self._bound(available_geometry(window.screen()), _frame(window))
        if is_smaller or self._must_place:
            self._must_place = False
            self._place(available_geometry(window.screen()))

    # -- when ------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Bound it before it is on the screen; where it stands is seen to once the window system has placed it."""
        window = self._window
        self._follow_screen()
        if not window.windowState() & _NOT_OURS:
            frame = _frame(window)
            guessed = QMargins(*(max(pair) for pair in zip(_sides(frame), _sides(_FRAME), strict=True)))
            self._bound(available_geometry(_screen_to_be(window)), guessed)
        self._must_place = True
        self._soon.start()
        self._settled.start()

    def _follow_screen(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and self._screen is None:
            handle.screenChanged.connect(self._change_screen)
        self._change_screen(self._window.screen())

    def _change_screen(self, screen: QScreen) -> None:
        if screen is self._screen:
            return
        if self._screen is not None and self._screen in QGuiApplication.screens():
            self._screen.availableGeometryChanged.disconnect(self._settle)
        self._screen = screen
        screen.availableGeometryChanged.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        self._soon.start()
        self._settled.start()

    def _fit_and_place(self) -> None:
        self._must_place = True
        self.fit()

    # -- how -------------------------------------------------------------------------------

    def _bound(self, available: QRect, frame: QMargins) -> bool:
        """Bound its size; whether it was too large."""
        window = self._window
        room = available.marginsRemoved(frame).size()
        if self._give_way is not None:
            self._give_way(room)
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
    """What a screen has free for windows: panels and docks are not in it."""
    return screen.availableGeometry()


def _screen_to_be(window: QWidget) -> QScreen:
    """The screen of a window that is about to be shown: Qt puts a dialog where its parent is."""
    parent = window.parentWidget()
    if isinstance(window, QDialog) and parent is not None and not window.testAttribute(Qt.WidgetAttribute.WA_Moved):
        return parent.screen()
    return window.screen()


def _frame(window: QWidget) -> QMargins:
    handle = window.windowHandle()
    return QMargins() if handle is None else handle.frameMargins()


def _sides(margins: QMargins) -> tuple[int, int, int, int]:
    return margins.left(), margins.top(), margins.right(), margins.bottom()
