"""Why a decoder failed, in words for a person."""

from __future__ import annotations

import logging

from genre_desktop.core.i18n import tr

_log = logging.getLogger(__name__)

_UNKNOWN_PART = {"PatchWelcomeError", "ExperimentalError", "NotImplementedError", "BugError"}
"""Errors of FFmpeg for what it does not know. They are told by name, as `av` is imported late."""


def decoder_reason(error: Exception) -> str:
    """A clause for what a decoder raised, such as "its data are invalid".

    The libraries' own texts go to the log. They are English, and misleading: FFmpeg calls invalid data of Musepack
    "Operation not permitted".
    """
    _log.info("decoder: %s: %s", type(error).__name__, error)
    if type(error).__name__ in _UNKNOWN_PART:
        return tr("a part of it is of a kind that the decoder does not know")
    if isinstance(error, MemoryError):
        return tr("a part of it takes too much memory")
    if isinstance(error, EOFError):
        return tr("the end is missing")
    return tr("its data are invalid")
