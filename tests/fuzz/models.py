"""Fuzzing targets: card, configuration, weights and archive of a model, and a bundle in a zip file."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

import h5py
import numpy as np

from genre_desktop.model.bundles.bundle import CARD_NAME, WEIGHTS_NAME, read_bundle
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.importing.zip_extraction import unpack
from tests.fuzz.mutation import Mutate, mutate_bytes, mutate_json
from tests.fuzz.targets import Target

_SHIPPED = Path(__file__).parents[2] / "resources" / "models"
_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"

_FLOAT32 = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def _layer(kind: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}


def _small_network() -> bytes:
    """A .keras file with 51 weights, as Keras writes it."""
    layers = [
        _layer(
            "InputLayer", batch_shape=[None, 32, 16], dtype="float32", sparse=False, ragged=False, name="input_layer"
        ),
        _layer("GlobalAveragePooling1D", name="pooling", trainable=True, dtype=_FLOAT32, keepdims=False),
        _layer("Dense", name="dense", trainable=True, dtype=_FLOAT32, units=3, activation="softmax", use_bias=True),
    ]
    config = {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "sequential", "trainable": True, "dtype": _FLOAT32, "layers": layers},
        "registered_name": None,
    }
    weights = io.BytesIO()
    with h5py.File(weights, "w") as file:
        for name in ("layers/pooling/vars", "layers/dense/vars", "vars"):
            file.create_group(name).attrs["name"] = name
        file["layers/dense/vars/0"] = np.linspace(-1, 1, 48, dtype=np.float32).reshape(16, 3)
        file["layers/dense/vars/1"] = np.zeros(3, np.float32)
    metadata = json.dumps({"keras_version": "3.15.1", "date_saved": "2026-11-30@01:21:40"})
    return _zipped(
        {"metadata.json": metadata.encode(), _CONFIG: json.dumps(config).encode(), _WEIGHTS: weights.getvalue()}
    )


_SMALL_CARD = {
    "format": 1,
    "name": "small",
    "labels": ["blues", "jazz", "rock"],
    "features": None,
    "metrics": {"lists": {"accuracy": 0.5, "accuracy_ci95": [0.4, 0.6], "n_tracks": 100, "leaking": False}},
}


def _cards() -> list[dict[str, Any]]:
    """The card of the small network, then the shipped ones'."""
    shipped = [json.loads(path.read_bytes()) for path in sorted(_SHIPPED.glob(f"*/{CARD_NAME}"))]
    features = {**shipped[0]["features"], "hop_length": 1024, "n_mels": 16, "patch_frames": 32, "patch_hop": 16}
    return [{**_SMALL_CARD, "features": features}, *shipped]


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


@cache
def _members(archive: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _bundle(card: dict[str, Any], network: bytes) -> bytes:
    """A bundle in a zip file, with the right hash."""
    card = {**card, "weights_sha256": hashlib.sha256(network).hexdigest()}
    return _zipped({CARD_NAME: json.dumps(card).encode(), WEIGHTS_NAME: network})


def _write_bundles(folder: Path) -> None:
    networks = [_small_network(), *(path.read_bytes() for path in sorted(_SHIPPED.glob(f"*/{WEIGHTS_NAME}")))]
    for n, (card, network) in enumerate(zip(_cards(), networks, strict=True)):
        (folder / f"{n}.zip").write_bytes(_bundle(card, network))


# --- mutations ----------------------------------------------------------------------------------


def _card(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    members = _members(data)
    cards = [_members(other)[CARD_NAME] for other in others]
    return _zipped({**members, CARD_NAME: mutate_json(members[CARD_NAME], rng, cards)})


def _network(data: bytes, rng: Random, others: Sequence[bytes], *, mutate: Mutate) -> bytes:
    """Mutate the network; the card has the right hash of it."""
    members = _members(data)
    networks = [_members(other)[WEIGHTS_NAME] for other in others]
    return _bundle(json.loads(members[CARD_NAME]), mutate(members[WEIGHTS_NAME], rng, networks))


def _member(data: bytes, rng: Random, others: Sequence[bytes], *, name: str, mutate: Mutate) -> bytes:
    """Mutate one member of a network's file, which itself stays right."""
    members = _members(data)
    return _zipped({**members, name: mutate(members[name], rng, [_members(other)[name] for other in others])})


def _zip(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Other names, attributes, sizes and numbers of members, or any bytes."""
    if rng.random() < 0.4:
        return mutate_bytes(data, rng, others)
    out = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as file,
    ):
        warnings.simplefilter("ignore")  # of names that stand there twice
        for name, content in _members(data).items():
            for _ in range(rng.choice((1, 1, 1, 1, 2, 0))):
                info = zipfile.ZipInfo(name if rng.random() < 0.6 else rng.choice(_NAMES).format(name))
                info.external_attr = rng.choice(
                    (0, 0, 0o644 << 16, 0o120777 << 16, 0o060644 << 16, 0o040755 << 16, 0x10)
                )
                info.compress_type = file.compression
                file.writestr(info, content if rng.random() < 0.9 else bytes(rng.choice((0, 1, 1 << 20, 24 << 20))))
    return mutate_bytes(out.getvalue(), rng, others) if rng.random() < 0.2 else out.getvalue()


_NAMES = (
    *(
        "../{0}",
        "a/../../{0}",
        "/tmp/{0}",
        "C:\\{0}",
        "\\\\host\\share\\{0}",
        "folder/{0}",
        "a/b/c/d/{0}",
        "{0}/",
        "{0}\\x",
        "",
    ),
    *(
        "con",
        "{0}.",
        " {0}",
        "{0}\u202e",
        "\U0001f600/{0}",
        "e/" * 200 + "{0}",
        "__MACOSX/{0}",
        ".",
        "..",
        "{0}:stream",
    ),
)


# --- targets ------------------------------------------------------------------------------------


def _take(path: Path, home: Path) -> None:
    """Import a bundle up to the question to the user."""
    target = home / "unpacked"
    shutil.rmtree(target, ignore_errors=True)
    try:
        unpack(path, target, is_cancelled=lambda: False)
        bundle = read_bundle(target)
        # What lists and dialogs ask for.
        _ = bundle.fingerprint, bundle.labels, bundle.architecture, bundle.is_shipped, bundle.feature_layers
        _ = bundle.name + bundle.description, bundle.accuracy, bundle.figures
        read_checked(bundle)
    finally:
        assert not any(file.is_symlink() for file in target.rglob("*"))


TARGETS = {
    name: Target(_write_bundles, _take, mutate)
    for name, mutate in {
        "card": _card,
        "config": partial(_network, mutate=partial(_member, name=_CONFIG, mutate=mutate_json)),
        "weights": partial(_network, mutate=partial(_member, name=_WEIGHTS, mutate=mutate_bytes)),
        "archive": partial(_network, mutate=mutate_bytes),
        "zip": _zip,
    }.items()
}
