"""Reading a sound file of any format as mono float32 blocks at a wanted rate."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import (
    MAX_RATE,
    MIN_RATE,
    Backend,
    BrokeOffError,
    CannotOpenError,
    Decoder,
    is_cut_off,
)
from genre_desktop.audio.decode.downmix import Downmix
from genre_desktop.audio.decode.file_format import OGG, FileFormat, detect_format
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.decode.silence import SilenceMeter
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import DamagedAudioError, NoAudioStreamError
from genre_desktop.core.i18n import tr

_Chunk = tuple[NDArray[np.float32], int]


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
        From the header: an estimate for MP3 without a length in it, ``None`` where the length is known only at the end.
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
    DamagedAudioError
        For a sound file of which nothing can be decoded.
    AudioReadError
        When the drive fails.
    """
    source = SourceFile(path)
    try:
        detected = detect_format(source)
        source.start_at(detected.offset)
        return AudioReader(source, *_open_decoder(source, detected))
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
        Set once decoding broke off, or the file turned out clearly shorter than its header promises; the blocks up to
        there have been yielded.
    seconds_read : float
        Seconds of sound decoded so far.
    """

    def __init__(self, source: SourceFile, decoder: Decoder, first: _Chunk | None, rest: Iterator[_Chunk]) -> None:
        self._source = source
        self._decoder = decoder
        self._first = first
        self._rest = rest
        self._silence = SilenceMeter()
        self.problem: DamagedAudioError | None = None
        self.seconds_read = 0.0
        info = decoder.info
        self.info = AudioInfo(
            path=source.path,
            container=info.container,
            codec=info.codec,
            sample_rate=info.sample_rate,
            channels=info.channels,
            duration_s=info.duration_s,
            backend=decoder.backend,
        )

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
        self._rest = iter(())
        self._first = None
        self._decoder.close()
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

    def _mixed(self) -> Iterator[_Chunk]:
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

    def _measured(self, mixed: Iterator[NDArray[np.float32]], rate: int) -> Iterator[_Chunk]:
        for samples in mixed:
            self._silence.push(samples)
            yield samples, rate

    def _decoded(self) -> Iterator[_Chunk]:
        reason = None
        try:
            yield from self._counted(self._chunks())
        except BrokeOffError as error:
            reason = error.reason
        if reason is not None and self._decoder.backend == "soundfile":
            before_s = self.seconds_read
            try:
                yield from self._counted(self._continue_with_pyav())
                reason = reason if self.seconds_read == before_s else None
            except BrokeOffError as error:
                reason = error.reason
        failure = self._source.read_error()
        if failure is not None:
            raise failure
        self._set_problem(reason)

    def _chunks(self) -> Iterator[_Chunk]:
        if self._first is not None:
            first, self._first = self._first, None
            yield first
        yield from self._rest

    def _counted(self, chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
        for samples, rate in chunks:
            if not MIN_RATE <= rate <= MAX_RATE:
                raise BrokeOffError(tr("a sample rate of {rate} Hz", rate=rate))
            self.seconds_read += len(samples) / rate
            yield samples, rate

    def _continue_with_pyav(self) -> Iterator[_Chunk]:
        # FFmpeg skips damage at which libsndfile gives up; the seconds that libsndfile decoded are skipped here.
        try:
            decoder: Decoder = PyAVDecoder(self._source, self.info.container)
        except CannotOpenError:
            return
        self._decoder.close()
        self._decoder = decoder
        skip_s = self.seconds_read
        for samples, rate in decoder.chunks():
            skipped = min(len(samples), round(skip_s * rate))
            if skipped:  # the rate of a damaged frame may be 0
                skip_s -= skipped / rate
            if skipped < len(samples):
                yield samples[skipped:], rate

    def _set_problem(self, reason: str | None) -> None:
        """Set `problem` where decoding broke off for a reason, or too little sound was decoded."""
        promised_s = self._decoder.info.promised_s
        if promised_s is not None:
            if not is_cut_off(promised_s, self.seconds_read):
                return
            missing_s = promised_s - self.seconds_read
            reason = reason or tr("{missing_s:.1f} s are missing at the end", missing_s=missing_s)
        if reason is not None:
            self.problem = DamagedAudioError(path=self.info.path, seconds_read=self.seconds_read, reason=reason)


def _open_decoder(source: SourceFile, detected: FileFormat) -> tuple[Decoder, _Chunk | None, Iterator[_Chunk]]:
    """The first decoder that decodes any sound, its first chunk, and the chunks after it."""
    empty: Decoder | None = None
    no_sound = False
    reason = ""
    for opener in _openers(source, detected.container):
        try:
            decoder = opener()
        except CannotOpenError as error:
            no_sound = no_sound or error.no_sound
            reason = reason or error.reason
            continue
        chunks = decoder.chunks()
        try:
            first = next(chunks, None)
        except BrokeOffError as error:
            reason = reason or error.reason
            decoder.close()
            continue
        if first is not None:
            if empty is not None:
                empty.close()
            return decoder, first, chunks
        if empty is None and detected.container is not None:
            empty = decoder
        else:
            decoder.close()
    failure = source.read_error()
    if failure is not None:
        raise failure
    if empty is not None and not empty.info.promised_s:
        return empty, None, iter(())
    if empty is not None:
        empty.close()
    if no_sound and detected.container is not None:
        looks_like = tr("{container} without sound", container=detected.container)
        raise NoAudioStreamError(path=source.path, looks_like=looks_like)
    if detected.container is None:
        raise NoAudioStreamError(path=source.path, looks_like=detected.looks_like)
    raise DamagedAudioError(path=source.path, seconds_read=0.0, reason=reason or tr("nothing could be decoded"))


def _openers(source: SourceFile, container: str | None) -> list[Callable[[], Decoder]]:
    """Constructors of the decoders to try, the better one first."""
    pyav = partial(PyAVDecoder, source, container)
    if container not in SOUNDFILE_CONTAINERS:
        # MP3 among them: libsndfile reads half of one with a variable bit rate and no Xing header and reports no error,
        # and it gives up at the first garbage between frames.
        return [pyav]
    soundfile = partial(SoundFileDecoder, source, container)
    # FFmpeg decodes Vorbis and Opus twice as fast, and all of several streams in a row.
    return [pyav, soundfile] if container == OGG else [soundfile, pyav]
