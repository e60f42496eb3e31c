from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import FolderUnreadableError, PlaylistUnreadableError
from genre_desktop.library.scan.scan import AUDIO_ENDINGS, scan, unreadable_error
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="names and links of POSIX systems")


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_walks_in_order_files_before_folders(tmp_path: Path) -> None:
    expected = [
        touch(tmp_path / "b.wav"),
        touch(tmp_path / "z.mp3"),
        touch(tmp_path / "a" / "1.flac"),
        touch(tmp_path / "a" / "deeper" / "2.ogg"),
        touch(tmp_path / "c" / "3.m4a"),
    ]
    assert list(scan([tmp_path])) == expected


def test_endings_count_in_any_case_and_others_are_left_out(tmp_path: Path) -> None:
    loud = touch(tmp_path / "LOUD.WAV")
    mixed = touch(tmp_path / "mixed.Mp3")
    for name in ("cover.jpg", "notes.txt", "wav", "song.mp3.part", "list.m3u"):
        touch(tmp_path / name)
    assert list(scan([tmp_path])) == [loud, mixed]


def test_endings_are_lower_case_with_their_dot() -> None:
    assert {".wav", ".aiff", ".flac", ".opus", ".mp3", ".m4a", ".wma", ".mka", ".w64"} <= AUDIO_ENDINGS
    assert all(ending.startswith(".") and ending == ending.lower() for ending in AUDIO_ENDINGS)


def test_named_files_pass_whatever_they_are(tmp_path: Path) -> None:
    text = touch(tmp_path / "song.txt")
    hidden = touch(tmp_path / ".hidden")
    missing = tmp_path / "missing.wav"
    assert list(scan([text, missing, hidden])) == [text, missing, hidden]


def test_hidden_and_foreign_folders_are_passed_over_but_not_when_named(tmp_path: Path) -> None:
    for folder in (".git", "__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information"):
        touch(tmp_path / folder / "x.wav")
    touch(tmp_path / "._x.wav")
    seen = touch(tmp_path / "x.wav")
    assert list(scan([tmp_path])) == [seen]
    assert list(scan([tmp_path / ".git"])) == [tmp_path / ".git" / "x.wav"]


def test_a_folder_with_the_ending_of_a_sound_file_is_walked(tmp_path: Path) -> None:
    inside = touch(tmp_path / "album.mp3" / "1.wav")
    assert list(scan([tmp_path])) == [inside]


@needs_posix
def test_link_loops_end_and_a_folder_is_walked_once(tmp_path: Path) -> None:
    song = touch(tmp_path / "music" / "song.wav")
    (tmp_path / "music" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "music" / "self").symlink_to(tmp_path / "music", target_is_directory=True)
    (tmp_path / "other").symlink_to(tmp_path / "music", target_is_directory=True)
    assert list(scan([tmp_path])) == [song]


@needs_posix
def test_links_that_lead_nowhere_are_passed_on(tmp_path: Path) -> None:
    loop = tmp_path / "loop.wav"
    loop.symlink_to(loop)
    broken = tmp_path / "broken.wav"
    broken.symlink_to(tmp_path / "gone.wav")
    assert list(scan([tmp_path])) == [broken, loop]


@needs_posix
def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    name = b"caf\xe9.wav"
    try:
        open(os.path.join(os.fsencode(tmp_path), name), "wb").close()
    except OSError as error:
        pytest.skip(f"this file system refuses such names: {error}")
    (found,) = scan([tmp_path])
    assert os.fsencode(found.name) == name


