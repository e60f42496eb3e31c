"""The question before an imported model replaces another one: both side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.display import breakable, displayable, shortened
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.scroll_area import scrolling
from genre_desktop.model.importing.bundle_changes import Update

_WIDE, _HIGH = 760, 480


class UpdateDialog(Dialog):
    """Asks whether to replace a model, with a row for each difference; the default is to cancel.

    All text is plain text: names and licences may come from a stranger.

    Parameters
    ----------
    update : Update
    parent : QWidget
    """

    def __init__(self, update: Update, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = scrolling(_sheet(update))
        sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it scrolls by the keyboard
        sheet.setAccessibleName(tr("What changes"))

        buttons = QDialogButtonBox()
        self.replace = buttons.addButton(tr("&Replace"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.replace.setAutoDefault(False)
        self.cancel.setDefault(True)
        self.cancel.setFocus()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(
            label(tr("Replace the model {name}?", name=shortened(update.after.name)), scale=1.25, bold=True)
        )
        layout.addWidget(label(_consequence(update)))
        layout.addWidget(sheet, 1)
        layout.addWidget(buttons)
        self.resize(_WIDE, _HIGH)


def _consequence(update: Update) -> str:
    kept = (
        tr("The one that came with the program stays, and you can go back to it.")
        if update.before.is_shipped
        else tr("The present one is deleted. Export it first if you want to have it again.")
    )
    not_loaded = tr("Nothing of the new one has been loaded yet.")
    text = f"{kept} {not_loaded}"
    return text if update.is_newer else tr("The new one is not newer. {told}", told=text)


def _sheet(update: Update) -> QWidget:
    sheet = QWidget()
    layout = QGridLayout(sheet)
    layout.setContentsMargins(0, 4, 6, 4)
    layout.setHorizontalSpacing(18)
    layout.setVerticalSpacing(7)
    for column in (1, 2):
        layout.setColumnStretch(column, 1)
    for column, heading in enumerate(("", tr("Now"), tr("Then"))):
        layout.addWidget(label(heading, bold=True), 0, column)
    for row, change in enumerate(update.changes(), start=1):
        caption = label(change.title, muted=True)
        caption.setWordWrap(False)
        layout.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        is_same = change.before == change.after
        for column, text in ((1, change.before), (2, change.after)):
            value = label(breakable(displayable(text)), muted=is_same, bold=column == 2 and not is_same)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{change.title}: {displayable(text)}")
            layout.addWidget(value, row, column, Qt.AlignmentFlag.AlignTop)
    layout.setRowStretch(layout.rowCount(), 1)
    return sheet
