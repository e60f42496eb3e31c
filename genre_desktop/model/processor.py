"""How networks are computed on this processor: by NumPy or by TensorFlow with or without oneDNN, and how quickly."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass

import numpy as np

from genre_desktop.core.i18n import tr
from genre_desktop.model.predictor import Predictor

_X86 = ("x86_64", "AMD64")
_NO_AVX2, _AVX2, _AVX512 = _LEVELS = ("no AVX2", "AVX2", "AVX-512")
_ROUNDS = 9


@dataclass(frozen=True)
class ProcessorPath:
    """The library and the instructions with which TensorFlow computes networks.

    Attributes
    ----------
    onednn : bool
        Whether oneDNN is used, which the package switches on (``genre_desktop/__init__.py``).
    instructions : str
        "AVX-512", "AVX2" or "no AVX2"; elsewhere than on x86-64 the kind of processor.
    """

    onednn: bool
    instructions: str

    def __str__(self) -> str:
        return f"{self.instructions}, oneDNN {'on' if self.onednn else 'off'}"


def library_of(predictor: Predictor) -> str:
    """What computes a network here, in words; TensorFlow is not imported for it."""
    if predictor.numpy_network is not None:
        return tr("NumPy on one processor")
    return str(processor_path())


def processor_path() -> ProcessorPath:
    """What TensorFlow uses in this process; call it once the backend is loaded."""
    return ProcessorPath(_has_onednn(), instructions())


def instructions() -> str:
    """The widest instructions that oneDNN may use: those of the processor, or fewer by its environment variable."""
    machine = platform.machine()
    if machine not in _X86:
        return machine
    # NumPy detects them on every system. It names groups of instructions, since 2.4 by the levels of x86-64.
    simd = np.show_config(mode="dicts")["SIMD Extensions"]  # type: ignore[index, call-overload, unused-ignore]
    names = {*simd.get("baseline", ()), *simd.get("found", ())}
    own = _AVX512 if names & {"AVX512_SKX", "X86_V4"} else _AVX2 if names & {"AVX2", "X86_V3"} else _NO_AVX2
    return min(own, _allowed(), key=_LEVELS.index)


def _allowed() -> str:
    most = (os.environ.get("ONEDNN_MAX_CPU_ISA") or os.environ.get("DNNL_MAX_CPU_ISA") or "").upper()
    return _NO_AVX2 if most in ("SSE41", "AVX") else _AVX2 if most.startswith("AVX2") else _AVX512


def _has_onednn() -> bool:
    if "tensorflow" not in sys.modules:  # another backend of Keras
        return False
    try:
        # There is no public function. TensorFlow itself uses this one, which includes its own choice.
        from tensorflow.python.util._pywrap_util_port import IsMklEnabled
    except ImportError:
        return False
    return bool(IsMklEnabled())


def milliseconds_a_patch(predictor: Predictor, batch: int) -> float:
    """Median time of the network for one patch of a batch, after it has been warmed up."""
    patches = np.random.default_rng(0).random((batch, *predictor.bundle.config.input_shape), np.float32)
    took_s = []
    for _ in range(_ROUNDS + 2):
        began = time.perf_counter()
        predictor.score(patches)
        took_s.append(time.perf_counter() - began)
    return 1_000 * statistics.median(took_s[2:]) / batch
