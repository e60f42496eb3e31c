"""Tiles and samples of the track that is shown."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.picture import picture_process, track_decoder
from genre_desktop.audio.picture.messages import (
    AskSamples,
    AskTiles,
    Samples,
    StillReading,
    TileMade,
)
from genre_desktop.audio.picture.track_picture import FrequencyRange, TileKey, TrackPicture
from tests.support.odd_files import music, write_mp3
from tests.support.picture_client import CONFIG, RATE, PictureClient, long_file, tone


def test_tiles_come_in_the_order_requested(client: PictureClient, tmp_path: Path) -> None:
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
def test_samples_are_those_of_the_file(client: PictureClient, tmp_path: Path, is_known: bool) -> None:
    path, sound = long_file(tmp_path / "a.flac")
    ticket = client.show(path, is_known=is_known)
    client.send(AskSamples(ticket, 40.0, 40.25))
    found = client.next(Samples)
    start = round(found.start_s * RATE)
    assert start == 40 * RATE and found.sample_rate == RATE
    assert found.samples.size == RATE // 4
    np.testing.assert_allclose(found.samples, sound[start : start + found.samples.size], atol=1e-4)


def test_details_of_a_long_track_come_before_it_is_decoded(
    client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    monkeypatch.setattr(track_decoder, "_BLOCK_S", 0.5)
    ticket = client.show(path)
    client.send(AskTiles(ticket, CONFIG, (TileKey(9, 0), TileKey(0, 3_000))))
    client.complete()
    made_meanwhile = [message.key for message in client.received if isinstance(message, TileMade)]
    assert made_meanwhile == [TileKey(0, 3_000)], "the coarse one waits for what the pass gives for nothing"
    assert client.next(TileMade).key == TileKey(9, 0)


def test_a_file_without_random_access_does_not_hold_up_decoding(
    client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_mp3(tmp_path / "a.mp3", music(60, 22_050, 1))
    content = bytearray(path.read_bytes())
    content[len(content) // 4 : len(content) // 4 + 20_000] = bytes(20_000)  # times jump
    path.write_bytes(content)
    monkeypatch.setattr(track_decoder, "_BLOCK_S", 0.5)
    ticket = client.show(path)
    client.send(AskTiles(ticket, CONFIG, (TileKey(0, 60),)))
    client.complete()
    assert not any(isinstance(message, TileMade) for message in client.received)
    assert client.next(TileMade).tile.levels.shape == (256, CONFIG.n_rows)


def test_a_known_track_is_not_decoded(client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = long_file(tmp_path / "a.flac")
    monkeypatch.setattr(track_decoder, "open_audio", None)
    ticket = client.show(path, is_known=True)
    client.send(AskTiles(ticket, CONFIG, (TileKey(8, 1), TileKey(2, 9))))
    assert [client.next(TileMade).key.level for _ in range(2)] == [8, 2]
    assert not any(isinstance(message, TrackPicture) for message in client.received)


def test_long_work_gives_signs_of_life(client: PictureClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_process, "_ALIVE_S", -1.0)
    path, _ = long_file(tmp_path / "a.flac")
    ticket = client.show(path, is_known=True)
    client.send(AskTiles(ticket, CONFIG, (TileKey(12, 0),)))
    client.next(TileMade)
    signs = [message for message in client.received if isinstance(message, StillReading)]
    assert len(signs) > 5 and {sign.ticket for sign in signs} == {ticket}


def test_requests_in_a_row_are_all_answered(client: PictureClient, tmp_path: Path) -> None:
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
