"""A process that scores patches of the demo clips: the path, the scores, then a time for each line that it reads.

    python -m tests.support.processor_child MODEL N_PATCHES

How TensorFlow computes is decided once a process, so to compare takes two.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[2]
VARIABLES = ("TF_ENABLE_ONEDNN_OPTS", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA")


def main(model: str, n_patches: int) -> None:
    from genre_desktop.audio.features.feature_stream import patches_of
    from genre_desktop.audio.features.patches import network_input
    from genre_desktop.core import locations
    from genre_desktop.model.bundles.catalogue import find_bundle
    from genre_desktop.model.predictor import Predictor
    from genre_desktop.model.processor import processor_path
    from tests.support.sounds import load_audio

    predictor = Predictor.load_keras(find_bundle(model))
    config = predictor.bundle.config
    clips = sorted(locations.demo_clips().glob("*.ogg"))
    samples = np.concatenate([load_audio(clip, config.sample_rate).samples for clip in clips])
    patches = network_input(patches_of(samples, config), config)[:n_patches]
    scores = predictor.score(patches)
    print(json.dumps({"path": vars(processor_path()), "scores": scores.tolist()}), flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        predictor.score(patches)
        print(1_000 * (time.perf_counter() - began) / len(patches), flush=True)


class ScoringProcess:
    """Such a process, with these variables and none of the others that decide how TensorFlow computes."""

    def __init__(self, model: str, n_patches: int, **variables: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.processor_child", model, str(n_patches)],
            cwd=REPOSITORY,
            env={**inherited, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self) -> tuple[dict[str, Any], np.ndarray]:
        """What it computes with, and the scores; once."""
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        return said["path"], np.array(said["scores"])

    def time_ms(self) -> float:
        """Milliseconds for one of its patches, scored now."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
