import numpy as np

from genre_desktop.audio.decode.decoder import mix_down


def test_nan_and_infinity_are_silence_and_full_scale_is_no_limit():
    samples = np.array([[np.nan, 4.0], [np.inf, -np.inf], [1e38, 2.0], [50.0, 30.0]], dtype=np.float32)
    np.testing.assert_array_equal(mix_down(samples), [2.0, 0.0, 1.0, 40.0])


def test_one_wild_sample_is_silence():
    samples = np.sin(np.arange(8_000, dtype=np.float32) / 7)[:, np.newaxis] * np.ones((1, 2), np.float32)
    for wild in (1e3, 1e5, -1e6, 1e9):
        spoilt = samples.copy()
        spoilt[500, 0] = wild
        assert mix_down(spoilt)[500] == samples[500, 1] / 2
        np.testing.assert_array_equal(np.delete(mix_down(spoilt), 500), np.delete(samples[:, 0], 500))


def test_floats_with_the_range_of_integers_are_kept_in_loud_and_in_quiet_blocks():
    sound = np.sin(np.arange(8_000, dtype=np.float32) / 7)[:, np.newaxis] * np.float32(32_767)
    np.testing.assert_array_equal(mix_down(sound), sound[:, 0])
    quiet = sound * np.float32(0.003)
    quiet[100] = 120
    np.testing.assert_array_equal(mix_down(quiet), quiet[:, 0])
