from __future__ import annotations

from typing import Any

import pytest

from tests.support.musicnn_reference import find_wheel
from training.musicnn.published_weights import load_published


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The rebuilt network with the published weights."""
    return load_published(find_wheel(tmp_path_factory.mktemp("wheel")))
