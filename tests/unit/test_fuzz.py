"""The fuzzer itself: what it finds, that it finds it again, and what it lets pass."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from tests.fuzz import __main__ as command
from tests.fuzz import campaign, fuzz_doubles
from tests.fuzz.campaign import Report, attack, prepare
from tests.fuzz.mutation import LARGEST, mutate_bytes, mutate_json
from tests.fuzz.targets import Target

SEED = 5


def first_trigger() -> int:
    """Number of the first input that triggers the error of a double."""
    for number in range(100):
        rng = random.Random(f"{SEED} double {number}")
        rng.choice([0])
        if rng.randrange(3) == 0:
            return number
    raise AssertionError


def attacked(target: Target, folder: Path, first: int) -> Report:
    """One input, which is what 0 seconds give."""
    prepare(target, folder / "work")
    return attack("double", target, folder / "work", seed=SEED, seconds=0, first=first, keep=folder / "kept")


@pytest.mark.parametrize(
    ("target", "reason", "trace"),
    [
        (fuzz_doubles.RAISES, "ZeroDivisionError: of the double", "in _raise_error"),
        pytest.param(
            fuzz_doubles.CRASHES,
            "crashed (signal 11)",
            "Segmentation fault",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="signals"),
        ),
        (fuzz_doubles.EXITS, "crashed (exit status 7)", ""),
        pytest.param(
            fuzz_doubles.USES_MEMORY,
            "took more than 768 MiB",
            "",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="memory is not measured"),
        ),
    ],
)
def test_an_error_is_found_and_its_input_kept(tmp_path: Path, target: Target, reason: str, trace: str) -> None:
    number = first_trigger()
    report = attacked(target, tmp_path, number)
    (finding,) = report.findings
    assert (finding.number, finding.reason, report.n_inputs) == (number, reason, 1)
    assert trace in finding.trace
    kept = tmp_path / "kept" / f"double-{SEED}-{number}.dat"
    assert kept.read_bytes() == fuzz_doubles.TRIGGER
    assert reason in kept.with_suffix(".txt").read_text()


def test_accepted_and_refused_input_is_no_finding(tmp_path: Path) -> None:
    for number in (0, first_trigger()):
        assert attacked(fuzz_doubles.REFUSES, tmp_path / str(number), number) == Report(n_inputs=1)
    assert list(tmp_path.glob("*/kept")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_codec_may_crash_in_its_process_and_is_counted(tmp_path: Path) -> None:
    report = attacked(fuzz_doubles.CODEC, tmp_path, first_trigger())
    assert report.findings == []
    assert [crash.reason for crash in report.crashes] == ["crashed (signal 11)"]
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_a_codec_that_hangs_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign, "START_S", 1.0)
    report = attacked(fuzz_doubles.HANGS, tmp_path, first_trigger())
    assert report.crashes == []
    assert [finding.reason for finding in report.findings] == ["gave no answer in time"]


def test_valid_input_is_read_before_any_other(tmp_path: Path) -> None:
    """Where it is refused, the fuzzer would only ever see refusals."""
    prepare(fuzz_doubles.RAISES, tmp_path / "work")
    (tmp_path / "work" / "valid" / "a.dat").write_bytes(fuzz_doubles.TRIGGER)
    target, folder = fuzz_doubles.RAISES, tmp_path / "work"
    report = attack("double", target, folder, seed=0, seconds=0, first=0, keep=tmp_path / "kept")
    assert [finding.reason for finding in report.findings] == ["crashed (exit status 1)"]
    assert "ZeroDivisionError" in report.findings[0].trace


def test_the_command_prints_findings_and_how_to_repeat_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "targets", lambda: {"double": fuzz_doubles.RAISES})
    monkeypatch.setattr(command, "KEEP", tmp_path)
    number = first_trigger()
    assert command.main(["0", "--seed", str(SEED), "--first", str(number)]) == 1
    said = capsys.readouterr().out
    assert f"seed {SEED}\n" in said and f"double {number}: ZeroDivisionError" in said and "in _raise_error" in said
    assert f"python -m tests.fuzz 0 --seed {SEED} --target NAME --first N" in said
    assert (tmp_path / f"double-{SEED}-{number}.dat").is_file()
    monkeypatch.setattr(command, "targets", lambda: {"double": fuzz_doubles.REFUSES})
    assert command.main(["0"]) == 0


def test_a_seed_gives_the_same_input_again_and_another_seed_another() -> None:
    data = [json.dumps({"a": [1, {"b": "c"}], "d": None, "e": 2.5}).encode(), b"[1, 2, 3]"]
    for mutate in (mutate_bytes, mutate_json):
        made = [mutate(data[0], random.Random(n), data) for n in range(200)]
        assert made == [mutate(data[0], random.Random(n), data) for n in range(200)]
        assert len(set(made)) > 100
        assert max(map(len, made)) <= LARGEST
    assert mutate_bytes(b"", random.Random(1), [b""]) is not None
