"""The models there are: what each is, how good it is, where it comes from, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.models.model_tasks import ModelEntry
from genre_desktop.gui.text import accuracy_text
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label, set_style_flags
from genre_desktop.gui.widgets.table_style import style_table_view
from genre_desktop.model.bundles.accuracy import Measured
from genre_desktop.model.bundles.versions import release
from genre_desktop.model.importing.bundle_changes import genre_names, licences

if TYPE_CHECKING:
    from genre_desktop.model.bundles.accuracy import HonestAccuracy
    from genre_desktop.model.bundles.bundle import ModelBundle

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class ModelTable(QAbstractTableModel):
    """Name, version, accuracy, genres, size, origin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: list[ModelEntry] = []
        self._in_use: str | None = None

    def show_entries(self, entries: Iterable[ModelEntry], in_use: ModelBundle | None) -> None:
        """Show other models; `in_use` is marked."""
        self.beginResetModel()
        self.entries = list(entries)
        self._in_use = None if in_use is None else str(in_use.path)
        self.endResetModel()

    def is_in_use(self, entry: ModelEntry) -> bool:
        """Whether it is the one that classifies in this window."""
        return str(entry.bundle.path) == self._in_use

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Model"), tr("Version"), tr("Right on"), tr("Genres"), tr("Size"), tr("Origin"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        bundle = entry.bundle
        if role == Qt.ItemDataRole.DisplayRole:
            name = displayable(bundle.name)
            return (
                tr("{name} (in use)", name=name) if self.is_in_use(entry) else name,
                displayable(release(bundle)) or "–",
                _accuracy(bundle.accuracy),
                str(len(bundle.labels)),
                megabytes(entry.size_bytes),
                origin(entry),
            )[index.column()]
        return None


