"""A fuzzing campaign: mutated inputs for each target, and the findings."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.targets import Target
from tests.fuzz.worker import CRASH_LOG, VALID, Finding, Job, main

START_S = 300.0
"""Time until the first answer: libraries are imported and all valid inputs read before it."""

ANSWER_S = 90.0
"""Time for an answer; `worker.CPU_S` limits the processor time of an input."""

_MOST_FINDINGS = 5


@dataclass
class Report:
    """Findings of one target.

    Attributes
    ----------
    n_inputs : int
    findings : list of Finding
        Failures; one for each reason.
    crashes : list of Finding
        Of libraries that are meant to crash in a process of their own.
    """

    n_inputs: int = 0
    findings: list[Finding] = field(default_factory=list)
    crashes: list[Finding] = field(default_factory=list)

    def note(self, finding: Finding) -> bool:
        """Keep a finding unless one of its kind is known; gives whether it was kept."""
        if not finding.reason or any(_kind(finding) == _kind(known) for known in self.findings):
            return False
        self.findings.append(finding)
        return True


def _kind(finding: Finding) -> str:
    """The kind of a finding: the innermost place of its traceback, or its reason."""
    places = [line for line in finding.trace.splitlines() if line.startswith("  File ")]
    return places[-1] if places else finding.reason


def prepare(target: Target, folder: Path) -> None:
    """Write the valid inputs of a target."""
    (folder / VALID).mkdir(parents=True)
    target.prepare(folder / VALID)


def attack(name: str, target: Target, folder: Path, *, seed: int, seconds: float, first: int, keep: Path) -> Report:
    """Give a prepared target mutated inputs for some seconds, beginning with number `first`.

    Parameters
    ----------
    name, target
    folder : Path
        For inputs and what reading them leaves.
    seed : int
        The same seed and number give the same input, as long as the valid ones stay the same.
    seconds : float
        0: one input.
    keep : Path
        Where inputs are left that something was wrong with.
    """
    report = Report()
    ends_at = time.monotonic() + seconds
    number = first
    while number == first or (time.monotonic() < ends_at and len(report.findings) < _MOST_FINDINGS):
        job = Job(name, target, folder, seed, number, max(0.0, ends_at - time.monotonic()))
        number, ending = _listen(job, report, keep)
        if ending:
            finding = Finding(number, ending, (folder / CRASH_LOG).read_text("utf-8", "replace"))
            is_expected = target.is_native and ending.startswith("crashed")
            if is_expected:
                report.crashes.append(finding)
            if is_expected or report.note(finding):
                _save(finding, job, keep)
            number += 1
        report.n_inputs = number - first
    return report


def _listen(job: Job, report: Report, keep: Path) -> tuple[int, str]:
    """Run a worker process; gives the number of the next input, or of the one that ended it, and how it ended."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=main, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    number = job.first
    try:
        while ours.poll(START_S if number == job.first else ANSWER_S):
            try:
                finding = ours.recv()
            except EOFError:
                process.join()
                return number, "" if process.exitcode == 0 else f"crashed ({_ending(process.exitcode)})"
            number = finding.number + 1
            if report.note(finding):
                _save(finding, job, keep)
        return number, "gave no answer in time"
    finally:
        process.kill()
        process.join()
        ours.close()


def _ending(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


def _save(finding: Finding, job: Job, keep: Path) -> None:
    """Write the input and a description of the finding to a folder."""
    keep.mkdir(parents=True, exist_ok=True)
    made = job.make_input(finding.number)
    name = f"{job.name}-{job.seed}-{finding.number}"
    shutil.copyfile(made, keep / f"{name}{made.suffix}")
    (keep / f"{name}.txt").write_text(f"{finding.reason}\n\n{finding.trace}", "utf-8")
