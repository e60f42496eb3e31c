from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from genre_desktop import __main__, __version__, cli
from genre_desktop.core.errors import NothingFoundError
from genre_desktop.core.log import log_file
from tests.support.full_disk import needs_dev_full

ROOT = Path(__file__).resolve().parents[2]


def _program(*arguments: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(variable, None)
    return subprocess.run([sys.executable, "-m", "genre_desktop", *arguments], capture_output=True, env=environment)


def test_every_command_is_recognised() -> None:
    assert set(cli.COMMANDS) <= set(__main__.COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["/music/a song.mp3"], True),
        (["there.mp3", "here"], True),
        (["--", "classify"], True),
        (["classify", "/music"], False),
        (["models"], False),
        (["--help"], False),
        (["--nonsense"], False),
        (["clasify", "/music"], False),  # a typing error, not a path
    ],
)
def test_window_or_command_line(arguments: list[str], window: bool) -> None:
    assert __main__.wants_window(arguments) is window


def test_a_folder_with_a_plain_name_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not __main__.wants_window(["Music"])
    (tmp_path / "Music").mkdir()
    assert __main__.wants_window(["Music"])


def test_version() -> None:
    done = _program("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"genre-desktop {__version__}\n".encode(), b"")


def _program_to(redirection: str, *arguments: str, options: str = "") -> subprocess.CompletedProcess[bytes]:
    command = f'exec "$0" {options} -m genre_desktop "$@" {redirection}'
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.run(["sh", "-c", command, sys.executable, *arguments], capture_output=True, env=environment)


WORDS = [["--version"], ["--help"], ["classify", "--help"], ["models", "list"], ["check", "--diagnostics"]]


@needs_dev_full
@pytest.mark.parametrize("options", ["", "-u"])
@pytest.mark.parametrize("words", WORDS)
def test_a_full_disk_for_results_is_one_sentence_and_a_status(words: list[str], options: str) -> None:
    done = _program_to(">/dev/full", *words, options=options)
    assert done.returncode == 2
    assert done.stderr.startswith(b"GD-502: standard output ") and done.stderr.count(b"\n") == 1


@needs_dev_full
@pytest.mark.parametrize("words", WORDS)
def test_a_full_disk_for_messages_is_nothing(words: list[str]) -> None:
    done = _program_to("2>/dev/full", *words)
    assert done.returncode == 0 and done.stdout.strip()


@needs_dev_full
def test_the_status_of_wrong_usage_stays_without_a_place_for_the_sentence() -> None:
    assert _program_to("2>/dev/full", "classify", "--nonsense").returncode == 2
    assert _program_to("2>&-", "classify", "--nonsense").returncode == 2
    assert _program_to("2>/dev/full >/dev/full <&-", "--version").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX systems")
@pytest.mark.parametrize("words", WORDS)
def test_a_reader_that_is_gone_is_no_error(words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "genre_desktop", *words],
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (__main__.EXIT_BROKEN_PIPE, b"")


def test_an_unexpected_error_of_the_program_itself_prints_no_traceback(home: Path) -> None:
    code = (
        "import runpy, sys, genre_desktop.cli as cli\n"
        "cli.main = lambda words: 1 / 0\n"
        "sys.argv = ['genre-desktop', 'check']\n"
        "runpy.run_module('genre_desktop', run_name='__main__')\n"
    )
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert done.returncode == 2
    assert done.stderr.startswith(b"GD-900") and b"Traceback" not in done.stderr
    assert "ZeroDivisionError" in log_file().read_text("utf-8")


def test_what_fails_behind_the_back_of_the_program_goes_into_the_log(home: Path) -> None:
    body = (
        "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join(); "
        "C = type('C', (), {'__del__': lambda self: 1 / 0}); C(); return 0"
    )
    with _run_with_cli(body) as process:
        output, problems = process.communicate()
    assert (process.returncode, output, problems) == (0, b"", b"")
    assert log_file().read_text("utf-8").count("ZeroDivisionError") == 2


def test_an_interrupt_that_a_library_swallows_ends_the_program_all_the_same() -> None:
    body = (
        "import time; C = type('C', (), {'__del__': lambda self: (_ for _ in ()).throw(KeyboardInterrupt)}); "
        "C(); time.sleep(60); return 0"
    )
    with _run_with_cli(body) as process:
        output, problems = process.communicate()
    assert (process.returncode, output, problems) == (130, b"", b"Stopped.\n")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of POSIX systems")
def test_a_home_that_is_a_file_costs_the_log_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    environment = dict(os.environ, PYTHONPATH=str(ROOT), GENRE_DESKTOP_HOME=str(tmp_path / "home"))
    done = subprocess.run(
        [sys.executable, "-m", "genre_desktop", "models", "default"], capture_output=True, env=environment
    )
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout


def test_help_mentions_the_window_and_every_command() -> None:
    done = _program("--help")
    assert done.returncode == 0
    for word in ("window", *cli.COMMANDS):
        assert word.encode() in done.stdout


def test_without_a_screen_one_sentence_names_the_command_line() -> None:
    done = _program()
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"GD-501: ")
    assert b"genre-desktop classify" in done.stderr
    assert done.stderr.count(b"\n") == 1


def _replace_cli(monkeypatch: pytest.MonkeyPatch, raised: BaseException) -> None:
    def fail(_arguments: list[str]) -> int:
        raise raised

    monkeypatch.setattr(cli, "main", fail)


def test_a_typed_error_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _replace_cli(monkeypatch, NothingFoundError(path="/music", endings=".mp3"))
    assert __main__.main(["classify", "/music"]) == 2
    output = capsys.readouterr()
    assert output.err == "GD-301: No sound files were found in /music. Known endings: .mp3.\n"
    assert output.out == ""


def test_an_unexpected_error_leaves_its_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _replace_cli(monkeypatch, ZeroDivisionError("of all things"))
    assert __main__.main(["check"]) == 2
    shown = capsys.readouterr().err
    assert "GD-900" in shown
    assert str(log_file()) in shown
    assert "Traceback" not in shown
    assert "Traceback" in log_file().read_text(encoding="utf-8")


def test_ctrl_c_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _replace_cli(monkeypatch, KeyboardInterrupt())
    assert __main__.main(["train", "x"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def _run_with_cli(body: str, **environment: str) -> subprocess.Popen[bytes]:
    code = f"import genre_desktop.cli as cli\ndef main(arguments):\n    {body}\ncli.main = main\n" + (
        "import sys, genre_desktop.__main__ as m; sys.exit(m.main(['check']))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=dict(os.environ, PYTHONPATH=str(ROOT), **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_closed_pipe_is_no_error() -> None:
    with _run_with_cli("[print('x' * 1000) for _ in range(10_000)]; return 0") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_any_name_is_printed_in_any_locale() -> None:
    body = r"print('caf\udce9 \u266b \ud800'); return 0"
    with _run_with_cli(body, LC_ALL="C", PYTHONIOENCODING="ascii") as process:
        output, problems = process.communicate()
    assert (output, problems) == ("caf\\udce9 \u266b \\ud800\n".encode(), b"")
    assert process.returncode == 0


def test_the_environment_is_prepared_but_the_users_choice_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    __main__.prepare_environment()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).is_relative_to(home)
    assert os.environ["KERAS_BACKEND"] == "jax"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_program_without_a_console_still_works(stream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "main", lambda _arguments: 0)
    monkeypatch.setattr(sys, stream, None)
    assert __main__.main(["check"]) == 0
