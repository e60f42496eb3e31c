"""A network as its ``config.json`` tells it, checked and written anew.

What Keras builds later comes from here and not from the file: whatever the file holds beside, and however Keras would
have read it, has no effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, parse_json
from genre_desktop.model.checks.archive import MEMBERS
from genre_desktop.model.checks.kinds import COMMON, KERAS, KINDS, Kind
from genre_desktop.model.checks.layer_settings import boolean, dtype, name, shown, take
from genre_desktop.model.checks.refusal import RefusalError
from genre_desktop.model.checks.shapes import Effect, Shape, effect

MAX_LAYERS = 300
MAX_INPUTS = 1_000
"""Of all layers together. A sum of 27,000 inputs, all of them one layer, is small by any other measure, and Keras takes
a minute to build it."""

MAX_PARAMETERS = 25_000_000
MAX_MULTIPLY_ADDS = 2_000_000_000
"""For one patch: forty times those of the shipped models."""

MAX_VALUES = 3 * 2**20
"""In memory for one patch, all layers together: a full batch of `genre_desktop.model.predictor` takes 768 MiB."""

_FUNCTIONAL = ("keras.src.models.functional", "keras.models", "keras")
_SEQUENTIAL = ("keras.src.models.sequential", "keras.models", "keras")


@dataclass(frozen=True)
class LayerPlan:
    """One layer.

    Attributes
    ----------
    name : str
    kind : str
        A key of `KINDS`.
    settings : mapping
        What the layer is made with beside its name.
    inputs : tuple of str
        Names of layers before it; empty for the input itself.
    effect : Effect
    stored_as : str
        Where its weights stand in the file.
    """

    name: str
    kind: str
    settings: Mapping[str, Any]
    inputs: tuple[str, ...]
    effect: Effect
    stored_as: str


@dataclass(frozen=True)
class NetworkPlan:
    """Layers in an order in which each follows its inputs.

    Attributes
    ----------
    name : str
    layers : tuple of LayerPlan
        The input is the first.
    output : str
        Name of the layer that answers.
    """

    name: str
    layers: tuple[LayerPlan, ...]
    output: str

    @property
    def input_shape(self) -> Shape:
        """Shape of one example."""
        return self.layers[0].effect.output

    @property
    def output_shape(self) -> Shape:
        """Shape of the answer to one example."""
        return next(layer.effect.output for layer in self.layers if layer.name == self.output)


def read_network(config: bytes) -> NetworkPlan:
    """Check a ``config.json`` and tell its network.

    Raises
    ------
    RefusalError
    """
    try:
        told = parse_json(config, max_bytes=MEMBERS["config.json"])
    except JsonLimitError as error:
        raise RefusalError(tr("its description is no usable JSON ({error})", error=error)) from error
    if not isinstance(told, dict):
        raise RefusalError(tr("its description is no usable JSON ({error})", error=shown(told)))
    kind = (told.get("class_name"), told.get("module"))
    if kind[0] == "Functional" and kind[1] in _FUNCTIONAL and told.get("registered_name") in (None, "Functional"):
        plan = _functional(told.get("config"))
    elif kind[0] == "Sequential" and kind[1] in _SEQUENTIAL and told.get("registered_name") in (None, "Sequential"):
        plan = _sequential(told.get("config"))
    else:
        raise RefusalError(tr("it uses {name}, which is not on the list of known parts", name=shown(kind[0])))
    return plan


class StoredNames:
    """Where Keras stores the weights of each layer: under its class, with a number from the second of it on."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def next(self, class_name: str) -> str:
        """Path of the weights of the next layer, which is of that class."""
        plain = re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", class_name)).lower()
        number = self._used.get(plain, 0)
        self._used[plain] = number + 1
        return f"layers/{plain}_{number}/vars" if number else f"layers/{plain}/vars"


class _Builder:
    """Collects layers and what they take together."""

    def __init__(self, count: int) -> None:
        if count > MAX_LAYERS:
            raise RefusalError(tr("it has more than {limit} layers", limit=MAX_LAYERS))
        self.layers: dict[str, LayerPlan] = {}
        self._names = StoredNames()
        self._n_inputs = self._parameters = self._multiply_adds = self._values = 0

    def add(self, told: Mapping[str, Any], inputs: tuple[str, ...] | None) -> LayerPlan:
        """Check a layer's table; `inputs` of None stands for the layer before."""
        layer_name, class_name, settings = _settings(told)
        if layer_name in self.layers:
            raise RefusalError(tr("a layer has the unusual name {name}", name=layer_name))
        if (class_name == "InputLayer") != (not self.layers):
            raise RefusalError(tr("it has not exactly one input and one output"))
        if class_name == "InputLayer":
            inputs = ()
            batch, *shape = settings.pop("batch_shape")
            if batch is not None or None in shape:
                raise RefusalError(tr("its layers do not fit one another"))
            made = Effect(tuple(shape), values=_count(shape))
        else:
            if inputs is None:
                inputs = (next(reversed(self.layers)),)
            self._n_inputs += len(inputs)
            self._limit(layer_name, self._n_inputs, MAX_INPUTS, tr("inputs"))
            made = effect(class_name, settings, [self._output_of(before) for before in inputs])
            if class_name == "Reshape":
                settings["target_shape"] = made.output
        self._count(layer_name, made)
        plan = LayerPlan(layer_name, class_name, settings, inputs, made, self._names.next(class_name))
        self.layers[layer_name] = plan
        return plan

    def _output_of(self, before: str) -> Shape:
        if before not in self.layers:
            raise RefusalError(tr("a layer of it has an unusual input"))
        return self.layers[before].effect.output

    def _count(self, layer_name: str, made: Effect) -> None:
        self._parameters += sum(_count(shape) for shape in made.weights)
        self._multiply_adds += made.multiply_adds
        self._values += made.values
        self._limit(layer_name, self._parameters, MAX_PARAMETERS, tr("weights"))
        self._limit(layer_name, self._multiply_adds, MAX_MULTIPLY_ADDS, tr("calculations for a patch"))
        self._limit(layer_name, self._values, MAX_VALUES, tr("values in memory for a patch"))

    def _limit(self, layer: str, number: int, limit: int, what: str) -> None:
        if number > limit:
            reason = tr("at its layer {name} it has more than {limit:,} {what}", name=layer, limit=limit, what=what)
            raise RefusalError(reason)


