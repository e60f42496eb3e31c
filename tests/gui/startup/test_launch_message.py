"""The message of a second launch to the open window."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from genre_desktop.gui.startup.launch_message import LaunchMessage, current_launch, decode, encode


@pytest.mark.parametrize("name", ["a b.mp3", "naïve ♫.flac", "line\nbreak.wav", os.fsdecode(b"caf\xe9 \xff.mp3")])
def test_any_path_survives_the_message(name: str) -> None:
    launch = LaunchMessage((os.path.abspath(name), "/music"), "token-1")
    line = encode(launch)
    assert line.count(b"\n") == 1 and line.isascii()
    assert decode(line) == launch


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"GET / HTTP/1.1",
        b"[]",
        b"{}",
        b'{"version": "1", "paths": []}',
        b'{"version": 1}',
        b'{"version": 1, "paths": "/m"}',
        b'{"version": 1, "paths": [7]}',
        b'{"version": 1, "paths": ["relative.mp3"]}',
        b'{"version": 1, "paths": ["/a\\u0000b"]}',
        b"[" * 100_000,
    ],
)
def test_an_invalid_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode(line)


def test_the_known_fields_of_another_version_are_read() -> None:
    line = json.dumps({"version": 9, "paths": [os.path.abspath("a")], "activation": 7, "speed": "high"}).encode()
    assert decode(line) == LaunchMessage((os.path.abspath("a"),), "")


def test_relative_paths_are_resolved_against_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "launcher-7")
    assert current_launch(["a.mp3", "/m"]) == LaunchMessage(
        (str(tmp_path / "a.mp3"), os.path.abspath("/m")), "launcher-7"
    )
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "wayland-8")
    assert current_launch([]).activation == "wayland-8"
