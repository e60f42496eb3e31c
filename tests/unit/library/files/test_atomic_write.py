from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from genre_desktop.core.errors import ExportTargetError, StorageError
from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX systems")


def is_ours(head: bytes) -> bool:
    return head.startswith(b"ours")


def test_the_file_is_replaced_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with atomic_write(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_exception_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), atomic_write(path) as file:
        file.write(b"new")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match="GD-502"), atomic_write(tmp_path / "nowhere" / "x"):
        pass
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=os.strerror(errno.ENOSPC)), atomic_write(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_rights_and_links_are_kept(tmp_path: Path) -> None:
    path, link, new = tmp_path / "x", tmp_path / "link", tmp_path / "new"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with atomic_write(link) as file:
        file.write(b"new")
    assert link.is_symlink() and path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    with atomic_write(new):
        pass
    plain = tmp_path / "plain"
    plain.touch()
    assert new.stat().st_mode == plain.stat().st_mode


def test_only_an_own_an_empty_or_no_file_is_replaceable(tmp_path: Path) -> None:
    path = tmp_path / "x"
    require_replaceable(path, is_ours)
    path.touch()
    require_replaceable(path, is_ours)
    path.write_bytes(b"ours and more" * 1000)
    require_replaceable(path, is_ours)
    path.write_bytes(b"theirs")
    with pytest.raises(ExportTargetError, match=r"GD-310.*something else"):
        require_replaceable(path, is_ours)
    with pytest.raises(ExportTargetError, match="no file"):
        require_replaceable(tmp_path, is_ours)
    with pytest.raises(ExportTargetError, match="sound file"):
        require_replaceable(tmp_path / "song.MP3", is_ours)
