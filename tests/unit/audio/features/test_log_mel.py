import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream, delta, log_mel, mfcc
from genre_desktop.audio.features.subsonic_filter import subsonic_removed
from tests.unit.audio.features.librosa_reference import configs, librosa, librosa_log_mel, loudest_db, signals
from tests.unit.audio.features.tensorflow_reference import tensorflow_log_mel
from training.yamnet.network import YAMNET_FEATURES


@settings(deadline=None, max_examples=80)
@given(configs(), signals())
def test_log_mel_is_librosas_within_a_hundredth_of_a_decibel(config, samples):
    ours, theirs = log_mel(samples, config), librosa_log_mel(subsonic_removed(samples, config.sample_rate), config)
    assert ours.dtype == np.float32
    assert ours.shape == theirs.shape
    assert np.isfinite(ours).all()
    # float32 carries 7 digits of amplitude: what lies deeper than 80 dB below the loudest partial
    # (which may lie outside of the mel bands) drowns in the rounding, and no model looks there.
    loudest = loudest_db(samples, config)
    heard = theirs > loudest - 80.0
    assert np.abs(ours - theirs)[heard].max(initial=0.0) < 0.01
    # Nor may the rounding noise rise out of the depth.
    assert ours[~heard].max(initial=-np.inf) < max(-99.9, loudest - 79.9)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["power", "magnitude"]), st.integers(2, 512), signals())
def test_a_short_window_and_magnitudes_are_librosas(spectrum, win_length, samples):
    config = FeatureConfig(n_fft=512, hop_length=160, n_mels=40, win_length=win_length, spectrum=spectrum)
    power = 1.0 if spectrum == "magnitude" else 2.0
    samples = np.concatenate([samples, np.zeros(512, np.float32)])  # librosa warns of shorter ones
    mel = librosa.feature.melspectrogram(
        y=subsonic_removed(samples, config.sample_rate).astype(np.float64),
        sr=config.sample_rate,
        n_fft=512,
        win_length=win_length,
        hop_length=160,
        n_mels=40,
        fmax=config.fmax,
        power=power,
    ).T
    theirs = 20.0 / power * np.log10(np.maximum(mel, 10.0 ** (-5.0 * power)))
    heard = theirs > max(-99.0, theirs.max() - 60.0)
    assert np.abs(log_mel(samples, config) - theirs)[heard].max(initial=0.0) < 0.01


@settings(deadline=None, max_examples=40)
@given(signals())
def test_the_features_of_yamnet_are_those_published(samples):
    """Their frames begin at each hop, ours are centred there: half a window of zeros goes before the sound."""
    samples = np.concatenate([samples, np.zeros(400, np.float32)])
    config = YAMNET_FEATURES
    heard = subsonic_removed(samples, config.sample_rate)
    theirs = tensorflow_log_mel(np.concatenate([np.zeros(200, np.float32), heard]), config)
    ours = log_mel(samples, config)[: len(theirs)]
    loud = theirs > max(-99.0, theirs.max() - 60.0)
    assert np.abs(ours - theirs)[loud].max(initial=0.0) < 0.01


@settings(deadline=None, max_examples=60)
@given(configs(), signals(), st.data())
def test_pieces_of_any_size_give_the_whole(config, samples, data):
    whole = log_mel(samples, config)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(samples)), max_size=12)))
    stream = LogMelStream(config)
    pieces = [stream.push(piece) for piece in np.split(samples, cuts)]
    pieces.append(stream.finish())
    streamed = np.concatenate(pieces)
    assert streamed.shape == whole.shape
    # Not to the last bit: FFT and BLAS round by how many frames they get at once. One step of
    # float32 at -100 dB is 8e-6 dB.
    heard = whole > loudest_db(samples, config) - 80.0
    np.testing.assert_allclose(streamed[heard], whole[heard], rtol=0, atol=1e-4)
    assert streamed[~heard].max(initial=-np.inf) < max(-99.9, loudest_db(samples, config) - 79.9)


