"""Title, artist, album and genres in chunks of their own: WAV and its large kin, AIFF, CAF, DSDIFF and AU.

Read are INFO lists [1]_, the text chunks of AIFF [2]_, the description of a broadcast wave file [3]_, the summary list
of Wave64, the information chunk of CAF [4]_, DIIN of DSDIFF [5]_, and an annotation of AU that consists of assignments,
as FFmpeg writes it. ID3 chunks are read as well, for the kinds in which mutagen does not look for them.

.. [1] Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, "LIST Chunk"
.. [2] Apple, Audio Interchange File Format 1.3, "Text Chunks"
.. [3] EBU Tech 3285, "Broadcast Audio Extension Chunk"
.. [4] Apple, Core Audio Format Specification, "Information Chunk"
.. [5] Philips, DSDIFF 1.5, "Edited Master Information Chunk"
"""

from __future__ import annotations

from typing import Final

from genre_desktop.library.files.audio_payload import ReadAt
from genre_desktop.library.files.chunks import ChunkLayout, Order, iter_chunks, iter_riff_chunks
from genre_desktop.library.files.id3_text import read_id3
from genre_desktop.library.files.tag_texts import MOST_BYTES, TagTexts, decoded

_INFO: Final = {b"INAM": "title", b"IART": "artist", b"IPRD": "album", b"IGNR": "genre"}
_AIFF: Final = {b"NAME": "title", b"AUTH": "artist"}
_DIIN: Final = {b"DITI": "title", b"DIAR": "artist"}
_W64_SUMMARY: Final = bytes.fromhex("bc945f925a52d21186dc00c04f8edb8a")
_W64_START: Final = 40
_BEXT_DESCRIPTION: Final = 256


def read_chunk_tags(read_at: ReadAt, size: int) -> TagTexts:
    """The texts in the chunks of a file of `size` bytes; none where it is of another format."""
    head = read_at(0, 16)
    texts = TagTexts()
    if head[:4] in (b"RIFF", b"RF64", b"BW64", b"RIFX") and head[8:12] in (b"WAVE", b"AVI "):
        _read_riff(read_at, size, "big" if head[:4] == b"RIFX" else "little", texts)
    elif head[:4] == b"FORM" and head[8:11] in (b"AIF", b"8SV", b"16S"):
        _read_aiff(read_at, size, texts)
    elif head[:4] == b"riff":
        _read_w64(read_at, size, texts)
    elif head[:4] == b"caff":
        _read_caf(read_at, size, texts)
    elif head[:4] == b"FRM8":
        _read_dsdiff(read_at, size, texts)
    elif head[:4] in (b".snd", b"dns."):
        _read_au(read_at, "big" if head[:4] == b".snd" else "little", texts)
    return texts


def _read_riff(read_at: ReadAt, size: int, order: Order, texts: TagTexts) -> None:
    description = ""
    for chunk in iter_riff_chunks(read_at, 12, size, order):
        if chunk.kind == b"LIST" and read_at(chunk.start, 4) == b"INFO":
            _read_info(read_at, chunk.start + 4, chunk.start + chunk.length, ChunkLayout(order), texts)
        elif chunk.kind.lower() == b"id3 ":
            texts.put_first(read_id3(read_at, chunk.start, chunk.start + chunk.length))
        elif chunk.kind == b"bext":
            description = decoded(read_at(chunk.start, min(chunk.length, _BEXT_DESCRIPTION)))
    if "=" not in description and len(description.splitlines()) == 1:  # recorders keep lists of settings in it
        texts.add("title", description, unless_known=True)


def _read_info(read_at: ReadAt, start: int, end: int, layout: ChunkLayout, texts: TagTexts) -> None:
    for chunk in iter_chunks(read_at, start, end, layout):
        if field := _INFO.get(chunk.kind.upper()):
            texts.add(field, decoded(read_at(chunk.start, min(chunk.length, MOST_BYTES))))


def _read_aiff(read_at: ReadAt, size: int, texts: TagTexts) -> None:
    for chunk in iter_chunks(read_at, 12, size, ChunkLayout("big")):
        if field := _AIFF.get(chunk.kind):
            text = read_at(chunk.start, min(chunk.length, MOST_BYTES))
            texts.add(field, decoded(text, "mac_roman"), unless_known=True)
        elif chunk.kind.lower() == b"id3 ":
            texts.put_first(read_id3(read_at, chunk.start, chunk.start + chunk.length))


def _read_w64(read_at: ReadAt, size: int, texts: TagTexts) -> None:
    layout = ChunkLayout("little", id_bytes=16, size_bytes=8, alignment=8, counts_head=True)
    for chunk in iter_chunks(read_at, _W64_START, size, layout):
        end = chunk.start + chunk.length
        if chunk.kind == _W64_SUMMARY:
            for item in iter_chunks(read_at, chunk.start + 4, end, ChunkLayout("little", alignment=1)):
                if field := _INFO.get(item.kind):
                    text = read_at(item.start, min(item.length, MOST_BYTES)).decode("utf-16-le", "replace")
                    texts.add(field, text.partition("\0")[0])
        elif chunk.kind[:4] == b"list" and read_at(chunk.start, 4) == b"INFO":
            _read_info(read_at, chunk.start + 4, end, ChunkLayout("little"), texts)


def _read_caf(read_at: ReadAt, size: int, texts: TagTexts) -> None:
    for chunk in iter_chunks(read_at, 8, size, ChunkLayout("big", size_bytes=8, alignment=1)):
        if chunk.kind == b"info":
            parts = read_at(chunk.start + 4, min(max(chunk.length - 4, 0), 16 * MOST_BYTES)).split(b"\0")
            for key, value in zip(parts[::2], parts[1::2], strict=False):
                texts.add(decoded(key).lower(), decoded(value))


def _read_dsdiff(read_at: ReadAt, size: int, texts: TagTexts) -> None:
    layout = ChunkLayout("big", size_bytes=8)
    for chunk in iter_chunks(read_at, 16, size, layout):
        if chunk.kind == b"DIIN":
            for item in iter_chunks(read_at, chunk.start, chunk.start + chunk.length, layout):
                if field := _DIIN.get(item.kind):
                    count = int.from_bytes(read_at(item.start, 4), "big")
                    texts.add(field, decoded(read_at(item.start + 4, min(count, item.length - 4, MOST_BYTES))))
        elif chunk.kind.lower() == b"id3 ":
            texts.put_first(read_id3(read_at, chunk.start, chunk.start + chunk.length))


def _read_au(read_at: ReadAt, order: Order, texts: TagTexts) -> None:
    start = int.from_bytes(read_at(4, 4), order)
    annotation = read_at(24, min(max(start - 24, 0), 16 * MOST_BYTES)).partition(b"\0")[0]
    for line in annotation.splitlines():
        key, is_assigned, value = line.partition(b"=")
        if is_assigned:
            texts.add(decoded(key).strip().lower(), decoded(value))
