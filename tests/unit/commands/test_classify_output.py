"""What ``genre-desktop classify`` prints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT
from tests.support.odd_files import music, write_sound

Run = Callable[..., tuple[int, str, str]]


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


def test_a_damaged_file_is_classified_and_its_damage_reported(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    song.write_bytes(song.read_bytes()[: song.stat().st_size // 2])
    status, out, err = run(song)
    assert status == 1
    assert out.startswith("jazz")
    assert "GD-106" in err and "Tracks read only in part: 1 of 1." in err
    status, out, _ = run(song, "--json")
    (warning,) = json.loads(out)["warnings"]
    assert status == 1 and warning["code"] == "GD-106" and "song.wav" in warning["message"]


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


def test_failures_of_files_are_sentences_on_standard_error(run: Run, jazz_model: ModelBundle, broken: Path) -> None:
    status, out, err = run(broken)
    assert (status, out) == (1, "")
    assert err.splitlines()[0].startswith("GD-104: ") and err.splitlines()[1] == "Tracks that failed: 1 of 1."


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are not bytes there")
def test_a_name_that_is_no_utf8_and_obeyed_by_terminals(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(song.parent) + b"/\x1b[2J\xff.wav"))
    song.rename(path)
    status, out, _ = run(path)
    assert status == 0 and out.endswith("/\\x1b[2J\\udcff.wav\n")
    status, out, _ = run(path, "--json")
    assert status == 0 and out.isascii() and os.fsencode(json.loads(out)["path"]) == os.fsencode(path)
