"""Light and dark theme: colours, palette and style sheet, switched while the program runs."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from genre_desktop.core.settings import Theme


@dataclass(frozen=True)
class Colours:
    """The colours of a theme by their purpose (``#rrggbb``).

    Text colours reach a contrast of 4.5 : 1 on `window` and `base` (tests/gui/widgets/test_theme.py).
    """

    window: str  # around the panes
    base: str  # lists, canvases, fields
    raised: str  # buttons, headers, wells
    hover: str
    border: str
    text: str
    muted: str  # secondary text
    accent: str  # selection, waveform, focus
    accent_text: str
    selection: str  # selected rows: the accent, calm enough for text and colour chips
    problem: str  # failed rows
    outline: str  # around a genre's colour, so that dark ones show on dark ground (``#aarrggbb``)
    waveform: str
    waveform_core: str


LIGHT = Colours(
    window="#f3f4f6",
    base="#ffffff",
    raised="#fafbfc",
    hover="#e9ecf1",
    border="#d3d8e0",
    text="#1b2230",
    muted="#596273",
    accent="#2b62c4",
    accent_text="#ffffff",
    selection="#d9e5fa",
    problem="#b3261e",
    outline="#33000000",
    waveform="#9bb6e6",
    waveform_core="#2b62c4",
)

DARK = Colours(
    window="#191c22",
    base="#121419",
    raised="#23272f",
    hover="#2d323c",
    border="#343a46",
    text="#e7eaf0",
    muted="#9aa4b5",
    accent="#7fa8f0",
    accent_text="#0e1420",
    selection="#263a5e",
    problem="#ff9a8f",
    outline="#66ffffff",
    waveform="#3d5686",
    waveform_core="#8fb4f5",
)


class ThemeSwitch(QObject):
    """Applies a theme to the application; widgets that paint themselves follow `changed`.

    Attributes
    ----------
    colours : Colours
        Of the present theme.
    """

    changed = Signal(object)  # Colours

    def __init__(self, app: QApplication, choice: Theme = "system") -> None:
        super().__init__(app)
        self._app = app
        self._choice: Theme = choice
        self.colours = LIGHT
        app.setStyle("Fusion")  # the same look, and the same defects, on every platform
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.choose(choice)

    @property
    def choice(self) -> Theme:
        """The chosen theme; ``"system"`` follows the desktop."""
        return self._choice

    def choose(self, choice: Theme) -> None:
        """Switch to a theme."""
        self._choice = choice
        hints = self._app.styleHints()
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
        hints.setColorScheme(scheme)  # title bars and native dialogs follow it
        if choice == "system":
            self._apply(DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT)
        else:
            self._apply(DARK if choice == "dark" else LIGHT)

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            self._apply(DARK if scheme == Qt.ColorScheme.Dark else LIGHT)

    def _apply(self, colours: Colours) -> None:
        self.colours = colours
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours))
        self.changed.emit(colours)


def palette(colours: Colours) -> QPalette:
    """Qt's palette of a theme."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, value in {
        roles.Window: colours.window,
        roles.WindowText: colours.text,
        roles.Base: colours.base,
        roles.AlternateBase: colours.raised,
        roles.Text: colours.text,
        roles.PlaceholderText: colours.muted,
        roles.Button: colours.raised,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.problem,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.accent_text,
        roles.Accent: colours.accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.ToolTipBase: colours.raised,
        roles.ToolTipText: colours.text,
        roles.Light: colours.hover,
        roles.Midlight: colours.hover,
        roles.Mid: colours.border,
        roles.Dark: colours.border,
        roles.Shadow: colours.border,
    }.items():
        result.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        faint = QColor(colours.muted)
        faint.setAlpha(150)
        result.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return result


def style_sheet(colours: Colours) -> str:
    """Style sheet of a theme: everything that a palette cannot express."""
    return _STYLE.format(**{name: getattr(colours, name) for name in Colours.__dataclass_fields__})


def scaled_font(factor: float, *, bold: bool = False) -> QFont:
    """The application's font, whose size is that of the desktop, scaled by a factor."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def fixed_font(factor: float) -> QFont:
    """The desktop's monospaced font, in a size that matches `scaled_font`."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QGuiApplication.font().pointSizeF() * factor)
    return font


