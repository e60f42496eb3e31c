import errno
import os
import re

import pytest

from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import (
    AddressNotPathError,
    AudioEmptyError,
    AudioIsFolderError,
    AudioNotFoundError,
    AudioPermissionError,
    AudioReadError,
    PathTooLongError,
)

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")


def _file(tmp_path, content=b"0123456789"):
    path = tmp_path / "x"
    path.write_bytes(content)
    return path


def test_decoders_see_the_file_from_its_base_on(tmp_path):
    with SourceFile(_file(tmp_path)) as source:
        source.start_at(4)
        assert source.size == 6
        assert source.read(2) == b"45"
        assert source.tell() == 2
        assert source.seek(-1, os.SEEK_END) == 5
        assert source.read(9) == b"9"
        assert source.seek(-2, os.SEEK_CUR) == 4
        assert source.peek_at(0, 3) == b"012"
        assert source.read(1) == b"8"  # peeking has moved nothing


def test_decoders_see_pieces_as_one_file(tmp_path):
    with SourceFile(_file(tmp_path)) as source:
        source.show([b"ab", (2, 4), b"", (9, 9), b"c", (8, 99)])
        source.show([b"ab", (2, 4), b"", (9, 9), b"c", (8, 10)])
        assert source.size == 7
        assert source.read() == b"ab23c89"
        assert source.seek(3) == 3
        assert source.read(3) == b"3c8"
        assert source.look_at(1, 3) == b"b23"
        assert source.tell() == 6
        source.show([])
        assert (source.size, source.read()) == (0, b"")


@pytest.mark.parametrize("offset", [-1, 10, 2**63, 2**80])
def test_nothing_is_outside_of_the_file(tmp_path, offset):
    with SourceFile(_file(tmp_path)) as source:
        assert source.peek_at(offset, 5) == b""
        assert source.look_at(offset, 5) == (b"01234" if offset < 0 else b"")
        assert source.read_error() is None


def test_a_pattern_is_found_across_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr("genre_desktop.audio.decode.source_file._SEARCH_BYTES", 4)
    with SourceFile(_file(tmp_path, b"xabcxxxabcxabcabc")) as source:
        assert list(source.find_all(re.compile(b"abc"), 0, 17, longest=3)) == [1, 7, 11, 14]
        assert list(source.find_all(re.compile(b"abc"), 2, 13, longest=3)) == [7]


@pytest.mark.parametrize(("offset", "whence", "lands"), [(-5, 0, 0), (99, 0, 10), (99, 2, 10), (-99, 1, 0), (1, 9, 1)])
def test_places_that_do_not_exist_are_the_nearest_that_do(tmp_path, offset, whence, lands):
    with SourceFile(_file(tmp_path)) as source:
        assert source.seek(offset, whence) == lands


@pytest.mark.parametrize("name", ["missing", "x/inside a file", "n" * 5_000, "null\0character"])
def test_what_is_not_there_is_not_found(tmp_path, name):
    _file(tmp_path)
    with pytest.raises(AudioNotFoundError) as caught:
        SourceFile(tmp_path / name)
    assert str(tmp_path) in str(caught.value)


def test_a_link_to_itself_is_not_found(tmp_path):
    loop = tmp_path / "loop"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(AudioNotFoundError):
        SourceFile(loop)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(AudioIsFolderError, match="folder"):
        SourceFile(tmp_path)


@needs_pipes
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(AudioIsFolderError, match="pipe"):
        SourceFile(tmp_path / "pipe")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices here")
def test_a_device_is_refused():
    with pytest.raises(AudioIsFolderError, match="device"):
        SourceFile("/dev/zero")


def test_an_empty_file_is_an_error_of_its_own(tmp_path):
    with pytest.raises(AudioEmptyError):
        SourceFile(_file(tmp_path, b""))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.EACCES, AudioPermissionError), (errno.EPERM, AudioPermissionError), (errno.EIO, AudioReadError)],
)
def test_what_the_system_reports_becomes_a_typed_error(tmp_path, monkeypatch, number, expected):
    # Faked: the one who runs the tests may be root, whom no permission stops.
    def refuse(path):
        raise OSError(number, os.strerror(number), path)

    path = _file(tmp_path)
    monkeypatch.setattr("genre_desktop.audio.decode.source_file.os.stat", refuse)
    with pytest.raises(expected):
        SourceFile(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_inside_a_locked_folder_may_not_be_read(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir()
    path = _file(folder)
    folder.chmod(0)
    try:
        with pytest.raises(AudioPermissionError):
            SourceFile(path)
    finally:
        folder.chmod(0o700)


class _BrokenDrive:
    def __getattr__(self, name):
        def fail(*_):
            raise OSError(errno.EIO, "Input/output error")

        return fail


def test_a_failing_drive_looks_like_the_end_of_the_file_and_is_kept(tmp_path):
    source = SourceFile(_file(tmp_path))
    assert source.read_error() is None
    real, source._file = source._file, _BrokenDrive()
    assert source.read(5) == b""
    assert source.seek(3) == 3
    assert source.peek_at(0, 5) == b""
    error = source.read_error()
    assert isinstance(error, AudioReadError)
    assert "Input/output error" in str(error)
    source._file = real
    source.close()
    source.close()


@pytest.mark.parametrize(
    "address", ["http://example.org/a.mp3", "file:///music/a.mp3", "rtsp://x/y", "smb://nas/a.flac"]
)
def test_an_address_is_told_from_a_path(address):
    with pytest.raises(AddressNotPathError) as caught:
        SourceFile(address)
    assert address in caught.value.message and "There is no file" not in caught.value.message


def test_a_file_whose_name_looks_like_an_address_is_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkdir("http:") if os.name != "nt" else pytest.skip("no such names")
    (tmp_path / "http:" / "a.mp3").write_bytes(b"x")
    with SourceFile("http://a.mp3") as source:
        assert source.total == 1


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX systems")
def test_a_path_that_is_too_long_says_so():
    path = "/" + "/".join(["d" * 200] * 30) + "/a.mp3"
    with pytest.raises(PathTooLongError, match="longer than the system allows"):
        SourceFile(path)
