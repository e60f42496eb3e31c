"""The picture server: in a thread where its answers are looked at, in a process where it may crash."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.picture import picture_process, track_decoder
from genre_desktop.audio.picture.messages import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    Samples,
    ShowTrack,
    TileMade,
    TrackFailed,
)
from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey, TrackPicture
from genre_desktop.core.child_process import ChildProcess
from tests.support import engine_hooks
from tests.support.odd_files import make_odd_files, write_mp3
from tests.support.picture_client import CONFIG, RATE, PictureClient, long_file, loudest_hz, tone
from tests.support.waiting import PATIENCE_S

# -- the picture of a track ----------------------------------------------------------------


def test_one_pass_gives_waveform_and_spectrogram(client: PictureClient, tmp_path: Path) -> None:
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


def test_parts_come_while_decoding_goes_on(
    client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_process, "_PARTIAL_EVERY_S", 0.0)
    monkeypatch.setattr(picture_process, "_PARTIAL_SHARE", 0)
    path, _ = long_file(tmp_path / "a.flac")
    client.show(path)
    first = client.next(TrackPicture)
    assert not first.complete
    assert first.duration_s == pytest.approx(90, abs=0.1), "announced by the header: the axis does not jump"
    client.complete()
    ends = [
        picture.peaks.levels[0].low.size * picture.peaks.levels[0].seconds_per_bin
        for picture in client.received
        if isinstance(picture, TrackPicture)
    ]
    assert ends == sorted(ends) and len(ends) > 10
    # Decoders give two seconds at a time.
    assert 0 < ends[0] <= 8 and ends[-1] == pytest.approx(90, abs=0.01)
    for picture in client.received:
        assert picture.peaks.levels[0].low.size <= (16_384 if not picture.complete else 1 << 20)


def test_another_scale_needs_no_second_decoding(
    client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tone(tmp_path / "a.wav")
    ticket = client.show(path)
    client.complete()
    with monkeypatch.context() as patch:
        patch.setattr(track_decoder, "open_audio", None)  # nothing is decoded
        for scale in ("log", "linear"):
            config = PictureConfig(scale)  # type: ignore[arg-type]
            client.send(AskPicture(ticket, config))
            picture = client.complete()
            assert picture.config == config
            assert loudest_hz(picture) == pytest.approx(1_000, rel=0.05)


def test_another_window_length_is_decoded_again(client: PictureClient, tmp_path: Path) -> None:
    ticket = client.show(tone(tmp_path / "a.wav"))
    client.complete()
    config = PictureConfig(n_fft=8_192)
    client.send(AskPicture(ticket, config))
    picture = client.complete()
    assert picture.config == config
    assert loudest_hz(picture) == pytest.approx(1_000, rel=0.01)


@pytest.mark.parametrize("config", [PictureConfig("log"), PictureConfig(n_fft=1_024)])
def test_another_config_is_requested_while_decoding_goes_on(
    client: PictureClient, tmp_path: Path, config: PictureConfig
) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path)
    client.next(TrackPicture)
    client.send(AskPicture(ticket, config))
    while (picture := client.complete()).config != config:  # it may have been complete just then
        pass
    assert picture.duration_s == pytest.approx(90.0)


def test_what_was_decoded_lately_is_not_decoded_again(
    client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tone(tmp_path / "a.wav"), tone(tmp_path / "b.wav", hz=3_000)
    for path in (one, other):
        client.show(path)
        client.complete()
    with monkeypatch.context() as patch:
        patch.setattr(track_decoder, "open_audio", None)
        client.show(one)
        assert loudest_hz(client.complete()) == pytest.approx(1_000, rel=0.02)
    tone(one, hz=6_000, seconds=13)
    client.show(one)
    assert loudest_hz(client.complete()) == pytest.approx(6_000, rel=0.02), "a changed file is another one"


# -- newer requests -----------------------------------------------------------------------


def test_a_newer_track_supersedes_all_other_work(client: PictureClient, tmp_path: Path) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    short = tone(tmp_path / "b.wav")
    first = client.show(path)
    client.next(TrackPicture)
    client.send(AskTiles(first, CONFIG, tuple(TileKey(0, index) for index in range(500))))
    second = client.show(short)
    while client.complete().ticket != second:
        pass
    n_tiles = sum(isinstance(message, TileMade) for message in client.received)
    assert n_tiles < 500, "tiles of the track before are not made"
    client.send(AskTiles(first, CONFIG, (TileKey(0, 0),)))
    client.send(AskTiles(second, CONFIG, (TileKey(1, 1),)))
    assert client.next(TileMade).ticket == second


def test_the_newest_tiles_are_made(client: PictureClient, tmp_path: Path) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path)
    client.complete()
    client.send(AskTiles(ticket, CONFIG, tuple(TileKey(0, index) for index in range(200))))
    client.send(AskTiles(ticket, CONFIG, (TileKey(1, 7),)))
    while client.next(TileMade).key != TileKey(1, 7):
        pass
    assert sum(isinstance(message, TileMade) for message in client.received) < 200


def test_after_leaving_the_file_is_closed(client: PictureClient, tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav")
    ticket = client.show(path)
    client.complete()
    client.send(AskSamples(ticket, 0, 1))
    client.next(Samples)
    client.send(LeaveTrack(ticket + 1))
    client.send(AskSamples(ticket, 0, 1))  # superseded
    client._ticket += 1
    client.show(tone(tmp_path / "b.wav"))
    client.complete()
    assert sum(isinstance(message, Samples) for message in client.received) == 1


# -- what cannot be read -------------------------------------------------------------------


def test_a_missing_file_is_reported_and_the_next_one_read(client: PictureClient, tmp_path: Path) -> None:
    ticket = client.show(tmp_path / "none.wav")
    failed = client.next(TrackFailed)
    assert failed.ticket == ticket and failed.error.code == "GD-101"
    client.show(tone(tmp_path / "a.wav"))
    client.complete()


def test_a_fault_of_the_program_is_reported_with_its_traceback(tmp_path: Path) -> None:
    client = PictureClient(engine_hooks.fail_by_name)
    client.show(tone(tmp_path / "stumbles.wav"))
    failed = client.next(TrackFailed)
    assert failed.error.code == "GD-900" and "a fault in the hook" in failed.trace
    client.show(tone(tmp_path / "a.wav"))
    client.complete()
    client.close()


def test_a_damaged_file_is_shown_as_far_as_it_goes(client: PictureClient, tmp_path: Path) -> None:
    path = tone(tmp_path / "a.wav", seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    ticket = client.show(path)
    picture = client.complete()
    assert picture.problem is not None and picture.problem.code == "GD-106"
    assert picture.duration_s == pytest.approx(10, abs=0.5)
    client.send(AskTiles(ticket, CONFIG, (TileKey(2, 0), TileKey(2, 1))))
    for _ in range(2):
        assert client.next(TileMade).tile.levels.shape == (256, CONFIG.n_rows)


def test_every_odd_file_has_an_answer(client: PictureClient, tmp_path: Path) -> None:
    for odd in make_odd_files(tmp_path):
        ticket = client.show(odd.path)
        while True:
            assert client.connection.poll(PATIENCE_S), odd.what
            message = client.connection.recv()
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


class Process:
    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.ended = threading.Event()
        self.child = ChildProcess(
            "reading",
            picture_process.main,
            (engine_hooks.fail_by_name,),
            on_message=self.messages.put,
            on_end=self.ended.set,
        )


@pytest.fixture
def process() -> Iterator[Process]:
    made = Process()
    yield made
    made.child.close()


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a limit of memory")


@pytest.mark.parametrize("name", ["crashes.wav", pytest.param("hogs.wav", marks=linux_only)])
def test_a_file_that_ends_the_process_is_reported_and_the_next_process_reads_on(
    process: Process, tmp_path: Path, name: str
) -> None:
    process.child.send(ShowTrack(1, str(tone(tmp_path / name)), CONFIG))
    assert process.ended.wait(PATIENCE_S)
    fresh = Process()
    try:
        fresh.child.send(ShowTrack(2, str(write_mp3(tmp_path / "a.mp3")), CONFIG))
        while not (picture := fresh.messages.get(timeout=PATIENCE_S)).complete:
            pass
        assert picture.ticket == 2
    finally:
        fresh.child.close()


def test_a_process_that_hangs_sends_nothing_and_can_be_closed(
    process: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.core.child_process._JOIN_S", 0.3)
    process.child.send(ShowTrack(1, str(write_mp3(tmp_path / "hangs.mp3")), CONFIG))
    with pytest.raises(queue.Empty):
        process.messages.get(timeout=1.0)
    process.child.close()
    assert not process.child.is_alive
