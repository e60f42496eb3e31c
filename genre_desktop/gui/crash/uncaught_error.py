"""Description of an exception that no code caught."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.text.display import displayable

_MAX_CAUSE_LETTERS = 300


@dataclass(frozen=True)
class UncaughtError:
    """An exception that no code caught, as text.

    Attributes
    ----------
    cause : str
        Type and message, at most 300 letters.
    trace : str
        The traceback as Python formats it.
    place : tuple of (str, str, int)
        Type, source file and line. Two exceptions of the same place count as the same error.
    is_memory : bool
        The exception was a `MemoryError`.
    """

    cause: str
    trace: str
    place: tuple[str, str, int]
    is_memory: bool

    @classmethod
    def of(cls, error: BaseException) -> UncaughtError:
        """Describe an exception."""
        frames = traceback.extract_tb(error.__traceback__)
        file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        kind = type(error).__name__
        cause = str(error) if isinstance(error, GenreDesktopError) else f"{kind}: {error}" if str(error) else kind
        cause = displayable(cause if len(cause) <= _MAX_CAUSE_LETTERS else cause[:_MAX_CAUSE_LETTERS] + " …")
        return cls(
            cause, "".join(traceback.format_exception(error)), (kind, file, line), isinstance(error, MemoryError)
        )
