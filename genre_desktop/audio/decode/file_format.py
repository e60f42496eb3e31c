"""Detection of a file's format by its first bytes, never by its name."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from genre_desktop.audio.decode.containers import mpeg_frames as mpeg
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_SEARCH_BYTES = 1 << 19
"""Bytes searched for the first MP3 frame: recorders and download managers leave up to some hundred KiB before it."""

_LEAST_ZEROS = 1 << 16
"""Zeros behind a tag up to here are its padding, by a tag whose size is wrong."""

_MAX_TAGS = 64
"""ID3 tags skipped in a row; real files have two or three."""

MP3 = "MP3"
FREE_MP3 = "MP3 (free format)"
OGG = "Ogg"

# (offset, magic bytes, container)
_AUDIO_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"fLaC", "FLAC"),
    (0, b"OggS", OGG),
    (4, b"ftyp", "MP4"),
    (4, b"moov", "MP4"),
    (4, b"mdat", "MP4"),
    (4, b"wide", "MP4"),
    (0, bytes.fromhex("3026b2758e66cf11"), "ASF"),
    (0, b"\x1aE\xdf\xa3", "Matroska"),
    (0, b"\x00\x00\x01\xba", "MPEG"),
    (0, b".snd", "AU"),
    (0, b"dns.", "AU"),
    (0, b"caff", "CAF"),
    (0, b"riff\x2e\x91\xcf\x11", "W64"),
    (0, b"wvpk", "WavPack"),
    (0, b"MAC ", "Monkey's Audio"),
    (0, b"TTA1", "TTA"),
    (0, b"MPCK", "Musepack"),
    (0, b"MP+", "Musepack"),
    (0, b"DSD ", "DSF"),
    (0, b"FRM8", "DSDIFF"),
    (0, b"tBaK", "TAK"),
    (0, b"#!AMR", "AMR"),
    (0, b"FLV\x01", "FLV"),
    (0, b".RMF", "RealMedia"),
    (0, b"EA3", "OMA"),
    (0, b"ea3\x03", "OMA"),
    (0, b"Creative Voice File", "VOC"),
)

_RIFF_KINDS = {b"WAVE": "WAV", b"AVI ": "AVI"}
_FORM_KINDS = {b"AIFF": "AIFF", b"AIFC": "AIFF", b"8SVX": "SVX", b"16SV": "SVX"}
_ADTS = re.compile(rb"\xff[\xf0\xf1\xf8\xf9]")
_TS_PACKET = 188
_BEHIND_GARBAGE = re.compile(rb"OggS\x00\x02|fLaC[\x00\x80]\x00\x00\x22|RIFF.{4}WAVEfmt |RF64.{4}WAVEds64", re.DOTALL)
_MOST_GARBAGE = 1 << 16
"""Bytes before other sound than MP3: the head of an answer by HTTP, or what a broken editor left."""

_WAVPACK_SOUND, _WAVPACK_CORRECTION = 0x0A, 0x0B

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class FileFormat:
    """Format of a file, as its first bytes tell.

    Attributes
    ----------
    container : str or None
        Sound format such as ``"WAV"``; ``None`` where none is recognised.
    looks_like : str
        For a person: the container, or what the file seems to be instead.
    offset : int
        Byte at which the sound begins, behind tags and garbage.
    n_zeros : int
        Zeros that stand where the first frames of an MP3 were: a part that was not downloaded.
    """

    container: str | None
    looks_like: str
    offset: int = 0
    n_zeros: int = 0


def detect_format(source: SourceFile) -> FileFormat:
    """Detect what a file holds.

    Parameters
    ----------
    source : SourceFile

    Returns
    -------
    FileFormat
    """
    offset = _after_tags(source)
    head = source.peek_at(offset, _SEARCH_BYTES)
    container = _container(head)
    if container == "WavPack" and _is_correction(head):
        return FileFormat(None, tr("correction file of WavPack, which goes with a .wv file"), offset)
    if container is not None:
        return FileFormat(container, container, offset)
    if _is_utf16(head):  # before the search for MP3, whose frames may begin with the same two bytes
        return FileFormat(None, tr("text"), offset)
    for at, magic, what in _other_kinds():
        if head[at : at + len(magic)] == magic:
            return FileFormat(None, what, offset)
    first_frame = mpeg.find_first_frame(head, whole=offset + len(head) >= source.size)
    if first_frame is not None:
        n_zeros = first_frame - len(head[:first_frame].lstrip(b"\x00"))
        return FileFormat(MP3, MP3, offset + first_frame, n_zeros if n_zeros >= _LEAST_ZEROS else 0)
    behind_garbage = _BEHIND_GARBAGE.search(head, 0, _MOST_GARBAGE)
    if behind_garbage is not None:
        container = _container(head[behind_garbage.start() :][:16])
        return FileFormat(container, container or "", offset + behind_garbage.start())
    free_frame = mpeg.find_free_format(head)
    if free_frame is not None:
        return FileFormat(FREE_MP3, FREE_MP3, offset + free_frame)
    if offset and not head.strip(b"\x00"):
        return FileFormat(None, tr("tags only"), offset)
    return FileFormat(None, _looks_like(head), offset)


def _after_tags(source: SourceFile) -> int:
    # There may be several: an editor that does not know the version of a tag writes its own before it.
    offset = 0
    for _ in range(_MAX_TAGS):
        head = source.peek_at(offset, 10)
        if len(head) < 10 or head[:3] != b"ID3" or head[3] == 0xFF or max(head[6:10]) >= 0x80:
            break
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        behind = offset + 10 + size + (10 if head[5] & 0x10 else 0)
        if behind > source.total:  # a wrong size, where sound follows all the same
            break
        offset = behind
    return offset


def _container(head: bytes) -> str | None:
    if head[:4] in (b"RIFF", b"RIFX", b"RF64", b"BW64"):
        return _RIFF_KINDS.get(head[8:12])
    if head[:4] == b"FORM":
        return _FORM_KINDS.get(head[8:12])
    for at, magic, container in _AUDIO_MAGIC:
        if head[at : at + len(magic)] == magic:
            return container
    if _ADTS.match(head) and _adts_follows(head):
        return "AAC"
    if head[0:1] == head[_TS_PACKET : _TS_PACKET + 1] == head[2 * _TS_PACKET : 2 * _TS_PACKET + 1] == b"G":
        return "MPEG-TS"
    return None


def _adts_follows(head: bytes) -> bool:
    offset = 0
    for _ in range(3):
        if offset == len(head):
            break
        if not _ADTS.match(head, offset) or offset + 6 > len(head):
            return False
        size = (head[offset + 3] & 3) << 11 | head[offset + 4] << 3 | head[offset + 5] >> 5
        if size < 7:
            return False
        offset += size
    return True


def _is_correction(head: bytes) -> bool:
    """Whether the first WavPack block with sound holds nothing but corrections (``.wvc``)."""
    at = 0
    while head[at : at + 4] == b"wvpk" and at + 32 <= len(head):
        end = at + 8 + int.from_bytes(head[at + 4 : at + 8], "little")
        kinds = set(_wavpack_parts(head[:end], at + 32))
        if kinds & {_WAVPACK_SOUND, _WAVPACK_CORRECTION}:
            return _WAVPACK_SOUND not in kinds
        at = max(end, at + 32)
    return False


def _wavpack_parts(head: bytes, at: int) -> Iterator[int]:
    """The kinds of the metadata in a block (https://www.wavpack.com/WavPack5FileFormat.pdf)."""
    while at + 2 <= len(head):
        yield head[at] & 0x3F
        is_large = head[at] & 0x80
        n_words = int.from_bytes(head[at + 1 : at + 4 if is_large else at + 2], "little")
        at += (4 if is_large else 2) + 2 * n_words


def _is_utf16(head: bytes) -> bool:
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        text = codecs.getincrementaldecoder("utf-16")().decode(head[:4_096])
    except UnicodeDecodeError:
        return False
    # Neither controls nor what no character stands for.
    return all(char.isspace() or unicodedata.category(char) not in ("Cc", "Cn", "Co") for char in text)


def _other_kinds() -> tuple[tuple[int, bytes, str], ...]:
    # A function, since the language is chosen after this module is imported.
    return (
        (0, b"\xff\xd8\xff", tr("JPEG picture")),
        (0, b"\x89PNG", tr("PNG picture")),
        (0, b"GIF8", tr("GIF picture")),
        (0, b"II*\x00", tr("TIFF picture")),
        (0, b"MM\x00*", tr("TIFF picture")),
        (8, b"WEBP", tr("WebP picture")),
        (0, b"%PDF", "PDF"),
        (0, b"PK\x03\x04", tr("ZIP archive")),
        (0, b"\x1f\x8b\x08", tr("gzip archive")),
        (0, b"7z\xbc\xaf", tr("7z archive")),
        (0, b"Rar!", tr("RAR archive")),
        (0, b"MThd", tr("MIDI notes")),
        (0, b"SQLite format 3", tr("SQLite database")),
        (0, b"\x7fELF", tr("program")),
    )


def _looks_like(head: bytes) -> str:
    if not head or head[:3] in (b"TAG", b"ID3") or head[:8] == b"APETAGEX":
        return tr("tags only")
    if not head.strip(b"\x00"):
        return tr("nothing but zeros")
    sample = head[:4_096]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or not _BINARY.search(sample):
        return tr("text")
    return tr("unknown data")
