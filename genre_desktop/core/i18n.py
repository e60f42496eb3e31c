"""Translation of the sentences a person reads, without Qt below ``gui/``.

Every user-visible sentence passes through `tr`, and every figure in one with a decimal
point or thousands through `tr` or `numeral`. The rooms below the window know no
translator; the window installs Qt's one at start with `set_translator`.
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
    """Install what turns English sentences and figures into the user's language.

    Parameters
    ----------
    translate : callable or None
        Takes the English source text and returns its translation (the text itself
        where there is none). ``None`` goes back to English.
    punctuate : callable or None
        Takes a figure as Python formats it (``"1,234.5"``) and returns it as the
        language writes it.
    language : str or None
        Code of the language, such as ``"de"``; ``None`` for English.
    """
    global _translate, _punctuate, _language
    _translate, _punctuate, _language = translate, punctuate, language or "en"


def language() -> str:
    """Code of the language in which `tr` answers."""
    return _language


class Sentence(str):
    """A text that knows what it was made of.

    Processes that decode and predict have no translator, and what they find is kept for
    years: a sentence leaves its process, or goes into a file, as its English source and the
    values of its fields, and is told again in the language of whoever reads it.

    Attributes
    ----------
    source : str
        English source text.
    values : mapping of str to str or number
        What its fields stand for; may hold sentences.
    """

    __slots__ = ("source", "values")

    source: str
    values: Mapping[str, Any]

    def __reduce__(self) -> tuple[object, ...]:
        return (told_again, (self.source, dict(self.values)))


def tr(text: str, /, **values: object) -> str:
    """Translate `text` and fill its ``{name}`` fields from `values`.

    Parameters
    ----------
    text : str
        English source text: always a literal at the call, so that
        ``packaging/translations.py`` finds it. Values go into fields, never into the text
        itself.
    **values : object
        What the fields stand for; a text without fields takes none. Numbers get the
        language's decimal point and separator of thousands.

    Returns
    -------
    str
        In truth a `Sentence`, which most callers need not know.
    """
    # Nothing but text and numbers is kept: an exception would keep its frames alive, and may not travel.
    return told_again(text, {name: _plain(value) for name, value in values.items()})


def told_again(source: str, values: Mapping[str, Any]) -> Sentence:
    """A sentence from its `source` and `values`, in the language of this process."""
    told = source if _translate is None else _translate(source)
    if values:
        shown = values
        if _punctuate is not None:
            shown = {name: value if isinstance(value, str) else _Figure(value) for name, value in values.items()}
        told = told.format(**shown)
    sentence = Sentence(told)
    sentence.source, sentence.values = source, values
    return sentence


def english(text: str) -> str:
    """A sentence in English whatever the language: for files that programs read."""
    if not isinstance(text, Sentence):
        return text
    values = {name: english(value) if isinstance(value, str) else value for name, value in text.values.items()}
    return text.source.format(**values) if values else text.source


def mark(text: str) -> str:
    """Mark a literal that a table holds and `tr` is given later, for ``packaging/translations.py``."""
    return text


def numeral(value: float, form: str) -> str:
    """Format a number as Python's `format` does, with the language's decimal point and separator of thousands.

    For people only: files that programs read keep Python's own.
    """
    return _punctuated(format(value, form))


_KEPT = (str, int, float, numbers.Number)  # the last, which knows NumPy's too, is slow to answer


def _plain(value: object) -> object:
    return value if isinstance(value, _KEPT) else str(value)


def _punctuated(text: str) -> str:
    return text if _punctuate is None else _punctuate(text)


class _Figure:
    """A number in a sentence of a language with punctuation of its own."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __format__(self, form: str) -> str:
        return _punctuated(format(self._value, form))
