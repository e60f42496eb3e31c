"""Crafted bundles, as an attacker would make them; none needs Keras to be made."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from tests.conftest import REPOSITORY

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-cnn"
METADATA, CONFIG, WEIGHTS = "metadata.json", "config.json", "model.weights.h5"

Table = dict[str, Any]


def shipped_parts() -> dict[str, bytes]:
    """The three members of a good network."""
    with zipfile.ZipFile(SHIPPED / "model.keras") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shipped_config() -> Table:
    """Its description, to be tampered with."""
    config: Table = json.loads(shipped_parts()[CONFIG])
    return config


def bundle_of(folder: Path, keras_file: bytes) -> ModelBundle:
    """A bundle with that file and the right hash."""
    folder.mkdir()
    card = json.loads((SHIPPED / "card.json").read_text("utf-8"))
    card |= {"name": "gift", "weights_sha256": hashlib.sha256(keras_file).hexdigest()}
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    (folder / "model.keras").write_bytes(keras_file)
    return read_bundle(folder)


def archive_of(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ``.keras`` file of those members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_config(folder: Path, config: object) -> ModelBundle:
    """A good bundle but for its description."""
    return bundle_of(folder, archive_of({**shipped_parts(), CONFIG: json.dumps(config).encode()}))


def with_weights(folder: Path, weights: bytes) -> ModelBundle:
    """A good bundle but for its weights."""
    return bundle_of(folder, archive_of({**shipped_parts(), WEIGHTS: weights}))


def layer(config: Table, name: str) -> Table:
    """The table of a layer."""
    return next(table for table in config["config"]["layers"] if table["name"] == name)


def tampered(change: Callable[[Table], None]) -> Table:
    """The good description with something done to it."""
    config = copy.deepcopy(shipped_config())
    change(config)
    return config


def in_place_of_relu(class_name: str, module: str, settings: Table, registered: str | None = None) -> Table:
    """The good description with a foreign layer in it."""

    def change(config: Table) -> None:
        table = layer(config, "relu1")
        table |= {"class_name": class_name, "module": module, "registered_name": registered}
        table["config"] = {"name": "relu1", "trainable": True, "dtype": "float32", **settings}

    return tampered(change)


def setting(layer_name: str, key: str, value: object) -> Table:
    """The good description with one setting of a layer changed."""
    return tampered(lambda config: layer(config, layer_name)["config"].update({key: value}))


def inputs_of_relu(args: object, kwargs: object = None) -> Table:
    """The good description with another input for a layer."""
    node = {"args": args, "kwargs": {} if kwargs is None else kwargs}
    return tampered(lambda config: layer(config, "relu1").update({"inbound_nodes": [node]}))


def tensor(name: object, node: object = 0, index: object = 0) -> Table:
    """How Keras writes the output of a layer."""
    history = [name, node, index]
    return {"class_name": "__keras_tensor__", "config": {"shape": [None], "dtype": "float32", "keras_history": history}}
