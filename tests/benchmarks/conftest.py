"""Every run of benchmarks says which processor path it measured: the figures mean nothing without.

``ONEDNN_MAX_CPU_ISA=AVX2`` holds a run to the instructions of an ordinary processor.
"""

from __future__ import annotations

import sys
from typing import Any

from genre_desktop.model.processor import instructions, processor_path


def pytest_terminal_summary(terminalreporter: Any) -> None:
    told = processor_path() if "tensorflow" in sys.modules else f"{instructions()}, no network in this process"
    terminalreporter.write_line(f"processor: {told}")
