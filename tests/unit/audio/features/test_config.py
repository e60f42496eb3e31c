"""Settings of the features from a card: refused, or such that they can be used."""

from __future__ import annotations

import dataclasses
import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.features import log_mel as features
from genre_desktop.audio.features import mel_filterbank as filterbank
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream
from genre_desktop.audio.features.patches import PatchStream, scale_patches
from genre_desktop.core.errors import FeatureConfigError

GOOD = {name: value for name, value in dataclasses.asdict(FeatureConfig()).items() if name != "middle"}
MEMORY = 120_000_000

ODD: list[Any] = [None, True, "1", "", float("nan"), float("inf"), -float("inf"), 1e308, 1e-308, 0, -1, 10**9, 10**4000]
ODD += [[], {}, 0.5]


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:12] if not isinstance(value, int) else "whole")
@pytest.mark.parametrize("name", GOOD)
def test_no_value_is_anything_but_refused_or_usable(name: str, value: Any) -> None:
    try:
        config = FeatureConfig.from_dict({**GOOD, name: value})
    except FeatureConfigError as error:
        assert error.code == "GD-120" and len(str(error)) < 400
    else:
        assert type(getattr(config, name)) is type(value) and math.isfinite(value)


@pytest.mark.parametrize(
    "change",
    [
        {"n_fft": 10**9},
        {"n_mels": 10**6, "n_mfcc": 13},
        {"patch_frames": 10**7},
        {"sample_rate": 10**12},
        {"hop_length": 1, "patch_hop": 1},
        {"hop_length": 64, "patch_hop": 1},
        {"patch_hop": 1, "patch_frames": 2048},
        {"n_fft": 32_768, "hop_length": 512},
        {"n_fft": 32_768, "hop_length": 4_096, "n_mels": 1_024},
        {"hop_length": 32_768, "patch_frames": 1_024},
        {"fmin": 1_000.0, "fmax": 1_000.0000001},
        {"fmin": True},
        {"win_length": 2_049},
        {"mel_scale": "bark"},
        {"spectrum": "phase"},
        {"scaling": "loudness"},
        {"dynamic_range_db": 1e-300},
        {"dynamic_range_db": float("inf")},
    ],
)
def test_a_flood_is_refused_with_what_was_received(change: dict[str, Any]) -> None:
    with pytest.raises(FeatureConfigError, match="Received: "):
        FeatureConfig.from_dict({**GOOD, **change})


WHOLE = st.one_of(st.integers(1, 64), st.sampled_from([128, 512, 1_024, 4_096, 16_000, 22_050, 44_100, 384_000]))
TABLES = st.fixed_dictionaries(
    {},
    optional={
        **{name: WHOLE | st.integers() for name in ("n_mfcc", "patch_frames", "patch_hop", "n_mels", "hop_length")},
        "n_fft": WHOLE | st.integers(1, 40_000),
        "sample_rate": st.integers(500, 400_000),
        "fmin": st.floats(0, 1_000) | st.floats(),
        "fmax": st.floats(2, 200_000) | st.floats(),
        "win_length": WHOLE | st.integers(0, 40_000),
        "mel_scale": st.sampled_from(["slaney", "htk"]),
        "spectrum": st.sampled_from(["power", "magnitude"]),
        "scaling": st.sampled_from(["patch_max", "log_power", "log_magnitude"]),
        "dynamic_range_db": st.floats(0, 400) | st.floats(),
        "reference_db": st.floats(-150, 150),
    },
)


@settings(deadline=None)
@given(table=TABLES, seed=st.integers(0, 9))
def test_any_settings_are_refused_or_work_within_memory(table: dict[str, Any], seed: int) -> None:
    try:
        config = FeatureConfig.from_dict({**GOOD, **table})
    except FeatureConfigError:
        return
    for kept in (features.hann, features.dct_basis, filterbank._mel_filters, filterbank._mel_projection):
        kept.cache_clear()
    sound = np.random.default_rng(seed).standard_normal(min(config.min_samples + config.n_fft, 400_000))
    tracemalloc.start()
    try:
        frames = LogMelStream(config).push(sound.astype(np.float32)[: config.sample_rate])
        patches = scale_patches(PatchStream(config).push(frames).values, config)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < MEMORY
    assert np.isfinite(frames).all() and np.isfinite(patches).all()


def test_the_largest_settings_stay_within_memory() -> None:
    config = FeatureConfig(
        sample_rate=44_100, n_fft=32_768, hop_length=4_096, n_mels=127, fmax=22_050.0, patch_frames=1_024, patch_hop=512
    )
    test_any_settings_are_refused_or_work_within_memory.hypothesis.inner_test(config.to_dict(), 0)


MIDDLE = {**GOOD, "patch_frames": 32, "n_mels": 16}


@pytest.mark.parametrize(
    ("middle", "refused"),
    [
        (None, False),
        (MIDDLE, False),
        ({**MIDDLE, "patch_frames": 128}, False),  # all of the patch
        ({**MIDDLE, "patch_frames": 129}, True),
        ({**MIDDLE, "patch_frames": 128, "n_fft": 4_096}, True),  # windows longer than those of the patch
        ({**MIDDLE, "n_fft": 4_096}, False),
        ({**MIDDLE, "sample_rate": 44_100}, True),
        ({**MIDDLE, "middle": MIDDLE}, True),
        ({**MIDDLE, "middle": None}, True),
        ({**MIDDLE, "loudness": 1}, True),
        ({**MIDDLE, "n_mels": 10**9}, True),
        *((value, True) for value in ODD if value is not None and value != {}),
    ],
)
def test_a_middle_lies_in_the_patch(middle: Any, refused: bool) -> None:
    if refused:
        with pytest.raises(FeatureConfigError, match="Received: "):
            FeatureConfig.from_dict({**GOOD, "middle": middle})
        return
    config = FeatureConfig.from_dict({**GOOD, "middle": middle})
    assert FeatureConfig.from_dict(config.to_dict()) == config
    assert ("middle" in config.to_dict()) is (middle is not None)
    if config.middle is None:
        assert config.input_shape == (128, 128)
    else:
        assert config.input_shape == (128 * 128 + config.middle.patch_frames * 16,)


def test_the_values_of_a_middle_count() -> None:
    wide = {**GOOD, "n_mels": 1_024, "patch_frames": 250, "patch_hop": 250}
    FeatureConfig.from_dict(wide)
    with pytest.raises(FeatureConfigError, match="n_mels"):
        FeatureConfig.from_dict({**wide, "middle": {**wide, "patch_frames": 100, "patch_hop": 100}})


def test_a_card_has_later_settings_only_where_they_matter() -> None:
    """Earlier versions refuse settings that they do not know, and need not refuse features that they can compute."""
    first = "sample_rate n_fft hop_length n_mels fmin fmax patch_frames patch_hop scaling dynamic_range_db n_mfcc"
    assert set(FeatureConfig().to_dict()) == {*first.split(), "reference_db"}
    for name, value in (("win_length", 400), ("mel_scale", "htk"), ("spectrum", "magnitude")):
        config = dataclasses.replace(FeatureConfig(), **{name: value})
        assert config.to_dict()[name] == value
        assert FeatureConfig.from_dict(config.to_dict()) == config
