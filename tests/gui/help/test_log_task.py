from __future__ import annotations

import logging

import pytest

from genre_desktop.core import crash_log
from genre_desktop.core.errors import InternalError
from genre_desktop.core.log import configure_logging
from genre_desktop.core.log_reader import LogReader
from genre_desktop.gui.help.log_task import LogRequest, LogTask
from genre_desktop.gui.workers.worker import TaskContext

LOG = logging.getLogger("genre_desktop.library.engine.engine")


@pytest.fixture
def context() -> TaskContext:
    return TaskContext(None, lambda *_: None)


def test_entries_are_filtered_and_counted(context: TaskContext) -> None:
    configure_logging()
    LOG.info("classified a.mp3")
    LOG.warning("slow drive")
    answer = LogTask()(LogRequest(False, "WARNING", "drive"), context)
    assert [entry.text for entry in answer.entries] == ["slow drive"]
    assert answer.n_all >= 2 and not answer.is_cut


def test_an_unchanged_log_gives_the_same_answer(context: TaskContext) -> None:
    configure_logging()
    LOG.info("classified a.mp3")
    task, request = LogTask(), LogRequest(False, "DEBUG", "")
    answer = task(request, context)
    assert task(request, context) is answer
    LOG.info("classified b.mp3")
    assert len(task(request, context).entries) == len(answer.entries) + 1


def test_crashes_have_a_log_of_their_own(context: TaskContext) -> None:
    configure_logging()
    crash_log.append("Fatal Python error: Segmentation fault")
    answer = LogTask()(LogRequest(True, "DEBUG", ""), context)
    assert any("Segmentation fault" in entry.text for entry in answer.entries)


def test_a_log_that_cannot_be_read_is_an_error(context: TaskContext, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_reader: LogReader) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(LogReader, "read", refuse)
    with pytest.raises(InternalError, match="Permission denied"):
        LogTask()(LogRequest(False, "DEBUG", ""), context)
