"""The import contract, and what the way to the window may not load."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HEAVY = set("tensorflow keras librosa numba matplotlib sounddevice scipy sklearn av mutagen wakepy".split())


def test_imports_point_one_way() -> None:
    # In a process of its own: it sets up logging for itself and silences ours.
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def _loaded_by(statement: str) -> set[str]:
    return {name.partition(".")[0] for name in _modules(statement)}


def _modules(statement: str) -> set[str]:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_window_opens_without_importing_its_dialogs() -> None:
    dialogs = "help.help_window help.help_content help.log_window help.about_dialog models.models_dialog".split()
    kinds = "general classification spectrogram sound storage".split()
    pages = ["settings.settings_dialog", *(f"settings.{kind}_page" for kind in kinds)]
    later = {f"genre_desktop.gui.{name}" for name in (*dialogs, *pages)} | {"importlib.metadata"}
    assert all(importlib.util.find_spec(name) for name in later)
    assert _modules("import genre_desktop.gui.startup.main, genre_desktop.gui.startup.single_instance") & later == set()


def test_the_window_opens_without_the_heavy_libraries() -> None:
    loaded = _loaded_by("import genre_desktop.gui.startup.main")
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()


def test_session_tracks_and_workers_load_no_widgets() -> None:
    # import-linter cannot forbid a part of PySide6.
    load = (
        "from importlib import import_module; from pkgutil import walk_packages; import genre_desktop.gui.session, "
        "genre_desktop.gui.tracks, genre_desktop.gui.workers; [import_module(module.name) for package in "
        "(genre_desktop.gui.session, genre_desktop.gui.tracks, genre_desktop.gui.workers) "
        "for module in walk_packages(package.__path__, package.__name__ + '.')]"
    )
    loaded = _modules(load)
    assert {"PySide6.QtCore", "genre_desktop.gui.session.store.store_client"} <= loaded
    assert "PySide6.QtWidgets" not in loaded


def test_the_command_line_answers_without_the_heavy_libraries() -> None:
    assert _loaded_by("import genre_desktop.cli") & (HEAVY | {"PySide6", "soundfile", "soxr"}) == set()


def test_the_entry_point_imports_neither_window_nor_command_line() -> None:
    assert _loaded_by("import genre_desktop.__main__") & (HEAVY | {"PySide6", "numpy", "argparse"}) == set()
