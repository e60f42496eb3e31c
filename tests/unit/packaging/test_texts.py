"""Versions, names and texts of the packages."""

from __future__ import annotations

import gzip
import re
import shutil
import struct
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import deb_texts
import info_plist
import make_icon
import menu
import product
import pytest
import version_info

from genre_desktop import __version__


def test_all_packages_have_the_programs_version() -> None:
    assert product.version() == __version__ == product.RELEASES[0][0]
    assert ElementTree.fromstring(menu.metainfo().encode()).findall("releases/release")[0].get("version") == __version__
    assert f"Genre Desktop {__version__}" in menu.manual()
    assert deb_texts.changelog().startswith(f"genre-desktop ({__version__}-")
    assert info_plist.info_plist(__version__)["CFBundleShortVersionString"] == __version__


def test_macos_opens_the_window() -> None:
    plist = info_plist.info_plist("1.2.3")
    assert (plist["CFBundleExecutable"], plist["LSBackgroundOnly"]) == (product.WINDOW, False)


def test_metainfo_names_what_is_installed() -> None:
    root = ElementTree.fromstring(menu.metainfo().encode())
    assert root.findtext("id") == product.COMPONENT_ID
    assert root.findtext("launchable") == "genre-desktop.desktop"
    assert [entry.text for entry in root.iter("binary")] == [product.CONSOLE, product.WINDOW]
    assert root.findtext("project_license") == "GPL-3.0-or-later"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {entry.get(language) for entry in root.findall("description/p")} == {None, "de", "es"}


def test_no_placeholder_is_left() -> None:
    for text in (menu.desktop_entry(), menu.metainfo(), menu.manual()):
        assert re.search(r"@[A-Z_]+@", text) is None


def test_all_of_the_share_folder_is_written(tmp_path: Path) -> None:
    files = menu.write_share(tmp_path)
    assert {path.parts[len(tmp_path.parts)] for path in files} == {"applications", "icons", "man", "metainfo", "mime"}
    for size in make_icon.LINUX_SIZES:
        icon = (tmp_path / f"icons/hicolor/{size}x{size}/apps/genre-desktop.png").read_bytes()
        # https://www.w3.org/TR/png-3/#11IHDR
        assert struct.unpack(">II", icon[16:24]) == (size, size)
    assert gzip.decompress((tmp_path / "man/man1/genre-desktop.1.gz").read_bytes()).startswith(b".TH GENRE")


def test_icons_of_windows_and_macos_are_those_of_the_drawing() -> None:
    committed = (product.ROOT / "packaging/windows/genre-desktop.ico").read_bytes()
    assert struct.unpack("<HHH", committed[:6]) == (0, 1, len(make_icon.WINDOWS_SIZES))
    for i, size in enumerate(make_icon.WINDOWS_SIZES):
        width, *_, length, place = struct.unpack("<BBBBHHII", committed[6 + 16 * i : 22 + 16 * i])
        assert width == size % 256
        assert committed[place : place + 4] == b"\x89PNG"
        assert struct.unpack(">I", committed[place + 16 : place + 20])[0] == size
        assert place + length <= len(committed)
    apple = (product.ROOT / "packaging/macos/genre-desktop.icns").read_bytes()
    assert apple[:4] == b"icns"
    assert struct.unpack(">I", apple[4:8])[0] == len(apple)
    place, sizes = 8, {}
    while place < len(apple):
        (length,) = struct.unpack(">I", apple[place + 4 : place + 8])
        (sizes[apple[place : place + 4]],) = struct.unpack(">I", apple[place + 24 : place + 28])
        place += length
    assert sizes == make_icon.APPLE_SIZES


@pytest.mark.parametrize(
    "command", (["desktop-file-validate"], ["appstreamcli", "validate", "--no-net"]), ids=lambda command: command[0]
)
def test_freedesktops_own_tools_agree(command: list[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    menu.write_share(tmp_path)
    pattern = "applications/*.desktop" if "desktop" in command[0] else "metainfo/*.xml"
    done = subprocess.run([*command, *map(str, tmp_path.glob(pattern))], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_resource_is_what_pyinstaller_reads(tmp_path: Path) -> None:
    path = version_info.write("1.2.3", tmp_path / "build" / "version.txt")
    names = "VSVersionInfo FixedFileInfo StringFileInfo StringTable StringStruct VarFileInfo VarStruct".split()
    # As PyInstaller.utils.win32.versioninfo does, whose classes exist on Windows alone.
    read = eval(path.read_text(), {name: lambda *a, _name=name, **k: (_name, a, k) for name in names})
    assert read[2]["ffi"][2]["filevers"] == (1, 2, 3, 0)
    strings = dict(entry[1] for entry in read[2]["kids"][0][1][0][0][1][1])
    assert strings["OriginalFilename"] == "genre-desktop-window.exe"
    assert strings["FileVersion"] == "1.2.3"


def test_windows_wants_three_numbers() -> None:
    assert version_info.numbers("1.2.3rc1") == (1, 2, 3, 0)
    with pytest.raises(ValueError, match="1\\.2\\.3"):
        version_info.numbers("1.2")


def test_macos_asks_for_the_microphone_in_each_language(tmp_path: Path) -> None:
    paths = info_plist.write_strings(tmp_path)
    assert [path.parent.name for path in paths] == ["en.lproj", "de.lproj", "es.lproj"]
    assert len({path.read_text(encoding="utf-8") for path in paths}) == 3
    for path in paths:
        assert re.fullmatch(r'"NSMicrophoneUsageDescription" = "[^"]+";\n', path.read_text(encoding="utf-8"))


def test_the_inno_setup_script_has_each_sentence_in_each_language() -> None:
    script = (product.ROOT / "packaging/windows/genre-desktop.iss").read_text(encoding="utf-8")
    said: dict[str, set[str]] = {}
    for language, name in re.findall(r"^(en|de|es)\.(\w+)=\S", script, re.MULTILINE):
        said.setdefault(name, set()).add(language)
    assert said
    assert all(languages == {"en", "de", "es"} for languages in said.values())
    used = set(re.findall(r"\{cm:(\w+)\}|CustomMessage\('(\w+)'\)", script))
    own = {first or second for first, second in used} - {"CreateDesktopIcon", "AdditionalIcons"}
    assert own == set(said)
