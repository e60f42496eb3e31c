"""The dialog that lists what the last scan skipped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import icon_label, label
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally


class SkippedFilesDialog(Dialog):
    """What a scan skipped, by reason, with examples."""

    def __init__(self, tally: ScanTally, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What was skipped"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        texts.addWidget(label(tr("What was skipped"), scale=1.4, bold=True))
        for heading, paragraph in _sections(tally):
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
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 22, 22, 16)
        layout.setSpacing(18)
        layout.addLayout(content)
        layout.addWidget(buttons)
        self.fit_content(self.sizeHint().width())


def _sections(tally: ScanTally) -> list[tuple[str, str]]:
    """Heading and text of each section: the numbers, then the reasons that occurred."""
    reasons = (
        (PassedOver.OTHER_KIND, tr("Files of other kinds")),
        (PassedOver.HIDDEN, tr("Hidden files and folders")),
        (PassedOver.SYSTEM_FOLDER, tr("Folders of the system and of archives")),
        (PassedOver.PLAYLIST_IN_FOLDER, tr("Playlists in folders: what they list was not looked for")),
        (PassedOver.EMPTY_PLAYLIST, tr("Playlists that list no file")),
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
    return sections
