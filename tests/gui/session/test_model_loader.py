"""The model in use: found, loaded, chosen, or not to be loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import BundleHashError
from genre_desktop.gui.session.model_loader import ModelLoader
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import changed, make_bundle, make_predictor


@pytest.fixture
def loader(services: Services) -> Iterator[ModelLoader]:
    def load(bundle: ModelBundle) -> object:
        if bundle.name == "damaged":
            raise BundleHashError(path="weights.h5", received="a", expected="b")
        return make_predictor(bundle.name)

    made = ModelLoader(changed(services, load_predictor=load))
    yield made
    assert made.worker.shutdown()


def test_finding_names_the_default_and_loads_nothing(
    qtbot: QtBot, loader: ModelLoader, services: Services, record: Callable[[Any], list[Any]]
) -> None:
    loaded, found = record(loader.loaded), record(loader.found)
    with qtbot.waitSignal(loader.default_found):
        loader.find()
    qtbot.waitUntil(lambda: not loader.worker.busy)
    assert loader.bundle is services.default_bundle() and found[0].chosen is loader.bundle
    assert loaded == []


def test_a_chosen_model_is_loaded_and_is_no_default(
    qtbot: QtBot, loader: ModelLoader, record: Callable[[Any], list[Any]]
) -> None:
    defaults, loaded, chosen = record(loader.default_found), record(loader.loaded), make_bundle("other")
    loader.load()
    loader.choose_model(chosen)
    qtbot.waitUntil(lambda: bool(loaded))
    assert loader.bundle is chosen and [predictor.bundle.name for predictor in loaded] == ["other"]
    assert defaults == [], "the first request was cancelled"


def test_a_model_that_cannot_be_loaded_has_failed_until_another_is_chosen(
    qtbot: QtBot, loader: ModelLoader, record: Callable[[Any], list[Any]]
) -> None:
    failed = record(loader.failed)
    loader.choose_model(make_bundle("damaged"))
    qtbot.waitUntil(lambda: bool(failed))
    assert loader.has_failed and isinstance(failed[0], BundleHashError)
    with qtbot.waitSignal(loader.loaded):
        loader.choose_model(make_bundle("other"))
        assert not loader.has_failed
