"""``train --recipe musicnn``: from taggrams or sound to a model that names a genre."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.__main__ import main
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    OutputExistsError,
    ResumeError,
    SplitError,
    TooFewTracksError,
    TrainingInterruptedError,
)
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor
from tests.conftest import REPOSITORY
from training.datasets.taggrams import tag_dataset
from training.pipelines import head_parts
from training.pipelines.evaluate import evaluate
from training.pipelines.head_parts import HeadParts
from training.pipelines.recipe_parts import TrainingContext
from training.pipelines.request import TrainRequest
from training.pipelines.train import train
from training.robustness.synthetic_music import make_music

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-musicnn"
GENRES = ("classical", "hiphop", "metal")
N_ARTISTS, N_SONGS = 4, 3

FILES = [
    "card.json",
    "confusion.csv",
    "confusion.png",
    "coverage.png",
    "curves.json",
    "metrics.json",
    "model.h5",
    "model.keras",
    "reliability.png",
    "training_hist.json",
]


@pytest.fixture(scope="module")
def tags(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three genres with the tags that are usual for them, four artists with three songs each."""
    folder = tmp_path_factory.mktemp("tags")
    card = read_bundle(SHIPPED).card
    gate = card["tagger"]["gate"]
    usual = dict(zip(card["labels"], np.array(gate["means"]), strict=True))
    deviation = np.sqrt(np.diag(gate["covariance"]))
    rng = np.random.default_rng(0)
    names, rows, artists = [], [], ["name\tartist"]
    for genre in GENRES:
        for artist in range(N_ARTISTS):
            own = usual[genre] + 0.4 * deviation * rng.normal(0, 1, 50)
            for song in range(N_SONGS):
                name = f"{genre}.{artist}{song}"
                artists.append(f"{name}\t{genre} {artist}")
                song_logits = own + 0.4 * deviation * rng.normal(0, 1, 50)
                for _ in range(5):
                    names.append(name)
                    rows.append(1 / (1 + np.exp(-(song_logits + 0.5 * rng.normal(0, 1, 50)))))
    np.savez(folder / "mine.npz", taggram=np.array(rows, np.float16), names=np.array(names))
    (folder / "who.tsv").write_text("\n".join(artists), "utf-8")
    tracks = sorted(set(names))
    (folder / "lists").mkdir()
    (folder / "lists" / "train.txt").write_text("\n".join(n for n in tracks if n[-2] != "3"), "utf-8")
    (folder / "lists" / "valid.txt").write_text("\n".join(n for n in tracks if n[-2] == "3"), "utf-8")
    return folder / "mine.npz"


def request(dataset: Path, out: Path, **options: Any) -> TrainRequest:
    return replace(TrainRequest(dataset, out, recipe="musicnn", folds=3), **options)


@pytest.fixture(autouse=True, scope="module")
def one_tagger() -> Iterator[None]:
    """The tagger is loaded once for all tests; training does not change it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(head_parts, "shipped_tagger", cache(head_parts.shipped_tagger))
        yield


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pieces made by code, named by what plays them; and a file of nothing."""
    folder = tmp_path_factory.mktemp("music")
    for name in ("piano alone", "chiptune", "drums alone"):
        genre = folder / name.split()[0]
        genre.mkdir()
        for seed in range(4):
            soundfile.write(genre / f"{seed}.flac", make_music(name, 8.0, 16_000, seed=seed), 16_000)
    soundfile.write(folder / "drums" / "silence.wav", np.zeros(5 * 16_000, np.float32), 16_000)
    soundfile.write(folder / "drums" / "short.wav", np.full(1_000, 0.1, np.float32), 16_000)
    return folder


