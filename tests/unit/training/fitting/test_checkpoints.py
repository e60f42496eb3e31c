from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import ResumeError
from tests.support.small_recipe import small_recipe
from training.fitting.checkpoints import HISTORY_KEYS, BestWeights, Checkpoints


def make_model(seed: int) -> Any:
    model = small_recipe().build(FeatureConfig(), 3, seed)
    model.compile("adam", "categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)
    return model


def assert_same_weights(one: list[np.ndarray], other: list[np.ndarray]) -> None:
    for first, second in zip(one, other, strict=True):
        np.testing.assert_array_equal(first, second)


def test_the_best_weights_are_those_of_the_lowest_loss() -> None:
    best, models = BestWeights(), [make_model(seed) for seed in range(3)]
    for epoch, (model, loss) in enumerate(zip(models, (0.9, 0.4, 0.6), strict=True)):
        best.update(model, loss, epoch)
    assert (best.epoch, best.loss) == (1, 0.4) and not best.is_saved
    assert best.weights is not None
    assert_same_weights(best.weights, models[1].get_weights())


def test_what_was_saved_is_restored(tmp_path: Path) -> None:
    checkpoints, best = Checkpoints(tmp_path / "checkpoints", "identity", 5), BestWeights()
    history: dict[str, list[float]] = {key: [] for key in HISTORY_KEYS}
    models = [make_model(seed) for seed in range(2)]
    for epoch, (model, loss) in enumerate(zip(models, (0.4, 0.9), strict=True)):
        for key in HISTORY_KEYS:
            history[key].append(loss)
        best.update(model, loss, epoch)
        checkpoints.save(model, history, best)
    assert best.is_saved
    names = sorted(path.name for path in checkpoints.folder.iterdir())
    assert names == ["best.keras", "checkpoint-2.keras", "state.json"]
    again, model = BestWeights(), make_model(9)
    assert checkpoints.restore(model, again) == history
    assert_same_weights(model.get_weights(), models[1].get_weights())
    assert (again.epoch, again.loss, again.is_saved) == (0, 0.4, True)
    assert again.weights is not None
    assert_same_weights(again.weights, models[0].get_weights())


@pytest.mark.parametrize(("identity", "epochs"), [("another", 5), ("identity", 6)])
def test_another_training_is_refused(tmp_path: Path, identity: str, epochs: int) -> None:
    model, best = make_model(0), BestWeights()
    best.update(model, 0.5, 0)
    Checkpoints(tmp_path, "identity", 5).save(model, {key: [0.5] for key in HISTORY_KEYS}, best)
    with pytest.raises(ResumeError, match="other settings"):
        Checkpoints(tmp_path, identity, epochs).restore(model, BestWeights())
