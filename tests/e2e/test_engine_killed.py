"""The engine killed twenty times, as by a power cut: no result is lost or wrong."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.library.store.result_store import ResultStore
from tests.conftest import REPOSITORY
from tests.support.engine_parts import make_predictor, write_tunes
from tests.support.waiting import PATIENCE_S

N_FILES = 400
N_KILLS = 20


def start(*arguments: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.support.engine_driver", *map(str, arguments)], cwd=REPOSITORY)


def entries(log: Path) -> list[dict[str, Any]]:
    lines = log.read_bytes().splitlines() if log.exists() else []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError):  # the one that was being written
            found.append(json.loads(line))
    return found


def table(store_path: Path, paths: list[str]) -> dict[str, object]:
    with ResultStore.open(store_path) as store:
        results = store.results(paths, make_predictor().bundle)
        return {str(result.path): (result.prediction, str(result.error), result.facts) for result in results}


def has_begun(log: Path, with_work: int) -> bool:
    return any("processes" in entry or not entry["is_stored"] for entry in entries(log)[with_work:])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    # A zombie has ended too.
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes the POSIX way")
def test_killed_at_twenty_moments(tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    paths = write_tunes(music, N_FILES, seconds=1.6)
    (music / "noise.mp3").write_bytes(random.Random(0).randbytes(5_000))
    paths.append(str(music / "noise.mp3"))

    assert start(music, tmp_path / "undisturbed.sqlite3", tmp_path / "undisturbed.log").wait() == 0
    expected = table(tmp_path / "undisturbed.sqlite3", paths)
    assert len(expected) == N_FILES + 1

    store_path = tmp_path / "killed.sqlite3"
    known: dict[str, object] = {}
    grown = 0
    moments = random.Random(4)
    for number in range(N_KILLS):
        log = tmp_path / f"{number}.log"
        engine = start(music, store_path, log)
        # Every other time in the midst of the work, however slowly processes start today.
        deadline = time.monotonic() + PATIENCE_S
        while not has_begun(log, number % 2) and engine.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(moments.uniform(0.0, 0.4))
        engine.kill()
        engine.wait()
        told = entries(log)
        done_again = {entry["path"] for entry in told if "path" in entry and not entry["is_stored"]}.intersection(known)
        assert not done_again
        now = table(store_path, paths)
        assert {path: now.get(path) for path in known} == known  # nothing is lost, nothing changed
        # What was told to the outside had been kept before.
        assert {entry["path"] for entry in told if "path" in entry} <= set(now)
        grown += len(now) > len(known)
        known = now
        processes = [pid for entry in told for pid in entry.get("processes", ())]
        deadline = time.monotonic() + PATIENCE_S
        while any(map(is_running, processes)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(map(is_running, processes))
    assert grown >= 5  # some moments were in the midst of the work

    log = tmp_path / "last.log"
    assert start(music, store_path, log).wait() == 0
    fresh = {entry["path"] for entry in entries(log) if "path" in entry and not entry["is_stored"]}
    assert fresh == set(paths) - set(known)
    assert table(store_path, paths) == expected