class ModelsDialog(Dialog):
    """Lists them, and says what is wanted; who owns it does it."""

    import_requested = Signal()
    export_requested = Signal(object)  # Entry
    remove_requested = Signal(object)  # Entry
    use_requested = Signal(object)  # ModelBundle
    reveal_requested = Signal(object)  # ModelBundle
    cancel_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = ModelTable(self)
        self.view = view = style_table_view(
            tr("Models"), self.table, one_only=True, stretched=0, letters={1: 22, 2: 18, 3: 9, 4: 10, 5: 20}
        )
        header = view.horizontalHeader()
        longest = view.fontMetrics().horizontalAdvance(tr("yours, an update"))
        header.resizeSection(5, max(longest + 24, header.sectionSize(5)))
        view.setMinimumHeight(5 * (view.fontMetrics().height() + 12))

        self._facts = scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(tr("About the model"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"), autoDefault=False)
        self.cancel.clicked.connect(lambda: self.cancel_requested.emit())
        self.message = label()

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.import_ = self._add(buttons, tr("&Import …"), self.import_requested.emit)
        self.export = self._add(buttons, tr("&Export …"), lambda: self._emit(self.export_requested))
        self.remove = self._add(buttons, tr("&Remove …"), lambda: self._emit(self.remove_requested))
        self.reveal = self._add(
            buttons, tr("Show in &file manager"), lambda: self._emit(self.reveal_requested, is_bundle=True)
        )
        self.use = self._add(buttons, tr("&Use this model"), lambda: self._emit(self.use_requested, is_bundle=True))
        self.use.setToolTip(tr("It classifies from now on, at later starts too."))
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        buttons.rejected.connect(self.close)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(view, 1)
        layout.addWidget(scroll, 2)
        going_on = QHBoxLayout()
        going_on.addWidget(self.progress, 1)
        going_on.addWidget(self.cancel)
        layout.addLayout(going_on)
        layout.addWidget(self.message)
        layout.addWidget(buttons)
        self.resize(900, 620)
        view.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.table.modelReset.connect(self._show_chosen)
        view.activated.connect(lambda _index: self._emit(self.use_requested, is_bundle=True))
        self.set_busy(False)
        self.say("")
        view.setFocus()

    @staticmethod
    def _add(buttons: QDialogButtonBox, text: str, slot: Any) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda: slot())
        return button

    def show_entries(
        self, entries: Iterable[ModelEntry], in_use: ModelBundle | None, wanted: ModelBundle | None = None
    ) -> None:
        """Show the models there are, `wanted` chosen, otherwise the one that was, or the one in use."""
        chosen = self.chosen()
        name = wanted.name if wanted is not None else chosen.bundle.name if chosen is not None else None
        self.table.show_entries(entries, in_use)
        known = self.table.entries
        rows = [row for row, entry in enumerate(known) if entry.bundle.name == name]
        rows += [row for row, entry in enumerate(known) if self.table.is_in_use(entry)]
        if known:
            self.view.selectRow(rows[0] if rows else 0)
        self._show_chosen()

    def chosen(self) -> ModelEntry | None:
        """The selected model."""
        rows = self.view.selectionModel().selectedRows()
        return self.table.entries[rows[0].row()] if rows and rows[0].row() < len(self.table.entries) else None

    def set_busy(self, is_busy: bool, *, can_cancel: bool = False) -> None:
        """Say that something is being done, which takes a while and may be given up."""
        self._is_busy = is_busy
        self.progress.setVisible(is_busy)
        self.cancel.setVisible(is_busy and can_cancel)
        self._show_chosen()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show a sentence below the models."""
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_style_flags(self.message, problem=problem)

    def _emit(self, signal: Any, *, is_bundle: bool = False) -> None:
        entry = self.chosen()
        if entry is not None and not self._is_busy:
            signal.emit(entry.bundle if is_bundle else entry)

    def _show_chosen(self) -> None:
        entry = self.chosen()
        is_free = entry is not None and not self._is_busy
        self.import_.setEnabled(not self._is_busy)
        self.export.setEnabled(is_free)
        self.reveal.setEnabled(entry is not None)
        self.use.setEnabled(is_free and entry is not None and not self.table.is_in_use(entry))
        self.remove.setEnabled(is_free and entry is not None and not entry.bundle.is_shipped)
        goes_back = entry is not None and entry.behind is not None
        self.remove.setText(tr("Back to the &shipped version …") if goes_back else tr("&Remove …"))
        self._facts.setWidget(_fact_sheet([] if entry is None else facts(entry)))


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
    """What is to be known of a model, a title and a text each."""
    bundle = entry.bundle
    rows = [(tr("About"), bundle.description or "–"), (tr("Genres"), genre_names(bundle.labels))]
    if not bundle.figures:
        rows.append((tr("Right on"), tr("not measured")))
    for figures in bundle.figures:
        right = Measured(figures.accuracy, figures.low, figures.high)
        told = f"{accuracy_text.share_and_interval(right)}. {accuracy_text.measured_on_line(figures)}"
        if not figures.leaking and figures.coverage is not None and figures.accuracy_covered is not None:
            told += " " + accuracy_text.coverage_line(figures.coverage, figures.accuracy_covered)
        rows.append((tr("Right on"), told))
    if entry.behind is not None:
        behind = tr("It stands in the place of the shipped one of {release}.", release=release(entry.behind) or "?")
        rows.append((tr("Origin"), behind))
    rows += [(tr("Licence"), text) for text in licences(bundle) or [tr("Its card names none.")]]
    rows.append((tr("Folder"), displayable(bundle.path)))
    return [(title, displayable(text)) for title, text in rows]


def origin(entry: ModelEntry) -> str:
    """Where a model comes from."""
    if entry.bundle.is_shipped:
        return tr("shipped")
    return tr("yours") if entry.behind is None else tr("yours, an update")


def megabytes(size: int) -> str:
    """``1.2 MB``."""
    return tr("{n} MB", n=numeral(size / 1e6, ".1f" if size < 99.5e6 else ",.0f"))


def _accuracy(accuracy: HonestAccuracy | None) -> str:
    if accuracy is None:
        return tr("not measured")
    told = accuracy_text.share_and_interval(Measured(accuracy.accuracy, accuracy.low, accuracy.high))
    return tr("{told}, leaking", told=told) if accuracy.leaking else told
