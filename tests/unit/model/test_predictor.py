from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.features import log_mel, mfcc
from genre_desktop.errors import BundleUnreadableError, ModelInputError
from genre_desktop.model.bundle import read_bundle, sha256
from genre_desktop.model.predictor import MAX_BATCH, Predictor
from tests.bundles import CONFIG, make_bundle


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    return Predictor.load(read_bundle(make_bundle(tmp_path_factory.mktemp("bundles") / "mine")))


def patches(n: int) -> np.ndarray:
    return np.random.default_rng(0).random((n, CONFIG.patch_frames, CONFIG.n_mels), np.float32)


def test_scores_are_probabilities_whatever_the_batch(predictor: Predictor) -> None:
    many = patches(2 * MAX_BATCH + 3)
    scores = predictor.score(many)
    assert scores.shape == (len(many), 3)
    np.testing.assert_allclose(scores.sum(axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(
        predictor.score(many[MAX_BATCH - 1 : MAX_BATCH + 1]), scores[MAX_BATCH - 1 : MAX_BATCH + 1], atol=1e-6
    )


def test_no_patch_gives_no_score(predictor: Predictor) -> None:
    assert predictor.score(patches(0)).shape == (0, 3)


def test_threads_get_their_own_answers(predictor: Predictor) -> None:
    batches = [patches(5) * scale for scale in (0.1, 0.4, 0.7, 1.0)]
    alone = [predictor.score(batch) for batch in batches]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(predictor.score, batches * 5))
    for i, scores in enumerate(together):
        np.testing.assert_allclose(scores, alone[i % 4], atol=1e-6)


@pytest.mark.parametrize("shape", [(1, 32, 17), (32, 16), (1, 31, 16)])
def test_another_shape_is_refused(predictor: Predictor, shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelInputError):
        predictor.score(np.zeros(shape, np.float32))


@pytest.mark.parametrize("name", ["with space", "Gänse 鳥 🎵", "ψυχή"])
def test_a_bundle_loads_from_any_folder(tmp_path: Path, name: str) -> None:
    predictor = Predictor.load(read_bundle(make_bundle(tmp_path / name / "mine")))
    assert predictor.score(patches(1)).shape == (1, 3)


def test_code_inside_a_bundle_does_not_run(tmp_path: Path) -> None:
    import json

    import keras

    folder = make_bundle(tmp_path / "mine")
    trap = str(tmp_path / "sprung")
    spring = keras.layers.Lambda(lambda x: (__import__("os").makedirs(trap, exist_ok=True), x)[1])
    network = keras.Sequential([keras.Input((CONFIG.patch_frames, CONFIG.n_mels)), spring])
    Path(trap).rmdir()  # building the network sprang it once
    network.save(folder / "model.keras")
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["weights_sha256"] = sha256(folder / "model.keras")
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleUnreadableError):
        Predictor.load(read_bundle(folder))
    assert not Path(trap).exists()


def test_the_cepstrum_layer_equals_the_feature() -> None:
    from genre_desktop.model.layers import MelCepstrum

    sound = np.random.default_rng(1).standard_normal(CONFIG.sample_rate).astype(np.float32)
    frames = log_mel(sound, CONFIG)
    inside = np.asarray(MelCepstrum(13)(frames[None]))[0]
    np.testing.assert_allclose(inside, mfcc(frames, 13), atol=1e-3)


def test_the_cepstrum_layer_survives_saving() -> None:
    import keras

    from genre_desktop.model.layers import MelCepstrum

    layer = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(MelCepstrum(7)))
    assert layer.n_mfcc == 7
    assert layer(np.zeros((1, 4, 16), np.float32)).shape == (1, 4, 7)
