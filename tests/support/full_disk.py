"""An imitation of a full disk: no file of this process grows beyond a size."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_full_disk = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX systems")
needs_dev_full = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full is Linux's")


@contextmanager
def full_disk(n_bytes: int) -> Iterator[None]:
    """Within the block, a file has room for some bytes: a part of what is written may get there, as on a full disk."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Python ignores the signal of the limit, so that writing fails.
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
