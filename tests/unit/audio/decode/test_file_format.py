import io

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.audio.decode.containers import mpeg_frames as mpeg
from genre_desktop.audio.decode.file_format import detect_format
from genre_desktop.audio.decode.source_file import SourceFile
from tests.support.odd_files import id3_tag, music, write_mp3


@pytest.fixture(scope="module")
def mp3(tmp_path_factory):
    return write_mp3(tmp_path_factory.mktemp("mp3") / "x", music(1.0)).read_bytes()


@pytest.fixture
def sniffed(tmp_path):
    def of(content):
        path = tmp_path / "x.wav"
        path.write_bytes(content)
        with SourceFile(path) as source:
            return detect_format(source)

    return of


def _written(format, subtype=None):
    file = io.BytesIO()
    soundfile.write(file, np.zeros(100), 8_000, format=format, subtype=subtype)
    return file.getvalue()


@pytest.mark.parametrize(
    ("format", "container"),
    [
        ("WAV", "WAV"),
        ("WAVEX", "WAV"),
        ("RF64", "WAV"),
        ("AIFF", "AIFF"),
        ("AU", "AU"),
        ("FLAC", "FLAC"),
        ("OGG", "Ogg"),
        ("CAF", "CAF"),
        ("W64", "W64"),
        ("VOC", "VOC"),
    ],
)
def test_containers_are_detected_by_their_first_bytes(sniffed, format, container):
    assert sniffed(_written(format)).container == container


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(99), "JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04" + bytes(40), "ZIP archive"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP picture"),
        (b"MThd\x00\x00\x00\x06", "MIDI notes"),
        (b"hello\nworld", "text"),
        ("héllo".encode("utf-16"), "text"),
        (bytes(5_000), "nothing but zeros"),
        (id3_tag(500), "tags only"),
        (id3_tag(500)[:200], "tags only"),
        (b"TAG" + bytes(125), "tags only"),
        (bytes(range(256)), "unknown data"),
    ],
)
def test_other_files_are_called_what_they_are(sniffed, content, looks_like):
    result = sniffed(content)
    assert result.container is None
    assert result.looks_like == looks_like


def test_an_archive_that_holds_an_mp3_is_an_archive(sniffed, mp3):
    assert sniffed(b"PK\x03\x04" + bytes(40) + mp3).looks_like == "ZIP archive"


@pytest.mark.parametrize(
    "front", [b"", id3_tag(10), id3_tag(3 << 20), id3_tag(100) * 3, bytes(5_000), b"\xff\xfb" * 7, b"rubbish" * 9_999]
)
def test_mp3_is_found_behind_tags_and_garbage(sniffed, mp3, front):
    result = sniffed(front + mp3[mpeg.find_first_frame(mp3, whole=True) :])
    assert result.container == "MP3"
    assert result.offset == len(front)


def test_frame_headers_are_read(mp3):
    start = mpeg.find_first_frame(mp3, whole=True)
    header = mpeg.parse_frame(mp3, start)
    assert (header.layer, header.sample_rate, header.channels, header.samples) == (3, 22_050, 1, 576)
    assert mpeg.parse_frame(mp3, start + header.size).follows(header)


def test_the_length_in_the_first_frame_is_read(mp3):
    promised = mpeg.promised_samples(mp3[mpeg.find_first_frame(mp3, whole=True) :])
    assert promised == pytest.approx(22_050, abs=3 * 1_152)


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_upset_the_search(data, whole):
    found = mpeg.find_first_frame(data, whole=whole)
    assert found is None or mpeg.parse_frame(data, found) is not None
    mpeg.promised_samples(data)


def test_noise_holds_no_mp3():
    noise = np.random.default_rng(0).integers(0, 256, 1 << 19, dtype=np.uint8).tobytes()
    assert mpeg.find_first_frame(noise, whole=False) is None
    assert mpeg.find_free_format(noise) is None


@pytest.mark.parametrize("size", [b"\x7f\x7f\x7f\x7f", b"\x00\x10\x00\x00"])
def test_mp3_is_found_behind_a_tag_that_is_longer_by_its_header_than_the_file(sniffed, mp3, size):
    result = sniffed(b"ID3\x04\x00\x00" + size + mp3[mpeg.find_first_frame(mp3, whole=True) :])
    assert (result.container, result.offset) == ("MP3", 10)


def test_a_tag_that_was_cut_off_is_a_tag(sniffed):
    assert sniffed(id3_tag(5_000)[:2_000]).looks_like == "tags only"


@pytest.mark.parametrize(("format", "container"), [("WAV", "WAV"), ("OGG", "Ogg"), ("FLAC", "FLAC"), ("RF64", "WAV")])
@pytest.mark.parametrize("front", [bytes(100), b"\xef\xbb\xbf", b"HTTP/1.0 200 OK\r\nServer: Icecast\r\n\r\n"])
def test_sound_is_found_behind_a_little_garbage(sniffed, format, container, front):
    result = sniffed(front + _written(format))
    assert (result.container, result.offset) == (container, len(front))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("text", ["Hello world\r\n\t", "Grüße, мир, 你好\n", "\ufeffagain\n"])
def test_text_in_utf_16_is_text_although_its_mark_could_begin_a_frame(sniffed, text, encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    found = sniffed(mark + (text * 500).encode(encoding))
    assert (found.container, found.looks_like) == (None, "text")


def test_a_frame_that_begins_like_the_mark_of_utf_16_is_sound(sniffed, mp3):
    # Layer I with a checksum: FF FE.
    frame = b"\xff\xfe\x90\x00" + bytes(range(1, 201)) * 2
    frame = frame[: 4 * (12 * 288_000 // 44_100)]
    assert sniffed(frame * 50).looks_like != "text"


def _wavpack_block(*parts, samples=1_000):
    body = b"".join(bytes([kind, len(data) // 2]) + data for kind, data in parts)
    head = (24 + len(body)).to_bytes(4, "little") + b"\x10\x04\0\0" + bytes(4) + samples.to_bytes(4, "little")
    return b"wvpk" + head + bytes(12) + body


def test_a_correction_file_of_wavpack_is_no_sound(sniffed):
    other, sound, correction = (0x07, bytes(6)), (0x0A, bytes(20)), (0x0B, bytes(20))
    found = sniffed(_wavpack_block(other) + _wavpack_block(other, correction))
    assert found.container is None and ".wv file" in found.looks_like
    large = b"wvpk" + (24 + 84).to_bytes(4, "little") + bytes(24) + b"\x8b\x28\0\0" + bytes(80)
    assert sniffed(large).container is None
    assert sniffed(_wavpack_block(other, sound)).container == "WavPack"
    assert sniffed(_wavpack_block(other, sound, correction)).container == "WavPack"
    assert sniffed(_wavpack_block(other)[:40]).container == "WavPack"