def test_single_samples_give_the_whole():
    config = FeatureConfig(n_fft=64, hop_length=100, n_mels=8, n_mfcc=4)  # a hop longer than the window
    samples = np.random.default_rng(1).normal(size=1_000).astype(np.float32)
    stream = LogMelStream(config)
    streamed = np.concatenate([*(stream.push(samples[i : i + 1]) for i in range(1_000)), stream.finish()])
    np.testing.assert_allclose(streamed, log_mel(samples, config), rtol=0, atol=1e-4)


def test_a_stream_begins_anew_after_its_end():
    stream = LogMelStream(FeatureConfig())
    samples = np.random.default_rng(2).normal(size=5_000).astype(np.float32)
    first = np.concatenate([stream.push(samples), stream.finish()])
    second = np.concatenate([stream.push(samples), stream.finish()])
    np.testing.assert_array_equal(first, second)


def test_no_samples_give_no_frames():
    assert log_mel(np.empty(0, np.float32), FeatureConfig()).shape == (0, 128)


def test_silence_lies_on_the_floor():
    assert log_mel(np.zeros(2_048, np.float32), FeatureConfig()) == pytest.approx(-100.0)


def test_memory_does_not_grow_with_the_signal():
    stream = LogMelStream(FeatureConfig())
    for _ in range(50):
        stream.push(np.zeros(22_050, np.float32))
    assert stream._frames._pending.size < 4_096


@settings(deadline=None, max_examples=40)
@given(configs(), signals())
def test_mfcc_is_librosas(config, samples):
    log_mel_db = log_mel(samples, config)
    theirs = librosa.feature.mfcc(S=log_mel_db.T.astype(np.float64), n_mfcc=config.n_mfcc).T
    ours = mfcc(log_mel_db, config.n_mfcc)
    assert ours.dtype == np.float32
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=0.01)


def test_mfcc_keeps_leading_axes():
    patches = np.random.default_rng(3).normal(size=(2, 5, 40)).astype(np.float32)
    np.testing.assert_allclose(mfcc(patches, 13)[1], mfcc(patches[1], 13), atol=1e-5)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([(1, 9), (2, 9), (1, 3), (2, 5), (3, 11)]),
    st.integers(0, 30),
    st.integers(1, 20),
    st.integers(0, 2**32 - 1),
)
def test_delta_is_librosas(form, more, n_coefficients, seed):
    order, width = form
    values = np.random.default_rng(seed).normal(scale=50.0, size=(width + more, n_coefficients)).astype(np.float32)
    theirs = librosa.feature.delta(values.T.astype(np.float64), order=order, width=width).T
    ours = delta(values, order=order, width=width)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-3)


def test_delta_of_a_ramp_is_its_slope_everywhere():
    ramp = np.arange(20, dtype=np.float32)[:, np.newaxis] * 3.0
    assert delta(ramp) == pytest.approx(3.0, abs=1e-4)
    assert delta(ramp, order=2) == pytest.approx(0.0, abs=1e-4)


@pytest.mark.parametrize("settings", [{"width": 8}, {"width": 1}, {"width": 13}, {"order": 0}, {"order": 9}])
def test_delta_refuses_what_cannot_be_fitted(settings):
    with pytest.raises(ValueError, match="Received"):
        delta(np.zeros((11, 2), np.float32), **settings)


def test_the_hot_path_loads_neither_librosa_nor_numba():
    program = (
        "import sys, numpy as np\n"
        "from genre_desktop.audio.features.config import FeatureConfig\n"
        "from genre_desktop.audio.features.log_mel import delta, log_mel, mfcc\n"
        "import genre_desktop.audio.decode.audio_reader\n"
        "import genre_desktop.audio.features.patches\n"
        "import genre_desktop.audio.picture.peak_envelope, genre_desktop.audio.picture.spectrogram\n"
        "heavy = {'librosa', 'numba', 'scipy', 'soundfile', 'soxr', 'av', 'tensorflow', 'matplotlib', 'sklearn'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "delta(mfcc(log_mel(np.zeros(22050, np.float32), FeatureConfig()), 13))\n"
        "print(sorted({'librosa', 'numba', 'scipy.signal'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"]
