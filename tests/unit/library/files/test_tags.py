"""Tags in the places in which formats and programs keep them."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest
import soundfile
from mutagen import apev2, id3
from mutagen.aiff import AIFF
from mutagen.wave import WAVE

from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.files.tags import further_texts, read_tags
from tests.support.odd_files import encode, music, write_mp3, write_sound
from training.datasets.artists import read_artist_tag

SOUND = music(1.0)
INFO = {b"INAM": "Tïtle", b"IART": "Ärtist", b"IPRD": "Älbum", b"IGNR": "Cool Jazz"}
ALL = ("Tïtle", "Ärtist", "Älbum", ("Cool Jazz",))
NONE = ("", "", "", ())


def told(path: Path) -> tuple[str, str, str, tuple[str, ...]]:
    facts = read_facts(path)
    return facts.title, facts.artist, facts.album, facts.tagged_genres


def chunk(kind: bytes, content: bytes, order: str = "<", size: str = "I", align: int = 2) -> bytes:
    return kind + struct.pack(order + size, len(content)) + content + bytes(-len(content) % align)


def info_list(encoding: str = "utf-8", order: str = "<", end: bytes = b"\0") -> bytes:
    items = b"".join(chunk(kind, text.encode(encoding) + end, order) for kind, text in INFO.items())
    return chunk(b"LIST", b"INFO" + items, order)


def add_chunk(path: Path, added: bytes, order: str = "<") -> Path:
    content = path.read_bytes() + bytes(path.stat().st_size % 2) + added
    path.write_bytes(content[:4] + struct.pack(order + "I", len(content) - 8) + content[8:])
    return path


def insert_chunk(path: Path, added: bytes, order: str = "<") -> Path:
    """In front of all other chunks, as studios do."""
    content = path.read_bytes()
    content = content[:12] + added + content[12:]
    path.write_bytes(content[:4] + struct.pack(order + "I", len(content) - 8) + content[8:])
    return path


# --- WAV ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", [b"\0", b"", b"\0\0\0"], ids=["ended", "not ended", "filled"])
@pytest.mark.parametrize("add", [add_chunk, insert_chunk])
def test_info_list_of_wav(tmp_path: Path, encoding: str, end: bytes, add: Callable[..., Path]) -> None:
    path = add(write_sound(tmp_path / "a.wav", SOUND), info_list(encoding, end=end))
    assert told(path) == ALL
    assert soundfile.info(path).frames == len(SOUND)
    assert read_artist_tag(path) == "Ärtist"


def test_what_libsndfile_and_ffmpeg_write(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with soundfile.SoundFile(path, "w", 22_050, 1) as file:
        file.title, file.artist, file.album, file.genre = "Tïtle", "Ärtist", "Älbum", "Cool Jazz"
        file.write(SOUND)
    assert told(path) == ALL


@pytest.mark.parametrize("id3_comes_first", [True, False])
def test_id3_in_wav_counts_more_than_the_info_list_which_completes_it(tmp_path: Path, id3_comes_first: bool) -> None:
    path = write_sound(tmp_path / "a.wav", SOUND)
    if not id3_comes_first:
        add_chunk(path, info_list())
    file = WAVE(path)
    file.add_tags()
    file.tags.add(id3.TIT2(encoding=3, text=["From ID3"]))
    file.tags.add(id3.TCON(encoding=3, text=["Rock"]))
    file.save()
    if id3_comes_first:
        add_chunk(path, info_list())
    assert told(path) == ("From ID3", "Ärtist", "Älbum", ("Rock",))


def test_big_endian_and_large_wav(tmp_path: Path) -> None:
    with soundfile.SoundFile(tmp_path / "a.wav", "w", 22_050, 1, endian="BIG") as file:
        file.write(SOUND)
    assert told(add_chunk(tmp_path / "a.wav", info_list(order=">"), ">")) == ALL
    large = write_sound(tmp_path / "a.rf64", SOUND, format="RF64")
    content = large.read_bytes()
    assert content[:4] == b"RF64"
    large.write_bytes(content + bytes(len(content) % 2) + info_list())
    assert told(large) == ALL
    tag = _id3_tag({"TIT2": "Tïtle", "TPE1": "Ärtist", "TALB": "Älbum", "TCON": "Cool Jazz"})
    large.write_bytes(content + bytes(len(content) % 2) + chunk(b"id3 ", tag))
    assert told(large) == ALL


@pytest.mark.parametrize(
    ("description", "title"),
    [("Jazz im Funkhaus", "Jazz im Funkhaus"), ("sSPEED=25\r\nsTAKE=1", ""), ("one\r\ntwo", ""), ("", "")],
)
def test_description_of_a_broadcast_wave_is_a_title_of_last_resort(
    tmp_path: Path, description: str, title: str
) -> None:
    bext = chunk(b"bext", description.encode().ljust(256, b"\0") + bytes(346))
    path = insert_chunk(write_sound(tmp_path / "a.wav", SOUND), bext)
    assert told(path)[0] == title
    assert told(add_chunk(path, info_list()))[0] == "Tïtle"


def test_wave64(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.w64", SOUND, format="W64")
    items = b"".join(chunk(kind, text.encode("utf-16-le") + b"\0\0", align=1) for kind, text in INFO.items())
    content = struct.pack("<I", len(INFO)) + items
    guid = bytes.fromhex("bc945f925a52d21186dc00c04f8edb8a")
    whole = path.read_bytes()
    whole += bytes(-len(whole) % 8)
    path.write_bytes(whole + guid + struct.pack("<Q", 24 + len(content)) + content)
    assert told(path) == ALL


# --- AIFF, CAF, AU, DSD ---------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "mac_roman"])
def test_text_chunks_of_aiff(tmp_path: Path, encoding: str) -> None:
    path = write_sound(tmp_path / "a.aiff", SOUND, format="AIFF", subtype="PCM_16")
    texts = chunk(b"NAME", "Tïtle".encode(encoding), ">") + chunk(b"AUTH", "Ärtist".encode(encoding), ">")
    add_chunk(path, texts + chunk(b"ANNO", b"a remark", ">"), ">")
    assert told(path) == ("Tïtle", "Ärtist", "", ())
    file = AIFF(path)
    file.add_tags()
    file.tags.add(id3.TIT2(encoding=3, text=["From ID3"]))
    file.save()
    assert told(path) == ("From ID3", "Ärtist", "", ())


def test_information_chunk_of_caf(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.caf", SOUND, format="CAF", subtype="PCM_16")
    pairs = {"title": "Tïtle", "ARTIST": "Ärtist", "album": "Älbum", "genre": "Cool Jazz", "comments": "x"}
    content = struct.pack(">I", len(pairs)) + b"".join(f"{key}\0{text}\0".encode() for key, text in pairs.items())
    whole = path.read_bytes()
    path.write_bytes(whole[:8] + whole[8 : 8 + 12 + 32] + chunk(b"info", content, ">", "Q", 1) + whole[8 + 12 + 32 :])
    assert told(path) == ALL


def test_annotation_of_au(tmp_path: Path) -> None:
    content = write_sound(tmp_path / "a.au", SOUND, format="AU", subtype="PCM_16").read_bytes()
    note = "title=Tïtle\nartist=Ärtist\nalbum=Älbum\ngenre=Cool Jazz\n".encode()
    note += bytes(8 - len(note) % 8)
    start = struct.unpack(">I", content[4:8])[0]
    path = tmp_path / "a.au"
    path.write_bytes(content[:4] + struct.pack(">I", 24 + len(note)) + content[8:24] + note + content[start:])
    assert told(path) == ALL
    path.write_bytes(content[:4] + struct.pack(">I", 32) + content[8:24] + b"by SoX\0\0" + content[start:])
    assert told(path) == NONE


def test_dsdiff(tmp_path: Path) -> None:
    def big(kind: bytes, content: bytes) -> bytes:
        return chunk(kind, content, ">", "Q")

    texts = [struct.pack(">I", len(text)) + text for text in ("Ärtist".encode(), "Tïtle".encode())]
    sound = big(b"PROP", b"SND " + big(b"FS  ", struct.pack(">I", 2_822_400))) + big(b"DSD ", bytes(4096))
    path = tmp_path / "a.dff"
    path.write_bytes(big(b"FRM8", b"DSD " + sound + big(b"DIIN", big(b"DIAR", texts[0]) + big(b"DITI", texts[1]))))
    assert told(path) == ("Tïtle", "Ärtist", "", ())


# --- tags that several formats share ----------------------------------------------------------


def _id3_tag(frames: dict[str, str], word: bytes = b"ID3") -> bytes:
    content = b"".join(
        name.encode() + struct.pack(">I", 1 + len(text.encode("utf-16"))) + b"\0\0\1" + text.encode("utf-16")
        for name, text in frames.items()
    )
    size = bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return word + b"\3\0\0" + size + content


def _fields(path: Path) -> None:
    tags = apev2.APEv2()
    tags.update({"Title": "Tïtle", "Artist": "Ärtist", "Album": "Älbum", "Genre": "Cool Jazz"})
    tags["Cover Art (Front)"] = apev2.APEValue(bytes(50_000), apev2.BINARY)
    tags.save(path)


@pytest.mark.parametrize("name", ["a.mp3", "a.aac", "a.tta", "a.ac3"])
def test_apev2_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    codecs = {"a.aac": ("adts", "aac"), "a.tta": ("tta", "tta"), "a.ac3": ("ac3", "ac3")}
    if name == "a.mp3":
        id3.delete(write_mp3(path, SOUND))  # FFmpeg's, with its own name alone
    else:
        encode(path, music(1.0, 44_100), 44_100, format=codecs[name][0], codec=codecs[name][1])
    _fields(path)
    assert told(path) == ALL
    assert read_artist_tag(path) == "Ärtist"
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=0, text=["Old"]))
    path.write_bytes(path.read_bytes() + id3.MakeID3v1(tags))
    assert told(path) == ALL, "ID3v1 behind it"


@pytest.mark.parametrize(("name", "format", "codec"), [("a.aac", "adts", "aac"), ("a.ac3", "ac3", "ac3")])
def test_id3_before_and_behind_raw_streams(tmp_path: Path, name: str, format: str, codec: str) -> None:
    sound = encode(tmp_path / name, music(1.0, 44_100), 44_100, format=format, codec=codec).read_bytes()
    path = tmp_path / name
    path.write_bytes(_id3_tag({"TIT2": "Tïtle", "TPE1": "Ärtist", "TALB": "Älbum", "TCON": "Cool Jazz"}) + sound)
    assert told(path) == ALL
    tags = id3.ID3()
    tags.add(id3.TIT2(encoding=0, text=["Old"]))
    tags.add(id3.TCON(encoding=0, text=["Reggae"]))
    path.write_bytes(sound + id3.MakeID3v1(tags))
    assert told(path) == ("Old", "", "", ("Reggae",))


@pytest.mark.parametrize("version", [2, 3, 4])
def test_versions_of_id3(tmp_path: Path, version: int) -> None:
    path = encode(tmp_path / "a.ac3", music(1.0, 44_100), 44_100, format="ac3", codec="ac3")
    sound = path.read_bytes()
    if version == 2:
        frame = b"TT2" + (7).to_bytes(3, "big") + b"\0T\xeftle\0"
        frame += b"TCO" + (5).to_bytes(3, "big") + b"\0(8)\0"
        path.write_bytes(b"ID3\2\0\0" + bytes([0, 0, 0, len(frame)]) + frame + sound)
    else:
        tags = id3.ID3()
        tags.add(id3.APIC(encoding=0, mime="image/png", type=3, desc="", data=bytes(100_000)))
        tags.add(id3.TIT2(encoding=1, text=["Tïtle"]))
        tags.add(id3.TCON(encoding=3, text=["Jazz"]))
        tags.save(tmp_path / "tag", v2_version=version)
        path.write_bytes((tmp_path / "tag").read_bytes() + sound)
    assert told(path) == ("Tïtle", "", "", ("Jazz",))


def test_atrac(tmp_path: Path) -> None:
    path = tmp_path / "a.oma"
    tag = _id3_tag({"TIT2": "Tïtle", "TPE1": "Ärtist", "TALB": "Älbum", "TCON": "Cool Jazz"}, b"ea3")
    path.write_bytes(tag + b"EA3\1\0\x60\xff\xff" + bytes(24) + b"\4\x10\x10\x10" + bytes(60 + 8192))
    assert told(path) == ALL


# --- Matroska, QuickTime, RealMedia ---------------------------------------------------------


def _write_with(path: Path, format: str, codec: str, rate: int, **metadata: str) -> Path:
    import av

    with av.open(str(path), "w", format=format) as out:
        out.metadata.update(metadata)
        stream = out.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray((music(1.0, rate).T * 3e4).astype("int16"), format="s16", layout="mono")
        frame.sample_rate = rate
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("name", ["a.mka", "a.weba"])
def test_matroska_as_ffmpeg_writes_it(tmp_path: Path, name: str) -> None:
    form = {"a.mka": "matroska", "a.weba": "webm"}[name]
    path = _write_with(
        tmp_path / name, form, "libopus", 48_000, title="Tïtle", artist="Ärtist", album="Älbum", genre="Cool Jazz"
    )
    assert told(path) == ALL


def element(kind: int, *content: bytes | str | int) -> bytes:
    body = b"".join(
        part if isinstance(part, bytes) else bytes([part]) if isinstance(part, int) else part.encode()
        for part in content
    )
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + struct.pack(">Q", len(body) | 1 << 56) + body


def matroska_tag(target: int | None, **texts: str) -> bytes:
    targets = element(0x63C0, *(() if target is None else (element(0x68CA, target),)))
    simple = [element(0x67C8, element(0x45A3, name), element(0x4487, text)) for name, text in texts.items()]
    return element(0x7373, targets, *simple)


@pytest.mark.parametrize("is_listed", [True, False])
def test_matroska_as_taggers_write_it(tmp_path: Path, is_listed: bool) -> None:
    tags = element(
        0x1254C367,
        matroska_tag(50, TITLE="Älbum", ARTIST="Various"),
        matroska_tag(30, TITLE="Tïtle", ARTIST="Ärtist", GENRE="Cool Jazz"),
    )
    info, cluster = element(0x1549A966, element(0x7BA9, "a name")), element(0x1F43B675, bytes(5_000))

    def seek_head(position: int) -> bytes:
        at = element(0x53AC, struct.pack(">I", position))
        return element(0x114D9B74, element(0x4DBB, element(0x53AB, bytes.fromhex("1254c367")), at))

    before = (seek_head(0) if is_listed else b"") + info + 3 * cluster
    if is_listed:
        before = seek_head(len(before)) + info + 3 * cluster
    path = tmp_path / "a.mka"
    path.write_bytes(element(0x1A45DFA3, element(0x4282, "matroska")) + element(0x18538067, before, tags))
    assert told(path) == ALL


def test_user_data_of_quicktime_and_3gpp(tmp_path: Path) -> None:
    def atom(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + kind + content

    start = atom(b"ftyp", b"3gp4\0\0\0\0")
    quick = {b"\xa9nam": "Tïtle", b"\xa9ART": "Ärtist", b"\xa9alb": "Älbum", b"\xa9gen": "Cool Jazz"}
    texts = [atom(k, struct.pack(">HH", len(t.encode()), 0x55C4) + t.encode()) for k, t in quick.items()]
    path = tmp_path / "a.m4a"
    path.write_bytes(start + atom(b"mdat", bytes(99)) + atom(b"moov", atom(b"udta", b"".join(texts))))
    assert told(path) == ALL
    phone = {b"titl": "Tïtle", b"perf": "Ärtist", b"albm": "Älbum", b"gnre": "Cool Jazz"}
    texts = [atom(k, bytes(4) + b"\x15\xc7" + t.encode() + b"\0") for k, t in phone.items()]
    path.write_bytes(start + atom(b"mdat", bytes(99)) + atom(b"moov", atom(b"udta", b"".join(texts))))
    assert told(path) == ALL


def test_real_media(tmp_path: Path) -> None:
    path = _write_with(tmp_path / "a.rm", "rm", "ac3", 44_100, title="Tïtle", author="Ärtist")
    assert told(path) == ("Tïtle", "Ärtist", "", ())


@pytest.mark.parametrize(("format", "codec"), [("oga", "flac"), ("ogg", "libopus")])
def test_flac_and_opus_in_ogg(tmp_path: Path, format: str, codec: str) -> None:
    path = encode(tmp_path / "a.oga", music(1.0, 48_000), 48_000, format=format, codec=codec)
    file = mutagen.File(path, easy=True)
    file.update({"title": ["Tïtle"], "artist": ["Ärtist"], "album": ["Älbum"], "genre": ["Cool Jazz"]})
    file.save()
    assert told(path) == ALL


# --- what strangers write -------------------------------------------------------------------


def test_lists_within_lists_cost_no_time(tmp_path: Path) -> None:
    many = chunk(b"LIST", b"INFO" + 900 * chunk(b"IXXX", b"")) * 900
    path = add_chunk(write_sound(tmp_path / "a.wav", SOUND), many)
    started = time.process_time()
    further_texts(path)
    assert time.process_time() - started < 5.0  # a hundred times what it takes; without a limit it is a minute
    tags = element(0x1254C367, *900 * [element(0x7373, *900 * [element(0x67C8)])])
    path.write_bytes(element(0x1A45DFA3) + element(0x18538067, tags))
    started = time.process_time()
    further_texts(path)
    assert time.process_time() - started < 5.0


WRITTEN: dict[str, Callable[[Path], object]] = {
    "a.wav": lambda path: insert_chunk(write_sound(path, SOUND), info_list()),
    "a.aiff": lambda path: add_chunk(write_sound(path, SOUND, format="AIFF"), chunk(b"NAME", b"x", ">"), ">"),
    "a.mka": lambda path: _write_with(path, "matroska", "libopus", 48_000, title="x", artist="y"),
    "a.rm": lambda path: _write_with(path, "rm", "ac3", 44_100, title="x", author="y"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_damage_at_any_place_is_no_error(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / name
    WRITTEN[name](path)
    content = path.read_bytes()
    for start in range(0, min(len(content), 1_000), 7):
        path.write_bytes(content[:start] + b"\xff\x00\xfe" * 4 + content[start + 12 :])
        read_tags(path)
        path.write_bytes(content[:start] or b"\0")
        read_tags(path)
    assert "Further tags" not in caplog.text, "every length is checked: nothing is left to the catch-all"
