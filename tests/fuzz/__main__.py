"""Fuzz everything that reads the files of strangers.

::

    python -m tests.fuzz 60                               all targets together for a minute
    python -m tests.fuzz 600 --seed 7 --target sound      one of them, with other inputs
    python -m tests.fuzz 0 --target sound --first 1234    one input again, with its traceback

Whatever the input, it is taken or refused with an error of ours, within limits of time and memory. Inputs of which
this is not true are left in ``scratch/fuzz``, each with its story, and the exit status is 1. A crash of a codec is
counted only: sound is decoded in processes of their own, which may fall.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.campaign import attack, prepare
from tests.fuzz.targets import targets

KEEP = Path(__file__).parents[2] / "scratch" / "fuzz"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; exit status 1 if something was found."""
    known = targets()
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description="Attack what reads the files of strangers."
    )
    parser.add_argument("seconds", type=float, help="for all targets together, beside what their preparation takes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", action="append", choices=sorted(known), help="only this one; may stand repeatedly")
    parser.add_argument("--first", type=int, default=0, help="number of the first input of each target")
    chosen = parser.parse_args(arguments)
    names = chosen.target or list(known)
    n_findings = 0
    print(f"seed {chosen.seed}", flush=True)
    for name in names:
        with tempfile.TemporaryDirectory(prefix="genre-desktop-fuzz-", ignore_cleanup_errors=True) as folder:
            prepare(known[name], Path(folder))
            report = attack(
                name,
                known[name],
                Path(folder),
                seed=chosen.seed,
                seconds=chosen.seconds / len(names),
                first=chosen.first,
                keep=KEEP,
            )
        crashes = f", {len(report.crashes)} crashes of codecs" if report.crashes else ""
        print(f"{name:<10}{report.n_inputs:>8} inputs, {len(report.findings)} findings{crashes}", flush=True)
        for finding in report.findings:
            print(
                f"  {name} {finding.number}: {finding.reason}\n{finding.trace if chosen.seconds == 0 else ''}".rstrip()
            )
        n_findings += len(report.findings)
    if n_findings:
        print(
            f"The inputs are in {KEEP}; one again: python -m tests.fuzz 0 --seed {chosen.seed} --target NAME --first N"
        )
    return 1 if n_findings else 0


if __name__ == "__main__":
    sys.exit(main())
