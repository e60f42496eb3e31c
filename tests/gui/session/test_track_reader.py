from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shiboken6
import soundfile
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.messages import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    ShowTrack,
    TileMade,
    TrackFailed,
)
from genre_desktop.audio.picture.peak_envelope import Peaks
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid
from genre_desktop.audio.picture.picture_process import main
from genre_desktop.audio.picture.track_picture import PictureConfig, SpectrogramTile, TileKey, TrackPicture
from genre_desktop.core.child_process import ChildProcess
from genre_desktop.core.errors import AudioEmptyError, GenreDesktopError
from genre_desktop.gui.session.track_reader import TrackReader
from tests.gui.support.fake_process import FakeProcess
from tests.support.engine_hooks import fail_by_name
from tests.support.sounds import tune


def tile() -> SpectrogramTile:
    return SpectrogramTile(np.zeros((4, 8), np.uint8), 0.0, 0.1)


def picture(ticket: int, path: str, *, complete: bool = True) -> TrackPicture:
    bins = np.zeros(4, np.float32)
    peaks = PeakPyramid.of(Peaks(bins, bins, bins, 0.1))
    return TrackPicture(
        ticket, path, PictureConfig(), "pcm", 44_100, 2, 0.4, peaks, tile(), problem=None, complete=complete
    )


class Bench:
    """A reader, the processes that it has started, and what it has emitted."""

    def __init__(self) -> None:
        self.processes: list[FakeProcess] = []
        self.reader = TrackReader(self._start)
        self.pictures: list[TrackPicture] = []
        self.errors: list[GenreDesktopError] = []
        self.tiles: list[TileMade] = []
        self.reader.read.connect(self.pictures.append)
        self.reader.failed.connect(self.errors.append)
        self.reader.tile_made.connect(self.tiles.append)

    def _start(self, on_message: Callable[[object], None], on_end: Callable[[], None]) -> FakeProcess:
        self.processes.append(FakeProcess(on_message, on_end))
        return self.processes[-1]

    @property
    def requests(self) -> list[object]:
        return self.processes[-1].received

    @property
    def ticket(self) -> int:
        ticket = self.requests[-1].ticket  # type: ignore[attr-defined]
        assert isinstance(ticket, int)
        return ticket


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench()
    yield made
    made.reader.shutdown()
    shiboken6.delete(made.reader)  # else it falls to the garbage collector, on whatever thread that runs


