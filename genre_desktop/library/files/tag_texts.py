"""The texts of a file's tags, by field, as they are gathered from the places in which formats keep them."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Final

FIELDS: Final = ("title", "artist", "album", "genre")

MOST_BYTES: Final = 4_096
"""Bytes of one text that are read: tags may contain whole files."""

MOST_VALUES: Final = 20
"""Most genres, or artists, of one file."""


class TagTexts:
    """Texts by field: ``title``, ``artist``, ``album`` and ``genre``; others are ignored."""

    def __init__(self, values: Mapping[str, list[str]] | None = None) -> None:
        self._values: dict[str, list[str]] = {}
        for field, texts in (values or {}).items():
            for text in texts:
                self.add(field, text)

    def __getitem__(self, field: str) -> list[str]:
        return self._values.get(field, [])

    def __bool__(self) -> bool:
        return bool(self._values)

    @property
    def is_complete(self) -> bool:
        """Whether every field has a text."""
        return len(self._values) == len(FIELDS)

    def add(self, field: str, text: str, *, unless_known: bool = False) -> None:
        """Add a text to a field, if it is one that is wanted, and there is any text in it."""
        known = self._values.get(field, [])
        if field in FIELDS and text.strip() and len(known) < MOST_VALUES and not (unless_known and known):
            self._values[field] = [*known, text]

    def complete(self, other: TagTexts) -> None:
        """Take over the fields of others that have no text here."""
        self._values = {**other._values, **self._values}

    def put_first(self, other: TagTexts) -> None:
        """Replace the fields of which others have a text."""
        self._values = {**self._values, **other._values}


def decoded(text: bytes, otherwise: str = "cp1252") -> str:
    """A text of an unnamed encoding, up to its end mark: UTF-8 or UTF-16 where it is that, an older one otherwise."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if text.startswith(mark):
            return text[: len(text) // 2 * 2].decode(encoding, "replace").partition("\0")[0]
    text = text.removeprefix(codecs.BOM_UTF8).partition(b"\0")[0]
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(text) - 4 and len(text) >= MOST_BYTES:
            return text[: error.start].decode("utf-8")  # cut within a character
        return text.decode(otherwise, "replace")
