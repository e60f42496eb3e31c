"""A folder of many small sound files, one in a hundred of them damaged."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.odd_files import encode
from tests.support.sounds import tune

RATE = 22_050
SECONDS = 4.0
PER_FOLDER = 200

Damage = Callable[[bytes, random.Random], bytes]

DAMAGES: dict[str, Damage] = {
    "empty": lambda _sound, _rng: b"",
    "a tag and nothing else": lambda _sound, _rng: b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10),
    "cut in its first frame": lambda sound, _rng: sound[:200],
    "noise": lambda sound, rng: rng.randbytes(len(sound)),
    "zeros": lambda sound, _rng: bytes(len(sound)),
    "a text": lambda _sound, _rng: b"These are the notes to the record.\n" * 20,
    "a picture": lambda _sound, rng: b"\x89PNG\r\n\x1a\n" + rng.randbytes(3_000),
    "too short": lambda sound, _rng: sound[:3_000],
}


def write_many(folder: Path, n: int, rng: random.Random) -> int:
    """Write `n` MP3s of a few seconds into sub-folders; all differ.

    One in a hundred is damaged, one hangs and one crashes the decoder by `tests.support.engine_hooks.fail_by_name`.

    Returns
    -------
    int
        Number of files that get no genre.
    """
    with TemporaryDirectory() as scratch:
        sounds = [
            encode(
                Path(scratch) / f"{hz}.mp3",
                tune(SECONDS, RATE, hz)[:, None],
                RATE,
                format="mp3",
                codec="libmp3lame",
                bit_rate=64_000,
            ).read_bytes()
            for hz in (110, 220, 330)
        ]
    n_damaged = n // 100
    for number in range(n):
        album = folder / f"album {number // PER_FOLDER:03}"
        album.mkdir(parents=True, exist_ok=True)
        sound = sounds[number % len(sounds)]
        if number < n_damaged:
            damage = list(DAMAGES.values())[number % len(DAMAGES)]
            content = damage(sound, rng)
            name = f"damaged {number:05}.mp3"
        else:
            # In the last frame, which sounds a little wrong then, so that no two files are the same.
            content = sound[:-24] + number.to_bytes(4, "big") + sound[-20:]
            name = f"track {number:05}.mp3"
        if number == n // 2:
            name = "hangs.mp3"
        elif number == n // 3:
            name = "crashes.mp3"
        (album / name).write_bytes(content)
    return n_damaged + 2
