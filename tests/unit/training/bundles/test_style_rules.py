from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.model.bundles.style_set import StyleSet
from genre_desktop.model.genre_hierarchy import GenreHierarchy, read_hierarchy
from training.bundles.style_rules import style_rules
from training.musicnn.network import TAGS
from training.yamnet.classes import CLASSES


def small(tmp_path: Path, *styles: dict[str, object]) -> GenreHierarchy:
    genre = {"name": "rock", "discogs_genre": "Rock", "discogs_style": None, "id3v1": [17, "Rock"]}
    rows = [{"genre": "rock", "discogs_style": None, "id3v1": None, **style} for style in styles]
    (tmp_path / "genres.json").write_text(json.dumps({"genres": [genre], "styles": rows}), "utf-8")
    return read_hierarchy(tmp_path / "genres.json")


PUNK = {"name": "punk", "heard_by": [{"audioset": ["Punk rock"]}, {"msd": ["punk", "rock"]}], "threshold": 0.15}
FOLK = {"name": "folk", "heard_by": [{"msd": ["folk"]}], "threshold": 0.25}


def test_tags_come_first_and_classes_after_them(tmp_path: Path) -> None:
    rules = style_rules(small(tmp_path, PUNK, FOLK), ("rock", "folk", "punk"), ("Ska", "Punk rock"))
    assert rules == [
        {"name": "punk", "genre": "rock", "columns": [[4], [2, 0]], "threshold": 0.15},
        {"name": "folk", "genre": "rock", "columns": [[1]], "threshold": 0.25},
    ]


def test_a_style_whose_network_is_not_there_is_left_out(tmp_path: Path) -> None:
    silent = {"name": "dub", "left_out": "no such class"}
    assert [rule["name"] for rule in style_rules(small(tmp_path, PUNK, FOLK, silent), ("folk",))] == ["folk"]


def test_an_output_that_no_network_has_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="punk is heard by Punk rock"):
        style_rules(small(tmp_path, PUNK), ("rock", "punk"), ("Punk",))


def test_the_programs_table_fits_the_two_networks() -> None:
    rules = style_rules(read_hierarchy(), TAGS, CLASSES)
    styles = StyleSet.from_card(rules)
    assert len(rules) == len(styles.rules) >= 30 and styles.n_features <= len(TAGS) + len(CLASSES)
    named = {rule["name"]: rule for rule in rules}
    assert named["house"]["columns"] == [[len(TAGS) + CLASSES.index("House music")], [TAGS.index("House")]]

    # All outputs of both networks at 1 %, and those of one style at 40 %.
    features = np.full((3, len(TAGS) + len(CLASSES)), np.log(0.01 / 0.99), np.float32)
    assert styles.heard(features) == ()
    features[:, [column for group in named["trance"]["columns"] for column in group]] = np.log(0.4 / 0.6)
    assert styles.heard(features)[0] == "trance" and styles.heard(features)[-1] == "electronic"


def test_each_style_can_be_told_of_a_track() -> None:
    rules = style_rules(read_hierarchy(), TAGS, CLASSES)
    styles = StyleSet.from_card(rules)
    for rule in rules:
        features = np.full((2, len(TAGS) + len(CLASSES)), -8.0, np.float32)
        features[:, [column for group in rule["columns"] for column in group]] = 0.0
        assert rule["name"] in styles.heard(features), rule["name"]
