import os
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.containers import mpeg_frames as mpeg
from genre_desktop.core.errors import NoAudioStreamError, SampleRateError
from tests.support.odd_files import encode, music, write_mp3, write_sound
from tests.support.sounds import load_audio

RATE = 22_050


def _likeness(a, b):
    """Largest normalised cross-correlation: encoders shift the sound by their run-in."""
    size = len(a) + len(b)
    products = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    return products.max() / np.sqrt(np.sum(a**2) * np.sum(b**2))


@pytest.mark.parametrize(
    ("format", "subtype", "tolerance"),
    [
        ("WAV", "PCM_U8", 1e-2),
        ("WAV", "PCM_16", 1e-4),
        ("WAV", "PCM_24", 1e-6),
        ("WAV", "PCM_32", 1e-6),
        ("WAV", "FLOAT", 1e-7),
        ("WAV", "DOUBLE", 1e-7),
        ("WAV", "ULAW", 5e-2),
        ("WAVEX", "PCM_16", 1e-4),
        ("RF64", "PCM_16", 1e-4),
        ("AIFF", "PCM_16", 1e-4),
        ("AIFF", "FLOAT", 1e-7),
        ("AU", "PCM_16", 1e-4),
        ("CAF", "PCM_24", 1e-6),
        ("W64", "PCM_16", 1e-4),
        ("FLAC", "PCM_16", 1e-4),
        ("FLAC", "PCM_24", 1e-6),
    ],
)
def test_lossless_formats_come_back_as_they_were(tmp_path, format, subtype, tolerance):
    samples = music(1.0)
    path = write_sound(tmp_path / "x", samples, format=format, subtype=subtype)
    with open_audio(path) as reader:
        assert reader.info.backend == "soundfile"
        assert reader.info.duration_s == pytest.approx(1.0)
        decoded = np.concatenate(list(reader.blocks(RATE)))
    assert decoded.dtype == np.float32
    np.testing.assert_allclose(decoded, samples[:, 0], rtol=0, atol=tolerance)


@pytest.mark.parametrize(
    ("format", "codec", "rate"),
    [
        ("mp3", "libmp3lame", 44_100),
        ("mp2", "mp2", 44_100),
        ("mp4", "aac", 44_100),
        ("adts", "aac", 44_100),
        ("mp4", "alac", 44_100),
        ("asf", "wmav2", 44_100),
        ("ogg", "libopus", 48_000),
        ("ogg", "flac", 44_100),
        ("webm", "libopus", 48_000),
        ("matroska", "flac", 44_100),
        ("mpegts", "mp2", 44_100),
        ("avi", "libmp3lame", 44_100),
        ("wav", "libmp3lame", 44_100),
        ("wv", "wavpack", 44_100),
        ("tta", "tta", 44_100),
    ],
)
def test_other_formats_sound_the_same(tmp_path, format, codec, rate):
    samples = music(2.0, rate, 2)
    path = encode(tmp_path / "x", samples, rate, format=format, codec=codec, bit_rate=128_000)
    with open_audio(path) as reader:
        assert reader.info.backend == "pyav"
        assert (reader.info.sample_rate, reader.info.channels) == (rate, 2)
        decoded = np.concatenate(list(reader.blocks(rate)))
        assert reader.problem is None
    assert _likeness(decoded, samples.mean(axis=1)) > 0.95
    assert len(decoded) / rate == pytest.approx(2.0, abs=0.15)


def test_ogg_vorbis_sounds_the_same(tmp_path):
    path = write_sound(tmp_path / "x", music(2.0), format="OGG", subtype="VORBIS")
    assert _likeness(load_audio(path, RATE).samples, music(2.0)[:, 0]) > 0.95


def test_ogg_streams_in_a_row_are_read_to_the_last(tmp_path):
    one = write_sound(tmp_path / "one", music(1.0), format="OGG", subtype="VORBIS").read_bytes()
    (tmp_path / "two").write_bytes(one + one)
    assert load_audio(tmp_path / "two", RATE).duration_s == pytest.approx(2.0, abs=0.1)