@needs_posix
def test_deeper_than_recursion_and_path_length_allow(tmp_path: Path) -> None:
    # Short of the kernel's limit a file is found; what lies beyond is reported and passed over.
    descriptor = os.open(tmp_path, os.O_RDONLY)
    folder, depth, found_at = "d" * 50, 100, []
    try:
        for level in range(depth):
            os.mkdir(folder, dir_fd=descriptor)
            below = os.open(folder, os.O_RDONLY, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = below
            if level % 30 == 0:
                found_at.append(level + 1)
                os.close(os.open("x.wav", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor))
    finally:
        os.close(descriptor)
    skipped: list[tuple[Path, str]] = []
    found = list(scan([tmp_path], on_unreadable=lambda path, reason: skipped.append((path, reason))))
    assert [len(path.relative_to(tmp_path).parts) - 1 for path in found] == found_at[: len(found)]
    assert len(found) >= 2
    (sentence,) = (unreadable_error(*each).message for each in skipped)
    assert "longer than the system allows" in sentence and "permissions" not in sentence
    _remove_deep(tmp_path / folder)


def _remove_deep(top: Path) -> None:
    # shutil.rmtree, and with it pytest's own tidying, gives up on such paths.
    home = os.getcwd()
    depth = 0
    try:
        os.chdir(top)
        while subfolders := [entry.name for entry in os.scandir() if entry.is_dir()]:
            os.chdir(subfolders[0])
            depth += 1
        for _ in range(depth):
            for entry in os.scandir():
                os.rmdir(entry.name) if entry.is_dir() else os.unlink(entry.name)
            os.chdir("..")
    finally:
        os.chdir(home)


def test_many_levels_need_no_recursion(tmp_path: Path) -> None:
    # One letter a level: more levels than Python's recursion limit within the path length.
    folder = tmp_path
    base = len(os.fspath(tmp_path))
    levels = min(1500, (3900 - base) // 2) if sys.platform != "win32" else 50
    home = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(levels):
            os.mkdir("d")
            os.chdir("d")
            folder = folder / "d"
        open("x.wav", "w").close()
    finally:
        os.chdir(home)
    assert levels < 100 or levels > sys.getrecursionlimit()
    assert list(scan([tmp_path])) == [folder / "x.wav"]
    _remove_deep(tmp_path / "d")


@needs_posix
def test_unlistable_folder_is_reported_and_the_walk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "locked" / "x.wav")
    after = touch(tmp_path / "open" / "y.wav")
    real = os.scandir

    # Not by chmod: the tests may run as root, whom no permission stops.
    def scandir(path: str) -> os._ScandirIterator[str]:
        if os.path.basename(path) == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    skipped: list[tuple[Path, str]] = []
    assert list(scan([tmp_path], on_unreadable=lambda path, reason: skipped.append((path, reason)))) == [after]
    assert skipped == [(tmp_path / "locked", "you may not read it. Check its permissions")]
    assert list(scan([tmp_path])) == [after]


def test_is_streamed_and_can_be_cancelled(tmp_path: Path) -> None:
    for number in range(20):
        touch(tmp_path / f"{number // 5}" / f"{number:02}.wav")
    cancelled = False
    walk = scan([tmp_path], is_cancelled=lambda: cancelled)
    assert next(walk) == tmp_path / "0" / "00.wav"
    cancelled = True
    assert list(walk) == []


def test_what_was_passed_over_is_counted_with_its_reason(tmp_path: Path) -> None:
    for name in ("b.mp3", "a.wav", "cover.jpg", "x.JPG", "read me", "._a.wav", "old.m3u", "Dr. Feel good"):
        touch(tmp_path / name)
    touch(tmp_path / ".git" / "1.wav")
    touch(tmp_path / "__MACOSX" / "2.wav")
    tally = ScanTally()
    assert len(list(scan([tmp_path], tally=tally))) == tally.n_found == 2
    assert tally.count(PassedOver.OTHER_KIND) == 4
    assert tally.endings() == [(".jpg", 2), ("", 2)]
    assert tally.count(PassedOver.HIDDEN) == 2
    assert tally.examples(PassedOver.SYSTEM_FOLDER) == (str(tmp_path / "__MACOSX"),)
    assert tally.examples(PassedOver.PLAYLIST_IN_FOLDER) == (str(tmp_path / "old.m3u"),)
    assert tally.n_passed_over == 8
    assert tally.sentence == (
        "2 found, 8 skipped: 4 files of other kinds (.jpg), 2 hidden, 1 folder of the system, 1 playlist in a folder"
    )


@needs_posix
def test_links_seen_before_and_unlistable_folders_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "music" / "x.wav")
    (tmp_path / "zz").symlink_to(tmp_path / "music", target_is_directory=True)
    (tmp_path / "locked").mkdir()
    real = os.scandir

    def scandir(path: str) -> os._ScandirIterator[str]:
        if os.path.basename(path) == "locked":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    tally = ScanTally()
    assert len(list(scan([tmp_path, tmp_path / "music"], tally=tally))) == 1
    assert tally.examples(PassedOver.SEEN_BEFORE) == (str(tmp_path / "zz"), str(tmp_path / "music"))
    assert tally.sentence == "1 found, 3 skipped: 2 seen before, 1 that could not be read"


