"""What the pictures show where no folder of music is given: tracks, a predictor, and predictions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.core.i18n import tr
from genre_desktop.model.genre_names import genre_name
from genre_desktop.model.prediction import Prediction
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import GENRES, make_bundle, make_prediction
from tests.support.odd_files import music, write_sound

RATE = 22_050


def make_varied_predictor() -> Predictor:
    """A predictor without a network, whose scores vary from track to track and over time."""
    styles = ("electronic", "house", "techno", "trance", "indie", "soul", "heavy metal", "folk")
    rules = [{"name": name, "genre": name, "columns": [[i]], "threshold": 0.5} for i, name in enumerate(styles)]
    weights = np.random.default_rng(7).normal(size=(128, len(GENRES))).astype(np.float32)
    ordinary = np.linspace(0.85, 0.45, 128, dtype=np.float32)

    def forward(patches: Any) -> Any:
        shape = patches.mean(axis=1) - ordinary
        logits = 1.4 * (shape - shape.mean(axis=1, keepdims=True)) @ weights
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        heard = 2.0 * logits[:, : len(styles)]
        return np.hstack([shares / shares.sum(axis=1, keepdims=True), heard]).astype(np.float32)

    bundle = make_bundle("gtzan-cnn")
    return Predictor(replace(bundle, card={**bundle.card, "styles": rules}), forward)


def make_tracks(folder: Path) -> list[Path]:
    """Write a few synthesised tracks."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["Morning train.wav", "Old river.wav", "Brass section.wav", "Static heart.wav", "Night drive.wav"]
    rng = np.random.default_rng(1)
    made = []
    for number, name in enumerate(names):
        samples = music(40.0 + 15 * number)
        noise = rng.normal(size=samples.shape).astype(np.float32)
        made.append(write_sound(folder / name, samples * (0.6 + 0.1 * number) + 0.01 * number * noise))
    return made


def make_odd_tracks(folder: Path) -> list[Path]:
    """Write a silent, an empty, a truncated and a text file, and files with long names."""
    folder.mkdir(parents=True, exist_ok=True)
    long_name = "Sinfonie Nr. 9 d-Moll op. 125 – IV. Finale (Presto, Allegro assai, Recitativo) [Live 1989, remastered]"
    paths = [
        write_sound(folder / f"{long_name}.wav", music(30.0)),
        write_sound(folder / "silence.wav", np.zeros((RATE * 8, 1), np.float32)),
        write_sound(folder / "half of it.wav", music(20.0)),
        folder / "empty download.mp3",
        folder / "notes about music.mp3",
        write_sound(folder / "日本語の歌 🎵.wav", music(12.0)),
    ]
    paths[2].write_bytes(paths[2].read_bytes()[: paths[2].stat().st_size // 2])
    paths[3].touch()
    paths[4].write_text("These are words and no sound.\n" * 40)
    return paths


def rare_predictions() -> dict[str, Prediction]:
    """Predictions that the tracks at hand may not get: long tags, two genres, unsure, not music."""
    long_tags = ("alternative rock", "progressive rock", "singer-songwriter")
    close = dict.fromkeys(GENRES, 0.01) | {"disco": 0.48, "pop": 0.44}
    open_ = dict.fromkeys(GENRES, 0.04) | {"rock": 0.37, "blues": 0.31}
    no_music = make_prediction("not music", 0.97, reasons=(tr("A steady noise: its spectrum hardly changes."),))
    return {
        "mixed": make_prediction(
            "disco",
            0.48,
            probabilities=close,
            tags=("80s", "party"),
            styles=("house", "dance", "electronic"),
            reasons=(
                tr(
                    "{agreeing} of {total} segments sound most like {genre}.",
                    agreeing=15,
                    total=28,
                    genre=genre_name("disco"),
                ),
                tr("It could also be {genre} ({percent:.0f} %).", genre=genre_name("pop"), percent=44),
                tr("Parts spread over the track were listened to, not all of it."),
            ),
        ),
        "unsure": make_prediction(
            "unsure",
            0.37,
            probabilities=open_,
            tags=long_tags,
            styles=("Middle Eastern", "video game music", "children's music"),
            reasons=(
                tr("No genre reaches the {percent:.0f} % that this model needs to be sure.", percent=62),
                tr(
                    "{agreeing} of {total} segments sound most like {genre}.",
                    agreeing=11,
                    total=28,
                    genre=genre_name("rock"),
                ),
                tr("It could also be {genre} ({percent:.0f} %).", genre=genre_name("blues"), percent=31),
                tr("The file is damaged: only {seconds:.0f} s of it could be read.", seconds=21),
            ),
        ),
        "not-music": no_music,
    }
