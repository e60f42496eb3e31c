"""What the packaged program says about its size."""

from __future__ import annotations

import os
from pathlib import Path

import size_table


def _file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_what_belongs_together_is_counted_together_and_links_not_at_all(tmp_path: Path) -> None:
    _file(tmp_path / "genre-desktop", b"x" * 10)
    _file(tmp_path / "_internal/tensorflow/libtensorflow_cc.so.2", bytes(5_000))
    _file(tmp_path / "_internal/tensorflow/python/_tfe.so", b"e" * 70)
    _file(tmp_path / "_internal/av/packet.so", b"p" * 300)
    _file(tmp_path / "_internal/av.libs/libavcodec.so.62", os.urandom(4_000))
    (tmp_path / "_internal/libavcodec.so.62").symlink_to("av.libs/libavcodec.so.62")
    found = size_table.sizes(tmp_path)
    assert list(found) == [
        "TensorFlow: its library",
        "PyAV with FFmpeg",
        "TensorFlow: its extensions",
        "executables with all Python modules",
    ]
    assert [size.unpacked for size in found.values()] == [5_000, 4_300, 70, 10]
    assert found["TensorFlow: its library"].packed < 100, "zeros"
    assert found["PyAV with FFmpeg"].packed > 4_000, "noise"


def test_the_table_ends_with_the_sum(tmp_path: Path) -> None:
    for index in range(30):
        _file(tmp_path / "_internal" / f"part{index:02}" / "file", bytes(1_000_000))
    lines = size_table.size_table(tmp_path).splitlines()
    assert lines[-1].split()[:2] == ["total", "30.0"]
    assert lines[-2].startswith("14 smaller parts") and "14.0" in lines[-2]