def test_an_mp3_of_variable_bit_rate_without_a_length_is_read_to_the_end(tmp_path):
    # libsndfile reads half of such a file and reports no error.
    sound = np.concatenate([music(4.0), np.random.default_rng(0).normal(0, 0.2, (4 * RATE, 1)).astype(np.float32)])
    path = encode(
        tmp_path / "x",
        sound,
        format="mp3",
        codec="libmp3lame",
        options={"q": "2"},
        container_options={"write_xing": "0"},
    )
    assert load_audio(path, RATE).duration_s == pytest.approx(8.0, abs=0.15)


@pytest.mark.parametrize("rate", [1_000, 8_000, 11_025, 32_000, 44_100, 48_000, 192_000, 384_000, 1_411_200, 6_144_000])
def test_any_rate_is_resampled(tmp_path, rate):
    tone = (0.5 * np.sin(2 * np.pi * 200.0 * np.arange(2 * rate) / rate)).astype(np.float32)[:, np.newaxis]
    decoded = load_audio(write_sound(tmp_path / "x", tone, rate, subtype="FLOAT"), RATE).samples
    assert len(decoded) == pytest.approx(2 * RATE, abs=3)
    expected = 0.5 * np.sin(2 * np.pi * 200.0 * np.arange(len(decoded)) / RATE)
    middle = slice(RATE // 2, -RATE // 2)  # the filter rings at both ends
    np.testing.assert_allclose(decoded[middle], expected[middle], atol=2e-3)


@pytest.mark.parametrize("rate", [7, 999, 6_144_001, 2_000_000_000])
@pytest.mark.parametrize("subtype", ["PCM_16", "IMA_ADPCM"])
def test_a_rate_that_no_recording_has_is_told(tmp_path, rate, subtype):
    with pytest.raises(SampleRateError, match=f" {rate} Hz"):
        open_audio(write_sound(tmp_path / "x", music(0.1), rate, subtype=subtype))


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8, 13])
def test_all_channels_count_the_same(tmp_path, channels):
    samples = np.random.default_rng(channels).normal(0, 0.1, (RATE, channels)).astype(np.float32)
    decoded = load_audio(write_sound(tmp_path / "x", samples, subtype="FLOAT"), RATE).samples
    np.testing.assert_allclose(decoded, samples.mean(axis=1), atol=1e-6)


def test_blocks_of_any_length_hold_the_same_sound(tmp_path):
    path = write_sound(tmp_path / "x", music(5.0, 44_100, 2), 44_100)
    whole = load_audio(path, RATE).samples
    with open_audio(path) as reader:
        blocks = list(reader.blocks(RATE, block_s=0.7))
        assert reader.seconds_read == pytest.approx(5.0)
    assert all(len(block) for block in blocks)
    assert len(blocks) > 2
    np.testing.assert_array_equal(np.concatenate(blocks), whole)


@pytest.mark.parametrize("channels", [1, 2])
def test_a_block_is_not_overwritten_by_the_next(tmp_path, channels):
    samples = np.random.default_rng(0).normal(0, 0.1, (20 * RATE, channels)).astype(np.float32)
    path = write_sound(tmp_path / "x", samples, subtype="FLOAT")
    np.testing.assert_allclose(load_audio(path, RATE).samples, samples.mean(axis=1), atol=1e-6)


def test_a_file_is_known_by_its_content_alone(tmp_path):
    path = write_mp3(tmp_path / "music.wav", music(1.0))
    with open_audio(path) as reader:
        assert reader.info.container == "MP3"


def test_silence_is_no_error_and_measured_before_resampling_rings(tmp_path):
    path = write_sound(tmp_path / "x", np.full((44_100, 2), 0.5, np.float32), 44_100)
    with open_audio(path) as reader:
        blocks = list(reader.blocks(RATE))
        assert reader.is_digital_silence
    assert np.ptp(np.concatenate(blocks)) > 1e-3


def test_closing_early_and_twice_is_harmless(tmp_path):
    path = write_mp3(tmp_path / "x", music(4.0))
    reader = open_audio(path)
    blocks = reader.blocks(RATE, block_s=0.1)
    next(blocks)
    reader.close()
    reader.close()
    os.remove(path)  # Windows refuses while the file is open


