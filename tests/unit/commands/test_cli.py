from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from genre_desktop import __version__
from genre_desktop.cli import COMMANDS, main

HEAVY = set("tensorflow keras librosa matplotlib sklearn scipy sounddevice av soundfile soxr PySide6".split())


def ends(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(words)
    return (int(ended.value.code or 0), *capsys.readouterr())


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ends(["--help"], capsys)
    assert status == 0
    assert all(f"\n    {name} " in out for name in COMMANDS)
    assert ends([], capsys)[1] == out


@pytest.mark.parametrize("command", [*COMMANDS, *(f"models {action}" for action in ("import", "remove"))])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ends([*command.split(), "--help"], capsys)
    assert status == 0 and out.startswith(f"usage: genre-desktop {command} ")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(["--version"], capsys)[:2] == (0, f"genre-desktop {__version__}\n")


@pytest.mark.parametrize("words", [["nonesuch"], ["--nonesuch"], ["--", "classify"], ["models"], ["models", "x"]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = ends(words, capsys)
    assert (status, out) == (2, "") and err.startswith("usage: genre-desktop")


@pytest.mark.parametrize("words", [["--help"], ["models", "list"], ["classify", "no such file.wav"]])
def test_nothing_heavy_is_imported_for_a_quick_answer(words: list[str], make_bundle: Callable[..., object]) -> None:
    script = (
        "import json, sys\n"
        "from genre_desktop.__main__ import main\n"
        "try: main(json.loads(sys.argv[1]))\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, json.dumps(words)], capture_output=True, text=True, check=True)
    imported = set(json.loads(done.stdout.splitlines()[-1]))
    assert "genre_desktop" in imported
    assert imported & HEAVY == set()


EMPTY = [
    *(["classify", f"--{option}", ""] for option in ("model", "csv", "report", "playlists", "timelines")),
    *(["live", f"--{option}", ""] for option in ("model", "device", "input", "wav", "csv")),
    ["evaluate", "", "music"],
    ["evaluate", "gtzan-cnn", ""],
    *(["evaluate", "gtzan-cnn", "music", f"--{option}", ""] for option in ("names", "report")),
    ["train", "", "--out", "model"],
    ["train", "music", "--out", ""],
    *(["train", "music", "--out", "model", f"--{option}", ""] for option in ("recipe", "lists", "artists")),
    ["check", ""],
    *(["models", action, ""] for action in ("info", "default", "compare", "import", "remove")),
    ["models", "export", "", "model"],
    ["models", "export", "gtzan-cnn", ""],
]


@pytest.mark.parametrize("words", EMPTY, ids=" ".join)
def test_the_value_of_an_unset_variable_is_neither_the_current_folder_nor_the_default(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = ends(words, capsys)
    assert (status, out) == (2, "") and "is empty (an unset variable?)" in err
