"""Run when the packaged program starts: stand-ins for two libraries that stay out of the folder.

numba: librosa decorates functions with its compilers, and it brings LLVM along: 190 MB, and up to half a minute of
compiling at the first call. What training calls of librosa (`training.datasets.augmentation`) is twice as quick
without. The compilers that change no meaning give the Python function itself; those that do,
refuse when they are called.

requests: TensorFlow imports it to ask a cloud's host whether it is about to be stopped, which nothing here does; it
brings along certificates and four libraries more.
"""

import sys
import types
from collections.abc import Callable
from typing import Any


def _as_it_is(*arguments: Any, **_options: Any) -> Any:
    """``@jit`` and ``@jit(...)``: the function itself."""
    if len(arguments) == 1 and callable(arguments[0]):
        return arguments[0]
    return lambda function: function


def _refused(*arguments: Any, **_options: Any) -> Any:
    """``@stencil``, ``@guvectorize(...)``: relative indices and output arguments mean nothing to plain Python."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*_arguments: Any, **_options: Any) -> Any:
            raise NotImplementedError(f"{function.__name__} needs numba, which the packaged program does not have")

        return call

    return decorate(arguments[0]) if len(arguments) == 1 and callable(arguments[0]) else decorate


def _elementwise(*arguments: Any, **options: Any) -> Any:
    """``@vectorize(...)``: librosa's two are arithmetic, which NumPy does on arrays as on numbers.

    A branch on an element would raise in NumPy, not give a wrong result.
    """
    return _as_it_is(*arguments, **options)


class _Numba(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name not in ("uint32", "int32", "float32", "float64", "complex64", "complex128"):
            raise AttributeError(name)
        import numpy as np  # not at every start

        return getattr(np, name)


def numba() -> types.ModuleType:
    """A module with the names that librosa uses."""
    module = _Numba("numba", __doc__)
    for name in ("jit", "njit"):
        setattr(module, name, _as_it_is)
    for name in ("stencil", "guvectorize"):
        setattr(module, name, _refused)
    module.vectorize = _elementwise  # type: ignore[attr-defined]
    return module


if getattr(sys, "frozen", False):
    sys.modules["numba"] = numba()
    sys.modules["requests"] = types.ModuleType("requests", __doc__)
