from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.features.framing import FrameCutter
from genre_desktop.audio.picture.spectrogram import (
    FrequencyRows,
    SpectrogramRecord,
    TilePlan,
    compute_tile,
    frame_levels,
    joined,
)
from genre_desktop.audio.picture.track_picture import (
    SCALES,
    TILE_COLUMNS,
    FrequencyRange,
    PictureConfig,
    Scale,
    SpectrogramTile,
    TileKey,
    decibels,
)

RATE = 44_100


def sine(hz: float, seconds: float, amplitude: float = 1.0, rate: int = RATE) -> NDArray[np.float32]:
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def record_of(samples: NDArray[np.float32], config: PictureConfig, **options: int) -> SpectrogramRecord:
    record = SpectrogramRecord(config.n_fft, RATE, **options)
    for piece in np.array_split(samples, 7):
        record.push(piece)
    record.finish()
    return record


def tile_of(samples: NDArray[np.float32], config: PictureConfig, key: TileKey, piece: int = 5_000) -> SpectrogramTile:
    asked: list[tuple[int, int]] = []

    def read(start: int, count: int) -> NDArray[np.float32]:
        assert start >= 0 and count > 0
        assert not asked or start == asked[-1][0] + asked[-1][1], "nothing is decoded twice"
        asked.append((start, count))
        return samples[start : start + count]

    return compute_tile(config, key, RATE, samples.size, read, piece)


# -- levels --------------------------------------------------------------------------------


@pytest.mark.parametrize("n_fft", [512, 2_048, 8_192])
@pytest.mark.parametrize("amplitude_db", [0.0, -6.0, -60.0])
def test_a_sine_has_the_level_of_its_amplitude(n_fft: int, amplitude_db: float) -> None:
    hz = 100 * RATE / n_fft
    samples = sine(hz, 1.0, 10 ** (amplitude_db / 20))
    levels = decibels(frame_levels(samples[:n_fft][np.newaxis]))[0]
    assert levels[100] == pytest.approx(amplitude_db, abs=0.3)
    assert levels.argmax() == 100


def test_silence_lies_on_the_floor() -> None:
    assert not frame_levels(np.zeros((3, 512), np.float32)).any()


