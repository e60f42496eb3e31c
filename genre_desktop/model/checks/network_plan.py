"""The plan of a network: its layers as its ``config.json`` describes them, checked and described anew.

Keras builds the network from this plan and not from the file: what else the file contains, and how Keras would have
read it, has no effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, parse_json
from genre_desktop.model.checks.keras_archive import MEMBERS
from genre_desktop.model.checks.layer_footprint import LayerFootprint, Shape, footprint_of
from genre_desktop.model.checks.layer_kinds import COMMON, KERAS_LAYERS, LAYER_KINDS, LayerKind
from genre_desktop.model.checks.layer_settings import abbreviated, boolean, checked_settings, dtype, layer_name
from genre_desktop.model.checks.refusal import RefusalError

MAX_LAYERS = 300
MAX_INPUTS = 1_000
"""Of all layers together. An `Add` whose 27,000 inputs are all the same layer is small by any other measure, and Keras
takes a minute to build it."""

MAX_PARAMETERS = 25_000_000
MAX_MULTIPLY_ADDS = 2_000_000_000
"""For one patch, seven times those of the default model."""

MAX_VALUES = 6 * 2**20
"""Numbers in memory for one patch, all layers together: a full batch of `genre_desktop.model.predictor` takes 768
MiB."""

_FUNCTIONAL = ("keras.src.models.functional", "keras.models", "keras")
_SEQUENTIAL = ("keras.src.models.sequential", "keras.models", "keras")


@dataclass(frozen=True)
class LayerPlan:
    """A layer of a network that may be built.

    Attributes
    ----------
    name : str
    kind : str
        A key of `LAYER_KINDS`.
    settings : mapping
        Arguments of its class beside its name.
    inputs : tuple of str
        Names of layers before it; empty for the input itself.
    footprint : LayerFootprint
    weight_path : str
        Path of its weights in the HDF5 file.
    """

    name: str
    kind: str
    settings: Mapping[str, Any]
    inputs: tuple[str, ...]
    footprint: LayerFootprint
    weight_path: str


@dataclass(frozen=True)
class NetworkPlan:
    """A network that may be built: its layers, each after its inputs.

    Attributes
    ----------
    name : str
    layers : tuple of LayerPlan
        The input is the first.
    output : str
        Name of the layer whose output is the network's.
    """

    name: str
    layers: tuple[LayerPlan, ...]
    output: str

    @property
    def input_shape(self) -> Shape:
        """Shape of one example."""
        return self.layers[0].footprint.output

    @property
    def output_shape(self) -> Shape:
        """Shape of the output for one example."""
        return next(layer.footprint.output for layer in self.layers if layer.name == self.output)


def read_plan(config: bytes) -> NetworkPlan:
    """Check a ``config.json`` and make the plan of its network.

    Raises
    ------
    RefusalError
    """
    try:
        content = parse_json(config, max_bytes=MEMBERS["config.json"])
    except JsonLimitError as error:
        raise RefusalError(tr("its description is no usable JSON ({error})", error=error)) from error
    if not isinstance(content, dict):
        raise RefusalError(tr("its description is no usable JSON ({error})", error=abbreviated(content)))
    kind = (content.get("class_name"), content.get("module"))
    if kind[0] == "Functional" and kind[1] in _FUNCTIONAL and content.get("registered_name") in (None, "Functional"):
        plan = _functional(content.get("config"))
    elif kind[0] == "Sequential" and kind[1] in _SEQUENTIAL and content.get("registered_name") in (None, "Sequential"):
        plan = _sequential(content.get("config"))
    else:
        raise RefusalError(tr("it uses {name}, which is not on the list of known parts", name=abbreviated(kind[0])))
    return plan


class WeightPaths:
    """The paths at which Keras stores the weights of layers: by class, numbered from the second of a class on."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def next(self, class_name: str) -> str:
        """The path for the next layer, which is of that class."""
        plain = re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", class_name)).lower()
        number = self._used.get(plain, 0)
        self._used[plain] = number + 1
        return f"layers/{plain}_{number}/vars" if number else f"layers/{plain}/vars"


