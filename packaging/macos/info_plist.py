"""What macOS is told of the application: Info.plist, and its sentences in other languages.

https://developer.apple.com/documentation/bundleresources/information-property-list
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product
import sound_types

OLDEST_MACOS: Final = "14.0"
"""The wheels of SciPy and scikit-learn for arm64 that constraints.txt pins ask for it."""

MICROPHONE: Final = {
    "en": "Live mode listens to the microphone or another input to tell the genre of what plays. The sound stays on "
    "this Mac.",
    "de": "Der Live-Modus hört das Mikrofon oder einen anderen Eingang an, um das Genre dessen zu bestimmen, was "
    "läuft. Der Klang bleibt auf diesem Mac.",
    "es": "El modo en directo escucha el micrófono u otra entrada para reconocer el género de lo que suena. El sonido "
    "no sale de este Mac.",
}
"""Shown when macOS asks for permission; without it the process is ended at the first access to an input."""


def info_plist(version: str) -> dict[str, Any]:
    """The keys beyond PyInstaller's own, for ``BUNDLE(info_plist=...)``.

    Parameters
    ----------
    version : str
        The program's.

    Returns
    -------
    dict
    """
    return {
        "CFBundleName": product.NAME,
        "CFBundleDisplayName": product.NAME,
        "CFBundleIdentifier": product.COMPONENT_ID,
        # PyInstaller takes the first of the two executables, and keeps a program with a console out of the Dock.
        "CFBundleExecutable": product.WINDOW,
        "LSBackgroundOnly": False,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        # Without these macOS takes the program for English only, and shows its own dialogs in English.
        "CFBundleLocalizations": sorted(MICROPHONE),
        "NSHumanReadableCopyright": f"{product.COPYRIGHT}. GPL-3.0-or-later as a whole.",
        "LSApplicationCategoryType": "public.app-category.music",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSMicrophoneUsageDescription": MICROPHONE["en"],
        # The window has a dark theme of its own and follows the system's.
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            # Types that are declared, here or by the system, as kinds of sound are covered by their parent.
            _document("Sound file", ["public.audio"]),
            _document("Playlist", [kind.apple_type for kind in sound_types.PLAYLIST_TYPES]),
            _document("Folder of music", ["public.folder"]),
        ],
        "UTImportedTypeDeclarations": [
            *(_import(kind, "public.audio") for kind in sound_types.SOUND_TYPES if not kind.is_apples),
            *(_import(kind, "public.playlist") for kind in sound_types.PLAYLIST_TYPES if not kind.is_apples),
        ],
    }


def write_strings(resources: Path) -> list[Path]:
    """Write ``LANGUAGE.lproj/InfoPlist.strings``, where macOS looks for Info.plist's sentences.

    Parameters
    ----------
    resources : Path
        ``Contents/Resources`` of the bundle.

    Returns
    -------
    list of Path
    """
    paths = []
    for language, sentence in MICROPHONE.items():
        path = resources / f"{language}.lproj" / "InfoPlist.strings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"NSMicrophoneUsageDescription" = "{sentence}";\n', encoding="utf-8")
        paths.append(path)
    return paths


def _document(name: str, types: list[str]) -> dict[str, Any]:
    return {
        "CFBundleTypeName": name,
        # Files are read and never written.
        "CFBundleTypeRole": "Viewer",
        # Offered under "Open With" and never the default.
        "LSHandlerRank": "Alternate",
        "LSItemContentTypes": types,
    }


def _import(kind: sound_types.FileType, parent: str) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": kind.apple_type,
        "UTTypeDescription": kind.name,
        "UTTypeConformsTo": [parent],
        "UTTypeTagSpecification": {
            "public.filename-extension": [ending.removeprefix(".") for ending in kind.endings],
            "public.mime-type": list(kind.mime_types),
        },
    }
