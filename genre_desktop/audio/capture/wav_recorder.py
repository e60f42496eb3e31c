"""Recording of sound to a WAV file."""

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
    """A recording in progress, in a temporary file beside its final path until `finish`.

    It is written as RF64 (EBU Tech 3306), whose sizes have 64 bits. A recording of ordinary length becomes a plain WAV
    at the end, which every program reads.

    Parameters
    ----------
    path : path-like
        Final path; a file that is there is replaced.
    sample_rate : int
        In Hz.
    subtype : {"PCM_16", "PCM_24"}

    Attributes
    ----------
    seconds : float
        Length written so far.
    kept_at : str or None
        Path of the finished file: the final one, or one beside it where `finish` could not move it there.

    Raises
    ------
    StorageError
        Also from `write` and `finish`. A recording can still be finished when the disk is full.
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
            self._raw = _TargetFile(self._temporary)
            hold_lock(self._raw.fileno())  # until it is closed, see `genre_desktop.audio.capture.recording_recovery`
            self._file = soundfile.SoundFile(self._raw, "w", sample_rate, 1, subtype, format="RF64")
        except (OSError, soundfile.LibsndfileError) as error:
            raise self._failed(error) from error

    @property
    def seconds(self) -> float:
        """Length written so far."""
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
        """Move the recording to its final path, or to one beside it where that fails, see `kept_at`."""
        import soundfile

        try:
            self._raw.error = None  # on a full disk the header can be written: it has its space already
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
        """Delete the recording; harmless after `finish`."""
        import soundfile

        for close in (self._file.close, self._raw.close):
            with contextlib.suppress(OSError, soundfile.LibsndfileError):
                close()
        with contextlib.suppress(OSError):
            os.unlink(self._temporary)

    def _failed(self, error: Exception) -> StorageError:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return StorageError(path=self.path, reason=reason)


class _TargetFile(io.FileIO):
    """A new file that libsndfile writes; errors are kept in `error`, since none can be raised through its C code."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "x+")
        self.error: OSError | None = None
        # A recording of a room is private until it is at the path that the person chose, with the permissions that
        # their files have.
        self._mode = stat.S_IMODE(os.fstat(self.fileno()).st_mode)
        locations.make_private(path)

    def widen(self) -> None:
        """Give the file the permissions of any other new file."""
        if os.name != "nt":
            with contextlib.suppress(OSError):  # the drive has no permissions
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
