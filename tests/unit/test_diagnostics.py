from __future__ import annotations

import getpass
import logging
import sys
import traceback
from pathlib import Path

import pytest

from genre_desktop import __version__, diagnostics
from genre_desktop.__main__ import main
from genre_desktop.core import crash_log, locations
from genre_desktop.core.errors import (
    BundleNotFoundError,
    BundleNotNewerError,
    DamagedAudioError,
    SoundDeviceError,
    SoundDeviceLostError,
)
from genre_desktop.core.log import configure_logging
from genre_desktop.core.settings import Settings, save_settings
from genre_desktop.diagnostics import anonymous


def test_program_machine_settings_and_models_are_described() -> None:
    save_settings(Settings(theme="dark", live_input="Anna's phone", last_folder="/home/anna/Music"))
    text = diagnostics.diagnostics([("Screen", "1920 x 1080")], "Traceback: here")
    for needed in (
        f"{__version__} (from source)",
        sys.version.split()[0],
        "PySide6-Essentials 6.",
        "Instructions ",
        "theme: dark",
        "input: chosen",
        "gtzan-musicnn, 10 genres",
        "the default",
        "1920 x 1080",
        "Traceback: here",
    ):
        assert needed in text
    assert "anna" not in text.lower()


def test_the_log_is_included_without_names_of_music(home: Path) -> None:
    configure_logging()
    log = logging.getLogger("genre_desktop.library.engine.engine")
    log.info("%s", DamagedAudioError(path="/home/anna/My Music/Björk/Jóga.flac", seconds_read=3.0, reason="x"))
    log.info("playing Jóga.FLAC in Music")
    log.info("first paint 0.41 s after the start")
    crash_log.append('Fatal Python error\n  File "/home/anna/own script.py", line 3 in paint')
    text = diagnostics.diagnostics()
    assert "GD-106: <path>" in text and "first paint 0.41 s" in text and "line 3 in paint" in text
    for secret in ("anna", "Björk", "Jóga", "own script"):
        assert secret not in text
    told = diagnostics.diagnostics(with_names=True)
    assert "Björk/Jóga.flac is damaged" in told and "own script.py" in told


def test_a_traceback_keeps_the_program_and_its_libraries() -> None:
    try:
        Path("/home/anna/Music").joinpath("x\0").stat()
    except ValueError:
        told = anonymous(traceback.format_exc())
    assert '"tests/unit/test_diagnostics.py", line' in told
    assert '"pathlib.py"' in told
    root = locations.resources().parent
    assert anonymous(f'  File "{root}/.venv/lib/python3.11/site-packages/keras/src/layer.py", line 1, in call') == (
        '  File "keras/src/layer.py", line 1, in call'
    )
    for same in (  # the second and third are of a packaged program
        '  File "<frozen importlib._bootstrap>", line 2 in load',
        '  File "genre_desktop/gui/startup/main.py", line 2 in load',
        '  File "threading.py", line 2 in load',
    ):
        assert anonymous(same) == same
    assert (
        anonymous(r'  File "genre_desktop\gui\startup\main.py", line 2 in load')
        == '  File "genre_desktop/gui/startup/main.py", line 2 in load'
    )
    assert anonymous(r'  File "D:\anna\x.py", line 2 in load') == '  File "<path>", line 2 in load'


@pytest.mark.parametrize(
    "line",
    [
        "FileNotFoundError: [Errno 2] No such file or directory: '/home/anna/Band - Song'",
        r"OSError: C:\Users\anna\Music\Band\Song",
        r"cannot list \\server\music\Band Song",
        "cannot list ~/Band/Song (busy)",
        "cannot list ../Band/Song",
        "cannot list /.Band/Song",
        "cannot list Band/Song",
        "file:///home/anna/Band/Song is not local",
        "Song of the Band.mp3 is damaged",
        "the playlist Band Song.m3u8 cannot be read",
    ],
)
def test_paths_and_names_are_removed(line: str) -> None:
    for text in (line, f"2026-11-24 21:30:00,123 INFO 77 genre_desktop.library.scan.scan: {line}"):
        told = anonymous(text)
        assert "Band" not in told and "Song" not in told and "anna" not in told
        assert "genre_desktop.library.scan.scan" in told or text is line


def test_models_and_devices_are_not_named() -> None:
    head = "2026-11-24 21:30:00,123 INFO 77 genre_desktop.gui.workers.worker: "
    for error in (
        BundleNotFoundError(name="annas-songs", known="annas-songs, gtzan-cnn"),
        BundleNotNewerError(name="annas-songs", known="1", received="1", is_shipped=False),
        SoundDeviceError(device="Anna's phone", reason="busy"),
        SoundDeviceLostError(device="Anna's phone"),
    ):
        told = anonymous(f"{head}models: {error}")
        assert told.startswith(f"{head}models: {error.code}: ") and "anna" not in told.lower()
        assert len(told) > len(head) + 40, "what was wrong is still said"
    assert anonymous("GD-299: annas-songs is odd") == "GD-299: …", "a code of another version"


def test_the_user_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "anna")
    diagnostics._user.cache_clear()
    assert anonymous("Anna and anna, hannah") == "Anna and <user>, hannah"
    diagnostics._user.cache_clear()


def test_ordinary_sentences_are_unchanged() -> None:
    line = "2026-11-24 21:30:00,123 INFO 77 genre_desktop.gui: ready 4.52 s after the start, KeyError: 'bpm'"
    assert anonymous(line) == line


def test_a_section_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise OSError("no settings")

    monkeypatch.setattr(diagnostics, "load_settings", broken)
    text = diagnostics.diagnostics()
    assert "settings" in text and "unknown (OSError)" in text and __version__ in text


def test_the_command_line_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diagnostics"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Genre Desktop") and "decoding" not in out
    logging.getLogger("genre_desktop").warning("cannot list /music/Band")
    main(["check", "--diagnostics"])
    assert "/music/Band" not in capsys.readouterr().out
    main(["check", "--diagnostics", "--with-names"])
    assert "/music/Band" in capsys.readouterr().out


def test_a_long_word_is_matched_once() -> None:
    # From each of its letters on, it would take hours.
    word = "a" * 2_000_000
    assert anonymous(word) == word
    assert anonymous(f"cannot read {word}/b c") == "cannot read <path>"
    assert anonymous("///// a\\b") == "<path>"
    word = "x" * 1_000_000
    assert anonymous(f"{word} a/b") == f"{word} <path>"
    assert anonymous("a " + "/" * 1_000_000) == "a <path>"