def test_a_named_playlist_is_read_into_its_files(tmp_path: Path) -> None:
    first, second, missing = touch(tmp_path / "a" / "1.mp3"), touch(tmp_path / "2.txt"), tmp_path / "gone.mp3"
    (tmp_path / "LIST.M3U8").write_text("a/1.mp3\n2.txt\ngone.mp3\nhttp://example.org/x.mp3\na\na/1.mp3\n")
    tally = ScanTally()
    assert list(scan([tmp_path / "LIST.M3U8"], tally=tally)) == [first, second, missing]
    assert tally.examples(PassedOver.NOT_LOCAL) == ("http://example.org/x.mp3",)
    assert tally.examples(PassedOver.OTHER_KIND) == (str(tmp_path / "a"),)  # a folder is not walked for a list
    assert tally.examples(PassedOver.SEEN_BEFORE) == (str(first),)


def test_playlists_in_playlists_are_read_once_and_loops_end(tmp_path: Path) -> None:
    songs = [touch(tmp_path / f"{number}.mp3") for number in range(3)]
    (tmp_path / "a.m3u").write_text("0.mp3\nb.m3u\n2.mp3\na.m3u\n")
    (tmp_path / "b.m3u").write_text("a.m3u\n1.mp3\nb.m3u\n")
    tally = ScanTally()
    assert list(scan([tmp_path / "a.m3u", tmp_path / "b.m3u"], tally=tally)) == songs
    assert tally.count(PassedOver.SEEN_BEFORE) == 4


def test_a_chain_of_playlists_longer_than_recursion_allows(tmp_path: Path) -> None:
    n = sys.getrecursionlimit() + 100
    for number in range(n):
        (tmp_path / f"{number}.m3u").write_text(f"{number + 1}.m3u\n")
    (tmp_path / f"{n}.m3u").write_text("song.mp3\n")
    assert list(scan([tmp_path / "0.m3u"])) == [tmp_path / "song.mp3"]


def test_an_unreadable_playlist_is_reported_and_the_walk_goes_on(tmp_path: Path) -> None:
    (tmp_path / "bad.m3u").write_bytes(b"\0\0")
    song = touch(tmp_path / "x.wav")
    skipped: list[tuple[Path, str]] = []
    tally = ScanTally()
    walk = scan([tmp_path / "bad.m3u", song], on_unreadable=lambda *each: skipped.append(each), tally=tally)
    assert list(walk) == [song]
    assert skipped == [(tmp_path / "bad.m3u", "it is not text")]
    assert tally.examples(PassedOver.UNREADABLE) == (str(tmp_path / "bad.m3u"),)
    assert isinstance(unreadable_error(*skipped[0]), PlaylistUnreadableError)
    assert isinstance(unreadable_error(tmp_path, "x"), FolderUnreadableError)


def test_a_missing_playlist_is_yielded_for_the_decoder_to_report(tmp_path: Path) -> None:
    assert list(scan([tmp_path / "gone.m3u"])) == [tmp_path / "gone.m3u"]


