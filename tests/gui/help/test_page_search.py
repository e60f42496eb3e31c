from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.help.page_search import PageSearch

PAGES = {"one": "# One\n\nA genre, a **genre**.", "two": "# Two\n\nNothing.", "three": "# Three\n\nGenre."}


@pytest.fixture
def search(qapp: QApplication) -> PageSearch:
    return PageSearch(PAGES)


def test_matches_are_counted_in_the_text_and_whatever_their_case(search: PageSearch) -> None:
    assert search.counts("Genre") == {"one": 2, "two": 0, "three": 1}
    assert search.counts("**") == search.counts("") == {"one": 0, "two": 0, "three": 0}


def test_the_next_page_with_a_match_may_be_the_same(search: PageSearch) -> None:
    assert search.next_page("genre", "one", 1) == "three"
    assert search.next_page("genre", "three", 1) == "one"
    assert search.next_page("genre", "one", -1) == "three"
    assert search.next_page("nothing", "two", 1) == "two"
    assert search.next_page("no such word", "two", 1) is None
