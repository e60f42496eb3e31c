"""Decoded frames by the numbers of their samples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_frames import FrameFormat
from genre_desktop.audio.decode.pyav_packets import DecodedRange, SampleClock, require_exact_times, timed_packets
from genre_desktop.audio.decode.source_file import SourceFile
from tests.support.odd_files import encode, music, write_mp3

RATE = 44_100
CLOCK = SampleClock(tick_s=1 / RATE, origin=500, sample_rate=RATE)
FORMAT = FrameFormat("fltp", 2, RATE)
SOUND = np.random.default_rng(1).uniform(-1, 1, (2, 4_000)).astype(np.float32)


def frame(first: int, count: int, *, late: int = 0, channels: int = 2, rate: int = RATE) -> Any:
    """Samples of `SOUND` as a frame, whose time is `late` samples too late."""
    import av

    layout = "stereo" if channels == 2 else "mono"
    made = av.AudioFrame.from_ndarray(np.ascontiguousarray(SOUND[:channels, first : first + count]), "fltp", layout)
    made.sample_rate = rate
    made.pts = CLOCK.origin + first + late
    return made


def open_decoder(path: Path) -> PyAVDecoder:
    return PyAVDecoder(SourceFile(path), None)


def test_cuts_across_frames_and_drops_those_before() -> None:
    decoded = DecodedRange(CLOCK, FORMAT)
    assert decoded.is_empty
    for first in range(1_000, 3_000, 500):
        decoded.push(frame(first, 500))
    assert (decoded.begin, decoded.end) == (1_000, 3_000)
    for start, end in ((1_100, 1_200), (1_100, 2_700), (2_600, 3_000)):
        np.testing.assert_array_equal(decoded.cut(start, end), SOUND[:, start:end].T)
    assert decoded.begin == 2_500, "frames before the last range are gone"
    assert len(decoded.cut(2_900, 9_000)) == 100, "and nothing is behind the last frame"
    assert decoded.cut(2_000, 2_700).shape == (0, 2)


def test_a_first_frame_whose_time_is_too_late_is_corrected_by_the_next() -> None:
    decoded = DecodedRange(CLOCK, FORMAT)
    decoded.push(frame(1_000, 500, late=120))
    decoded.push(frame(1_500, 500))
    assert (decoded.begin, decoded.end) == (1_000, 2_000)
    np.testing.assert_array_equal(decoded.cut(1_000, 2_000), SOUND[:, 1_000:2_000].T)


def test_a_frame_of_one_channel_among_two_is_repeated() -> None:
    decoded = DecodedRange(CLOCK, FORMAT, may_vary=True)
    decoded.push(frame(0, 500))
    decoded.push(frame(500, 500, channels=1))
    decoded.push(frame(1_000, 500))
    found = decoded.cut(0, 1_500)
    np.testing.assert_array_equal(found[:500], SOUND[:, :500].T)
    np.testing.assert_array_equal(found[500:1_000], np.repeat(SOUND[:1, 500:1_000], 2, axis=0).T)
    np.testing.assert_array_equal(found[1_000:], SOUND[:, 1_000:1_500].T)
    strict = DecodedRange(CLOCK, FORMAT)
    strict.push(frame(0, 500))
    with pytest.raises(CannotSeekError):
        strict.push(frame(500, 500, channels=1))


def test_another_rate_and_a_jump_are_no_continuation() -> None:
    decoded = DecodedRange(CLOCK, FORMAT)
    decoded.push(frame(0, 500))
    with pytest.raises(CannotSeekError):
        decoded.push(frame(500, 500, rate=48_000))
    with pytest.raises(CannotSeekError):
        decoded.push(frame(500, 500, late=RATE))
    untimed = frame(500, 500)
    untimed.pts = None
    with pytest.raises(CannotSeekError):
        decoded.push(untimed)


def test_the_clock_counts_from_the_first_decoded_sample() -> None:
    assert CLOCK.sample_at(500) == 0 and CLOCK.sample_at(500 + RATE) == RATE
    assert CLOCK.preroll_ticks(RATE) == pytest.approx(RATE / 2)
    with pytest.raises(CannotSeekError):
        CLOCK.sample_at(None)
    with pytest.raises(CannotSeekError):
        SampleClock.starting_with(None, 1 / RATE)


def test_packets_follow_one_another_until_the_decoder_is_flushed(tmp_path: Path) -> None:
    decoder = open_decoder(write_mp3(tmp_path / "a.mp3", music(2.0, RATE, 2), RATE))
    tick_s = require_exact_times(decoder)
    packets = list(timed_packets(decoder, tick_s, lambda: False))
    decoder.close()
    assert packets[-1].size == 0 and all(packet.size for packet in packets[:-1])
    times = [packet.pts for packet in packets[:-1]]
    assert np.diff(times) * tick_s == pytest.approx(1_152 / RATE)


def test_cancelling_ends_the_packets(tmp_path: Path) -> None:
    decoder = open_decoder(write_mp3(tmp_path / "a.mp3", music(2.0, RATE, 2), RATE))
    assert list(timed_packets(decoder, require_exact_times(decoder), lambda: True)) == []
    decoder.close()


@pytest.mark.parametrize(("format", "codec"), [("matroska", "aac"), ("asf", "wmav2")])
def test_times_that_cannot_tell_samples_apart_are_refused(tmp_path: Path, format: str, codec: str) -> None:
    decoder = open_decoder(encode(tmp_path / "a", music(1.0), format=format, codec=codec, bit_rate=64_000))
    with pytest.raises(CannotSeekError):
        require_exact_times(decoder)
    decoder.close()
