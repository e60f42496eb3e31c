from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import (
    BundleHashError,
    BundleIncompleteError,
    BundleUnreadableError,
    BundleUnsupportedError,
    ModelInputError,
)
from genre_desktop.model.bundles.bundle import read_bundle, verify_weights
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import CONFIG, LABELS, make_bundle

# The network of `make_bundle` has two layers without features; whether they fit is not the card's to tell.
GATE = {"means": [[0.0] * 16] * 3, "covariance": [[float(i == j) for j in range(16)] for i in range(16)]}
GATE["refuse_beyond"] = 4.0  # type: ignore[assignment]
TAGS = {"names": ["a"] * 16, "logit_mean": [0.0] * 16, "logit_deviation": [1.0] * 16}
WITH_LAYER = {"recipe": "r", "feature_layer": "tag_logits"}


def test_a_card_is_read(tmp_path: Path) -> None:
    bundle = read_bundle(make_bundle(tmp_path / "mine", calibration={"temperature": 1.5, "unsure_below": 0.4}))
    assert (bundle.name, bundle.labels, bundle.config) == ("mine", LABELS, CONFIG)
    assert (bundle.temperature, bundle.unsure_below) == (1.5, 0.4)
    assert not bundle.is_shipped


def test_styles_are_read(tmp_path: Path) -> None:
    assert read_bundle(make_bundle(tmp_path / "plain", styles=[])).styles is None
    styles = [{"name": "house", "genre": "electronic", "columns": [[15], [3, 4]], "threshold": 0.1}]
    bundle = read_bundle(make_bundle(tmp_path / "mine", styles=styles, architecture=WITH_LAYER))
    assert bundle.styles is not None
    assert (bundle.styles.names, bundle.styles.n_features) == (("house",), 16)


def test_an_accuracy_without_a_leak_is_preferred(tmp_path: Path) -> None:
    bundle = read_bundle(make_bundle(tmp_path / "mine"))
    assert bundle.accuracy is not None
    assert (bundle.accuracy.accuracy, bundle.accuracy.protocol, bundle.accuracy.leaking) == (0.5, "lists", False)


def test_a_leaking_accuracy_alone_is_marked(tmp_path: Path) -> None:
    figures = {"accuracy": 0.99, "accuracy_ci95": [0.98, 1.0], "n_tracks": 10, "leaking": True}
    bundle = read_bundle(make_bundle(tmp_path / "mine", metrics={"patch": figures}))
    assert bundle.accuracy is not None
    assert bundle.accuracy.leaking


def test_a_card_without_gate_tags_and_aggregation_has_none(tmp_path: Path) -> None:
    bundle = read_bundle(make_bundle(tmp_path / "mine"))
    assert (bundle.gate, bundle.tags, bundle.feature_layers, bundle.aggregation) == (
        None,
        None,
        (),
        "mean_probability",
    )


