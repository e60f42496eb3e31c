from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.log_mel import log_mel, mfcc
from genre_desktop.core.errors import BundleRefusedError, BundleUnreadableError, ModelInputError, ModelOutputError
from genre_desktop.model import predictor as predictor_module
from genre_desktop.model.bundles.bundle import read_bundle, sha256
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.inference import activations, operations
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import MAX_BATCH, Predictor, load_head
from tests.support.bundles import CONFIG, LABELS, make_bundle, trust
from tests.support.sounds import tune


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
    with pytest.raises(BundleRefusedError):
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


# --- networks with features --------------------------------------------------------------

N_FEATURES = 5


def make_transfer_bundle(folder: Path, **card: Any) -> Path:
    """A network with the layers that a transfer model has."""
    import json

    import keras

    from genre_desktop.model.layers import ClippedLogit

    make_bundle(folder)
    keras.utils.set_random_seed(5)
    patch = keras.Input((CONFIG.patch_frames, CONFIG.n_mels), name="patch")
    pooled = keras.layers.GlobalAveragePooling1D(name="pooled")(patch)
    logits = keras.layers.Dense(N_FEATURES, name="tag_logits")(pooled)
    tags = keras.layers.Activation("sigmoid", name="tags")(logits)
    genres = keras.layers.Dense(len(LABELS), activation="softmax", name="genres")(ClippedLogit(name="evidence")(tags))
    keras.Model(patch, genres).save(folder / "model.keras")
    trust(folder)
    content = json.loads((folder / "card.json").read_text("utf-8"))
    content |= {
        "weights_sha256": sha256(folder / "model.keras"),
        "aggregation": "mean_logit",
        "architecture": {"recipe": "r", "feature_layer": "tag_logits", "tag_layer": "tags"},
        "gate": make_gate(N_FEATURES),
        "tags": make_tags(N_FEATURES),
        **card,
    }
    (folder / "card.json").write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")
    return folder


def make_gate(n: int, beyond: float = 1e6) -> dict[str, Any]:
    return {"means": np.zeros((3, n)).tolist(), "covariance": np.eye(n).tolist(), "refuse_beyond": beyond}


def make_tags(n: int, mean: float = -30.0) -> dict[str, Any]:
    return {"names": [f"tag {i}" for i in range(n)], "logit_mean": [mean] * n, "logit_deviation": [1.0] * n}


def test_features_stand_beside_the_probabilities(tmp_path: Path) -> None:
    import keras

    bundle = read_bundle(make_transfer_bundle(tmp_path / "mine"))
    predictor = Predictor.load(bundle)
    many = patches(MAX_BATCH + 2)
    probabilities, features = predictor.predict(many)
    network = keras.saving.load_model(bundle.path / "model.keras", compile=False)
    np.testing.assert_allclose(probabilities, network.predict_on_batch(many), atol=1e-6)
    logits = keras.Model(network.input, network.get_layer("tag_logits").output)
    np.testing.assert_allclose(features, logits.predict_on_batch(many), atol=1e-5)
    assert features.dtype == probabilities.dtype == np.float32
    np.testing.assert_array_equal(predictor.score(many), probabilities)
    assert [part.shape for part in predictor.predict(many[:0])] == [(0, 3), (0, N_FEATURES)]
    # Behind the tags it is the same head.
    head = load_head(bundle, n_tags=N_FEATURES)
    np.testing.assert_allclose(head(1 / (1 + np.exp(-features))), probabilities, atol=1e-5)


def test_a_head_scores_in_batches_of_the_same_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    head = load_head(read_bundle(make_transfer_bundle(tmp_path / "mine")), n_tags=N_FEATURES)
    tags = np.random.default_rng(0).random((2 * MAX_BATCH + 3, N_FEATURES), np.float32)
    alone = [head(tags[i : i + 1]) for i in (0, MAX_BATCH, 2 * MAX_BATCH + 2)]
    sizes = []
    whole = keras.Model.predict_on_batch

    def spy(model: Any, batch: NDArray[np.float32]) -> Any:
        sizes.append(len(batch))
        return whole(model, batch)

    monkeypatch.setattr(keras.Model, "predict_on_batch", spy)
    np.testing.assert_allclose(head(tags)[[0, MAX_BATCH, -1]], np.concatenate(alone), atol=1e-6)
    assert sizes == [MAX_BATCH, MAX_BATCH, 3]


