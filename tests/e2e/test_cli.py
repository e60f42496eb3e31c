"""The command line as a person runs it: a process, real files, the shipped model."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from genre_desktop.core import locations
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT, find_bundle
from tests.support.full_disk import needs_dev_full
from tests.support.odd_files import OddFile, encode, make_odd_files, music, write_mp3, write_sound
from tests.support.waiting import PATIENCE_S

KEYS = "path status genre confidence duration_s probabilities segments model error styles reasons warnings".split()

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX systems")


def start(*words: object, stdout: int | IO[str] = subprocess.PIPE) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "genre_desktop", *map(str, words)]
    return subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE)


def run(*words: object) -> tuple[int, str, str]:
    process = start(*words)
    out, err = process.communicate(timeout=PATIENCE_S)
    return process.returncode, out.decode("utf-8"), err.decode("utf-8")


def records(out: str) -> list[dict[str, Any]]:
    assert out.isascii()
    return [json.loads(line) for line in out.splitlines()]


def check_record(record: dict[str, Any]) -> None:
    """Hold a record to the contract of the command line."""
    assert list(record) == KEYS
    if record["status"] == "error":
        assert record["error"]["code"].startswith("GD-") and len(record["error"]["message"]) > 20
        assert record["genre"] is record["confidence"] is record["probabilities"] is None
        return
    labels = find_bundle(record["model"]).labels
    assert record["status"] == "ok" and record["error"] is None and record["duration_s"] > 0
    assert record["genre"] in (*labels, "unsure", "not music")
    if record["probabilities"] is None:
        assert record["genre"] == "not music" and record["confidence"] is None
        return
    assert tuple(record["probabilities"]) == labels
    assert abs(sum(record["probabilities"].values()) - 1) < 1e-3
    assert record["confidence"] == max(record["probabilities"].values())
    assert record["segments"]
    for segment in record["segments"]:
        assert list(segment) == ["start_s", "end_s", "genre", "confidence"]
        assert 0 <= segment["start_s"] < segment["end_s"] and segment["genre"] in labels


def test_tone_files_become_genres(tmp_path: Path) -> None:
    files = [
        write_sound(tmp_path / "tone.wav", music(12.0, 44_100, 2), 44_100),
        write_sound(tmp_path / "Tönchen 日本.flac", music(8.0), format="FLAC"),
        write_mp3(tmp_path / "tone.mp3"),
        encode(tmp_path / "tone.m4a", music(9.0), format="ipod", codec="aac"),
    ]
    status, out, err = run("classify", tmp_path, "--json")
    assert (status, err) == (0, "")
    found = {record["path"]: record for record in records(out)}
    assert set(found) == {str(file) for file in files}
    for record in found.values():
        check_record(record)
        assert record["status"] == "ok" and record["model"] == SHIPPED_DEFAULT
    assert abs(found[str(files[0])]["duration_s"] - 12.0) < 0.1


def test_demo_clips_without_a_path() -> None:
    status, out, err = run("classify")
    assert status == 0 and "demo clips" in err
    assert len(out.splitlines()) == len(list(locations.demo_clips().glob("*.ogg"))) >= 4
    assert all(" % " in line and "demo" in line for line in out.splitlines())


def test_check_finds_nothing_broken() -> None:
    status, out, err = run("check")
    assert status == 0, out + err
    assert not [line for line in out.splitlines() if line.startswith("failure")]
    assert "classifying a demo clip" in out
    if platform.machine() in ("x86_64", "AMD64"):
        assert "oneDNN on" in out


@pytest.fixture(scope="module")
def odd_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[OddFile]]:
    folder = tmp_path_factory.mktemp("odd")
    yield make_odd_files(folder)
    for path in folder.iterdir():  # so that pytest can tidy up what nobody may enter
        with contextlib.suppress(OSError):
            path.chmod(0o700)


def test_odd_files_each_get_a_genre_or_an_error(odd_files: list[OddFile]) -> None:
    assert len(odd_files) >= 40
    status, out, err = run("classify", "--json", *(odd.path for odd in odd_files))
    assert status == 1
    found = {record["path"]: record for record in records(out)}
    folders = [odd for odd in odd_files if odd.path.is_dir()]
    files = [odd for odd in odd_files if odd not in folders]
    assert len(records(out)) == len(files)
    for odd in files:
        record = found[str(odd.path)]
        check_record(record)
        code = None if record["error"] is None else record["error"]["code"]
        told = f"{odd.what}: {record['genre']}, {record['error']}"
        match odd.expect:
            case "genre":
                assert record["status"] == "ok", told
            case "not music":
                assert record["genre"] == "not music", told
            case "too short":
                assert code == "GD-107", told
            case "damaged or genre":
                assert code in (None, "GD-106", "GD-107"), told
            case "error":
                assert record["status"] == "error" and odd.code in (None, code), told
        assert code not in ("GD-900", "GD-100"), told
    n_failed = sum(record["status"] == "error" for record in found.values())
    # Nothing of the libraries beneath: no traceback, no word of a codec.
    sentences = err.splitlines()
    n_partial = sum(any(note["code"] == "GD-106" for note in record["warnings"]) for record in found.values())
    assert sentences.pop() == f"Tracks read only in part: {n_partial} of {len(files)}."
    assert sentences.pop() == f"Tracks that failed: {n_failed} of {len(files)}."
    codes = Counter(sentence.partition(": ")[0] for sentence in sentences)
    # What became a genre although it is damaged, and the folder without sound.
    assert set(codes) == {"GD-106", "GD-301"} and codes["GD-301"] == len(folders) == 1
    assert str(folders[0].path) in next(sentence for sentence in sentences if sentence.startswith("GD-301"))
    told = [odd for odd in files if any(f": {odd.path} is damaged" in sentence for sentence in sentences)]
    assert len(told) == codes["GD-106"]
    assert all(found[str(odd.path)]["status"] == "ok" and odd.expect == "damaged or genre" for odd in told)


def test_a_folder_of_odd_files_in_readable_output(odd_files: list[OddFile]) -> None:
    folder = odd_files[0].path.parent
    status, out, err = run("classify", folder, "--top", 3, "--segments")
    assert status == 1
    assert str(folder) in out and "\x1b" not in out
    sentences = err.splitlines()
    assert sentences[-2].startswith("Tracks that failed: ") and sentences[-1].startswith("Tracks read only in part: ")
    others = [sentence for sentence in sentences[:-2] if not sentence.startswith("GD-")]
    assert [" found, " in others[0], others[1].startswith("Not listened to again")] == [True, True], others
    assert len(sentences) > 5


@posix_only
def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    # More than a pipe holds, so that the program still writes when the reader has gone.
    process = start("classify", "--json", *(tmp_path / f"missing {number}.wav" for number in range(1000)))
    assert process.stdout is not None and process.stderr is not None
    with process:
        check_record(json.loads(process.stdout.readline()))
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@posix_only
@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"])
def test_closed_streams_cost_no_result(tmp_path: Path, home: Path, closed: str) -> None:
    song, table = write_sound(tmp_path / "tone.wav", music(8.0)), tmp_path / "out.csv"
    words = [sys.executable, "-m", "genre_desktop", "classify", str(song), "--csv", str(table)]
    assert subprocess.run(["sh", "-c", f'exec "$@" {closed}', "sh", *words], timeout=PATIENCE_S).returncode == 0
    (row,) = csv.DictReader(table.read_text("utf-8-sig").splitlines())
    assert row["status"] == "ok" and row["genre"]
    (store,) = (home / "data").glob("*.sqlite3")
    with contextlib.closing(sqlite3.connect(store)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    # Of the store, and not computed again.
    done = start("classify", song, "--json")
    out, _ = done.communicate(timeout=PATIENCE_S)
    assert records(out.decode())[0]["genre"] == row["genre"]


@needs_dev_full
def test_messages_on_a_full_disk_cost_no_result(tmp_path: Path) -> None:
    song, empty = write_sound(tmp_path / "tone.wav", music(8.0)), tmp_path / "empty.wav"
    empty.touch()
    with open("/dev/full", "w") as full:
        process = subprocess.Popen(
            [sys.executable, "-m", "genre_desktop", "classify", str(song), str(empty), "--json"],
            stdout=subprocess.PIPE,
            stderr=full,
        )
        out, _ = process.communicate(timeout=PATIENCE_S)
    found = {record["path"]: record["status"] for record in records(out.decode())}
    assert (process.returncode, found) == (1, {str(song): "ok", str(empty): "error"})


@posix_only
def test_ctrl_c(tmp_path: Path) -> None:
    first = write_sound(tmp_path / "0.wav", music(30.0))
    for number in range(1, 200):
        (tmp_path / f"{number}.wav").hardlink_to(first)
    process = start("classify", tmp_path, "--json")
    assert process.stdout is not None and process.stderr is not None
    with process:
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
    assert process.returncode == 130
    assert err == b"Stopped.\n"
    done = records((line + out).decode())
    assert len(done) < 200
    for record in done:
        check_record(record)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full disk for everybody")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        process = start("classify", tmp_path / "missing.wav", "--json", stdout=full)
        _, err = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 2
    assert err.startswith(b"GD-502: standard output ") and len(err.splitlines()) == 1
