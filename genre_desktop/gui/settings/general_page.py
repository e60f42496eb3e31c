"""Pages of the settings: look and language, model and processing, spectrogram."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QSpinBox

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.settings import MOST_JOBS, WINDOW_LENGTHS, Settings
from genre_desktop.gui.canvas.view_menu import decibels, levels_in_order
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.text import formatting as wording
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets.forms import KeyedComboBox, Page
from genre_desktop.gui.widgets.labels import set_style_flags

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""Each in itself: it must be found by whoever reads no other."""


class GeneralPage(Page):
    """Language, theme, what the window begins with.

    Parameters
    ----------
    preferences : Preferences
    in_use : str or None
        The language setting that the window was started with.
    """

    def __init__(self, preferences: SettingsModel, in_use: str | None) -> None:
        super().__init__(tr("General"))
        self._in_use = in_use
        self.theme = KeyedComboBox(tr("Theme"))
        self.theme.chosen.connect(lambda theme: preferences.set(theme=theme))
        self.row(tr("Theme"), self.theme)
        self.language = KeyedComboBox(tr("Language"))
        self.language.chosen.connect(lambda language: preferences.set(language=language))
        self._told = self.row(tr("Language"), self.language, tr("Another language takes effect at the next start."))
        self.heading(tr("At the start"))
        self.restore = self.check(
            tr("Begin with the list of last time"),
            tr("What was found out about your files is kept either way: they are not listened to again."),
        )
        self.restore.clicked.connect(lambda is_on: _set_processing(preferences, restore_list=is_on))
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _show(self, settings: Settings) -> None:
        self.theme.offer(
            (("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))), settings.theme
        )
        self.language.offer(((None, tr("As the system")), *LANGUAGE_NAMES.items()), settings.language)
        is_other = settings.language != self._in_use
        self._told.setText(
            tr("It is used from the next start on: quit and start the program again.")
            if is_other
            else tr("Another language takes effect at the next start.")
        )
        set_style_flags(self._told, muted=not is_other)
        self.restore.setChecked(settings.processing.restore_list)


class ModelPage(Page):
    """Which model is asked, and how much of the computer it gets.

    Parameters
    ----------
    preferences : Preferences
    models : ModelChoice
    n_processors : int
        What "automatic" starts from.
    """

    def __init__(self, preferences: SettingsModel, models: ModelSelection, n_processors: int) -> None:
        super().__init__(tr("Model and processing"))
        self._models = models
        self._n_processors = n_processors
        self.model = KeyedComboBox(tr("Model"))
        self.model.chosen.connect(models.choose)
        self._about = self.row(tr("Model"), self.model, " ")
        self._state = self.note()
        self.heading(tr("Processing"))
        self.jobs = KeyedComboBox(tr("Decoding processes"))
        self.jobs.chosen.connect(lambda jobs: _set_processing(preferences, jobs=jobs))
        self.row(
            tr("Decoding processes"),
            self.jobs,
            tr(
                "Fewer leave more of the computer to you. The next run follows, and the command line where it is "
                "given no --jobs."
            ),
        )
        self.every_part = self.check(
            tr("Listen to every part of each track"),
            tr(
                "Takes several times as long and seldom gives another answer; the next run follows. The track that you "
                "select is always listened to in full."
            ),
        )
        self.every_part.clicked.connect(lambda is_on: _set_processing(preferences, every_part=is_on))
        self.stay_awake = self.check(
            tr("Keep the computer awake during a run"),
            tr("The screen may go dark; the computer does not go to sleep before the run is over."),
        )
        self.stay_awake.clicked.connect(lambda is_on: _set_processing(preferences, stay_awake=is_on))
        preferences.changed.connect(self._show)
        models.changed.connect(self._show_model)
        self._show(preferences.current)
        self._show_model()

    def _show(self, settings: Settings) -> None:
        processing, n = settings.processing, self._n_processors
        numbers = {*range(1, min(n + 1, MOST_JOBS) + 1), *filter(None, [processing.jobs])}
        self.jobs.offer(
            ((0, tr("Automatic ({n})", n=n + 1)), *((one, str(one)) for one in sorted(numbers))), processing.jobs
        )
        self.every_part.setChecked(processing.every_part)
        self.stay_awake.setChecked(processing.stay_awake)

    def _show_model(self) -> None:
        models = self._models
        known = list(models.bundles)
        current = next((bundle for bundle in known if models.current and bundle.path == models.current.path), None)
        if current is None and models.current is not None:
            current = models.current
            known.append(current)
        self.model.setEnabled(bool(known))
        self.model.offer([(bundle, bundle.name) for bundle in known], current)
        self._about.setText(current.description if current is not None else "")
        self._about.setVisible(bool(self._about.text()))
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
        told = tr("How often it is right was never measured.") if accuracy is None else wording.accuracy_line(accuracy)
        return tr("In use. {figures}", figures=told)


class SpectrogramPage(Page):
    """How a track is drawn."""

    def __init__(self, preferences: SettingsModel) -> None:
        super().__init__(tr("Spectrogram"))
        self._preferences = preferences
        self._choosers: dict[str, tuple[KeyedComboBox, list[tuple[Any, str]]]] = {}
        self.scale = self._choice(
            tr("Frequency scale"),
            "scale",
            (("mel", tr("Mel")), ("log", tr("Logarithmic")), ("linear", tr("Linear"))),
            tr("Mel: as far apart as the ear hears them. Logarithmic: each octave as high as another."),
        )
        self.window_length = self._choice(
            tr("Window length"),
            "n_fft",
            ((n, tr("{n} samples", n=numeral(n, ","))) for n in WINDOW_LENGTHS),
            tr("Long windows tell tones apart, short ones beats."),
        )
        self.colours = self._choice(
            tr("Colours"),
            "colour_map",
            (("magma", tr("Magma")), ("viridis", tr("Viridis")), ("cividis", tr("Cividis")), ("grey", tr("Grey"))),
            tr("Cividis looks the same to eyes that cannot tell red from green."),
        )
        self.low, self.high = decibels(tr("Darkest level")), decibels(tr("Brightest level"))
        for box, name in ((self.low, tr("Darkest level")), (self.high, tr("Brightest level"))):
            box.setMinimumWidth(110)
            self.row(name, box)
        self.low.valueChanged.connect(lambda low: self._set_levels(low, self.high.value(), from_low=True))
        self.high.valueChanged.connect(lambda high: self._set_levels(self.low.value(), high, from_low=False))
        self.space()
        self.note(tr("The same stands under View, above the picture."))
        preferences.changed.connect(self._show)
        self._show(preferences.current)

    def _choice(self, text: str, field: str, entries: Iterable[tuple[Any, str]], told: str) -> KeyedComboBox:
        made = KeyedComboBox(text)
        made.chosen.connect(lambda value: self._set(**{field: value}))
        self._choosers[field] = (made, list(entries))
        self.row(text, made, told)
        return made

    def _set(self, **values: Any) -> None:
        self._preferences.set(canvas=replace(self._preferences.current.canvas, **values))

    def _set_levels(self, low: int, high: int, *, from_low: bool) -> None:
        low, high = levels_in_order(low, high, from_low=from_low)
        self._set(low_db=low, high_db=high)
        self._show(self._preferences.current)

    def _show(self, settings: Settings) -> None:
        canvas = settings.canvas
        for field, (chooser, entries) in self._choosers.items():
            chooser.offer(entries, getattr(canvas, field))
        for box, value in ((self.low, canvas.low_db), (self.high, canvas.high_db)):
            _show_value(box, value)


def _show_value(box: QSpinBox, value: int) -> None:
    box.blockSignals(True)
    box.setValue(value)
    box.blockSignals(False)


def _set_processing(preferences: SettingsModel, **values: Any) -> None:
    preferences.set(processing=replace(preferences.current.processing, **values))
