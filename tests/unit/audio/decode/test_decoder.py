import numpy as np

from genre_desktop.audio.decode.decoder import mix_down


def test_nan_and_infinity_are_silence_and_full_scale_is_no_limit():
    samples = np.array([[np.nan, 4.0], [np.inf, -np.inf], [1e38, 2.0], [50.0, 30.0]], dtype=np.float32)
    np.testing.assert_array_equal(mix_down(samples), [2.0, 0.0, 1.0, 40.0])
