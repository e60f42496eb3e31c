from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.__main__ import main
from genre_desktop.commands import classify
from genre_desktop.core import locations
from genre_desktop.core.errors import AudioNotFoundError, DecoderStuckError
from genre_desktop.core.settings import ProcessingSettings, Settings, save_settings
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT
from genre_desktop.model.predictor import Predictor
from tests.support.odd_files import music, write_sound
from tests.support.stored_results import without_results

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main(["classify", *map(str, words)])
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return run


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "song.wav", music(8.0))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "empty.wav"
    path.touch()
    return path


def test_a_line_a_track(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    status, out, err = run(song)
    assert (status, err) == (0, "")
    # Columns are as wide as the longest verdict, "not music".
    assert out == f"jazz        70 %  rock       20 %  {song}\n"


def test_top_sets_how_many_genres_a_line_has(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    assert run(song, "--top", 1)[1] == f"jazz        70 %  {song}\n"
    assert run(song, "--top", 3)[1] == f"jazz        70 %  rock       20 %  blues      10 %  {song}\n"


def test_segments_are_lines_below(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    _, out, _ = run(song, "--segments")
    lines = out.splitlines()
    assert lines[0].endswith(str(song))
    assert lines[1].split() == ["0:00.0", "-", "0:03.0", "jazz", "70", "%"]
    assert len(lines) > 3


def test_segments_asks_for_all_of_the_track(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    path = write_sound(tmp_path / "long.wav", music(60.0))
    quick, full = (json.loads(run(path, "--json", *words)[1]) for words in ((), ("--segments",)))
    assert len(quick["segments"]) == 6 and len(full["segments"]) == 39
    assert [s for s in full["segments"] if s in quick["segments"]] == quick["segments"]
    assert quick["genre"] == full["genre"] == "jazz"
    assert quick["duration_s"] == full["duration_s"] == 60.0


def test_a_damaged_file_is_used_and_said_to_be_damaged(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    song.write_bytes(song.read_bytes()[: song.stat().st_size // 2])
    status, out, err = run(song)
    assert status == 0
    assert out.startswith("jazz")
    assert "GD-106" in err


def test_silence_is_not_music(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    silence = write_sound(tmp_path / "silence.wav", 0 * music(8.0))
    status, out, _ = run(silence)
    assert status == 0
    assert out.startswith("not music      -  ") and out.endswith(f"  {silence}\n")


def test_json(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    status, out, err = run(song, broken, "--json")
    records = {record["path"]: record for record in map(json.loads, out.splitlines())}
    assert status == 1
    assert err == "Tracks that failed: 1 of 2.\n"
    good, bad = records[str(song)], records[str(broken)]
    assert (good["status"], good["genre"], good["model"], good["error"]) == ("ok", "jazz", SHIPPED_DEFAULT, None)
    assert good["probabilities"] == {"blues": 0.1, "jazz": 0.7, "rock": 0.2}
    assert good["segments"][0]["start_s"] == 0.0
    assert (bad["status"], bad["genre"], bad["error"]["code"]) == ("error", None, "GD-104")


def test_json_top(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    assert json.loads(run(song, "--json", "--top", 2)[1])["probabilities"] == {"jazz": 0.7, "rock": 0.2}


def test_options_may_stand_between_paths(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    status, out, _ = run(song, "--json", broken, "--jobs", 1, "--no-cache")
    assert status == 1 and len(out.splitlines()) == 2


def test_csv(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    status, out, err = run(song, broken, "--csv", table)
    assert (status, out) == (1, "")
    assert f"Rows written to {table}: 2." in err
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["path"]: row for row in csv.DictReader(file)}
    assert (rows[str(song)]["genre"], rows[str(song)]["second"]) == ("jazz", "rock")
    assert rows[str(broken)]["error_code"] == "GD-104"


def test_playlists_and_report(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    lists, page = tmp_path / "lists", tmp_path / "report.html"
    status, out, err = run(song, broken, "--playlists", lists, "--report", page)
    assert status == 1 and out.startswith("jazz")
    assert f"Playlists written to {lists}: 1, with 1 tracks." in err and f"Report written to {page}." in err
    assert "../song.wav" in (lists / "jazz.m3u8").read_text("utf-8").splitlines()
    text = page.read_text("utf-8")
    assert "song.wav" in text and "GD-104" in text and "<svg" in text


def test_timelines(run: Run, jazz_model: ModelBundle, song: Path, broken: Path, tmp_path: Path) -> None:
    folder = tmp_path / "timelines"
    status, out, err = run(song, broken, "--segments", "--timelines", folder)
    assert status == 1 and f"Timelines written to {folder}: 1." in err
    start, _, text = (folder / "song.wav.txt").read_text("utf-8").splitlines()[0].split("\t")
    assert float(start) == 0.0 and text.startswith("jazz ")
    (folder / "song.wav.txt").write_text("mine")
    status, out, err = run(song, "--timelines", folder)
    assert status == 1 and out.startswith("jazz") and "GD-310" in err
    assert (folder / "song.wav.txt").read_text() == "mine"
    assert run(song, "--timelines", folder, "--timeline-format", "csv")[0] == 0
    assert (folder / "song.wav.csv").read_text("utf-8").startswith("start_s,end_s,genre,confidence")


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--report", "song.mp3"),
        ("--report", "no/where.html"),
        ("--playlists", "song.wav"),
        ("--timelines", "song.wav"),
    ],
)
def test_targets_are_looked_at_before_the_work(
    run: Run,
    jazz_model: ModelBundle,
    song: Path,
    tmp_path: Path,
    option: str,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Predictor, "load", lambda bundle: pytest.fail("the work began"))
    status, out, err = run(song, option, tmp_path / name)
    assert (status, out) == (2, "") and err.startswith("GD-")


def test_csv_that_cannot_be_written(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    status, out, err = run(song, "--csv", tmp_path / "nowhere" / "out.csv")
    assert (status, out) == (2, "") and err.startswith("GD-502: ")


def test_csv_over_a_song_is_refused(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    before = song.read_bytes()
    status, out, err = run("--csv", song, broken)  # as a shell writes `--csv *.wav`
    assert (status, out) == (2, "") and err.startswith("GD-303: ") and song.read_bytes() == before


def test_folders_are_walked(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    status, out, err = run(song.parent)
    assert status == 1
    assert out.endswith(f"  {song}\n") and "GD-104" in err and str(broken) in err


def test_what_a_scan_passes_over_is_told(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    (song.parent / "cover.jpg").touch()
    (song.parent / ".hidden.wav").touch()
    status, out, err = run(song.parent)
    assert status == 0 and out.endswith(f"  {song}\n")
    assert err == "1 found, 2 skipped: 1 file of another kind (.jpg), 1 hidden\n"


def test_a_playlist_is_read(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n{song.name}\nhttp://radio.example/stream\n", "utf-8")
    status, out, err = run(playlist)
    assert status == 0 and out.endswith(f"  {song}\n")
    assert err == "1 found, 1 skipped: 1 on the network\n"


def test_failures_of_files_are_sentences_on_standard_error(run: Run, jazz_model: ModelBundle, broken: Path) -> None:
    status, out, err = run(broken)
    assert (status, out) == (1, "")
    assert err.splitlines()[0].startswith("GD-104: ") and err.splitlines()[1] == "Tracks that failed: 1 of 1."


def test_only_missing_paths_need_no_model_to_be_loaded(
    run: Run, jazz_model: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Predictor, "load", lambda bundle: pytest.fail("the network was loaded"))
    status, out, _ = run(tmp_path / "a.wav", tmp_path / "b.wav", "--json")
    assert status == 2
    assert [json.loads(line)["error"]["code"] for line in out.splitlines()] == [AudioNotFoundError.code] * 2


def test_a_missing_path_beside_a_good_one(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    status, out, err = run(tmp_path / "gone.wav", song)
    assert status == 1 and out.endswith(f"{song}\n") and "GD-101" in err


def test_a_folder_without_sound(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    status, out, err = run(tmp_path)
    assert (status, out) == (2, "") and err.startswith("GD-301: ") and ".mp3" in err


def test_an_empty_folder_beside_a_good_one_is_told(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    (song.parent / "empty").mkdir()
    status, out, err = run(song.parent, song.parent / "empty", "--json")
    assert status == 0 and len(out.splitlines()) == 1
    assert err.startswith("GD-301: ") and str(song.parent / "empty") in err and len(err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_folder_and_a_link_to_it_are_one(
    run: Run, jazz_model: ModelBundle, song: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    album = song.parent / "album"
    album.mkdir()
    song.rename(album / "song.wav")
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(album)
    for paths in ([link, album], [album, link], [link.parent, album], [link, song.parent]):
        status, out, err = run(*paths, "--json")
        assert (status, err) == (0, "") and len(out.splitlines()) == 1
    empty = link.parent / "empty"
    empty.mkdir()
    (link.parent / "link to empty").symlink_to(empty)
    status, out, err = run(link, link.parent / "link to empty", empty)
    assert status == 0 and err.count("GD-301: ") == len(err.splitlines()) == 1


def test_an_unlistable_folder_is_a_failure(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (song.parent / "locked").mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    status, out, err = run(song.parent)
    assert status == 1 and out.endswith(f"{song}\n")
    assert "GD-302" in err and "locked" in err


def test_without_a_path_the_demo_clips(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "demo_clips", lambda: song.parent)
    status, out, err = run()
    assert status == 0 and out.endswith(f"{song}\n") and "demo clips" in err


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


def test_names_with_a_leading_dash(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song.rename(song.with_name("-rf.wav"))
    monkeypatch.chdir(song.parent)
    for words in (["--", "-rf.wav"], ["./-rf.wav"], ["--json", "--", "-rf.wav"]):
        status, out, _ = run(*words)
        assert status == 0 and "-rf.wav" in out


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are not bytes there")
def test_a_name_that_is_no_utf8_and_obeyed_by_terminals(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(song.parent) + b"/\x1b[2J\xff.wav"))
    song.rename(path)
    status, out, _ = run(path)
    assert status == 0 and out.endswith("/\\x1b[2J\\udcff.wav\n")
    status, out, _ = run(path, "--json")
    assert status == 0 and out.isascii() and os.fsencode(json.loads(out)["path"]) == os.fsencode(path)


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


def test_an_empty_path_is_not_the_current_folder(run: Run, jazz_model: ModelBundle) -> None:
    status, out, err = run("")
    assert (status, out) == (2, "")
    assert "empty" in err


def fresh(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the batches that reach the network from now on."""
    sizes: list[int] = []

    def load(bundle: ModelBundle) -> Predictor:
        def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
            sizes.append(len(patches))
            return np.tile(np.array([0.1, 0.7, 0.2], np.float32), (len(patches), 1))

        return Predictor(bundle, forward)

    monkeypatch.setattr(Predictor, "load", load)
    return sizes


def test_a_second_run_computes_nothing_and_prints_the_same(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(song, "--json")
    sizes = fresh(monkeypatch)
    assert run(song, "--json") == first
    assert sizes == []
    assert run(song, "--json", "--no-cache") == first
    assert sizes != []


def test_without_the_cache_nothing_is_kept(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    run(song, "--no-cache")
    assert not (locations.user_data() / "library.sqlite3").exists()


def test_failures_are_tried_again_when_asked(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp3"
    noise.write_bytes(b"no sound at all " * 500)
    with ResultStore.open() as store:
        assert run(noise)[0] == 1
        facts = read_facts(str(noise))
        # As if a version that could not read it had kept this.
        without_results(store)
        store.save(TrackResult(noise, None, DecoderStuckError(path=noise, seconds=60), "x", facts), jazz_model)
    assert "GD-305" in run(noise)[2]
    assert "GD-305" not in run(noise, "--retry-failed")[2]


def test_a_damaged_store_is_set_aside_and_told(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    file = locations.user_data() / "library.sqlite3"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"this was a database once " * 1_000)
    before = file.read_bytes()
    status, out, err = run(song)
    assert status == 0 and out.startswith("jazz") and err.startswith("GD-311: ")
    (aside,) = file.parent.glob("library.damaged-*.sqlite3")
    assert aside.read_bytes() == before and aside.name in err
    assert "GD-311" not in run(song)[2], "told once: the new file is whole"


def test_a_genre_by_hand_goes_before_the_model(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    with ResultStore.open() as store:
        store.set_by_hand([read_facts(str(song)).identity], "klezmer")
    for _ in range(2):  # computed, and known
        record = json.loads(run(song, "--json")[1])
        assert (record["genre"], record["by_hand"]) == ("klezmer", True)
    assert run(song)[1] == f"klezmer    by hand  {song}\n"
