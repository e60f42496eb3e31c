"""Models in the window without a new installation: listed, imported, updated, exported, removed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QWidget

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.models.model_questions import ModelQuestions, import_request
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.models.models_task import (
    ExportModel,
    ImportModel,
    ListModels,
    ModelsListed,
    RemoveModel,
    Request,
    run_models_task,
)
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.display import displayable, error_message, shortened
from genre_desktop.gui.text.paths import local_path
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.message_box import failure
from genre_desktop.gui.widgets.notification_bar import Notification, NotificationBar
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.model.bundles.bundle import CARD_NAME
from genre_desktop.model.bundles.versions import release

if TYPE_CHECKING:
    from genre_desktop.gui.models.models_dialog import ModelsDialog
    from genre_desktop.model.bundles.bundle import ModelBundle


class ModelsController(QObject):
    """Carries out requests about bundles on a worker, and shows their results in the dialog or the window.

    Parameters
    ----------
    session : Session
    selection : ModelSelection
    actions : Actions
    notices : NotificationBar
        Shows an import that runs while the dialog is closed.
    window : QWidget

    Attributes
    ----------
    questions : ModelQuestions
    dialog : ModelsDialog or None
        The dialog, while it is open.
    """

    message = Signal(str)

    def __init__(
        self, session: Session, selection: ModelSelection, actions: Actions, notices: NotificationBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._selection = selection
        self._notices = notices
        self._window = window
        self.dialog: ModelsDialog | None = None
        self._progress: Notification | None = None
        self._is_menu_refreshed = False  # by a ListModels that is under way
        self._requests: deque[Request] = deque()  # answered in this order
        self.worker = Worker("models", run_models_task, self)
        self.worker.succeeded.connect(self._on_done)
        self.worker.failed.connect(self._on_failed)
        session.register_worker(self.worker)
        self.questions = ModelQuestions(self._parent_of_dialogs, self)
        self.questions.confirmed.connect(self._submit)
        self.questions.message.connect(self._show_message)
        session.models_found.connect(lambda _found: self._refresh_dialog())
        selection.choice_failed.connect(self.show_failure)
        actions.models_asked.connect(self._refresh_menu)
        actions.models.triggered.connect(self.show_models)
        actions.import_model.triggered.connect(self.questions.choose_import)

    # -- the dialog ----------------------------------------------------------------------

    def show_models(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            from genre_desktop.gui.models.models_dialog import ModelsDialog

            dialog = ModelsDialog(self._window)
            dialog.import_requested.connect(self.questions.choose_import)
            dialog.export_requested.connect(self.questions.choose_export)
            dialog.remove_requested.connect(self.questions.confirm_removal)
            dialog.use_requested.connect(self._selection.choose)
            dialog.cancel_requested.connect(self.cancel_import)
            dialog.reveal_requested.connect(self._reveal)
            dialog.destroyed.connect(self._on_dialog_closed)
            self.dialog = dialog
            self._submit(ListModels())
        show_and_raise(self.dialog)

    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def _refresh_dialog(self) -> None:
        # The model in use has changed. The answer to a request under way refreshes the dialog anyway.
        if self.dialog is not None and not self.worker.busy:
            self._submit(ListModels())

    def _refresh_menu(self) -> None:
        """List the bundles again while the menu opens: the command line may have imported or removed some."""
        if not self.worker.busy:
            self._is_menu_refreshed = True
            self._submit(ListModels())

    def _parent_of_dialogs(self) -> QWidget:
        return self._window if self.dialog is None else self.dialog

    def _reveal(self, bundle: ModelBundle) -> None:
        file_manager.reveal_or_report(bundle.path, self._show_message)

    # -- requests ------------------------------------------------------------------------

    def import_model(self, path: Path) -> None:
        """Import a zip file, a folder, or the folder of a card."""
        self._submit(import_request(path))

    def import_dropped(self, urls: Sequence[QUrl]) -> bool:
        """Ask whether to import what was dropped; False if it is no model: neither one zip file nor a card."""
        name = local_path(urls[0]) if len(urls) == 1 else None
        if name is None or not (name.lower().endswith(".zip") or Path(name).name == CARD_NAME):
            return False
        self.questions.confirm_import(Path(name))
        return True

    def cancel_import(self) -> None:
        """Cancel the imports under way; what was copied so far is deleted."""
        self._requests.clear()
        self.worker.cancel()
        self._show_busy()
        self._show_message(tr("The import was cancelled."))
        self._submit(ListModels())

    @property
    def is_at_work(self) -> bool:
        """Whether a bundle is being imported, exported or removed."""
        return any(not isinstance(request, ListModels) for request in self._requests)

    def _submit(self, request: Request) -> None:
        self._requests.append(request)
        if not isinstance(request, ListModels):
            text = tr("Checking the model …") if isinstance(request, ImportModel) else ""
            if self.dialog is not None or text:
                self._show_message(text)
        self._show_busy()
        self.worker.submit(request)

    def _show_busy(self) -> None:
        is_importing = any(isinstance(request, ImportModel) for request in self._requests)
        if self.dialog is not None:
            self.dialog.set_busy(self.is_at_work, can_cancel=is_importing)
        if self._progress is not None and (self.dialog is not None or not is_importing):
            self._progress.dismiss.click()
        elif self._progress is None and self.dialog is None and is_importing:
            self._progress = self._notices.show_notice(tr("Checking the model …"))
            self._progress.dismissed.connect(self._on_progress_dismissed)
            self._progress.add_button(tr("Cancel"), self.cancel_import)

    def _on_progress_dismissed(self) -> None:
        self._progress = None

    # -- results -------------------------------------------------------------------------

    def _on_done(self, listed: ModelsListed) -> None:
        self._requests.popleft()
        request = listed.request
        self._show_busy()
        if self.dialog is not None:
            self.dialog.show_entries(listed.entries, self._session.bundle, listed.bundle)
        self._show_result(listed)
        if isinstance(request, ImportModel) and listed.bundle is None and listed.update is not None:
            self.questions.confirm_update(request.path, listed.update)
        else:
            self._update_selection(listed)

    def _update_selection(self, listed: ModelsListed) -> None:
        """Offer the bundles of now, and load another one if that in use was replaced or removed."""
        request, in_use = listed.request, self._session.bundle
        bundles = tuple(entry.bundle for entry in listed.entries)
        is_menu_refreshed, self._is_menu_refreshed = self._is_menu_refreshed, False
        if in_use is None:
            return
        if isinstance(request, ListModels | ExportModel):
            if is_menu_refreshed and _paths(bundles) != _paths(self._selection.bundles):
                self._selection.show_bundles(bundles)
            return
        self._selection.show_bundles(bundles)
        if listed.bundle is not None and listed.update is not None and listed.update.before.path == in_use.path:
            self._selection.choose(listed.bundle)
        elif isinstance(request, RemoveModel) and request.bundle.path == in_use.path:
            same = next((bundle for bundle in bundles if bundle.name == in_use.name), listed.default)
            if same is not None:
                self._selection.choose(same)

    def _show_result(self, listed: ModelsListed) -> None:
        request, bundle = listed.request, listed.bundle
        if isinstance(request, ExportModel):
            self._show_message(tr("The model was written to {name}.", name=shortened(request.target.name)))
        elif isinstance(request, RemoveModel):
            self._show_message(tr("The model {name} was removed.", name=shortened(request.bundle.name)))
        elif isinstance(request, ImportModel) and bundle is None:
            self._show_message("")
        elif bundle is not None and listed.update is not None:
            self._show_message(
                tr(
                    "The model {name} was updated: {before} → {now}.",
                    name=shortened(bundle.name),
                    before=displayable(release(listed.update.before)) or "?",
                    now=displayable(release(bundle)) or "?",
                )
            )
        elif bundle is not None:
            self._show_imported(bundle)

    def _show_imported(self, bundle: ModelBundle) -> None:
        text = tr("The model {name} was imported.", name=shortened(bundle.name))
        if self.dialog is not None:
            self.dialog.show_message(text)
            return
        notice = self._notices.show_notice(text)
        use = notice.add_button(tr("Use this model"), lambda: self._selection.choose(bundle))
        use.clicked.connect(notice.dismiss.click)
        use.setToolTip(tr("It classifies from now on, at later starts too."))

    def _on_failed(self, error: GenreDesktopError) -> None:
        request = self._requests.popleft()
        self._show_busy()
        self._show_message(f"{error_message(error)} ({error.code})", problem=True)
        if not isinstance(request, ListModels):
            self.show_failure(error)

    def show_failure(self, error: GenreDesktopError) -> None:
        """Show an error of a request in a dialog of its own, which is not overlooked."""
        failure(self._parent_of_dialogs(), tr("Models"), error).open()

    def _show_message(self, text: str, *, problem: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.show_message(text, problem=problem)
        else:
            self.message.emit(text)


def _paths(bundles: Iterable[ModelBundle]) -> list[Path]:
    return [bundle.path for bundle in bundles]