_STYLE = """
QMainWindow, QDialog {{ background: {window}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenuBar {{ background: {window}; padding: 2px 4px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {hover}; }}
QMenu {{ background: {base}; border: 1px solid {border}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: 4px 8px; }}
QFrame#pane, QTableView#tracks {{ background: {base}; border: 1px solid {border}; border-radius: 6px; }}
QFrame#pane:focus, QTableView#tracks:focus {{ border-color: {accent}; }}
QTableView#tracks {{ selection-background-color: {selection}; selection-color: {text}; outline: 0; padding: 1px; }}
QTableView#list {{
    background: {base}; border: 1px solid {border}; border-radius: 6px; outline: 0; padding: 1px;
    selection-background-color: {selection}; selection-color: {text};
}}
QFrame#notice {{ background: {raised}; border: 1px solid {accent}; border-radius: 6px; }}
QPlainTextEdit#report {{
    background: {base}; border: 1px solid {border}; border-radius: 6px; padding: 4px;
    selection-background-color: {accent}; selection-color: {accent_text};
}}
QPlainTextEdit#report:focus {{ border-color: {accent}; }}
QTableView#list::item {{ padding: 0 8px; border: 0; }}
QTableView#list:focus {{ border-color: {accent}; }}
QAbstractItemView#choices {{
    background: {base}; border: 1px solid {border}; border-radius: 6px; outline: 0; padding: 3px;
}}
QAbstractItemView#choices:focus {{ border-color: {accent}; }}
QAbstractItemView#choices::item {{ padding: 3px 4px; border: 0; }}
QAbstractItemView#choices::item:hover {{ background: {hover}; }}
QAbstractItemView#choices::item:selected {{ background: {selection}; color: {text}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
    background: {base}; color: {muted}; border: 0; border-bottom: 1px solid {border}; padding: 5px 8px;
}}
QHeaderView::up-arrow, QHeaderView::down-arrow {{
    subcontrol-origin: padding; subcontrol-position: top center; width: 9px; height: 9px;
}}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QTextBrowser#page, QPlainTextEdit#page {{
    background: {base}; border: 1px solid {border}; border-radius: 6px; padding: 2px;
    selection-background-color: {accent}; selection-color: {accent_text};
}}
QTextBrowser#page:focus, QPlainTextEdit#page:focus {{ border-color: {accent}; }}
QComboBox {{
    background: {raised}; border: 1px solid {border}; border-radius: 6px; padding: 5px 28px 5px 10px;
}}
QComboBox:hover {{ background: {hover}; }}
QComboBox:focus {{ border-color: {accent}; }}
QComboBox:disabled {{ color: {muted}; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: 0; }}
QComboBox QAbstractItemView {{
    background: {base}; border: 1px solid {border}; outline: 0; padding: 3px;
    selection-background-color: {selection}; selection-color: {text};
}}
QLineEdit, QSpinBox {{
    background: {base}; border: 1px solid {border}; border-radius: 6px; padding: 5px 8px;
    selection-background-color: {accent}; selection-color: {accent_text};
}}
QSpinBox {{ padding: 5px 0; }}
QSpinBox > QLineEdit {{ border: 0; padding: 0 8px; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; }}
QLineEdit:focus, QSpinBox:focus {{ border-color: {accent}; }}
QToolButton[chip="true"] {{
    background: {raised}; border: 1px solid {border}; border-radius: 6px; padding: 4px 8px;
}}
QToolButton[chip="true"][slim="true"] {{ padding: 1px 10px; margin: 1px 8px 0 0; }}
QToolButton[chip="true"]:hover {{ background: {hover}; }}
QToolButton[chip="true"]:focus {{ border-color: {accent}; }}
QToolButton[chip="true"][chosen="true"] {{ background: {selection}; border-color: {accent}; color: {text}; }}
QToolButton[chip="true"][recording="true"] {{ color: {problem}; border-color: {problem}; }}
QToolButton[chip="true"]::menu-indicator {{ image: none; }}
QPushButton {{
    background: {raised}; border: 1px solid {border}; border-radius: 6px; padding: 6px 14px;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {border}; }}
QPushButton:disabled {{ color: {muted}; background: transparent; }}
QPushButton[primary="true"] {{ background: {accent}; border-color: {accent}; color: {accent_text}; }}
QPushButton[primary="true"]:disabled {{ background: transparent; border-color: {border}; color: {muted}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {text}; padding: 5px 13px; }}
QPushButton[quiet="true"] {{ border-color: transparent; background: transparent; padding: 4px 10px; }}
/* Without a border they would look like words of the sentence beside them. */
JobBar QPushButton[quiet="true"] {{ border-color: {border}; }}
QPushButton[quiet="true"]:hover {{ background: {hover}; }}
QPushButton[quiet="true"]:focus {{ border-color: {accent}; }}
QPushButton[link="true"] {{ border-color: transparent; background: transparent; color: {accent}; padding: 4px 10px; }}
QPushButton[link="true"]:hover {{ background: {hover}; }}
QPushButton[link="true"]:focus {{ border-color: {accent}; }}
QCheckBox#tick {{ spacing: 10px; padding: 2px 0; }}
QCheckBox#tick::indicator {{
    width: 14px; height: 14px; background: {base}; border: 1px solid {muted}; border-radius: 4px;
}}
QCheckBox#tick::indicator:hover, QCheckBox#tick::indicator:focus {{ border-color: {accent}; }}
QCheckBox#tick::indicator:checked {{ background: {accent}; border-color: {accent}; }}
QLabel[muted="true"] {{ color: {muted}; }}
QLabel[problem="true"] {{ color: {problem}; }}
QProgressBar {{
    background: {hover}; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QProgressBar::chunk:disabled {{ background: {muted}; }}
QProgressBar[thin="true"] {{ max-height: 3px; min-height: 3px; border-radius: 1px; }}
QProgressBar[thin="true"]::chunk {{ border-radius: 1px; }}
QSplitter::handle {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: 4px; }}
"""
