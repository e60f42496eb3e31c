from __future__ import annotations

from pytestqt.qtbot import QtBot

from genre_desktop.gui.widgets.notification_bar import NotificationBar


def test_notifications_stay_until_they_are_dismissed(qtbot: QtBot) -> None:
    bar = NotificationBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    pressed: list[str] = []
    first = bar.show_notice("One")
    first.add_button("Open", lambda: pressed.append("open")).click()
    second = bar.show_notice("Two")
    assert pressed == ["open"] and not bar.isHidden()
    qtbot.waitUntil(lambda: len(bar.notices()) == 2)
    assert second.accessibleName() == "Two"
    first.dismiss.click()
    assert bar.notices() == [second]
    second.dismiss.click()
    assert bar.isHidden()
