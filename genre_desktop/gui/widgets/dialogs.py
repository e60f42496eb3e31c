"""The dialog of what a scan passed over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import icon_label, label
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally


def skipped(tally: ScanTally, parent: QWidget) -> QDialog:
    """What the last scan passed over, with examples."""
    reasons = (
        (PassedOver.OTHER_KIND, tr("Files of other kinds")),
        (PassedOver.HIDDEN, tr("Hidden files and folders")),
        (PassedOver.SYSTEM_FOLDER, tr("Folders of the system and of archives")),
        (PassedOver.PLAYLIST_IN_FOLDER, tr("Playlists in folders: what they list was not looked for")),
        (PassedOver.SEEN_BEFORE, tr("Seen before, by another way")),
        (PassedOver.NOT_LOCAL, tr("Not on this computer")),
        (PassedOver.UNREADABLE, tr("Could not be read")),
    )
    sections = [("", tally.sentence)]
    for reason, heading in reasons:
        n = tally.count(reason)
        if n:
            examples = [displayable(name) for name in tally.examples(reason)]
            more = [tr("and {n} more", n=numeral(n - len(examples), ","))] if n > len(examples) else []
            sections.append((heading, "\n".join([*examples, *more])))
    return _dialog(parent, tr("What was skipped"), tr("What was skipped"), tuple(sections))


def _dialog(parent: QWidget, window_title: str, title: str, sections: tuple[tuple[str, str], ...]) -> QDialog:
    dialog = Dialog(parent)
    dialog.setWindowTitle(window_title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    texts = QVBoxLayout()
    texts.setSpacing(3)
    texts.addWidget(label(title, scale=1.4, bold=True))
    for heading, paragraph in sections:
        texts.addSpacing(9)
        if heading:
            texts.addWidget(label(heading, bold=True))
        text = label(paragraph)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setMinimumWidth(440)
        texts.addWidget(text)
    content = QHBoxLayout()
    content.setSpacing(18)
    content.addWidget(icon_label(QApplication.windowIcon(), 56))
    content.addLayout(texts, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(22, 22, 22, 16)
    layout.setSpacing(18)
    layout.addLayout(content)
    layout.addWidget(buttons)
    dialog.fit_content(dialog.sizeHint().width())
    return dialog