def test_gate_tags_and_aggregation_are_read(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine", gate=GATE, tags=TAGS, aggregation="mean_logit", architecture=WITH_LAYER)
    bundle = read_bundle(folder)
    assert bundle.gate is not None and bundle.tags is not None
    assert (bundle.gate.n_features, bundle.gate.refuse_beyond, len(bundle.tags.names)) == (16, 4.0, 16)
    assert (bundle.feature_layers, bundle.aggregation) == (("tag_logits",), "mean_logit")


def test_a_card_from_before_there_were_reference_levels(tmp_path: Path) -> None:
    old = {key: value for key, value in CONFIG.to_dict().items() if key != "reference_db"}
    assert read_bundle(make_bundle(tmp_path / "mine", features=old)).config == CONFIG


@pytest.mark.parametrize("name", ["card.json", "model.keras"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = make_bundle(tmp_path / "mine")
    (folder / name).unlink()
    with pytest.raises(BundleIncompleteError, match=name):
        read_bundle(folder)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"format": 99}, BundleUnsupportedError),
        ({"format": "1"}, BundleUnsupportedError),
        ({"labels": ["jazz"]}, BundleUnreadableError),
        ({"labels": ["jazz", "jazz"]}, BundleUnreadableError),
        ({"labels": "jazz"}, BundleUnreadableError),
        ({"name": ""}, BundleUnreadableError),
        ({"features": {**CONFIG.to_dict(), "wavelets": 3}}, BundleUnsupportedError),
        ({"features": {**CONFIG.to_dict(), "hop_length": -1}}, BundleUnsupportedError),
        ({"calibration": {"temperature": 0}}, BundleUnreadableError),
        ({"metrics": {"lists": {"accuracy": 0.5}}}, BundleUnreadableError),
        ({"features": None}, BundleUnreadableError),
        ({"features": ["n_fft"]}, BundleUnreadableError),
        ({"architecture": "cnn"}, BundleUnreadableError),
        ({"calibration": [1.0]}, BundleUnreadableError),
        ({"aggregation": "loudest"}, BundleUnsupportedError),
        ({"aggregation": None}, BundleUnsupportedError),
        ({"aggregation": ["mean_logit"]}, BundleUnsupportedError),
        ({"gate": GATE}, BundleUnreadableError),  # of which layer?
        ({"tags": TAGS, "architecture": {"recipe": "r"}}, BundleUnreadableError),
        ({"gate": {}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"gate": [1.0], "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"gate": "far", "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"gate": {**GATE, "means": [0.0] * 16}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"gate": {**GATE, "refuse_beyond": None}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"gate": {**GATE, "covariance": [[0.0] * 16] * 16}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"tags": ["rock"], "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"tags": {**TAGS, "names": None}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"tags": {**TAGS, "logit_deviation": [0.0] * 16}, "architecture": WITH_LAYER}, BundleUnreadableError),
        ({"features": {**CONFIG.to_dict(), "scaling": "loudness"}}, BundleUnsupportedError),
        ({"features": {**CONFIG.to_dict(), "reference_db": "loud"}}, BundleUnsupportedError),
        ({"features": {**CONFIG.to_dict(), "reference_db": float("nan")}}, BundleUnreadableError),
    ],
)
def test_a_card_that_cannot_be_honoured_is_refused(
    tmp_path: Path, change: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        read_bundle(make_bundle(tmp_path / "mine", **change))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', "\x00\xff"])
def test_a_damaged_card_is_no_crash(tmp_path: Path, text: str) -> None:
    folder = make_bundle(tmp_path / "mine")
    (folder / "card.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(BundleUnreadableError):
        read_bundle(folder)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine")
    with (folder / "model.keras").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BundleHashError):
        verify_weights(read_bundle(folder))
    with pytest.raises(BundleHashError):
        Predictor.load(read_bundle(folder))


def test_weights_that_are_no_network_are_refused(tmp_path: Path) -> None:
    import hashlib

    folder = make_bundle(tmp_path / "mine")
    (folder / "model.keras").write_bytes(b"nothing of the kind")
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["weights_sha256"] = hashlib.sha256(b"nothing of the kind").hexdigest()
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleUnreadableError, match="Keras"):
        Predictor.load(read_bundle(folder))


def test_a_network_that_does_not_fit_its_card_is_refused(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine")
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["labels"] = ["blues", "jazz"]
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(ModelInputError):
        Predictor.load(read_bundle(folder))


def test_bundles_with_different_answers_have_different_fingerprints(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine", calibration={"temperature": 1.5, "unsure_below": 0.4})
    known = read_bundle(folder).fingerprint
    assert read_bundle(folder).fingerprint == known
    assert len(known) == 16 and set(known) <= set("0123456789abcdef")

    card = json.loads((folder / "card.json").read_text("utf-8"))
    for key, value in (
        ("weights_sha256", "0" * 64),
        ("calibration", {"temperature": 1.5, "unsure_below": 0.5}),
        ("labels", ["blues", "jazz", "röck"]),
        ("name", "yours"),
    ):
        (folder / "card.json").write_text(json.dumps({**card, key: value}), "utf-8")
        assert read_bundle(folder).fingerprint != known, key


def test_a_fingerprint_does_not_depend_on_place_or_order(tmp_path: Path) -> None:
    folder = make_bundle(tmp_path / "mine")
    known = read_bundle(folder).fingerprint
    moved = folder.rename(tmp_path / "elsewhere")
    card = json.loads((moved / "card.json").read_text("utf-8"))
    (moved / "card.json").write_text(json.dumps(dict(reversed(card.items())), indent=3), "utf-8")
    assert read_bundle(moved).fingerprint == known
