"""Listening to a spread of patches: which ones, when it is enough, and that they are those of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.decode.excerpts import ExcerptReader, open_excerpts
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.subsonic_filter import SubsonicFilter
from genre_desktop.core.errors import AudioNotFoundError, AudioTooShortError
from genre_desktop.model import patch_sampling as spread
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.classify_file import Cancelled, classify_file
from genre_desktop.model.patch_sampling import FIRST_PATCHES, MOST_PATCHES, ExcerptPatches, is_settled, next_round
from genre_desktop.model.prediction import NOT_MUSIC, Prediction, Segment
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import CONFIG, LABELS
from tests.support.odd_files import encode, write_sound

RATE = CONFIG.sample_rate
MIDDLE = FeatureConfig(n_fft=1_024, hop_length=300, n_mels=24, patch_frames=60)
WITH_MIDDLE = replace(CONFIG, middle=MIDDLE)
WITH_AND_WITHOUT_MIDDLE = pytest.mark.parametrize("config", [CONFIG, WITH_MIDDLE], ids=["one input", "middle"])


class Brightness:
    """Stands for the network: sure of a genre by how bright a patch is."""

    def __init__(self, sharpness: float = 12.0) -> None:
        self.n_patches = 0
        self._sharpness = sharpness

    def __call__(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        self.n_patches += len(patches)
        if patches.ndim == 2:  # with a middle: that alone
            patches = patches[:, -MIDDLE.patch_frames * MIDDLE.n_mels :].reshape(-1, MIDDLE.patch_frames, MIDDLE.n_mels)
        bands = np.array_split(patches.mean(axis=1), len(LABELS), axis=1)
        levels = self._sharpness * np.stack([band.mean(axis=1) for band in bands], axis=1)
        powers = np.exp(levels - levels.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def make_predictor(network: Brightness, config: FeatureConfig = CONFIG) -> Predictor:
    return Predictor(ModelBundle(Path("x"), {"name": "bright", "labels": list(LABELS)}, config), network)


def varied(seconds: float, rate: int = RATE, low: bool = False) -> NDArray[np.float32]:
    """Notes that change twice a second; with `low` none of them is bright."""
    rng = np.random.default_rng(3)
    time = np.arange(round(seconds * rate)) / rate
    notes = rng.uniform(100, 300 if low else 0.4 * rate, 1 + int(2 * seconds))[(2 * time).astype(int)]
    # Overtones and a little noise: a pure tone is no music.
    phase = 2 * np.pi * np.cumsum(notes) / rate
    tones = sum(np.sin(k * phase) / k**2 * (k * notes < 0.45 * rate) for k in range(1, 5 if low else 2))
    samples = 0.3 * tones + 0.003 * rng.normal(size=time.size)
    return samples.astype(np.float32)[:, np.newaxis]


# --- which patches ----------------------------------------------------------------------------


def test_the_first_round_is_spread_and_leaves_the_ends_out() -> None:
    chosen = next_round([], 90)
    assert chosen == [7, 22, 37, 52, 67, 82]
    assert next_round([], 4) == [0, 1, 2, 3]
    assert next_round([], 0) == []


def test_each_further_round_adds_the_middle_of_every_gap() -> None:
    heard = next_round([], 90)
    more = next_round(heard, 90)
    assert more == [3, 14, 29, 44, 59, 74, 86]
    third = next_round(sorted([*heard, *more]), 90)
    assert len(heard) + len(more) + len(third) == MOST_PATCHES


@given(n_patches=st.integers(1, 500))
def test_rounds_never_repeat_a_patch_and_end_with_all(n_patches: int) -> None:
    heard: list[int] = []
    while wanted := next_round(heard, n_patches):
        assert wanted == sorted(set(wanted)) and not set(wanted) & set(heard)
        assert wanted[0] >= 0 and wanted[-1] < n_patches
        heard = sorted([*heard, *wanted])
        assert max(b - a for a, b in pairwise([-1, *heard, n_patches])) <= 2 * max(1, n_patches // len(wanted))
    assert heard == list(range(n_patches))


# --- when it is enough ------------------------------------------------------------------------


def answer(first: float, second: float, agreeing: int, n: int = 6, genre: str = LABELS[0]) -> Prediction:
    segments = [Segment(i, i + 1, LABELS[0] if i < agreeing else LABELS[1], 0.5) for i in range(n)]
    rest = 1 - first - second
    return Prediction(genre, first, dict(zip(LABELS, (first, second, rest), strict=True)), tuple(segments), 9.0, "m")


@pytest.mark.parametrize(
    ("prediction", "settled"),
    [
        (answer(0.8, 0.1, 6), True),
        (answer(0.8, 0.1, 4), True),
        (answer(0.8, 0.1, 3), False),  # its parts differ
        (answer(0.5, 0.4, 6), False),  # two genres are close
        (answer(0.62, 0.1, 6), False),  # near the threshold
        (answer(0.52, 0.24, 6), True),  # surely unsure
        (answer(0.9, 0.1, 5, n=5), False),  # a sixth one was silent
        (answer(0.9, 0.1, 6, genre=NOT_MUSIC), False),
        (Prediction(NOT_MUSIC, None, None, (), 9.0, "m"), False),
    ],
)
def test_it_is_enough_when_more_would_change_nothing(prediction: Prediction, settled: bool) -> None:
    assert is_settled(prediction, unsure_below=0.6) is settled


# --- from files -------------------------------------------------------------------------------


def by_start(prediction: Prediction) -> dict[float, tuple[str, float]]:
    return {round(s.start_s, 4): (s.genre, s.confidence) for s in prediction.segments}


@pytest.mark.parametrize(
    "config",
    [
        CONFIG,
        FeatureConfig(hop_length=915),
        FeatureConfig(sample_rate=16_000, n_fft=512, hop_length=256, n_mels=96, fmax=8_000.0, patch_frames=187),
        WITH_MIDDLE,
    ],
    ids=["small", "gtzan-cnn", "musicnn", "middle"],
)
@pytest.mark.parametrize("format", ["WAV", "FLAC", "MP3"])
def test_patches_from_excerpts_are_scored_as_in_the_full_pass(
    config: FeatureConfig, format: str, tmp_path: Path
) -> None:
    samples, rate = varied(90.0, 44_100), 44_100
    if format == "MP3":
        path = encode(tmp_path / "a", samples, rate, format="mp3", codec="libmp3lame", bit_rate=128_000)
    else:
        path = write_sound(tmp_path / "a", samples, rate, format=format)
    network = Brightness(sharpness=3.0)  # never sure: every round is heard
    full = classify_file(path, make_predictor(network, config))
    network.n_patches = 0
    quick = classify_file(path, make_predictor(network, config), every_patch=False)
    assert full.is_complete and not quick.is_complete
    assert 13 < network.n_patches == len(quick.segments) <= MOST_PATCHES < len(full.segments)
    assert quick.duration_s == pytest.approx(full.duration_s, abs=0.05)
    whole, starts = by_start(full), [segment.start_s for segment in quick.segments]
    assert starts == sorted(starts)
    for start, (genre, confidence) in by_start(quick).items():
        assert whole[start][0] == genre
        assert whole[start][1] == pytest.approx(confidence, abs=1e-4)


def test_six_patches_of_a_clear_track_are_scored(tmp_path: Path) -> None:
    network = Brightness(sharpness=100.0)
    path = write_sound(tmp_path / "a.wav", varied(120.0, low=True))
    first, second = (classify_file(path, make_predictor(network), every_patch=False) for _ in range(2))
    assert first == second, "deterministic"
    assert network.n_patches == 2 * FIRST_PATCHES
    assert first.genre == classify_file(path, make_predictor(network)).genre
    assert not first.is_complete
    assert first.segments[0].start_s > 8 and first.segments[-1].end_s < 112


@pytest.mark.parametrize(("seconds", "complete"), [(2.0, True), (15.0, False)])
def test_short_tracks_are_read_in_one_go(
    seconds: float, complete: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread.ExcerptPatches, "cut", None)
    network = Brightness(sharpness=100.0)
    path = write_sound(tmp_path / "a.wav", varied(seconds, low=True))
    quick = classify_file(path, make_predictor(network), every_patch=False)
    heard = network.n_patches
    full = classify_file(path, make_predictor(network))
    assert quick.is_complete is complete
    assert quick.genre == full.genre
    assert (quick == full) if complete else (heard == FIRST_PATCHES)
    assert by_start(quick).items() <= by_start(full).items()


@WITH_AND_WITHOUT_MIDDLE
def test_rumble_is_removed_from_excerpts_as_in_the_full_pass(config: FeatureConfig, tmp_path: Path) -> None:
    network = Brightness(sharpness=3.0)
    samples = varied(90.0)
    rumble = 0.4 * np.sin(2 * np.pi * 7.0 * np.arange(len(samples)) / RATE) + 0.1
    clean, rumbling = (
        write_sound(tmp_path / name, sound.astype(np.float32), RATE, format="FLAC")
        for name, sound in (("a.flac", 0.5 * samples), ("b.flac", 0.5 * samples + rumble[:, np.newaxis]))
    )
    whole, whole_clean = (by_start(classify_file(path, make_predictor(network, config))) for path in (rumbling, clean))
    quick = by_start(classify_file(rumbling, make_predictor(network, config), every_patch=False))
    assert len(quick) > 13
    for start, (_, confidence) in quick.items():
        assert whole[start][1] == pytest.approx(confidence, abs=1e-3)
        assert whole_clean[start][1] == pytest.approx(confidence, abs=1e-2)


def test_what_the_filter_looks_ahead_for_is_read_where_it_acts_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []
    read = ExcerptReader.read

    def counted(reader: ExcerptReader, starts: Sequence[int], count: int, rate: int) -> Iterator[np.ndarray]:
        counts.append(count)
        return read(reader, starts, count, rate)

    monkeypatch.setattr(ExcerptReader, "read", counted)
    samples = varied(90.0)
    late = 0.4 * np.sin(2 * np.pi * 7.0 * np.arange(len(samples)) / RATE) * (np.arange(len(samples)) > 50 * RATE)
    for sound in (samples, samples + late[:, np.newaxis]):
        path = write_sound(tmp_path / "a.flac", (0.5 * sound).astype(np.float32), RATE, format="FLAC")
        with open_excerpts(path) as reader:
            patches = ExcerptPatches(reader, CONFIG)
            numbers = list(range(0, patches.n_patches, patches.n_patches // 9))
            found = [patch.start_s[0] for patch in patches.cut(numbers)]
            assert found == pytest.approx([number * CONFIG.patch_hop * CONFIG.frame_s for number in numbers])
    narrow, again, wide = counts
    assert narrow == again < wide - 1.9 * SubsonicFilter(CONFIG.sample_rate).n_ahead


@WITH_AND_WITHOUT_MIDDLE
def test_a_format_without_seeking_is_read_in_full_and_scored_here_and_there(
    config: FeatureConfig, tmp_path: Path
) -> None:
    network = Brightness(sharpness=100.0)
    path = encode(tmp_path / "a", varied(60.0, low=True), RATE, format="matroska", codec="aac")
    quick = classify_file(path, make_predictor(network, config), every_patch=False)
    assert network.n_patches == FIRST_PATCHES and not quick.is_complete
    full = classify_file(path, make_predictor(network, config))
    assert by_start(quick).items() <= by_start(full).items()


@WITH_AND_WITHOUT_MIDDLE
def test_a_track_too_long_to_be_kept_is_scored_while_it_is_read(
    config: FeatureConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("genre_desktop.model.classify_file.KEPT_S", 25.0)
    path = encode(tmp_path / "a", varied(60.0), RATE, format="matroska", codec="aac")
    predictor = make_predictor(Brightness(), config)
    assert classify_file(path, predictor, every_patch=False) == classify_file(path, predictor)


def test_silence_is_said_after_a_full_pass_only(tmp_path: Path) -> None:
    predictor = make_predictor(Brightness())
    samples = np.zeros((200 * RATE, 1), np.float32)
    silent = write_sound(tmp_path / "a.flac", samples, format="FLAC")
    assert classify_file(silent, predictor, every_patch=False).genre == NOT_MUSIC
    heard: list[int] = []
    n_patches = int(200 / CONFIG.frame_s / CONFIG.patch_hop)
    for _ in range(3):
        heard = sorted([*heard, *next_round(heard, n_patches)])
    between = round((heard[10] + 3) * CONFIG.patch_hop * CONFIG.frame_s * RATE)
    samples[between : between + RATE] = varied(1.0)
    hidden = write_sound(tmp_path / "b.flac", samples, format="FLAC")
    found = classify_file(hidden, predictor, every_patch=False)
    assert found.genre in LABELS
    assert found == classify_file(hidden, predictor)


def test_constant_offsets_are_silence_too(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", np.full((100 * RATE, 1), 0.25, np.float32))
    assert classify_file(path, make_predictor(Brightness()), every_patch=False).genre == NOT_MUSIC


def test_a_truncated_file_is_noticed(tmp_path: Path) -> None:
    path = encode(tmp_path / "a", varied(100.0), RATE, format="mp3", codec="libmp3lame", bit_rate=64_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    quick = classify_file(path, make_predictor(Brightness()), every_patch=False)
    assert quick.loss is not None and quick.loss.code == "GD-106"
    assert quick.duration_s == pytest.approx(50, abs=1)


def test_errors_are_those_of_the_full_pass(tmp_path: Path) -> None:
    predictor = make_predictor(Brightness())
    with pytest.raises(AudioNotFoundError):
        classify_file(tmp_path / "none", predictor, every_patch=False)
    with pytest.raises(AudioTooShortError):
        classify_file(write_sound(tmp_path / "a.wav", varied(0.4)), predictor, every_patch=False)


@pytest.mark.parametrize("asked_before", [0, 1, 3, 8])
def test_cancelling_ends_it(asked_before: int, tmp_path: Path) -> None:
    path = encode(tmp_path / "a", varied(100.0), RATE, format="mp3", codec="libmp3lame", bit_rate=64_000)
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > asked_before

    with pytest.raises(Cancelled):
        classify_file(path, make_predictor(Brightness()), every_patch=False, is_cancelled=is_cancelled)
    assert asked <= asked_before + 3


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    path = write_sound(tmp_path / "a.wav", varied(100.0))
    classify_file(path, make_predictor(Brightness(2.0)), every_patch=False, progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) == 3
