"""Random access to a file in libsndfile, in all its channels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import CannotSeekError, StreamInfo, is_cut_off
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_UNREAD_BYTES = 1 << 18
"""Bytes behind the last sample that may be tags or padding."""


class SoundFileRandomAccess:
    """Decodes any range of a file whose header tells its length: libsndfile seeks to the sample.

    Parameters
    ----------
    source : SourceFile
        Closed with this.
    container : str
        As `SoundFileDecoder` takes it.

    Attributes
    ----------
    info : StreamInfo
    sample_rate, channels, n_frames : int
        A frame is one sample of each channel.

    Raises
    ------
    CannotOpenError
    CannotSeekError
        For a file of unknown length, and one whose end is missing.
    """

    def __init__(self, source: SourceFile, container: str) -> None:
        self._source = source
        self._decoder = SoundFileDecoder(source, container)
        self.info: StreamInfo = self._decoder.info
        self.sample_rate, self.channels = self.info.sample_rate, self.info.channels
        try:
            if self.info.duration_s is None:
                raise CannotSeekError(tr("its length is unknown"))
            self.n_frames = round(self.info.duration_s * self.sample_rate)
            if self.info.promised_s is not None and is_cut_off(self.info.promised_s, self.info.duration_s):
                raise CannotSeekError(tr("the end is missing"))
            if self.n_frames:  # the end of a truncated file is not there
                self._decoder.frames_at(self.n_frames - 1, 1)
            self._require_end()
        except BaseException:
            self._decoder.close()
            raise

    def _require_end(self) -> None:
        """Check, behind the last frame, that this is the end of the file."""
        if self._source.size - self._source.tell() > _UNREAD_BYTES:
            raise CannotSeekError(tr("there is more behind its end"))

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a range.

        Returns
        -------
        ndarray of float32 [shape=(n, n_channels)]
            Shorter than `count` only at the end.

        Raises
        ------
        CannotSeekError
            At damage, and when the drive fails.
        """
        samples = self._decoder.frames_at(min(start, self.n_frames), max(0, min(count, self.n_frames - start)))
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))
        return samples

    def close(self) -> None:
        """Free what libsndfile holds, and close the file."""
        self._decoder.close()
        self._source.close()
