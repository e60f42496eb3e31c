from __future__ import annotations

import re
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from genre_desktop.core import locations
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.help.help_content import PAGES, page_file, read_page, title_of

LINK = re.compile(r"\]\(([^)]+)\)")


def languages() -> list[str]:
    return sorted(path.name for path in (locations.resources() / "help").iterdir() if path.is_dir())


def test_every_page_is_there_in_english() -> None:
    assert {path.stem for path in (locations.resources() / "help" / "en").glob("*.md")} == set(PAGES)


@pytest.mark.parametrize("language", languages())
def test_links_and_blocks_of_the_pages_exist(qapp: QApplication, language: str) -> None:
    actions = names_of_actions()
    assert {"settings", "log", "about"} < actions
    blocks: set[str] = set()
    for path in (locations.resources() / "help" / language).glob("*.md"):
        assert path.stem in PAGES, path
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# ") and title_of(text)
        blocks |= set(re.findall(r"<!-- (.*?) -->", text))
        for target in LINK.findall(text):
            name = target.removeprefix("action:")
            assert name in actions if name != target else target in {f"{key}.md" for key in PAGES}, (path, target)
        english = (path.parent.parent / "en" / path.name).read_text(encoding="utf-8")
        assert sorted(LINK.findall(text)) == sorted(LINK.findall(english)), (path, "as many ways on as in English")
        assert re.findall("<!--.*?-->", text) == re.findall("<!--.*?-->", english), path
    assert blocks <= {"shortcuts", "figures", "places", "errors"}


def names_of_actions() -> set[str]:
    bar, view = QMenuBar(), QWidget()
    names = {name for name, value in vars(Actions(bar, view, "light")).items() if isinstance(value, QAction)}
    shiboken6.delete(bar)
    shiboken6.delete(view)
    return names


def test_a_page_that_a_language_lacks_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, key in (("en", "one"), ("en", "two"), ("xx", "two")):
        (tmp_path / "help" / language).mkdir(parents=True, exist_ok=True)
        (tmp_path / "help" / language / f"{key}.md").write_text(
            f"# {language} {key}\n\n*Shown there.* <!-- block -->\n"
        )
    monkeypatch.setattr(locations, "resources", lambda: tmp_path)
    assert page_file("one", "xx").parent.name == "en" and page_file("two", "xx").parent.name == "xx"
    assert read_page("two", "xx", {"block": lambda: r"a \1 b"}) == "# xx two\n\na \\1 b\n"
    assert title_of(read_page("one", "de", {"block": str})) == "en one"
