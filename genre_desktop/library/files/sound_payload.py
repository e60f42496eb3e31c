"""The sound of files whose tags are chunks, elements or pages of their own, for an identity that tags leave as it is.

Known are WAV and its large kin, AIFF [1]_, 8SVX, Wave64, CAF [2]_, DSDIFF [3]_, DSF [4]_, AU, Matroska (RFC 9559) and
Ogg (RFC 3533). What a decoder has to know of the samples counts as well, where it stands in a chunk of its own.

.. [1] Apple, Audio Interchange File Format 1.3
.. [2] Apple, Core Audio Format Specification
.. [3] Philips, DSDIFF 1.5
.. [4] Sony, DSF File Format Specification 1.01
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from genre_desktop.library.files.audio_payload import AudioPayload, ReadAt, between_tags, find_audio_payload
from genre_desktop.library.files.chunks import Chunk, ChunkLayout, Order, iter_chunks, iter_riff_chunks
from genre_desktop.library.files.matroska_elements import CLUSTER, EBML, SEGMENT, Element, iter_elements

ENDINGS: Final = frozenset(
    ".wav .wave .bwf .rf64 .w64 .aif .aiff .aifc .8svx .caf .au .snd .dsf .dff .mka .mkv .weba .webm .ogg .oga .opus "
    ".spx".split()
)
"""Endings, in lower case, of the formats that are known here."""

_MOST_DESCRIPTION_BYTES: Final = 4_096
_MOST_CLUSTERS: Final = 5_000
"""Elements of a Matroska file: sound of seven hours in clusters of five seconds, read in a twentieth of a second."""

_W64_GUID_END: Final = bytes.fromhex("f3acd3118cd100c04f8edb8a")
_DSF_HEADER: Final = 92


class _Kind(NamedTuple):
    """The chunks of a format: how they are laid out, where they begin, which hold the sound and which describe it.

    The first `n_skipped` bytes of the sound's chunk are none.
    """

    layout: ChunkLayout
    first: int
    sound: frozenset[bytes]
    description: frozenset[bytes]
    n_skipped: int = 0


_WAV: Final = _Kind(ChunkLayout("little"), 12, frozenset({b"data"}), frozenset({b"fmt "}))
_W64: Final = _Kind(
    ChunkLayout("little", id_bytes=16, size_bytes=8, alignment=8, counts_head=True),
    40,
    frozenset({b"data" + _W64_GUID_END}),
    frozenset({b"fmt " + _W64_GUID_END}),
)
_AIFF: Final = _Kind(ChunkLayout("big"), 12, frozenset({b"SSND"}), frozenset({b"COMM"}))
_SVX: Final = _Kind(ChunkLayout("big"), 12, frozenset({b"BODY"}), frozenset({b"VHDR"}))
# Programs count their edits in the first bytes of the sound's chunk.
_CAF: Final = _Kind(
    ChunkLayout("big", size_bytes=8, alignment=1), 8, frozenset({b"data"}), frozenset({b"desc", b"kuki"}), 4
)
_DSDIFF: Final = _Kind(
    ChunkLayout("big", size_bytes=8), 16, frozenset({b"DSD ", b"DST "}), frozenset({b"FVER", b"PROP"})
)


def find_sound_payload(read_at: ReadAt, size: int) -> AudioPayload | None:
    """Find the sound of a file of `size` bytes, if its format is known here; otherwise None.

    Where its headers are wrong it is as by the rules of `find_audio_payload`: with all tags within the format.
    """
    outer = between_tags(read_at, size)
    if not 0 <= outer.start < outer.end:
        return None
    head = read_at(outer.start, 16)
    if head[:4] in (b"RIFF", b"RF64", b"BW64", b"RIFX") and head[8:12] == b"WAVE":
        order: Order = "big" if head[:4] == b"RIFX" else "little"
        found = _in_chunks(read_at, outer, _WAV, iter_riff_chunks(read_at, outer.start + 12, outer.end, order))
    elif kind := _kind_of(head):
        chunks = iter_chunks(read_at, outer.start + kind.first, outer.end, kind.layout)
        found = _in_chunks(read_at, outer, kind, chunks)
    elif head[:4] == b"DSD ":
        found = _in_dsf(read_at, outer)
    elif head[:4] in (b".snd", b"dns."):
        found = _in_au(read_at, outer)
    elif head[:4] == EBML.to_bytes(4, "big"):
        found = _in_matroska(read_at, outer)
    elif head[:4] == b"OggS":
        found = _in_ogg(read_at, outer, find_audio_payload(read_at, size))
    else:
        return None
    is_within = found is not None and outer.start <= found.start < found.end <= outer.end
    return found if is_within else find_audio_payload(read_at, size)


def _kind_of(head: bytes) -> _Kind | None:
    if head[:4] == b"FORM":
        return {b"AIFF": _AIFF, b"AIFC": _AIFF, b"8SVX": _SVX, b"16SV": _SVX}.get(head[8:12])
    return {b"riff": _W64, b"caff": _CAF, b"FRM8": _DSDIFF}.get(head[:4])


def _in_chunks(read_at: ReadAt, part: AudioPayload, kind: _Kind, chunks: Iterable[Chunk]) -> AudioPayload | None:
    """From the first to the last chunk of sound; None unless the chunks are one behind the other up to the end."""
    description: dict[bytes, bytes] = {}
    sound: list[Chunk] = []
    at = part.start
    for chunk in chunks:
        at = chunk.next_start
        if chunk.kind in kind.sound:
            sound.append(chunk)
        elif chunk.kind in kind.description:
            content = read_at(chunk.start, min(chunk.length, _MOST_DESCRIPTION_BYTES))
            description.setdefault(chunk.kind, content)
    # Some programs fill up the last chunk where they need not, or do not where they should.
    if not sound or not -1 <= at - part.end < kind.layout.alignment:
        return None
    end = min(part.end, sound[-1].start + sound[-1].length)
    return AudioPayload(sound[0].start + kind.n_skipped, end, b"".join(description.values()))


def _in_dsf(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """The samples of a DSF file, behind which there is at most an ID3 tag."""
    head = read_at(part.start, _DSF_HEADER)
    if len(head) < _DSF_HEADER or head[28:32] != b"fmt " or head[80:84] != b"data":
        return None
    end = part.start + 80 + int.from_bytes(head[84:92], "little")
    if end != part.end and read_at(end, 3) != b"ID3":
        return None
    return AudioPayload(part.start + _DSF_HEADER, end, head[28:80])


def _in_au(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """All behind the header and the annotation of a Sun or NeXT file."""
    head = read_at(part.start, 24)
    start = int.from_bytes(head[4:8], "big" if head[:1] == b"." else "little")
    return AudioPayload(part.start + start, part.end, head[12:]) if start >= 24 else None


def _in_matroska(read_at: ReadAt, part: AudioPayload) -> AudioPayload | None:
    """From the first to the last cluster of a Matroska file."""
    segments = iter_elements(read_at, part.start, part.end)
    segment = next((each for each in segments if each.kind == SEGMENT), None)
    if segment is None:
        return None
    elements: list[Element] = list(iter_elements(read_at, segment.start, segment.end, _MOST_CLUSTERS))
    clusters = [each for each in elements if each.kind == CLUSTER]
    if not clusters or elements[-1].end != segment.end:
        return None
    return AudioPayload(clusters[0].start, clusters[-1].end)


def _in_ogg(read_at: ReadAt, part: AudioPayload, found: AudioPayload) -> AudioPayload | None:
    """The pages of `found`, whatever their numbers, and the first page.

    Tags that grow beyond a page renumber all pages behind.
    """
    if found.start <= part.start:
        return None
    page = read_at(part.start, 27)
    n_segments = page[26]
    length = 27 + n_segments + sum(read_at(part.start + 27, n_segments))
    return replace(found, header=found.header[:length], is_paged=True)
