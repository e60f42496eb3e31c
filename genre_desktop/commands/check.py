"""``genre-desktop check``: is this installation, or a data set, sound."""

from __future__ import annotations

import argparse
from pathlib import Path

from genre_desktop.commands.console import OK, SOME_FAILED, Console, printable
from genre_desktop.i18n import tr


def summary() -> str:
    """One line for the list of commands."""
    return tr("check this installation, or a data set")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "dataset",
        nargs="?",
        metavar=tr("DATASET"),
        type=Path,
        help=tr("look for faults in this data set instead"),
    )
    parser.add_argument(
        "--diagnostics",
        action="store_true",
        help=tr("print what a report of a fault needs, without names of your files"),
    )
    parser.add_argument(
        "--with-names", action="store_true", help=tr("leave names and paths of your files in the diagnostics")
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Check.

    Returns
    -------
    int
        1 if a check failed (a warning alone is no failure), or something was found about
        the data set.
    """
    if arguments.diagnostics or arguments.with_names:
        from genre_desktop.diagnostics import diagnostics

        for line in diagnostics(with_names=arguments.with_names).splitlines():
            console.result(printable(line))
        return OK
    if arguments.dataset is not None:
        return _examine(arguments.dataset, console)
    from genre_desktop.commands.selfcheck import all_checks

    words = {"ok": tr("ok"), "warning": tr("warning"), "failure": tr("failure")}
    styles = {"ok": "green", "warning": "yellow", "failure": "red"}
    width = max(map(len, words.values()))
    n_failures = 0
    for finding in all_checks():
        state = console.styled(words[finding.state].ljust(width), styles[finding.state])
        console.result(f"{state}  {finding.title}: {printable(finding.detail)}")
        n_failures += finding.state == "failure"
    console.say(tr("All is well.") if not n_failures else tr("Checks that failed: {n}.", n=n_failures))
    return SOME_FAILED if n_failures else OK


def _examine(dataset: Path, console: Console) -> int:
    from training.doctor import examine_dataset

    summary, *findings = examine_dataset(dataset)
    for sentence in (summary, *findings):
        console.result(printable(sentence))
    return SOME_FAILED if findings else OK
