from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.core.errors import DatasetFormatError
from training.datasets.name_list import read_names


def test_names_stand_one_a_line_with_comments_and_blanks_between(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("# comment\n\n a.1 \nb.2\n", "utf-8")
    assert read_names(tmp_path / "names.txt") == ["a.1", "b.2"]
    with pytest.raises(DatasetFormatError):
        read_names(tmp_path / "none.txt")
