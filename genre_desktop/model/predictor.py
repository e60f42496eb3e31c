"""The predictor: the network of a bundle, loaded and ready to score patches."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import (
    BundleUnreadableError,
    GenreDesktopError,
    ModelInputError,
    ModelMemoryError,
    ModelOutputError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.checks.checked_network import CheckedNetwork, read_checked
from genre_desktop.model.checks.network_builder import build_network
from genre_desktop.model.inference.agreement import agrees
from genre_desktop.model.inference.numpy_network import NumpyNetwork
from genre_desktop.model.inference.operations import UnknownLayerError
from genre_desktop.model.keras_backend import load_backend

MAX_BATCH = 32
"""Patches scored in one call, most of a minute of sound: larger batches are no faster and need more memory, which
`genre_desktop.model.checks.network_plan.MAX_VALUES` bounds."""

_log = logging.getLogger(__name__)


class Predictor:
    """The network of a bundle, loaded once and used on any thread.

    Parameters
    ----------
    bundle : ModelBundle
    forward : callable
        From patches float32 [n, *config.input_shape] to float32 [n, n_genres + n_features]: the
        probabilities, and after them the outputs of the bundle's feature layers, if it has any.
    """

    def __init__(self, bundle: ModelBundle, forward: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
        self.bundle = bundle
        self._forward = forward
        # One batch at a time: the network uses every core by itself.
        self._lock = threading.Lock()

    @property
    def numpy_network(self) -> NumpyNetwork | None:
        """The network where NumPy computes it; it can be sent to other processes. None where Keras computes it."""
        return self._forward if isinstance(self._forward, NumpyNetwork) else None

    @classmethod
    def load(cls, bundle: ModelBundle) -> Predictor:
        """Load the network of a bundle, without TensorFlow where NumPy computes what Keras does.

        The network is checked; unless it is recorded as good, it is first tried in a process of its own, and what
        NumPy computes is compared there (`genre_desktop.model.checks`), which takes seconds.

        Raises
        ------
        BundleHashError
            Where the weights are not those of the card.
        BundleRefusedError, TrialError, BundleUnreadableError
            Where the network is refused by the checks, or Keras cannot build it.
        ModelInputError
            Where the network does not fit the card's features or labels.
        """
        checked = _checked_and_tried(bundle)
        if passed_trials.numpy_agrees(bundle):
            predictor = cls(bundle, NumpyNetwork(checked, _feature_layers(bundle, checked)))
            predictor._call_once()
            return predictor
        _log.warning("NumPy does not give what Keras gives for %s: Keras computes it", bundle.path)
        return cls._build(bundle, checked)

    @classmethod
    def load_keras(cls, bundle: ModelBundle) -> Predictor:
        """Load the network of a bundle with Keras, the reference, and call it once, so that the first track is quick.

        It is checked and tried as in `load`.

        Raises
        ------
        BundleHashError, BundleRefusedError, TrialError, BundleUnreadableError, ModelInputError
        """
        return cls._build(bundle, _checked_and_tried(bundle))

    @classmethod
    def _build(cls, bundle: ModelBundle, checked: CheckedNetwork) -> Predictor:
        model = _build_model(bundle, checked)
        with _keras_errors(bundle):
            predictor = cls(bundle, _compile_forward(_with_features(bundle, model)))
            predictor._call_once()
        return predictor

    def _call_once(self) -> None:
        outputs = self.outputs(np.zeros((1, *self.bundle.config.input_shape), np.float32))
        n_features = outputs.shape[1] - len(self.bundle.labels)
        _require_features(self.bundle, n_features)
        styles = self.bundle.styles
        if styles is not None and styles.n_features > n_features:
            needed = f"{styles.n_features} features for its styles"
            raise ModelInputError(name=self.bundle.name, expected=needed, received=f"{n_features} features")

    def score(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of every genre for each patch; see `predict`."""
        return self.predict(patches)[0]

    def predict(self, patches: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities and features of each patch.

        Parameters
        ----------
        patches : ndarray of float32 [shape=(n, *config.input_shape)]
            Made by `genre_desktop.audio.features.patches.network_input`.

        Returns
        -------
        probabilities : ndarray of float32 [shape=(n, n_genres)]
        features : ndarray of float32 [shape=(n, n_features)]
            Without columns where the bundle names no feature layer.

        Raises
        ------
        ModelInputError
        ModelOutputError
            Where one of them is not finite.
        """
        outputs, n_genres = require_finite(self.bundle, self.outputs(patches)), len(self.bundle.labels)
        return outputs[:, :n_genres], outputs[:, n_genres:]

    def outputs(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        """The outputs of the network, probabilities and features side by side [shape=(n, n_genres + n_features)].

        Raises
        ------
        ModelInputError
        """
        expected = self.bundle.config.input_shape
        if patches.shape[1:] != expected:
            raise ModelInputError(
                name=self.bundle.name,
                expected=f"patches [n, {', '.join(map(str, expected))}]",
                received=str(list(patches.shape)),
            )
        with self._lock:
            parts = [self._forward(patches[i : i + MAX_BATCH]) for i in range(0, len(patches), MAX_BATCH)]
        return np.concatenate(parts) if parts else np.hstack(self.empty_scores())

    def empty_scores(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What `predict` returns for no patches."""
        gate, n_features = self.bundle.gate, len(self.bundle.columns)
        n_features = n_features or (gate.n_features if gate is not None else 0)
        return np.empty((0, len(self.bundle.labels)), np.float32), np.empty((0, n_features), np.float32)


def load_head(bundle: ModelBundle, *, n_tags: int) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """The head of a transfer model: the part of the network after its tagger.

    A second network in it, which knows sounds and is not asked here, is neutral: each sound is as likely as not.

    Returns
    -------
    callable
        From probabilities of tags float32 [n, n_tags] to those of genres [n, n_genres].

    Raises
    ------
    ModelInputError
        Where the model has no such layer, or one for another number of tags.
    BundleHashError, BundleUnreadableError
    ModelOutputError
        Raised by the callable, as by `Predictor.predict`.
    """
    tag_layer = bundle.card.get("architecture", {}).get("tag_layer")
    if tag_layer is None:
        received = f"taggrams with {n_tags} tags"
        raise ModelInputError(name=bundle.name, expected="spectrograms or sound", received=received)
    model = load_network(bundle)
    import keras

    sound_layer = bundle.card["architecture"].get("sound_layer")
    names = [tag_layer] if sound_layer is None else [tag_layer, sound_layer]
    with _keras_errors(bundle):
        inputs = [_output_of(bundle, model, name) for name in names]
        head = keras.Model(inputs, model.output)
    if inputs[0].shape != (None, n_tags):
        raise ModelInputError(name=bundle.name, expected=f"{inputs[0].shape[1]} tags", received=f"{n_tags} tags")

    def score_batch(tags: NDArray[np.float32]) -> NDArray[np.float32]:
        neutral = [np.full((len(tags), *layer.shape[1:]), 0.5, np.float32) for layer in inputs[1:]]
        return np.asarray(head.predict_on_batch([tags, *neutral] if neutral else tags), np.float32)

    def score(tags: NDArray[np.float32]) -> NDArray[np.float32]:
        parts = [score_batch(tags[i : i + MAX_BATCH]) for i in range(0, len(tags), MAX_BATCH)]
        return require_finite(bundle, np.concatenate(parts))

    return score


def require_finite(bundle: ModelBundle, outputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """The outputs of a network, refused where a value is not finite.

    Raises
    ------
    ModelOutputError
    """
    if not np.isfinite(outputs).all():
        raise ModelOutputError(name=bundle.name)
    return outputs


def load_network(bundle: ModelBundle) -> Any:
    """Load the network of a bundle as a `keras.Model`, checked as in `Predictor.load`.

    Raises
    ------
    BundleHashError, BundleRefusedError, TrialError, BundleUnreadableError, ModelInputError
    """
    return _build_model(bundle, _checked_and_tried(bundle))


def require_safe(bundle: ModelBundle) -> None:
    """Check a bundle's network, and try it in a process of its own unless it is recorded as good.

    Raises
    ------
    ModelError
    """
    _checked_and_tried(bundle)


def _checked_and_tried(bundle: ModelBundle) -> CheckedNetwork:
    """The network of a bundle after `require_safe`, read once: from the same bytes that were checked."""
    checked = read_checked(bundle)
    if not passed_trials.needs_no_trial(bundle):
        from genre_desktop.model.checks.trial import run_trial

        passed_trials.record(bundle, numpy_agrees=run_trial(bundle, _score_in_trial))
    return checked


def _score_in_trial(bundle: ModelBundle) -> bool:
    """Load a network and score a full batch, which needs the most memory; called in the process of a trial."""
    checked = read_checked(bundle)
    predictor = Predictor._build(bundle, checked)
    predictor.outputs(np.zeros((MAX_BATCH, *bundle.config.input_shape), np.float32))
    return _numpy_agrees(predictor, checked)


def numpy_agrees(bundle: ModelBundle) -> bool:
    """Whether NumPy computes what Keras does, for a bundle that this program has just made.

    Raises
    ------
    BundleHashError, BundleRefusedError, BundleUnreadableError, ModelInputError
    """
    checked = read_checked(bundle)
    return _numpy_agrees(Predictor._build(bundle, checked), checked)


def _numpy_agrees(keras_predictor: Predictor, checked: CheckedNetwork) -> bool:
    bundle = keras_predictor.bundle
    try:
        network = NumpyNetwork(checked, _feature_layers(bundle, checked))
    except UnknownLayerError as error:
        _log.warning("NumPy cannot compute a layer of %s: %s", bundle.path, error)
        return False
    return agrees(network, keras_predictor.outputs, bundle.config.input_shape)


def _feature_layers(bundle: ModelBundle, checked: CheckedNetwork) -> tuple[str, ...]:
    """The feature layers that the card names, which another card of the same network may do wrongly."""
    shapes = {layer.name: layer.footprint.output for layer in checked.plan.layers}
    for name in bundle.feature_layers:
        if name not in shapes:
            raise BundleUnreadableError(path=bundle.path, reason=f"it has no layer called {name}")
        if len(shapes[name]) != 1:
            received = f"a layer {name} with {list(shapes[name])}"
            raise ModelInputError(name=bundle.name, expected="features in one row a patch", received=received)
    return bundle.feature_layers


def _build_model(bundle: ModelBundle, checked: CheckedNetwork) -> Any:
    load_backend()
    with _keras_errors(bundle):
        return build_network(checked.plan, checked.weights)


@contextmanager
def _keras_errors(bundle: ModelBundle) -> Iterator[None]:
    """Raise exceptions of Keras and TensorFlow, whatever their type, as a `ModelError`."""
    try:
        yield
    except GenreDesktopError:
        raise
    except MemoryError as error:
        raise ModelMemoryError(name=bundle.name) from error
    except Exception as error:
        _log.exception("Keras cannot build %s", bundle.path)
        reason = tr("Keras says: {error}", error=str(error)[:200])
        raise BundleUnreadableError(path=bundle.path, reason=reason) from error


def _with_features(bundle: ModelBundle, model: Any) -> Any:
    """A network with the outputs of its feature layers after the probabilities."""
    import keras

    if not bundle.feature_layers:
        return model
    features = [_output_of(bundle, model, name) for name in bundle.feature_layers]
    for name, output in zip(bundle.feature_layers, features, strict=True):
        if len(output.shape) != 2:
            received = f"a layer {name} with {list(output.shape[1:])}"
            raise ModelInputError(name=bundle.name, expected="features in one row a patch", received=received)
    return keras.Model(model.input, keras.layers.Concatenate(name="answer")([model.output, *features]))


def _output_of(bundle: ModelBundle, model: Any, layer: str) -> Any:
    try:
        return model.get_layer(layer).output
    except ValueError as error:
        reason = f"it has no layer called {layer}"
        raise BundleUnreadableError(path=bundle.path, reason=reason) from error


def _require_features(bundle: ModelBundle, n_features: int) -> None:
    columns, n_tags = len(bundle.columns), len(bundle.tags.names) if bundle.tags else 0
    # The gate knows all features, or the tags alone.
    fits_gate = bundle.gate is None or bundle.gate.n_features in (n_tags, n_features)
    if (columns and columns != n_features) or not fits_gate:
        received = f"{', '.join(bundle.feature_layers)} with {n_features}"
        expected = {columns, bundle.gate.n_features if bundle.gate else 0} - {0}
        numbers = ", ".join(str(number) for number in sorted(expected))
        wanted = f"{numbers} features for its gates and tags"
        raise ModelInputError(name=bundle.name, expected=wanted, received=received)


def _compile_forward(model: Any) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """A function that calls a network directly, without the 60 ms that ``model.predict`` adds to each call."""
    import keras

    if keras.backend.backend() != "tensorflow":
        return lambda patches: keras.ops.convert_to_numpy(model(patches, training=False))

    import tensorflow as tf

    signature = [tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)]
    # AutoGraph reads source code, which a packaged program does not contain; Keras does not need it.
    graph = tf.function(lambda patches: model(patches, training=False), input_signature=signature, autograph=False)
    return lambda patches: np.asarray(graph(tf.constant(patches)))
