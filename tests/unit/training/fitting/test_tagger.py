from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import BundleUnsupportedError
from genre_desktop.model.bundles.bundle import read_bundle
from tests.support.bundles import make_bundle
from training.fitting import tagger
from training.fitting.tagger import shipped_tagger
from training.musicnn.network import MUSICNN_FEATURES


def test_the_shipped_tagger_gives_a_probability_for_each_of_its_tags() -> None:
    shipped = shipped_tagger()
    config = shipped.config
    patches = np.random.default_rng(0).random((2, config.patch_frames, config.n_mels), np.float32)
    probabilities = shipped.probability_model().predict_on_batch(patches)
    assert probabilities.shape == (2, len(shipped.tags)) and len(shipped.shown) == len(shipped.tags)
    assert config.middle is None and config == MUSICNN_FEATURES  # stored features of folders stay valid
    assert probabilities.min() >= 0 and probabilities.max() <= 1
    assert shipped.plan.tags == shipped.tags and shipped.plan.least_temperature == shipped.least_temperature
    assert shipped.least_temperature > 2 and shipped.gate is not None  # of a head without a second opinion
    # Nothing of the other network is in it.
    assert shipped.model.count_params() < 300_000
    assert shipped.model.get_layer("tag_logits") and not any(
        layer.name == "class_logits" for layer in shipped.model.layers
    )


def test_an_update_of_the_shipped_model_that_is_no_tagger_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = read_bundle(make_bundle(tmp_path / "mine", name="gtzan-musicnn"))
    monkeypatch.setattr(tagger, "find_bundle", lambda _name: other)
    with pytest.raises(BundleUnsupportedError, match="tagger"):
        shipped_tagger()
