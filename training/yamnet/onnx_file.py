"""The weights of an ONNX file, read without the library of that name.

The file is a Protocol Buffers message, of which a few fields are needed (``onnx.proto``, ONNX 1.x): the initializers
of the graph, each with a name, a shape and its values, which are in the message or in a file beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_GRAPH, _INITIALIZER = 7, 5
_DIMS, _DATA_TYPE, _NAME, _RAW_DATA, _EXTERNAL_DATA = 1, 2, 8, 9, 13
_KEY, _VALUE = 1, 2
_FLOAT = 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

Fields = Mapping[int, list[int | bytes]]


def read_weights(model: bytes, data: bytes) -> dict[str, NDArray[np.float32]]:
    """The float32 initializers of a graph by their names.

    Parameters
    ----------
    model : bytes
        The ONNX file.
    data : bytes
        The file of external data beside it.

    Raises
    ------
    ValueError, KeyError
        Where the file is no such message.
    """
    (graph,) = _fields(model)[_GRAPH]
    tensors = [_fields(tensor) for tensor in _fields(graph)[_INITIALIZER]]
    return {_text(tensor[_NAME]): _values(tensor, data) for tensor in tensors if tensor[_DATA_TYPE] == [_FLOAT]}


def _values(tensor: Fields, data: bytes) -> NDArray[np.float32]:
    if tensor.get(_RAW_DATA):
        (raw,) = tensor[_RAW_DATA]
    else:
        entries = [_fields(entry) for entry in tensor[_EXTERNAL_DATA]]
        where = {_text(entry[_KEY]): _text(entry[_VALUE]) for entry in entries}
        start = int(where.get("offset", "0"))
        raw = data[start : start + int(where["length"])]
    assert isinstance(raw, bytes)
    return np.frombuffer(raw, "<f4").reshape([int(axis) for axis in tensor.get(_DIMS, [])])


def _text(field: list[int | bytes]) -> str:
    (value,) = field
    assert isinstance(value, bytes)
    return value.decode("utf-8")


def _fields(message: int | bytes) -> Fields:
    """Values of a message by the numbers of their fields, in the order of the message."""
    if isinstance(message, int):
        raise ValueError("a number where a message is expected")
    found: defaultdict[int, list[int | bytes]] = defaultdict(list)
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        kind = tag & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            found[tag >> 3].append(value)
            continue
        if kind == _BYTES:
            length, at = _varint(message, at)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if at + length > len(message):
            raise ValueError("a field is longer than its message")
        found[tag >> 3].append(message[at : at + length])
        at += length
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the position after it."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        value |= (byte & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if byte < 0x80:
            return value, at
    raise ValueError("a number has no end")
