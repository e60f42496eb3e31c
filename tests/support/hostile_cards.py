"""Cards of hostile bundles: each must be refused, and no other bundle with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Card = dict[str, Any]


def _put(*path: str | int, value: Any) -> Callable[[Card], bytes]:
    """Make a function that replaces one value of a card."""

    def change(card: Card) -> bytes:
        changed = json.loads(json.dumps(card))
        place: Any = changed
        for key in path[:-1]:
            place = place.setdefault(key, {}) if isinstance(place, dict) else place[key]
        place[path[-1]] = value
        return json.dumps(changed).encode("utf-8", "surrogatepass")

    return change


def _raw(text: str | bytes) -> Callable[[Card], bytes]:
    return lambda _card: text if isinstance(text, bytes) else text.encode("utf-8")


def _gate(**values: Any) -> Callable[[Card], bytes]:
    gate = {"means": [[0.0, 0.0]] * 2, "covariance": [[1.0, 0.0], [0.0, 1.0]], "refuse_beyond": 4.0, **values}
    return lambda card: json.dumps({**card, "architecture": {"feature_layer": "f"}, "gate": gate}).encode()


def _tags(**values: Any) -> Callable[[Card], bytes]:
    tags = {"names": ["a", "b"], "logit_mean": [0.0, 0.0], "logit_deviation": [1.0, 1.0], **values}
    return lambda card: json.dumps({**card, "architecture": {"feature_layer": "f"}, "tags": tags}).encode()


def _styles(**values: Any) -> Callable[[Card], bytes]:
    styles = [{"name": "house", "genre": "electronic", "columns": [[0], [1]], "threshold": 0.1, **values}]
    return lambda card: json.dumps({**card, "architecture": {"feature_layer": "f"}, "styles": styles}).encode()


_FIGURES = ("metrics", "lists")
_HUGE_WHOLE = 10**4000

HOSTILE: Mapping[str, Callable[[Card], bytes]] = {
    "deep lists": _raw("[" * 100_000),
    "deep objects": _raw('{"a":' * 50_000 + "1" + "}" * 50_000),
    "deep within": lambda card: json.dumps(card).encode()[:-1] + b', "x": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "long": lambda card: json.dumps(card).encode() + b" " * 1_000_001,
    "many values": lambda card: json.dumps({**card, "x": [0] * 300_000}).encode(),
    "not a number": lambda card: json.dumps({**card, "calibration": {"temperature": float("nan")}}).encode(),
    "infinite": lambda card: json.dumps(card).encode()[:-1] + b', "calibration": {"temperature": 1e999}}',
    "more digits than Python reads": lambda card: json.dumps(card).encode()[:-1] + b', "x": ' + b"9" * 5_000 + b"}",
    "a key twice": lambda card: json.dumps(card).encode()[:-1] + b', "name": "other"}',
    "UTF-16": lambda card: json.dumps(card).encode("utf-16"),
    "a string without an end": _raw('"' + '\\"' * 490_000),
    "no object": _raw("[]"),
    "null": _raw("null"),
    "format true": _put("format", value=True),
    "format 0": _put("format", value=0),
    "format huge": _put("format", value=_HUGE_WHOLE),
    "a later format with a name of 100 kB": lambda card: json.dumps(
        {**card, "format": 9, "name": "n" * 100_000}
    ).encode(),
    "a later format without a name": lambda card: json.dumps({**card, "format": 9, "name": {}}).encode(),
    "name of 100 kB": _put("name", value="n" * 100_000),
    "name with a line break": _put("name", value="two\nlines"),
    "name with an escape": _put("name", value="\x1b[2J"),
    "name that turns": _put("name", value="a\u202eb"),
    "name with an invisible letter": _put("name", value="gtzan\u200b"),
    "name of blanks": _put("name", value="  "),
    "name with half a character": _put("name", value="\ud800"),
    "name that is a number": _put("name", value=3),
    "a million labels": _put("labels", value=[str(i) for i in range(100_000)]),
    "2 000 labels": _put("labels", value=[str(i) for i in range(2_000)]),
    "label of 500 kB": _put("labels", 0, value="x" * 500_000),
    "label with a line break": _put("labels", 0, value="a\r\nb"),
    "label that turns": _put("labels", 0, value="\u2067a"),
    "label null": _put("labels", 0, value=None),
    "labels an object": _put("labels", value={"a": 1}),
    "description a list": _put("description", value=["a"]),
    "description with an escape": _put("description", value="\x1b]0;x\x07"),
    "version a number": _put("version", value=3),
    "created with a line break": _put("created", value="2026-01-01\n"),
    "hash a number": _put("weights_sha256", value=1),
    "recipe an object": _put("architecture", "recipe", value={"a": 1}),
    "layer a number": _put("architecture", "feature_layer", value=1),
    "layers of a thousand": _put("architecture", "feature_layers", value=["f"] * 1_000),
    "layers a text": _put("architecture", "feature_layers", value="f"),
    "a sound with an escape": _put("sounds", value={"names": ["\x1b[2J"]}),
    "2 000 sounds": _put("sounds", value={"names": [str(i) for i in range(2_000)]}),
    "gate of sounds a list": _put("sound_gate", value=["Music"]),
    "gate of a sound that is none": _put(
        "sound_gate", value={"music": "a", "speech": "b", "least_music": 0.1, "most_speech": 1.0}
    ),
    "gate of sounds beyond 1": _put(
        "sound_gate", value={"music": "a", "speech": "a", "least_music": 1e999, "most_speech": 1.0}
    ),
    "temperature tiny": _put("calibration", "temperature", value=1e-300),
    "temperature huge": _put("calibration", "temperature", value=1e300),
    "temperature negative": _put("calibration", "temperature", value=-1),
    "temperature text": _put("calibration", "temperature", value="1.0"),
    "temperature true": _put("calibration", "temperature", value=True),
    "temperature of 4 000 digits": _put("calibration", "temperature", value=_HUGE_WHOLE),
    "unsure above 1": _put("calibration", "unsure_below", value=1.5),
    "metrics a list": _put("metrics", value=[1]),
    "figures a list": _put(*_FIGURES, value=[1]),
    "figures under a name with an escape": _put("metrics", "\x1b[31m", value={}),
    "a thousand splits": lambda card: json.dumps(
        {**card, "metrics": {str(i): card["metrics"]["lists"] for i in range(1_000)}}
    ).encode(),
    "a thousand licences": _put("licences", value={str(i): "MIT" for i in range(1_000)}),
    "licences a list": _put("licences", value=["MIT"]),
    "accuracy text": _put(*_FIGURES, "accuracy", value="0.9"),
    "accuracy above 1": _put(*_FIGURES, "accuracy", value=17),
    "accuracy of 4 000 digits": _put(*_FIGURES, "accuracy", value=_HUGE_WHOLE),
    "tracks negative": _put(*_FIGURES, "n_tracks", value=-1),
    "tracks a fraction": _put(*_FIGURES, "n_tracks", value=1.5),
    "tracks huge": _put(*_FIGURES, "n_tracks", value=_HUGE_WHOLE),
    "leaking a text": _put(*_FIGURES, "leaking", value="no"),
    "interval of three": _put(*_FIGURES, "accuracy_ci95", value=[0, 0.5, 1]),
    "interval text": _put(*_FIGURES, "accuracy_ci95", value="01"),
    "coverage an object": _put(*_FIGURES, "coverage", value={}),
    "precision text": _put(*_FIGURES, "precision_macro", value="much"),
    "recall a list": _put(*_FIGURES, "recall_macro", value=[1]),
    "perfect a number": _put(*_FIGURES, "ece_if_perfect", value=0.5),
    "data set a text": _put("training", "dataset", value="x"),
    "a key of 1 kB": _put("licences", "k" * 1_000, value="MIT"),
    "a key with a line break": _put("licences", "a\nb", value="MIT"),
    "a notice of 100 kB": _put("licences", "weights", value="x" * 100_000),
    "a notice with an escape": _put("licences", "weights", value="\x1bc"),
    "sources a text": _put("sources", value="x"),
    "features a list": _put("features", value=[]),
    "a window of 10^9": _put("features", "n_fft", value=10**9),
    "a hop of 1": _put("features", "hop_length", value=1),
    "bands true": _put("features", "n_mels", value=True),
    "bands text": _put("features", "n_mels", value="128"),
    "a rate of 4 000 digits": _put("features", "sample_rate", value=_HUGE_WHOLE),
    "an edge of 4 000 digits": _put("features", "fmax", value=_HUGE_WHOLE),
    "scaling a list": _put("features", "scaling", value=["patch_max"]),
    "an unknown setting of 10 kB": _put("features", "x" * 150, value=1),
    "aggregation an object": _put("aggregation", value={}),
    "gate of texts": _gate(means=[["0.0", "0.0"]]),
    "gate ragged": _gate(means=[[0.0, 0.0], [0.0]]),
    "gate of another size": _gate(covariance=[[1.0]]),
    "gate huge": _gate(means=[[0.0] * 1_000] * 150),
    "gate of tiny deviations": _gate(covariance=[[1e-300, 0.0], [0.0, 1e-300]]),
    "gate of huge values": _gate(means=[[1e300, 1e300]]),
    "gate that refuses nothing": _gate(refuse_beyond=-1),
    "gate with a text": _gate(refuse_beyond="4"),
    "tags of another number": _tags(names=["a"]),
    "tags with a line break": _tags(names=["a\nb", "c"]),
    "tags huge": _tags(names=["a"] * 5_000, logit_mean=[0.0] * 5_000, logit_deviation=[1.0] * 5_000),
    "tags of tiny deviations": _tags(logit_deviation=[1e-300, 1.0]),
    "tags with numbers for names": _tags(names=[1, 2]),
    "styles in no list": _put("styles", value={"house": 0.1}),
    "styles without a layer": _put("styles", value=[{"name": "a", "genre": "b", "columns": [[0]], "threshold": 1}]),
    "styles without columns": _styles(columns=[]),
    "styles with an empty group": _styles(columns=[[]]),
    "styles with a column for a group": _styles(columns=[0, 1]),
    "styles with a column of text": _styles(columns=[["0"]]),
    "styles with a negative column": _styles(columns=[[-1]]),
    "styles with a column far away": _styles(columns=[[10**9]]),
    "styles with a column that is true": _styles(columns=[[True]]),
    "styles with very many columns": _styles(columns=[list(range(500))]),
    "styles with very many groups": _styles(columns=[[0]] * 50),
    "styles from nothing on": _styles(threshold=0),
    "styles from below nothing on": _styles(threshold=-1),
    "styles with a threshold of text": _styles(threshold="0.1"),
    "styles with a line break": _styles(name="a\nb"),
    "styles without a name": _styles(name=" "),
    "styles that are no music": _styles(name="Not music"),
    "styles of a genre that is a number": _styles(genre=7),
    "styles twice": _put(
        "styles",
        value=[{"name": name, "genre": "b", "columns": [[0]], "threshold": 1} for name in ("Hip-Hop", "hiphop")],
    ),
    "styles in masses": _put("styles", value=[{"name": "a", "genre": "b", "columns": [[0]], "threshold": 1}] * 2_000),
    "tags of the tagger": _put("tagger", "tags", value=[{}]),
}
"""What is wrong with it, and how it comes of a good card."""
