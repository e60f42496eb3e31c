import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.decode.resampler import Resampler

RATE = 22_050


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from([8_000, 44_100, 48_000, 96_000]),
    st.lists(st.integers(0, 6_000), min_size=1, max_size=8),
    st.integers(0, 2**32 - 1),
)
def test_resampling_in_pieces_is_resampling_at_once(rate, sizes, seed):
    import soxr

    samples = np.random.default_rng(seed).normal(size=sum(sizes)).astype(np.float32)
    resampler = Resampler(rate, RATE)
    pieces = [resampler.push(piece) for piece in np.split(samples, np.cumsum(sizes)[:-1])]
    streamed = np.concatenate([*pieces, resampler.finish()])
    np.testing.assert_allclose(streamed, soxr.resample(samples, rate, RATE), atol=1e-5)
