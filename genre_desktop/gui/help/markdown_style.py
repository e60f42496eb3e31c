"""Style of rendered Markdown like that of the window; QTextDocument's default style is plain."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

from genre_desktop.gui.widgets.theme import Colours, fixed_font, scaled_font

_HEADINGS = {1: 1.6, 2: 1.2, 3: 1.05}
_LINE_SPACING = 3.5
_SPACING = 9.0
_MARGIN = 22.0


def show_markdown(document: QTextDocument, markdown: str, colours: Colours, scale: float) -> None:
    """Set the text of a document, and style it.

    Parameters
    ----------
    document : QTextDocument
    markdown : str
        HTML in it is shown as plain text.
    colours : Colours
    scale : float
        Size of the text relative to that of the window.
    """
    document.setDefaultFont(scaled_font(scale))
    document.setDocumentMargin(_MARGIN)
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    _style_lists(document)
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    _style_blocks(document, colours, scale)
    for table in tables:
        _style_table(table, colours)


def _style_blocks(document: QTextDocument, colours: Colours, scale: float) -> None:
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        in_table = cursor.currentTable() is not None
        level = block.blockFormat().headingLevel()
        layout = QTextBlockFormat()
        is_code = _is_code(block)
        if not is_code:
            layout.setLineHeight(scale * _LINE_SPACING, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        if level:
            layout.setTopMargin(0.0 if level == 1 else 2 * _SPACING)
            layout.setBottomMargin(_SPACING / 2)
        elif is_code:
            layout.setBackground(QBrush(QColor(colours.hover)))
            layout.setLeftMargin(_SPACING)
            # No margins between its lines: the background is one area.
            layout.setTopMargin(0.0 if _is_code(block.previous()) else 0.7 * _SPACING)
            layout.setBottomMargin(0.0 if _is_code(block.next()) else 0.7 * _SPACING)
        elif in_table:
            layout.setTopMargin(0.0)
            layout.setBottomMargin(0.0)
        else:
            is_listed = block.textList() is not None
            layout.setTopMargin(0.0 if is_listed else 0.7 * _SPACING)
            layout.setBottomMargin((0.5 if is_listed else 0.7) * _SPACING)
        cursor.mergeBlockFormat(layout)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            words = QTextCharFormat()
            words.setFont(scaled_font(scale * _HEADINGS.get(level, 1.0), bold=True))
            cursor.setCharFormat(words)  # not merged: Qt's own size adjustment of headings would take precedence
        _style_code(block, colours, scale)
        block = block.next()


def _is_code(block: QTextBlock) -> bool:
    """Whether a block is a line of a code block (not code within a sentence)."""
    return block.isValid() and (
        block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)
        or block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)
        or block.blockFormat().nonBreakableLines()
    )


def _style_lists(document: QTextDocument) -> None:
    block = document.begin()
    while block.isValid():
        entries = block.textList()
        if entries is not None and entries.format().style() in (
            QTextListFormat.Style.ListCircle,
            QTextListFormat.Style.ListSquare,
        ):
            style = entries.format()
            style.setStyle(QTextListFormat.Style.ListDisc)
            entries.setFormat(style)
        block = block.next()


def _style_code(block: object, colours: Colours, scale: float) -> None:
    spans = []
    for part in block:  # type: ignore[attr-defined]
        fragment = part.fragment()
        if fragment.isValid() and fragment.charFormat().fontFixedPitch():
            spans.append((fragment.position(), fragment.length()))
    for start, length in spans:
        cursor = QTextCursor(block)  # type: ignore[call-overload]
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setFont(fixed_font(scale * 0.95))
        words.setBackground(QBrush(QColor(colours.hover)))
        cursor.mergeCharFormat(words)


def _text_of(cell: QTextTableCell) -> str:
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _style_table(table: QTextTable, colours: Colours) -> None:
    style = table.format()
    style.setBorder(1)
    style.setBorderBrush(QBrush(QColor(colours.border)))
    style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    style.setBorderCollapse(True)
    style.setCellPadding(6)
    style.setCellSpacing(0)
    style.setTopMargin(_SPACING)
    style.setBottomMargin(_SPACING)
    style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == 2:
        kinds = QTextLength.Type
        metrics = QFontMetricsF(table.document().defaultFont())
        texts = (_text_of(table.cellAt(row, 0)) for row in range(table.rows()))
        widest = 1.15 * max(map(metrics.horizontalAdvance, texts)) + 2 * style.cellPadding() + 8  # the heading is bold
        width = min(widest, 34 * metrics.averageCharWidth())
        style.setColumnWidthConstraints([QTextLength(kinds.FixedLength, width), QTextLength(kinds.VariableLength, 0)])
    table.setFormat(style)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        background = cell.format().toTableCellFormat()
        background.setBackground(QBrush(QColor(colours.hover)))
        cell.setFormat(background)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(words)
        left = QTextBlockFormat()
        left.setAlignment(Qt.AlignmentFlag.AlignLeft)
        cursor.mergeBlockFormat(left)
