"""Checks of plain JSON values, which are composed to the schema of a document.

`genre_desktop.model.checks.layer_settings` has similar checks for the settings of a network, which these do not share:
there values are converted and an error is a reason why the network is refused, here the values are kept as they are and
an error names the place in the document and what was expected there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import OVERRIDES, brief

Check = Callable[[Any, str], None]
"""Called with a value and its place in the document (``metrics.lists.accuracy``); raises `SchemaError`."""

_JOINERS = "\u200c\u200d"
"""Format characters that words in Persian and in Indian languages need."""


class SchemaError(ValueError):
    """A value does not satisfy the schema; the message has its place and what was received."""


def _error(where: str, expected: str, value: object) -> SchemaError:
    return SchemaError(
        tr("{where} must be {wanted}. Received: {received}", where=where, wanted=expected, received=brief(value))
    )


def is_one_line(text: str) -> bool:
    """Whether a text can be shown on one line: it has no control characters and no directional marks."""
    if text.isprintable():
        return True
    return not any(
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in _JOINERS for char in text
    )


def is_text(text: str) -> bool:
    """Whether a text can be shown on several lines: line breaks and tabs are its only control characters."""
    if text.isprintable():
        return True
    return not any(
        char in OVERRIDES or (unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\r\t") for char in text
    )


def one_line(longest: int, *, may_be_empty: bool = False) -> Check:
    """Text on one line of at most `longest` characters."""

    def check(value: Any, where: str) -> None:
        is_fit = isinstance(value, str) and len(value) <= longest and (may_be_empty or value.strip())
        if not is_fit or not is_one_line(value):
            raise _error(where, tr("text on one line of at most {n} characters", n=longest), value)

    return check


def paragraph(longest: int) -> Check:
    """Text of at most `longest` characters, which may have several lines."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, str) or len(value) > longest or not is_text(value):
            raise _error(where, tr("text of at most {n} characters", n=longest), value)

    return check


def number(least: float, most: float) -> Check:
    """A finite number within bounds; true and "1" are none."""

    def check(value: Any, where: str) -> None:
        if type(value) not in (int, float) or not least <= value <= most:
            raise _error(where, tr("a number from {least} to {most}", least=least, most=most), value)

    return check


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any, where: str) -> None:
        if type(value) is not int or not least <= value <= most:
            raise _error(where, tr("a whole number from {least} to {most}", least=least, most=most), value)

    return check


def flag(value: Any, where: str) -> None:
    """True or false."""
    if not isinstance(value, bool):
        raise _error(where, tr("true or false"), value)


def either(check: Check) -> Check:
    """Null, or a value that `check` accepts."""

    def check_unless_null(value: Any, where: str) -> None:
        if value is not None:
            check(value, where)

    return check_unless_null


def rows(entry: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` entries, each of which `entry` accepts."""

    def check(value: Any, where: str) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise _error(where, tr("a list of {least} to {most} entries", least=least, most=most), value)
        for one in value:
            entry(one, where)

    return check


def table(
    known: Mapping[str, Check], *, needed: Iterable[str] = (), others: Check | None = None, most: int = 1_000
) -> Check:
    """An object whose entries are checked by name; those of other names by `others`, or not at all."""
    required = frozenset(needed)

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict) or len(value) > most:
            raise _error(where, tr("an object of at most {n} entries", n=most), value)
        missing = required - set(value)
        if missing:
            names = ", ".join(sorted(missing))
            raise SchemaError(tr("{where} lacks {names}", where=where, names=names))
        for key, one in value.items():
            entry = known.get(key, others)
            if entry is not None:
                entry(one, f"{where}.{key}")

    return check


def anything(longest_key: int, longest_text: int) -> Check:
    """Any JSON value with keys and texts of limited lengths, and whole numbers of 64 bits."""
    key_check, text_check = one_line(longest_key), paragraph(longest_text)
    whole_check = whole(-(2**63), 2**63)

    def check(value: Any, where: str) -> None:
        if isinstance(value, dict):
            key_place = tr("a name in {where}", where=where)
            for key, one in value.items():
                key_check(key, key_place)
                if not isinstance(one, float):
                    check(one, f"{where}.{key}")
        elif isinstance(value, list):
            for one in value:
                if not isinstance(one, float):  # which is most of a card
                    check(one, where)
        elif isinstance(value, str):
            text_check(value, where)
        elif type(value) is int:
            whole_check(value, where)

    return check
