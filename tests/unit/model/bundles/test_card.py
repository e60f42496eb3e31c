"""A card from a stranger: refused by the schema, or used without surprises."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.commands.model_card import describe
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleIncompleteError,
    BundleUnreadableError,
    BundleUnsupportedError,
    ModelError,
)
from genre_desktop.model.bundles.bundle import read_bundle
from genre_desktop.model.bundles.catalogue import list_bundles
from genre_desktop.model.importing.bundle_changes import Update
from tests.support.foreign_bundles import CARD, write_bundle
from tests.support.hostile_cards import HOSTILE


def test_the_card_that_the_attacks_change_is_a_good_one(tmp_path: Path) -> None:
    assert read_bundle(write_bundle(tmp_path / "mine", json.dumps(CARD).encode())).labels == ("blues", "jazz")


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_card_is_refused_in_a_short_sentence(tmp_path: Path, attack: str) -> None:
    with pytest.raises((BundleUnreadableError, BundleUnsupportedError)) as caught:
        read_bundle(write_bundle(tmp_path / "mine", HOSTILE[attack](CARD)))
    told = str(caught.value)
    assert len(told) < 1_000 and "\n" not in told and "\x1b" not in told


def test_hostile_cards_do_not_hide_a_good_one() -> None:
    for number, attack in enumerate(HOSTILE):
        write_bundle(locations.user_models() / f"{number:03}", HOSTILE[attack](CARD))
    write_bundle(locations.user_models() / "mine", json.dumps(CARD).encode())
    assert [bundle.name for bundle in list_bundles() if not bundle.is_shipped] == ["mine"]


@pytest.mark.parametrize("text", ["हिन्दी", "نمی\u200cدانم", "hip-hop & <b>rap</b>", "日本のロック", "👩\u200d🎤"])
def test_names_in_any_language_are_names(tmp_path: Path, text: str) -> None:
    card = {**CARD, "name": text, "labels": [text, "other"]}
    assert read_bundle(write_bundle(tmp_path / "mine", json.dumps(card).encode())).labels[0] == text


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names, and links need a privilege")
def test_what_is_no_file_is_no_card(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "mine", b"")
    (folder / "card.json").unlink()
    os.mkfifo(folder / "card.json")
    with pytest.raises(BundleIncompleteError):
        read_bundle(folder)
    (folder / "card.json").unlink()
    (folder / "card.json").symlink_to("/dev/zero")
    with pytest.raises(BundleIncompleteError):
        read_bundle(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_among_the_models_is_not_followed(tmp_path: Path) -> None:
    outside = write_bundle(tmp_path / "outside", json.dumps(CARD).encode())
    locations.user_models().mkdir(parents=True)
    (locations.user_models() / "linked").symlink_to(outside)
    (locations.user_models() / "loop").symlink_to(locations.user_models())
    (locations.user_models() / os.fsdecode(b"\xff\xfe\n")).mkdir()
    assert all(bundle.is_shipped for bundle in list_bundles())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The good card with a value replaced, removed or added somewhere, or with bytes changed."""
    card = json.loads(json.dumps(CARD))
    place: Any = card
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], (dict, list)) and place[key] and draw(st.booleans()):
            place = place[key]
            continue
        if draw(st.booleans()):
            place[key] = draw(JSON)
        elif isinstance(place, dict):
            del place[key]
            place[draw(st.sampled_from(["gate", "tags", "tagger", "sources", "x"]))] = draw(JSON)
        break
    data = bytearray(json.dumps(card).encode("utf-8", "surrogatepass"))
    for _ in range(draw(st.integers(0, 3))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


@given(data=mutated())
def test_any_card_is_refused_or_can_be_shown(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = write_bundle(tmp_path_factory.getbasetemp() / "mutated", data)
    try:
        bundle = read_bundle(folder)
    except ModelError:
        return
    lines = describe(bundle)
    assert all("\x1b" not in line for line in lines)
    assert json.loads(json.dumps(dict(bundle.card))) == bundle.card
    assert bundle.fingerprint and bundle.name.strip()
    assert Update(bundle, bundle).changes()
