"""The reading process: in a thread where its answers are looked at, in a process where it may fall."""

from __future__ import annotations

import multiprocessing
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.audio.picture.track_picture import (
    AskPicture,
    AskSamples,
    AskTiles,
    FrequencyRange,
    LeaveTrack,
    PictureConfig,
    Samples,
    ShowTrack,
    StillReading,
    TileKey,
    TileMade,
    TrackFailed,
    TrackPicture,
)
from genre_desktop.core.child_process import ChildProcess
from tests.support import engine_hooks
from tests.support.odd_files import make_odd_files, music, write_mp3, write_sound
from tests.support.waiting import PATIENCE_S

RATE = 44_100
CONFIG = PictureConfig()
_Message = TypeVar("_Message")


class Client:
    """The other end of a reading loop that runs in a thread of this process."""

    def __init__(self, hook: Callable[[str], None] | None = None) -> None:
        self._near, far = multiprocessing.Pipe()
        self.heard: list[Any] = []
        self._thread = threading.Thread(target=self._run, args=(far, hook))
        self._thread.start()
        self._ticket = 0

    @staticmethod
    def _run(connection: Any, hook: Callable[[str], None] | None) -> None:
        try:
            reading.main(connection, hook)
        except EOFError:
            pass
        finally:
            connection.close()

    def send(self, message: object) -> None:
        self._near.send(message)

    def show(self, path: Path, config: PictureConfig = CONFIG, *, is_known: bool = False) -> int:
        self._ticket += 1
        self.send(ShowTrack(self._ticket, str(path), config, is_known))
        return self._ticket

    def next(self, kind: type[_Message]) -> _Message:
        while True:
            assert self._near.poll(PATIENCE_S), f"no {kind.__name__}"
            message = self._near.recv()
            self.heard.append(message)
            assert kind is TrackFailed or not isinstance(message, TrackFailed), message
            if isinstance(message, kind):
                return message

    def complete(self) -> TrackPicture:
        while not (picture := self.next(TrackPicture)).complete:
            pass
        return picture

    def close(self) -> None:
        self._near.send(None)
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        self._near.close()


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client()
    yield made
    made.close()


def tone(path: Path, hz: float = 1_000.0, seconds: float = 12.0, channels: int = 2) -> Path:
    time = np.arange(round(seconds * RATE)) / RATE
    sound = (0.5 * np.sin(2 * np.pi * hz * time)).astype(np.float32)
    return write_sound(path, np.repeat(sound[:, np.newaxis], channels, axis=1), RATE)


def long_file(path: Path, seconds: float = 90.0) -> tuple[Path, NDArray[np.float32]]:
    sound = music(seconds, RATE, 1)
    return write_sound(path, sound, RATE, format="FLAC"), sound[:, 0]


def loudest_hz(picture: TrackPicture) -> float:
    levels = picture.spectrogram.levels.astype(float).mean(axis=0)
    axis = FrequencyRange.of(picture.config, picture.sample_rate)
    return float(axis.hz((levels.argmax() + 0.5) / levels.size))


# -- the picture of a track ----------------------------------------------------------------


def test_one_pass_gives_waveform_and_spectrogram(client: Client, tmp_path: Path) -> None:
    ticket = client.show(tone(tmp_path / "a.wav"))
    picture = client.complete()
    assert picture.ticket == ticket and picture.path == str(tmp_path / "a.wav") and picture.config == CONFIG
    assert (picture.sample_rate, picture.channels, picture.codec) == (RATE, 2, "PCM_16")
    assert picture.duration_s == pytest.approx(12.0)
    finest = picture.peaks.levels[0]
    assert finest.seconds_per_bin == pytest.approx(256 / RATE)
    assert finest.low.size * finest.seconds_per_bin == pytest.approx(12.0, abs=0.01)
    assert float(finest.high.max()) == pytest.approx(0.5, abs=0.001)
    spectrogram = picture.spectrogram
    assert len(spectrogram.levels) * spectrogram.seconds_per_column == pytest.approx(12.0, abs=0.1)
    assert loudest_hz(picture) == pytest.approx(1_000, rel=0.02)
    assert picture.problem is None


