from __future__ import annotations

import contextlib
import io
import os
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop import __main__, cli
from genre_desktop.commands.console import Console, percent, printable, table
from genre_desktop.core.errors import StorageError
from genre_desktop.core.log import close_logging
from tests.support.full_disk import needs_dev_full


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sigur Rós – Ágætis 日本 👩‍🎤.mp3", "Sigur Rós – Ágætis 日本 👩‍🎤.mp3"),
        ("\x1b[2Jx", r"\x1b[2Jx"),
        ("two\nlines\r", r"two\nlines\r"),
        ("caf\udce9.wav", r"caf\udce9.wav"),
        ("gpj.\u202e3pm", r"gpj.\u202e3pm"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_printable_is_one_line_that_encodes(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1 and "\x1b" not in shown


def test_results_and_messages_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.result("answer")
    console.message("message \x1b[31m")
    assert capsys.readouterr() == ("answer\n", "message \\x1b[31m\n")


def test_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    Console(terminal, terminal).message("x", "red")
    assert terminal.getvalue() == "\x1b[31mx\x1b[0m\n"
    assert Console(terminal, terminal).styled("x", "bold", "green") == "\x1b[1;32mx\x1b[0m"
    assert Console(io.StringIO(), terminal).styled("x", "bold") == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Console(terminal, terminal).styled("x", "bold") == "x"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Console(terminal, terminal).styled("x", "bold") == "x"


def test_a_short_run_without_a_terminal_is_silent() -> None:
    err = io.StringIO()
    with Console(io.StringIO(), err).progress("track") as bar:
        bar.expect(3)
        bar.advance(note="x")
    assert err.getvalue() == ""


def test_a_long_run_without_a_terminal_prints_rate_and_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    err = io.StringIO()
    with Console(io.StringIO(), err).progress("track") as bar:
        bar.expect(20_000)
        for _ in range(240):
            now += 0.25
            bar.advance(note="2 failed")
    assert err.getvalue().splitlines() == [
        "120 of 20000, 4.0 files/s, 1:22:50 left, 2 failed",
        "240 of 20000, 4.0 files/s, 1:22:20 left, 2 failed",
    ]


def test_lines_stand_whole_beside_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    console = Console()
    with console.progress("track") as bar:
        bar.expect(2)
        for number in range(2):
            console.result(f"line {number}")
            bar.advance(note="1 failed")
    written = terminal.getvalue()
    # Each line is preceded by a carriage return that clears the bar, and ends by itself.
    assert "line 0\n" in written and "line 1\n" in written and "1/2" in written and "1 failed" in written
    assert all(before.endswith("\r") for before in written.replace("\x1b[A", "").split("line ")[:-1])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full disk for everybody")
def test_a_full_disk_is_told_once() -> None:
    with open("/dev/full", "w") as out:
        console = Console(out, io.StringIO())
        with pytest.raises(StorageError, match="standard output"):
            console.result("x" * 100_000)
        console.result("what follows goes nowhere, in silence")


@needs_dev_full
def test_messages_on_a_full_disk_cost_no_result() -> None:
    out, err = io.StringIO(), open("/dev/full", "w")  # noqa: SIM115 - cannot be closed without an error
    console = Console(out, err)
    for number in range(1000):
        console.message("a message of some length")
        console.error(StorageError(path="x", reason="y"))
        console.result(f"result {number}")
    with contextlib.suppress(OSError):
        err.close()

    assert len(out.getvalue().splitlines()) == 1000


def test_no_console_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    console = Console()
    console.result("x")
    console.message("x", "red")
    assert not console.interactive


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("YES\n", True), ("\n", False), ("", False), ("n\n", False)]
)
def test_ask(monkeypatch: pytest.MonkeyPatch, answer: str, agreed: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    console = Console(terminal, terminal)
    assert console.interactive
    assert console.ask("Sure?") is agreed
    assert terminal.getvalue() == "Sure? [y/N] "


def test_table_columns_are_as_wide_as_needed() -> None:
    assert table([("a", "bb"), ("cccc", "d")]) == ["a     bb", "----  --", "cccc  d"]


def test_percent() -> None:
    assert (percent(0.834), percent(1.0), percent(0.9965), percent(0.003), percent(0.0), percent(None)) == (
        "83 %",
        "100 %",
        ">99 %",
        "<1 %",
        "0 %",
        "-",
    )


EVIL = "\x1b]0;title\x07\x1b[2J\nGD-000: \u202e\x9b31m\r.mp3"


def test_nothing_that_is_written_is_obeyed_by_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out, err = Terminal(), Terminal()
    console = Console(out, err)
    console.result(EVIL)
    console.result(console.styled(EVIL, "red", "bold"))
    console.message(EVIL, "red")
    console.error(StorageError(path=EVIL, reason=EVIL))
    with console.progress("track") as bar:
        bar.expect(2)
        bar.advance(note=EVIL)
    assert out.getvalue() == f"{printable(EVIL)}\n\x1b[31;1m{printable(EVIL)}\x1b[0m\n"
    assert "\x07" not in err.getvalue() and "\x9b" not in err.getvalue() and "\u202e" not in err.getvalue()
    assert "\x1b[2J" not in err.getvalue()


def test_a_mistaken_argument_is_told_without_what_it_could_do(capsys: pytest.CaptureFixture[str]) -> None:
    option = "--" + EVIL.replace(" ", "")
    for words in (["classify", option], ["models", EVIL]):
        with pytest.raises(SystemExit):
            cli.main(words)
        told = capsys.readouterr().err
        assert "title" in told and not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)


def test_what_ends_the_program_is_told_without_what_it_could_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_arguments: object) -> int:
        raise StorageError(path=EVIL, reason="x")

    monkeypatch.setattr(cli, "main", fails)
    try:
        assert __main__.main(["check"]) == 2
    finally:
        close_logging()
    told = capsys.readouterr().err
    assert "title" in told and not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told)
