"""Which networks have passed their trial: remembered for this process, and in the user's cache.

A verdict is filed under the SHA-256 of the whole ``.keras`` file, which is verified each time, so that a bundle cannot
bring one along, and another network cannot use it.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, read_json
from genre_desktop.model.bundles.bundle import ModelBundle

VERSION = 1
"""Of the checks and of the trial: a verdict of another one does not count."""

FILE_NAME = "tried-models.json"
_MAX_KNOWN = 1_000
_MAX_BYTES = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)
_known_here: set[str] = set()


def is_known(bundle: ModelBundle) -> bool:
    """Whether a bundle, whose hash was verified, needs no trial: it comes with the program or has passed."""
    sha256 = str(bundle.card["weights_sha256"])
    if _comes_with_the_program(bundle) or sha256 in _known_here:
        return True
    if sha256 in _read():
        _known_here.add(sha256)
        return True
    return False


def remember(bundle: ModelBundle) -> None:
    """Note that a bundle needs no trial any more: it has passed, or this program has just made it."""
    sha256 = str(bundle.card["weights_sha256"])
    remember_here(sha256)
    known = _read()
    if sha256 in known:
        return
    path = locations.user_cache() / FILE_NAME
    try:
        # Two programs may write at once, and one verdict less does no harm.
        verdicts = {"checks": VERSION, "passed": [*known, sha256][-_MAX_KNOWN:]}
        locations.write_private(path, json.dumps(verdicts).encode("ascii"))
    except OSError as error:
        _log.warning("the trial of %s is not remembered: %s", bundle.path, error)


def remember_here(sha256: str) -> None:
    """The same, for this process alone."""
    _known_here.add(sha256)


def _comes_with_the_program(bundle: ModelBundle) -> bool:
    # By where it really stands: "models/../elsewhere" and a link have the right folder before them, too.
    shipped = locations.shipped_models()
    try:
        return bundle.is_shipped and bundle.path.resolve().parent == shipped.resolve()
    except (OSError, RuntimeError):
        return False


def _read() -> list[str]:
    path: Path = locations.user_cache() / FILE_NAME
    try:
        told = read_json(path, max_bytes=_MAX_BYTES)
    except (OSError, JsonLimitError):
        return []
    if not isinstance(told, dict) or told.get("checks") != VERSION or not isinstance(told.get("passed"), list):
        return []
    return [known for known in told["passed"] if isinstance(known, str) and _SHA256.fullmatch(known)]