def test_decoders_write_nothing_to_the_terminal(tmp_path):
    # libmpg123 and FFmpeg complain there about damaged files, behind Python's back.
    write_mp3(tmp_path / "a", music(3.0))
    write_sound(tmp_path / "b", music(3.0), format="FLAC")
    encode(tmp_path / "c", music(3.0), format="mp4", codec="aac")
    for name in "abc":
        content = bytearray((tmp_path / name).read_bytes())
        content[len(content) // 3 : len(content) // 3 + 2_000] = os.urandom(2_000)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "d").write_bytes(b"\xf0\x7e\x00\x01" + os.urandom(3_000))  # libsndfile prints of sample dumps
    program = (
        "import sys\n"
        "from genre_desktop.audio.decode.audio_reader import open_audio\n"
        "from genre_desktop.core.errors import GenreDesktopError\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        with open_audio(path) as reader: list(reader.blocks(22050))\n"
        "    except GenreDesktopError: pass\n"
    )
    paths = [str(tmp_path / name) for name in "abcd"]
    done = subprocess.run([sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_film_without_sound_is_an_error_of_its_own(tmp_path):
    from tests.support.odd_files import film_without_sound

    with pytest.raises(NoAudioStreamError, match="MP4 without sound"):
        open_audio(film_without_sound(tmp_path / "x.mp3"))


@pytest.mark.parametrize("list_text", ["#EXTM3U\n#EXTINF:9,\n{other}\n", "ffconcat version 1.0\nfile '{other}'\n"])
def test_a_play_list_opens_no_other_file(tmp_path, list_text):
    other = write_sound(tmp_path / "other.wav", music(1.0))
    path = tmp_path / "list.mp3"
    path.write_text(list_text.format(other=other))
    with pytest.raises(NoAudioStreamError, match="text"):
        open_audio(path)


@pytest.mark.parametrize(("format", "codec"), [("wav", "flac"), ("wav", "g722"), ("avi", "aac")])
def test_codecs_whose_number_is_no_text(tmp_path, format, codec):
    rate, channels = (16_000, 1) if codec == "g722" else (44_100, 2)
    path = encode(tmp_path / "x", music(4.0, rate, channels), rate, format=format, codec=codec)
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
        assert reader.problem is None
    assert len(samples) / RATE == pytest.approx(4.0, abs=0.1)
    assert np.abs(samples).max() > 0.2


def test_mp3_of_free_format_is_read_like_that_of_a_known_bit_rate(tmp_path):
    plain = encode(tmp_path / "x", music(4.0, 44_100, 2), 44_100, format="mp3", codec="libmp3lame", bit_rate=160_000)
    content = bytearray(plain.read_bytes())
    at = mpeg.find_first_frame(content, whole=True)
    at += mpeg.parse_frame(content, at).size  # without the frame that tells the number of frames
    del content[:at]
    at, starts = 0, []
    while (header := mpeg.parse_frame(content, at)) is not None:
        starts.append(at)
        at += header.size
    expected = tmp_path / "expected"
    expected.write_bytes(content[:at])
    for start in starts:
        content[start + 2] &= 0x0F
    free = tmp_path / "free"
    free.write_bytes(b"garbage" * 30 + content[:at])
    with open_audio(expected) as reader, open_audio(free) as other:
        samples, found = (np.concatenate(list(one.blocks(44_100))) for one in (reader, other))
        assert other.problem is None
        assert other.info.container == "MP3 (free format)"
    assert len(found) == pytest.approx(len(samples), abs=1_200)
    lag = len(samples) - len(found)
    same = samples[lag:] if lag > 0 else samples
    assert np.abs(same[5_000:60_000] - found[5_000:60_000]).max() < 0.01


def test_what_a_digital_output_carries_is_decoded(tmp_path):
    bits = encode(tmp_path / "bits", music(4.0, 48_000, 2), 48_000, format="spdif", codec="ac3").read_bytes()
    path = tmp_path / "x"
    soundfile.write(path, np.frombuffer(bits, "<i2").reshape(-1, 2), 48_000, format="WAV")
    with open_audio(path) as reader:
        samples = np.concatenate(list(reader.blocks(RATE)))
        assert reader.problem is None
    assert len(samples) / RATE == pytest.approx(4.0, abs=0.1)
    assert _likeness(samples, music(4.0, RATE)[:, 0]) > 0.9
