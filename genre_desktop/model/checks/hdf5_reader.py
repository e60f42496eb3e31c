"""A reader of the arrays in an HDF5 file as Keras writes it, without the HDF5 library.

The library is written in C, supports links out of the file, external and virtual storage and filters that are loaded
from folders, and has had vulnerabilities that a crafted file reaches. Weights need none of it, but groups and plain
arrays in the oldest version of the format, which h5py writes by default. Everything else is refused. The arrays are
views into the bytes of the file: together they are no larger than the file.

The format is described in the *HDF5 File Format Specification*, version 1.0 of each structure.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.checks.refusal import RefusalError

MAX_STEPS = 100_000
"""Groups, arrays, index nodes and messages in all; the largest shipped network has some 3,000."""

MAX_RANK = 5
MAX_LEVELS = 8
"""Nesting of groups, and depth of an index."""

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
# Versions of superblock, free space, root group and shared headers; sizes of offsets and lengths.
_OLDEST_FORM = (0, 0, 0, 0, 0, 8, 8, 0)
_UNDEFINED = 0xFFFF_FFFF_FFFF_FFFF
_NIL, _DATASPACE, _DATATYPE, _OLD_FILL, _FILL, _LAYOUT = 0x0, 0x1, 0x3, 0x4, 0x5, 0x8
_ATTRIBUTE, _OLD_TIME, _CONTINUATION, _SYMBOL_TABLE, _TIME = 0xC, 0xE, 0x10, 0x11, 0x12
_KNOWN_MESSAGES = {_NIL, _DATASPACE, _DATATYPE, _OLD_FILL, _FILL, _LAYOUT, _ATTRIBUTE, _OLD_TIME, _SYMBOL_TABLE, _TIME}
_SHARED_MESSAGE = 0x2
_SOFT_LINK = 2
_COMPACT, _CONTIGUOUS = 0, 1

_DTYPES: dict[bytes, np.dtype[np.generic]] = {
    bytes.fromhex("1120 1f00 04000000 0000 2000 17 08 00 17 7f000000"): np.dtype("<f4"),
    bytes.fromhex("1120 0f00 02000000 0000 1000 0a 05 00 0a 0f000000"): np.dtype("<f2"),
    bytes.fromhex("1120 3f00 08000000 0000 4000 34 0b 00 34 ff030000"): np.dtype("<f8"),
    bytes.fromhex("1008 0000 04000000 0000 2000"): np.dtype("<i4"),
    bytes.fromhex("1008 0000 08000000 0000 4000"): np.dtype("<i8"),
    bytes.fromhex("1000 0000 04000000 0000 2000"): np.dtype("<u4"),
}
"""The datatype messages that are accepted."""


def read_arrays(data: bytes) -> dict[str, NDArray[np.generic]]:
    """Every array of a file, by its path such as ``layers/dense/vars/0``; each is a view that cannot be written to.

    Raises
    ------
    RefusalError
        Where there is anything but groups and plain arrays of finite numbers.
    """
    return _Reader(data).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._seen: set[int] = set()
        self._steps = 0
        self._n_bytes = 0
        self._arrays: dict[str, NDArray[np.generic]] = {}

    def read(self) -> dict[str, NDArray[np.generic]]:
        signature, *form = self._unpack("<8s8B", 0)
        if signature != _SIGNATURE:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        if tuple(form) != _OLDEST_FORM:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        base, _, end, driver = self._unpack("<4Q", 24)
        if base != 0 or end != len(self._data) or driver != _UNDEFINED:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        root = self._unpack("<Q", 64)[0]
        self._visit(root, "", 0)
        return self._arrays

    def _at(self, offset: int, length: int) -> memoryview:
        if not 0 <= offset <= offset + length <= len(self._data):
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        return self._data[offset : offset + length]

    def _unpack(self, form: str, offset: int) -> tuple[Any, ...]:
        return struct.unpack(form, self._at(offset, struct.calcsize(form)))

    def _count_step(self, place: int | None = None) -> None:
        """Count a structure, and refuse one that is read a second time: a group within itself would have no end."""
        self._steps += 1
        if self._steps > MAX_STEPS or place in self._seen:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        if place is not None:
            self._seen.add(place)

    def _visit(self, header: int, path: str, level: int) -> None:
        self._count_step(header)
        if level > MAX_LEVELS:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        messages: dict[int, memoryview] = {}
        for kind, body in self._messages(header):
            if kind in messages and kind not in (_NIL, _ATTRIBUTE):
                raise RefusalError(tr("its weights are a damaged HDF5 file"))
            messages[kind] = body
        if _SYMBOL_TABLE in messages and not messages.keys() & {_DATASPACE, _DATATYPE, _LAYOUT}:
            index, heap = _unpack_body("<2Q", messages[_SYMBOL_TABLE])
            names = self._heap(heap)
            before = ""
            for name_at, child in self._entries(index, MAX_LEVELS):
                name = _name(names, name_at)
                if name <= before:  # the format sorts them; a name that comes twice is refused
                    raise RefusalError(tr("its weights are a damaged HDF5 file"))
                before = name
                self._visit(child, f"{path}/{name}" if path else name, level + 1)
        elif messages.keys() >= {_DATASPACE, _DATATYPE, _LAYOUT} and _SYMBOL_TABLE not in messages:
            self._arrays[path] = self._array(messages[_DATASPACE], messages[_DATATYPE], messages[_LAYOUT])
        else:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))

    def _messages(self, header: int) -> Iterator[tuple[int, memoryview]]:
        version, _, count, _, length = self._unpack("<2BHLL", header)
        if version != 1:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        blocks = [(header + 16, length)]
        read = 0
        while blocks:
            place, left = blocks.pop()
            while left >= 8 and read < count:
                kind, size, flags = self._unpack("<2HB", place)
                self._count_step()
                read += 1
                if size > left - 8:
                    raise RefusalError(tr("its weights are a damaged HDF5 file"))
                body = self._at(place + 8, size)
                if flags & _SHARED_MESSAGE:
                    raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
                if kind == _CONTINUATION:
                    place_after, length_after = _unpack_body("<2Q", body)
                    self._at(place_after, length_after)
                    blocks.append((place_after, length_after))
                elif kind in _KNOWN_MESSAGES:
                    yield kind, body
                else:  # links, filters, files outside
                    raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
                place, left = place + 8 + size, left - 8 - size

    def _heap(self, heap: int) -> memoryview:
        signature, version, size, _, place = self._unpack("<4sB3x3Q", heap)
        if signature != b"HEAP" or version != 0:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        return self._at(place, size)

    def _entries(self, node: int, levels: int) -> Iterator[tuple[int, int]]:
        """Offsets of the name and of the object header of every member of a group."""
        self._count_step(node)
        signature, kind, level, used = self._unpack("<4s2BH", node)
        if signature != b"TREE" or kind != 0 or level >= levels:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        for number in range(used):
            (child,) = self._unpack("<Q", node + 24 + 16 * number + 8)
            if level > 0:
                yield from self._entries(child, level)
            else:
                yield from self._leaf(child)

    def _leaf(self, node: int) -> Iterator[tuple[int, int]]:
        self._count_step(node)
        signature, version, _, count = self._unpack("<4s2BH", node)
        if signature != b"SNOD" or version != 1:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        for number in range(count):
            self._count_step()
            name_at, header, cached = self._unpack("<2QL", node + 8 + 40 * number)
            if cached >= _SOFT_LINK or header == _UNDEFINED:
                raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
            yield name_at, header

    def _array(self, space: memoryview, kind: memoryview, layout: memoryview) -> NDArray[np.generic]:
        shape = _shape(space)
        dtype = next((dtype for message, dtype in _DTYPES.items() if kind[: len(message)] == message), None)
        if dtype is None:
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        version, layout_class = _unpack_body("<2B", layout)
        n_bytes = math.prod(shape) * dtype.itemsize
        if version != 3 or layout_class not in (_COMPACT, _CONTIGUOUS):
            raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
        if layout_class == _COMPACT:
            size = _unpack_body("<2xH", layout)[0]
            stored = layout[4 : 4 + size]
        else:
            place, size = _unpack_body("<2x2Q", layout)
            stored = self._at(0 if place == _UNDEFINED and size == 0 else place, size)
        if size != n_bytes or len(stored) != n_bytes:
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        # Many arrays may share the same bytes; checking each of them would take very long.
        self._n_bytes += n_bytes
        if self._n_bytes > len(self._data):
            raise RefusalError(tr("its weights are a damaged HDF5 file"))
        array = np.frombuffer(stored, dtype).reshape(shape)
        # In pieces, so that the test itself needs little memory.
        flat = array.reshape(-1)
        if not all(np.isfinite(flat[i : i + 2**20]).all() for i in range(0, len(flat), 2**20)):
            raise RefusalError(tr("its weights hold values that are no numbers"))
        return array


def _unpack_body(form: str, body: memoryview) -> tuple[int, ...]:
    if len(body) < struct.calcsize(form):
        raise RefusalError(tr("its weights are a damaged HDF5 file"))
    return struct.unpack_from(form, body)


def _name(names: memoryview, place: int) -> str:
    found = bytes(names[place : place + 256]).split(b"\0")[0] if place < len(names) else b""
    if not found or not all(char in b"0123456789abcdefghijklmnopqrstuvwxyz_" for char in found.lower()):
        raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
    return found.decode("ascii")


def _shape(space: memoryview) -> tuple[int, ...]:
    version, rank = _unpack_body("<2B", space)
    start = {1: 8, 2: 4}.get(version)
    if start is None or rank > MAX_RANK or (version == 2 and _unpack_body("<3xB", space)[0] > 1):
        raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
    shape = _unpack_body(f"<{start}x{rank}Q", space)
    if 0 in shape:
        raise RefusalError(tr("its weights are stored in a way that Keras does not use"))
    return shape
