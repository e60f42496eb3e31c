"""Random walks through a session whose files are retagged, replaced, renamed, damaged and cut off meanwhile.

Whatever a person does: the answer of a track is that of the sound which the table says it has, panel, table and store
have the same answer and the same genre by hand, and the next start shows what the last window showed. That is also so
after the store was locked for a while. Left out are copies of one sound, of which the store keeps one result, and
damaged rests of files whose earlier answer it keeps.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError, DamagedAudioError, GenreDesktopError, StoreBusyError
from genre_desktop.core.settings import ProcessingSettings
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.store import store_client
from genre_desktop.gui.tracks.track import Track
from genre_desktop.library.engine import result_recorder
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.engine.result_recorder import ResultRecorder
from genre_desktop.library.result import FileFacts, TrackResult
from genre_desktop.library.store import result_store
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import GENRES, changed, make_bundle, make_prediction, make_predictor

N_FILES = 4
N_STEPS = 50
MODELS = ("one", "two")


def content_of(path: str | os.PathLike[str]) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(Path(path).read_bytes())
    except OSError as error:
        raise AudioNotFoundError(path=path) from error
    return found


def facts_of(path: str | os.PathLike[str]) -> FileFacts:
    content, status = content_of(path), os.stat(path)
    return FileFacts(status.st_size, status.st_mtime_ns, content["sound"], content["title"])


def genre_of(sound: str, model: str) -> str:
    return GENRES[(int(sound.split("-")[0]) + 5 * MODELS.index(model)) % len(GENRES)]


class FakeEngine:
    """An engine that stores results as the real one does, and finds the genre in the number of the sound."""

    n_answers = count(1)

    def __init__(self) -> None:
        self.unkept: tuple[TrackResult, ...] = ()
        self.permits = threading.Semaphore(0)

    def classify(
        self,
        queue: PathQueue,
        predictor: Any,
        *,
        store: ResultStore,
        every_patch: bool,
        is_cancelled: Callable[[], bool],
        is_paused: Callable[[], bool],
        on_taken: Callable[[Path], None],
        on_problem: Callable[[GenreDesktopError], None],
        **_: Any,
    ) -> Iterator[TrackResult]:
        recorder = ResultRecorder(store, predictor.bundle, every_patch, on_problem)
        try:
            while not is_cancelled():
                recorder.save_waiting()
                path = None if is_paused() else queue.take()
                if path is not None:
                    on_taken(path)
                    yield from self._results(recorder, path, predictor.bundle.name, queue, every_patch, is_cancelled)
                elif queue.is_finished and not is_paused():
                    return
                time.sleep(0.002)
        finally:
            recorder.finish()
            self.unkept = recorder.unkept

    def _results(
        self,
        recorder: ResultRecorder,
        path: Path,
        model: str,
        queue: PathQueue,
        every_patch: bool,
        is_cancelled: Callable[[], bool],
    ) -> Iterator[TrackResult]:
        facts, is_afresh = None, queue.is_afresh(str(path))
        try:
            found = facts_of(path)
            facts = None if is_afresh else recorder.find_facts(str(path), found.size, found.mtime_ns)
            if facts is None:
                facts = found
                recorder.remember(str(path), facts)
            known = None if is_afresh else recorder.find(str(path), facts)
            if known is not None:
                yield known
                return
            every_patch |= recorder.is_complete(facts)
            while not self.permits.acquire(timeout=0.004):
                if is_cancelled():
                    return
            content = content_of(path)
            if content["sound"] != facts.identity:
                queue.add([str(path)], afresh=is_afresh)  # replaced meanwhile
                return
            damage = DamagedAudioError(path=str(path), seconds_read=1.0, reason="x")
            if content["damage"] == "all":
                raise damage
            prediction = make_prediction(
                genre_of(facts.identity, model),
                0.3 + next(self.n_answers) / 100_000,
                is_complete=every_patch,
                warnings=(damage,) if content["damage"] else (),
                model=model,
            )
            yield recorder.record(TrackResult(path, prediction, None, model, facts))
        except GenreDesktopError as error:
            yield recorder.record(TrackResult(path, None, error, model, facts))

    def close(self) -> None:
        pass


class Walk:
    """A session and the files of its list."""

    def __init__(self, qtbot: QtBot, services: Services, folder: Path, rng: random.Random) -> None:
        self.qtbot, self.rng, self.folder = qtbot, rng, folder
        self.paths = [folder / f"{number}.wav" for number in range(N_FILES)]
        self.n_sounds, self.n_writes = count(1), count(1)
        self.copied: set[str] = set()
        self.steps: list[str] = []
        self.is_locked = self.hears_all = False
        self.model = "one"
        for path in self.paths:
            self.write(path)
        self.bundles = {name: make_bundle(name) for name in MODELS}
        self.services = changed(
            services,
            list_bundles=lambda: list(self.bundles.values()),
            default_bundle=lambda: self.bundles[self.model],
            load_predictor=lambda bundle: make_predictor(bundle.name),
            scan=lambda paths, **_: iter([path for path in paths if path.exists()]),
            new_engine=lambda jobs: self.for_one if jobs == 1 else self.for_all,
        )
        self.begin()

    def write(self, path: Path, **values: Any) -> None:
        """Write a file: as it was but for these values, or with new sound."""
        content = {"title": "", "damage": "", **(content_of(path) if path.exists() and values else {}), **values}
        content.setdefault("sound", str(next(self.n_sounds)))
        content["padding"] = "x" * self.rng.randint(1, 400)
        path.write_text(json.dumps(content))
        os.utime(path, ns=(time_ns := 10**18 + next(self.n_writes) * 10**9, time_ns))

    def begin(self) -> None:
        self.for_all, self.for_one = FakeEngine(), FakeEngine()
        self.session = session = Session(self.services)
        session.set_processing(replace(ProcessingSettings(), score_every_patch=self.hears_all))
        session.start()
        self.qtbot.waitUntil(lambda: session.restorer.is_restored and session.is_ready)
        self.settle()

    def end(self) -> None:
        self.is_locked = False
        assert self.session.shutdown()
        self.session.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Let what is on its way arrive."""
        session = self.session
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not session.store_client._worker.busy and not session.scanner.worker.busy)
            self.qtbot.wait(12)

    # -- what a person does --------------------------------------------------------------

    def some(self, most: int = N_FILES) -> list[Track]:
        tracks = list(self.session.tracks.tracks())
        return self.rng.sample(tracks, self.rng.randint(1, min(most, len(tracks)))) if tracks else []

    def add(self) -> None:
        self.session.open(self.rng.sample(self.paths, self.rng.randint(1, N_FILES)))

    def let(self) -> None:
        for _ in range(self.rng.randint(1, 12)):
            self.for_all.permits.release()
            self.for_one.permits.release()
            self.qtbot.wait(8)

    def again(self) -> None:
        self.session.classify_again(self.some())

    def pause_or_go_on(self) -> None:
        self.session.resume() if self.session.queue.is_paused else self.session.pause()

    def remove(self) -> None:
        self.session.remove(self.some())

    def by_hand(self) -> None:
        self.session.set_by_hand(self.some(2), self.rng.choice([None, "ska", "polka"]))

    def undo(self) -> None:
        self.session.changes.undo()

    def redo(self) -> None:
        self.session.changes.redo()

    def select(self) -> None:
        self.session.show(next(iter(self.some(1)), None))

    def forget(self) -> None:
        if not self.session.is_busy:
            self.session.drop_all_results()

    def other_model(self) -> None:
        self.model = self.rng.choice(MODELS)
        self.session.choose_model(self.bundles[self.model])
        self.qtbot.waitUntil(lambda: self.session.is_model_loaded)

    def hear_all(self) -> None:
        self.hears_all = not self.hears_all
        self.session.set_processing(replace(ProcessingSettings(), score_every_patch=self.hears_all))

    # -- what happens to files and to the store ------------------------------------------

    def change_file(self) -> None:
        path = self.rng.choice(self.paths)
        if not path.exists():
            return self.write(path)
        sound = content_of(path)["sound"]
        values: dict[str, Any] = self.rng.choice(
            [{}, {"title": self.rng.choice(["A", "B"])}, {"damage": self.rng.choice(["", "part", "all"])}]
        )
        if self.rng.random() < 0.2:
            values = {"sound": f"{sound}-cut", "damage": "part"}
        self.write(path, **values)
        return None

    def copy_file(self) -> None:
        one, other = self.rng.sample(self.paths, 2)
        if one.exists():
            other.write_bytes(one.read_bytes())
            self.copied.add(content_of(one)["sound"])

    def swap_names(self) -> None:
        one, other = self.rng.sample(self.paths, 2)
        if one.exists() and other.exists():
            one.rename(self.folder / "x")
            other.rename(one)
            (self.folder / "x").rename(other)

    def lock_or_unlock(self) -> None:
        self.is_locked = not self.is_locked
        if not self.is_locked:
            self.qtbot.wait(150)

    def quit_and_restart(self) -> None:
        if self.is_locked:
            self.lock_or_unlock()
        self.settle()
        listed = [track.path for track in self.session.tracks.tracks()]
        before = {track.path: shown(track) for track in self.certain() if track.is_answered}
        self.end()
        self.begin()
        tracks = {track.path: track for track in self.session.tracks.tracks()}
        assert [*tracks] == listed, self.told()
        assert {path: shown(tracks[path]) for path in before} == before, self.told()

    def go(self) -> None:
        actions = {
            self.add: 6,
            self.let: 12,
            self.again: 7,
            self.session.cancel: 2,
            self.pause_or_go_on: 1,
            self.session.resume: 3,
            self.remove: 3,
            self.by_hand: 5,
            self.undo: 7,
            self.redo: 4,
            self.select: 5,
            self.forget: 1,
            self.other_model: 2,
            self.hear_all: 1,
            self.change_file: 7,
            self.copy_file: 1,
            self.swap_names: 2,
            self.lock_or_unlock: 2,
            self.quit_and_restart: 2,
        }
        (action,) = self.rng.choices([*actions], [*actions.values()])
        self.steps.append(action.__name__)
        action()
        if not self.is_locked and self.rng.random() < 0.75:
            self.settle()
            try:
                self.check()
            except AssertionError:  # a run that was cancelled may store one more answer
                self.qtbot.wait(400)
                self.settle()
                self.check()

    # -- what must hold ------------------------------------------------------------------

    def certain(self) -> Iterator[Track]:
        """Tracks that are not classified, whose files are as they were then, and neither copies nor damaged."""
        queue = self.session.queue
        if queue.has_unstored_results or queue.full_classifier.busy:
            return
        for track in self.session.tracks.tracks():
            if queue.is_pending(track) or track.facts is None or track.identity in self.copied:
                continue
            if not os.path.exists(track.path) or (
                facts_of(track.path) == track.facts and not content_of(track.path)["damage"]
            ):
                yield track

    def check(self) -> None:
        session, store = self.session, self.session.store
        assert store is not None and session.bundle is not None
        listed = dict(store.summaries_of([track.path for track in session.tracks.tracks()], session.bundle))
        for track in session.tracks.tracks():
            if track.identity is None or track.summary is None:
                continue
            assert track.summary.genre in (None, genre_of(track.identity, session.bundle.name)), self.told(track)
            prediction = session.selected.prediction_of(track)
            assert prediction is None or prediction.confidence == track.summary.confidence, self.told(track)
        for track in self.certain():
            row = listed[track.path]
            assert track.by_hand == store.find_by_hand(track.identity or ""), self.told(track)
            if track.is_answered:
                assert row is not None and track.summary is not None, self.told(track)
                assert (row.genre, row.confidence) == (track.summary.genre, track.summary.confidence), self.told(track)

    def told(self, track: Track | None = None) -> str:
        return f"{'' if track is None else track.name} after {' '.join(self.steps)}"


