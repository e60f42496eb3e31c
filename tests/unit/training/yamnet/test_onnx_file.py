"""Weights of an ONNX file: a message made by hand, and damage of it."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from training.yamnet.onnx_file import read_weights


def varint(value: int) -> bytes:
    head = b""
    while value > 0x7F:
        head += bytes([value & 0x7F | 0x80])
        value >>= 7
    return head + bytes([value])


def field(number: int, value: int | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def tensor(
    name: str, shape: list[int], *, kind: int = 1, raw: bytes = b"", where: dict[str, str] | None = None
) -> bytes:
    parts = [field(1, axis) for axis in shape] + [field(2, kind), field(8, name.encode())]
    parts += [field(9, raw)] if raw else []
    for key, value in (where or {}).items():
        parts.append(field(13, field(1, key.encode()) + field(2, value.encode())))
    return field(5, b"".join(parts))


def model(*tensors: bytes) -> bytes:
    # A version, fields of fixed lengths and a node that nobody asks for stand between.
    graph = field(1, b"a node") + b"".join(tensors)
    return (
        field(1, 10) + varint(20 << 3 | 5) + struct.pack("<f", 1.0) + field(7, graph) + varint(21 << 3 | 1) + bytes(8)
    )


WEIGHTS = np.arange(300.0, dtype="<f4").reshape(3, 100)
MODEL = model(
    tensor("inside", [2, 2], raw=WEIGHTS[0, :4].tobytes()),
    tensor("beside", [3, 100], where={"location": "model.data", "offset": "8", "length": "1200"}),
    tensor("steps", [2], kind=3, raw=b"\1\2"),
    tensor("scale", [], raw=struct.pack("<f", 0.5)),
)


def test_weights_inside_and_beside_the_file() -> None:
    found = read_weights(MODEL, bytes(8) + WEIGHTS.tobytes())
    assert set(found) == {"inside", "beside", "scale"}  # whole numbers are no weights
    np.testing.assert_array_equal(found["inside"], WEIGHTS[0, :4].reshape(2, 2))
    np.testing.assert_array_equal(found["beside"], WEIGHTS)
    assert found["scale"].shape == () and found["scale"] == 0.5


def test_damage_is_no_weight() -> None:
    for message in (b"", MODEL[:-20], b"\x80", varint(7 << 3 | 3), field(7, 5)):
        with pytest.raises((ValueError, KeyError)):
            read_weights(message, bytes(1208))
    with pytest.raises(ValueError, match="reshape"):
        read_weights(MODEL, bytes(400))
