"""Checks of the settings of layers in a network's ``config.json``.

A `Check` takes a value of the JSON and returns the one that is passed to Keras. Only listed values pass: no function,
no object, no path.

`genre_desktop.model.bundles.json_schema` has similar checks for a model's card, which these do not share: there the
values are kept as they are and an error names the place in the document, here values are converted and an error is a
reason why the network is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.model.checks.refusal import RefusalError

Check = Callable[[Any], Any]

MAX_SIZE = 65_536
"""Of any one axis, kernel or number of units."""

ACTIVATIONS = frozenset(
    "linear relu relu6 leaky_relu elu selu gelu silu swish sigmoid hard_sigmoid tanh softplus softsign softmax".split()
)
INITIALIZERS = frozenset(
    "Zeros Ones Constant RandomNormal RandomUniform TruncatedNormal VarianceScaling GlorotNormal GlorotUniform "
    "HeNormal HeUniform LecunNormal LecunUniform".split()
)
REGULARIZERS = frozenset(("L1", "L2", "L1L2"))

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}", re.ASCII)


def layer_name(value: Any) -> str:
    """The name of a layer."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise RefusalError(tr("a layer has the unusual name {name}", name=abbreviated(value)))
    return value


def boolean(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise _unusable(value)
    return value


def one_of(*allowed: Any) -> Check:
    """One of a few plain values."""

    def check(value: Any) -> Any:
        # By type, too: to Python, True and 1.0 are equal to 1.
        if not any(type(value) is type(one) and value == one for one in allowed):
            raise _unusable(value)
        return value

    return check


def integer(low: int, high: int) -> Check:
    """A whole number within bounds."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise _unusable(value)
        return value

    return check


def number(low: float, high: float) -> Check:
    """A number within bounds."""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
            raise _unusable(value)
        return float(value)

    return check


def optional(check: Check) -> Check:
    """Null, or a value that another check accepts."""
    return lambda value: None if value is None else check(value)


def sizes(count: int, low: int = 1, high: int = MAX_SIZE) -> Check:
    """A list of `count` whole numbers, or one number for all of them."""
    one = integer(low, high)

    def check(value: Any) -> tuple[int, ...]:
        if isinstance(value, list) and len(value) == count:
            return tuple(one(size) for size in value)
        if isinstance(value, list):
            raise _unusable(value)
        return (one(value),) * count

    return check


def list_of(check: Check, least: int, most: int) -> Check:
    """A list of values, each of which another check accepts."""

    def check_all(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise _unusable(value)
        return tuple(check(one) for one in value)

    return check_all


def activation(value: Any) -> str:
    """The name of a known activation."""
    if not isinstance(value, str) or value not in ACTIVATIONS:
        raise RefusalError(tr("it uses the activation {name}", name=abbreviated(value)))
    return value


def dtype(value: Any) -> str:
    """The type of the numbers, float32: its name, or the object that Keras writes for it."""
    if isinstance(value, dict):
        value = _keras_object(value, "keras", frozenset(("DTypePolicy",))).get("name")
    if value != "float32" or not isinstance(value, str):
        raise RefusalError(tr("it calculates with other numbers than float32 ({name})", name=abbreviated(value)))
    return value


def initializer(value: Any) -> None:
    """How weights are initialised before a training: checked and dropped, since the weights are read."""
    if value is None or (isinstance(value, str) and value.replace("_", "").lower() in _PLAIN_INITIALIZERS):
        return
    for key, setting in _keras_object(value, "keras.initializers", INITIALIZERS).items():
        if key not in _INITIALIZER_SETTINGS or isinstance(setting, (list, dict)):
            raise _unusable(setting)


_PLAIN_INITIALIZERS = frozenset(known.lower() for known in INITIALIZERS)
_INITIALIZER_SETTINGS = frozenset(
    "seed input_axes output_axes value mean stddev minval maxval scale mode distribution".split()
)


def regularizer(value: Any) -> None:
    """What is added to the loss in a training: checked and dropped."""
    if value is not None:
        for setting in _keras_object(value, "keras.regularizers", REGULARIZERS).values():
            number(0.0, 1e6)(setting)


def _keras_object(value: Any, module: str, classes: frozenset[str]) -> Mapping[str, Any]:
    """The settings of an object of one of some classes of Keras."""
    known = {"module", "class_name", "config", "registered_name", "shared_object_id"}
    if not isinstance(value, dict) or not set(value) <= known:
        raise _unusable(value)
    class_name, config = value.get("class_name"), value.get("config")
    if (
        value.get("module") != module
        or not isinstance(class_name, str)
        or class_name not in classes
        or value.get("registered_name") not in (None, class_name)
        or not isinstance(config, dict)
    ):
        raise RefusalError(tr("it uses {name}, which is not on the list of known parts", name=abbreviated(class_name)))
    return config


def checked_settings(config: Any, checks: Mapping[str, Check], ignored: Mapping[str, Check]) -> dict[str, Any]:
    """The checked values of a configuration that has all keys of `checks`, perhaps some of `ignored`, and no others."""
    if not isinstance(config, dict):
        raise RefusalError(tr("it lacks the setting {name}", name="config"))
    unknown = set(config) - set(checks) - set(ignored)
    if unknown:
        raise RefusalError(tr("it has the unknown setting {name}", name=abbreviated(min(unknown))))
    missing = set(checks) - set(config)
    if missing:
        raise RefusalError(tr("it lacks the setting {name}", name=min(missing)))
    for key, check in ignored.items():
        if key in config:
            _checked(key, check, config[key])
    return {key: _checked(key, check, config[key]) for key, check in checks.items()}


def _checked(key: str, check: Check, value: Any) -> Any:
    try:
        return check(value)
    except _UnusableError as error:
        raise RefusalError(tr("its setting {name} cannot be {value}", name=key, value=error.value)) from error


class _UnusableError(RefusalError):
    """A value is refused; `checked_settings` adds the name of its key."""

    def __init__(self, value: object) -> None:
        self.value = abbreviated(value)
        super().__init__(self.value)


def _unusable(value: object) -> RefusalError:
    return _UnusableError(value)


def abbreviated(value: object) -> str:
    """A value from a stranger in at most 60 characters, for a sentence."""
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**15:
        return "10^15"
    return ascii(value)[:60]
