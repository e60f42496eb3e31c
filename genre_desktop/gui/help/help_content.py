"""Pages of the help: Markdown files with generated blocks.

A page is ``resources/help/LANGUAGE/KEY.md``; a page that a language lacks is shown in English. Its first line is the
title. A line that ends in ``<!-- shortcuts -->`` is replaced by a block of `generated_blocks`; it says so to those who
read the file itself. A link leads to another page (``figures.md``) or to a command of the window (``action:settings``:
an attribute of `genre_desktop.gui.actions.Actions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from genre_desktop.core import locations

PAGES = (
    "first-steps",
    "shortcuts",
    "figures",
    "folders",
    "playing-and-live",
    "own-models",
    "command-line",
    "places",
    "troubles",
)
"""Keys of the pages, in the order of the list."""

_FALLBACK = "en"
_BLOCK = re.compile(r"^.*<!-- ([a-z]+) -->$", re.MULTILINE)


def page_file(key: str, language: str) -> Path:
    """The file of a page, in English if the language lacks it."""
    folder = locations.resources() / "help"
    own = folder / language / f"{key}.md"
    return own if own.is_file() else folder / _FALLBACK / f"{key}.md"


def read_page(key: str, language: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """Read a page as Markdown, with its generated blocks filled in."""
    text = page_file(key, language).read_text(encoding="utf-8")
    return _BLOCK.sub(lambda found: blocks[found[1]](), text)


def title_of(markdown: str) -> str:
    """The title of a page: its first heading."""
    return markdown.partition("\n")[0].lstrip("# ").strip()
