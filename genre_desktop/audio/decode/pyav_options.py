"""Options that limit FFmpeg to some formats and codecs of sound, and to the file that it is given."""

from __future__ import annotations

from typing import Final

# Formats of sound files, and of films for their sound. Not play lists, subtitles, pictures and network streams: some
# of them make FFmpeg open other files or addresses.
FORMATS: Final = frozenset(
    (
        "aac ac3 aiff amr ape asf au avi avr caf dsf dts eac3 epaf flac flv iff ircam loas matroska mov mp3 mpc mpc8 "
        "mpeg mpegts nistsphere nut oga ogg oma pvf rm sox tak tta voc w64 wav webm wtv wv xwma"
    ).split()
)

# Audio codecs that these formats hold in music folders and in the films of the last thirty years. FFmpeg has twice as
# many, of games and telephones, besides those of pictures and subtitles: each is code that parses untrusted bytes. A
# cover is a picture too, which FFmpeg would decode to probe it.
CODECS: Final = frozenset(
    (
        # plain
        "pcm_alaw pcm_bluray pcm_dvd pcm_f16le pcm_f24le pcm_f32be pcm_f32le pcm_f64be pcm_f64le pcm_mulaw pcm_s16be "
        "pcm_s16be_planar pcm_s16le pcm_s16le_planar pcm_s24be pcm_s24le pcm_s24le_planar pcm_s32be pcm_s32le "
        "pcm_s32le_planar pcm_s64be pcm_s64le pcm_s8 pcm_s8_planar pcm_u16be pcm_u16le pcm_u24be pcm_u24le pcm_u32be "
        "pcm_u32le pcm_u8 pcm_vidc 8svx_exp 8svx_fib dvaudio s302m "
        "dsd_lsbf dsd_lsbf_planar dsd_msbf dsd_msbf_planar dst "
        # without loss
        "alac als ape flac mlp ralf shorten tak truehd tta wavpack wmalossless "
        # as people buy and rip it
        "aac aac_latm ac3 dca eac3 mp1 mp1float mp2 mp2float mp3 mp3adu mp3adufloat mp3float mp3on4 mp3on4float mpc7 "
        "mpc8 opus vorbis wmapro wmav1 wmav2 wmavoice xma1 xma2 atrac1 atrac3 atrac3al atrac3plus atrac3plusal "
        # older films and streams
        "cook imc nellymoser on2avc qdm2 qdmc real_144 real_288 sipr mace3 mace6 "
        # speech, and what recorders make
        "adpcm_ct adpcm_ima_dk3 adpcm_ima_dk4 adpcm_ima_qt adpcm_ima_wav adpcm_ms adpcm_sbpro_2 adpcm_sbpro_3 "
        "adpcm_sbpro_4 adpcm_swf adpcm_yamaha amrnb amrwb evrc g722 g723_1 g726 g729 gsm gsm_ms ilbc qcelp sol_dpcm "
        "speex truespeech"
    ).split()
)

OPTIONS: Final = {
    "format_whitelist": ",".join(sorted(FORMATS)),
    "codec_whitelist": ",".join(sorted(CODECS)),
    # FFmpeg reads from an open file object, so it needs no protocol for files or network: none has this name.
    "protocol_whitelist": "none",
    # Bytes probed for the streams: FFmpeg's default, written here so that no version raises it.
    "probesize": "5000000",
    # A film with all its languages and subtitles has fifty; each stream takes memory.
    "max_streams": "256",
}
"""Options for `av.open`."""
