"""The default model with oneDNN and without, on this processor and held to lesser ones, in one run.

    pytest tests/benchmarks/bench_processor.py

A process each, asked by turns, so that whatever else the machine does meets both; the processor's own instructions
and, by ``ONEDNN_MAX_CPU_ISA``, those of ordinary and old ones.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.processor_child import ScoringProcess

MODELS = ("gtzan-musicnn", "gtzan-cnn")
HELD_TO = ("ALL", "AVX2", "AVX", "SSE41")
N_PATCHES = 16
"""As many as the engine scores at once."""

ROUNDS = 15


@pytest.mark.timeout(900)
@pytest.mark.parametrize("model", MODELS)
def test_with_onednn_and_without(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [f"\n{model}, {N_PATCHES} patches at a time: median (best) ms a patch of {ROUNDS}, by turns"]
    for most in HELD_TO:
        on, off = (
            ScoringProcess(model, N_PATCHES, TF_ENABLE_ONEDNN_OPTS=switch, ONEDNN_MAX_CPU_ISA=most) for switch in "10"
        )
        (path, scores), (plain_path, plain_scores) = on.answer(), off.answer()
        took = np.array([(on.time_ms(), off.time_ms()) for _ in range(ROUNDS + 2)])[2:]
        on.close()
        off.close()
        with_it, without = np.median(took, axis=0)
        best = took.min(axis=0)
        difference = np.abs(scores - plain_scores).max()
        lines.append(
            f"  held to {most:6s} oneDNN {with_it:6.2f} ({best[0]:6.2f})  without {without:6.2f} ({best[1]:6.2f})"
            f"  {without / with_it:5.1f} times as quick; answers differ by {difference:.0e}"
        )
        assert (path["onednn"], plain_path["onednn"]) == (True, False)
        assert difference < 1e-4
    with capsys.disabled():
        print("\n".join(lines))
