"""One list of types, and every system is told of all of it."""

from __future__ import annotations

import configparser
import plistlib
import re
from xml.etree import ElementTree

import info_plist
import make_installer
import menu
import sound_types

from genre_desktop.library.scan.playlist import is_playlist
from genre_desktop.library.scan.scan import AUDIO_ENDINGS


def test_every_ending_that_is_read_has_a_type_or_is_a_film() -> None:
    told = [ending for kind in sound_types.SOUND_TYPES for ending in kind.endings]
    assert sorted([*told, *sound_types.FILM_ENDINGS]) == sorted(AUDIO_ENDINGS)


def test_playlists_are_those_that_are_read() -> None:
    told = [ending for kind in sound_types.PLAYLIST_TYPES for ending in kind.endings]
    assert all(is_playlist("a" + ending) for ending in told)
    assert sorted(told) == [".m3u", ".m3u8", ".pls", ".xspf"]


def test_a_type_is_told_once() -> None:
    for values in (list(sound_types.mime_types()), list(sound_types.endings())):
        assert len(values) == len(set(values))


def test_the_menu_entry_opens_all_types_and_no_folders() -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(menu.desktop_entry())
    entry = parser["Desktop Entry"]
    # An entry in a user's home comes before the system's: where no default is set, folders would open here.
    assert entry["MimeType"].rstrip(";").split(";") == list(sound_types.mime_types())
    assert entry["Exec"] == "genre-desktop-window %F"
    assert entry["Icon"] == entry["StartupWMClass"] == "genre-desktop"
    assert {"de", "es"} <= set(re.findall(r"^Keywords\[(\w+)\]", menu.desktop_entry(), re.MULTILINE))


def test_types_declared_for_the_system_are_types_that_are_opened() -> None:
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    root = ElementTree.parse(menu.HERE / "mime.xml").getroot()
    declared = {kind.get("type"): [g.get("pattern") for g in kind.iter(space + "glob")] for kind in root}
    assert set(declared) <= set(sound_types.mime_types())
    patterns = [pattern for globs in declared.values() for pattern in globs]
    assert {f"*{ending}" for ending in sound_types.endings()} >= set(patterns)


def test_windows_is_told_of_each_ending_twice() -> None:
    text = make_installer.open_with()
    assert re.findall(r'Classes\\(\.[\w+]+)\\OpenWithProgids"', text) == list(sound_types.endings())
    assert re.findall(r'SupportedTypes"; ValueType: string; ValueName: "(\.[\w+]+)"', text) == list(
        sound_types.endings()
    )
    # A default value would take the files from another program.
    assert "uninsdeletekey" not in text
    assert all("ValueName" in line for line in text.splitlines())


def test_macos_knows_or_is_told_of_each_type() -> None:
    plist = plistlib.loads(plistlib.dumps(info_plist.info_plist("1.2.3")))
    kinds = sound_types.SOUND_TYPES + sound_types.PLAYLIST_TYPES
    imported = {
        entry["UTTypeIdentifier"]: entry["UTTypeTagSpecification"]["public.filename-extension"]
        for entry in plist["UTImportedTypeDeclarations"]
    }
    for kind in kinds:
        assert kind.is_apples or [f".{ending}" for ending in imported[kind.apple_type]] == list(kind.endings)
        assert not (kind.is_apples and kind.apple_type in imported)
    documents = plist["CFBundleDocumentTypes"]
    assert all(entry["LSHandlerRank"] == "Alternate" for entry in documents)
    assert {"public.audio", "public.folder"} <= {name for entry in documents for name in entry["LSItemContentTypes"]}
