"""Settings page of theme, language and start."""

from __future__ import annotations

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import Settings
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.setting_page import SettingPage
from genre_desktop.gui.widgets.labels import set_style_flags


class GeneralPage(SettingPage):
    """Theme, language, and whether the list is restored at the start.

    Parameters
    ----------
    settings : SettingsModel
    language_in_use : str or None
        The language setting that the window was started with.
    """

    def __init__(self, settings: SettingsModel, language_in_use: str | None) -> None:
        super().__init__(tr("General"), settings)
        self._language_in_use = language_in_use
        self.theme = self.add_choice("theme")
        self.language = self.add_choice("language")
        self.add_heading(tr("At the start"))
        self.restore = self.add_switch("processing.restore_list")
        settings.changed.connect(self._show_language_hint)
        self._show_language_hint(settings.current)

    def _show_language_hint(self, settings: Settings) -> None:
        is_other = settings.language != self._language_in_use
        hint = self.hints["language"]
        hint.setText(
            tr("It is used from the next start on: quit and start the program again.")
            if is_other
            else self._settings.declaration("language").hint_text()
        )
        set_style_flags(hint, muted=not is_other)
