"""The dialog of models: a table of the bundles, facts about the selected one, and buttons for what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import tr
from genre_desktop.gui.models.model_table import ModelTable
from genre_desktop.gui.models.models_task import ModelEntry
from genre_desktop.gui.text.accuracy_text import coverage_line, measured_on_line, share_and_interval
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label, set_style_flags
from genre_desktop.gui.widgets.table_style import style_table_view
from genre_desktop.model.bundles.accuracy import Measured
from genre_desktop.model.bundles.versions import release
from genre_desktop.model.importing.bundle_changes import genre_names, licences

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle


class ModelsDialog(Dialog):
    """Shows bundles, and emits what the user asks for; `ModelsController` carries it out."""

    import_requested = Signal()
    export_requested = Signal(object)  # ModelEntry
    remove_requested = Signal(object)  # ModelEntry
    use_requested = Signal(object)  # ModelBundle
    reveal_requested = Signal(object)  # ModelBundle
    cancel_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = ModelTable(self)
        self.view = _table_view(self.table)
        self._facts = QScrollArea(widgetResizable=True)
        self._facts.setFrameShape(QFrame.Shape.NoFrame)
        self._facts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._facts.setAccessibleName(tr("About the model"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"), autoDefault=False)
        self.cancel.clicked.connect(lambda: self.cancel_requested.emit())
        self.message = label()
        buttons = self._make_buttons()

        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._facts, 2)
        progress_row = QHBoxLayout()
        progress_row.addWidget(self.progress, 1)
        progress_row.addWidget(self.cancel)
        layout.addLayout(progress_row)
        layout.addWidget(self.message)
        layout.addWidget(buttons)
        self.resize(900, 620)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_selected())
        self.table.modelReset.connect(self._show_selected)
        self.view.activated.connect(lambda _index: self._emit(self.use_requested, is_bundle=True))
        self.set_busy(False)
        self.show_message("")
        self.view.setFocus()

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)

        def add(text: str, slot: Callable[[], None]) -> QPushButton:
            button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda: slot())
            return button

        self.import_ = add(tr("&Import …"), self.import_requested.emit)
        self.export = add(tr("&Export …"), lambda: self._emit(self.export_requested))
        self.remove = add(tr("&Remove …"), lambda: self._emit(self.remove_requested))
        self.reveal = add(tr("Show in &file manager"), lambda: self._emit(self.reveal_requested, is_bundle=True))
        self.use = add(tr("&Use this model"), lambda: self._emit(self.use_requested, is_bundle=True))
        self.use.setToolTip(tr("It classifies from now on, at later starts too."))
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        return buttons

    def show_entries(
        self, entries: Iterable[ModelEntry], in_use: ModelBundle | None, to_select: ModelBundle | None = None
    ) -> None:
        """Show bundles, and select `to_select`, otherwise the one that was selected, or the one in use."""
        selected = self.selected()
        name = to_select.name if to_select is not None else selected.bundle.name if selected is not None else None
        self.table.show_entries(entries, in_use)
        known = self.table.entries
        rows = [row for row, entry in enumerate(known) if entry.bundle.name == name]
        rows += [row for row, entry in enumerate(known) if self.table.is_in_use(entry)]
        if known:
            self.view.selectRow(rows[0] if rows else 0)
        self._show_selected()

    def selected(self) -> ModelEntry | None:
        """The selected bundle."""
        rows = self.view.selectionModel().selectedRows()
        return self.table.entries[rows[0].row()] if rows and rows[0].row() < len(self.table.entries) else None

    def set_busy(self, is_busy: bool, *, can_cancel: bool = False) -> None:
        """Show that a request is being carried out, with a button to cancel it if `can_cancel`."""
        self._is_busy = is_busy
        self.progress.setVisible(is_busy)
        self.cancel.setVisible(is_busy and can_cancel)
        self._show_selected()

    def show_message(self, text: str, *, problem: bool = False) -> None:
        """Show a sentence below the table; an empty one hides it."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_style_flags(self.message, problem=problem)

    def _emit(self, signal: Any, *, is_bundle: bool = False) -> None:
        entry = self.selected()
        if entry is not None and not self._is_busy:
            signal.emit(entry.bundle if is_bundle else entry)

    def _show_selected(self) -> None:
        entry = self.selected()
        is_free = entry is not None and not self._is_busy
        self.import_.setEnabled(not self._is_busy)
        self.export.setEnabled(is_free)
        self.reveal.setEnabled(entry is not None)
        self.use.setEnabled(is_free and entry is not None and not self.table.is_in_use(entry))
        self.remove.setEnabled(is_free and entry is not None and not entry.bundle.is_shipped)
        goes_back = entry is not None and entry.behind is not None
        self.remove.setText(tr("Back to the &shipped version …") if goes_back else tr("&Remove …"))
        self._facts.setWidget(_fact_sheet([] if entry is None else facts(entry)))


def _table_view(table: ModelTable) -> QTableView:
    view = style_table_view(tr("Models"), table, one_only=True, stretched=0, letters={1: 22, 2: 18, 3: 9, 4: 10, 5: 20})
    header = view.horizontalHeader()
    longest = view.fontMetrics().horizontalAdvance(tr("yours, an update"))
    header.resizeSection(5, max(longest + 24, header.sectionSize(5)))
    view.setMinimumHeight(5 * (view.fontMetrics().height() + 12))
    return view


def _fact_sheet(rows: list[tuple[str, str]]) -> QWidget:
    sheet = QWidget()
    layout = QGridLayout(sheet)
    layout.setContentsMargins(2, 4, 2, 4)
    layout.setHorizontalSpacing(14)
    layout.setVerticalSpacing(5)
    layout.setColumnStretch(1, 1)
    for row, (title, text) in enumerate(rows):
        caption = label("" if row and rows[row - 1][0] == title else title, muted=True)
        caption.setWordWrap(False)
        value = label(text)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{title}: {text}")
        layout.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
    layout.setRowStretch(len(rows), 1)
    return sheet


def facts(entry: ModelEntry) -> list[tuple[str, str]]:
    """Facts about a bundle for a person, as rows of title and text."""
    bundle = entry.bundle
    rows = [(tr("About"), bundle.description or "–"), (tr("Genres"), genre_names(bundle.labels))]
    if not bundle.figures:
        rows.append((tr("Right on"), tr("not measured")))
    for figures in bundle.figures:
        right = Measured(figures.accuracy, figures.low, figures.high)
        text = f"{share_and_interval(right)}. {measured_on_line(figures)}"
        if not figures.leaking and figures.coverage is not None and figures.accuracy_covered is not None:
            text += " " + coverage_line(figures.coverage, figures.accuracy_covered)
        rows.append((tr("Right on"), text))
    if entry.behind is not None:
        behind = tr("It stands in the place of the shipped one of {release}.", release=release(entry.behind) or "?")
        rows.append((tr("Origin"), behind))
    rows += [(tr("Licence"), text) for text in licences(bundle) or [tr("Its card names none.")]]
    rows.append((tr("Folder"), displayable(bundle.path)))
    return [(title, displayable(text)) for title, text in rows]