class _Builder:
    """Collects checked layers and sums up their footprints."""

    def __init__(self, count: int) -> None:
        if count > MAX_LAYERS:
            raise RefusalError(tr("it has more than {limit} layers", limit=MAX_LAYERS))
        self.layers: dict[str, LayerPlan] = {}
        self._weight_paths = WeightPaths()
        self._n_inputs = self._parameters = self._multiply_adds = self._values = 0

    def add(self, table: Mapping[str, Any], inputs: tuple[str, ...] | None) -> LayerPlan:
        """Check a layer's table; `inputs` of None means the layer before."""
        name, class_name, settings = _read_layer(table)
        if name in self.layers:
            raise RefusalError(tr("a layer has the unusual name {name}", name=name))
        if (class_name == "InputLayer") != (not self.layers):
            raise RefusalError(tr("it has not exactly one input and one output"))
        if class_name == "InputLayer":
            inputs = ()
            batch, *shape = settings.pop("batch_shape")
            if batch is not None or None in shape:
                raise RefusalError(tr("its layers do not fit one another"))
            made = LayerFootprint(tuple(shape), values=_count(shape))
        else:
            if inputs is None:
                inputs = (next(reversed(self.layers)),)
            self._n_inputs += len(inputs)
            self._limit(name, self._n_inputs, MAX_INPUTS, tr("inputs"))
            made = footprint_of(class_name, settings, [self._output_of(before) for before in inputs])
            if class_name == "Reshape":
                settings["target_shape"] = made.output
        self._count(name, made)
        plan = LayerPlan(name, class_name, settings, inputs, made, self._weight_paths.next(class_name))
        self.layers[name] = plan
        return plan

    def _output_of(self, before: str) -> Shape:
        if before not in self.layers:
            raise RefusalError(tr("a layer of it has an unusual input"))
        return self.layers[before].footprint.output

    def _count(self, name: str, made: LayerFootprint) -> None:
        self._parameters += sum(_count(shape) for shape in made.weights)
        self._multiply_adds += made.multiply_adds
        self._values += made.values
        self._limit(name, self._parameters, MAX_PARAMETERS, tr("weights"))
        self._limit(name, self._multiply_adds, MAX_MULTIPLY_ADDS, tr("calculations for a patch"))
        self._limit(name, self._values, MAX_VALUES, tr("values in memory for a patch"))

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
    checks = {"name": layer_name, "layers": _tables, "input_layers": _end, "output_layers": _end}
    settings = checked_settings(config, checks, {"trainable": boolean, "dtype": dtype})
    builder = _Builder(len(settings["layers"]))
    for table in settings["layers"]:
        builder.add(table, _inputs(table.get("inbound_nodes"), table.get("class_name")))
    plans = tuple(builder.layers.values())
    if settings["input_layers"] != plans[0].name or settings["output_layers"] not in builder.layers:
        raise RefusalError(tr("it has not exactly one input and one output"))
    return NetworkPlan(settings["name"], plans, settings["output_layers"])


def _sequential(config: Any) -> NetworkPlan:
    # `build_input_shape` repeats the shape of the input layer.
    ignored = {"trainable": boolean, "dtype": dtype, "build_input_shape": lambda _: None}
    settings = checked_settings(config, {"name": layer_name, "layers": _tables}, ignored)
    builder = _Builder(len(settings["layers"]))
    for table in settings["layers"]:
        if "inbound_nodes" in table:
            raise RefusalError(tr("a layer of it has an unusual input"))
        builder.add(table, None)
    plans = tuple(builder.layers.values())
    return NetworkPlan(settings["name"], plans, plans[-1].name)


def _tables(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not value or not all(isinstance(table, dict) for table in value):
        raise RefusalError(tr("it has not exactly one input and one output"))
    return value


def _end(value: Any) -> str:
    """The name of the one input or output, ``["name", 0, 0]``, alone or in a list."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, list) or len(value) != 3 or not _is_zero(value[1]) or not _is_zero(value[2]):
        raise RefusalError(tr("it has not exactly one input and one output"))
    return layer_name(value[0])


def _is_zero(value: Any) -> bool:
    return type(value) is int and value == 0


def _read_layer(table: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The name, class and checked settings of a layer's table."""
    known = {"module", "class_name", "config", "registered_name", "name", "inbound_nodes", "build_config"}
    if not set(table) <= known:
        raise RefusalError(tr("it has the unknown setting {name}", name=abbreviated(min(set(table) - known))))
    class_name = table.get("class_name")
    kind = LAYER_KINDS.get(class_name) if isinstance(class_name, str) else None
    if kind is None or not isinstance(class_name, str) or not _is_registered(table, class_name, kind):
        raise RefusalError(tr("it uses {name}, which is not on the list of known parts", name=abbreviated(class_name)))
    settings = checked_settings(table.get("config"), {"name": layer_name, **kind.settings}, {**COMMON, **kind.ignored})
    own_name: str = settings.pop("name")
    if table.get("name", own_name) != own_name:
        raise RefusalError(tr("a layer has the unusual name {name}", name=abbreviated(table["name"])))
    return own_name, class_name, settings


def _is_registered(table: Mapping[str, Any], class_name: str, kind: LayerKind) -> bool:
    if table.get("module") != kind.module:
        return False
    registered = table.get("registered_name")
    if kind.module == KERAS_LAYERS:
        return registered is None or registered == class_name
    return bool(registered == f"{kind.package}>{class_name}")


def _inputs(nodes: Any, class_name: Any) -> tuple[str, ...]:
    """Names of the layers whose outputs are a layer's inputs."""
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
        yield layer_name(history[0])
