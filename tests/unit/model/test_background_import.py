from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from genre_desktop.model.background_import import collector_paused, link


def test_the_collector_is_paused_and_resumed() -> None:
    frozen = gc.get_freeze_count()
    with collector_paused():
        assert not gc.isenabled()
        kept = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= frozen + len(kept)
    gc.unfreeze()


def test_the_collector_is_resumed_after_an_error_and_only_if_it_was_enabled() -> None:
    with pytest.raises(ValueError), collector_paused():
        raise ValueError
    assert gc.isenabled()
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()


def test_a_missing_library_is_left_to_the_import() -> None:
    assert link("no_such_package_at_all", "*") == []
    assert link("email", "lib*.so") == []


@pytest.mark.skipif(sys.platform != "linux", reason="names of the libraries")
def test_tensorflows_libraries_are_linked_before_its_import() -> None:
    code = (
        "import sys; from genre_desktop.model.background_import import link;"
        "print(link('tensorflow', 'libtensorflow_framework*', 'libtensorflow_cc*'), 'tensorflow' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "['libtensorflow_framework.so.2', 'libtensorflow_cc.so.2'] False"
