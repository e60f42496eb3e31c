"""The dialog of the settings."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from genre_desktop.core.errors import StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets.form_page import FormPage
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.gui.widgets.pages_dialog import PagesDialog
from genre_desktop.gui.widgets.scroll_area import scrolling

_SIZE = (860, 620)


class SettingsDialog(PagesDialog):
    """Pages of settings beside the main window. Each change takes effect at once: there is nothing to confirm."""

    reset_requested = Signal()

    def __init__(self, settings: SettingsModel, pages: tuple[FormPage, ...], parent: QWidget) -> None:
        super().__init__(tr("Settings"), [(page.title, scrolling(page)) for page in pages], parent)
        self.pages = pages
        reset = QPushButton(tr("&Reset all …"))
        self.buttons.addButton(reset, QDialogButtonBox.ButtonRole.ResetRole)
        reset.clicked.connect(self._ask_to_reset)
        for button in self.buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        settings.changed.connect(lambda _settings: self.show_problem(""))
        settings.not_saved.connect(self._show_not_saved)
        self.resize(*_SIZE)

    def _show_not_saved(self, error: StorageError) -> None:
        self.show_problem(tr("{problem} Your choice holds until the program ends.", problem=error_message(error)))

    def _ask_to_reset(self) -> None:
        box = MessageBox(self)
        box.setWindowTitle(tr("Reset all settings?"))
        box.setIcon(MessageBox.Icon.Question)
        box.setText(tr("All settings go back to the program's own choice."))
        box.setInformativeText(
            tr("That goes for the model, the devices and the volume too. Your list, results and models stay.")
        )
        do_it = box.addButton(tr("&Reset"), MessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(MessageBox.StandardButton.Cancel))
        do_it.clicked.connect(self.reset_requested)
        box.finished.connect(box.deleteLater)
        box.open()
