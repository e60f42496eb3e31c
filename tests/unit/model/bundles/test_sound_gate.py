"""The gate by classes of sounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.bundles.sound_gate import SoundGate
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from tests.support.bundles import make_bundle

COLUMNS = ("rock", "Speech", "Music")
CARD = {"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5}
GATE = SoundGate.from_card(CARD, COLUMNS)
SOUNDS = {"names": ["Speech", "Music"]}
WITH_LAYERS = {"architecture": {"feature_layers": ["a", "b"]}}


def rows(*shares: tuple[float, float]) -> np.ndarray:
    """Features of patches with these probabilities of speech and music."""
    speech, music = np.array(shares, np.float64).T
    logits = np.stack([np.full(len(shares), 9.0), np.log(speech / (1 - speech)), np.log(music / (1 - music))], axis=1)
    return logits.astype(np.float32)


@pytest.mark.parametrize(
    ("shares", "genre"),
    [
        ([(0.01, 0.9)], None),
        ([(0.01, 0.11)], None),
        ([(0.01, 0.09)], NOT_MUSIC),
        ([(0.9, 0.05)], NOT_MUSIC),  # speech alone
        ([(0.6, 0.5)], UNSURE),  # over music
        ([(0.31, 0.6)], UNSURE),
        ([(0.29, 0.6)], None),
        # Probabilities are averaged: of logits, one silent moment would outweigh the rest.
        ([(1e-6, 0.5), (1e-6, 0.5), (1e-6, 1e-9)], None),
        ([(0.6, 0.3), (0.05, 0.6), (0.05, 0.6)], None),
    ],
)
def test_what_gets_no_genre(shares: list[tuple[float, float]], genre: str | None) -> None:
    refusal = GATE.refusal(rows(*shares))
    assert (None if refusal is None else refusal.genre) == genre
    assert refusal is None or refusal.sentence.endswith(".")


def test_endless_logits_are_probabilities() -> None:
    assert GATE.refusal(np.array([[0, -1e30, 1e30]], np.float32)) is None


def test_a_sound_stands_behind_a_tag_of_its_name() -> None:
    assert SoundGate.from_card(CARD, ("Music", *COLUMNS)).music == 3


def test_a_card_with_a_gate(tmp_path: Path) -> None:
    tags = {"names": ["a"], "logit_mean": [0.0], "logit_deviation": [1.0]}
    bundle = read_bundle(make_bundle(tmp_path / "m", sounds=SOUNDS, tags=tags, sound_gate=CARD, **WITH_LAYERS))
    assert bundle.columns == ("a", "Speech", "Music") and bundle.feature_layers == ("a", "b")
    assert bundle.sound_gate == SoundGate(music=2, speech=1, least_music=0.1, most_speech=0.5)
    assert read_bundle(make_bundle(tmp_path / "plain")).sound_gate is None


@pytest.mark.parametrize(
    "change",
    [
        {"sound_gate": {**CARD, "music": "Noise"}},  # no column of that name
        {"sound_gate": {**CARD, "music": 1}},
        {"sound_gate": {**CARD, "least_music": 1.5}},
        {"sound_gate": {**CARD, "least_music": "much"}},
        {"sound_gate": {**CARD, "most_speech": -1}},
        {"sound_gate": {"music": "Music", "speech": "Speech", "least_music": 0.1}},
        {"sound_gate": ["Music"]},
        {"sounds": None},
        {"sounds": {"names": "Music"}},
        {"sounds": {"names": []}},
        {"sounds": {"names": ["Music", "two\nlines"]}},
        {"architecture": {"recipe": "r"}},  # of which layers?
        {"architecture": {"feature_layers": "a"}},
        {"architecture": {"feature_layers": [1]}},
        {"architecture": {"feature_layers": ["a"] * 9}},
    ],
)
def test_a_gate_that_cannot_be_honoured_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    card = {"sounds": SOUNDS, "sound_gate": CARD, **WITH_LAYERS, **change}
    with pytest.raises(BundleUnreadableError):
        read_bundle(make_bundle(tmp_path / "m", **card))
