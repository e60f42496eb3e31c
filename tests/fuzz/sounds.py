"""Fuzzing targets: sound files, decoded in full and in excerpts, and their tags."""

from __future__ import annotations

import os
from pathlib import Path

import mutagen
import numpy as np
from mutagen import apev2, id3

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.scan.playlist import is_playlist
from tests.fuzz.targets import Target
from tests.support.odd_files import RATE, encode, id3_tag, music, write_mp3, write_sound
from tests.support.rare_files import (
    LIST_CHUNK,
    patched,
    vorbis_comments,
    with_comments,
    write_dsf,
    write_tracks,
)

_MOST_S = 600.0
"""Seconds that are decoded of one input: the header of a WAV file may promise days."""


def _sounds(folder: Path) -> None:
    mono, stereo, fast = music(0.8), music(0.8, channels=2), music(0.8, 48_000)
    for name, subtype in (("pcm16", "PCM_16"), ("pcm24", "PCM_24"), ("float", "FLOAT"), ("mulaw", "ULAW")):
        write_sound(folder / f"{name}.wav", mono, subtype=subtype)
    for name, subtype in (("ima", "IMA_ADPCM"), ("ms", "MS_ADPCM"), ("gsm", "GSM610")):
        write_sound(folder / f"{name}.wav", mono, subtype=subtype)
    for name, format in (("rf64.wav", "RF64"), ("wavex.wav", "WAVEX"), ("sun.au", "AU"), ("apple.aiff", "AIFF")):
        write_sound(folder / name, stereo, format=format, subtype="PCM_16")
    for name, format in (("w64.w64", "W64"), ("caf.caf", "CAF"), ("flac.flac", "FLAC")):
        write_sound(folder / name, stereo, format=format, subtype="PCM_16")
    write_sound(folder / "alac.caf", stereo, format="CAF", subtype="ALAC_16")
    write_sound(folder / "vorbis.ogg", stereo, format="OGG", subtype="VORBIS")
    write_sound(folder / "flac.oga", mono, format="OGG", subtype="VORBIS")
    encode(folder / "opus.opus", fast, 48_000, format="ogg", codec="libopus")
    write_mp3(folder / "constant.mp3", mono)
    write_mp3(folder / "variable.mp3", mono, vbr=True)
    (folder / "tagged.mp3").write_bytes(id3_tag(3_000) + write_mp3(folder / "tagged.mp3", mono).read_bytes())
    encode(folder / "aac.m4a", stereo, format="mp4", codec="aac")
    encode(folder / "front.m4a", mono, format="mp4", codec="aac", container_options={"movflags": "faststart"})
    encode(folder / "surround.m4a", music(0.4, 48_000, 8), 48_000, format="mp4", codec="aac", bit_rate=256_000)
    encode(folder / "wavpack.wv", stereo, format="wv", codec="wavpack")
    encode(folder / "alac.m4a", mono, format="mp4", codec="alac")
    encode(folder / "adts.aac", mono, format="adts", codec="aac")
    encode(folder / "windows.wma", mono, format="asf", codec="wmav2", bit_rate=64_000)
    encode(folder / "film.mp4", mono, format="mp4", codec="aac", video=True)
    encode(folder / "film.mkv", mono, format="matroska", codec="aac", video=True)
    encode(folder / "vorbis.webm", fast, 48_000, format="webm", codec="libopus")
    _odd_sounds(folder)
    encode(folder / "ac3.ac3", fast, 48_000, format="ac3", codec="ac3", bit_rate=96_000)


def _odd_sounds(folder: Path) -> None:
    """Streams in a row, several tracks, headers that are wrong, and tags that are too many."""
    short, other = music(0.4, 44_100, 2), music(0.4, 22_050)
    for name, subtype, format in (("chain.flac", "PCM_16", "FLAC"), ("chain.ogg", "VORBIS", "OGG")):
        one = write_sound(folder / name, short, 44_100, format=format, subtype=subtype).read_bytes()
        two = write_sound(folder / name, other, format=format, subtype=subtype).read_bytes()
        (folder / name).write_bytes(one + two)
    opus = encode(folder / "chain.opus", music(0.4, 48_000), 48_000, format="ogg", codec="libopus").read_bytes()
    (folder / "chain.opus").write_bytes(opus + (folder / "vorbis.ogg").read_bytes())
    wavpack = (folder / "wavpack.wv").read_bytes()
    (folder / "chain.wv").write_bytes(wavpack + wavpack)
    with_comments(write_sound(folder / "comments.ogg", other, format="OGG", subtype="VORBIS"), vorbis_comments(1_100))
    tracks = [("aac", np.zeros((9_600, 1), np.float32)), ("aac", music(0.2, 48_000))]
    for format in ("matroska", "mp4", "mpegts"):
        write_tracks(folder / f"tracks.{format}", format, tracks)
    write_dsf(folder / "dsd.dsf", 0.05, 44_100 * 64)
    wav = write_sound(folder / "less.wav", short, 44_100).read_bytes()
    (folder / "less.wav").write_bytes(patched(wav, 40, bytes([0, 1, 0, 0])) + LIST_CHUNK)


def _decode(path: Path, _: Path) -> None:
    with open_audio(path) as reader:
        for block in reader.blocks(RATE, 2.0):
            assert block.dtype == np.float32 and np.isfinite(block).all()
            if reader.seconds_read > _MOST_S:
                break


def _decode_here_and_there(path: Path, _: Path) -> None:
    try:
        with open_excerpts(path) as excerpts:
            middle = round(min(excerpts.length_s, _MOST_S) / 2 * RATE)
            for sound in excerpts.read([0, middle], 3_000, RATE):
                assert np.isfinite(sound).all()
    except CannotSeekError:
        pass  # the file is then read in full
    with open_random_access(path) as access:
        for start in (0, min(access.n_frames, 60 * access.sample_rate) // 2, 0):
            assert np.isfinite(access.read(start, 4_000)).all()


def _tagged(folder: Path) -> None:
    _sounds(folder)
    for path in sorted(folder.iterdir()):
        names = _FIELDS.get(path.name)
        if names is None:
            path.unlink()
            continue
        file = mutagen.File(path, easy=True)
        if file.tags is None:
            file.add_tags()
        for name, values in zip(names, (["a\u00e9\u97f3"], ["b", "c"], ["d"], ["Rock", "17"]), strict=True):
            file.tags[name] = values
        file.save()
    ape = apev2.APEv2()
    ape["Genre"] = ["Rock", "Jazz"]
    ape.save(folder / "variable.mp3")
    frames = id3.ID3()
    frames.add(id3.TCON(encoding=3, text=["(17)(4)Eurodisco"]))
    frames.add(id3.TIT2(encoding=1, text=["a"]))
    frames.save(folder / "variable.mp3", v2_version=3)


_PLAIN = ("title", "artist", "album", "genre")
_FIELDS = {
    **dict.fromkeys(("constant.mp3", "variable.mp3", "aac.m4a", "flac.flac", "vorbis.ogg", "opus.opus"), _PLAIN),
    "windows.wma": ("Title", "Author", "WM/AlbumTitle", "WM/Genre"),
}
"""Names of title, artist, album and genre, by file."""


def _read_tags(path: Path, _: Path) -> None:
    facts = read_facts(path)
    assert facts.identity and not is_playlist(path)
    for text in (facts.title, facts.artist, facts.album, *facts.tagged_genres):
        os.fsencode(text)


TARGETS = {
    "sound": Target(_sounds, _decode, is_native=True),
    "excerpts": Target(_sounds, _decode_here_and_there, is_native=True),
    "tags": Target(_tagged, _read_tags),
}
