"""Fields of the settings: each declares once what it may be, what it is called, and how it is read from JSON.

A field of a settings dataclass is made by `choice`, `switch`, `number`, `text` or `group`. What is declared stands in
the field's metadata, where the reader (`from_values`), the pages of the settings dialog and the menus find it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from genre_desktop.core.i18n import numeral, tr

T = TypeVar("T")

_KEY = "setting"


class NotAcceptedError(ValueError):
    """A stored value that a setting cannot have."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """The declaration of a setting.

    Attributes
    ----------
    read : callable
        Gives the setting's value from one of JSON, or raises `NotAcceptedError`.
    label, hint : str
        What a person reads beside the control: English sources for `tr`; empty where the setting is on no page.
    choices : mapping of object to str
        The values it may have, each with its English text, in the order in which they are offered. An ``&`` marks
        the letter that chooses it in a menu; ``{n}`` stands for the value itself.
    lowest, highest : float or None
    below : str or None
        Name of another field of the same group, whose value has to be greater.
    earlier_name : str or None
        Under which earlier versions of the program stored it.
    """

    read: Callable[[Any], Any]
    label: str = ""
    hint: str = ""
    choices: Mapping[Any, str] = dataclasses.field(default_factory=dict)
    lowest: float | None = None
    highest: float | None = None
    below: str | None = None
    earlier_name: str | None = None

    def label_text(self) -> str:
        """The label in the language of the window."""
        return tr(self.label)

    def hint_text(self) -> str:
        """The hint in the language of the window; empty where there is none."""
        return tr(self.hint) if self.hint else ""

    def texts(self) -> list[tuple[Any, str]]:
        """The choices with their texts in the language of the window, as a menu has them."""
        return [
            (value, tr(text, n=numeral(value, ",")) if "{n}" in text else tr(text))
            for value, text in self.choices.items()
        ]


def choice(
    default: Any, choices: Mapping[Any, str], *, label: str = "", hint: str = "", earlier_name: str | None = None
) -> Any:
    """A field that has one of several values."""

    def read(value: Any) -> Any:
        for known in choices:
            if value == known and isinstance(value, bool) == isinstance(known, bool):
                return known
        raise NotAcceptedError(value)

    return _field(default, Setting(read, label, hint, choices, earlier_name=earlier_name))


def switch(default: bool, *, label: str = "", hint: str = "", earlier_name: str | None = None) -> Any:
    """A field that is on or off."""

    def read(value: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise NotAcceptedError(value)

    return _field(default, Setting(read, label, hint, earlier_name=earlier_name))


def number(
    default: float, lowest: float, highest: float, *, label: str = "", hint: str = "", below: str | None = None
) -> Any:
    """A field with a number within limits: a whole one where its default is."""
    kind = type(default)

    def read(value: Any) -> Any:
        is_kind = isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
        if is_kind and lowest <= value <= highest:
            return kind(value)
        raise NotAcceptedError(value)

    return _field(default, Setting(read, label, hint, lowest=lowest, highest=highest, below=below))


def text() -> Any:
    """A field with a text that the program remembers, or None."""

    def read(value: Any) -> str:
        if isinstance(value, str):
            return value
        raise NotAcceptedError(value)

    return _field(None, Setting(read))


def group(cls: Callable[[], Any]) -> Any:
    """A field that is a settings dataclass itself."""

    def read(value: Any) -> Any:
        if isinstance(value, dict):
            return from_values(cls, value)
        raise NotAcceptedError(value)

    return _field(cls(), Setting(read))


def setting_of(cls: Any, name: str) -> Setting:
    """The declaration of a field of a settings dataclass."""
    (found,) = (field for field in dataclasses.fields(cls) if field.name == name)
    setting = found.metadata[_KEY]
    assert isinstance(setting, Setting)
    return setting


def from_values(cls: Callable[..., T], values: Mapping[str, Any]) -> T:
    """A settings dataclass from stored values: what is missing, unknown or not accepted gets its default."""
    known: dict[str, Any] = {}
    declared = {field.name: setting_of(cls, field.name) for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    for name, setting in declared.items():
        for stored in (name, setting.earlier_name):
            if stored is not None and stored in values:
                try:
                    known[name] = setting.read(values[stored])
                except NotAcceptedError:
                    continue
                break
    for name, setting in declared.items():
        # Neither of the two says which one is wrong.
        if setting.below in known and not (name in known and known[name] < known[setting.below]):
            known.pop(name, None)
            del known[setting.below]
        elif setting.below is not None and setting.below not in known:
            known.pop(name, None)
    return cls(**known)


def _field(default: Any, setting: Setting) -> Any:
    return dataclasses.field(default=default, metadata={_KEY: setting})
