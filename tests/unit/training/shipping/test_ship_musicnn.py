"""The command that makes the shipped bundle, with a small tagger and a folder made by code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.patches import cut_patches, scale_patches
from genre_desktop.core.errors import DatasetFormatError, OutputExistsError
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.predictor import Predictor
from training.datasets.taggrams import read_taggrams
from training.fitting.second_opinion import SecondOpinion
from training.musicnn.network import MUSICNN_FEATURES, NOTICE, TAGS, build_musicnn
from training.musicnn.pruning import prune
from training.pipelines.evaluate import evaluate
from training.robustness.synthetic_music import make_music
from training.shipping import ship_musicnn
from training.shipping.recovered_opinions import recovered_opinions
from training.shipping.ship_musicnn import ship, version_spread
from training.yamnet.classes import CLASSES
from training.yamnet.network import NOTICE as YAMNET_NOTICE
from training.yamnet.network import YAMNET_FEATURES

PIECES = {"metal": "chiptune", "hiphop": "drums alone", "classical": "piano alone"}
N_TRAIN, N_VALID = 10, 2
COLUMNS = np.arange(0, 259, 2, dtype=np.int32)


def small_published(wheel: Path | None = None) -> Any:
    """The published architecture with few kernels, by chance."""
    import keras

    keras.utils.set_random_seed(3)
    return build_musicnn((3, 2, 1, 1, 1))


def small_yamnet(wheel: Path | None = None) -> Any:
    """A network with YAMNet's input and classes, by chance, to which all is music."""
    import keras

    keras.utils.set_random_seed(4)
    patch = keras.Input(YAMNET_FEATURES.input_shape, name="patch")
    pooled = keras.layers.GlobalAveragePooling1D(name="embedding")(patch)
    logits = keras.layers.Dense(len(CLASSES), name="class_logits")
    network = keras.Model(patch, logits(pooled), name="yamnet")
    kernel, bias = logits.get_weights()
    bias[CLASSES.index("Music")] = 20.0
    logits.set_weights([kernel, bias])
    return network


@pytest.fixture(autouse=True)
def networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ship_musicnn, "load_published", small_published)
    monkeypatch.setattr(ship_musicnn, "load_yamnet", small_yamnet)


