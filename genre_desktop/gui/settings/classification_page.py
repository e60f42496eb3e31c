"""Settings page of the model and of how tracks are classified."""

from __future__ import annotations

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import MAX_JOBS
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.setting_page import SettingPage
from genre_desktop.gui.text.accuracy_text import accuracy_line
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets.combo_box import KeyedComboBox
from genre_desktop.gui.widgets.labels import set_style_flags


class ClassificationPage(SettingPage):
    """Choice of the model, and settings of the processing.

    Parameters
    ----------
    settings : SettingsModel
    models : ModelSelection
    n_processors : int
        Processors of the computer; the automatic number of decoding processes is one more.
    """

    def __init__(self, settings: SettingsModel, models: ModelSelection, n_processors: int) -> None:
        super().__init__(tr("Model and processing"), settings)
        self._models = models
        self._n_processors = n_processors
        self.model = KeyedComboBox(tr("Model"))
        self.model.chosen.connect(models.choose)
        self._description = self.add_row(tr("Model"), self.model, " ")
        self._state = self.add_note()
        self.add_heading(tr("Processing"))
        self.jobs = self.add_choice("processing.jobs", self._numbers_of_jobs)
        self.every_patch = self.add_switch("processing.score_every_patch")
        self.stay_awake = self.add_switch("processing.stay_awake")
        models.changed.connect(self._show_model)
        self._show_model()

    def _numbers_of_jobs(self) -> list[tuple[int, str]]:
        n, chosen = self._n_processors, self._settings.current.processing.jobs
        numbers = {*range(1, min(n + 1, MAX_JOBS) + 1), *filter(None, [chosen])}
        return [(0, tr("Automatic ({n})", n=n + 1)), *((number, str(number)) for number in sorted(numbers))]

    def _show_model(self) -> None:
        models = self._models
        known = list(models.bundles)
        current = next((bundle for bundle in known if models.current and bundle.path == models.current.path), None)
        if current is None and models.current is not None:
            current = models.current
            known.append(current)
        self.model.setEnabled(bool(known))
        self.model.set_entries([(bundle, bundle.name) for bundle in known], current)
        self._description.setText(current.description if current is not None else "")
        self._description.setVisible(bool(self._description.text()))
        self._state.setText(self._state_text())
        is_problem = models.problem is not None
        set_style_flags(self._state, muted=not is_problem, problem=is_problem)

    def _state_text(self) -> str:
        models = self._models
        if models.problem is not None:
            return f"{models.problem.code}: {error_message(models.problem)}"
        if models.current is None or not models.is_loaded:
            return tr("Being loaded …")
        accuracy = models.current.accuracy
        text = tr("How often it is right was never measured.") if accuracy is None else accuracy_line(accuracy)
        return tr("In use. {figures}", figures=text)
