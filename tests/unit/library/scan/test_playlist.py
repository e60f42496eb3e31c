from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import PlaylistUnreadableError
from genre_desktop.library.scan import playlist
from genre_desktop.library.scan.playlist import PlaylistTrack, is_playlist, m3u8_content, read_playlist

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="names and separators of POSIX systems")


def listed(folder: Path, content: str | bytes, name: str = "list.m3u") -> list[str]:
    """What a playlist in a folder lists, relative to that folder where it is inside."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        os.path.relpath(each, folder) if each.startswith(str(folder)) else each for each in read_playlist(path).paths
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.m3u", True), ("A.M3U8", True), ("x.Pls", True), ("x.xspf", True), ("m3u", False), ("x.mp3", False)],
)
def test_endings(name: str, expected: bool) -> None:
    assert is_playlist(name) is expected


def test_comments_blank_lines_and_line_ends(tmp_path: Path) -> None:
    content = "#EXTM3U\r\n#EXTINF:12,Someone - Song\r\n  a.mp3 \r\n\r\nsub/b.mp3\r# c\n./c.mp3"
    assert listed(tmp_path, content) == ["a.mp3", "sub/b.mp3", "c.mp3"]


def test_relative_to_the_playlist_and_not_to_where_the_program_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "x.m3u").write_text("../song.mp3\n")
    monkeypatch.chdir(tmp_path)
    (found,) = read_playlist("lists/x.m3u").paths
    assert os.path.normpath(found) == "song.mp3"


@needs_posix
def test_absolute_paths_and_file_urls(tmp_path: Path) -> None:
    content = (
        "/music/a.mp3\nfile:///music/with%20space.mp3\nFILE://localhost/music/b%C3%A9.mp3\nfile:/music/100%25?#.mp3\n"
    )
    assert listed(tmp_path, content) == ["/music/a.mp3", "/music/with space.mp3", "/music/bé.mp3", "/music/100%?#.mp3"]


def test_entries_of_the_network_are_separated(tmp_path: Path) -> None:
    path = tmp_path / "x.m3u"
    path.write_text("http://example.org/a.mp3\nRTSP://example.org/b\na:b.mp3\n")
    content = read_playlist(path)
    assert content.addresses == ("http://example.org/a.mp3", "RTSP://example.org/b")
    assert [os.path.basename(each) for each in content.paths] == ["a:b.mp3"]


@needs_posix
def test_a_file_url_of_another_computer_is_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "x.m3u").write_text("file://server/share/a.mp3\n")
    assert read_playlist(tmp_path / "x.m3u").addresses == ("file://server/share/a.mp3",)


def test_the_reading_at_which_a_file_exists_is_taken(tmp_path: Path) -> None:
    for name in ("50%25.mp3", "b c.mp3"):
        (tmp_path / name).touch()
    assert listed(tmp_path, "50%25.mp3\nb%20c.mp3\ngone%20d.mp3\n100% e.mp3\n") == [
        "50%25.mp3",
        "b c.mp3",
        "gone%20d.mp3",
        "100% e.mp3",
    ]


@needs_posix
def test_separators_of_windows(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.mp3").touch()
    (tmp_path / "odd\\name.mp3").touch()
    assert listed(tmp_path, "sub\\a.mp3\nodd\\name.mp3\n") == ["sub/a.mp3", "odd\\name.mp3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert listed(tmp_path, "#EXTM3U\ncafé ’n’ œuvre.mp3\nb.mp3\n".encode(encoding)) == ["café ’n’ œuvre.mp3", "b.mp3"]


def test_a_mark_before_the_first_name_is_none_of_it(tmp_path: Path) -> None:
    assert listed(tmp_path, b"\xef\xbb\xbfa.mp3\n") == ["a.mp3"]


def test_lines_of_different_encodings(tmp_path: Path) -> None:
    assert listed(tmp_path, "ä.mp3\n".encode() + "ö.mp3\n".encode("cp1252")) == ["ä.mp3", "ö.mp3"]


@needs_posix
def test_the_very_bytes_of_a_name(tmp_path: Path) -> None:
    raw = b"caf\xe9.mp3"
    try:
        open(os.path.join(os.fsencode(tmp_path), raw), "wb").close()
    except OSError as error:
        pytest.skip(f"this file system refuses such names: {error}")
    assert [os.fsencode(each) for each in listed(tmp_path, raw + b"\n" + b"caf%E9.mp3\n")] == [raw, raw]


def test_pls(tmp_path: Path) -> None:
    content = (
        "[playlist]\nNumberOfEntries=3\nFile2=b.mp3\nfile1 = a.mp3\nTitle1=x\nFile10=http://h/x\nFile3=\nVersion=2\n"
    )
    assert listed(tmp_path, content, "x.pls") == ["a.mp3", "b.mp3"]


XSPF = (
    '<?xml version="1.0" encoding="UTF-8"?><playlist version="1" xmlns="http://xspf.org/ns/0/">'
    "<location>http://me/</location><trackList>{}</trackList></playlist>"
)


def test_xspf(tmp_path: Path) -> None:
    tracks = (
        "<track><title>T</title><location> a%20b.mp3 </location></track>"
        "<track><location>http://x/1.mp3</location><location>c&amp;d.mp3</location></track>"
        "<track><extension><location>no.mp3</location></extension></track>"
        "<track><location>http://x/2.mp3</location></track><track/>"
        "<track><location>f%2525é.mp3</location></track>"
    )
    assert listed(tmp_path, XSPF.format(tracks), "x.xspf") == ["a b.mp3", "c&d.mp3", "f%25é.mp3"]
    assert read_playlist(tmp_path / "x.xspf").addresses == ("http://x/2.mp3",)


BOMB = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB + XSPF.format("<track><location>&b;</location></track>").partition("?>")[2], "document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><playlist/>', "document type"),
        ("<playlist><trackList>", "no element|unclosed"),
        ("no xml", "syntax|not well-formed"),
        ('<?xml version="1.0" encoding="nonsense"?><playlist/>', "nonsense|encoding"),
        ("", "no element"),
    ],
)
def test_xml_that_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "x.xspf").write_text(content)
    with pytest.raises(PlaylistUnreadableError, match=reason):
        read_playlist(tmp_path / "x.xspf")


def test_deep_xml_is_no_recursion(tmp_path: Path) -> None:
    deep = "<track>" * 100_000 + "<location>a.mp3</location>" + "</track>" * 100_000
    assert listed(tmp_path, XSPF.format(deep), "x.xspf") == ["a.mp3"]


def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlaylistUnreadableError, match=r"GD-306.*No such file"):
        read_playlist(tmp_path / "missing.m3u")
    with pytest.raises(PlaylistUnreadableError, match="not text"):
        listed(tmp_path, b"RIFF\0\0\0")
    with pytest.raises(PlaylistUnreadableError, match="GD-306"):
        listed(tmp_path, b"\xff\xfea")  # half a character
    monkeypatch.setattr(playlist, "MAX_BYTES", 2_000_000)
    listed(tmp_path, b"#" * 2_000_000)
    with pytest.raises(PlaylistUnreadableError, match="larger than 2 MB"):
        listed(tmp_path, b"#" * 2_000_001)


def test_written_playlists() -> None:
    tracks = [
        PlaylistTrack("a/b.mp3", "Some\none -  Song", 61.6),
        PlaylistTrack("#1.mp3"),
        PlaylistTrack("caf\udce9.mp3", "\ud800", None),
        PlaylistTrack("http:/example.org/a.mp3", "x\r\n#EXT-X-MEDIA:URI=y\x85z\u2028", 1.0),
        PlaylistTrack("C:/a.mp3", "", 1.0),
    ]
    assert m3u8_content(tracks, ["two\nlines"]) == (
        b"#EXTM3U\n#two lines\n#EXTINF:62,Some one - Song\na/b.mp3\n#EXTINF:-1,\n./#1.mp3\n#EXTINF:-1,?\ncaf\xe9.mp3\n"
        b"#EXTINF:1,x #EXT-X-MEDIA:URI=y z\n./http:/example.org/a.mp3\n#EXTINF:1,\nC:/a.mp3\n"
    )
    with pytest.raises(ValueError, match="line break"):
        m3u8_content([PlaylistTrack("a\nb.mp3")])


@needs_posix
@pytest.mark.parametrize("name", ["blank.mp3 ", " blank.mp3", "\tblank.mp3\t", "blank.mp3\u2003", " ", "a /b.mp3"])
def test_blanks_around_a_name_are_read_as_they_were_written(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    content = m3u8_content([PlaylistTrack(name)])
    assert listed(tmp_path, content) == [name]
    (tmp_path / name.strip()).touch() if name.strip() else None
    assert listed(tmp_path, content) == [name]


@needs_posix
def test_blanks_that_somebody_else_put_around_a_name_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    (tmp_path / "c.mp3 ").touch()
    assert listed(tmp_path, " a.mp3 \n\tgone.mp3 \n # comment\n  \nc.mp3 ") == ["a.mp3", "gone.mp3", "c.mp3 "]
    assert listed(tmp_path, "[playlist]\nFile1= a.mp3 \nFile2=c.mp3 \nFile3= \n", "x.pls") == ["a.mp3", "c.mp3 "]
    (address,) = read_playlist(_written(tmp_path / "x.m3u", "  http://example.org/a.mp3  \n")).addresses
    assert address == "http://example.org/a.mp3"


def _written(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


@needs_posix
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.text(st.characters(exclude_characters="/\0\r\n", exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
            lambda name: name not in (".", "..") and len(name.encode()) < 200
        ),
        max_size=6,
        unique=True,
    ),
    title=st.text(),
)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, names: list[str], title: str) -> None:
    folder = tmp_path_factory.mktemp("lists")
    for name in names:
        (folder / name).touch()
    content = m3u8_content([PlaylistTrack(name, title, 1.0) for name in names])
    assert listed(folder, content, "the list.m3u8") == [os.path.normpath(name) for name in names]


@given(content=st.binary(max_size=300), ending=st.sampled_from([".m3u", ".pls", ".xspf"]))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"x{ending}"
    path.write_bytes(content)
    try:
        found = read_playlist(path)
    except PlaylistUnreadableError:
        return
    assert all("\0" not in each for each in found.paths)