@pytest.mark.parametrize(("gate", "tags"), [(None, N_FEATURES), (N_FEATURES, None), (None, None)])
def test_gate_and_tags_are_had_alone_too(tmp_path: Path, gate: int | None, tags: int | None) -> None:
    card = {"gate": gate and make_gate(gate), "tags": tags and make_tags(tags)}
    predictor = Predictor.load(read_bundle(make_transfer_bundle(tmp_path / "mine", **card)))
    assert predictor.predict(patches(2))[1].shape == (2, N_FEATURES)


@pytest.mark.parametrize("place", [0, 4])
def test_neither_a_probability_nor_a_feature_may_be_no_number(tmp_path: Path, place: int) -> None:
    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.full((len(patches), 3 + N_FEATURES), 0.5, np.float32)
        rows[-1, place] = np.inf
        return rows

    predictor = Predictor(read_bundle(make_transfer_bundle(tmp_path / "mine")), forward)
    with pytest.raises(ModelOutputError, match="mine"):
        predictor.predict(patches(2))


def test_a_network_without_features_has_no_columns(predictor: Predictor) -> None:
    assert [part.shape for part in predictor.predict(patches(2))] == [(2, 3), (2, 0)]
    assert [part.shape for part in predictor.predict(patches(0))] == [(0, 3), (0, 0)]


@pytest.mark.parametrize(
    ("card", "error"),
    [
        ({"architecture": {"feature_layer": "none"}}, BundleUnreadableError),
        ({"architecture": {"feature_layer": 7}}, BundleUnreadableError),
        ({"architecture": {"feature_layer": "patch"}}, ModelInputError),  # no row of features
        ({"architecture": {"feature_layer": "pooled"}}, ModelInputError),  # 16 of them
        ({"gate": make_gate(4)}, ModelInputError),
        ({"tags": make_tags(6)}, ModelInputError),
        ({"gate": make_gate(4), "tags": make_tags(6)}, ModelInputError),
        ({"styles": [{"name": "a", "genre": "a", "columns": [[0, N_FEATURES]], "threshold": 0.1}]}, ModelInputError),
    ],
)
@pytest.mark.parametrize("numpy_agrees", [False, True])
def test_a_card_whose_features_are_not_the_networks(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    card: dict[str, Any],
    error: type[Exception],
    numpy_agrees: bool,
) -> None:
    monkeypatch.setattr(passed_trials, "numpy_agrees", lambda _bundle: numpy_agrees)
    with pytest.raises(error):
        Predictor.load(read_bundle(make_transfer_bundle(tmp_path / "mine", **card)))


def test_heads_of_models_without_tags_and_with_others(tmp_path: Path) -> None:
    bundle = read_bundle(make_transfer_bundle(tmp_path / "mine"))
    with pytest.raises(ModelInputError, match="expects 5 tags"):
        load_head(bundle, n_tags=50)
    lost = {"feature_layer": "tag_logits", "tag_layer": "none"}
    with pytest.raises(BundleUnreadableError, match="no layer called none"):
        load_head(read_bundle(make_transfer_bundle(tmp_path / "lost", architecture=lost)), n_tags=N_FEATURES)
    with pytest.raises(ModelInputError, match="spectrograms or sound"):
        load_head(read_bundle(make_bundle(tmp_path / "cnn")), n_tags=N_FEATURES)


def test_the_gate_refuses_a_track_and_others_have_tags(tmp_path: Path) -> None:
    import soundfile

    rate = CONFIG.sample_rate
    soundfile.write(tmp_path / "tune.wav", tune(12.0, rate), rate)
    heard = classify_file(tmp_path / "tune.wav", Predictor.load(read_bundle(make_transfer_bundle(tmp_path / "open"))))
    assert heard.genre != NOT_MUSIC and heard.probabilities is not None
    assert 0 < len(heard.tags) <= 3 and set(heard.tags) <= set(make_tags(N_FEATURES)["names"])
    narrow = make_transfer_bundle(tmp_path / "narrow", gate=make_gate(N_FEATURES, beyond=1e-6))
    refused = classify_file(tmp_path / "tune.wav", Predictor.load(read_bundle(narrow)))
    assert refused.genre == NOT_MUSIC and refused.tags == ()
    assert refused.probabilities == heard.probabilities and refused.confidence == heard.confidence
    assert refused.reasons[0] == "It sounds like no music that this model knows."


