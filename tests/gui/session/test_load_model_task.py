"""Finding bundles and loading one, on a worker."""

from __future__ import annotations

from genre_desktop.gui.session.load_model_task import BundlesFound, LoadModelTask, LoadRequest
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import changed, make_bundle, make_predictor
from tests.gui.support.task_context import RecordingContext


def task(services: Services, loaded: list[ModelBundle]) -> LoadModelTask:
    def load(bundle: ModelBundle) -> object:
        loaded.append(bundle)
        return make_predictor(bundle.name)

    return LoadModelTask(changed(services, load_predictor=load))


def test_the_default_bundle_is_loaded_and_the_others_are_named_first(services: Services) -> None:
    context, loaded = RecordingContext(), list[ModelBundle]()
    predictor = task(services, loaded)(LoadRequest(None), context)
    (found,) = context.parts
    assert isinstance(found, BundlesFound)
    assert found.chosen is services.default_bundle() and found.bundles == tuple(services.list_bundles())
    assert loaded == [found.chosen] and predictor.bundle.name == found.chosen.name


def test_a_chosen_bundle_is_loaded_instead(services: Services) -> None:
    context, loaded, chosen = RecordingContext(), list[ModelBundle](), make_bundle("other")
    task(services, loaded)(LoadRequest(chosen), context)
    assert loaded == [chosen] and context.parts[0].chosen is chosen


def test_nothing_is_loaded_where_the_bundles_are_only_to_be_found_or_loading_was_cancelled(services: Services) -> None:
    loaded = list[ModelBundle]()
    assert task(services, loaded)(LoadRequest(None, find_only=True), RecordingContext()) is None
    assert task(services, loaded)(LoadRequest(None), RecordingContext(is_cancelled=True)) is None
    assert not loaded
