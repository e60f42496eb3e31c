from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop.core.log import close_logging, configure_logging, log_file
from genre_desktop.core.log_reader import LogReader
from tests.support.full_disk import needs_dev_full


def test_a_message_with_its_traceback_is_in_the_file() -> None:
    path = configure_logging()
    try:
        raise RuntimeError("of no use to a person")
    except RuntimeError:
        logging.getLogger("genre_desktop.library.engine.engine").exception("a file failed")
    logging.getLogger("training.pipelines.train").info("epoch 1")
    content = path.read_text(encoding="utf-8")
    assert "a file failed" in content
    assert "RuntimeError: of no use to a person" in content
    assert "epoch 1" in content


def test_names_of_any_bytes_can_be_logged(capfd: pytest.CaptureFixture[str]) -> None:
    path = configure_logging()
    logging.getLogger("genre_desktop").warning("cannot read %s", "caf\udce9 \N{MULTIPLE MUSICAL NOTES}.mp3")
    assert "caf\\udce9 \N{MULTIPLE MUSICAL NOTES}.mp3" in path.read_text(encoding="utf-8")
    assert capfd.readouterr().err == ""


@needs_dev_full
def test_a_full_disk_costs_the_entry_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    path = configure_logging()
    (handler,) = (one for one in logging.getLogger("genre_desktop").handlers if isinstance(one, logging.FileHandler))
    with open("/dev/full", "w") as full:
        own, handler.stream = handler.stream, full
        try:
            logging.getLogger("genre_desktop").error("lost")
            logging.getLogger("training").error("lost as well")
        finally:
            handler.stream = own
            with contextlib.suppress(OSError):
                full.close()
    logging.getLogger("genre_desktop").error("kept")
    assert capfd.readouterr() == ("", "")
    assert "kept" in path.read_text("utf-8") and "lost" not in path.read_text("utf-8")


def test_a_second_call_writes_each_line_once() -> None:
    configure_logging()
    path = configure_logging(verbose=True)
    logging.getLogger("genre_desktop").debug("only once")
    assert path.read_text(encoding="utf-8").count("only once") == 1


def test_debug_messages_are_for_verbose_only() -> None:
    path = configure_logging()
    logging.getLogger("genre_desktop").debug("too much")
    logging.getLogger("genre_desktop").info("enough")
    assert "too much" not in path.read_text(encoding="utf-8")
    assert "enough" in path.read_text(encoding="utf-8")


