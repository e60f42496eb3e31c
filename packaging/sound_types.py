"""The types of files that the systems offer the program for ("Open with").

Every ending of `genre_desktop.library.scan.scan.AUDIO_ENDINGS` stands in `SOUND_TYPES` or in `FILM_ENDINGS`, and every
playlist that the program reads in `PLAYLIST_TYPES`; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class FileType:
    """One type of file.

    Attributes
    ----------
    name : str
        For people.
    endings : tuple of str
    mime_types : tuple of str
        As the systems in use call it: shared-mime-info has renamed some, and knows other names as aliases.
    apple_type : str
        Uniform type identifier.
    is_apples : bool
        macOS declares the identifier itself; otherwise the program's Info.plist imports it.
    """

    name: str
    endings: tuple[str, ...]
    mime_types: tuple[str, ...]
    apple_type: str
    is_apples: bool = False


# Identifiers: Apple's from https://developer.apple.com/documentation/uniformtypeidentifiers/system-declared-uniform-type-identifiers,
# the others as players on macOS declare them.
SOUND_TYPES: Final = (
    FileType(
        "WAV sound",
        (".wav", ".wave", ".bwf"),
        ("audio/x-wav", "audio/wav", "audio/vnd.wave"),
        "com.microsoft.waveform-audio",
        True,
    ),
    FileType("RF64 sound", (".rf64",), ("audio/x-rf64",), "ch.ebu.rf64-audio"),
    FileType("Wave64 sound", (".w64",), ("audio/x-w64",), "com.sony.w64-audio"),
    FileType("AIFF sound", (".aif", ".aiff"), ("audio/x-aiff",), "public.aiff-audio", True),
    FileType("AIFF-C sound", (".aifc",), ("audio/x-aifc",), "public.aifc-audio", True),
    FileType("Sun sound", (".au", ".snd"), ("audio/basic",), "public.au-audio", True),
    FileType("Core Audio sound", (".caf",), ("audio/x-caf",), "com.apple.coreaudio-format", True),
    FileType("Creative sound", (".voc",), ("audio/x-voc",), "com.creative.voc"),
    FileType("Amiga sound", (".8svx",), ("audio/x-8svx",), "com.amiga.8svx"),
    FileType("FLAC sound", (".flac",), ("audio/flac", "audio/x-flac"), "org.xiph.flac"),
    FileType(
        "Ogg sound",
        (".ogg", ".oga"),
        ("audio/ogg", "audio/x-vorbis+ogg", "audio/x-flac+ogg"),
        "org.xiph.ogg-audio",
    ),
    FileType("Opus sound", (".opus",), ("audio/x-opus+ogg",), "org.xiph.opus"),
    FileType("Speex sound", (".spx",), ("audio/x-speex+ogg", "audio/x-speex"), "org.xiph.speex"),
    FileType("MP3 sound", (".mp3", ".mpga"), ("audio/mpeg",), "public.mp3", True),
    FileType("MP2 sound", (".mp2", ".mp1", ".mpa"), ("audio/mp2",), "public.mp2", True),
    FileType("MPEG-4 sound", (".m4a", ".f4a", ".3ga"), ("audio/mp4", "audio/x-m4a"), "com.apple.m4a-audio", True),
    FileType("MPEG-4 audio book", (".m4b",), ("audio/x-m4b",), "com.apple.m4b-audio"),
    FileType("MPEG-4 ring tone", (".m4r",), ("audio/x-m4r",), "com.apple.mpeg-4-ringtone"),
    FileType("AAC sound", (".aac", ".adts"), ("audio/aac",), "public.aac-audio", True),
    FileType("AC-3 sound", (".ac3",), ("audio/ac3",), "public.ac3-audio", True),
    FileType("E-AC-3 sound", (".eac3", ".ec3"), ("audio/eac3",), "public.enhanced-ac3-audio", True),
    FileType("DTS sound", (".dts",), ("audio/vnd.dts",), "com.dts.dts-audio"),
    FileType("AMR sound", (".amr", ".awb"), ("audio/AMR", "audio/AMR-WB"), "org.3gpp.adaptive-multi-rate-audio", True),
    FileType("RealAudio sound", (".ra",), ("audio/vnd.rn-realaudio",), "com.real.realaudio"),
    FileType("ATRAC sound", (".oma", ".aa3"), ("audio/atrac3",), "com.sony.oma"),
    FileType("Windows Media sound", (".wma",), ("audio/x-ms-wma",), "com.microsoft.windows-media-wma"),
    FileType("WebM sound", (".weba",), ("audio/webm",), "org.webmproject.webm-audio"),
    FileType("Matroska sound", (".mka",), ("audio/x-matroska",), "org.matroska.mka"),
    FileType("Monkey's Audio sound", (".ape",), ("audio/x-ape",), "com.monkeysaudio.ape-audio"),
    FileType("Musepack sound", (".mpc", ".mp+"), ("audio/x-musepack",), "org.musepack.mpc"),
    FileType("TAK sound", (".tak",), ("audio/x-tak",), "com.thbeck.tak"),
    FileType("DSD stream file", (".dsf",), ("audio/x-dsf",), "com.sony.dsf"),
    FileType("DSD interchange file", (".dff",), ("audio/x-dff",), "com.philips.dsdiff"),
    FileType("WavPack sound", (".wv",), ("audio/x-wavpack",), "com.wavpack.wv-audio"),
    FileType("True Audio sound", (".tta",), ("audio/x-tta",), "org.true-audio.tta-audio"),
)

FILM_ENDINGS: Final = (".mp4", ".3gp", ".asf", ".webm", ".rm")
"""Read as sound when they are dropped or lie in a folder, but films more often than not: on a system without a player
of films, "Open with" would become "open"."""

PLAYLIST_TYPES: Final = (
    FileType("M3U playlist", (".m3u", ".m3u8"), ("audio/x-mpegurl",), "public.m3u-playlist", True),
    FileType("PLS playlist", (".pls",), ("audio/x-scpls",), "public.pls-playlist", True),
    FileType("XSPF playlist", (".xspf",), ("application/xspf+xml",), "org.xiph.xspf"),
)


def mime_types() -> Iterator[str]:
    """All of them, the playlists' at the end."""
    for kind in SOUND_TYPES + PLAYLIST_TYPES:
        yield from kind.mime_types


def endings() -> Iterator[str]:
    """Of all types, the playlists' at the end."""
    for kind in SOUND_TYPES + PLAYLIST_TYPES:
        yield from kind.endings
