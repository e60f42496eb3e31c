"""The files by which a Linux desktop knows the program: menu entry, icons, types of files, description, manual."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import make_icon
import product
import sound_types

HERE = Path(__file__).resolve().parent


def desktop_entry() -> str:
    """The menu entry: https://specifications.freedesktop.org/desktop-entry-spec/latest/."""
    types = "".join(f"{name};" for name in sound_types.mime_types())
    return _filled("genre-desktop.desktop.in", MIME_TYPES=types)


def metainfo() -> str:
    """What a software centre shows, in AppStream's form."""
    releases = [
        f'    <release version="{version}" date="{date}">\n      <description>\n'
        + "".join(f"        <p>{escape(sentence)}</p>\n" for sentence in news)
        + "      </description>\n    </release>"
        for version, date, news in product.RELEASES
    ]
    return _filled(
        "metainfo.xml.in",
        ID=product.COMPONENT_ID,
        SUMMARY=product.SUMMARY,
        AUTHORS=product.AUTHORS,
        PROVIDED_TYPES="\n".join(f"    <mediatype>{name}</mediatype>" for name in sound_types.mime_types()),
        RELEASES="\n".join(releases),
    )


def manual() -> str:
    """The manual page."""
    version, date, _ = product.RELEASES[0]
    return _filled("genre-desktop.1.in", VERSION=version, DATE=date)


def write_share(share: Path) -> list[Path]:
    """Write all of them.

    Parameters
    ----------
    share : Path
        What becomes ``/usr/share`` or ``~/.local/share``.

    Returns
    -------
    list of Path
        The files, in the order of their names.
    """
    icons = share / "icons" / "hicolor"
    files = {
        share / "applications" / f"{product.PACKAGE}.desktop": desktop_entry().encode(),
        share / "metainfo" / f"{product.COMPONENT_ID}.metainfo.xml": metainfo().encode(),
        share / "mime" / "packages" / f"{product.PACKAGE}.xml": (HERE / "mime.xml").read_bytes(),
        icons / "scalable" / "apps" / f"{product.PACKAGE}.svg": make_icon.DRAWING.read_bytes(),
        share / "man" / "man1" / f"{product.CONSOLE}.1.gz": gzip.compress(manual().encode(), 9, mtime=0),
        share / "man" / "man1" / f"{product.WINDOW}.1.gz": gzip.compress(
            f".so man1/{product.CONSOLE}.1\n".encode(), 9, mtime=0
        ),
    }
    for size in make_icon.LINUX_SIZES:
        files[icons / f"{size}x{size}" / "apps" / f"{product.PACKAGE}.png"] = make_icon.png(size)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sorted(files)


def _filled(template: str, **values: str) -> str:
    text = (HERE / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text
