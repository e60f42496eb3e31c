from __future__ import annotations

import platform
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from genre_desktop.model import processor
from genre_desktop.model.processor import ProcessorPath, instructions, milliseconds_a_patch, processor_path


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A processor of that kind, as NumPy tells of it."""

    def make(kind: str, *found: str) -> None:
        monkeypatch.setattr(platform, "machine", lambda: kind)
        simd = {"SIMD Extensions": {"baseline": ["SSE", "SSE2"], "found": list(found)}}
        monkeypatch.setattr(np, "show_config", lambda mode: simd)

    for name in ("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"):
        monkeypatch.delenv(name, raising=False)
    return make


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (["SSE41", "AVX", "FMA3"], "no AVX2"),
        (["AVX", "FMA3", "AVX2"], "AVX2"),
        (["X86_V3"], "AVX2"),
        (["AVX2", "AVX512F"], "AVX2"),  # of a Knights Landing: half of AVX-512, which oneDNN does not use
        (["AVX2", "AVX512F", "AVX512_SKX"], "AVX-512"),
        (["X86_V3", "X86_V4"], "AVX-512"),
    ],
)
def test_instructions_of_the_processor(machine: Any, found: list[str], told: str) -> None:
    machine("x86_64", *found)
    assert instructions() == told


@pytest.mark.parametrize(
    ("most", "told"),
    [("AVX2", "AVX2"), ("avx2_vnni", "AVX2"), ("AVX", "no AVX2"), ("ALL", "AVX-512"), ("AVX512_CORE", "AVX-512")],
)
def test_onednn_may_be_held_to_fewer(machine: Any, monkeypatch: pytest.MonkeyPatch, most: str, told: str) -> None:
    machine("AMD64", "X86_V3", "X86_V4")
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", most)
    assert instructions() == told
    machine("AMD64", "X86_V3")
    assert instructions() == min(told, "AVX2", key=["no AVX2", "AVX2", "AVX-512"].index), "never to more"


def test_other_processors_are_named(machine: Any) -> None:
    machine("arm64", "ASIMD")
    assert instructions() == "arm64"


def test_no_onednn_without_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    assert not processor_path().onednn
    assert "tensorflow" not in sys.modules
    assert str(ProcessorPath(False, "AVX2")) == "AVX2, oneDNN off"


def test_the_time_is_the_median_after_warming_up(monkeypatch: pytest.MonkeyPatch) -> None:
    took_s = iter([9.0, 8.0, *[0.16] * 6, 0.01, 3.0, 5.0])
    clock = [0.0]

    def score(patches: np.ndarray) -> None:
        assert patches.shape == (16, 32, 8) and patches.dtype == np.float32
        clock[0] += next(took_s)

    bundle = SimpleNamespace(config=SimpleNamespace(input_shape=(32, 8)))
    monkeypatch.setattr(processor.time, "perf_counter", lambda: clock[0])
    assert milliseconds_a_patch(SimpleNamespace(bundle=bundle, score=score), 16) == pytest.approx(10.0)  # type: ignore[arg-type]