def _count(shape: Any) -> int:
    total = 1
    for axis in shape:
        total *= axis
    return total


def _functional(config: Any) -> NetworkPlan:
    checks = {"name": name, "layers": _tables, "input_layers": _end, "output_layers": _end}
    told = take(config, checks, {"trainable": boolean, "dtype": dtype})
    builder = _Builder(len(told["layers"]))
    for table in told["layers"]:
        builder.add(table, _inputs(table.get("inbound_nodes"), table.get("class_name")))
    plans = tuple(builder.layers.values())
    if told["input_layers"] != plans[0].name or told["output_layers"] not in builder.layers:
        raise RefusalError(tr("it has not exactly one input and one output"))
    return NetworkPlan(told["name"], plans, told["output_layers"])


def _sequential(config: Any) -> NetworkPlan:
    # The shape is that of the input, which is a layer.
    ignored = {"trainable": boolean, "dtype": dtype, "build_input_shape": lambda _: None}
    told = take(config, {"name": name, "layers": _tables}, ignored)
    builder = _Builder(len(told["layers"]))
    for table in told["layers"]:
        if "inbound_nodes" in table:
            raise RefusalError(tr("a layer of it has an unusual input"))
        builder.add(table, None)
    plans = tuple(builder.layers.values())
    return NetworkPlan(told["name"], plans, plans[-1].name)


def _tables(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(table, dict) for table in value):
        raise RefusalError(tr("it has not exactly one input and one output"))
    return value


def _end(value: Any) -> str:
    """The one input or output: ``["name", 0, 0]``, alone or in a list."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, list) or len(value) != 3 or not _is_zero(value[1]) or not _is_zero(value[2]):
        raise RefusalError(tr("it has not exactly one input and one output"))
    return name(value[0])


def _is_zero(value: Any) -> bool:
    return type(value) is int and value == 0


def _settings(table: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """Name, class and checked settings of a layer's table."""
    known = {"module", "class_name", "config", "registered_name", "name", "inbound_nodes", "build_config"}
    if not set(table) <= known:
        raise RefusalError(tr("it has the unknown setting {name}", name=shown(min(set(table) - known))))
    class_name = table.get("class_name")
    kind = KINDS.get(class_name) if isinstance(class_name, str) else None
    if kind is None or not isinstance(class_name, str) or not _is_registered(table, class_name, kind):
        raise RefusalError(tr("it uses {name}, which is not on the list of known parts", name=shown(class_name)))
    settings = take(table.get("config"), {"name": name, **kind.settings}, {**COMMON, **kind.ignored})
    own_name: str = settings.pop("name")
    if table.get("name", own_name) != own_name:
        raise RefusalError(tr("a layer has the unusual name {name}", name=shown(table["name"])))
    return own_name, class_name, settings


def _is_registered(table: Mapping[str, Any], class_name: str, kind: Kind) -> bool:
    if table.get("module") != kind.module:
        return False
    registered = table.get("registered_name")
    if kind.module == KERAS:
        return registered is None or registered == class_name
    return bool(registered == f"{kind.package}>{class_name}")


def _inputs(nodes: Any, class_name: Any) -> tuple[str, ...]:
    """Names of the layers that a layer takes its input from."""
    if class_name == "InputLayer":
        if nodes:
            raise RefusalError(tr("a layer of it has an unusual input"))
        return ()
    if not isinstance(nodes, list) or len(nodes) != 1 or not isinstance(nodes[0], dict):
        raise RefusalError(tr("a layer of it has an unusual input"))
    (node,) = nodes
    if set(node) != {"args", "kwargs"} or not isinstance(node["args"], list) or len(node["args"]) != 1:
        raise RefusalError(tr("a layer of it has an unusual input"))
    kwargs = node["kwargs"]
    if not isinstance(kwargs, dict) or not set(kwargs) <= {"training", "mask"}:
        raise RefusalError(tr("a layer of it has an unusual input"))
    if kwargs.get("training") not in (None, False) or kwargs.get("mask") is not None:
        raise RefusalError(tr("a layer of it has an unusual input"))
    return tuple(_tensors(node["args"][0]))


def _tensors(value: Any) -> Iterator[str]:
    for tensor in value if isinstance(value, list) else [value]:
        if not isinstance(tensor, dict) or tensor.get("class_name") != "__keras_tensor__":
            raise RefusalError(tr("a layer of it has an unusual input"))
        if set(tensor) != {"class_name", "config"} or not isinstance(tensor["config"], dict):
            raise RefusalError(tr("a layer of it has an unusual input"))
        history = tensor["config"].get("keras_history")
        if not isinstance(history, list) or len(history) != 3 or not all(map(_is_zero, history[1:])):
            raise RefusalError(tr("a layer of it has an unusual input"))
        yield name(history[0])
