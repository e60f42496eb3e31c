"""The standard streams of the process: all three open, in UTF-8, and a standard error that never fails.

A program may be started with closed streams (``<&-``, some schedulers and services). The next file that is opened gets
their descriptors then: a codec or a driver prints into the store of results, and a decoding process, which redirects
its streams, loses the file or the pipe that it has there.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import Any, TextIO

_ERRORS = "backslashreplace"


def prepare_streams() -> None:
    """Open the streams that are closed, and make output and error print any path in any locale; harmless if repeated.

    It comes before anything that keeps a file open. Child processes inherit the streams.
    """
    _open_closed_streams()
    # Another stream than that of the process is a test's, or an embedding program's.
    own_out, own_err = sys.__stdout__, sys.__stderr__
    if own_err is not None and sys.stderr is own_err:
        _replace("stderr", _on_file(own_err, _UnfailingFile, line_buffering=True))
    if own_out is not None and sys.stdout is own_out:
        _replace("stdout", _on_file(own_out, io.FileIO))
    for stream in (sys.stdout, sys.stderr):
        # They are None in a program without a console.
        if stream is not None and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=_ERRORS)


def discard(stream: TextIO) -> None:
    """Redirect a stream that cannot be written to nowhere.

    Otherwise the rest of its buffer would fail once more when the interpreter ends, with a traceback and the exit
    status 120.
    """
    with contextlib.suppress(OSError, ValueError):  # a stream without a descriptor, as of a test
        descriptor = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _open_closed_streams() -> None:
    for descriptor, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened == descriptor:
                os.set_inheritable(descriptor, True)
            else:
                os.dup2(opened, descriptor)
                os.close(opened)
            if getattr(sys, name) is None:
                _replace(name, open(descriptor, mode, encoding="utf-8", errors=_ERRORS, closefd=False))  # noqa: SIM115


def _replace(name: str, stream: object) -> None:
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


class _UnfailingFile(io.FileIO):
    """A file whose writing never fails: what a full disk or a closed pipe does not take is dropped.

    As standard error it covers all that is written there, so that no message costs a result: messages, progress bars,
    the usage of the command line, warnings of libraries, and the last flush at the end of the interpreter.
    """

    def write(self, data: Any, /) -> int:
        try:
            written = super().write(data)
        except OSError:
            written = None
        # None, too, where a pipe that does not block is full.
        return memoryview(data).nbytes if written is None else written


def _on_file(stream: TextIO, kind: type[io.FileIO], *, line_buffering: bool = False) -> TextIO:
    """The stream on the same descriptor with another kind of file beneath it, and buffered also with ``python -u``.

    Without a buffer, what argparse fails to write is lost without an error.
    """
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    if type(raw) is not io.FileIO or (kind is io.FileIO and raw is not buffer):  # a console of Windows, or done already
        return stream
    file = io.BufferedWriter(kind(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(file, encoding="utf-8", errors=_ERRORS, line_buffering=line_buffering)
