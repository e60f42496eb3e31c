from __future__ import annotations

import threading
import time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.audio.devices.ring_buffer import RingBuffer


@given(
    st.integers(1, 40),
    st.integers(1, 3),
    st.lists(st.tuples(st.sampled_from(["write", "read", "clear"]), st.integers(0, 50)), max_size=60),
)
def test_gives_what_it_got_in_order(capacity: int, channels: int, steps: list[tuple[str, int]]) -> None:
    ring = RingBuffer(capacity, channels)
    expected: list[int] = []
    n_made = 0
    for step, count in steps:
        if step == "write":
            made = np.arange(n_made, n_made + count, dtype=np.float32)
            taken = ring.write(np.repeat(made[:, np.newaxis], channels, axis=1))
            assert taken == min(count, capacity - len(expected))
            expected += range(n_made, n_made + taken)
            n_made += taken
        elif step == "read":
            block = np.full((count, channels), -1.0, dtype=np.float32)
            n = ring.read_into(block)
            assert n == min(count, len(expected))
            assert block[:n].tolist() == [[float(value)] * channels for value in expected[:n]]
            assert (block[n:] == -1.0).all()
            del expected[:n]
        else:
            ring.clear()
            expected = []
        assert ring.available == len(expected) and ring.free == capacity - len(expected)


def test_two_threads_need_no_lock() -> None:
    ring = RingBuffer(1000, 2)
    n_all = 200_000
    sound = np.arange(2 * n_all, dtype=np.float32).reshape(-1, 2)

    def write() -> None:
        at = 0
        while at < n_all:
            at += ring.write(sound[at : at + 377])
            time.sleep(0)

    writer = threading.Thread(target=write)
    writer.start()
    got = np.empty_like(sound)
    at = 0
    while at < n_all:
        at += ring.read_into(got[at : at + 256])
        time.sleep(0)
    writer.join()
    assert np.array_equal(got, sound)
