"""The processor path that a run measured, which its figures mean nothing without; fixtures of the window.

``ONEDNN_MAX_CPU_ISA=AVX2`` holds a run to the instructions of an ordinary processor.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from genre_desktop.model.processor import instructions, processor_path

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow
    from genre_desktop.gui.session.services import Services


def pytest_terminal_summary(terminalreporter: Any) -> None:
    path = processor_path() if "tensorflow" in sys.modules else f"{instructions()}, no TensorFlow in this process"
    terminalreporter.write_line(f"processor: {path}")


@pytest.fixture
def report(benchmark: Any, capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a measured figure, and keeps it with the benchmark."""

    def print_report(text: str) -> None:
        benchmark.extra_info["report"] = text
        with capsys.disabled():
            print(f"\n    {text}")

    return print_report


# Qt and the window are imported by the benchmarks that need them only.


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.benchmarks.support.benchmark_window import write_song

    return write_song(tmp_path_factory.mktemp("song"))


@pytest.fixture(scope="module")
def services() -> Services:
    from tests.benchmarks.support.benchmark_window import load_services

    return load_services()


@pytest.fixture
def window(qapp: Any, services: Services) -> Iterator[MainWindow]:
    from tests.benchmarks.support.benchmark_window import open_window

    with open_window(qapp, services) as window:
        yield window
