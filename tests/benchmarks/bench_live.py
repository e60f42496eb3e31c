"""Live mode with the shipped model at real speed: load, latency and memory over time.

``GENRE_DESKTOP_LIVE_SECONDS`` says how long (60; the half hour of the promise is 1800), ``GENRE_DESKTOP_LIVE_SOUND``
which file is played over and over (the demo clips otherwise). The window is not part of it: an answer counts as shown
when it is taken from the queue that the window looks at each frame. ``ONEDNN_MAX_CPU_ISA=AVX2`` holds it to the
instructions of an ordinary processor.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture.messages import InputBlock, InputEnded
from genre_desktop.core import locations
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.live.live_classifier import STEP_S
from genre_desktop.model.live.live_engine import Answered, LiveEngine
from genre_desktop.model.live.live_timeline import LiveTimeline
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.processor import library_of
from tests.support.sounds import load_audio

SECONDS = float(os.environ.get("GENRE_DESKTOP_LIVE_SECONDS", "60"))
MODEL = "gtzan-musicnn"
LATEST_S = 1.5
_WARM_S = 20.0
_FRAME_S = 0.016
RATE = 44_100


def _resident_mib() -> float:
    """Memory of this process and its children in MiB, from Linux's own books."""
    pages = 0
    own = os.getpid()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if own in (int(folder.name), parent):
                    pages += int((folder / "statm").read_text().split()[1])
            except OSError:
                continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _programme(target: Path) -> Path:
    parts = [load_audio(path, RATE).samples for path in sorted(locations.demo_clips().glob("*.ogg"))]
    soundfile.write(target, np.concatenate(parts), RATE)
    return target


@pytest.mark.timeout(SECONDS + 300)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_live_at_real_speed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = Path(os.environ.get("GENRE_DESKTOP_LIVE_SOUND") or _programme(tmp_path / "demo.wav"))
    engine = LiveEngine()
    bundle = find_bundle(MODEL)
    predictor = Predictor.load(bundle)
    engine.set_predictor(predictor)
    timeline = LiveTimeline(bundle.labels)
    latencies: list[float] = []
    factors: list[float] = []
    memory: list[tuple[float, float]] = []
    n_overflows, cpu = 0, time.process_time()
    began = time.monotonic()
    engine.listen(file=str(sound), repeats=10_000)
    try:
        while timeline.end_s < SECONDS:
            engine.wait(1.0)
            time.sleep(_FRAME_S)  # the window looks once a frame
            for event in engine.poll():
                assert not isinstance(event, InputEnded), event
                if isinstance(event, InputBlock):
                    n_overflows = event.block.n_overflows
                elif isinstance(event, Answered):
                    latencies.append(event.answer.age_s())
                    factors.append(event.real_time_factor or 0.0)
                    timeline.add(event.answer)
            passed_s = time.monotonic() - began
            if not memory or passed_s - memory[-1][0] >= 5.0:
                memory.append((passed_s, _resident_mib()))
    finally:
        engine.close()
    cpu = time.process_time() - cpu
    settled = np.array([row for row in memory if row[0] >= _WARM_S])
    slope = np.polyfit(settled[:, 0] / 60, settled[:, 1], 1)[0] if len(settled) > 2 else float("nan")
    p50, p95 = np.percentile(latencies, [50, 95])
    with capsys.disabled():
        print(
            f"\n{MODEL} ({library_of(predictor)}), {timeline.end_s:.0f} s of {sound.name}: {len(timeline)} answers, "
            f"sound lost {n_overflows}x"
            f"\n  real-time factor: median {np.median(factors):.3f}, worst {max(factors):.3f}"
            f"\n  latency: p50 {p50:.3f} s, p95 {p95:.3f} s, max {max(latencies):.3f} s"
            f"\n  memory: {settled[0, 1]:.0f} MiB after {_WARM_S:.0f} s, {settled[-1, 1]:.0f} MiB at the end, "
            f"{slope:+.2f} MiB a minute"
            f"\n  processor: {cpu / (time.monotonic() - began):.2f} of a core"
        )
    n_expected = round((timeline.end_s - 3.5) / STEP_S) + 1
    assert abs(len(timeline) - n_expected) <= 1
    assert n_overflows == 0
    assert max(latencies) < LATEST_S
