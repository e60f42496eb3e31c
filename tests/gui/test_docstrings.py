"""Public methods of the window have docstrings; overrides of Qt's methods, which Qt documents, need none.

ruff's D102 cannot except them, so it is off for `genre_desktop.gui`, and this test takes its place.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from genre_desktop import gui


def _classes() -> Iterator[type]:
    for module in pkgutil.walk_packages(gui.__path__, "genre_desktop.gui."):
        for value in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(value) and value.__module__ == module.name and not value.__name__.startswith("_"):
                yield value


def _is_of_qt(owner: type, name: str) -> bool:
    return any(hasattr(base, name) for base in owner.__mro__[1:] if base.__module__.startswith("PySide6"))


def _undocumented(owner: type) -> Iterator[str]:
    for name, value in vars(owner).items():
        if isinstance(value, staticmethod | classmethod):
            value = value.__func__
        is_method = inspect.isfunction(value) and value.__qualname__ == f"{owner.__qualname__}.{name}"
        is_public = not name.startswith("_") and (is_method or isinstance(value, property))
        if is_public and not value.__doc__ and not _is_of_qt(owner, name):
            yield f"{owner.__module__}.{owner.__qualname__}.{name}"


def test_public_methods_of_the_window_have_docstrings() -> None:
    assert [name for owner in _classes() for name in _undocumented(owner)] == []


def test_only_overrides_of_qt_need_none() -> None:
    from PySide6.QtWidgets import QWidget

    class Panel(QWidget):
        def paintEvent(self, event: object) -> None:  # noqa: N802
            pass

        def show_track(self) -> None:
            pass

        def show_genre(self) -> None:
            """Show a genre."""

        @property
        def genre(self) -> str:
            return ""

        @classmethod
        def of(cls) -> None:
            pass

    undocumented = [name.rpartition(".")[2] for name in _undocumented(Panel)]
    assert undocumented == ["show_track", "genre", "of"]
