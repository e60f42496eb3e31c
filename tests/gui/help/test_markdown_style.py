from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from genre_desktop.gui.help.generated_blocks import escaped
from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.help.markdown_style import show_markdown
from genre_desktop.gui.widgets.theme import LIGHT


@pytest.mark.parametrize("text", ["<b>x</b>", "a_b_c", r"C:\Users\a|b", "`x`", "[a](b)", "*x*", "# x", "1 & 2 &amp;"])
def test_escaped_text_is_shown_unchanged(qapp: QApplication, text: str) -> None:
    document = QTextDocument()
    show_markdown(document, f"x {escaped(text)} y\n\n| a | b |\n| --- | --- |\n| {escaped(text)} | z |\n", LIGHT, 1.0)
    plain = document.toPlainText()
    expected = text.replace("&amp;", "&")  # entities are what they stand for
    assert f"x {expected} y" in plain and plain.count(expected) == 2


def test_headings_are_larger_than_text(shown: HelpWindow) -> None:
    document = shown.text.document()
    heading = document.begin()
    sizes = [heading.begin().fragment().charFormat().font().pointSizeF()]
    sizes.append(document.defaultFont().pointSizeF())
    assert sizes[0] > 1.4 * sizes[1]