@pytest.fixture(scope="module")
def gtzan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Taggrams of all training tracks at the level of the file, as the published program makes them; sound of most."""
    import keras

    folder = tmp_path_factory.mktemp("data") / "gtzan"
    network = small_published()
    tagger = keras.Model(network.input, keras.ops.sigmoid(network.output))
    spectrograms, tracks = [], []
    names, rows, artists, lists = [], [], ["name\tartist"], {"train": [], "valid": []}
    for genre, piece in PIECES.items():
        (folder / "audio" / genre).mkdir(parents=True)
        for i in range(N_TRAIN + N_VALID):
            name = f"{genre}.{i:05d}"
            artists.append(f"{name}\t{genre} {i // 2}")
            lists["train" if i < N_TRAIN else "valid"].append(name)
            path = folder / "audio" / genre / f"{name}.ogg"
            soundfile.write(path, make_music(piece, 6.0, 22_050, seed=i), 22_050)
            if i >= N_TRAIN:
                continue
            with open_audio(path) as reader:
                samples = np.concatenate(list(reader.blocks(16_000)))
            with open_audio(path) as reader:
                whole = log_mel(np.concatenate(list(reader.blocks(22_050))), FeatureConfig())
            spectrograms.append(whole[COLUMNS] - whole.max())
            tracks.append(name)
            patches = cut_patches(log_mel(samples, MUSICNN_FEATURES), MUSICNN_FEATURES).values
            values = tagger.predict_on_batch(scale_patches(patches, MUSICNN_FEATURES))
            rows += list(values)
            names += [name] * len(values)
            if genre == "metal" and i == 0:
                path.unlink()  # the sound of some could not be had
            elif genre == "metal" and i == 1:
                soundfile.write(path, make_music(piece, 3.5, 22_050, seed=i), 22_050)  # and of some a part only
    np.savez(folder / "taggrams_train.npz", taggram=np.array(rows, np.float16), names=np.array(names))
    quantised = np.clip(255 * (1 + np.array(spectrograms) / 80), 0, 255).astype(np.uint8).transpose(0, 2, 1)
    floor = np.full(len(tracks), -80.0, np.float32)
    np.savez(folder / "mels.npz", q=quantised, vmin_db=floor, names=np.array(tracks), col2frame=COLUMNS)
    (folder / "artists.tsv").write_text("\n".join(artists), "utf-8")
    (folder / "splits").mkdir()
    for side, listed in lists.items():
        (folder / "splits" / f"{side}_filtered.txt").write_text("\n".join(listed), "utf-8")
    return folder


def test_the_command_makes_a_whole_bundle(
    gtzan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "gtzan-musicnn"
    monkeypatch.setattr(sys, "argv", ["ship_musicnn", str(gtzan), str(out), "--seed", "4"])
    assert ship_musicnn.main() == 0
    messages = capsys.readouterr().err
    n_sound = len(PIECES) * N_TRAIN - 2
    for level in ("-3", "-7", "-13"):
        assert f"{n_sound} recordings compared with their taggrams at {level} dB" in messages
    bundle = read_bundle(out)
    card = bundle.card
    assert (bundle.name, bundle.labels) == ("gtzan-musicnn", ("classical", "hiphop", "metal"))
    assert card["training"]["command"] == "python -m training.shipping.ship_musicnn gtzan gtzan-musicnn --seed 4"
    assert card["training"]["dataset"]["n_tracks"] == len(PIECES) * N_TRAIN
    assert set(card["metrics"]) == {"artist", "lists"}
    assert card["metrics"]["artist"]["n_tracks"] == len(PIECES) * N_TRAIN
    assert card["metrics"]["lists"]["n_tracks"] == len(PIECES) * N_VALID
    assert card["licences"]["tagger"] == NOTICE and "MSD_musicnn" in card["sources"][0]
    assert card["licences"]["sounds"] == YAMNET_NOTICE and "YAMNet" in card["sources"][1]
    assert bundle.config.middle == YAMNET_FEATURES and "gate" not in card
    assert bundle.columns == (*card["tags"]["names"], *CLASSES)
    assert bundle.sound_gate is not None and bundle.sound_gate.music == 50 + CLASSES.index("Music")
    assert card["version"] == ship_musicnn.VERSION
    assert card["tagger"]["tags"] == list(TAGS) and np.array(card["tagger"]["nuisance"]).shape == (50, 50)
    assert str(gtzan.parent) not in json.dumps(card)
    valid = evaluate(bundle, gtzan / "audio", names=gtzan / "splits" / "valid_filtered.txt")
    assert valid.to_dict()["accuracy"] == card["metrics"]["lists"]["accuracy"]
    prediction = classify_file(next((gtzan / "audio" / "classical").iterdir()), Predictor.load(bundle))
    assert prediction.probabilities is not None
    assert not (out / "model.h5").exists()
    # What stands there is not written over, nor is it when it is no folder.
    assert ship_musicnn.main() == 2
    assert "GD-405" in capsys.readouterr().err
    with pytest.raises(OutputExistsError):
        ship(gtzan, out / "card.json", seed=0)


def test_the_spread_between_versions_is_that_of_level_and_decoder(gtzan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = read_taggrams(gtzan / "taggrams_train.npz")
    network = prune(small_published())
    spread = version_spread(data, network, gtzan / "audio")
    assert spread.shape == (50, 50)
    np.testing.assert_allclose(spread, spread.T)
    assert np.linalg.eigvalsh(spread).min() > -50 * 0.5e-4  # rounded to four digits
    # At the level of the taggrams, which is one of them, there is little left but Ogg's loss.
    monkeypatch.setattr(ship_musicnn, "REFERENCE_LEVELS_DB", (MUSICNN_FEATURES.reference_db,))
    at_level = version_spread(data, network, gtzan / "audio")
    assert np.trace(at_level) < 0.05 * np.trace(spread)


def test_no_sound_of_any_track(gtzan: Path, tmp_path: Path) -> None:
    (tmp_path / "metal").mkdir()
    soundfile.write(tmp_path / "metal" / "other.ogg", make_music("chiptune", 4.0, 22_050), 22_050)
    with pytest.raises(DatasetFormatError, match="no recording lasts as long"):
        version_spread(read_taggrams(gtzan / "taggrams_train.npz"), prune(small_published()), tmp_path)


def test_spectrograms_that_do_not_fit_the_taggrams(gtzan: Path, tmp_path: Path) -> None:
    data = read_taggrams(gtzan / "taggrams_train.npz")
    opinion = SecondOpinion(small_yamnet(), YAMNET_FEATURES, CLASSES, "free")
    arrays = dict(np.load(gtzan / "mels.npz"))
    for change, reason in (
        ({"col2frame": None}, "lacks the array col2frame"),
        ({name: arrays[name][1:] for name in ("q", "vmin_db", "names")}, "no spectrogram of metal"),
    ):
        kept = {name: value for name, value in {**arrays, **change}.items() if value is not None}
        np.savez(tmp_path / "m.npz", **kept)
        with pytest.raises(DatasetFormatError, match=reason):
            recovered_opinions(data, tmp_path / "m.npz", MUSICNN_FEATURES, opinion, print)
