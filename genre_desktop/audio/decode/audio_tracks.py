"""Audio tracks of a file in FFmpeg: which can be decoded, and which is the first that sounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from genre_desktop.audio.decode.containers.codec_names import codec_name
from genre_desktop.audio.decode.containers.mp4 import sample_entry_types
from genre_desktop.audio.decode.decoder import CannotOpenError
from genre_desktop.audio.decode.pyav_frames import frame_samples
from genre_desktop.audio.decode.pyav_options import CODECS
from genre_desktop.audio.decode.silence import SilenceMeter
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import EncryptedAudioError, UnknownCodecError
from genre_desktop.core.i18n import tr

_SCHEMES = {
    "drms": "FairPlay",
    "drmi": "FairPlay",
    "enca": "Common Encryption",
    "aavd": "Audible",
}
"""Names of ways to encrypt sound, by the types of MP4 sample entries."""

_MEASURED_S = 60.0
"""Seconds at the beginning that are decoded to find a track that sounds; the first sound of most ends it at once."""

_PLACES, _PLACE_S = 6, 2.0
"""Further places at equal distances, and the seconds decoded there, where a track is silent at the beginning."""

_MOST_PACKETS = 50_000


def readable_tracks(source: SourceFile, container: Any, name: str | None) -> list[Any]:
    """The audio streams of an open `av` container that can be decoded, in their order.

    Raises
    ------
    CannotOpenError
        Where there are none.
    """
    tracks = list(container.streams.audio)
    if not tracks:
        raise CannotOpenError(tr("no audio stream"), no_sound=True)
    encrypted = [track for track in tracks if _tag(track) in _SCHEMES]
    # FFmpeg heeds the whitelist of codecs while it opens the file, and not when it decodes.
    readable = [track for track in tracks if track not in encrypted and _codec(track) in CODECS]
    if readable:
        return readable
    tags = [*map(_tag, encrypted), *(sample_entry_types(source) if name == "MP4" else ())]
    scheme = next((_SCHEMES[tag] for tag in tags if tag in _SCHEMES), None)
    if scheme is not None:
        raise CannotOpenError(tr("protected"), error=EncryptedAudioError(path=source.path, scheme=scheme))
    codec = _codec(tracks[0]) or codec_name(source, name) or tr("something unknown")
    raise CannotOpenError(codec, error=UnknownCodecError(path=source.path, codec=codec))


def first_sounding(container: Any, tracks: Sequence[Any]) -> int:
    """Index among `tracks` of the first that is no digital silence; 0 where none sounds.

    Decodes up to a minute of each, and some places behind; the container must be opened again to be read.
    """
    meters = [_SoundMeter() for _ in tracks]
    _measure(container, tracks, meters, until_s=_MEASURED_S)
    length_s = (container.duration or 0) / 1_000_000
    for place in range(1, _PLACES + 1):
        if meters[0].has_sound or length_s <= _MEASURED_S:
            break
        at_s = _MEASURED_S + (length_s - _MEASURED_S) * place / (_PLACES + 1)
        try:
            container.seek(round(at_s * 1_000_000))
        except Exception:  # whatever the library raises
            break
        _measure(container, tracks, meters, until_s=at_s + _PLACE_S)
    return next((number for number, meter in enumerate(meters) if meter.has_sound), 0)


class _SoundMeter:
    """Whether a track holds any sound, by a silence meter for each channel."""

    def __init__(self) -> None:
        self._channels: list[SilenceMeter] = []
        self.has_sound = False

    def push(self, frame: Any) -> None:
        samples = frame_samples(frame)
        self._channels += [SilenceMeter() for _ in range(samples.shape[1] - len(self._channels))]
        for silence, channel in zip(self._channels, samples.T, strict=False):
            silence.push(np.nan_to_num(channel))
        self.has_sound = self.has_sound or not all(silence.is_digital_silence for silence in self._channels)


def _measure(container: Any, tracks: Sequence[Any], meters: Sequence[_SoundMeter], until_s: float) -> None:
    """Decode up to a time, or until the first track sounds."""
    by_index = {track.index: meter for track, meter in zip(tracks, meters, strict=True)}
    for number, packet in enumerate(_packets(container, tracks)):
        at = packet.pts if packet.pts is not None else packet.dts
        is_late = at is not None and packet.time_base is not None and float(at * packet.time_base) > until_s
        if meters[0].has_sound or is_late or number > _MOST_PACKETS:
            return
        meter = by_index[packet.stream.index]
        if meter.has_sound:
            continue
        try:
            for frame in packet.decode():
                meter.push(frame)
        except Exception:  # a track that cannot be decoded is passed over like one of silence
            continue


def _packets(container: Any, tracks: Sequence[Any]) -> Iterator[Any]:
    try:
        yield from container.demux(*tracks)
    except Exception:  # reading in full reports damage
        return


def _codec(track: Any) -> str | None:
    return None if track.codec_context is None else track.codec_context.name


def _tag(track: Any) -> str:
    try:
        return "" if track.codec_context is None else str(track.codec_context.codec_tag)
    except UnicodeDecodeError:  # the number of a codec in WAV and AVI, such as that of AAC: 0x00FF
        return ""
