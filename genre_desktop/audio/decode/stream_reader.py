"""One stream of a file, read by whichever decoder gets furthest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.containers.protection import protection
from genre_desktop.audio.decode.decoder import (
    MAX_RATE,
    MIN_RATE,
    BrokeOffError,
    CannotOpenError,
    Decoder,
    is_cut_off,
)
from genre_desktop.audio.decode.file_format import MP3, OGG, FileFormat
from genre_desktop.audio.decode.gaps.missing_sound import LEAST_SUM_S, MissingSound
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioError, DamagedAudioError, EncryptedAudioError, NoAudioStreamError
from genre_desktop.core.i18n import tr

Chunk = tuple[NDArray[np.float32], int]
"""Samples of all channels [shape=(n, n_channels)] and their rate in Hz."""

_UNREAD_BYTES = 1 << 16
"""Bytes that a decoder may leave unread at its end: libFLAC and FFmpeg read ahead by less, but never stay behind."""


class StreamReader:
    """One stream of a file, by all decoders that can read it.

    Where one breaks off, or ends with much of the stream unread, the next continues behind the last sample. An intact
    stream is decoded once.

    Parameters
    ----------
    source : SourceFile
        Shows the stream, see `genre_desktop.audio.decode.containers.streams.lay_out`.
    detected : FileFormat

    Attributes
    ----------
    decoder : Decoder
        That which got furthest.
    seconds_read : float
    reason : str or None
        Once all is read: what is missing of the stream, and why.

    Raises
    ------
    AudioError
        Where nothing can be decoded.
    """

    def __init__(self, source: SourceFile, detected: FileFormat) -> None:
        self._source = source
        self._openers = iter(_openers(source, detected.container))
        self._n_zeros = detected.n_zeros
        self.seconds_read = 0.0
        self.reason: str | None = None
        self.decoder, self._chunks = self._open(detected)

    def chunks(self) -> Iterator[Chunk]:
        """All samples, once."""
        broke_off: str | None = None
        missing: MissingSound | None = None
        try:
            yield from self._counted(self._chunks)
        except BrokeOffError as error:
            broke_off = error.reason
        for opener in self._openers:
            if broke_off is None and self._source.size - self._source.tell() <= _UNREAD_BYTES:
                break
            missing = missing or self.decoder.missing
            self.decoder.close()
            try:
                decoder: Decoder = opener()
            except CannotOpenError:
                continue
            before_s, reason = self.seconds_read, None
            try:
                yield from self._counted(_behind(decoder.chunks(), before_s))
            except BrokeOffError as error:
                reason = error.reason
            if self.seconds_read > before_s:
                self.decoder, broke_off = decoder, reason
            decoder.close()
        self.reason = self._incomplete(broke_off, self.decoder.missing or missing)

    def close(self) -> None:
        """Free what the decoder holds."""
        self._chunks = iter(())
        self.decoder.close()

    def _counted(self, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
        for samples, rate in chunks:
            if not MIN_RATE <= rate <= MAX_RATE:
                raise BrokeOffError(tr("a sample rate of {rate} Hz", rate=rate))
            self.seconds_read += len(samples) / rate
            yield samples, rate

    def _incomplete(self, broke_off: str | None, missing: MissingSound | None) -> str | None:
        """Why too little sound was decoded; None where a decoder broke off behind all that the header promises."""
        promised_s = self.decoder.info.promised_s
        reasons = [] if missing is None else [missing.reason]
        first_s = self.seconds_read * self._n_zeros / max(1, self._source.size)
        if first_s >= LEAST_SUM_S:
            reasons.insert(0, tr("{missing_s:.1f} s are missing at the beginning", missing_s=first_s))
        end_s = first_s + self.seconds_read + (0.0 if missing is None else missing.seconds)
        if promised_s is not None and is_cut_off(promised_s, end_s):
            reasons.append(broke_off or self._lacking(promised_s - end_s))
        elif promised_s is None and broke_off is not None:
            reasons.append(broke_off)
        elif self._source.ends_early:
            reasons.append(tr("the end is missing"))
        return "; ".join(reasons) or None

    def _lacking(self, missing_s: float) -> str:
        if self.decoder.info.container == MP3:  # a piece cut out of the frames leaves no trace
            return tr("{missing_s:.1f} s are missing", missing_s=missing_s)
        return tr("{missing_s:.1f} s are missing at the end", missing_s=missing_s)

    def _open(self, detected: FileFormat) -> tuple[Decoder, Iterator[Chunk]]:
        """The first decoder that decodes any sound, and its chunks."""
        scheme = protection(self._source, detected.container)
        if scheme is not None:
            raise EncryptedAudioError(path=self._source.path, scheme=scheme)
        empty: Decoder | None = None
        refused: list[CannotOpenError] = []
        for opener in self._openers:
            try:
                decoder = opener()
            except CannotOpenError as error:
                refused.append(error)
                continue
            chunks = decoder.chunks()
            try:
                first = next(chunks, None)
            except BrokeOffError as error:
                refused.append(CannotOpenError(error.reason))
                decoder.close()
                continue
            if first is not None:
                if empty is not None:
                    empty.close()
                return decoder, _with_first(first, chunks)
            if empty is None and detected.container is not None:
                empty = decoder
            else:
                decoder.close()
        failure = self._source.read_error()
        if failure is not None:
            raise failure
        if empty is not None and not empty.info.promised_s:
            return empty, iter(())
        if empty is not None:
            empty.close()
        raise _opening_error(self._source, detected, refused)


def _behind(chunks: Iterator[Chunk], skip_s: float) -> Iterator[Chunk]:
    """Chunks without the seconds that another decoder has decoded."""
    for samples, rate in chunks:
        skipped = min(len(samples), round(skip_s * rate))
        if skipped:  # the rate of a damaged frame may be 0
            skip_s -= skipped / rate
        if skipped < len(samples):
            yield samples[skipped:], rate


def _with_first(first: Chunk, rest: Iterator[Chunk]) -> Iterator[Chunk]:
    yield first
    yield from rest


def _opening_error(source: SourceFile, detected: FileFormat, refused: list[CannotOpenError]) -> AudioError:
    """The error to report where no decoder decodes any sound."""
    if detected.container is None:
        return NoAudioStreamError(path=source.path, looks_like=detected.looks_like)
    for refusal in refused:
        if refusal.error is not None:
            return refusal.error
    if any(refusal.no_sound for refusal in refused):
        looks_like = tr("{container} without sound", container=detected.container)
        return NoAudioStreamError(path=source.path, looks_like=looks_like)
    reason = next((refusal.reason for refusal in refused if refusal.reason), tr("nothing could be decoded"))
    return DamagedAudioError(path=source.path, seconds_read=0.0, reason=reason)


def _openers(source: SourceFile, container: str | None) -> list[Callable[[], Decoder]]:
    """Constructors of the decoders to try, the better one first."""
    pyav = partial(PyAVDecoder, source, container)
    if container not in SOUNDFILE_CONTAINERS:
        # MP3 among them: libsndfile reads half of one with a variable bit rate and no Xing header and reports no error,
        # and it gives up at the first garbage between frames.
        return [pyav]
    soundfile = partial(SoundFileDecoder, source, container)
    # FFmpeg decodes Vorbis and Opus twice as fast.
    return [pyav, soundfile] if container == OGG else [soundfile, pyav]
