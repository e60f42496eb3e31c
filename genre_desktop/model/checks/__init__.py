"""The wall between a model from a stranger and Keras.

Nothing in a bundle is believed: see `genre_desktop.model.checks.archive`, `network`, `weights` and `trial`.
"""

from __future__ import annotations

from genre_desktop.model.bundle import ModelBundle, verify_weights


def check_network(bundle: ModelBundle) -> None:
    """Check archive, network and weights of a bundle without building anything of it.

    Raises
    ------
    ModelError
    """
    verify_weights(bundle)


def require_safe(bundle: ModelBundle) -> None:
    """`check_network`, and one call of the network in a guarded process unless it is known to be good.

    Raises
    ------
    ModelError
    """
    check_network(bundle)
