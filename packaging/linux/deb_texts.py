"""The texts of the Debian package: control, copyright, changelog."""

from __future__ import annotations

import email.utils
import json
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product

REVISION: Final = "1"

MAINTAINER: Final = f"{product.AUTHORS} <genre-desktop@packages.invalid>"
"""The field has to have an address; the domain is one that never exists (RFC 2606)."""

DESCRIPTION: Final = (
    "Listens to music files and tells their genre, how sure it is and why: in a window with spectrogram, waveform and "
    "the genre over time, or on the command line. Whole libraries, live input and training on one's own genres "
    "included. Everything happens on the machine, without a network.",
    "The package brings its own Python, Qt and TensorFlow.",
)


def package_version() -> str:
    """Version of the program and of its packaging."""
    return f"{product.version()}-{REVISION}"


def control(*, architecture: str, depends: str, recommends: str, size_kb: int) -> str:
    """What dpkg knows of the package: https://www.debian.org/doc/debian-policy/ch-controlfields.html."""
    # No Homepage: there is none yet.
    fields = {
        "Package": product.PACKAGE,
        "Version": package_version(),
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size_kb),
        "Depends": depends,
        "Recommends": recommends,
        "Section": "sound",
        "Priority": "optional",
        "Description": "tell the genre of music, with a window and a command line\n" + _paragraphs(DESCRIPTION),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def changelog() -> str:
    """All versions: https://www.debian.org/doc/debian-policy/ch-source.html#debian-changelog-debian-changelog."""
    entries = []
    for version, date, news in product.RELEASES:
        day = email.utils.format_datetime(datetime.fromisoformat(date).replace(tzinfo=UTC))
        changes = "".join(f"  * {sentence}\n" for sentence in news)
        entries.append(
            f"{product.PACKAGE} ({version}-{REVISION}) unstable; urgency=medium\n\n{changes}\n -- {MAINTAINER}  {day}\n"
        )
    return "\n".join(entries)


def copyright_file(folder: Path) -> str:
    """Who holds what rights: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/.

    Parameters
    ----------
    folder : Path
        The program's; its list of licences (`genre_desktop.core.third_party`) is taken over.

    Returns
    -------
    str
    """
    parts = _parts(folder)
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {product.NAME}
Upstream-Contact: {MAINTAINER}
Comment:
{textwrap.indent(parts, " ")}

Files: *
Copyright: 2026 {product.AUTHORS} and the authors of the bundled parts
License: GPL-3+
Comment:
 Genre Desktop's own code and models are under the licence that stands below as Expat. The
 bundled FFmpeg contains x264 and x265, which puts the whole under the GPL.

Files: usr/share/metainfo/*
Copyright: 2026 {product.AUTHORS}
License: CC0-1.0

License: GPL-3+
 This program is free software: you can redistribute it and/or modify it under the terms of the
 GNU General Public License as published by the Free Software Foundation, either version 3 of the
 License, or (at your option) any later version.
 .
 On Debian systems the full text stands in /usr/share/common-licenses/GPL-3.

License: CC0-1.0
 On Debian systems the full text stands in /usr/share/common-licenses/CC0-1.0.

License: Expat
{_licence_text((product.ROOT / "LICENSE").read_text(encoding="utf-8"))}
"""


def _parts(folder: Path) -> str:
    licences = folder / "_internal" / "licences"
    index = licences / "index.json"
    if not index.is_file():
        raise SystemExit(f"{index} is missing: the package has to name the licences of what it brings")
    lines = [
        f"{part['name']} {part['version']}: {part['licence'] or 'see its text'}"
        for part in json.loads(index.read_text(encoding="utf-8"))
    ]
    home = f"/usr/lib/{product.PACKAGE}/_internal/licences"
    return f"The package brings these parts along; their licences stand in {home}:\n.\n" + "\n".join(lines)


def _paragraphs(paragraphs: tuple[str, ...]) -> str:
    wrapped = (textwrap.fill(paragraph, 76, initial_indent=" ", subsequent_indent=" ") for paragraph in paragraphs)
    return "\n .\n".join(wrapped)


def _licence_text(text: str) -> str:
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())