def shown(track: Track) -> tuple[Any, ...]:
    summary = track.summary
    assert summary is not None
    return summary.genre, summary.confidence, summary.is_complete, summary.by_hand, summary.facts


@pytest.fixture
def walk(
    qtbot: QtBot, services: Services, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Walk]:
    transaction = ResultStore._transaction

    def transaction_unless_locked(store: ResultStore) -> Any:
        if made.is_locked:
            raise StoreBusyError(path="library.sqlite3")
        return transaction(store)

    seconds = count(1_700_000_000, 2)  # results of the same second are not told apart
    clock = SimpleNamespace(time=lambda: next(seconds))
    monkeypatch.setattr(result_store, "time", clock)
    monkeypatch.setattr(store_client, "time", clock)
    monkeypatch.setattr(store_client, "_WRITE_AGAIN_MS", 60)
    monkeypatch.setattr(result_recorder, "_BACK_OFF_S", 0.05)
    monkeypatch.setattr(result_store, "may_be_earlier", lambda *_: False)
    monkeypatch.setattr("genre_desktop.library.files.file_facts.read_facts", facts_of)
    made = Walk(qtbot, services, tmp_path, random.Random(request.param))
    monkeypatch.setattr(ResultStore, "_transaction", transaction_unless_locked)
    yield made
    made.end()


@pytest.mark.parametrize("walk", [101, 104, 106, 110, 112, 113], indirect=True)
def test_files_change_and_nothing_is_lost(walk: Walk) -> None:
    walk.add()
    walk.let()
    for _ in range(N_STEPS):
        walk.go()
    walk.quit_and_restart()
