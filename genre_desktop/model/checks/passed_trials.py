"""Record of the networks that have passed their trial, in this process and in the user's cache.

A network is recorded by the SHA-256 of its whole ``.keras`` file, which is verified each time. So no bundle can bring a
record along, and no other network can use it.
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
"""Version of the checks and of the trial: records of another version do not count."""

FILE_NAME = "tried-models.json"
_MAX_KNOWN = 1_000
_MAX_BYTES = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)
_passed_here: set[str] = set()


def needs_no_trial(bundle: ModelBundle) -> bool:
    """Whether a bundle, whose hash was verified, comes with the program or has passed its trial."""
    sha256 = str(bundle.card["weights_sha256"])
    if _comes_with_the_program(bundle) or sha256 in _passed_here:
        return True
    if sha256 in _read():
        _passed_here.add(sha256)
        return True
    return False


def record(bundle: ModelBundle) -> None:
    """Record that a bundle needs no trial any more: it has passed, or this program has just made it."""
    sha256 = str(bundle.card["weights_sha256"])
    record_in_process(sha256)
    known = _read()
    if sha256 in known:
        return
    path = locations.user_cache() / FILE_NAME
    try:
        # Two programs may write at once; a record that is lost costs a second trial.
        content = {"checks": VERSION, "passed": [*known, sha256][-_MAX_KNOWN:]}
        locations.write_private(path, json.dumps(content).encode("ascii"))
    except OSError as error:
        _log.warning("the trial of %s is not remembered: %s", bundle.path, error)


def record_in_process(sha256: str) -> None:
    """Record a network for this process alone, by the SHA-256 of its file."""
    _passed_here.add(sha256)


def _comes_with_the_program(bundle: ModelBundle) -> bool:
    # By its real path: "models/../elsewhere" and a link begin with the right folder, too.
    shipped = locations.shipped_models()
    try:
        return bundle.is_shipped and bundle.path.resolve().parent == shipped.resolve()
    except (OSError, RuntimeError):
        return False


def _read() -> list[str]:
    path: Path = locations.user_cache() / FILE_NAME
    try:
        content = read_json(path, max_bytes=_MAX_BYTES)
    except (OSError, JsonLimitError):
        return []
    if not isinstance(content, dict) or content.get("checks") != VERSION or not isinstance(content.get("passed"), list):
        return []
    return [known for known in content["passed"] if isinstance(known, str) and _SHA256.fullmatch(known)]
