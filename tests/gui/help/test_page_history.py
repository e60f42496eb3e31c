from __future__ import annotations

from genre_desktop.gui.help.page_history import PageHistory, PagePlace

ONE, TWO, THREE = PagePlace("one", 20), PagePlace("two"), PagePlace("three")


def test_back_and_forward() -> None:
    history = PageHistory()
    assert not history.can_go_back and not history.can_go_forward
    history.leave(ONE)
    history.leave(TWO)
    assert history.go_back(THREE) == TWO
    assert history.go_back(TWO) == ONE
    assert not history.can_go_back
    assert history.go_forward(ONE) == TWO
    assert history.go_forward(TWO) == THREE
    assert not history.can_go_forward


def test_a_new_page_drops_those_after_it() -> None:
    history = PageHistory()
    history.leave(ONE)
    history.go_back(TWO)
    history.leave(ONE)
    assert not history.can_go_forward and history.can_go_back