def test_console_shows_warnings(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging(console=True)
    logging.getLogger("genre_desktop").info("quiet")
    logging.getLogger("genre_desktop").warning("loud")
    close_logging()
    output = capfd.readouterr()
    assert "loud" in output.err
    assert "quiet" not in output.err
    assert output.out == ""


def test_the_program_runs_without_a_log_file(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (home / "log").write_text("a file where the folder should be")
    path = configure_logging()
    logging.getLogger("genre_desktop").warning("heard by nobody")
    assert not path.exists()
    assert capfd.readouterr().err == ""


def test_closing_leaves_logging_as_it_was() -> None:
    configure_logging()
    close_logging()
    for name in ("genre_desktop", "training"):
        logger = logging.getLogger(name)
        assert (logger.handlers, logger.propagate, logger.level) == ([], True, logging.NOTSET)


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.log._MAX_BYTES", 2_000)
    path = configure_logging()
    for number in range(500):
        logging.getLogger("genre_desktop").info("line %d of many", number)
    files = sorted(file.name for file in path.parent.glob("genre-desktop.log*"))
    assert files == ["genre-desktop.log", *(f"genre-desktop.log.{number}" for number in (1, 2, 3))]
    assert sum(file.stat().st_size for file in path.parent.iterdir()) < 10_000
    assert "line 499" in path.read_text(encoding="utf-8")


def test_a_log_that_somebody_holds_open_is_written_on(monkeypatch: pytest.MonkeyPatch) -> None:
    # Windows refuses to rename it; Python's own handler then loses the message and drops the oldest log.
    monkeypatch.setattr("genre_desktop.core.log._MAX_BYTES", 2_000)
    path = configure_logging()
    for number in range(80):
        logging.getLogger("genre_desktop").info("line %d of many", number)
    before = sorted(file.name for file in path.parent.glob("genre-desktop.log*"))
    kept = path.with_name("genre-desktop.log.1").read_text(encoding="utf-8")
    real = os.rename

    def refuse(source: str, target: str) -> None:
        if str(source) == str(path):
            raise PermissionError(13, "used by another process")
        real(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    for number in range(80, 200):
        logging.getLogger("genre_desktop").info("line %d of many", number)
    assert sorted(file.name for file in path.parent.glob("genre-desktop.log*")) == before
    assert path.with_name("genre-desktop.log.1").read_text(encoding="utf-8") == kept
    content = path.read_text(encoding="utf-8")
    assert all(f"line {number} of many" in content for number in range(100, 200))
    monkeypatch.setattr(os, "rename", real)
    logging.getLogger("genre_desktop").info("free again")
    logging.getLogger("genre_desktop").info("and on")
    assert path.stat().st_size < 2_000


@pytest.mark.skipif(sys.platform == "win32", reason="it cannot be renamed there")
def test_a_log_that_another_run_rotated_is_not_rotated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.log._MAX_BYTES", 2_000)
    path = configure_logging()
    logging.getLogger("genre_desktop").info("mine")
    path.rename(path.with_name("genre-desktop.log.1"))
    path.write_text("theirs\n")
    for number in range(40):
        logging.getLogger("genre_desktop").info("line %d of many", number)
    logs = {file.name: file.read_text(encoding="utf-8") for file in path.parent.glob("genre-desktop.log*")}
    assert logs["genre-desktop.log"].startswith("theirs")
    assert logs["genre-desktop.log.1"].startswith("2") and "mine" in logs["genre-desktop.log.1"]


def test_a_crash_in_native_code_leaves_its_stack(home: Path) -> None:
    code = (
        "import ctypes; from genre_desktop.core.log import configure_logging; configure_logging()\n"
        "def decode(): ctypes.string_at(0)\n"
        "decode()"
    )
    done = subprocess.run([sys.executable, "-X", "faulthandler=0", "-c", code], capture_output=True)
    assert done.returncode != 0
    assert "in decode" in (log_file().parent / "crash.log").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _keep_pytests_own_fault_handler() -> object:
    yield
    close_logging()
    faulthandler.enable(sys.__stderr__)


FORGED = "2026-01-01 00:00:00,000 CRITICAL 1 genre_desktop.forged: it all burned down"


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028", "\x0b", "\n\n"])
def test_a_name_makes_no_entry_of_its_own(line_break: str, capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging(console=True)
    log = logging.getLogger("genre_desktop")
    name = f"x\x1b[2J{line_break}{FORGED}"
    log.warning("cannot read %s", name)
    try:
        raise RuntimeError(name)
    except RuntimeError:
        log.exception("unexpected")
    close_logging()
    entries = LogReader().read()
    assert [entry.first_line[:11] for entry in entries] == ["cannot read", "unexpected"]
    assert all("it all burned down" in entry.text for entry in entries)
    assert "\n" not in entries[0].text
    assert "Traceback" in entries[1].text
    content = log_file().read_bytes().decode("utf-8") + capfd.readouterr().err
    assert not any(line.startswith("2026-01-01") for line in content.splitlines())
    assert "\x1b" not in content


def test_the_traceback_of_another_process_follows_its_message() -> None:
    configure_logging()
    logging.getLogger("genre_desktop").error("it failed with %r", "x\ny", extra={"trace": "Traceback\n  here\n"})
    close_logging()
    (entry,) = LogReader().read()
    assert entry.text.split("\n") == ["it failed with 'x\\ny'", "Traceback", "  here"]
