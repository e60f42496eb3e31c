from __future__ import annotations

import numpy as np

from genre_desktop.audio.devices.ring_buffer import RingBuffer
from genre_desktop.audio.playback.output_stream import OutputStream
from genre_desktop.audio.playback.sound_feed import BUFFERED_S, CAPACITY_S, Bounds, SoundFeed
from tests.support.player_driver import RATE, Noise


def output() -> OutputStream:
    return OutputStream(RingBuffer(round(CAPACITY_S * RATE), 2), float(RATE), 2)


def ring_content(stream: OutputStream) -> np.ndarray:
    block = np.empty((stream.ring.available, 2), np.float32)
    stream.ring.read_into(block)
    return block


def test_fills_the_ring_up_to_the_buffered_time() -> None:
    sound, stream = Noise(), output()
    feed = SoundFeed(sound, 100, Bounds(), RATE, 2)
    n_calls = 1
    while not feed.fill(stream):
        n_calls += 1
    assert n_calls > 1, "it returns to its caller now and then"
    assert BUFFERED_S * RATE <= stream.ring.available <= stream.ring.capacity
    assert stream.end_at is None
    np.testing.assert_array_equal(content := ring_content(stream), sound.samples[100 : 100 + len(content)])


def test_marks_the_end_of_the_sound_in_the_ring() -> None:
    sound, stream = Noise(n_frames=1_000), output()
    feed = SoundFeed(sound, 0, Bounds(), RATE, 2)
    while not feed.fill(stream):
        pass
    assert feed.is_finished and stream.end_at == 1_000
    np.testing.assert_array_equal(ring_content(stream), sound.samples)


def test_a_loop_has_its_position_in_the_sound() -> None:
    feed = SoundFeed(Noise(), 50, Bounds(loop=(50, 250)), RATE, 2)
    fed = sum(len(feed.next_block(90)) for _ in range(20))
    assert fed > 600
    assert [feed.position_after(n) for n in (0, 199, 200, 450)] == [50, 249, 50, 100]
    feed.forget_before(450)
    assert feed.position_after(450) == 100


def test_other_bounds_can_be_used_unless_frames_beyond_them_were_fed() -> None:
    sound = Noise()
    feed = SoundFeed(sound, 0, Bounds(), RATE, 2)
    feed.next_block(100)
    assert feed.can_use(Bounds(loop=(0, 100)), 50)
    assert not feed.can_use(Bounds(loop=(0, 90)), 50)
    feed.set_bounds(Bounds(loop=(0, 120)))
    np.testing.assert_array_equal(feed.next_block(50), sound.samples[100:120])
    np.testing.assert_array_equal(feed.next_block(50), sound.samples[:50])
