"""What one file on the command line takes, from the start of the program to its end: time, processor time, memory.

Run with ``pytest tests/benchmarks/bench_command_line.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import locations

REPOSITORY = Path(__file__).resolve().parents[2]

_RUN = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "genre_desktop", "classify", "--no-cache", *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.2f} s of processor time, the largest process {used.ru_maxrss / 1024:.0f} MB")
sys.exit(done.returncode)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="resource usage of POSIX")
def test_one_file(benchmark: Any, report: Any, tmp_path: Path) -> None:
    clip = next(locations.demo_clips().glob("*.ogg"))
    environment = {**os.environ, "GENRE_DESKTOP_HOME": str(tmp_path)}
    lines: list[str] = []

    def classify() -> None:
        command = [sys.executable, "-c", _RUN, str(clip)]
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
        lines.append(done.stdout.strip().splitlines()[-1])

    benchmark.pedantic(classify, rounds=5, warmup_rounds=1)
    report(f"one file: {benchmark.stats['median']:.2f} s (median)")
    for line in lines:
        report(line)