def test_taggrams_with_artists(tags: Path, tmp_path: Path) -> None:
    messages: list[str] = []
    result = train(request(tags, tmp_path / "mine", artists=tags.parent / "who.tsv"), on_message=messages.append)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == FILES
    bundle, card = result.bundle, result.bundle.card
    assert bundle.labels == GENRES and bundle.name == "mine"
    metrics = card["metrics"]["artist"]
    assert (metrics["n_tracks"], metrics["leaking"]) == (36, False) and "artist, 3 folds" in metrics["protocol"]
    assert metrics["accuracy"] > 0.9 and len(metrics["repeats"]) == 3
    assert "Artists are known of 36 of 36 tracks." in messages
    assert "36 tracks: " in result.summary and not result.interrupted and result.skipped == ()
    assert bundle.accuracy is not None and bundle.accuracy.protocol == "artist"
    assert "--recipe musicnn --split artist --artists who.tsv --folds 3" in card["training"]["command"]
    text = json.dumps(card)
    assert str(tmp_path) not in text and str(tags.parent) not in text and "classical 0" not in text
    # It holds the shipped tagger with its licence, and all that a further head needs.
    shipped = read_bundle(SHIPPED).card
    assert card["licences"]["tagger"] == shipped["licences"]["tagger"]
    assert card["licences"]["weights"] == "as whoever trained it says (head)"
    assert card["description"].startswith(
        f"Learned {len(card['labels'])} genres from {card['training']['dataset']['n_tracks']} "
    )
    assert card["tagger"] == {name: shipped["tagger"][name] for name in ("tags", "nuisance")}
    # The second opinion stays behind: the genres of a person need not be among its sounds.
    assert card["features"] == {name: value for name, value in shipped["features"].items() if name != "middle"}
    assert "sounds" not in card and "second_opinion" not in card and "sounds" not in card["licences"]
    assert bundle.path.joinpath("model.keras").stat().st_size < 2_000_000
    assert card["tags"]["names"] == shipped["tags"]["names"]
    assert bundle.gate is not None and bundle.gate.n_features == 50
    evaluation = evaluate(bundle, tags)
    assert evaluation.metrics.accuracy == 1.0 and evaluation.may_leak


