from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from genre_desktop.core.crash_log import crash_log
from genre_desktop.core.log import configure_logging, log_file
from genre_desktop.core.log_reader import LogEntry, LogReader, filter_entries

LOG = logging.getLogger("genre_desktop.library.engine.engine")


def texts(entries: tuple[LogEntry, ...]) -> list[str]:
    return [entry.text for entry in entries]


def append(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(content)


def test_what_is_logged_is_read_back() -> None:
    configure_logging()
    LOG.info("a first message")
    try:
        raise RuntimeError("deep inside")
    except RuntimeError:
        LOG.exception("a file failed")
    LOG.warning("the last one")
    first, failed, last = LogReader().read()
    assert (first.level, first.source, first.text) == ("INFO", "genre_desktop.library.engine.engine", "a first message")
    assert first.process == str(os.getpid()) and len(first.time) == len("2026-01-01 00:00:00")
    assert failed.level == "ERROR" and failed.first_line == "a file failed"
    assert failed.text.endswith("RuntimeError: deep inside")
    assert last.level == "WARNING" and "WARNING" in last.as_line() and last.as_line().endswith(": the last one")


def test_no_log_has_no_entries() -> None:
    reader = LogReader()
    assert reader.read() == () and not reader.is_cut


def test_what_comes_later_is_read_on_and_nothing_else() -> None:
    configure_logging()
    LOG.info("one")
    reader = LogReader()
    before = reader.read()
    assert reader.read() is before, "nothing has changed"
    LOG.info("two")
    after = reader.read()
    assert texts(after) == ["one", "two"]
    assert after[0] is not None and texts(reader.read()) == ["one", "two"]


def test_a_line_that_is_being_written_is_waited_for() -> None:
    path = log_file()
    append(path, b"2026-01-02 03:04:05,678 INFO 1 genre_desktop.a: one\n")
    reader = LogReader()
    assert texts(reader.read()) == ["one"]
    append(path, b"2026-01-02 03:04:06,678 ERROR 1 genre_desk")
    assert texts(reader.read()) == ["one"]
    append(path, b"top.b: two\nTraceback (most recent call last):\n")
    assert texts(reader.read()) == ["one", "two\nTraceback (most recent call last):"]
    append(path, b"ValueError: three\n")
    assert texts(reader.read()) == ["one", "two\nTraceback (most recent call last):\nValueError: three"]


def test_rotation_loses_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genre_desktop.core.log._MAX_BYTES", 1_000)
    configure_logging()
    reader = LogReader()
    for number in range(45):
        LOG.info("line %d", number)
        found = texts(reader.read())
        assert found[-1] == f"line {number}"
        numbers = [int(text.split()[1]) for text in found]
        assert numbers == list(range(numbers[0], number + 1))
    assert len(found) > 20, "rotated files are read too"


def test_of_very_much_the_end_is_read() -> None:
    path = log_file()
    for number in range(200):
        append(path, b"2026-01-02 03:04:05,678 INFO 1 genre_desktop.a: line %d\n" % number)
    append(path.with_name(path.name + ".1"), b"2026-01-02 03:04:05,678 INFO 1 genre_desktop.a: before\n" * 50)
    reader = LogReader(most_bytes=3_000)
    found = texts(reader.read())
    assert reader.is_cut and found[-1] == "line 199" and "before" not in found
    assert 40 < len(found) < 60
    whole = LogReader()
    assert len(whole.read()) == 250 and not whole.is_cut


def test_bytes_that_are_no_utf8_and_odd_lines_are_shown() -> None:
    append(
        log_file(), b"the end of something\r\n2026-01-02 03:04:05,678 INFO 1 genre_desktop.a: caf\xff \xe2\x80\xa8 x\n"
    )
    append(log_file(), b"2026-01-02 03:04:05,678 SHOUT 1 genre_desktop.a: of another level\n\x00\x01\n")
    first, second, third = LogReader().read()
    assert (first.text, first.level, first.time) == ("the end of something", "INFO", "")
    assert second.text == "caf\\xff \u2028 x"
    assert third.level == "INFO" and third.text == "of another level\n\x00\x01"


def test_crashes_are_entries_of_their_own() -> None:
    append(
        crash_log(),
        b"Fatal Python error: Segmentation fault\n\nCurrent thread 0x00 (most recent call first):\n  File a\n\n"
        b"Traceback (most recent call last):\n  File b\nValueError: c\n"
        b"--- The window ended unexpectedly at noon ---\nFatal Python error: Aborted\n  File d\n",
    )
    one, two, three = LogReader(crash_log()).read()
    assert one.level == two.level == "CRITICAL"
    assert one.first_line == "Fatal Python error: Segmentation fault" and one.text.endswith("File a")
    assert two.text.endswith("ValueError: c")
    assert three.first_line.startswith("--- The window") and three.text.endswith("File d")


def test_entries_are_chosen_by_level_and_words() -> None:
    entries = tuple(
        LogEntry("", level, source, text)
        for level, source, text in (
            ("DEBUG", "genre_desktop.a", "Detail"),
            ("INFO", "genre_desktop.audio", "GD-106: broken.mp3"),
            ("ERROR", "genre_desktop.b", "first\nTraceback of AUDIO"),
        )
    )
    assert filter_entries(entries, "DEBUG", "") == entries
    assert filter_entries(entries, "INFO", "") == entries[1:]
    assert filter_entries(entries, "CRITICAL", "") == ()
    assert filter_entries(entries, "DEBUG", "audio") == entries[1:]
    assert filter_entries(entries, "DEBUG", "gd-106 BROKEN") == entries[1:2]
    assert filter_entries(entries, "DEBUG", "gd-106 first") == ()
