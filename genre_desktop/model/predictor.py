"""A loaded network, ready to score patches."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import BundleUnreadableError, GenreDesktopError, ModelInputError, ModelOutputError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.checks import CheckedNetwork, read_checked, verdicts
from genre_desktop.model.checks.building import build_network
from genre_desktop.model.keras_backend import load_backend

MAX_BATCH = 64
"""Patches scored in one call, nearly three minutes of sound: larger batches are no faster and cost memory, which
`genre_desktop.model.checks.network.MAX_VALUES` bounds."""

_log = logging.getLogger(__name__)


class Predictor:
    """The network of a bundle. Load it once, use it from any thread.

    Parameters
    ----------
    bundle : ModelBundle
    forward : callable
        Takes patches float32 [n, n_frames, n_mels], gives float32 [n, n_genres + n_features]:
        the probabilities, and beside them the outputs of the bundle's feature layer, if it
        names one.
    """

    def __init__(self, bundle: ModelBundle, forward: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
        self.bundle = bundle
        self._forward = forward
        # One batch at a time: the network uses every core by itself.
        self._lock = threading.Lock()

    @classmethod
    def load(cls, bundle: ModelBundle) -> Predictor:
        """Load the network of a bundle and run it once, so that the first track is quick.

        One that is not known to be good is checked and tried in a process of its own first
        (`genre_desktop.model.checks`), which takes seconds.

        Raises
        ------
        BundleHashError
            Where the weights are not those of the card.
        BundleRefusedError, TrialError, BundleUnreadableError
            Where the network is none that this program runs.
        ModelInputError
            Where the network does not fit the card's features or labels.
        """
        return cls._build(bundle, _proven(bundle))

    @classmethod
    def _build(cls, bundle: ModelBundle, checked: CheckedNetwork) -> Predictor:
        model = _built(bundle, checked)
        expected = (bundle.config.patch_frames, bundle.config.n_mels)
        with _keras_errors(bundle):
            forward = _compile_forward(_with_features(bundle, model))
            predictor = cls(bundle, forward)
            rows = predictor.rows(np.zeros((1, *expected), np.float32))
        _require_features(bundle, rows.shape[1] - len(bundle.labels))
        return predictor

    def score(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities of every genre for each patch; see `examine`."""
        return self.examine(patches)[0]

    def examine(self, patches: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities and features of each patch.

        Parameters
        ----------
        patches : ndarray of float32 [shape=(n, patch_frames, n_mels)]
            Scaled as the bundle's features say.

        Returns
        -------
        probabilities : ndarray of float32 [shape=(n, n_genres)]
        features : ndarray of float32 [shape=(n, n_features)]
            Without columns where the bundle names no feature layer.

        Raises
        ------
        ModelInputError
        ModelOutputError
            Where one of them is no number: there is no telling what a comparison with it gives.
        """
        rows, n_genres = require_numbers(self.bundle, self.rows(patches)), len(self.bundle.labels)
        return rows[:, :n_genres], rows[:, n_genres:]

    def rows(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        """What `examine` takes apart, as the network gives it [shape=(n, n_genres + n_features)].

        Raises
        ------
        ModelInputError
        """
        config = self.bundle.config
        if patches.ndim != 3 or patches.shape[1:] != (config.patch_frames, config.n_mels):
            raise ModelInputError(
                name=self.bundle.name,
                expected=f"patches [n, {config.patch_frames}, {config.n_mels}]",
                received=str(list(patches.shape)),
            )
        with self._lock:
            parts = [self._forward(patches[i : i + MAX_BATCH]) for i in range(0, len(patches), MAX_BATCH)]
        return np.concatenate(parts) if parts else np.hstack(self.no_scores())

    def no_scores(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What `examine` gives for no patches."""
        gate, tags = self.bundle.gate, self.bundle.tags
        n_features = gate.n_features if gate is not None else 0 if tags is None else len(tags.names)
        return np.empty((0, len(self.bundle.labels)), np.float32), np.empty((0, n_features), np.float32)


def load_head(bundle: ModelBundle, *, n_tags: int) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """The part of a transfer model behind its tagger.

    Returns
    -------
    callable
        From probabilities of tags float32 [n, n_tags] to those of genres [n, n_genres].

    Raises
    ------
    ModelInputError
        Where the model takes no tags, or others.
    BundleHashError, BundleUnreadableError
    ModelOutputError
        By what is returned, as by `Predictor.examine`.
    """
    tag_layer = bundle.card.get("architecture", {}).get("tag_layer")
    if tag_layer is None:
        received = f"taggrams with {n_tags} tags"
        raise ModelInputError(name=bundle.name, expected="spectrograms or sound", received=received)
    model = load_network(bundle)
    import keras

    with _keras_errors(bundle):
        head = keras.Model(_output_of(bundle, model, tag_layer), model.output)
    if head.input_shape != (None, n_tags):
        raise ModelInputError(name=bundle.name, expected=f"{head.input_shape[1]} tags", received=f"{n_tags} tags")

    def score(tags: NDArray[np.float32]) -> NDArray[np.float32]:
        parts = [head.predict_on_batch(tags[i : i + MAX_BATCH]) for i in range(0, len(tags), MAX_BATCH)]
        return require_numbers(bundle, np.concatenate(parts).astype(np.float32))

    return score


def require_numbers(bundle: ModelBundle, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows again, all values of which are finite.

    Raises
    ------
    ModelOutputError
    """
    if not np.isfinite(rows).all():
        raise ModelOutputError(name=bundle.name)
    return rows


def load_network(bundle: ModelBundle) -> Any:
    """The network of a bundle as Keras has it, checked as `Predictor.load` does.

    Raises
    ------
    BundleHashError, BundleRefusedError, TrialError, BundleUnreadableError, ModelInputError
    """
    return _built(bundle, _proven(bundle))


def require_safe(bundle: ModelBundle) -> None:
    """Check a bundle's network, and call it once in a guarded process unless it is known to be good.

    Raises
    ------
    ModelError
    """
    _proven(bundle)


def _proven(bundle: ModelBundle) -> CheckedNetwork:
    """The network of a bundle after `require_safe`, from the very bytes that were checked."""
    checked = read_checked(bundle)
    if not verdicts.is_known(bundle):
        from genre_desktop.model.checks.trial import run_trial

        run_trial(bundle, _score_unproven)
        verdicts.remember(bundle)
    return checked


def _score_unproven(bundle: ModelBundle) -> None:
    """What the guarded process of a trial calls: the memory that as many patches take as are ever scored at once."""
    predictor = Predictor._build(bundle, read_checked(bundle))
    config = bundle.config
    predictor.rows(np.zeros((MAX_BATCH, config.patch_frames, config.n_mels), np.float32))


def _built(bundle: ModelBundle, checked: CheckedNetwork) -> Any:
    load_backend()
    with _keras_errors(bundle):
        return build_network(checked.plan, checked.weights)


@contextmanager
def _keras_errors(bundle: ModelBundle) -> Iterator[None]:
    """What Keras and TensorFlow raise, of whatever kind, as an error of ours."""
    try:
        yield
    except GenreDesktopError:
        raise
    except Exception as error:
        _log.exception("Keras cannot build %s", bundle.path)
        reason = tr("Keras says: {error}", error=str(error)[:200])
        raise BundleUnreadableError(path=bundle.path, reason=reason) from error


def _with_features(bundle: ModelBundle, model: Any) -> Any:
    """The same network with the outputs of its feature layer beside the probabilities."""
    import keras

    if bundle.feature_layer is None:
        return model
    features = _output_of(bundle, model, bundle.feature_layer)
    if len(features.shape) != 2:
        received = f"a layer {bundle.feature_layer} with {list(features.shape[1:])}"
        raise ModelInputError(name=bundle.name, expected="features in one row a patch", received=received)
    return keras.Model(model.input, keras.layers.Concatenate(name="answer")([model.output, features]))


def _output_of(bundle: ModelBundle, model: Any, layer: str) -> Any:
    try:
        return model.get_layer(layer).output
    except ValueError as error:
        reason = f"it has no layer called {layer}"
        raise BundleUnreadableError(path=bundle.path, reason=reason) from error


def _require_features(bundle: ModelBundle, n_features: int) -> None:
    expected = {bundle.gate.n_features if bundle.gate else None, len(bundle.tags.names) if bundle.tags else None}
    if expected - {None, n_features}:
        received = f"a layer {bundle.feature_layer} with {n_features}"
        told = ", ".join(str(number) for number in sorted(expected - {None}))  # type: ignore[type-var]
        raise ModelInputError(name=bundle.name, expected=f"{told} features for its gate and tags", received=received)


def _compile_forward(model: Any) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """A direct call without the 60 ms that ``model.predict`` spends on each one."""
    import keras

    if keras.backend.backend() != "tensorflow":
        return lambda patches: keras.ops.convert_to_numpy(model(patches, training=False))

    import tensorflow as tf

    signature = [tf.TensorSpec((None, *model.input_shape[1:]), tf.float32)]
    # AutoGraph reads source code, which a packaged program does not carry; Keras needs none of it.
    graph = tf.function(lambda patches: model(patches, training=False), input_signature=signature, autograph=False)
    return lambda patches: np.asarray(graph(tf.constant(patches)))
