"""Random walks through a session: whatever a person does, nothing that was told or set by hand is lost.

An answer of a model, once told, is in the store unless it was forgotten and not undone, and stands in the table as
long as its track is on the list and its model in use; an earlier one comes back where classifying again is undone.
Table and store say the same. A genre by hand is what was set last and not undone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioNotFoundError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import FileFacts, Summary, TrackResult
from genre_desktop.model.prediction import Prediction
from tests.gui.conftest import SlowClassifier, changed, make_bundle, make_prediction, make_predictor, with_engines

N_FILES = 8
N_STEPS = 60
MODELS = {"one": "jazz", "two": "metal"}


class Walk:
    """A session, and what should be known of it."""

    def __init__(self, qtbot: QtBot, services: Services, folder: Path, rng: random.Random) -> None:
        self.qtbot = qtbot
        self.rng = rng
        self.paths = [folder / f"{number}.wav" for number in range(N_FILES)]
        for path in self.paths:
            path.write_bytes(path.name.encode() * 100)
        self.told: dict[tuple[str, str], str] = {}  # by model and path
        self.unseen: set[str] = set()
        self.by_hand: dict[str, str | None] = {}
        self.undo: list[dict[str, str | None]] = []  # as far as genres by hand are concerned
        self.steps: list[str] = []
        self.fails = False
        self.n_answers = 0
        self.bundles = {name: make_bundle(name) for name in MODELS}
        self.services = changed(
            services,
            list_bundles=lambda: list(self.bundles.values()),
            default_bundle=lambda: self.bundles["one"],
            load_predictor=lambda bundle: make_predictor(bundle.name),
            scan=lambda paths, **_: iter(paths),
        )
        self.session: Session
        self.begin()

    # -- an engine -----------------------------------------------------------------------

    def answer(self, path: Path) -> TrackResult:
        model = self.session.bundle.name  # type: ignore[union-attr]
        facts = FileFacts(800, 1, f"id-{path.name}")
        store = self.session.store
        assert store is not None
        by_hand = store.find_by_hand(facts.identity)  # as the engine does
        stored = store.find_result(facts.identity, self.bundles[model])
        if stored is not None and not self.session.queue._paths.is_afresh(str(path)):
            return TrackResult(path, stored.prediction, stored.error, model, facts, by_hand, is_stored=True)
        if self.fails:
            return TrackResult(path, None, AudioNotFoundError(path=path), model, facts, by_hand)
        self.n_answers += 1
        # Each answer is another one, so that an old one is told from a new one.
        prediction = make_prediction(MODELS[model], 0.5 + self.n_answers / 1000)
        return TrackResult(path, prediction, None, model, facts, by_hand)

    def on_told(self, news: Any) -> None:
        if isinstance(news, TrackResult) and news.prediction is not None and not news.is_stored:
            track, figure = self.session.tracks.find(news.path), f"{news.prediction.confidence:.3f}"
            # One that was undone while it was under way is not taken.
            if track is None or figure_of(track.summary) == figure:
                self.told[news.model, str(news.path)] = figure
                # One that was removed while it was under way comes back with what was known when it went.
                (self.unseen.add if track is None else self.unseen.discard)(str(news.path))

    # -- beginning and end ---------------------------------------------------------------

    def begin(self) -> None:
        self.engine = SlowClassifier(self.answer)
        self.session = session = Session(with_engines(self.services, self.engine))
        session.queue.result_ready.connect(self.on_told)
        session.start()
        self.qtbot.waitUntil(lambda: session.restorer.is_restored and session.is_ready)

    def end(self) -> None:
        # As a kill would leave it: what was told is in the store already.
        assert self.session.shutdown()
        self.session.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Let what is on its way arrive."""
        session = self.session
        self.qtbot.waitUntil(lambda: not session.store_client._worker.busy and not session.scanner.worker.busy)
        self.qtbot.wait(15)
        self.qtbot.waitUntil(lambda: not session.store_client._worker.busy)

    # -- what is done --------------------------------------------------------------------

    def some(self) -> list[Any]:
        tracks = list(self.session.tracks.tracks())
        return self.rng.sample(tracks, self.rng.randint(1, len(tracks))) if tracks else []

    def add(self) -> None:
        self.session.open(self.rng.sample(self.paths, self.rng.randint(1, N_FILES)))

    def let(self) -> None:
        self.engine.let(self.rng.randint(1, 4))
        self.qtbot.wait(20)

    def redo(self) -> None:
        self.session.classify_again(self.some())

    def stop(self) -> None:
        self.session.cancel()

    def go_on(self) -> None:
        self.session.resume()

    def remove(self) -> None:
        self.session.remove(self.some())

    def clear(self) -> None:
        self.session.remove(list(self.session.tracks.tracks()))

    def set_by_hand(self) -> None:
        chosen = self.some()
        genre = self.rng.choice([None, "ska", "polka", "zydeco"])
        self.session.set_by_hand(chosen, genre)
        self.by_hand.update({track.path: genre for track in chosen})

    def undo_step(self) -> None:
        self.settle()
        text = self.session.changes.undo_text
        self.session.changes.undo()
        self.settle()
        self.take_over(text)

    def redo_step(self) -> None:
        self.settle()
        text = self.session.changes.redo_text
        self.session.changes.redo()
        self.settle()
        self.take_over(text)

    def take_over(self, text: str | None) -> None:
        if text is not None and text.startswith("genre by hand"):
            self.take_over_by_hand()
        if text is not None and text.startswith("classifying"):
            for model, path in self.told:
                self.told[model, path] = figure_of(self.stored(model, path)) or "lost"

    def stored(self, model: str, path: str) -> Prediction | None:
        store = self.session.store
        found = None if store is None else store.find_result(f"id-{Path(path).name}", self.bundles[model])
        return None if found is None else found.prediction

    def take_over_by_hand(self) -> None:
        # Which ones come back is told by tests of their own; here table and store must say the same from now on.
        for path in self.paths:
            track = self.session.tracks.find(path)
            genre = None if self.session.store is None else self.session.store.find_by_hand(f"id-{path.name}")
            self.by_hand[str(path)] = genre
            if track is not None and track.identity is not None:
                assert track.by_hand == genre, path.name

    def forget_and_undo(self) -> None:
        self.settle()
        if self.session.is_busy:
            return
        self.session.drop_all_results()
        self.settle()
        assert self.session.changes.undo_text == "forgetting all results"
        self.session.changes.undo()

    def other_model(self) -> None:
        name = self.rng.choice([*MODELS])
        self.session.choose_model(self.bundles[name])
        self.qtbot.waitUntil(lambda: self.session.is_model_loaded)

    def fail_from_now_on(self) -> None:
        self.fails = not self.fails

    def quit_and_restart(self) -> None:
        self.end()
        self.begin()

    def go(self) -> None:
        actions = {
            self.add: 4,
            self.let: 8,
            self.redo: 4,
            self.stop: 1,
            self.go_on: 2,
            self.remove: 2,
            self.clear: 1,
            self.set_by_hand: 3,
            self.undo_step: 5,
            self.redo_step: 2,
            self.forget_and_undo: 1,
            self.other_model: 1,
            self.fail_from_now_on: 1,
            self.quit_and_restart: 1,
        }
        (action,) = self.rng.choices([*actions], [*actions.values()])
        self.steps.append(action.__name__)
        action()
        self.settle()
        self.check()

    # -- what must hold ------------------------------------------------------------------

    def check(self) -> None:
        session, where = self.session, " ".join(self.steps)
        store = session.store
        assert store is not None
        for (model, path), figure in self.told.items():
            found = figure_of(self.stored(model, path))
            assert found is not None, (where, "lost", path)
            # A newer one may be kept that was not told any more: the figures grow.
            assert found >= figure, (where, "old", path)
            track = session.tracks.find(path)
            if track is not None and session.bundle is not None and session.bundle.name == model:
                if track.state in (State.WAITING, State.WORKING, State.STOPPED) and not session.queue.is_redone(track):
                    continue  # added anew or left: the run or Continue finds it in the store
                assert track.is_answered, (where, "not shown", path)
                if found == figure and path not in self.unseen:
                    assert figure_of(track.summary) == figure, (where, "another one shown", path)
        for path, genre in self.by_hand.items():
            assert store.find_by_hand(f"id-{Path(path).name}") == genre, (where, "by hand", path)
            track = session.tracks.find(path)
            if track is not None and track.identity is not None:
                assert track.by_hand == genre, (where, "by hand in the table", path)
        assert sum(session.tracks.counts.values()) == len(session.tracks)
        listed = [path for rows in store.summaries(self.bundles["one"]) for path, _ in rows]
        assert sorted(listed) == sorted(track.path for track in session.tracks.tracks()), where


def figure_of(answer: Prediction | Summary | None) -> str | None:
    return None if answer is None or answer.confidence is None else f"{answer.confidence:.3f}"


@pytest.fixture
def walk(qtbot: QtBot, services: Services, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Walk]:
    made = Walk(qtbot, services, tmp_path, random.Random(request.param))
    yield made
    made.end()


@pytest.mark.parametrize("walk", range(8), indirect=True)
def test_nothing_is_lost_on_any_way(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "genre_desktop.library.files.file_facts.read_facts", lambda path: FileFacts(800, 1, f"id-{Path(path).name}")
    )
    walk.add()
    walk.let()
    for _ in range(N_STEPS):
        walk.go()
