"""Mouse and wheel on the plots of a track, and what is seen there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.canvas.track_plots import TrackPlots

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


def at(plots: TrackPlots, seconds: float, lane: str = "spectrogram", share: float = 0.5) -> QPoint:
    """A pixel by its time and its height in a lane."""
    rect = getattr(plots.plot_geometry().layout, lane)
    return QPoint(round(plots.plot_geometry().scale.x(seconds)), round(rect.bottom() - share * rect.height()))


def send(plots: TrackPlots, kind: QEvent.Type, where: QPoint, button: Button, modifiers: Modifier) -> None:
    held = Button.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    pressed = Button.NoButton if kind == QEvent.Type.MouseMove else button
    local = QPointF(where)
    event = QMouseEvent(kind, local, QPointF(plots.mapToGlobal(where)), pressed, held, modifiers)
    QApplication.sendEvent(plots, event)


def drag(
    plots: TrackPlots,
    start: QPoint,
    end: QPoint,
    button: Button = Button.LeftButton,
    modifiers: Modifier = Modifier.NoModifier,
) -> None:
    send(plots, QEvent.Type.MouseButtonPress, start, button, modifiers)
    for share in (0.2, 0.6, 1.0):
        send(plots, QEvent.Type.MouseMove, start + (end - start) * share, button, modifiers)
    send(plots, QEvent.Type.MouseButtonRelease, end, button, modifiers)


def wheel(plots: TrackPlots, where: QPoint, x: int = 0, y: int = 0, modifiers: Modifier = Modifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(where),
        QPointF(plots.mapToGlobal(where)),
        QPoint(),
        QPoint(x, y),
        Button.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plots, event)


def image_of(plots: TrackPlots) -> QImage:
    return plots.grab().toImage()


def colours_in(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
