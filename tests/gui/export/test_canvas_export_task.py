from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from genre_desktop.core.errors import ExportTargetError
from genre_desktop.gui.export.canvas_export_task import CanvasExportRequest, CanvasFormat, write_canvas_export
from genre_desktop.gui.workers.worker import TaskContext
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import make_prediction


def context() -> TaskContext:
    return TaskContext(None, lambda *_: None)


def test_a_file_is_replaced_only_by_one_of_its_kind(qapp: object, tmp_path: Path) -> None:
    image = QImage(800, 400, QImage.Format.Format_RGB32)
    target = tmp_path / "a.png"
    for _ in range(2):
        assert write_canvas_export(CanvasExportRequest(target, CanvasFormat.PNG, image), context()) == target
    assert QImage(str(target)).width() == 800
    drawing = b"<svg></svg>"
    for _ in range(2):
        write_canvas_export(CanvasExportRequest(tmp_path / "a.svg", CanvasFormat.SVG, drawing), context())
    target.write_bytes(b"notes")
    with pytest.raises(ExportTargetError):
        write_canvas_export(CanvasExportRequest(target, CanvasFormat.PNG, image), context())
    assert target.read_bytes() == b"notes"


@pytest.mark.parametrize(
    ("format_", "start"),
    [(CanvasFormat.LABELS, b"0.000000\t"), (CanvasFormat.CSV, b"start_s,"), (CanvasFormat.JSON, b'{"path": ')],
)
def test_segments_are_written_for_other_programs(tmp_path: Path, format_: CanvasFormat, start: bytes) -> None:
    result = TrackResult(Path("a.wav"), make_prediction(), None, "m")
    target = tmp_path / f"a.{format_.value}"
    write_canvas_export(CanvasExportRequest(target, format_, result), context())
    assert target.read_bytes().startswith(start)
