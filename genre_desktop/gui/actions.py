"""The menus: every command of the window, with its keys."""

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

_Key = QKeySequence.StandardKey


class Actions(QObject):
    """Makes the menus; controllers connect what they do.

    Help pages link to the names of the attributes.

    Parameters
    ----------
    bar : QMenuBar
    list_widget : QWidget
        Widget of the track list. Its keys, such as Delete and Ctrl+A, edit text elsewhere in the window.
    theme : str
        The one in use.

    Attributes
    ----------
    of_list : QActionGroup
        Actions on the list, the canvas and the track that plays; disabled while live mode covers them.
    """

    theme_chosen = Signal(str)
    model_chosen = Signal(object)  # ModelBundle
    models_asked = Signal()  # the Model menu opens

    def __init__(self, bar: QMenuBar, list_widget: QWidget, theme: Theme) -> None:
        super().__init__(bar)
        self._make_file_menu(bar.addMenu(tr("&File")))
        self._make_edit_menu(bar.addMenu(tr("&Edit")))
        self._make_tracks_menu(bar.addMenu(tr("&Tracks")))
        self._make_view_menu(bar.addMenu(tr("&View")), theme)
        self._make_playback_menu(bar.addMenu(tr("&Playback")))
        self._make_model_menu(bar.addMenu(tr("&Model")))
        self._make_help_menu(bar.addMenu(tr("&Help")))
        for action in (self.remove, self.select_all, self.play_selected):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            list_widget.addAction(action)
        self.of_list = self._make_list_group()

    def _make_file_menu(self, menu: QMenu) -> None:
        self.open_files = self._add(menu, tr("&Open files …"), _Key.Open)
        self.open_folder = self._add(menu, tr("Open fo&lder …"), "Ctrl+Shift+O")
        self.open_demo = self._add(menu, tr("Open &demo clips"))
        self.simulate = self._add(menu, tr("&Simulate live input with a file …"))
        menu.addSeparator()
        self.export = self._add(menu, tr("&Export …"), "Ctrl+E")
        self.export_view = self._add(menu, tr("Export &view …"), "Ctrl+Shift+E")
        menu.addSeparator()
        self.settings = self._add(menu, tr("Se&ttings …"), "Ctrl+,")  # on macOS Command: its standard key
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        menu.addSeparator()
        self.quit = self._add(menu, tr("&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make_edit_menu(self, menu: QMenu) -> None:
        self.undo = self._add(menu, tr("&Undo"), _Key.Undo)
        self.redo = self._add(menu, tr("&Do again"), _Key.Redo)
        self.show_undo(None, None)
        menu.addSeparator()
        self.paste = self._add(menu, tr("&Paste files"), _Key.Paste)
        self.copy = self._add(menu, tr("&Copy result"), _Key.Copy)
        self.select_all = self._add(menu, tr("Select &all"), _Key.SelectAll)
        self.find = self._add(menu, tr("&Filter"), _Key.Find)

    def _make_tracks_menu(self, menu: QMenu) -> None:
        self.again = self._add(menu, tr("Classify &again"), "F5")
        self.retry_failed = self._add(menu, tr("&Retry failed"), "Shift+F5")
        self.failures = self._add(menu, tr("Fail&ures …"), "Ctrl+Shift+F")
        self.by_hand = self._add(menu, tr("Set &genre by hand …"), "Ctrl+G")
        self.reveal = self._add(menu, tr("Show in &file manager"), "Ctrl+Shift+M")
        menu.addSeparator()
        self.remove = self._add(menu, tr("Re&move from list"), _Key.Delete)
        self.clear = self._add(menu, tr("C&lear list"), "Ctrl+Shift+Del")
        menu.addSeparator()
        self.pause = self._add(menu, tr("&Pause"), "Ctrl+P")
        self.stop = self._add(menu, tr("&Stop"), "Ctrl+Shift+P")

    def _make_view_menu(self, menu: QMenu, theme: Theme) -> None:
        self._view = menu
        themes = menu.addMenu(tr("&Theme"))
        self._themes = QActionGroup(self)
        for choice, text in (
            ("system", tr("As the &system")),
            ("light", tr("&Light")),
            ("dark", tr("&Dark")),
        ):
            slot = self._emitter(self.theme_chosen, choice)
            self._add_choice(themes, self._themes, text, choice == theme, slot).setData(choice)
        menu.addSeparator()
        self.overview = self._add(menu, tr("Library o&verview"), "Ctrl+L")
        self.overview.setCheckable(True)
        self.live = self._add(menu, tr("Live: liste&n to an input"), "Ctrl+Shift+L")
        self.live.setCheckable(True)
        menu.addSeparator()
        self.zoom_in = self._add(menu, tr("Zoom &in"), _Key.ZoomIn)
        self.zoom_out = self._add(menu, tr("Zoom &out"), _Key.ZoomOut)
        self.zoom_all = self._add(menu, tr("&Whole track"), "Ctrl+0")
        self.earlier = self._add(menu, tr("&Earlier"), "Alt+Left")
        self.later = self._add(menu, tr("&Later"), "Alt+Right")

    def _make_playback_menu(self, menu: QMenu) -> None:
        self.play = self._add(menu, tr("&Play"), "Space")
        self.play_selected = self._add(menu, tr("Play &selected track"), "Return")
        self.play_segment = self._add(menu, tr("Play the se&gment that was clicked"), "Shift+Space")
        self.stop_playing = self._add(menu, tr("S&top playing"), "Ctrl+.")
        menu.addSeparator()
        self.backward = self._add(menu, tr("&Back 5 seconds"), "Ctrl+Left")
        self.forward = self._add(menu, tr("&Forward 5 seconds"), "Ctrl+Right")
        menu.addSeparator()
        self.loop = self._add(menu, tr("&Loop"), "Ctrl+R")
        self.mute = self._add(menu, tr("&Mute"), "Ctrl+U")
        for action in (self.loop, self.mute):
            action.setCheckable(True)

    def _make_model_menu(self, menu: QMenu) -> None:
        self._models_menu = menu
        menu.aboutToShow.connect(self.models_asked)
        self._models = QActionGroup(self)
        # They belong to this object, since the menu is cleared for each list of models.
        self.import_model = QAction(tr("&Import model …"), self)
        self.models = QAction(tr("&Models …"), self)
        menu.addAction(tr("Loading …")).setEnabled(False)
        self._add_models_actions()

    def _make_help_menu(self, menu: QMenu) -> None:
        self.help = self._add(menu, tr("&Help"), _Key.HelpContents)
        self.first_steps = self._add(menu, tr("First &steps"))
        self.shortcuts = self._add(menu, tr("&Keyboard shortcuts"))
        self.figures = self._add(menu, tr("What the &figures mean"))
        menu.addSeparator()
        self.log = self._add(menu, tr("&Log …"))
        menu.addSeparator()
        self.about = self._add(menu, tr("&About Genre Desktop"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _make_list_group(self) -> QActionGroup:
        # All keys that would change the list, canvas or track behind live mode. Disabling a group keeps the state of
        # each action. Actions that end sound do no harm and stay.
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for action in (
            *(self.undo, self.redo, self.copy, self.select_all, self.find),
            *(self.again, self.retry_failed, self.by_hand, self.reveal, self.remove, self.clear),
            *(self.zoom_in, self.zoom_out, self.zoom_all, self.earlier, self.later),
            *(self.play, self.play_selected, self.play_segment, self.backward, self.forward, self.loop),
        ):
            group.addAction(action)
        return group

    def add_to_view(self, menu: QMenu) -> None:
        """Insert a submenu into the View menu."""
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
                self._emitter(self.model_chosen, bundle),
            )
            action.setToolTip(plain_tip(bundle.description))
        self._add_models_actions()

    def _add_models_actions(self) -> None:
        self._models_menu.addSeparator()
        self._models_menu.addActions([self.import_model, self.models])

    def show_tracks(self, n: int, n_failed: int) -> None:
        """Enable the actions that apply to a list of `n` tracks."""
        for action in (
            *(self.copy, self.select_all, self.find, self.again, self.by_hand),
            *(self.export, self.reveal, self.remove, self.clear),
        ):
            action.setEnabled(n > 0)
        self.retry_failed.setEnabled(n_failed > 0)
        self.failures.setEnabled(n_failed > 0)

    def show_job(self, *, can_pause: bool, can_resume: bool, can_stop: bool) -> None:
        """Enable the actions that apply to the work in progress."""
        self.pause.setText(tr("&Continue") if can_resume else tr("&Pause"))
        self.pause.setEnabled(can_pause or can_resume)
        self.stop.setEnabled(can_stop)

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """Show the names of the steps to undo and to redo; None where there is none."""
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
    def _emitter(signal: SignalInstance, value: object) -> Callable[[], None]:
        return lambda: signal.emit(value)

    @staticmethod
    def _add(menu: QMenu, text: str, keys: _Key | str | None = None) -> QAction:
        action = menu.addAction(text)
        if isinstance(keys, _Key):
            action.setShortcuts(keys)
        elif keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.setProperty("keys", [key.toString() for key in action.shortcuts()])  # some are removed for a while
        return action

    @staticmethod
    def _add_choice(menu: QMenu, group: QActionGroup, text: str, checked: bool, chosen: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(checked)
        group.addAction(action)
        action.triggered.connect(chosen)
        return action
