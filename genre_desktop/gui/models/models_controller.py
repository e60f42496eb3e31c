"""Models in the window without a new installation: listed, imported, updated, exported, removed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.models import model_tasks as model_jobs
from genre_desktop.gui.models.model_selection import ModelSelection
from genre_desktop.gui.models.model_tasks import (
    ExportModel,
    ImportModel,
    ListModels,
    ModelEntry,
    ModelsListed,
    RemoveModel,
)
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.display import displayable, error_message, local_path, shortened
from genre_desktop.gui.widgets import file_manager as reveal
from genre_desktop.gui.widgets.dialogs import MessageBox, failure, question
from genre_desktop.gui.widgets.forms import show_and_raise
from genre_desktop.gui.widgets.notification_bar import Notification, NotificationBar
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.model.bundles.bundle import CARD_NAME
from genre_desktop.model.bundles.versions import release

if TYPE_CHECKING:
    from genre_desktop.gui.models.models_dialog import ModelsDialog
    from genre_desktop.gui.models.update_dialog import UpdateDialog
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.importing.bundle_changes import Update


class ModelsController(QObject):
    """Goes between the models on disk, their dialog and the window.

    Parameters
    ----------
    session : Session
    choice : ModelChoice
    actions : Actions
    notices : Notices
        Where what was imported without the dialog is told.
    window : QWidget
    """

    message = Signal(str)

    def __init__(
        self, session: Session, choice: ModelSelection, actions: Actions, notices: NotificationBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._choice = choice
        self._notices = notices
        self._window = window
        self.dialog: ModelsDialog | None = None
        self._question: MessageBox | None = None
        self._updates: deque[tuple[Path, Update]] = deque()  # to be asked about, one after the other
        self._update_question: UpdateDialog | None = None
        self._progress: Notification | None = None
        self._folder = ""
        self._is_looking = False
        self._asked: deque[model_jobs.Request] = deque()  # answered one after the other
        self.worker = Worker("models", model_jobs.work, self)
        self.worker.succeeded.connect(self._on_done)
        self.worker.failed.connect(self._on_failed)
        session.register_worker(self.worker)
        session.models_found.connect(lambda _found: self._refresh_dialog())
        choice.refused.connect(self.show_failure)
        actions.models_asked.connect(self._look_for_others)
        actions.models.triggered.connect(self.show_models)
        actions.import_model.triggered.connect(self.ask_for_import)

    # -- the dialog ----------------------------------------------------------------------

    def show_models(self) -> None:
        """List the models, in a window beside the work."""
        if self.dialog is None:
            from genre_desktop.gui.models.models_dialog import ModelsDialog

            dialog = ModelsDialog(self._window)
            dialog.import_requested.connect(self.ask_for_import)
            dialog.export_requested.connect(self._ask_for_export)
            dialog.remove_requested.connect(self._ask_to_remove)
            dialog.use_requested.connect(self._choice.choose)
            dialog.cancel_requested.connect(self.cancel_import)
            dialog.reveal_requested.connect(self._reveal)
            dialog.destroyed.connect(self._forget_dialog)
            self.dialog = dialog
            self._submit(ListModels())
        show_and_raise(self.dialog)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _refresh_dialog(self) -> None:
        # The model in use has changed; while something is done, its end brings the news.
        if self.dialog is not None and not self.worker.busy:
            self._submit(ListModels())

    def _look_for_others(self) -> None:
        """Look whether models have come or gone since: the command line imports them too."""
        if not self.worker.busy:
            self._is_looking = True
            self._submit(ListModels())

    def _parent(self) -> QWidget:
        return self._window if self.dialog is None else self.dialog

    def _reveal(self, bundle: ModelBundle) -> None:
        reveal.reveal_or_report(bundle.path, self._say)

    # -- asking --------------------------------------------------------------------------

    def ask_for_import(self) -> None:
        """Let a person choose a bundle: a zip file, or the card in its folder."""
        kinds = tr("Models ({patterns})", patterns=f"*.zip *.ZIP {CARD_NAME}")
        name, _ = QFileDialog.getOpenFileName(self._parent(), tr("Import a model"), self._folder, kinds)
        if name:
            self._folder = str(Path(name).parent)
            self.import_model(Path(name))

    def import_model(self, path: Path) -> None:
        """Import a zip file, or the folder of a card."""
        self._submit(ImportModel(path.parent if path.name == CARD_NAME else path))

    def import_dropped(self, urls: Sequence[QUrl]) -> bool:
        """Whether what was dropped is a model, to be asked about, and no music: a zip file, or a card."""
        name = local_path(urls[0]) if len(urls) == 1 else None
        if name is None or not (name.lower().endswith(".zip") or Path(name).name == CARD_NAME):
            return False
        path = Path(name)
        box = self._ask(
            tr("Import the model in {name}?", name=shortened(path.name)),
            tr("It is copied to your models. A model from a stranger can be wrong, but it runs no code."),
            tr("&Import"),
        )
        box.accepted.connect(lambda: self.import_model(path))
        box.open()
        return True

    def _ask_for_export(self, entry: ModelEntry) -> None:
        start = str(Path(self._folder) / f"{entry.bundle.path.name}.zip")
        name, _ = QFileDialog.getSaveFileName(self._parent(), tr("Export the model"), start, tr("Zip files (*.zip)"))
        if name:
            path = Path(name)
            self._folder = str(path.parent)
            if path.suffix.lower() != ".zip":
                path = path.with_name(path.name + ".zip")
                if path.exists():  # of which the file dialog has not asked
                    self._say(tr("{name} is there already. Choose another name.", name=shortened(path.name)))
                    return
            self._submit(ExportModel(entry.bundle, path))

    def _ask_to_remove(self, entry: ModelEntry) -> None:
        name = shortened(entry.bundle.name)
        if entry.behind is not None:
            box = self._ask(
                tr("Go back to the shipped version of {name}?", name=name),
                tr("Your newer version is deleted. Export it first if you want to have it again."),
                tr("&Go back"),
            )
        else:
            box = self._ask(
                tr("Delete the model {name}?", name=name),
                tr("Its folder is deleted. What it found of your tracks is kept, and is there again with the model."),
                tr("&Delete"),
            )
        box.accepted.connect(lambda: self._submit(RemoveModel(entry.bundle)))
        box.open()

    def _ask(self, text: str, more: str, yes: str) -> MessageBox:
        if self._question is not None:
            self._question.reject()
        self._question = box = question(self._parent(), tr("Models"), text, more, yes)
        box.finished.connect(lambda _result: self._forget_question(box))
        return box

    def _forget_question(self, box: MessageBox) -> None:
        box.deleteLater()
        if self._question is box:
            self._question = None

    def _ask_next_update(self) -> None:
        if self._update_question is not None or not self._updates:
            return
        from genre_desktop.gui.models.update_dialog import UpdateDialog

        path, update = self._updates.popleft()
        dialog = self._update_question = UpdateDialog(update, self._parent())
        dialog.accepted.connect(lambda: self._submit(ImportModel(path, agreed=update)))
        dialog.finished.connect(lambda _result: self._end_update_question(dialog))
        dialog.destroyed.connect(lambda: self._end_update_question(dialog))  # with the one it stands on
        dialog.open()

    def _end_update_question(self, dialog: UpdateDialog) -> None:
        if self._update_question is dialog:
            self._update_question = None
            self._ask_next_update()

    # -- doing ---------------------------------------------------------------------------

    def cancel_import(self) -> None:
        """Give up the imports that go on; what was copied so far is deleted."""
        self._asked.clear()
        self.worker.cancel()
        self._show_busy()
        self._say(tr("The import was cancelled."))
        self._submit(ListModels())

    def _submit(self, request: model_jobs.Request) -> None:
        self._asked.append(request)
        if not isinstance(request, ListModels):
            text = tr("Checking the model …") if isinstance(request, ImportModel) else ""
            if self.dialog is not None or text:
                self._say(text)
        self._show_busy()
        self.worker.submit(request)

    @property
    def is_at_work(self) -> bool:
        """Whether a model is being imported, exported or removed."""
        return any(not isinstance(request, ListModels) for request in self._asked)

    def _show_busy(self) -> None:
        is_importing = any(isinstance(request, ImportModel) for request in self._asked)
        if self.dialog is not None:
            self.dialog.set_busy(self.is_at_work, can_cancel=is_importing)
        if self._progress is not None and (self.dialog is not None or not is_importing):
            self._progress.dismiss.click()
        elif self._progress is None and self.dialog is None and is_importing:
            self._progress = self._notices.show_notice(tr("Checking the model …"))
            self._progress.dismissed.connect(self._forget_progress)
            self._progress.add(tr("Cancel"), self.cancel_import)

    def _forget_progress(self) -> None:
        self._progress = None

    def _on_done(self, models: ModelsListed) -> None:
        self._asked.popleft()
        in_use = self._session.bundle
        self._show_busy()
        if self.dialog is not None:
            self.dialog.show_entries(models.entries, in_use, models.bundle)
        self._tell(models)
        if isinstance(models.request, ImportModel) and models.bundle is None and models.update is not None:
            self._updates.append((models.request.path, models.update))
            self._ask_next_update()
            return
        bundles = tuple(entry.bundle for entry in models.entries)
        is_looking, self._is_looking = self._is_looking, False
        if in_use is None or isinstance(models.request, ListModels | ExportModel):
            if in_use is not None and is_looking and _paths(bundles) != _paths(self._choice.bundles):
                self._choice.show_bundles(bundles)
            return
        self._choice.show_bundles(bundles)
        if models.bundle is not None and models.update is not None and models.update.before.path == in_use.path:
            self._choice.choose(models.bundle)
        elif isinstance(models.request, RemoveModel) and models.request.bundle.path == in_use.path:
            same = next((bundle for bundle in bundles if bundle.name == in_use.name), models.default)
            if same is not None:
                self._choice.choose(same)

    def _tell(self, models: ModelsListed) -> None:
        request, bundle = models.request, models.bundle
        if isinstance(request, ExportModel):
            self._say(tr("The model was written to {name}.", name=shortened(request.target.name)))
        elif isinstance(request, RemoveModel):
            self._say(tr("The model {name} was removed.", name=shortened(request.bundle.name)))
        elif isinstance(request, ImportModel) and bundle is None:
            self._say("")
        elif bundle is not None and models.update is not None:
            self._say(
                tr(
                    "The model {name} was updated: {before} → {now}.",
                    name=shortened(bundle.name),
                    before=displayable(release(models.update.before)) or "?",
                    now=displayable(release(bundle)) or "?",
                )
            )
        elif bundle is not None:
            text = tr("The model {name} was imported.", name=shortened(bundle.name))
            if self.dialog is not None:
                self.dialog.say(text)
            else:
                notice = self._notices.show_notice(text)
                use = notice.add(tr("Use this model"), lambda: self._choice.choose(bundle))
                use.clicked.connect(notice.dismiss.click)
                use.setToolTip(tr("It classifies from now on, at later starts too."))

    def _on_failed(self, error: GenreDesktopError) -> None:
        request = self._asked.popleft()
        self._show_busy()
        self._say(f"{error_message(error)} ({error.code})", problem=True)
        if not isinstance(request, ListModels):
            self.show_failure(error)

    def show_failure(self, error: GenreDesktopError) -> None:
        """Say that what was asked for was not done, in a way that is not overlooked."""
        failure(self._parent(), tr("Models"), error).open()

    def _say(self, text: str, *, problem: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.say(text, problem=problem)
        else:
            self.message.emit(text)


def _paths(bundles: Iterable[ModelBundle]) -> list[Path]:
    return [bundle.path for bundle in bundles]