def test_a_track_is_read_once_and_then_only_opened(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    first = bench.ticket
    bench.processes[0].send_back(picture(first, "a.wav", complete=False))
    bench.processes[0].send_back(picture(first, "a.wav"))
    qtbot.waitUntil(lambda: len(bench.pictures) == 2)
    assert not bench.reader.is_reading
    bench.reader.show("b.wav")
    bench.reader.show("a.wav")
    assert bench.pictures[-1].path == "a.wav"
    assert bench.requests[-1] == ShowTrack(bench.ticket, "a.wav", PictureConfig(), is_known=True)
    bench.reader.forget("a.wav")
    bench.reader.show("a.wav")
    assert bench.requests[-1] == ShowTrack(bench.ticket, "a.wav", PictureConfig())


def test_answers_about_an_earlier_track_are_dropped(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    old = bench.ticket
    bench.reader.show("b.wav")
    bench.processes[0].send_back(picture(old, "a.wav"))
    bench.processes[0].send_back(TileMade(old, PictureConfig(), TileKey(0, 0), tile()))
    bench.processes[0].send_back(picture(bench.ticket, "b.wav"))
    qtbot.waitUntil(lambda: bool(bench.pictures))
    assert [p.path for p in bench.pictures] == ["b.wav"]
    assert not bench.tiles
    bench.reader.show(None)
    assert isinstance(bench.requests[-1], LeaveTrack)


def test_tiles_and_a_picture_with_another_scale_are_requested(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.request_tiles(PictureConfig(), [TileKey(3, 1)])
    assert not bench.processes
    bench.reader.show("a.wav")
    keys = (TileKey(3, 1), TileKey(3, 2))
    bench.reader.request_tiles(PictureConfig(), keys)
    assert bench.requests[-1] == AskTiles(bench.ticket, PictureConfig(), keys)
    bench.processes[0].send_back(TileMade(bench.ticket, PictureConfig(), keys[0], tile()))
    qtbot.waitUntil(lambda: bool(bench.tiles))
    linear = PictureConfig(scale="linear")
    bench.reader.request_picture(linear)
    assert bench.requests[-1] == AskPicture(bench.ticket, linear)
    bench.reader.show("b.wav")
    assert bench.requests[-1] == ShowTrack(bench.ticket, "b.wav", linear)


def test_a_track_that_cannot_be_read_is_a_typed_error(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    bench.processes[0].send_back(TrackFailed(bench.ticket, AudioEmptyError(path="a.wav")))
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert bench.errors[0].code == "GD-104"


def test_a_detail_that_fails_is_no_error_of_the_track(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    bench.processes[0].send_back(picture(bench.ticket, "a.wav"))
    bench.processes[0].send_back(TrackFailed(bench.ticket, AudioEmptyError(path="a.wav")))
    bench.processes[0].send_back(TileMade(bench.ticket, PictureConfig(), TileKey(0, 0), tile()))
    qtbot.waitUntil(lambda: bool(bench.tiles))
    assert not bench.errors


def test_a_crashed_process_is_replaced(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    bench.processes[0].crash()
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert bench.errors[0].code == "GD-304" and bench.processes[0].is_closed
    bench.reader.show("b.wav")
    assert len(bench.processes) == 2
    bench.processes[0].send_back(picture(bench.ticket, "b.wav"))  # stale
    bench.processes[1].send_back(picture(bench.ticket, "b.wav", complete=False))
    qtbot.waitUntil(lambda: bool(bench.pictures))
    assert [p.complete for p in bench.pictures] == [False]


def test_a_detail_that_crashes_the_process_twice_is_not_requested_again(bench: Bench, qtbot: QtBot) -> None:
    bench.reader.show("a.wav")
    bench.processes[0].send_back(picture(bench.ticket, "a.wav"))
    qtbot.waitUntil(lambda: bool(bench.pictures))
    bench.processes[0].crash()
    qtbot.waitUntil(lambda: bench.processes[0].is_closed)
    assert not bench.errors  # the picture stands
    bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
    bench.reader.request_samples(0.0, 0.1)
    assert [type(m) for m in bench.processes[1].received] == [ShowTrack, AskTiles, AskSamples]  # once may be chance
    bench.processes[1].crash()
    qtbot.waitUntil(lambda: bench.processes[1].is_closed)
    bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
    bench.reader.request_samples(0.0, 0.1)
    assert len(bench.processes) == 2
    bench.reader.show("a.wav")  # selected anew
    bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
    assert [type(m) for m in bench.processes[2].received] == [ShowTrack, AskTiles]


def test_a_silent_process_is_given_up(bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.reader._client, "silence_limit_s", 0.01)
    bench.reader.show("a.wav")
    qtbot.waitUntil(lambda: bool(bench.errors))
    assert bench.errors[0].code == "GD-305" and bench.processes[0].is_closed


def test_nothing_is_started_after_the_end(bench: Bench) -> None:
    bench.reader.show("a.wav")
    assert bench.reader.shutdown()
    assert bench.processes[0].is_closed
    bench.reader.show("b.wav")
    bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
    assert len(bench.processes) == 1


def test_after_the_crash_of_a_real_process_the_next_track_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    names = ("crashes.wav", "a.wav")
    for name in names:
        soundfile.write(tmp_path / name, tune(2.0, 22_050), 22_050)
    reader = TrackReader(
        lambda on_message, on_end: ChildProcess("reader", main, (fail_by_name,), on_message=on_message, on_end=on_end)
    )
    errors: list[GenreDesktopError] = []
    pictures: list[TrackPicture] = []
    reader.failed.connect(errors.append)
    reader.read.connect(pictures.append)
    try:
        reader.show(str(tmp_path / "crashes.wav"))
        qtbot.waitUntil(lambda: bool(errors))
        assert errors[0].code == "GD-304" and not pictures
        reader.show(str(tmp_path / "a.wav"))
        qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].complete)
        assert pictures[-1].path == str(tmp_path / "a.wav") and len(errors) == 1
    finally:
        reader.shutdown()
        shiboken6.delete(reader)


def test_a_real_process_that_hangs_is_replaced(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    for name in ("hangs.wav", "a.wav"):
        soundfile.write(tmp_path / name, tune(2.0, 22_050), 22_050)
    reader = TrackReader(
        lambda on_message, on_end: ChildProcess("reader", main, (fail_by_name,), on_message=on_message, on_end=on_end)
    )
    errors: list[GenreDesktopError] = []
    pictures: list[TrackPicture] = []
    reader.failed.connect(errors.append)
    reader.read.connect(pictures.append)
    try:
        with monkeypatch.context() as patch:
            patch.setattr(reader._client, "silence_limit_s", 0.5)
            reader.show(str(tmp_path / "hangs.wav"))
            qtbot.waitUntil(lambda: bool(errors))
        assert errors[0].code == "GD-305"
        reader.show(str(tmp_path / "a.wav"))
        qtbot.waitUntil(lambda: bool(pictures) and pictures[-1].complete)
    finally:
        reader.shutdown()
        shiboken6.delete(reader)


def test_crashes_while_a_track_is_read_do_not_count_for_its_details(bench: Bench, qtbot: QtBot) -> None:
    for n in (1, 2, 3):
        bench.reader.show("a.wav")
        bench.processes[-1].crash()
        qtbot.waitUntil(lambda n=n: len(bench.errors) == n)  # type: ignore[misc]
        assert not bench.reader.is_reading
    for n in (4, 5):
        bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
        assert len(bench.processes) == n
        bench.processes[-1].crash()
        qtbot.waitUntil(lambda: bench.processes[-1].is_closed)
    bench.reader.request_tiles(PictureConfig(), [TileKey(0, 0)])
    assert len(bench.processes) == 5 and len(bench.errors) == 3