def test_a_folder_with_the_ending_of_a_playlist_is_walked(tmp_path: Path) -> None:
    inside = touch(tmp_path / "x.m3u" / "1.wav")
    assert list(scan([tmp_path / "x.m3u"])) == [inside]


def test_a_file_is_yielded_once_whether_named_or_found(tmp_path: Path) -> None:
    song, other, text = touch(tmp_path / "x.wav"), touch(tmp_path / "y.wav"), touch(tmp_path / "z.txt")
    assert list(scan([song, song])) == [song]
    assert list(scan([song, tmp_path])) == [song, other]
    # A text file and a missing one were not found in the folder: they are passed on as named.
    assert list(scan([tmp_path, song, text, tmp_path / "gone.wav"])) == [song, other, text, tmp_path / "gone.wav"]


def test_a_named_file_of_an_unlistable_folder_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song = touch(tmp_path / "x.wav")

    def scandir(path: str) -> os._ScandirIterator[str]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert list(scan([tmp_path, song])) == [song]


def test_sentences_of_a_tally() -> None:
    tally = ScanTally()
    assert tally.sentence == "0 found"
    tally.n_found = 1234
    assert tally.sentence == "1,234 found"
    for number in range(5):
        tally.pass_over(PassedOver.OTHER_KIND, f"x.{'abcde'[number]}")
    tally.pass_over(PassedOver.NOT_LOCAL, "http://x")
    assert tally.sentence == "1,234 found, 6 skipped: 5 files of other kinds (.a, .b, .c …), 1 on the network"


def test_a_tally_is_bounded_in_size() -> None:
    tally = ScanTally()
    for number in range(5000):
        tally.pass_over(PassedOver.OTHER_KIND, f"x.{number}")
    assert tally.n_passed_over == 5000
    assert sum(n for _, n in tally.endings()) == 5000
    assert len(tally.endings()) <= 201
    assert len(tally.examples(PassedOver.OTHER_KIND)) == 5


names = st.text("abcXYZé.", min_size=1, max_size=4).filter(lambda name: name.strip("."))
trees = st.recursive(
    st.sampled_from([".wav", ".MP3", ".txt", ".flac", ""]),
    lambda children: st.dictionaries(names, children, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tree=st.dictionaries(names, trees, max_size=5))
def test_finds_what_a_plain_recursion_finds(tmp_path_factory: pytest.TempPathFactory, tree: dict[str, object]) -> None:
    root = tmp_path_factory.mktemp("tree")

    def grow(folder: Path, content: dict[str, object]) -> None:
        for name, value in content.items():
            if isinstance(value, dict):
                if not (folder / name).exists():
                    (folder / name).mkdir()
                    grow(folder / name, value)
            elif not (folder / (name + str(value))).is_dir():
                (folder / (name + str(value))).touch()

    grow(root, tree)
    expected = {
        path
        for path in root.rglob("*")
        if path.is_file()
        and os.path.splitext(path.name)[1].lower() in AUDIO_ENDINGS
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
    found = list(scan([root]))
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert found == list(scan([root]))


def test_a_file_under_two_spellings_is_yielded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "a.mp3").touch()
    monkeypatch.chdir(tmp_path)
    for named in (Path("music/a.mp3"), Path("music/../music/a.mp3"), tmp_path / "music" / "a.mp3"):
        assert len(list(scan([named, tmp_path / "music"]))) == 1
        assert len(list(scan([tmp_path / "music", named]))) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_upwards_is_not_followed(tmp_path: Path) -> None:
    named = tmp_path / "library" / "album"
    named.mkdir(parents=True)
    (named / "a.mp3").touch()
    (named.parent / "other.mp3").touch()
    (named / "loop").symlink_to(named.parent)
    (named / "self").symlink_to(named)
    aside = tmp_path / "aside"
    aside.mkdir()
    (aside / "b.mp3").touch()
    (named / "aside").symlink_to(aside)
    assert [path.name for path in scan([named])] == ["a.mp3", "b.mp3"]
