"""Search over all pages of the help."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QTextDocument


class PageSearch:
    """Counts matches of a text on each page, whatever their case.

    Parameters
    ----------
    pages : mapping of str to str
        Pages as Markdown, by key, in the order of the search.
    """

    def __init__(self, pages: Mapping[str, str]) -> None:
        self._pages = pages
        self._plain_texts: dict[str, str] = {}  # filled at the first search

    def counts(self, text: str) -> dict[str, int]:
        """Number of matches by page; 0 for an empty text."""
        if not self._plain_texts:
            document = QTextDocument()
            for key, markdown in self._pages.items():
                document.setMarkdown(markdown)
                self._plain_texts[key] = document.toPlainText().casefold()
        return {key: page.count(text.casefold()) if text else 0 for key, page in self._plain_texts.items()}

    def next_page(self, text: str, key: str, step: int) -> str | None:
        """The next page with a match.

        Parameters
        ----------
        text : str
        key : str
            Page to start from; the last one that is tried.
        step : int
            1 forward, -1 backward.

        Returns
        -------
        str or None
            None if no page has a match.
        """
        counts, keys = self.counts(text), list(self._pages)
        start = keys.index(key)
        following = (keys[(start + step * distance) % len(keys)] for distance in range(1, len(keys) + 1))
        return next((page for page in following if counts[page]), None)
