"""FFmpeg decodes sound alone, whatever else a file holds, and opens nothing besides the file it is given."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.codec import Codec
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4, MP4Cover

from genre_desktop.audio.decode import audio_tracks, pyav_decoder
from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_options import CODECS, FORMATS, OPTIONS
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import DamagedAudioError, NoAudioStreamError, UnknownCodecError
from tests.support.odd_files import encode, music, write_sound
from tests.support.sounds import load_audio

RATE = 22_050


def test_each_decoder_that_is_allowed_is_one_of_sound() -> None:
    assert {name for name in CODECS if name not in av.codecs_available or Codec(name, "r").type != "audio"} == set()
    known = {part for name in av.formats_available for part in name.split(",")}
    assert known >= FORMATS


def png(size: int = 32) -> bytes:
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt, encoder.framerate = size, size, "rgb24", 1
    pixels = np.random.default_rng(1).integers(0, 255, (size, size, 3), dtype=np.uint8)
    picture = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    return b"".join(bytes(packet) for packet in (*encoder.encode(picture), *encoder.encode(None)))


def song_with_cover(path: Path) -> Path:
    encode(path, music(2.0), format="ipod", codec="aac")
    tags = MP4(path)
    tags["covr"] = [MP4Cover(png(), MP4Cover.FORMAT_PNG)]
    tags.save()
    return path


def flac_with_cover(path: Path) -> Path:
    write_sound(path, music(2.0), format="FLAC")
    song, cover = FLAC(path), Picture()
    cover.data, cover.type, cover.mime = png(), 3, "image/png"
    song.add_picture(cover)
    song.save()
    return path


@pytest.fixture(params=["film.mp4", "film.ts", "film.avi", "song.m4a", "song.flac"])
def with_pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    match request.param:
        case "film.mp4":
            encode(path, music(2.0), format="mp4", codec="aac", video=True)
        case "film.ts":
            encode(path, music(2.0), format="mpegts", codec="aac", video=True)
        case "film.avi":
            encode(path, music(2.0), format="avi", codec="mp2", video=True)
        case "song.m4a":
            song_with_cover(path)
        case "song.flac":
            flac_with_cover(path)
    return path


def test_pictures_beside_the_sound_are_not_decoded(with_pictures: Path) -> None:
    source = SourceFile(with_pictures)
    decoder = PyAVDecoder(source, None)
    try:
        # Only a decoder finds out how its points are coded; FFmpeg runs one while it opens a file.
        assert [film.codec_context.pix_fmt for film in decoder.container.streams.video] == [None]
        assert sum(len(samples) for samples, _ in decoder.chunks()) / decoder.info.sample_rate > 1.5
        assert not any(film.codec_context.is_open for film in decoder.container.streams.video)
    finally:
        decoder.close()
        source.close()
    assert load_audio(with_pictures, RATE).duration_s == pytest.approx(2.0, abs=0.2)


def test_packets_of_pictures_are_not_even_read(tmp_path: Path) -> None:
    source = SourceFile(encode(tmp_path / "film.mp4", music(60.0), format="mp4", codec="aac", video=True))
    decoder = PyAVDecoder(source, None)
    film = decoder.container.streams.video[0]
    pictures = [packet for packet in decoder.container.demux() if packet.size and packet.stream is film]
    assert len(pictures) < film.frames / 4  # what FFmpeg has read already while it opened the file
    decoder.close()
    source.close()


def test_a_file_of_hundreds_of_streams_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.mov"
    with av.open(str(path), "w", format="mov") as out:
        for stream in [out.add_stream("pcm_s16le", rate=8_000, layout="mono") for _ in range(300)]:
            frame = av.AudioFrame.from_ndarray(np.full((1, 800), 100, np.int16), format="s16", layout="mono")
            frame.sample_rate = 8_000
            out.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(DamagedAudioError):
        open_audio(path)


def test_sound_that_no_allowed_decoder_knows_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = encode(tmp_path / "x.m4a", music(2.0), format="mp4", codec="aac")
    monkeypatch.setattr(audio_tracks, "CODECS", CODECS - {"aac"})
    with pytest.raises(UnknownCodecError, match="coded as aac"):
        open_audio(path)


@pytest.fixture
def visited() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was asked there."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    visitor, _ = server.accept()
                    asked.append(b"somebody came")
                    visitor.close()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield server.getsockname()[1], asked
        server.shutdown(socket.SHUT_RDWR)
        listener.join(10)


LISTS = {
    "HLS": "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{where}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{where}'\nduration 9\n",
    "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
    "DASH": (
        '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT9S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>'
        '<AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>{where}</BaseURL>'
        '<SegmentBase indexRange="0-99"/></Representation></AdaptationSet></Period></MPD>\n'
    ),
    "RTSP": "rtsp://127.0.0.1:{port}/song\n",
}


@pytest.mark.parametrize("name", ["song.mp3", "song.m3u8", "song.mpd", "song%03d.wav"])
@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("place", ["http://127.0.0.1:{port}/a.ts", "file:///etc/passwd", "{folder}/other.wav"])
def test_a_list_that_is_called_a_song_leads_nowhere(
    tmp_path: Path, visited: tuple[int, list[bytes]], name: str, text: str, place: str
) -> None:
    port, asked = visited
    write_sound(tmp_path / "other.wav", music(1.0))
    where = place.format(port=port, folder=tmp_path)
    path = tmp_path / name
    path.write_text(text.format(where=where, port=port), encoding="utf-8")
    for way in (open_audio, open_random_access):
        with pytest.raises(NoAudioStreamError, match="text"):
            way(path)
    with pytest.raises(CannotSeekError):  # which then is read in full
        open_excerpts(path)
    assert asked == []


def test_nothing_else_is_opened_even_by_a_format_that_would(
    tmp_path: Path, visited: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wall stands by itself: here there is no list of formats."""
    port, asked = visited
    path = tmp_path / "list.m3u8"
    path.write_text(LISTS["HLS"].format(where=f"http://127.0.0.1:{port}/a.ts"), encoding="utf-8")
    options = {key: value for key, value in OPTIONS.items() if key != "format_whitelist"}
    monkeypatch.setattr(pyav_decoder, "OPTIONS", options)
    with contextlib.suppress(NoAudioStreamError):
        open_audio(path)
    assert asked == []
