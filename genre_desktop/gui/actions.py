"""The menus: everything the window can do, with its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import Theme
from genre_desktop.gui.text.display import menu_text, plain_tip
from genre_desktop.model.bundles.versions import release

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle

_Keys = QKeySequence | QKeySequence.StandardKey | str | None


class Actions(QObject):
    """Makes the menus; the window connects what they do.

    Actions of the track list belong to `list_widget`: Delete and Ctrl+A mean text
    elsewhere.

    Attributes
    ----------
    of_list : QActionGroup
        What works on the list, the canvas and the track that plays; disabled while live mode covers them.
    """

    theme_chosen = Signal(str)
    model_chosen = Signal(object)  # ModelBundle
    models_asked = Signal()  # their menu opens

    def __init__(self, bar: QMenuBar, list_widget: QWidget, theme: Theme) -> None:
        super().__init__(bar)
        keys = QKeySequence.StandardKey
        file = bar.addMenu(tr("&File"))
        self.open_files = self._add(file, tr("&Open files …"), keys.Open)
        self.open_folder = self._add(file, tr("Open fo&lder …"), "Ctrl+Shift+O")
        self.open_demo = self._add(file, tr("Open &demo clips"))
        self.simulate = self._add(file, tr("&Simulate live input with a file …"))
        file.addSeparator()
        self.export = self._add(file, tr("&Export …"), "Ctrl+E")
        self.export_view = self._add(file, tr("Export &view …"), "Ctrl+Shift+E")
        file.addSeparator()
        self.settings = self._add(file, tr("Se&ttings …"), "Ctrl+,")  # on macOS Command: its standard key
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        file.addSeparator()
        self.quit = self._add(file, tr("&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

        edit = bar.addMenu(tr("&Edit"))
        self.undo = self._add(edit, tr("&Undo"), keys.Undo)
        self.redo = self._add(edit, tr("&Do again"), keys.Redo)
        self.show_undo(None, None)
        edit.addSeparator()
        self.paste = self._add(edit, tr("&Paste files"), keys.Paste)
        self.copy = self._add(edit, tr("&Copy result"), keys.Copy)
        self.select_all = self._add(edit, tr("Select &all"), keys.SelectAll)
        self.find = self._add(edit, tr("&Filter"), keys.Find)

        tracks = bar.addMenu(tr("&Tracks"))
        self.again = self._add(tracks, tr("Classify &again"), "F5")
        self.retry_failed = self._add(tracks, tr("&Retry failed"), "Shift+F5")
        self.failures = self._add(tracks, tr("Fail&ures …"), "Ctrl+Shift+F")
        self.by_hand = self._add(tracks, tr("Set &genre by hand …"), "Ctrl+G")
        self.reveal = self._add(tracks, tr("Show in &file manager"), "Ctrl+Shift+M")
        tracks.addSeparator()
        self.remove = self._add(tracks, tr("Re&move from list"), keys.Delete)
        self.clear = self._add(tracks, tr("C&lear list"), "Ctrl+Shift+Del")
        tracks.addSeparator()
        self.pause = self._add(tracks, tr("&Pause"), "Ctrl+P")
        self.stop = self._add(tracks, tr("&Stop"), "Ctrl+Shift+P")
        for action in (self.remove, self.select_all):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            list_widget.addAction(action)

        self._view = view = bar.addMenu(tr("&View"))
        themes = view.addMenu(tr("&Theme"))
        self._themes = QActionGroup(self)
        for choice, text in (
            ("system", tr("As the &system")),
            ("light", tr("&Light")),
            ("dark", tr("&Dark")),
        ):
            slot = self._chooser(self.theme_chosen, choice)
            self._add_choice(themes, self._themes, text, choice == theme, slot).setData(choice)
        view.addSeparator()
        self.overview = self._add(view, tr("Library o&verview"), "Ctrl+L")
        self.overview.setCheckable(True)
        self.live = self._add(view, tr("Live: liste&n to an input"), "Ctrl+Shift+L")
        self.live.setCheckable(True)
        view.addSeparator()
        self.zoom_in = self._add(view, tr("Zoom &in"), keys.ZoomIn)
        self.zoom_out = self._add(view, tr("Zoom &out"), keys.ZoomOut)
        self.zoom_all = self._add(view, tr("&Whole track"), "Ctrl+0")
        self.earlier = self._add(view, tr("&Earlier"), "Alt+Left")
        self.later = self._add(view, tr("&Later"), "Alt+Right")

        playback = bar.addMenu(tr("&Playback"))
        self.play = self._add(playback, tr("&Play"), "Space")
        self.play_selected = self._add(playback, tr("Play &selected track"), "Return")
        self.play_segment = self._add(playback, tr("Play the se&gment that was clicked"), "Shift+Space")
        self.stop_playing = self._add(playback, tr("S&top playing"), "Ctrl+.")
        playback.addSeparator()
        self.backward = self._add(playback, tr("&Back 5 seconds"), "Ctrl+Left")
        self.forward = self._add(playback, tr("&Forward 5 seconds"), "Ctrl+Right")
        playback.addSeparator()
        self.loop = self._add(playback, tr("&Loop"), "Ctrl+R")
        self.mute = self._add(playback, tr("&Mute"), "Ctrl+U")
        for action in (self.loop, self.mute):
            action.setCheckable(True)
        self.play_selected.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        list_widget.addAction(self.play_selected)

        # Whatever a key would do to a list, canvas or track that live mode covers. A group that is disabled does not
        # forget which of them are enabled by themselves. Ending sound is no harm and stays.
        self.of_list = QActionGroup(self)
        self.of_list.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for action in (
            *(self.undo, self.redo, self.copy, self.select_all, self.find),
            *(self.again, self.retry_failed, self.by_hand, self.reveal, self.remove, self.clear),
            *(self.zoom_in, self.zoom_out, self.zoom_all, self.earlier, self.later),
            *(self.play, self.play_selected, self.play_segment, self.backward, self.forward, self.loop),
        ):
            self.of_list.addAction(action)

        self._models_menu = bar.addMenu(tr("&Model"))
        self._models_menu.aboutToShow.connect(self.models_asked)
        self._models = QActionGroup(self)
        # Not made by the menu, which is cleared for each list of models.
        self.import_model = QAction(tr("&Import model …"), self)
        self.models = QAction(tr("&Models …"), self)
        self._models_menu.addAction(tr("Loading …")).setEnabled(False)
        self._add_models_actions()

        help_menu = bar.addMenu(tr("&Help"))
        self.help = self._add(help_menu, tr("&Help"), keys.HelpContents)
        self.first_steps = self._add(help_menu, tr("First &steps"))
        self.shortcuts = self._add(help_menu, tr("&Keyboard shortcuts"))
        self.figures = self._add(help_menu, tr("What the &figures mean"))
        help_menu.addSeparator()
        self.log = self._add(help_menu, tr("&Log …"))
        help_menu.addSeparator()
        self.about = self._add(help_menu, tr("&About Genre Desktop"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def add_to_view(self, menu: QMenu) -> None:
        """Offer a menu of somebody else in that of the view."""
        self._view.insertMenu(self.overview, menu)

    def show_theme(self, theme: Theme) -> None:
        """Mark the theme in use."""
        for action in self._themes.actions():
            action.setChecked(action.data() == theme)

    def show_models(self, bundles: Iterable[ModelBundle], chosen: ModelBundle) -> None:
        """List the models, with the one in use marked."""
        self._models_menu.clear()
        for action in self._models.actions():
            self._models.removeAction(action)
        known = list(bundles)
        if all(bundle.path != chosen.path for bundle in known):
            known.append(chosen)
        for bundle in known:
            is_only = [one.name for one in known].count(bundle.name) == 1
            name = bundle.name if is_only else tr("{name} {release}", name=bundle.name, release=release(bundle))
            action = self._add_choice(
                self._models_menu,
                self._models,
                menu_text(name),
                bundle.path == chosen.path,
                self._chooser(self.model_chosen, bundle),
            )
            action.setToolTip(plain_tip(bundle.description))
        self._add_models_actions()

    def _add_models_actions(self) -> None:
        self._models_menu.addSeparator()
        self._models_menu.addActions([self.import_model, self.models])

    def show_tracks(self, n: int, n_failed: int) -> None:
        """Say what can be done with the list."""
        for action in (
            *(self.copy, self.select_all, self.find, self.again, self.by_hand),
            *(self.export, self.reveal, self.remove, self.clear),
        ):
            action.setEnabled(n > 0)
        self.retry_failed.setEnabled(n_failed > 0)
        self.failures.setEnabled(n_failed > 0)

    def show_job(self, *, can_pause: bool, can_resume: bool, can_stop: bool) -> None:
        """Say what can be done with the work that is under way."""
        self.pause.setText(tr("&Continue") if can_resume else tr("&Pause"))
        self.pause.setEnabled(can_pause or can_resume)
        self.stop.setEnabled(can_stop)

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Say what can be undone, and what was undone can be done again."""
        self.undo.setText(tr("&Undo") if undo is None else tr("&Undo: {what}", what=undo))
        self.undo.setEnabled(undo is not None)
        self.redo.setText(tr("&Do again") if redo is None else tr("&Do again: {what}", what=redo))
        self.redo.setEnabled(redo is not None)

    def context_menu(self, parent: QWidget) -> QMenu:
        """Menu of the selected tracks."""
        menu = QMenu(parent)
        menu.addAction(self.play_selected)
        menu.addSeparator()
        menu.addActions([self.again, self.by_hand, self.copy, self.reveal])
        menu.addSeparator()
        menu.addActions([self.remove, self.clear])
        return menu

    @staticmethod
    def _chooser(signal: SignalInstance, value: object) -> Callable[[], None]:
        return lambda: signal.emit(value)

    @staticmethod
    def _add(menu: QMenu, text: str, keys: _Keys = None) -> QAction:
        action = menu.addAction(text)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(keys)
        elif keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.setProperty("keys", [key.toString() for key in action.shortcuts()])  # some are lent away for a while
        return action

    @staticmethod
    def _add_choice(menu: QMenu, group: QActionGroup, text: str, checked: bool, chosen: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        action.triggered.connect(chosen)
        return action
