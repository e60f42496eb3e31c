from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.__main__ import main
from genre_desktop.commands.console import Console
from genre_desktop.core import locations
from genre_desktop.core.settings import load_settings
from genre_desktop.model import predictor
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT, list_bundles
from tests.support.hostile_cards import HOSTILE
from tests.unit.commands.conftest import FIGURES

Make = Callable[..., ModelBundle]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        status = main(["models", *map(str, words)])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the bundles whose networks were tried; none is loaded here."""
    bundles: list[str] = []
    monkeypatch.setattr(predictor, "require_safe", lambda bundle: bundles.append(bundle.name))
    return bundles


def names() -> list[str]:
    return [bundle.name for bundle in list_bundles()]


def test_list(run: Run, make_bundle: Make) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True)
    make_bundle("mine", metrics={"patch": {**FIGURES, "leaking": True, "n_tracks": 9000}})
    make_bundle("new", metrics={})
    status, out, err = run("list")
    assert status == 0
    header, _, shipped, mine, new = out.splitlines()
    assert header.split()[:2] == ["name", "accuracy"]
    assert shipped.startswith(f"*  {SHIPPED_DEFAULT}  62.0 % (55.0 - 69.0 %)  197 tracks set aside before")
    assert shipped.endswith("shipped")
    assert mine.startswith("   mine") and "(leaking)" in mine and "set aside" not in mine and mine.endswith("yours")
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
    assert lines["architecture"] == "recipe: cnn" and lines["folder"] == str(bundle.path)
    assert lines["features"] == "22050 Hz, 128 mel bands, patches of 3.0 s"


def test_info_prints_each_value_with_its_interval(run: Run, make_bundle: Make) -> None:
    figures = {
        **FIGURES,
        "coverage": 0.75,
        "coverage_ci95": [0.66, 0.83],
        "accuracy_covered": 0.92,
        "accuracy_covered_ci95": [0.874, 0.957],
        "ece": 0.037,
        "ece_ci95": [0.0, 0.063],
        "ece_if_perfect": {"mean": 0.036, "p95": 0.054},
        "protocol": "5 folds of artists",
    }
    leaking = {**FIGURES, "leaking": True, "coverage": 1.0, "accuracy_covered": 0.99, "note": "of another network"}
    make_bundle("mine", metrics={"patch": leaking, "artist": figures}, calibration={"unsure_below": 0.624})
    out = " ".join(run("info", "mine")[1].split())
    assert "62.0 % (55.0 - 69.0 %), measured on 197 tracks by artists it had not learned from (5 folds" in out
    assert "names a genre for 75.0 % (66.0 - 83.0 %)" in out
    assert "right then on 92.0 % (87.4 - 95.7 %)" in out
    assert "off by 3.7 points (0.0 - 6.3 points); chance alone: 3.6 points" in out
    assert "below 62 % confidence" in out
    assert out.index("by artists") < out.index("(of another network); leaking")
    assert "99.0 %" not in out, "what a leaking model gains by refusing tells nothing"


def test_figures_of_a_few_tracks_are_told_as_that(run: Run, make_bundle: Make) -> None:
    few = {
        "accuracy": 1.0,
        "accuracy_ci95": [0.758, 1.0],
        "n_tracks": 12,
        "leaking": False,
        "ece": 0.0,
        "ece_ci95": [0.0, 0.0],  # as of earlier versions
        "ece_if_perfect": {"mean": 0.0, "p95": 0.0},
    }
    make_bundle("mine", metrics={"track": few})
    info = " ".join(run("info", "mine")[1].split())
    assert "100.0 % (75.8 - 100.0 %), too few to tell, measured on 12 tracks" in info
    assert "off by 0" not in info and "too few tracks to tell how far it is off" in info
    assert "100.0 % (75.8 - 100.0 %), too few to tell" in run("list")[1]
    compared = run("compare", "mine")[1]
    assert "0.0 points" not in compared and compared.count("too few to tell") == 2


def test_of_several_models_none_is_imported(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("first", "second"):
            archive.writestr(f"{name}/card.json", "{}")
    status, out, err = run("import", tmp_path / "two.zip")
    assert (status, out) == (2, "")
    assert err.startswith("GD-213") and "first, second" in err and err.count("\n") == 1


def test_info_prints_no_matrix_and_the_notice_last(
    run: Run, make_bundle: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    notice = "Permission is granted. " * 40
    make_bundle(
        "mine",
        architecture={"recipe": "musicnn", "feature_layer": "f"},
        gate={"means": [[0.0, 0.0]] * 3, "covariance": [[1.2345, 0.0], [0.0, 1.2345]], "refuse_beyond": 8.3},
        tags={"names": ["soul", ""], "logit_mean": [-4.3219, 0], "logit_deviation": [1, 1]},
        styles=[{"name": "house", "genre": "electronic", "columns": [[0]], "threshold": 0.54321}],
        tagger={"tags": ["soul", "x"], "nuisance": [[1.2345, 0.0], [0.0, 1.2345]]},
        licences={"tagger": notice, "data": "none"},
        sources=["one, 2019", "two, 2002"],
    )
    out = run("info", "mine")[1]
    assert "1.2345" not in out and "4.3219" not in out and "54321" not in out
    assert "sounds like   house\n" in out
    assert "above 8.3" in out and "also hears    soul\n" in out and "two, 2002" in out
    assert " ".join(out.split()).endswith(" ".join(f"tagger: {notice} data: none".split()))
    assert max(len(line) for line in out.splitlines() if not line.startswith("folder")) <= 80


def test_info_tells_what_a_gate_by_sounds_refuses_and_who_gave_the_weights(run: Run, make_bundle: Make) -> None:
    make_bundle(
        "mine",
        architecture={"feature_layers": ["tags", "sounds"], "recipe": "musicnn"},
        sounds={"names": ["Speech", "Music"]},
        sound_gate={"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5},
        second_opinion={"weight": 0.3, "classes": {"jazz": "Jazz"}},
        licences={"tagger": "ISC by one", "sounds": "Apache-2.0 by another, changed by a third"},
    )
    out = " ".join(run("info", "mine")[1].split())
    assert "not music what sounds like music with less than 10 % probability; speech over music is unsure" in out
    assert "second opinion weight: 0.3; classes: jazz Jazz" in out
    assert "sounds: Apache-2.0 by another, changed by a third" in out


def test_info_json_is_the_card(run: Run, make_bundle: Make) -> None:
    bundle = make_bundle("mine", description="Ünïcode")
    _, out, _ = run("info", "mine", "--json")
    assert out.isascii() and json.loads(out) == bundle.card


def test_default(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True)
    make_bundle("mine")
    assert run("default")[1] == SHIPPED_DEFAULT + "\n"
    status, out, err = run("default", "mine")
    assert (status, out) == (0, "") and "mine" in err
    assert run("default")[1] == "mine\n"
    make_bundle("elsewhere", folder=tmp_path / "elsewhere")
    run("default", tmp_path / "elsewhere")
    assert load_settings().default_model == str(tmp_path / "elsewhere")
    assert run("default")[1] == "elsewhere\n"


def test_an_unknown_default_is_refused(run: Run, make_bundle: Make) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True)
    status, _, err = run("default", "nonesuch")
    assert status == 2 and "GD-201" in err and load_settings().default_model is None


def test_compare(run: Run, make_bundle: Make) -> None:
    leaking = {**FIGURES, "leaking": True, "accuracy": 0.95, "n_tracks": 1000}
    make_bundle(SHIPPED_DEFAULT, is_shipped=True, metrics={"patch": leaking, "lists": FIGURES})
    make_bundle("mine", metrics={})
    status, out, err = run("compare")
    honest, other, mine = (line.split() for line in out.splitlines()[2:])
    assert status == 0
    # The honest figure first, whatever the order in the card.
    assert honest[:4] == [SHIPPED_DEFAULT, "lists", "197", "62.0"] and "leaking" not in honest
    assert other[:4] == [SHIPPED_DEFAULT, "patch", "1000", "95.0"] and other[-1] == "leaking"
    assert mine == ["mine", "not", "measured"]
    assert "names one" not in err.lower(), "what no card knows needs no explanation"
    assert "new music" in err
    assert len(run("compare", "mine")[1].splitlines()) == 3


def test_compare_prints_coverage_and_accuracy(run: Run, make_bundle: Make) -> None:
    make_bundle("old")
    more = {"coverage": 0.75, "coverage_ci95": [0.66, 0.83], "accuracy_covered": 0.92, "ece": 0.037}
    make_bundle("mine", metrics={"lists": {**FIGURES, **more}})
    _, out, err = run("compare")
    mine, old = out.splitlines()[2:]
    assert "does not mean a better model" in err
    assert "75.0 % (66.0 - 83.0 %)  92.0 %" in mine and "3.7 points" in mine
    assert old.split()[9:12] == ["-", "-", "-"]
    assert "the others are unsure" in err


def test_export_then_import(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle("mine")
    status, _, err = run("export", "mine", tmp_path / "mine.zip")
    assert status == 0 and str(tmp_path / "mine.zip") in err
    status, _, err = run("import", tmp_path / "mine.zip")
    assert status == 2 and "GD-215" in err and "nothing to import" in err
    assert run("remove", "mine", "--yes")[0] == 0
    assert names() == []
    status, _, err = run("import", tmp_path / "mine.zip")
    assert status == 0 and names() == ["mine"]


def test_import_of_what_is_no_model(run: Run, tmp_path: Path) -> None:
    status, _, err = run("import", tmp_path)
    assert status == 2 and "GD-202" in err and names() == []
    status, _, err = run("import", tmp_path / "nowhere")
    assert status == 2 and "GD-216" in err and str(tmp_path / "nowhere") in err


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
    make_bundle(SHIPPED_DEFAULT, is_shipped=True)
    own = make_bundle(SHIPPED_DEFAULT)
    run("default", own.path)
    assert load_settings().default_model == str(own.path)  # by its name the shipped one would be meant
    assert run("remove", SHIPPED_DEFAULT, "--yes")[0] == 0
    assert not own.path.exists() and names() == [SHIPPED_DEFAULT] and load_settings().default_model is None
    mine = make_bundle("mine")
    run("default", "mine")
    assert run("remove", mine.path, "--yes")[0] == 0
    assert not mine.path.exists() and load_settings().default_model is None


def test_what_cannot_be_removed(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True)
    make_bundle("elsewhere", folder=tmp_path / "elsewhere")
    status, _, err = run("remove", SHIPPED_DEFAULT, "--yes")
    assert status == 2 and "GD-208" in err
    status, _, err = run("remove", tmp_path / "elsewhere", "--yes")
    assert status == 2 and "GD-201" in err and (tmp_path / "elsewhere").is_dir()
    assert run("remove", "nonesuch", "--yes")[0] == 2
    assert names() == [SHIPPED_DEFAULT] and not locations.user_models().exists()


def test_an_update_is_printed_and_an_older_one_needs_an_option(
    run: Run, make_bundle: Make, tmp_path: Path, tried: list[str]
) -> None:
    make_bundle("mine", created="2026-01-10")
    make_bundle("mine", folder=tmp_path / "new", version="2", created="2026-01-11")
    make_bundle("mine", folder=tmp_path / "old", created="2026-01-09")
    status, _, err = run("import", tmp_path / "new", "--yes")
    assert status == 0 and "2026-01-10 → 2 (2026-01-11)" in err and tried == ["mine"]
    assert run("list")[1].splitlines()[2].split()[-3:] == ["2", "(2026-01-11)", "yours"]
    assert "version      2 (2026-01-11)" in run("info", "mine")[1]
    status, _, err = run("import", tmp_path / "old", "--yes")
    assert status == 2 and "GD-210" in err and "--update" in err
    status, _, err = run("import", tmp_path / "old", "--update")
    assert status == 2 and "--yes" in err and "2026-01-11" in run("list")[1]
    assert run("import", tmp_path / "old", "--update", "--yes")[0] == 0
    assert "2026-01-09" in run("list")[1] and names() == ["mine"]


def test_an_update_of_the_same_day_names_it_once(run: Run, make_bundle: Make, tmp_path: Path, tried: list[str]) -> None:
    make_bundle("mine", created="2026-01-10")
    make_bundle("mine", folder=tmp_path / "new", created="2026-01-10", description="trained again")
    status, _, err = run("import", tmp_path / "new", "--update", "--yes")
    assert status == 0 and "was updated (2026-01-10)" in err


def test_an_update_of_a_shipped_bundle_can_be_removed(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True, created="2026-01-10")
    make_bundle(SHIPPED_DEFAULT, folder=tmp_path / "new", created="2026-01-11")
    make_bundle(SHIPPED_DEFAULT, folder=tmp_path / "old", created="2026-01-09")
    assert run("import", tmp_path / "new", "--yes")[0] == 0
    line = run("list")[1].splitlines()[2]
    assert line.startswith("*") and line.endswith("yours, an update of a shipped one")
    assert run("default")[1] == SHIPPED_DEFAULT + "\n"
    status, _, err = run("remove", SHIPPED_DEFAULT, "--yes")
    assert status == 0 and "came with the program (2026-01-10) is used again" in err
    status, _, err = run("import", tmp_path / "old", "--update")
    assert status == 2 and "GD-210" in err and "use --update" not in err


def test_an_update_asks_and_prints_what_changes(
    run: Run, make_bundle: Make, tmp_path: Path, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_bundle(SHIPPED_DEFAULT, is_shipped=True, created="2026-01-10", licences={"weights": "MIT"})
    make_bundle(
        SHIPPED_DEFAULT,
        folder=tmp_path / "new",
        created="2026-01-11",
        labels=["blues", "polka", "rock"],
        metrics={"lists": {**FIGURES, "accuracy": 0.99, "leaking": True}},
        licences={"weights": "none"},
    )
    status, _, err = run("import", tmp_path / "new")
    assert (
        status == 2 and "--yes" in err and not tried and not locations.user_models().joinpath(SHIPPED_DEFAULT).exists()
    )
    told = {line.strip() for line in err.splitlines()}
    for change in (
        "Version           2026-01-10 → 2026-01-11",
        "Origin            came with the program → a file that you import",
        "Genres            3",
        "Genres that go    jazz → –",
        "Genres that come  – → polka",
        "Licence           weights: MIT → weights: none",
    ):
        assert change in told, err
    assert "62\u00a0% (55–69) of 197 tracks set aside before it learned → 99\u00a0%" in err and "leaking" in err

    monkeypatch.setattr(Console, "interactive", True)
    answers = iter(["\n", "y\n"])
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(answers), raising=False)
    status, _, err = run("import", tmp_path / "new")
    assert status == 2 and "Nothing was imported." in err and not tried
    assert run("import", tmp_path / "new")[0] == 0 and tried == [SHIPPED_DEFAULT]


def test_an_import_prints_what_was_imported(run: Run, make_bundle: Make, tmp_path: Path) -> None:
    make_bundle("mine", folder=tmp_path / "new")
    assert "mine was imported (3 genres, 62.0 % (55.0 - 69.0 %))" in run("import", tmp_path / "new")[2]


def test_hostile_bundles_break_no_list(run: Run, make_bundle: Make) -> None:
    good = make_bundle("mine")
    for number, (attack, make) in enumerate(HOSTILE.items()):
        odd = "" if sys.platform == "win32" else f" {attack}\x1b[2J"
        folder = locations.user_models() / f"{number:03}{odd}"
        folder.mkdir()
        (folder / "model.keras").write_bytes(b"weights")
        (folder / "card.json").write_bytes(make(dict(good.card)))
    status, out, _ = run("list")
    assert status == 0 and len(out.splitlines()) == 3 and "mine" in out
    assert run("compare")[0] == 0
    assert json.loads(run("info", "mine", "--json")[1]) == good.card
    for folder in locations.user_models().iterdir():
        if folder != good.path:
            status, out, err = run("info", folder)
            assert (status, out) == (2, "") and "GD-2" in err and "\x1b" not in err


def test_a_text_of_a_card_gives_no_orders_to_a_terminal(run: Run, make_bundle: Make) -> None:
    make_bundle("mine", licences={"weights": "\u200fMIT"}, description="two\nlines")
    assert all("\u200f" not in out for out in run("info", "mine")[1:])
    assert run("list")[0] == 0
