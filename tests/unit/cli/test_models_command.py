from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop import locations
from genre_desktop.__main__ import main
from genre_desktop.commands.console import Console
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.catalogue import list_bundles
from genre_desktop.settings import load_settings
from tests.unit.cli.conftest import FIGURES

Make = Callable[..., ModelBundle]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        status = main(["models", *map(str, words)])
        return (status, *capsys.readouterr())

    return run


def names() -> list[str]:
    return [bundle.name for bundle in list_bundles()]


def test_list(run: Run, make_bundle: Make) -> None:
    make_bundle("gtzan-cnn", is_shipped=True)
    make_bundle("mine", metrics={"patch": {**FIGURES, "leaking": True, "n_tracks": 9000}})
    make_bundle("new", metrics={})
    status, out, err = run("list")
    assert status == 0
    header, _, shipped, mine, new = out.splitlines()
    assert header.split()[:2] == ["name", "accuracy"]
    assert shipped.startswith("*  gtzan-cnn  62.0 % (55.0 - 69.0 %)  197 unheard tracks (lists)")
    assert shipped.endswith("shipped")
    assert mine.startswith("   mine") and "(leaking)" in mine and "unheard" not in mine and mine.endswith("yours")
    assert "not measured" in new
    assert "default" in err


def test_list_without_any(run: Run) -> None:
    status, out, err = run("list")
    assert (status, out) == (0, "") and "no model" in err


def test_list_without_the_default_one(run: Run, make_bundle: Make) -> None:
    make_bundle("mine")
    status, out, _ = run("list")
    assert status == 0 and "mine" in out and "*" not in out


def test_info(run: Run, make_bundle: Make) -> None:
    bundle = make_bundle("mine", licences={"weights": "CC0", "x": {}}, architecture={"recipe": "cnn"})
    status, out, _ = run("info", "mine")
    lines = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert status == 0
    assert lines["name"] == "mine" and lines["genres"] == "blues, jazz, rock" and lines["licences"] == "weights: CC0"
    assert lines["architecture"] == "cnn" and lines["folder"] == str(bundle.path)
    assert lines["features"] == "22050 Hz, 128 mel bands, patches of 3.0 s"


def test_info_json_is_the_card(run: Run, make_bundle: Make) -> None:
    bundle = make_bundle("mine", description="Ünïcode")
    _, out, _ = run("info", "mine", "--json")
    assert out.isascii() and json.loads(out) == bundle.card


def test_default(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle("gtzan-cnn", is_shipped=True)
    make_bundle("mine")
    assert run("default")[1] == "gtzan-cnn\n"
    status, out, err = run("default", "mine")
    assert (status, out) == (0, "") and "mine" in err
    assert run("default")[1] == "mine\n"
    make_bundle("elsewhere", folder=tmp_path / "elsewhere")
    run("default", tmp_path / "elsewhere")
    assert load_settings().default_model == str(tmp_path / "elsewhere")
    assert run("default")[1] == "elsewhere\n"


def test_an_unknown_default_is_refused(run: Run, make_bundle: Make) -> None:
    make_bundle("gtzan-cnn", is_shipped=True)
    status, _, err = run("default", "nonesuch")
    assert status == 2 and "GD-201" in err and load_settings().default_model is None


def test_compare(run: Run, make_bundle: Make) -> None:
    leaking = {**FIGURES, "leaking": True, "accuracy": 0.95, "n_tracks": 1000}
    make_bundle("gtzan-cnn", is_shipped=True, metrics={"patch": leaking, "lists": FIGURES})
    make_bundle("mine", metrics={})
    status, out, err = run("compare")
    honest, other, mine = (line.split() for line in out.splitlines()[2:])
    assert status == 0
    # The honest figure first, whatever the order in the card.
    assert honest[:4] == ["gtzan-cnn", "lists", "197", "62.0"] and "leaking" not in honest
    assert other[:4] == ["gtzan-cnn", "patch", "1000", "95.0"] and other[-1] == "leaking"
    assert mine == ["mine", "not", "measured"]
    assert "new music" in err
    assert len(run("compare", "mine")[1].splitlines()) == 3


def test_export_then_import(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle("mine")
    status, _, err = run("export", "mine", tmp_path / "mine.zip")
    assert status == 0 and str(tmp_path / "mine.zip") in err
    status, _, err = run("import", tmp_path / "mine.zip")
    assert status == 2 and "GD-207" in err
    assert run("remove", "mine", "--yes")[0] == 0
    assert names() == []
    status, _, err = run("import", tmp_path / "mine.zip")
    assert status == 0 and names() == ["mine"]


def test_import_of_what_is_no_model(run: Run, tmp_path: Path) -> None:
    status, _, err = run("import", tmp_path)
    assert status == 2 and "GD-202" in err and names() == []


def test_remove_asks_and_forgets_the_default(run: Run, make_bundle: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = make_bundle("mine")
    run("default", "mine")
    status, _, err = run("remove", "mine")
    assert status == 2 and "--yes" in err and names() == ["mine"]

    monkeypatch.setattr(Console, "interactive", True)
    answers = iter(["no\n", "y\n"])
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers), raising=False)
    status, _, err = run("remove", "mine")
    assert status == 2 and str(bundle.path) in err and names() == ["mine"]
    assert run("remove", "mine")[0] == 0
    assert names() == [] and not bundle.path.exists() and load_settings().default_model is None


def test_remove_by_folder_and_in_front_of_a_shipped_one(run: Run, make_bundle: Make) -> None:
    make_bundle("gtzan-cnn", is_shipped=True)
    own = make_bundle("gtzan-cnn")
    run("default", own.path)
    assert load_settings().default_model == str(own.path)  # by its name the shipped one would be meant
    assert run("remove", "gtzan-cnn", "--yes")[0] == 0
    assert not own.path.exists() and names() == ["gtzan-cnn"] and load_settings().default_model is None
    mine = make_bundle("mine")
    run("default", "mine")
    assert run("remove", mine.path, "--yes")[0] == 0
    assert not mine.path.exists() and load_settings().default_model is None


def test_what_cannot_be_removed(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle("gtzan-cnn", is_shipped=True)
    make_bundle("elsewhere", folder=tmp_path / "elsewhere")
    status, _, err = run("remove", "gtzan-cnn", "--yes")
    assert status == 2 and "GD-208" in err
    status, _, err = run("remove", tmp_path / "elsewhere", "--yes")
    assert status == 2 and "GD-201" in err and (tmp_path / "elsewhere").is_dir()
    assert run("remove", "nonesuch", "--yes")[0] == 2
    assert names() == ["gtzan-cnn"] and not locations.user_models().exists()
