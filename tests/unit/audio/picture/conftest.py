from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.picture_client import PictureClient


@pytest.fixture
def client() -> Iterator[PictureClient]:
    made = PictureClient()
    yield made
    made.close()
