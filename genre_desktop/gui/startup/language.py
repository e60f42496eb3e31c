"""The language of the window: its own sentences, those of Qt, and the format of numbers and dates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from genre_desktop.core import i18n, locations
from genre_desktop.core.settings import LANGUAGES

CONTEXT = "genre_desktop"
"""Context of all sentences in the translation files (.ts)."""

_log = logging.getLogger(__name__)


def language_of(chosen: str | None, system: Iterable[str]) -> str:
    """Choose the language of the program.

    Parameters
    ----------
    chosen : str or None
        The language of the settings; None follows the system.
    system : iterable of str
        Languages of the system in its order of preference: ``"de-AT"``, ``"en"``.

    Returns
    -------
    str
        One of `LANGUAGES`; English if the system prefers none of them.
    """
    if chosen in LANGUAGES:
        return chosen
    codes = (name.replace("_", "-").split("-")[0] for name in system)
    return next((code for code in codes if code in LANGUAGES), "en")


def install_language(app: QCoreApplication, chosen: str | None) -> str:
    """Set the language of the program, before its first window.

    Parameters
    ----------
    app : QCoreApplication
    chosen : str or None
        As in `language_of`.

    Returns
    -------
    str
        The language in use.
    """
    system = QLocale.system()
    language = language_of(chosen, system.uiLanguages())
    locale = _locale(language, system)
    QLocale.setDefault(locale)
    translate = _load_translator(app, language)
    # Buttons of Qt's own dialogs, and context menus of its text fields.
    qt = QTranslator(app)
    if language != "en" and qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
    i18n.set_translator(translate, punctuate=punctuation(locale), language=language)
    return language


def _load_translator(app: QCoreApplication, language: str) -> Callable[[str], str] | None:
    if language == "en":
        return None
    translator = QTranslator(app)
    if not translator.load(f"genre-desktop_{language}", str(locations.resources() / "translations")):
        _log.warning("there is no translation for the language %s", language)
        return None
    app.installTranslator(translator)  # has the few words too that Qt's own translation lacks
    known: dict[str, str] = {}  # cached: rows of a long table need the same few words

    def translate(text: str) -> str:
        translation = known.get(text)
        if translation is None:
            translation = known[text] = translator.translate(CONTEXT, text) or text
        return translation

    return translate


def _locale(language: str, system: QLocale) -> QLocale:
    """The locale of a language, with the system's country if the system has the same language."""
    plain = QLocale(language)
    return QLocale(plain.language(), system.territory()) if system.language() == plain.language() else plain


def punctuation(locale: QLocale) -> Callable[[str], str] | None:
    """A function that writes ``1,234.5`` as `locale` does; None if that is the same."""
    point, group = locale.decimalPoint(), locale.groupSeparator()
    # Spanish groups digits from five on: 1234, but 12.345.
    groups_four = not locale.toString(1234).isdigit()
    if point == "." and group == "," and groups_four:
        return None

    def punctuate(text: str) -> str:
        whole, dot, fraction = text.partition(".")
        if not groups_four and sum(map(str.isdigit, whole)) < 5:
            whole = whole.replace(",", "")
        return whole.replace(",", group) + dot.replace(".", point) + fraction

    return punctuate
