"""Mutations of valid input, each repeatable from the state of a random generator."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

Mutate = Callable[[bytes, random.Random, Sequence[bytes]], bytes]
"""Makes an input of a valid one, a random generator and all valid inputs."""

LARGEST = 8 << 20
"""Maximum size of a mutated input in bytes."""

_NUMBERS = (
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    2**63 - 1,
    2**63,
    2**64 - 1,
)
_BEGINNING = 512

_SCALARS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 0.5, -0.0, 2**31, 2**53, 2**63, 10**40, -(10**40), 1e-320, 1e308),
    *(float("nan"), float("inf"), float("-inf")),
    *(
        "",
        "x",
        " ",
        "\0",
        "..",
        "../../x",
        "/etc/passwd",
        "C:\\x",
        "<img src=x>",
        "%s%n",
        "{0}",
        "\ud800",
        "\u202e",
        "e" * 5_000,
    ),
    *(
        [],
        {},
        [[]],
        [None],
        {"": None},
        [0] * 5_000,
        {"class_name": "Lambda"},
        {"module": "os", "class_name": "system"},
    ),
)


# --- bytes ------------------------------------------------------------------------------------


def mutate_bytes(data: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Change a few bytes, half of them near the beginning, where headers are."""
    content = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5, 8, 20))):
        rng.choice(_BYTE_CHANGES)(content, rng, others)
        del content[LARGEST:]
    return bytes(content)


def _place(content: bytearray, rng: random.Random) -> int:
    return rng.randrange(min(len(content), _BEGINNING if rng.random() < 0.5 else LARGEST) + 1)


def _length(rng: random.Random) -> int:
    return int(2 ** rng.uniform(0, 14))


def _flip(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    if content:
        content[_place(content, rng) % len(content)] ^= 1 << rng.randrange(8)


def _number(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    size = rng.choice((1, 2, 3, 4, 8))
    value = rng.choice(_NUMBERS) if rng.random() < 0.8 else len(content) + rng.randrange(-9, 9)
    at = _place(content, rng)
    content[at : at + size] = (value % 2 ** (8 * size)).to_bytes(size, rng.choice(("little", "big")))


def _noise(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    at, n = _place(content, rng), _length(rng) % 600
    content[at : at + (n if rng.random() < 0.8 else 0)] = rng.randbytes(n)


def _cut(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    at = _place(content, rng)
    del content[at : at + _length(rng)]


def _truncate(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    del content[_place(content, rng) :]


def _repeat(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    at = _place(content, rng)
    piece = content[at : at + _length(rng)]
    content[at:at] = piece * rng.choice((1, 1, 2, 10, 100))


def _move(content: bytearray, rng: random.Random, _: Sequence[bytes]) -> None:
    at, n = _place(content, rng), _length(rng)
    piece = content[at : at + n]
    del content[at : at + n]
    to = _place(content, rng)
    content[to:to] = piece


def _splice(content: bytearray, rng: random.Random, others: Sequence[bytes]) -> None:
    other = rng.choice(others)
    at, start, n = _place(content, rng), rng.randrange(len(other) + 1), _length(rng)
    content[at : at + (n if rng.random() < 0.5 else 0)] = other[start : start + n]


_BYTE_CHANGES = (_flip, _flip, _number, _number, _number, _noise, _cut, _truncate, _repeat, _move, _splice)


# --- JSON -------------------------------------------------------------------------------------


def mutate_json(data: bytes, rng: random.Random, others: Sequence[bytes]) -> bytes:
    """Change values of a JSON text, and sometimes its bytes."""
    value = json.loads(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        value = _changed(value, rng, json.loads(rng.choice(others)))
    text = json.dumps(value, ensure_ascii=rng.random() < 0.9).encode("utf-8", "surrogatepass")
    if rng.random() < 0.02:
        depth = rng.choice((40, 1_000, 100_000))
        text = b"[" * depth + text + b"]" * depth
    if rng.random() < 0.02:
        text = b" " * rng.choice((10, 1 << 21)) + text
    return mutate_bytes(text, rng, others) if rng.random() < 0.2 else text[:LARGEST]


def _changed(value: Any, rng: random.Random, other: Any) -> Any:
    """Copy a value with one change somewhere in it."""
    holders = _holders(value)
    if not holders:
        return rng.choice(_SCALARS)
    holder = rng.choice(holders)
    key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    change = rng.randrange(8)
    if change == 0:
        del holder[key]
    elif change == 1:
        holder[key] = _any_part(other, rng)
    elif change == 2:
        holder[key] = _any_part(value, rng)
    elif change == 3 and isinstance(holder, dict):
        holder[rng.choice(("", "name", "function", "module", "class_name", "config", "e" * 300))] = holder.pop(key)
    elif change == 4 and isinstance(holder, list):
        holder[key:key] = [holder[key]] * rng.choice((1, 2, 1_000))
    elif change == 5 and isinstance(holder[key], (int, float)):
        holder[key] = holder[key] * rng.choice((-1, 0, 2, 0.5, 1_000, 10**9)) + rng.choice((0, 0, 1, -1))
    else:
        holder[key] = copy.deepcopy(rng.choice(_SCALARS))
    return value


def _holders(value: Any) -> list[Any]:
    """All objects and lists in a value that are not empty, the outermost first."""
    found = [value] if isinstance(value, (dict, list)) and value else []
    for holder in found:  # which grows
        for each in holder.values() if isinstance(holder, dict) else holder[:50]:
            if isinstance(each, (dict, list)) and each:
                found.append(each)
    return found


def _any_part(value: Any, rng: random.Random) -> Any:
    holders = _holders(value)
    return copy.deepcopy(rng.choice(holders)) if holders else value
