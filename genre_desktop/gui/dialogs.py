"""Short texts in windows of their own."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from genre_desktop import __version__
from genre_desktop.gui.labels import label
from genre_desktop.gui.names import shown
from genre_desktop.i18n import numeral, tr
from genre_desktop.library.scan_tally import PassedOver, ScanTally
from genre_desktop.log import log_file


def about(parent: QWidget) -> QDialog:
    """Version, licences, where the log is."""
    versions = tr("Python {python}, Qt {qt}", python=platform.python_version(), qt=qVersion())
    return _dialog(
        parent,
        tr("About Genre Desktop"),
        tr("Genre Desktop {version}", version=__version__),
        (
            ("", tr("Tells what genre music is, how sure it is and why: on your own machine, offline.")),
            (
                tr("Licences"),
                tr(
                    "The program's own source is under the MIT licence. It uses Qt and PySide6 (LGPL-3.0), "
                    "NumPy, Keras and TensorFlow, soundfile, soxr, PyAV with FFmpeg, and mutagen "
                    "(GPL-2.0-or-later); the packaged program as a whole is therefore under the GPL-3.0-or-later."
                ),
            ),
            (
                tr("Models"),
                tr(
                    "The default model listens with MSD_musicnn (Music Technology Group, Universitat Pompeu Fabra, "
                    "ISC licence), which learned its tags from the Million Song Dataset. The genres of the shipped "
                    "models come from the GTZAN collection, which carries no licence of its own. The models' cards "
                    "say all of it: genre-desktop models info NAME."
                ),
            ),
            (tr("For reports of faults"), f"{versions}\n{log_file()}"),
        ),
    )


def figures(parent: QWidget) -> QDialog:
    """What confidence and accuracy mean."""
    return _dialog(
        parent,
        tr("What the figures mean"),
        tr("What the figures mean"),
        (
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
        ),
    )


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
            examples = [shown(name) for name in tally.examples(reason)]
            more = [tr("and {n} more", n=numeral(n - len(examples), ","))] if n > len(examples) else []
            sections.append((heading, "\n".join([*examples, *more])))
    return _dialog(parent, tr("What was skipped"), tr("What was skipped"), tuple(sections))


def _dialog(parent: QWidget, window_title: str, title: str, sections: tuple[tuple[str, str], ...]) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(window_title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picture = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
    picture.setPixmap(QApplication.windowIcon().pixmap(56, 56))
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
    content.addWidget(picture)
    content.addLayout(texts, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(22, 22, 22, 16)
    layout.setSpacing(18)
    layout.addLayout(content)
    layout.addWidget(buttons)
    # By itself Qt opens a window with at most two thirds of the screen's height, and cuts off what is longer.
    width = dialog.sizeHint().width()
    dialog.resize(width, layout.heightForWidth(width))
    return dialog
