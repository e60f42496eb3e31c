"""Reading a sound file of any format as mono float32 blocks at a wanted rate."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.containers.streams import find_streams, lay_out
from genre_desktop.audio.decode.decoder import Backend, rate_notes
from genre_desktop.audio.decode.downmix import Downmix
from genre_desktop.audio.decode.file_format import FileFormat, detect_format
from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.decode.silence import SilenceMeter
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.audio.decode.stream_reader import Chunk, StreamReader
from genre_desktop.core.errors import AudioError, AudioReadError, DamagedAudioError, PartNotReadError
from genre_desktop.core.i18n import tr


@dataclass(frozen=True)
class AudioInfo:
    """Format and length of an open sound file.

    Attributes
    ----------
    path : Path
    container, codec : str
        Such as ``"WAV"`` and ``"PCM_16"``.
    sample_rate : int
        Of the file, in Hz.
    channels : int
    duration_s : float or None
        From the header: an estimate for MP3 without a length in it, ``None`` where the length is known only at the end,
        as in a file of several streams in a row.
    backend : {"soundfile", "pyav"}
    """

    path: Path
    container: str
    codec: str
    sample_rate: int
    channels: int
    duration_s: float | None
    backend: Backend


def open_audio(path: str | os.PathLike[str]) -> AudioReader:
    """Open a sound file, whose format is told by its content and never by its name.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    AudioReader
        To be closed, best by ``with``.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError
        For a path that is no readable file.
    NoAudioStreamError
        For a file of another kind, or one whose streams hold no sound.
    EncryptedAudioError, UnknownCodecError, SampleRateError
        For sound that is not damaged, but of a kind that cannot be decoded.
    DamagedAudioError
        For a sound file of which nothing can be decoded.
    AudioReadError
        When the drive fails.
    """
    source = SourceFile(path)
    try:
        detected = detect_format(source)
        return AudioReader(source, detected)
    except BaseException:
        source.close()
        raise


class AudioReader:
    """An open sound file, read once from beginning to end.

    Made by `open_audio`.

    Attributes
    ----------
    info : AudioInfo
    problem : DamagedAudioError or None
        Set once decoding broke off, or the file turned out clearly shorter than its header promises or to have holes;
        what could be decoded has been yielded.
    notes : tuple of AudioError
        What else a person should know of how the file was read, such as which of several audio tracks. Sound is
        missing where a note says so (`AudioError.loses_sound`).
    seconds_read : float
        Seconds of sound decoded so far.
    """

    def __init__(self, source: SourceFile, detected: FileFormat) -> None:
        self._source = source
        self._detected = detected
        self._ranges = find_streams(source, detected.container, detected.offset)
        self._silence = SilenceMeter()
        self._damage: str | None = None
        self.notes: tuple[AudioError, ...] = ()
        self.seconds_read = 0.0
        self._is_only_one = len(self._ranges) == 1
        self._refused: AudioError | None = None
        stream = self._open_next()
        if stream is None:
            assert self._refused is not None
            raise self._refused
        self._stream = stream
        decoder = stream.decoder
        info = decoder.info
        self.info = AudioInfo(
            path=source.path,
            container=info.container,
            codec=info.codec,
            sample_rate=info.sample_rate,
            channels=info.channels,
            duration_s=info.duration_s if self._is_only_one else None,
            backend=decoder.backend,
        )
        self._add_notes(rate_notes(source.path, info.sample_rate))

    @property
    def problem(self) -> DamagedAudioError | None:
        """What is missing, as far as it was read."""
        if self._damage is None:
            return None
        return DamagedAudioError(path=self._source.path, seconds_read=self.seconds_read, reason=self._damage)

    @property
    def is_digital_silence(self) -> bool:
        """True if all samples read so far are one constant, measured before resampling."""
        return self._silence.is_digital_silence

    def blocks(self, sample_rate: int, block_s: float = 10.0) -> Iterator[NDArray[np.float32]]:
        """Decode, mix down and resample, a block at a time.

        Parameters
        ----------
        sample_rate : int
            Wanted rate in Hz.
        block_s : float
            Approximate length of a block in seconds.

        Yields
        ------
        ndarray of float32 [shape=(n,)]
            Mono, of any length above 0. Always finite: NaN and infinity become silence.

        Raises
        ------
        AudioReadError
            When the drive fails.
        """
        wanted = max(1, round(block_s * sample_rate))
        gathered: list[NDArray[np.float32]] = []
        for samples in self._resampled(sample_rate):
            gathered.append(samples)
            if sum(map(len, gathered)) >= wanted:
                yield np.concatenate(gathered)
                gathered = []
        if any(map(len, gathered)):
            yield np.concatenate(gathered)

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        self._ranges.clear()
        self._stream.close()
        self._source.close()

    def __enter__(self) -> AudioReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _resampled(self, sample_rate: int) -> Iterator[NDArray[np.float32]]:
        resampler: Resampler | None = None
        for samples, rate in self._mixed():
            if resampler is None or resampler.from_rate != rate:
                if resampler is not None:
                    yield resampler.finish()
                resampler = Resampler(rate, sample_rate)
            yield resampler.push(samples)
        if resampler is not None:
            yield resampler.finish()

    def _mixed(self) -> Iterator[Chunk]:
        """The sound in mono."""
        downmix: Downmix | None = None
        kind = 0, 0
        for frames, rate in self._decoded():
            if downmix is None or kind != (frames.shape[1], rate):
                if downmix is not None:
                    yield from self._measured(downmix.finish(), kind[1])
                kind = frames.shape[1], rate
                downmix = Downmix(*kind)
            yield from self._measured(downmix.push(frames), rate)
        if downmix is not None:
            yield from self._measured(downmix.finish(), kind[1])

    def _measured(self, mixed: Iterator[NDArray[np.float32]], rate: int) -> Iterator[Chunk]:
        for samples in mixed:
            self._silence.push(samples)
            yield samples, rate

    def _decoded(self) -> Iterator[Chunk]:
        """All streams, one after the other."""
        while True:
            before_s, stream = self.seconds_read, self._stream
            for samples, rate in stream.chunks():
                self.seconds_read = before_s + stream.seconds_read
                yield samples, rate
            failure = self._source.read_error()
            if failure is not None:
                raise failure
            if stream.reason is not None:
                self._report_damage(stream.reason)
            self._add_notes(stream.decoder.notes)
            stream.close()
            following = self._open_next()
            if following is None:
                return
            self._stream = following

    def _open_next(self) -> StreamReader | None:
        """The next stream that can be read; what is passed over is reported."""
        while self._ranges:
            lay_out(self._source, self._detected.container, *self._ranges.pop(0))
            try:
                return StreamReader(self._source, self._detected)
            except AudioReadError:
                raise
            except AudioError as error:
                self._refused = self._refused or error
                if isinstance(error, DamagedAudioError):
                    self._report_damage(str(error.values["reason"]))
                else:
                    self._add_notes((self._left_out(error),))
        return None

    def _left_out(self, error: AudioError) -> AudioError:
        return PartNotReadError(path=self._source.path, seconds_read=self.seconds_read, reason=error.message)

    def _report_damage(self, reason: str) -> None:
        if not self._is_only_one:
            reason = tr("in the recording that ends at {at_s:.1f} s: {reason}", at_s=self.seconds_read, reason=reason)
        self._damage = self._damage or reason

    def _add_notes(self, notes: tuple[AudioError, ...]) -> None:
        codes = {note.code for note in self.notes}
        self.notes += tuple(note for note in notes if note.code not in codes)
