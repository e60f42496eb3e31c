"""The options of ``genre-desktop classify``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.commands import classify
from genre_desktop.core.settings import ProcessingSettings, Settings, save_settings
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT

Run = Callable[..., tuple[int, str, str]]


def test_options_may_stand_between_paths(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    status, out, _ = run(song, "--json", broken, "--jobs", 1, "--no-cache")
    assert status == 1 and len(out.splitlines()) == 2


def test_an_unknown_model(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    status, out, err = run(song, "--model", "nonesuch")
    assert (status, out) == (2, "")
    assert err.startswith("GD-201: ") and "nonesuch" in err and SHIPPED_DEFAULT in err


def test_no_model_at_all(run: Run, song: Path) -> None:
    status, out, err = run(song)
    assert (status, out) == (2, "") and err.startswith("GD-201: ")


def test_a_model_by_its_folder(
    run: Run, jazz_model: ModelBundle, make_bundle: Callable[..., ModelBundle], song: Path, tmp_path: Path
) -> None:
    make_bundle("mine", folder=tmp_path / "Modèle 日本")
    assert json.loads(run(song, "--json", "--model", tmp_path / "Modèle 日本")[1])["model"] == "mine"


@pytest.mark.parametrize(
    "words", [["--jobs", "0"], ["--jobs", "99"], ["--top", "x"], ["--json", "--csv", "x"], ["--nonesuch"], ["--seg"]]
)
def test_wrong_usage(run: Run, jazz_model: ModelBundle, words: list[str]) -> None:
    status, out, err = run("x.wav", *words)
    assert (status, out) == (2, "") and "usage: genre-desktop classify" in err


def test_interrupt(run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(classify.Engine, "classify", interrupted)
    assert run(song)[0] == 130


@pytest.mark.parametrize(("words", "expected"), [((), 3), (("--jobs", 2), 2)])
def test_the_number_of_processes_is_that_of_the_settings_unless_it_is_given(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch, words: Any, expected: int
) -> None:
    save_settings(Settings(processing=ProcessingSettings(jobs=3)))
    made: list[int] = []
    real = classify.Engine.__init__

    def noting(engine: Any, **options: Any) -> None:
        made.append(options["jobs"])
        real(engine, **options)

    monkeypatch.setattr(classify.Engine, "__init__", noting)
    assert run(song.parent, *words)[0] == 0
    assert made == [expected]