@settings(deadline=None)
@given(
    st.integers(0, 3_000),
    st.sampled_from([16, 64]),
    st.integers(1, 150),
    st.lists(st.integers(0, 3_000), max_size=6),
)
def test_frames_do_not_depend_on_the_pieces(count: int, n_fft: int, hop: int, cuts: list[int]) -> None:
    samples = np.arange(1, count + 1, dtype=np.float32)
    cutter = FrameCutter(n_fft, hop)
    pieces = np.split(samples, sorted(cut % (count + 1) for cut in cuts))
    frames = np.concatenate([*(cutter.push(piece) for piece in pieces), cutter.finish()])
    padded = np.concatenate((np.zeros(n_fft // 2), samples, np.zeros(n_fft // 2)))
    assert len(frames) == 1 + count // hop
    for number, frame in enumerate(frames):
        np.testing.assert_array_equal(frame, padded[number * hop : number * hop + n_fft])


# -- rows ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("n_fft", [512, 2_048, 8_192])
@pytest.mark.parametrize("hz", [80.0, 440.0, 1_234.0, 5_000.0, 15_000.0, 21_000.0])
def test_a_tone_stands_in_the_row_of_its_frequency(scale: Scale, n_fft: int, hz: float) -> None:
    config = PictureConfig(scale, n_fft)
    hz = round(hz * n_fft / RATE) * RATE / n_fft
    levels = record_of(sine(hz, 1.0), config).picture(config).levels
    row = int(levels[len(levels) // 2].argmax())
    axis = FrequencyRange.of(config, RATE)
    low_hz, high_hz = axis.hz([row / config.n_rows, (row + 1) / config.n_rows])
    bin_hz = RATE / n_fft
    assert low_hz - bin_hz / 2 <= hz <= high_hz + bin_hz / 2
    assert float(decibels(levels[len(levels) // 2, row])) == pytest.approx(0.0, abs=1.0)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(SCALES),
    st.sampled_from([256, 1_024, 4_096]),
    st.integers(2, 700),
    st.sampled_from([None, 4_000.0, 11_025.0]),
    st.integers(0, 1_000),
)
def test_no_loud_bin_is_lost_and_none_is_made_up(
    scale: Scale, n_fft: int, n_rows: int, highest_hz: float | None, seed: int
) -> None:
    config = PictureConfig(scale, n_fft, n_rows, highest_hz)
    levels = np.random.default_rng(seed).integers(0, 256, (3, 1 + n_fft // 2), dtype=np.uint8)
    rows = FrequencyRows(config, RATE)(levels)
    assert rows.shape == (3, n_rows) and rows.dtype == np.uint8
    edges = FrequencyRange.of(config, RATE).hz(np.linspace(0, 1, n_rows + 1)) * n_fft / RATE
    for row in range(n_rows):
        low, high = edges[row], edges[row + 1]
        around = levels[:, max(int(np.floor(low)), 0) : int(np.ceil(high)) + 1]
        assert (rows[:, row] <= around.max(axis=1)).all() and (rows[:, row] >= around.min(axis=1)).all()
        # Well inside a row that is clearly wider than a bin, every bin counts.
        inside = levels[:, int(np.ceil(low + 1e-6)) : int(np.ceil(high - 1e-6))]
        if high - low > 1.001 and inside.shape[1]:
            assert (rows[:, row] >= inside.max(axis=1)).all()


def test_between_bins_levels_are_interpolated() -> None:
    config = PictureConfig("linear", n_fft=16, n_rows=32)
    levels = np.arange(0, 90, 10, dtype=np.uint8)[np.newaxis]
    rows = FrequencyRows(config, RATE)(levels)[0].astype(int)
    np.testing.assert_allclose(rows[:-1], (np.arange(31) + 0.5) / 4 * 10, atol=0.51)
    assert rows[-1] == 80, "the uppermost bin lies in the uppermost row"


# -- a whole track -------------------------------------------------------------------------


def test_a_picture_has_few_columns_and_keeps_a_click() -> None:
    config = PictureConfig()
    samples = np.zeros(20 * RATE, np.float32)
    click = 12.345
    samples[round(click * RATE)] = 1.0
    record = record_of(samples, config)
    for most in (1_000, 100, 10):
        picture = record.picture(config, most)
        assert most / 2 < len(picture.levels) <= most
        loud = np.flatnonzero(picture.levels.max(axis=1))
        begin = picture.start_s + loud[0] * picture.seconds_per_column
        end = picture.start_s + (loud[-1] + 1) * picture.seconds_per_column
        assert begin <= click <= end
        assert end - begin <= 2 * picture.seconds_per_column + 0.05
    assert len(picture.levels) * picture.seconds_per_column >= 20


def test_a_record_stays_small_whatever_the_length() -> None:
    config = PictureConfig(n_fft=512)
    record = SpectrogramRecord(config.n_fft, RATE, most_cells=257 * 100)
    for _ in range(40):
        record.push(np.zeros(RATE, np.float32))
    record.finish()
    assert record._columns().nbytes <= 257 * 100
    announced = SpectrogramRecord(config.n_fft, RATE, announced_s=40.0, most_cells=257 * 100)
    assert announced.samples_per_column == record.samples_per_column


def test_a_picture_of_nothing_has_no_columns() -> None:
    config = PictureConfig()
    record = SpectrogramRecord(config.n_fft, RATE)
    assert record.picture(config).levels.shape == (0, config.n_rows)


def test_a_growing_record_shows_what_there_is() -> None:
    config = PictureConfig()
    record = SpectrogramRecord(config.n_fft, RATE, announced_s=10.0)
    record.push(sine(1_000, 2.0))
    picture = record.picture(config)
    assert len(picture.levels) * picture.seconds_per_column == pytest.approx(2.0, abs=0.1)


# -- tiles ---------------------------------------------------------------------------------


def music(seconds: float) -> NDArray[np.float32]:
    rng = np.random.default_rng(4)
    time = np.arange(round(seconds * RATE)) / RATE
    sweep = np.sin(2 * np.pi * (200 * time + 300 * time**2))
    return (0.3 * sweep + 0.01 * rng.normal(size=time.size)).astype(np.float32)


def frames_at(samples: NDArray[np.float32], centres: NDArray[np.int64], n_fft: int) -> NDArray[np.uint8]:
    padded = np.pad(samples, n_fft)
    return frame_levels(np.stack([padded[c + n_fft // 2 : c + n_fft // 2 + n_fft] for c in centres]))


@pytest.mark.parametrize("level", [0, 3, 4, 5, 7, 9])
@pytest.mark.parametrize("n_fft", [512, 2_048])
def test_a_tile_holds_the_frames_of_its_columns(level: int, n_fft: int) -> None:
    samples = music(12.0)
    config = PictureConfig(n_fft=n_fft)
    n_seen = 0
    for index in range(3):
        key = TileKey(level, index)
        plan = TilePlan.of(key, n_fft)
        tile = tile_of(samples, config, key)
        centres = plan.first_centre + plan.spacing * np.arange(plan.n_frames)
        centres = centres[centres < samples.size]
        assert len(tile.levels) == -(-len(centres) // plan.frames_per_column)
        assert tile.seconds_per_column == pytest.approx(key.hop / RATE)
        assert tile.start_s == pytest.approx((plan.first_centre - plan.spacing / 2) / RATE)
        if centres.size:
            expected = joined(frames_at(samples, centres, n_fft), plan.frames_per_column)
            np.testing.assert_array_equal(tile.levels, FrequencyRows(config, RATE)(expected))
            n_seen += 1
    assert n_seen


def test_a_tile_does_not_depend_on_the_pieces_it_is_read_in() -> None:
    samples = music(8.0)
    for level in (1, 5, 8):
        one, other = (tile_of(samples, PictureConfig(), TileKey(level, 0), piece) for piece in (777, 1 << 18))
        np.testing.assert_array_equal(one.levels, other.levels)


def test_a_column_is_made_of_a_bounded_number_of_frames() -> None:
    plan = TilePlan.of(TileKey(14, 0), 2_048)
    assert plan.frames_per_column <= 16
    assert plan.frames_per_column * plan.spacing == TileKey(14, 0).hop


@pytest.mark.parametrize("level", [4, 5, 6, 8])
def test_tiles_from_the_record_are_those_from_sound(level: int) -> None:
    samples = music(15.0)
    config = PictureConfig()
    record = record_of(samples, config)
    for index in range(4):
        key = TileKey(level, index)
        kept, made = record.tile(config, key), tile_of(samples, config, key)
        assert kept is not None
        assert kept.start_s == pytest.approx(made.start_s)
        assert kept.seconds_per_column == pytest.approx(made.seconds_per_column)
        # The record has the frame that is centred on the very end, too.
        n_columns = len(made.levels)
        assert len(kept.levels) - n_columns in (0, 1)
        n_whole = max(n_columns - 1, 0)
        np.testing.assert_array_equal(kept.levels[:n_whole], made.levels[:n_whole])


def test_what_the_record_does_not_have_it_does_not_invent() -> None:
    record = record_of(music(3.0), PictureConfig())
    assert record.tile(PictureConfig(), TileKey(3, 0)) is None
    assert record.tile(PictureConfig(n_fft=4_096), TileKey(8, 0)) is None


def test_a_tile_behind_the_end_is_empty() -> None:
    samples = music(1.0)
    tile = tile_of(samples, PictureConfig(), TileKey(4, 9))
    assert tile.levels.shape == (0, 384)
    assert len(tile_of(samples, PictureConfig(), TileKey(4, 0)).levels) < TILE_COLUMNS


@pytest.mark.parametrize("seconds", [0.0, 0.00003, 0.01, 0.3])
def test_a_track_that_is_shorter_than_a_column(seconds: float) -> None:
    samples = music(seconds)
    config = PictureConfig()
    for level in (0, 6, 12):
        tile = tile_of(samples, config, TileKey(level, 0))
        assert len(tile.levels) == -(-samples.size // TileKey(level, 0).hop)
        kept = record_of(samples, config).tile(config, TileKey(level, 0))
        assert kept is None or len(kept.levels) - len(tile.levels) in (0, 1)


def test_a_track_that_is_shorter_than_its_header_says() -> None:
    samples = music(1.0)
    tile = compute_tile(
        PictureConfig(), TileKey(4, 0), RATE, 10 * RATE, lambda start, count: samples[start : start + count]
    )
    np.testing.assert_array_equal(tile.levels[:40], tile_of(samples, PictureConfig(), TileKey(4, 0)).levels[:40])
    assert len(tile.levels) <= 1 + samples.size // 1_024


def test_scipy_is_not_needed_to_import_it() -> None:
    code = (
        "import sys, genre_desktop.audio.picture.spectrogram\nassert not {'scipy', 'librosa', 'av'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
