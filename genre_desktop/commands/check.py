"""``genre-desktop check``: whether this installation, or a data set, is in order."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from genre_desktop.commands.arguments import named_path
from genre_desktop.commands.console import OK, SOME_FAILED, Console, printable
from genre_desktop.core.i18n import tr


def summary() -> str:
    """One line for the list of commands."""
    return tr("check this installation, or a data set")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "dataset",
        nargs="?",
        metavar=tr("DATASET"),
        type=named_path,
        help=tr("look for faults in this data set instead"),
    )
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    parser.add_argument(
        "--diagnostics",
        action="store_true",
        help=tr("print what a report of a fault needs, without names of your files"),
    )
    parser.add_argument(
        "--with-names", action="store_true", help=tr("leave names and paths of your files in the diagnostics")
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check the installation or a data set, or print the diagnostics.

    Returns
    -------
    int
        1 if a check failed (a warning is no failure), or the data set has a fault; else 0.
    """
    if arguments.diagnostics or arguments.with_names:
        if arguments.dataset is not None or arguments.json:
            console.message(tr("The diagnostics are of the installation, and are text: nothing else is checked."))
        from genre_desktop.diagnostics import diagnostics

        for line in diagnostics(with_names=arguments.with_names).splitlines():
            console.result(printable(line))
        return OK
    if arguments.dataset is not None:
        return _check_dataset(arguments.dataset, arguments.json, console)
    from genre_desktop.commands.selfcheck import all_checks

    if arguments.json:
        findings = list(all_checks())
        is_well = all(finding.state != "failure" for finding in findings)
        console.result(_json({"ok": is_well, "checks": [asdict(finding) for finding in findings]}))
        return OK if is_well else SOME_FAILED
    words = {"ok": tr("ok"), "warning": tr("warning"), "failure": tr("failure")}
    styles = {"ok": "green", "warning": "yellow", "failure": "red"}
    width = max(map(len, words.values()))
    n_failures = 0
    for finding in all_checks():
        state = console.styled(words[finding.state].ljust(width), styles[finding.state])
        console.result(f"{state}  {finding.title}: {printable(finding.detail)}")
        n_failures += finding.state == "failure"
    console.message(tr("All is well.") if not n_failures else tr("Checks that failed: {n}.", n=n_failures))
    return SOME_FAILED if n_failures else OK


def _check_dataset(dataset: Path, as_json: bool, console: Console) -> int:
    from training.datasets.dataset_check import check_dataset

    summary, *findings = check_dataset(dataset)
    if as_json:
        console.result(_json({"ok": not findings, "summary": summary, "findings": findings}))
        return SOME_FAILED if findings else OK
    for sentence in (summary, *findings):
        console.result(printable(sentence))
    return SOME_FAILED if findings else OK


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=True, allow_nan=False)