def test_a_track_sounds_like_styles_which_are_no_tags_then(tmp_path: Path) -> None:
    import soundfile

    rate = CONFIG.sample_rate
    soundfile.write(tmp_path / "tune.wav", tune(12.0, rate), rate)
    plain = classify_file(tmp_path / "tune.wav", Predictor.load(read_bundle(make_transfer_bundle(tmp_path / "plain"))))
    assert plain.styles == () and len(plain.tags) == 3

    def rule(name: str, column: int, threshold: float) -> dict[str, Any]:
        return {"name": name, "genre": "x", "columns": [[column]], "threshold": threshold}

    # A probability is above 1e-6 in any track, and never above 1; the same word is told once.
    told, tag = plain.genre, plain.tags[0]
    rules = [rule("never", 0, 2.0), rule(tag, 1, 1e-6), rule(told, 1, 1e-6)]
    predictor = Predictor.load(read_bundle(make_transfer_bundle(tmp_path / "styles", styles=rules)))
    heard = classify_file(tmp_path / "tune.wav", predictor)
    assert heard.genre == told and heard.styles == (tag,) and tag not in heard.tags

    narrow = make_transfer_bundle(tmp_path / "narrow", styles=rules, gate=make_gate(N_FEATURES, beyond=1e-6))
    assert classify_file(tmp_path / "tune.wav", Predictor.load(read_bundle(narrow))).styles == ()


# --- networks with sounds beside the tags --------------------------------------------------

SOUNDS = ("Speech", "Music")


