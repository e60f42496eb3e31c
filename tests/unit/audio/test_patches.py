import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.patches import PatchStream, cut_patches, join_patches, scale_patches


def _config(patch_frames=8, patch_hop=4):
    return FeatureConfig(n_mels=3, n_mfcc=1, patch_frames=patch_frames, patch_hop=patch_hop)


def _frames(count):
    return np.arange(count * 3, dtype=np.float32).reshape(count, 3)


@pytest.mark.parametrize(
    ("n_frames", "starts"),
    [
        (7, []),
        (8, [0]),
        (9, [0]),  # one frame left: less than half a hop
        (10, [0, 2]),  # two left: a patch at the end
        (12, [0, 4]),
        (15, [0, 4, 7]),
        (16, [0, 4, 8]),
    ],
)
def test_patches_stand_every_hop_and_at_the_end(n_frames, starts):
    frames, config = _frames(n_frames), _config()
    patches = cut_patches(frames, config)
    assert len(patches) == len(starts)
    assert patches.values.shape == (len(starts), 8, 3)
    assert patches.values.dtype == np.float32
    assert patches.start_s.dtype == np.float64
    np.testing.assert_allclose(patches.start_s, np.array(starts) * config.frame_s)
    for values, start in zip(patches.values, starts, strict=True):
        np.testing.assert_array_equal(values, frames[start : start + 8])


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(1, 12), st.integers(1, 20), st.data())
def test_pieces_of_any_size_give_the_whole(n_frames, patch_frames, patch_hop, data):
    config, frames = _config(patch_frames, patch_hop), _frames(n_frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, n_frames), max_size=8)))
    stream = PatchStream(config)
    streamed = join_patches([*(stream.push(piece) for piece in np.split(frames, cuts)), stream.finish()])
    whole = cut_patches(frames, config)
    np.testing.assert_array_equal(streamed.values, whole.values)
    np.testing.assert_array_equal(streamed.start_s, whole.start_s)


@settings(deadline=None)
@given(st.integers(8, 200), st.integers(1, 8))
def test_all_but_half_a_hop_is_covered(n_frames, patch_hop):
    config = _config(8, patch_hop)
    starts = np.round(cut_patches(_frames(n_frames), config).start_s / config.frame_s)
    assert starts[0] == 0
    assert np.all(np.diff(starts) <= patch_hop)
    assert n_frames - (starts[-1] + 8) < patch_hop / 2


def test_a_long_stream_keeps_few_frames():
    stream = PatchStream(_config())
    for _ in range(500):
        stream.push(_frames(7))
    assert len(stream._frames) <= 8 + 4


def test_scaling_is_relative_to_the_loudest_value_of_each_patch():
    config = _config()
    patches = np.array([[[-10.0, -50.0, -200.0]] * 8, [[-30.0, -70.0, -220.0]] * 8], dtype=np.float32)
    scaled = scale_patches(patches, config)
    assert scaled.dtype == np.float32
    np.testing.assert_allclose(scaled[0, 0], [1.0, 0.5, 0.0])
    np.testing.assert_array_equal(scaled[0], scaled[1])  # the level is of no account


def test_scaling_leaves_its_input_alone_and_takes_no_patches():
    patches = np.full((1, 8, 3), -40.0, np.float32)
    scale_patches(patches, _config())
    assert np.all(patches == -40.0)
    assert scale_patches(np.empty((0, 8, 3), np.float32), _config()).shape == (0, 8, 3)
