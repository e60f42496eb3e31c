"""The window's language: its own sentences, Qt's, and how figures and dates are written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genre_desktop.core import i18n, locations
from genre_desktop.core.settings import LANGUAGES

CONTEXT = "genre_desktop"
"""Of all sentences in the files of translations."""

_log = logging.getLogger(__name__)


def language_of(wanted: str | None, system: Iterable[str]) -> str:
    """The language to speak.

    Parameters
    ----------
    wanted : str or None
        That of the settings; ``None`` for the system's.
    system : iterable of str
        What the system asks for, the most wanted first: ``"de-AT"``, ``"en"``.

    Returns
    -------
    str
        One of `LANGUAGES`; English where the system wants none of them.
    """
    if wanted in LANGUAGES:
        return wanted
    codes = (name.replace("_", "-").split("-")[0] for name in system)
    return next((code for code in codes if code in LANGUAGES), "en")


def install_language(app: QCoreApplication, wanted: str | None) -> str:
    """Let the program speak a language, before its first window.

    Parameters
    ----------
    app : QCoreApplication
    wanted : str or None
        As in `language_of`.

    Returns
    -------
    str
        The one that it speaks.
    """
    system = QLocale.system()
    language = language_of(wanted, system.uiLanguages())
    locale = _locale(language, system)
    QLocale.setDefault(locale)
    translate = _own_sentences(app, language)
    # Buttons and menus of Qt's own dialogs and lines of text.
    qt = QTranslator(app)
    if language != "en" and qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
    i18n.set_translator(translate, punctuate=punctuation(locale), language=language)
    return language


def _own_sentences(app: QCoreApplication, language: str) -> Callable[[str], str] | None:
    if language == "en":
        return None
    translator = QTranslator(app)
    if not translator.load(f"genre-desktop_{language}", str(locations.resources() / "translations")):
        _log.warning("there is no translation for the language %s", language)
        return None
    app.installTranslator(translator)  # for the few words that Qt's own translation lacks
    known: dict[str, str] = {}  # rows of a long table ask for the same few words

    def translate(text: str) -> str:
        told = known.get(text)
        if told is None:
            told = known[text] = translator.translate(CONTEXT, text) or text
        return told

    return translate


def _locale(language: str, system: QLocale) -> QLocale:
    """How a language writes figures and dates, as in the system's country if it is spoken there."""
    plain = QLocale(language)
    return QLocale(plain.language(), system.territory()) if system.language() == plain.language() else plain


def punctuation(locale: QLocale) -> Callable[[str], str] | None:
    """Turns ``1,234.5`` into what `locale` writes; None where that is the same."""
    point, group = locale.decimalPoint(), locale.groupSeparator()
    # Spanish leaves four digits together.
    groups_four = not locale.toString(1234).isdigit()
    if point == "." and group == "," and groups_four:
        return None

    def punctuate(text: str) -> str:
        whole, dot, fraction = text.partition(".")
        if not groups_four and sum(map(str.isdigit, whole)) < 5:
            whole = whole.replace(",", "")
        return whole.replace(",", group) + dot.replace(".", point) + fraction

    return punctuate
