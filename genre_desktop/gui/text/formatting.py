"""Numbers as text: shares, times, counts, speeds, formats of sound."""

from __future__ import annotations

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.i18n import percent as percent

SLOWEST_RATE = 0.05 / 60
"""In files a second: a slower rate would be rounded to zero."""

_CODEC_NAMES = {
    "mp3": "MP3",
    "mp2": "MP2",
    "aac": "AAC",
    "alac": "ALAC",
    "flac": "FLAC",
    "vorbis": "Vorbis",
    "opus": "Opus",
    "wmav1": "WMA",
    "wmav2": "WMA",
    "pcm_s8": "8 bit",
    "pcm_u8": "8 bit",
    "pcm_16": "16 bit",
    "pcm_24": "24 bit",
    "pcm_32": "32 bit",
    "float": "32 bit float",
    "double": "64 bit float",
}


def clock(seconds: float) -> str:
    """A time in a track in whole seconds: ``3:07``, ``1:02:07``."""
    whole = max(0, int(seconds + 0.5))
    hours, rest = divmod(whole, 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds_left:02d}" if hours else f"{minutes}:{seconds_left:02d}"


def time_left(seconds: float) -> str:
    """Estimated time that a job still takes, rounded as roughly as it is known."""
    if seconds < 10:
        return tr("a few seconds left")
    if seconds < 90:
        return tr("about {n} s left", n=10 * round(seconds / 10))
    if seconds < 5400:
        return tr("about {n} min left", n=round(seconds / 60))
    return tr("about {n} h left", n=numeral(seconds / 3600, ".1f"))


def rough_duration(seconds: float) -> str:
    """Estimated duration of a job, rounded as roughly as it is known."""
    if seconds < 90:
        return tr("about {n} s", n=max(10, 10 * round(seconds / 10)))
    if seconds < 5400:
        return tr("about {n} min", n=round(seconds / 60))
    return tr("about {n} h", n=numeral(seconds / 3600, ".1f"))


def music_length(seconds: float) -> str:
    """Length of a collection of music: ``12 min``, ``7.5 h``, ``1,204 h``."""
    if seconds < 3600:
        return tr("{n} min", n=numeral(seconds / 60, ".0f"))
    return tr("{n} h", n=numeral(seconds / 3600, ",.0f") if seconds >= 36_000 else numeral(seconds / 3600, ".1f"))


def rate(files_per_s: float) -> str:
    """Speed of a job: ``32 files/s``, ``1.4 files/s``, ``20 files/min``."""
    if files_per_s >= 9.95:
        return tr("{n} files/s", n=numeral(files_per_s, ",.0f"))
    if files_per_s >= 0.95:
        return tr("{n} files/s", n=numeral(files_per_s, ".1f"))
    return tr(
        "{n} files/min", n=numeral(60 * files_per_s, ".0f") if files_per_s >= 0.05 else numeral(60 * files_per_s, ".1f")
    )


def count_files(n: int) -> str:
    """``1 file``, ``1,200 files``."""
    return tr("1 file") if n == 1 else tr("{n} files", n=numeral(n, ","))


def count_tracks(n: int) -> str:
    """``1 track``, ``1,200 tracks``."""
    return tr("1 track") if n == 1 else tr("{n} tracks", n=numeral(n, ","))


def sound_details(codec: str, sample_rate: int, channels: int) -> str:
    """Codec, sample rate in kHz and channels of a file."""
    layout = {1: tr("mono"), 2: tr("stereo")}.get(channels) or tr("{n} channels", n=channels)
    return " · ".join((codec_name(codec), tr("{rate} kHz", rate=numeral(sample_rate / 1000, "g")), layout))


def codec_name(codec: str) -> str:
    """Common name of a codec that a library calls ``mp3float`` or ``PCM_16``."""
    name = codec.lower().removesuffix("_fixed")
    return _CODEC_NAMES.get(name) or _CODEC_NAMES.get(name.removesuffix("float")) or codec
