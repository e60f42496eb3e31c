"""What `test_spawning` lets a program start: one process of each kind."""

from __future__ import annotations

import queue
from typing import Any

from genre_desktop.audio.servant import Servant
from genre_desktop.library.pool import DecoderPool
from tests.patience import PATIENCE_S
from tests.servants import echo


def start_all() -> None:
    """Print the kind of each process that has come up."""
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
    servant = Servant("test", echo, on_message=heard.put, on_end=lambda: heard.put(None))
    if heard.get(timeout=PATIENCE_S) is not None:
        print("servant", flush=True)
    servant.close()
    pool = DecoderPool(1)
    pool._spawn()
    (decoder,) = pool._decoders
    if decoder.connection.poll(PATIENCE_S):
        print("decoder", flush=True)
    decoder.process.kill()
