"""Sound written to a WAV file while it comes."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import uuid
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.recording_recovery import PART_ENDING, PART_PREFIX
from genre_desktop.audio.capture.wav_header import become_wav
from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.core.file_lock import hold_lock

Subtype = Literal["PCM_16", "PCM_24"]


class WavRecorder:
    """A recording under way: beside its place under another name until `finish`.

    It is written as RF64 (EBU Tech 3306), whose sizes have 64 bits. One of ordinary length becomes a plain WAV
    at the end, which every program reads.

    Parameters
    ----------
    path : path-like
        Where it will stand; what is there is replaced.
    sample_rate : int
        In Hz.
    subtype : {"PCM_16", "PCM_24"}

    Attributes
    ----------
    seconds : float
        Written so far.
    kept_at : str or None
        Where the finished file is: in its place, or beside it where `finish` could not put it there.

    Raises
    ------
    StorageError
        Also from `write` and `finish`. What was written before a disk was full can still be finished.
    """

    def __init__(self, path: str | os.PathLike[str], sample_rate: int, subtype: Subtype = "PCM_24") -> None:
        import soundfile

        self.path = os.fspath(path)
        self._rate = sample_rate
        self.kept_at: str | None = None
        self._n_frames = 0
        name = os.path.realpath(self.path)
        self._temporary = os.path.join(os.path.dirname(name), f"{PART_PREFIX}{uuid.uuid4().hex}{PART_ENDING}")
        self._file: Any = None
        try:
            self._raw = _Target(self._temporary)
            hold_lock(self._raw.fileno())  # until it is closed: see `genre_desktop.audio.capture.recording_recovery`
            self._file = soundfile.SoundFile(self._raw, "w", sample_rate, 1, subtype, format="RF64")
        except (OSError, soundfile.LibsndfileError) as error:
            raise self._failed(error) from error

    @property
    def seconds(self) -> float:
        """Written so far."""
        return self._n_frames / self._rate

    def write(self, samples: NDArray[np.float32]) -> None:
        """Append mono samples [shape=(n,)]; beyond full scale they are clipped."""
        import soundfile

        try:
            self._file.write(samples)
        except (AssertionError, soundfile.LibsndfileError) as error:  # fewer frames were written than given
            raise self._failed(self._raw.error or error) from error
        if self._raw.error is not None:
            raise self._failed(self._raw.error)
        self._n_frames += len(samples)

    def finish(self) -> None:
        """Put the recording in its place; where that fails, beside it, see `kept_at`."""
        import soundfile

        try:
            self._raw.error = None  # a disk that was full has room for the header, which is there already
            self._file.close()
            become_wav(self._raw)
            if self._raw.error is not None:
                raise self._raw.error
            os.fsync(self._raw.fileno())
            self._raw.widen()
            self._raw.close()
            os.replace(self._temporary, self.path)
        except (OSError, soundfile.LibsndfileError) as error:
            if self._n_frames:
                self._keep_beside()
            else:
                self.discard()
            raise self._failed(error) from error
        self.kept_at = self.path

    def _keep_beside(self) -> None:
        import soundfile

        for close in (self._file.close, self._raw.close):
            with contextlib.suppress(OSError, soundfile.LibsndfileError):
                close()
        self.kept_at = self._temporary
        stem, ending = os.path.splitext(self.path)
        number = 2
        while os.path.lexists(beside := f"{stem} ({number}){ending}"):
            number += 1
        with contextlib.suppress(OSError):
            os.rename(self._temporary, beside)
            self.kept_at = beside

    def discard(self) -> None:
        """Leave nothing behind; harmless after `finish`."""
        import soundfile

        for close in (self._file.close, self._raw.close):
            with contextlib.suppress(OSError, soundfile.LibsndfileError):
                close()
        with contextlib.suppress(OSError):
            os.unlink(self._temporary)

    def _failed(self, error: Exception) -> StorageError:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return StorageError(path=self.path, reason=reason)


class _Target(io.FileIO):
    """A new file for libsndfile, through whose C code no exception can fly: what went wrong is in `error`."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "x+")
        self.error: OSError | None = None
        # What is heard in a room is for nobody else, until it stands where the person wants it, with the rights that
        # their files have.
        self._mode = stat.S_IMODE(os.fstat(self.fileno()).st_mode)
        locations.narrow(path)

    def widen(self) -> None:
        """Give it the rights of any other new file."""
        if os.name != "nt":
            with contextlib.suppress(OSError):  # a drive that knows no rights
                os.fchmod(self.fileno(), self._mode)

    def write(self, data: Any) -> int:
        left = memoryview(data).cast("B")
        written = 0
        try:
            while written < len(left):
                written += super().write(left[written:]) or 0
        except OSError as error:
            self.error = self.error or error
        return written
