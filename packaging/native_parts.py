"""The libraries inside the wheels, and those of the build system, that a packaged program may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class NativePart:
    """A library that has no Python distribution of its own.

    Attributes
    ----------
    name : str
    licence : str
        SPDX expression.
    files : tuple of str
        Patterns (`fnmatch`) of its files in the program's contents; one that matches makes it part of the program.
    texts : tuple of str
        Files in ``packaging/licence_texts``, or ``DISTRIBUTION/...`` where a wheel has the wording.
    """

    name: str
    licence: str
    files: tuple[str, ...]
    texts: tuple[str, ...]


NOTICES: Final = ("notices.txt",)

IN_WHEELS: Final = (
    # Its own code says "LGPL version 3 or later"; built with x264 and x265, the whole is under the GPL.
    NativePart("FFmpeg", "GPL-3.0-or-later", ("av*/*avcodec*",), ("GPL-3.0.txt", "LGPL-3.0.txt")),
    NativePart("x264", "GPL-2.0-or-later", ("av*/*x264*",), ("GPL-2.0.txt",)),
    NativePart("x265", "GPL-2.0-or-later", ("av*/*x265*",), ("GPL-2.0.txt",)),
    NativePart("LAME", "LGPL-2.0-or-later", ("av*/*mp3lame*", "_soundfile_data/libsndfile*"), ("LGPL-2.1.txt",)),
    NativePart("dav1d", "BSD-2-Clause", ("av*/*dav1d*",), NOTICES),
    NativePart("SVT-AV1", "BSD-3-Clause-Clear", ("av*/*SvtAv1*",), NOTICES),
    NativePart("libvpx", "BSD-3-Clause", ("av*/*libvpx*",), NOTICES),
    NativePart("libwebp", "BSD-3-Clause", ("av*/*webp*", "pillow*/*webp*"), NOTICES),
    NativePart("Opus", "BSD-3-Clause", ("av*/*opus*", "_soundfile_data/libsndfile*"), NOTICES),
    NativePart("opencore-amr", "Apache-2.0", ("av*/*opencore*",), ("Apache-2.0.txt",)),
    NativePart("oneVPL", "MIT", ("av*/*libvpl*",), NOTICES),
    NativePart("GnuTLS", "LGPL-2.1-or-later", ("av*/*gnutls*",), ("LGPL-2.1.txt",)),
    NativePart(
        "Nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("av*/*nettle*",), ("LGPL-3.0.txt", "GPL-3.0.txt")
    ),
    NativePart("GMP", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("av*/*gmp*",), ("LGPL-3.0.txt", "GPL-3.0.txt")),
    NativePart(
        "libunistring", "LGPL-3.0-or-later OR GPL-2.0-or-later", ("av*/*unistring*",), ("LGPL-3.0.txt", "GPL-3.0.txt")
    ),
    NativePart("alsa-lib", "LGPL-2.1-or-later", ("av*/*libasound*",), ("LGPL-2.1.txt",)),
    NativePart("libdrm", "MIT", ("av*/*libdrm*",), NOTICES),
    NativePart("libxcb", "MIT", ("av*/*libxcb*", "pillow*/*libxcb*"), NOTICES),
    NativePart("libXau", "MIT", ("*/*libXau*",), NOTICES),
    NativePart("libsndfile", "LGPL-2.1-or-later", ("_soundfile_data/libsndfile*",), ("LGPL-2.1.txt",)),
    NativePart("mpg123", "LGPL-2.1-only", ("_soundfile_data/libsndfile*",), ("LGPL-2.1.txt",)),
    NativePart("FLAC, libogg and Vorbis", "BSD-3-Clause", ("_soundfile_data/libsndfile*",), NOTICES),
    NativePart("PortAudio", "MIT", ("_sounddevice_data/*portaudio*",), ("sounddevice/LICENSE",)),
    NativePart("SoX Resampler", "LGPL-2.1-or-later", ("soxr/*soxr_ext*",), ("soxr/COPYING.LGPL",)),
    NativePart("OpenBLAS", "BSD-3-Clause", ("*/*openblas*",), ("numpy/LICENSE.txt",)),
    NativePart(
        "GCC run-time (libgfortran, libgomp)",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        ("*/*libgfortran*", "*/*libgomp*"),
        ("numpy/LICENSE.txt", "GPL-3.0.txt"),
    ),
    NativePart("libquadmath", "LGPL-2.1-or-later", ("*/*libquadmath*",), ("LGPL-2.1.txt",)),
    NativePart("HDF5", "BSD-3-Clause", ("h5py*/*hdf5*",), ("h5py/hdf5.txt",)),
    NativePart("libaec", "BSD-2-Clause", ("h5py*/*libaec*",), NOTICES),
    NativePart(
        "libjpeg-turbo, libtiff, OpenJPEG, liblzma and zstd (of Pillow)",
        "IJG AND BSD-3-Clause AND libtiff AND BSD-2-Clause AND 0BSD",
        ("pillow.libs/*jpeg*", "PIL/_imaging*"),
        ("pillow/LICENSE",),
    ),
    NativePart("Qt", "LGPL-3.0-only", ("*Qt6Core*", "*QtCore*"), ("LGPL-3.0.txt", "GPL-3.0.txt")),
    NativePart("ICU", "Unicode-3.0", ("*icudata*",), NOTICES),
)  # fmt: skip

OF_SYSTEM: Final = {
    "libportaudio*": "MIT",
    "libjack*": "LGPL-2.1-or-later",
    "libdb-5*": "Sleepycat",
    "libcrypto*": "Apache-2.0",
    "libssl*": "Apache-2.0",
    "libffi*": "MIT",
    "libsqlite3*": "blessing",
    "libbz2*": "bzip2-1.0.6",
    "liblzma*": "0BSD",
    "libxcb*": "MIT",
    "libxkbcommon*": "MIT",
    "libzstd*": "BSD-3-Clause",
    "libgssapi_krb5*": "MIT",
    "libk5crypto*": "MIT",
    "libkrb5*": "MIT",
    "libcom_err*": "MIT",
    "libkeyutils*": "LGPL-2.0-or-later",
    "libbrotli*": "MIT",
}
"""Licences of what build.spec takes along of a Linux system, by the name of the file."""

WITHOUT_TEXT: Final = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tensorflow": ("Apache-2.0.txt", "tensorflow/THIRD_PARTY_NOTICES.txt"),
    "tensorflow-cpu": ("Apache-2.0.txt", "tensorflow/THIRD_PARTY_NOTICES.txt"),
    "flatbuffers": ("Apache-2.0.txt",),
}
"""Distributions that bring no text: files in ``packaging/licence_texts``, or in the program's site-packages."""

UNSAID: Final = {"namex": "Apache-2.0"}
"""Licences that a distribution states in its text alone."""
