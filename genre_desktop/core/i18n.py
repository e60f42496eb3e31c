"""Translation of user-visible sentences, without Qt.

Every user-visible sentence is made by `tr`, and every number in one that needs a decimal point or a separator of
thousands by `tr` or `numeral`. The window installs Qt's translator at start with `set_translator`.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Mapping
from typing import Any

Translate = Callable[[str], str]
Punctuate = Callable[[str], str]

_translate: Translate | None = None
_punctuate: Punctuate | None = None
_language = "en"


def set_translator(
    translate: Translate | None, *, punctuate: Punctuate | None = None, language: str | None = None
) -> None:
    """Install the functions that translate English sentences and numbers to the user's language.

    Parameters
    ----------
    translate : callable or None
        Returns the translation of an English source text (the text itself where there is none). ``None`` for English.
    punctuate : callable or None
        Returns a number, as Python formats it (``"1,234.5"``), with the separators of the language.
    language : str or None
        Code of the language, such as ``"de"``; ``None`` for English.
    """
    global _translate, _punctuate, _language
    _translate, _punctuate, _language = translate, punctuate, language or "en"


def language() -> str:
    """Code of the language of `tr`."""
    return _language


class Sentence(str):
    """A translated sentence that remembers its English source and the values of its fields.

    Child processes have no translator, and results are stored for years: a sentence is pickled, or stored, as its
    source and values, and translated again where it is read.

    Attributes
    ----------
    source : str
        English source text.
    values : mapping of str to str or number
        Values of its fields; may be sentences.
    """

    __slots__ = ("source", "values")

    source: str
    values: Mapping[str, Any]

    def __reduce__(self) -> tuple[object, ...]:
        return (make_sentence, (self.source, dict(self.values)))


def tr(text: str, /, **values: object) -> str:
    """Translate `text` and fill its ``{name}`` fields from `values`.

    Parameters
    ----------
    text : str
        English source text: always a literal at the call, so that
        ``packaging/translations.py`` finds it. Values go into fields, never into the text
        itself.
    **values : object
        Values of the fields; a text without fields takes none. Numbers get the language's decimal point and separator
        of thousands.

    Returns
    -------
    str
        A `Sentence`.
    """
    # Only text and numbers are kept: an exception would keep its frames alive, and may not be picklable.
    return make_sentence(text, {name: _plain(value) for name, value in values.items()})


def make_sentence(source: str, values: Mapping[str, Any]) -> Sentence:
    """A sentence from its `source` and `values`, in the language of this process."""
    text = source if _translate is None else _translate(source)
    if values:
        shown = values
        if _punctuate is not None:
            shown = {name: value if isinstance(value, str) else _Number(value) for name, value in values.items()}
        text = text.format(**shown)
    sentence = Sentence(text)
    sentence.source, sentence.values = source, values
    return sentence


def english(text: str) -> str:
    """A sentence in English, whatever the language is: for files that programs read."""
    if not isinstance(text, Sentence):
        return text
    values = {name: english(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return text.source.format(**values) if values else text.source


def mark(text: str) -> str:
    """Mark a literal of a table, which is passed to `tr` later, for ``packaging/translations.py``."""
    return text


def numeral(value: float, form: str) -> str:
    """Format a number as Python's `format` does, with the language's decimal point and separator of thousands.

    Only for user-visible text, not for files that programs read.
    """
    return _punctuated(format(value, form))


def percent(share: float) -> str:
    """A share 0..1 in whole per cent, without a line break; 0 and 100 only for exactly that."""
    if 0 < share < 0.005:
        return tr("<1\u00a0%")
    if 0.995 <= share < 1:
        return tr(">99\u00a0%")
    return tr("{figure:.0f}\u00a0%", figure=100 * share)


_KEPT = (str, int, float, numbers.Number)  # the last one, for NumPy's numbers, is slow to check


def _plain(value: object) -> object:
    return value if isinstance(value, _KEPT) else str(value)


def _punctuated(text: str) -> str:
    return text if _punctuate is None else _punctuate(text)


class _Number:
    """A number in a sentence, formatted with the separators of the language."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        return _punctuated(format(self._value, form))