def test_the_same_seed_gives_the_same_model(tags: Path, tmp_path: Path) -> None:
    who = tags.parent / "who.tsv"
    cards = [
        train(request(tags, tmp_path / name / "mine", artists=who, seed=seed)).bundle.card
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    patches = np.random.default_rng(0).random((2, 187, 96), np.float32)
    one, same, _ = (Predictor.load(read_bundle(tmp_path / name / "mine")).score(patches) for name in "abc")
    np.testing.assert_array_equal(one, same)
    for key in ("metrics", "calibration", "gate", "tags"):
        assert cards[0][key] == cards[1][key], key
    # What is music does not depend on the genres of a new head, and it is no surer than the shipped one.
    shipped = find_bundle("gtzan-musicnn")
    assert cards[0]["gate"] == shipped.card["tagger"]["gate"]
    assert cards[0]["calibration"]["temperature"] >= shipped.card["tagger"]["temperature"] > 2


def test_lists(tags: Path, tmp_path: Path) -> None:
    lists = tags.parent / "lists"
    who = tags.parent / "who.tsv"
    result = train(request(tags, tmp_path / "mine", artists=who, lists=lists, split="lists"))
    metrics = result.bundle.card["metrics"]
    assert (metrics["lists"]["n_tracks"], metrics["artist"]["n_tracks"]) == (9, 27)
    assert metrics["lists"]["protocol"] == "training and validation lists, artists apart"
    assert result.bundle.card["training"]["dataset"]["n_tracks"] == 27
    assert result.summary.startswith("9 tracks: ") and "Folds of the training list:" in result.summary
    # The bundle as it is read again gives the same: through the network, with rounded values.
    evaluated = evaluate(result.bundle, tags, names=lists / "valid.txt").to_dict()
    for key in ("n_tracks", "accuracy", "confusion"):
        assert evaluated[key] == metrics["lists"][key], key
    assert evaluated["log_loss"] == pytest.approx(metrics["lists"]["log_loss"], abs=0.005)
    # Lists beside the data are found if that split is asked for; otherwise the folds evaluate every track.
    (tags.parent / "splits").symlink_to(lists)
    try:
        again = train(request(tags, tmp_path / "again", artists=who, split="lists")).bundle.card["metrics"]
        folds = train(request(tags, tmp_path / "folds", artists=who)).bundle.card["metrics"]
    finally:
        (tags.parent / "splits").unlink()
    assert again["lists"]["accuracy"] == metrics["lists"]["accuracy"]
    assert folds.keys() == {"artist"} and folds["artist"]["n_tracks"] > 27
    with pytest.raises(SplitError, match="no lists"):
        train(request(tags, tmp_path / "none", artists=who, split="lists"))


def test_without_artists(tags: Path, tmp_path: Path) -> None:
    messages: list[str] = []
    result = train(request(tags, tmp_path / "mine"), on_message=messages.append)
    assert list(result.bundle.card["metrics"]) == ["track"]
    assert any("Without artists" in line for line in messages)
    with pytest.raises(SplitError, match="no artist is known"):
        train(request(tags, tmp_path / "other", split="artist"))
    assert not (tmp_path / "other").exists()


def test_artists_beside_the_file_are_found(tags: Path, tmp_path: Path) -> None:
    for name, source in (("mine.npz", tags), ("artists.tsv", tags.parent / "who.tsv")):
        (tmp_path / name).write_bytes(source.read_bytes())
    assert list(train(request(tmp_path / "mine.npz", tmp_path / "out")).bundle.card["metrics"]) == ["artist"]


def test_what_is_refused(tags: Path, npz: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(SplitError, match="whole tracks"):
        train(request(tags, out, split="patch"))
    other = tmp_path / "other.tsv"
    other.write_text("name\tartist\npolka.1\tFrankie\n", "utf-8")
    with pytest.raises(DatasetFormatError, match="none of its tracks is in the table"):
        train(request(tags, out, artists=other))
    with pytest.raises(DatasetFormatError, match="takes sound, or a file of taggrams"):
        train(request(npz, out))
    with pytest.raises(DatasetNotFoundError):
        train(request(tmp_path / "none.npz", out))
    with pytest.raises(ResumeError):
        train(request(tags, out, resume=True))
    np.savez(tmp_path / "few.npz", taggram=np.full((4, 49), 0.1), names=np.array(["a.1", "a.2", "b.1", "b.2"]))
    with pytest.raises(DatasetFormatError, match="it has 49 tags, the tagger 50"):
        train(request(tmp_path / "few.npz", out))
    np.savez(tmp_path / "one.npz", taggram=np.full((3, 50), 0.1), names=np.array(["a.1", "b.1", "b.2"]))
    with pytest.raises(TooFewTracksError, match="fewer than 2 tracks of a"):
        train(request(tmp_path / "one.npz", out))
    assert not out.exists()
    out.mkdir()
    (out / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(OutputExistsError):
        train(request(tags, out))
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def test_tracks_that_are_all_alike_make_a_model_all_the_same(tmp_path: Path) -> None:
    names = [f"{genre}.{i}" for genre in "ab" for i in range(4)]
    np.savez(tmp_path / "t.npz", taggram=np.full((8, 50), 0.1, np.float16), names=np.array(names))
    bundle = train(request(tmp_path / "t.npz", tmp_path / "mine")).bundle
    assert bundle.card["metrics"]["track"]["n_tracks"] == 8
    Predictor.load(bundle)


def test_sound(sounds: Path, tmp_path: Path) -> None:
    messages: list[str] = []
    result = train(request(sounds, tmp_path / "mine"), on_message=messages.append)
    assert result.bundle.labels == ("chiptune", "drums", "piano")
    assert result.bundle.card["metrics"]["track"]["accuracy"] > 0.9
    assert {name for name, _ in result.skipped} == {"drums/silence.wav", "drums/short.wav"}
    for name, _ in result.skipped:  # the command ends with "named above"
        assert sum(line.startswith(f"left out: {name}") for line in messages) == 1, name
    assert result.bundle.card["training"]["dataset"]["n_tracks"] == 12
    assert result.bundle.card["training"]["dataset"]["n_left_out"] == 2
    # A piece that it was not fitted to, from the file to the genre.
    predictor = Predictor.load(read_bundle(tmp_path / "mine"))
    for name in ("piano alone", "chiptune", "drums alone"):
        soundfile.write(tmp_path / "new.wav", make_music(name, 8.0, 44_100, seed=9), 44_100, subtype="FLOAT")
        prediction = classify_file(tmp_path / "new.wav", predictor)
        assert prediction.probabilities is not None
        assert max(prediction.probabilities, key=prediction.probabilities.__getitem__) == name.split()[0]
        assert prediction.genre in (name.split()[0], UNSURE, NOT_MUSIC)


def test_sound_by_artists_of_a_table(sounds: Path, tmp_path: Path) -> None:
    who = tmp_path / "who.tsv"
    names = [path.relative_to(sounds) for path in sorted(sounds.rglob("*.flac"))]
    rows = [f"{name.as_posix()}\t{name.parent} {int(name.stem) // 2}" for name in names]
    who.write_text("\n".join(["name\tartist", *rows]), "utf-8")
    card = train(request(sounds, tmp_path / "mine", artists=who, folds=2)).bundle.card
    assert card["metrics"]["artist"]["n_tracks"] == 12


def test_both_ways_to_the_tags_are_one(sounds: Path, tmp_path: Path) -> None:
    """The metrics from sound are those from its taggrams in a file."""
    tagged = HeadParts(TrainingContext(request(sounds, tmp_path), lambda _message: None)).load()
    patches = [(f"{track.genre}.{i}", row) for i, track in enumerate(tagged.tracks) for row in tagged.taggram(i)]
    values = np.array([row for _, row in patches], np.float32)
    np.savez(tmp_path / "t.npz", taggram=values, names=np.array([name for name, _ in patches]))
    by_sound, by_file = (
        train(request(data, tmp_path / name)).bundle.card
        for data, name in ((sounds, "sound"), (tmp_path / "t.npz", "file"))
    )
    assert by_sound["gate"] == by_file["gate"] and by_sound["tags"] == by_file["tags"]
    assert by_sound["metrics"]["track"] == by_file["metrics"]["track"]


@pytest.mark.parametrize("after", [0, 3, 17])
def test_it_can_be_stopped(sounds: Path, tmp_path: Path, after: int) -> None:
    """At once, while features are computed, and while taggrams are computed."""
    polls = 0

    def should_stop() -> bool:
        nonlocal polls
        polls += 1
        return polls > after

    with pytest.raises(TrainingInterruptedError):
        train(request(sounds, tmp_path / "mine"), should_stop=should_stop)
    assert polls > after and not (tmp_path / "mine").exists()


def test_the_command_line(tags: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who, model = str(tags.parent / "who.tsv"), str(tmp_path / "mine")
    words = ["train", str(tags), "--recipe", "musicnn", "--artists", who, "--folds", "3", "--out", model]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out.startswith("36 tracks: ") and "each track judged by a head that had not seen its artist" in out
    assert f"The model is in {tmp_path / 'mine'}" in err
    assert main(words) == 2
    assert "GD-405" in capsys.readouterr().err
    assert main([*words[:-1], str(tmp_path / "b"), "--split", "patch"]) == 2
    assert "GD-404" in capsys.readouterr().err
    assert main(["evaluate", model, str(tags), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == 1.0
    soundfile.write(tmp_path / "drums.wav", make_music("drums alone", 8.0, 22_050), 22_050)
    assert main(["classify", str(tmp_path / "drums.wav"), "--model", model, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer["probabilities"]) == set(GENRES)
    assert answer["genre"] in {*GENRES, UNSURE, NOT_MUSIC}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_an_interrupt_ends_the_command_and_leaves_nothing(
    sounds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: Any, **options: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return tag_dataset(*given, **options)

    monkeypatch.setattr("training.pipelines.head_parts.tag_dataset", interrupted)
    assert main(["train", str(sounds), "--recipe", "musicnn", "--out", str(tmp_path / "mine")]) == 130
    out, err = capsys.readouterr()
    assert out == "" and "Press Ctrl-C again" in err and "GD-408" in err
    assert not (tmp_path / "mine").exists()