def make_blended_bundle(folder: Path, logits: tuple[float, float] = (-3.0, 3.0), **card: Any) -> Path:
    """A transfer model with a second network, to which everything is speech and music with these logits."""
    import json

    import keras

    from genre_desktop.model.layers import ClippedLogit

    make_transfer_bundle(folder)
    keras.utils.set_random_seed(5)
    patch = keras.Input((CONFIG.patch_frames, CONFIG.n_mels), name="patch")
    pooled = keras.layers.GlobalAveragePooling1D(name="pooled")(patch)
    tags = keras.layers.Activation("sigmoid", name="tags")(keras.layers.Dense(N_FEATURES, name="tag_logits")(pooled))
    heard = keras.layers.Dense(2, kernel_initializer="zeros", name="class_logits")
    classes = keras.layers.Activation("sigmoid", name="classes")(heard(pooled))
    both = [
        keras.layers.Dense(len(LABELS), name="head")(ClippedLogit(name="tag_evidence")(tags)),
        keras.layers.Dense(len(LABELS), use_bias=False, name="second")(ClippedLogit(name="class_evidence")(classes)),
    ]
    genres = keras.layers.Activation("softmax", name="genres")(keras.layers.Add()(both))
    heard.set_weights([np.zeros((CONFIG.n_mels, 2)), np.array(logits)])
    keras.Model(patch, genres).save(folder / "model.keras")
    trust(folder)
    content = json.loads((folder / "card.json").read_text("utf-8"))
    content |= {
        "weights_sha256": sha256(folder / "model.keras"),
        "architecture": {
            "feature_layers": ["tag_logits", "class_logits"],
            "tag_layer": "tags",
            "sound_layer": "classes",
        },
        "sounds": {"names": list(SOUNDS)},
        "sound_gate": {"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5},
        **card,
    }
    (folder / "card.json").write_text(json.dumps({k: v for k, v in content.items() if v is not None}), "utf-8")
    return folder


def test_features_of_two_layers_stand_side_by_side(tmp_path: Path) -> None:
    bundle = read_bundle(make_blended_bundle(tmp_path / "mine"))
    predictor = Predictor.load(bundle)
    _, features = predictor.predict(patches(3))
    assert features.shape == (3, N_FEATURES + 2) and len(bundle.columns) == N_FEATURES + 2
    np.testing.assert_allclose(features[:, N_FEATURES:], [[-3.0, 3.0]] * 3, atol=1e-6)
    assert [part.shape for part in predictor.predict(patches(0))] == [(0, 3), (0, N_FEATURES + 2)]
    # Gate and tags read the first columns, which are theirs.
    assert bundle.gate is not None and bundle.gate.distance(features) == bundle.gate.distance(features[:, :N_FEATURES])
    assert bundle.tags is not None and bundle.tags.salient(features) == bundle.tags.salient(features[:, :N_FEATURES])


def test_a_head_alone_is_as_if_every_sound_were_as_likely_as_not(tmp_path: Path) -> None:
    bundle = read_bundle(make_blended_bundle(tmp_path / "mine"))
    features = Predictor.load(bundle).predict(patches(MAX_BATCH + 1))[1]
    tags = 1 / (1 + np.exp(-features[:, :N_FEATURES]))
    neutral = read_bundle(make_blended_bundle(tmp_path / "neutral", (0.0, 0.0)))
    expected = Predictor.load(neutral).score(patches(MAX_BATCH + 1))
    np.testing.assert_allclose(load_head(bundle, n_tags=N_FEATURES)(tags), expected, atol=1e-5)
    with pytest.raises(ModelInputError, match="expects 5 tags"):
        load_head(bundle, n_tags=4)


@pytest.mark.parametrize(
    "card",
    [
        {"sounds": {"names": ["Speech", "Music", "Wind"]}},
        {"tags": make_tags(N_FEATURES + 1)},
        {"gate": make_gate(N_FEATURES + 1)},
        {"gate": make_gate(2)},
        {"architecture": {"feature_layers": ["tag_logits"]}},
    ],
)
def test_columns_that_are_not_the_networks(tmp_path: Path, card: dict[str, Any]) -> None:
    with pytest.raises(ModelInputError):
        Predictor.load(read_bundle(make_blended_bundle(tmp_path / "mine", **card)))


@pytest.mark.parametrize(
    ("logits", "genre", "reason"),
    [
        ((-3.0, 3.0), None, ""),
        ((-1.0, -3.0), NOT_MUSIC, "It does not sound like music."),
        ((1.0, 0.0), UNSURE, "Much speech beside the music: the music alone cannot be judged."),
    ],
)
@pytest.mark.parametrize("every_patch", [True, False])
def test_what_is_no_music_by_its_sounds(
    tmp_path: Path, logits: tuple[float, float], genre: str | None, reason: str, every_patch: bool
) -> None:
    import soundfile

    rate, calibration = CONFIG.sample_rate, {"temperature": 1.0, "unsure_below": 0.0}
    soundfile.write(tmp_path / "tune.wav", tune(60.0, rate), rate)
    bundle = read_bundle(make_blended_bundle(tmp_path / "mine", logits, calibration=calibration))
    heard = classify_file(tmp_path / "tune.wav", Predictor.load(bundle), every_patch=every_patch)
    assert heard.probabilities is not None and heard.confidence is not None
    if genre is None:
        assert heard.genre in LABELS and heard.tags
    else:
        assert (heard.genre, heard.reasons[0], heard.tags) == (genre, reason, ())


# --- NumPy or Keras ------------------------------------------------------------------------


@pytest.mark.parametrize("made", [make_bundle, make_transfer_bundle])
def test_numpy_computes_where_it_agrees_and_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[..., Path]
) -> None:
    bundle = read_bundle(made(tmp_path / "mine"))
    assert predictor_module.numpy_agrees(bundle)
    monkeypatch.setattr(passed_trials, "numpy_agrees", lambda _bundle: True)
    quick, reference = Predictor.load(bundle), Predictor.load_keras(bundle)
    assert quick.numpy_network is not None and reference.numpy_network is None
    many = patches(MAX_BATCH + 3)
    for ours, expected in zip(quick.predict(many), reference.predict(many), strict=True):
        assert ours.dtype == np.float32
        np.testing.assert_allclose(ours, expected, atol=1e-5)
    assert [part.shape for part in quick.predict(many[:0])] == [part.shape for part in reference.predict(many[:0])]


def test_keras_computes_where_numpy_does_not_agree_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    predictor = Predictor.load(read_bundle(make_bundle(tmp_path / "mine")))  # of which the record says so
    assert predictor.numpy_network is None
    assert predictor.score(patches(1)).shape == (1, 3)
    assert "Keras computes it" in caplog.text and "mine" in caplog.text


def test_a_network_that_numpy_computes_wrongly_does_not_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = read_bundle(make_bundle(tmp_path / "mine"))
    monkeypatch.setitem(operations.ACTIVATIONS, "softmax", activations.ACTIVATIONS["sigmoid"])  # type: ignore[arg-type]
    assert not predictor_module.numpy_agrees(bundle)


def test_a_network_with_a_layer_that_numpy_does_not_know_does_not_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bundle = read_bundle(make_bundle(tmp_path / "mine"))
    monkeypatch.delitem(operations._MAKERS, "GlobalAveragePooling1D")  # type: ignore[attr-defined]
    assert not predictor_module.numpy_agrees(bundle)
    assert "GlobalAveragePooling1D" in caplog.text
