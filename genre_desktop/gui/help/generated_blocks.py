"""Blocks of help pages that are generated from the program, so that they cannot be out of date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from genre_desktop.core.errors import error_list
from genre_desktop.core.i18n import tr
from genre_desktop.core.storage import folders
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.text.paths import folder_name

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def shortcut_tables(bar: QMenuBar) -> str:
    """Keyboard shortcuts, a table for each menu."""
    parts: list[str] = []
    for entry in bar.actions():
        menu = entry.menu()
        actions = [] if menu is None else [one for one in menu.actions() if one.property("keys")]  # type: ignore[attr-defined]
        if actions:
            rows = [(_keys(action), escaped(plain_text(action))) for action in actions]
            parts.append(f"## {escaped(plain_text(entry))}\n\n{_table((tr('Key'), tr('What it does')), rows)}")
    return "\n\n".join(parts)


def plain_text(action: QAction) -> str:
    """The text of an action without its mnemonic and dots."""
    return re.sub(r"&(?=[^&])", "", action.text()).removesuffix("…").strip()


def _keys(action: QAction) -> str:
    texts = [
        key.toString(QKeySequence.SequenceFormat.NativeText)
        for key in map(QKeySequence, action.property("keys"))
        if not _is_rare(key)
    ]
    return escaped(tr("{key} or {other}", key=texts[0], other=texts[1]) if len(texts) > 1 else texts[0])


def _is_rare(key: QKeySequence) -> bool:
    """Whether it is a special key ("Open", "Find") that few keyboards have."""
    combination = key[0]  # type: ignore[index]
    return (
        combination.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        and combination.key().value >= Qt.Key.Key_Back.value
    )


def figure_texts() -> str:
    """Explanation of the numbers beside a track and below a model."""
    return "\n\n".join(f"## {escaped(heading)}\n\n{escaped(text)}" for heading, text in _figure_sections())


def _figure_sections() -> tuple[tuple[str, str], ...]:
    return (
        (
            tr("Confidence"),
            tr(
                "The model judges each stretch of a few seconds; the bars are what that comes to over the track. "
                "The figures of the shipped models are calibrated: of the tracks called with 80 %, about eight "
                "in ten should be right, on music like that they were measured on. A model of your own may not "
                "be calibrated: then take its figures as an order, not as odds."
            ),
        ),
        (
            tr("Two genres, unsure, not music"),
            tr(
                "Where two genres are close, both are named. Where none stands out enough, the program says "
                "unsure instead of guessing. Silence, noise, tones and whatever else sounds like no music that "
                "the model knows is no genre at all; the faint bars show what it came closest to."
            ),
        ),
        (
            tr("Sounds like"),
            tr(
                "Styles, a level below the genres, such as techno or opera: at most three, the strongest first. A "
                "style is told where networks that know hundreds of sounds and tags hear it clearly. How often that is "
                "right was not measured, so no figure stands beside it; a style that is not told may be there all the "
                "same."
            ),
        ),
        (
            tr("Also hears"),
            tr(
                "Words beyond the genres that stand out in the track. How often they are right was not "
                "measured: take them as hints."
            ),
        ),
        (
            tr("How good the model is"),
            tr(
                "How often it was right on tracks it had not learned from, how often it names a genre at all, "
                "how often it is right then, and how far its confidence lies from that; on few tracks even a "
                "perfect one would look a little off. In brackets: the 95 % interval, the reach of chance. A "
                "figure measured on parts of tracks whose other parts it had learned is called leaking, and is "
                "too high."
            ),
        ),
        (
            tr("Timeline"),
            tr(
                "The strip under the spectrogram shows the most probable genre of each stretch; point at it to "
                "read the figures. Genres have no sharp borders: part of what counts as wrong is a matter of taste."
            ),
        ),
    )


def place_table() -> str:
    """Folders of the program on this computer."""
    rows = ((escaped(folder_name(kind)), escaped(displayable(path))) for kind, path in folders().items())
    return _table((tr("What"), tr("Where")), rows)


def error_tables() -> str:
    """Error codes with their messages, a table for each range."""
    ranges = {
        "1": tr("Sound files"),
        "2": tr("Models"),
        "3": tr("Folders, results and exports"),
        "4": tr("Training"),
        "5": tr("Devices and the desktop"),
        "9": tr("Faults of the program"),
    }
    headings = (tr("Code"), tr("What it says"))
    parts = []
    for digit, errors in groupby(error_list(), key=lambda error: error[0][len("GD-")]):
        rows = ((code, escaped(sentence)) for code, sentence in errors)
        parts.append(f"### {escaped(ranges[digit])}\n\n{_table(headings, rows)}")
    return "\n\n".join(parts)


def escaped(text: str) -> str:
    """Escape plain text for Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _table(headings: tuple[str, str], rows: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> str:
    lines = [headings, ("---", "---"), *rows]
    return "\n".join(f"| {left} | {right} |" for left, right in lines)
