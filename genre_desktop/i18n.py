"""Translation of the sentences a person reads, without Qt below ``gui/``.

Every user-visible sentence passes through `tr`. The rooms below the window know no
translator; the window installs Qt's one at start with `set_translator`.
"""

from __future__ import annotations

from collections.abc import Callable

_translate: Callable[[str], str] | None = None


def set_translator(translate: Callable[[str], str] | None) -> None:
    """Install the function that turns an English sentence into the user's language.

    Parameters
    ----------
    translate : callable or None
        Takes the English source text and returns its translation (the text itself
        where there is none). ``None`` goes back to English.
    """
    global _translate
    _translate = translate


def tr(text: str, /, **values: object) -> str:
    """Translate `text` and fill its ``{name}`` fields from `values`.

    Parameters
    ----------
    text : str
        English source text: always a literal at the call, so that Qt's ``lupdate``
        finds it. Values go into fields, never into the text itself.
    **values : object
        What the fields stand for; a text without fields takes none.

    Returns
    -------
    str
    """
    translated = text if _translate is None else _translate(text)
    return translated.format(**values) if values else translated