def test_parts_come_while_reading_goes_on(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PARTIAL_EVERY_S", 0.0)
    monkeypatch.setattr(reading, "_PARTIAL_SHARE", 0)
    path, _ = long_file(tmp_path / "a.flac")
    client.show(path)
    first = client.next(TrackPicture)
    assert not first.complete
    assert first.duration_s == pytest.approx(90, abs=0.1), "announced by the header: the axis does not jump"
    client.complete()
    ends = [
        picture.peaks.levels[0].low.size * picture.peaks.levels[0].seconds_per_bin
        for picture in client.heard
        if isinstance(picture, TrackPicture)
    ]
    assert ends == sorted(ends) and len(ends) > 10
    assert 0 < ends[0] <= 6 and ends[-1] == pytest.approx(90, abs=0.01)
    for picture in client.heard:
        assert picture.peaks.levels[0].low.size <= (16_384 if not picture.complete else 1 << 20)


def test_another_scale_needs_no_second_reading(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tone(tmp_path / "a.wav")
    ticket = client.show(path)
    client.complete()
    with monkeypatch.context() as patch:
        patch.setattr(reading, "open_audio", None)  # nothing is decoded
        for scale in ("log", "linear"):
            config = PictureConfig(scale)  # type: ignore[arg-type]
            client.send(AskPicture(ticket, config))
            picture = client.complete()
            assert picture.config == config
            assert loudest_hz(picture) == pytest.approx(1_000, rel=0.05)


def test_another_window_is_read_anew(client: Client, tmp_path: Path) -> None:
    ticket = client.show(tone(tmp_path / "a.wav"))
    client.complete()
    config = PictureConfig(n_fft=8_192)
    client.send(AskPicture(ticket, config))
    picture = client.complete()
    assert picture.config == config
    assert loudest_hz(picture) == pytest.approx(1_000, rel=0.01)


@pytest.mark.parametrize("config", [PictureConfig("log"), PictureConfig(n_fft=1_024)])
def test_another_kind_is_wanted_while_reading_goes_on(client: Client, tmp_path: Path, config: PictureConfig) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path)
    client.next(TrackPicture)
    client.send(AskPicture(ticket, config))
    while (picture := client.complete()).config != config:  # it may have been complete just then
        pass
    assert picture.duration_s == pytest.approx(90.0)


def test_what_was_read_lately_is_not_read_again(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tone(tmp_path / "a.wav"), tone(tmp_path / "b.wav", hz=3_000)
    for path in (one, other):
        client.show(path)
        client.complete()
    with monkeypatch.context() as patch:
        patch.setattr(reading, "open_audio", None)
        client.show(one)
        assert loudest_hz(client.complete()) == pytest.approx(1_000, rel=0.02)
    tone(one, hz=6_000, seconds=13)
    client.show(one)
    assert loudest_hz(client.complete()) == pytest.approx(6_000, rel=0.02), "a changed file is another one"


# -- newer questions -----------------------------------------------------------------------


def test_a_newer_track_is_all_that_is_wanted(client: Client, tmp_path: Path) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    short = tone(tmp_path / "b.wav")
    first = client.show(path)
    client.next(TrackPicture)
    client.send(AskTiles(first, CONFIG, tuple(TileKey(0, index) for index in range(500))))
    second = client.show(short)
    while client.complete().ticket != second:
        pass
    n_tiles = sum(isinstance(message, TileMade) for message in client.heard)
    assert n_tiles < 500, "tiles of the track before are not made"
    client.send(AskTiles(first, CONFIG, (TileKey(0, 0),)))
    client.send(AskTiles(second, CONFIG, (TileKey(1, 1),)))
    assert client.next(TileMade).ticket == second


def test_the_newest_tiles_are_made(client: Client, tmp_path: Path) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path)
    client.complete()
    client.send(AskTiles(ticket, CONFIG, tuple(TileKey(0, index) for index in range(200))))
    client.send(AskTiles(ticket, CONFIG, (TileKey(1, 7),)))
    while client.next(TileMade).key != TileKey(1, 7):
        pass
    assert sum(isinstance(message, TileMade) for message in client.heard) < 200


def test_after_leaving_the_file_is_closed(client: Client, tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav")
    ticket = client.show(path)
    client.complete()
    client.send(AskSamples(ticket, 0, 1))
    client.next(Samples)
    client.send(LeaveTrack(ticket + 1))
    client.send(AskSamples(ticket, 0, 1))  # of nobody's interest any more
    client._ticket += 1
    client.show(tone(tmp_path / "b.wav"))
    client.complete()
    assert sum(isinstance(message, Samples) for message in client.heard) == 1


# -- details -------------------------------------------------------------------------------


def test_tiles_come_in_the_order_asked(client: Client, tmp_path: Path) -> None:
    ticket = client.show(tone(tmp_path / "a.wav"))
    client.complete()
    keys = tuple(TileKey(level, index) for level, index in ((6, 0), (0, 5), (3, 1), (0, 6), (9, 0)))
    client.send(AskTiles(ticket, CONFIG, keys))
    tiles = [client.next(TileMade) for _ in keys]
    assert [tile.key for tile in tiles] == list(keys)
    for made in tiles:
        assert made.tile.levels.dtype == np.uint8 and made.tile.levels.shape[1] == CONFIG.n_rows
        assert made.tile.levels.shape[0] > 0
        row = made.tile.levels.astype(float).mean(axis=0).argmax()
        hz = float(FrequencyRange.of(CONFIG, RATE).hz((row + 0.5) / CONFIG.n_rows))
        assert hz == pytest.approx(1_000, rel=0.02)


@pytest.mark.parametrize("is_known", [False, True])
def test_samples_are_those_of_the_file(client: Client, tmp_path: Path, is_known: bool) -> None:
    path, sound = long_file(tmp_path / "a.flac")
    ticket = client.show(path, is_known=is_known)
    client.send(AskSamples(ticket, 40.0, 40.25))
    found = client.next(Samples)
    start = round(found.start_s * RATE)
    assert start == 40 * RATE and found.sample_rate == RATE
    assert found.samples.size == RATE // 4
    np.testing.assert_allclose(found.samples, sound[start : start + found.samples.size], atol=1e-4)


def test_details_of_a_long_track_come_before_all_of_it_is_read(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    monkeypatch.setattr(reading, "_BLOCK_S", 0.5)
    ticket = client.show(path)
    client.send(AskTiles(ticket, CONFIG, (TileKey(9, 0), TileKey(0, 3_000))))
    client.complete()
    made_meanwhile = [message.key for message in client.heard if isinstance(message, TileMade)]
    assert made_meanwhile == [TileKey(0, 3_000)], "the coarse one waits for what the pass gives for nothing"
    assert client.next(TileMade).key == TileKey(9, 0)


def test_what_cannot_be_sought_in_does_not_hold_up_reading(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_mp3(tmp_path / "a.mp3", music(60, 22_050, 1))
    content = bytearray(path.read_bytes())
    content[len(content) // 4 : len(content) // 4 + 20_000] = bytes(20_000)  # times jump
    path.write_bytes(content)
    monkeypatch.setattr(reading, "_BLOCK_S", 0.5)
    ticket = client.show(path)
    client.send(AskTiles(ticket, CONFIG, (TileKey(0, 60),)))
    client.complete()
    assert not any(isinstance(message, TileMade) for message in client.heard)
    assert client.next(TileMade).tile.levels.shape == (256, CONFIG.n_rows)


def test_a_known_track_is_not_read(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    monkeypatch.setattr(reading, "open_audio", None)
    ticket = client.show(path, is_known=True)
    client.send(AskTiles(ticket, CONFIG, (TileKey(8, 1), TileKey(2, 9))))
    assert [client.next(TileMade).key.level for _ in range(2)] == [8, 2]
    assert not any(isinstance(message, TrackPicture) for message in client.heard)


def test_long_work_gives_signs_of_life(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_ALIVE_S", -1.0)
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path, is_known=True)
    client.send(AskTiles(ticket, CONFIG, (TileKey(12, 0),)))
    client.next(TileMade)
    signs = [message for message in client.heard if isinstance(message, StillReading)]
    assert len(signs) > 5 and {sign.ticket for sign in signs} == {ticket}


# -- what cannot be read -------------------------------------------------------------------


def test_a_missing_file_is_said_and_the_next_one_read(client: Client, tmp_path: Path) -> None:
    ticket = client.show(tmp_path / "none.wav")
    failed = client.next(TrackFailed)
    assert failed.ticket == ticket and failed.error.code == "GD-101"
    client.show(tone(tmp_path / "a.wav"))
    client.complete()


def test_a_fault_of_the_program_is_said_with_its_place(tmp_path: Path) -> None:
    client = Client(engine_hooks.odd)
    client.show(tone(tmp_path / "stumbles.wav"))
    failed = client.next(TrackFailed)
    assert failed.error.code == "GD-900" and "a fault in the hook" in failed.trace
    client.show(tone(tmp_path / "a.wav"))
    client.complete()
    client.close()


def test_a_damaged_file_is_shown_as_far_as_it_goes(client: Client, tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    ticket = client.show(path)
    picture = client.complete()
    assert picture.problem is not None and picture.problem.code == "GD-106"
    assert picture.duration_s == pytest.approx(10, abs=0.5)
    client.send(AskTiles(ticket, CONFIG, (TileKey(2, 0), TileKey(2, 1))))
    for _ in range(2):
        assert client.next(TileMade).tile.levels.shape == (256, CONFIG.n_rows)


def test_every_odd_file_has_an_answer(client: Client, tmp_path: Path) -> None:
    for odd in make_odd_files(tmp_path):
        ticket = client.show(odd.path)
        while True:
            assert client._near.poll(PATIENCE_S), odd.what
            message = client._near.recv()
            if isinstance(message, TrackFailed) or (isinstance(message, TrackPicture) and message.complete):
                break
        if isinstance(message, TrackFailed):
            assert odd.expect in ("error", "damaged or genre"), (odd.what, message.error)
            assert message.error.code != "GD-900", message.trace
            assert odd.code in (None, message.error.code), odd.what
            continue
        assert odd.expect != "error", odd.what
        keys = tuple(TileKey(level, 0) for level in (0, 4, 8))
        client.send(AskSamples(ticket, 0.0, 0.1))
        client.send(AskTiles(ticket, CONFIG, keys))
        samples = client.next(Samples)
        assert np.isfinite(samples.samples).all()
        assert [client.next(TileMade).key for _ in keys] == list(keys)
        for peaks in message.peaks.levels:
            assert np.isfinite(peaks.low).all() and np.isfinite(peaks.rms).all()


# -- a process -----------------------------------------------------------------------------


class Ear:
    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.ended = threading.Event()
        self.servant = ChildProcess(
            "reading", reading.main, (engine_hooks.odd,), on_message=self.messages.put, on_end=self.ended.set
        )


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.servant.close()


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit of memory")


@pytest.mark.parametrize("name", ["crashes.wav", pytest.param("hogs.wav", marks=linux_only)])
def test_a_file_that_ends_the_process_is_told_and_the_next_process_reads_on(
    ear: Ear, tmp_path: Path, name: str
) -> None:
    ear.servant.send(ShowTrack(1, str(tone(tmp_path / name)), CONFIG))
    assert ear.ended.wait(PATIENCE_S)
    fresh = Ear()
    try:
        fresh.servant.send(ShowTrack(2, str(write_mp3(tmp_path / "a.mp3")), CONFIG))
        while not (picture := fresh.messages.get(timeout=PATIENCE_S)).complete:
            pass
        assert picture.ticket == 2
    finally:
        fresh.servant.close()


def test_one_that_hangs_says_nothing_and_can_be_closed(
    ear: Ear, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    ear.servant.send(ShowTrack(1, str(write_mp3(tmp_path / "hangs.mp3")), CONFIG))
    with pytest.raises(queue.Empty):
        ear.messages.get(timeout=1.0)
    ear.servant.close()
    assert not ear.servant.is_alive


def test_what_is_asked_in_a_row_is_all_answered(client: Client, tmp_path: Path) -> None:
    path = write_mp3(tmp_path / "a.mp3", music(60.0, RATE, 2), RATE)
    ticket = client.show(path)
    client.complete()
    time.sleep(1.0)  # it opens the file of its own accord meanwhile
    for number in range(20):
        start_s = 1.0 + 2.5 * number
        client.send(AskTiles(ticket, CONFIG, (TileKey(0, 3 * number),)))
        time.sleep(0.001 * (number % 4))
        client.send(AskSamples(ticket, start_s, start_s + 0.5))
        time.sleep(0.002)
        answers: set[type] = set()
        while not {TileMade, Samples} <= answers:
            answers.add(type(client.next(object)))
