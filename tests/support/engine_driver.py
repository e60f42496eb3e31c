"""A run of the engine in a process of its own, which a test kills.

``python -m tests.support.engine_driver FOLDER STORE LOG``
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.store.result_store import ResultStore
from tests.support import engine_hooks
from tests.support.engine_parts import make_predictor


def main(folder: Path, store_path: Path, log_path: Path) -> None:
    paths = sorted(str(path) for path in folder.iterdir())
    with (
        log_path.open("ab", buffering=0) as log,
        ResultStore.open(store_path) as store,
        Engine(jobs=2, hook=engine_hooks.wait_for_disk) as engine,
    ):
        engine.start()
        processes = [decoder.process.pid for decoder in engine._pool._decoders]
        log.write(json.dumps({"processes": [os.getpid(), *processes]}).encode() + b"\n")
        for result in engine.classify(PathQueue(paths), make_predictor(), store=store):
            log.write(json.dumps({"path": str(result.path), "is_stored": result.is_stored}).encode() + b"\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
