"""Record of the networks that have passed their trial, in this process and in the user's cache.

A network is recorded by the SHA-256 of its whole ``.keras`` file, which is verified each time. So no bundle can bring a
record along, and no other network can use it. With it stands whether NumPy computed what Keras did.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, read_json
from genre_desktop.model.bundles.bundle import ModelBundle

VERSION = 2
"""Version of the checks, of the trial and of how NumPy computes: records of another version do not count."""

FILE_NAME = "tried-models.json"
_MAX_KNOWN = 1_000
_MAX_BYTES = 256 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)
_passed_here: dict[str, bool] = {}


def needs_no_trial(bundle: ModelBundle) -> bool:
    """Whether a bundle, whose hash was verified, comes with the program or has passed its trial."""
    return numpy_agrees(bundle) is not None


def numpy_agrees(bundle: ModelBundle) -> bool | None:
    """Whether NumPy computes what Keras does for a bundle, whose hash was verified; None before its trial.

    For the models that come with the program a test has shown it.
    """
    sha256 = str(bundle.card["weights_sha256"])
    if _comes_with_the_program(bundle):
        return True
    if sha256 not in _passed_here and sha256 in (known := _read()):
        _passed_here[sha256] = known[sha256]
    return _passed_here.get(sha256)


def record(bundle: ModelBundle, *, numpy_agrees: bool) -> None:
    """Record that a bundle needs no trial any more: it has passed, or this program has just made it."""
    sha256 = str(bundle.card["weights_sha256"])
    record_in_process(sha256, numpy_agrees=numpy_agrees)
    known = _read()
    if known.get(sha256) == numpy_agrees:
        return
    known.pop(sha256, None)
    path = locations.user_cache() / FILE_NAME
    try:
        # Two programs may write at once; a record that is lost costs a second trial.
        passed = dict([*known.items(), (sha256, numpy_agrees)][-_MAX_KNOWN:])
        locations.write_private(path, json.dumps({"checks": VERSION, "passed": passed}).encode("ascii"))
    except OSError as error:
        _log.warning("the trial of %s is not remembered: %s", bundle.path, error)


def record_in_process(sha256: str, *, numpy_agrees: bool) -> None:
    """Record a network for this process alone, by the SHA-256 of its file."""
    _passed_here[sha256] = numpy_agrees


def _comes_with_the_program(bundle: ModelBundle) -> bool:
    # By its real path: "models/../elsewhere" and a link begin with the right folder, too.
    shipped = locations.shipped_models()
    try:
        return bundle.is_shipped and bundle.path.resolve().parent == shipped.resolve()
    except (OSError, RuntimeError):
        return False


def _read() -> dict[str, bool]:
    """Whether NumPy agrees, by the SHA-256 of each network, the latest last."""
    path: Path = locations.user_cache() / FILE_NAME
    try:
        content = read_json(path, max_bytes=_MAX_BYTES)
    except (OSError, JsonLimitError):
        return {}
    passed = content.get("passed") if isinstance(content, dict) and content.get("checks") == VERSION else None
    if not isinstance(passed, dict):
        return {}
    return {
        sha256: agrees for sha256, agrees in passed.items() if _SHA256.fullmatch(sha256) and isinstance(agrees, bool)
    }
