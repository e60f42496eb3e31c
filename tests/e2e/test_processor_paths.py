"""The shipped models answer alike on processors of either kind, with oneDNN switched on by us."""

from __future__ import annotations

import platform

import numpy as np
import pytest

from tests.support.processor_child import ScoringProcess

pytestmark = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="elsewhere TensorFlow decides on oneDNN"
)


@pytest.mark.parametrize("model", ["gtzan-musicnn", "gtzan-cnn"])
def test_answers_are_equal_with_avx2_alone_and_without_onednn(model: str) -> None:
    kinds = {
        "as it comes": {},
        "AVX2 alone": {"ONEDNN_MAX_CPU_ISA": "AVX2"},
        "a person's choice": {"TF_ENABLE_ONEDNN_OPTS": "0"},
    }
    processes = {kind: ScoringProcess(model, 20, **variables) for kind, variables in kinds.items()}
    answers = {kind: process.answer() for kind, process in processes.items()}
    for process in processes.values():
        process.close()
    assert {kind: path["onednn"] for kind, (path, _) in answers.items()} == {
        "as it comes": True,
        "AVX2 alone": True,
        "a person's choice": False,
    }
    assert answers["AVX2 alone"][0]["instructions"] != "AVX-512"
    scores = answers["as it comes"][1]
    assert len(scores) == 20 and np.ptp(scores) > 0.5, "they say something"
    for kind, (_, others) in answers.items():
        np.testing.assert_allclose(others, scores, rtol=0, atol=1e-4, err_msg=kind)
