"""What `test_spawning` lets a program start: one process of each kind."""

from __future__ import annotations

import queue
from typing import Any

from genre_desktop.core.child_process import ChildProcess
from genre_desktop.library.engine.decoder_pool import DecoderPool
from tests.support.child_functions import echo
from tests.support.waiting import PATIENCE_S


def start_all() -> None:
    """Print the kind of each process that has come up."""
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
    servant = ChildProcess("test", echo, on_message=heard.put, on_end=lambda: heard.put(None))
    if heard.get(timeout=PATIENCE_S) is not None:
        print("servant", flush=True)
    servant.close()
    pool = DecoderPool(1)
    pool._spawn()
    (decoder,) = pool._decoders
    if decoder.connection.poll(PATIENCE_S):
        print("decoder", flush=True)
    decoder.process.kill()
