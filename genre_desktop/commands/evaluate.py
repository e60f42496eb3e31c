"""``genre-desktop evaluate``: the metrics of a model on labelled tracks."""

from __future__ import annotations

import argparse
import json

from genre_desktop.commands.arguments import add_dataset, given_name, named_path
from genre_desktop.commands.console import OK, SOME_FAILED, Console, printable
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.catalogue import find_bundle


def summary() -> str:
    """One line for the list of commands."""
    return tr("measure how often a model is right on labelled tracks")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("model", metavar=tr("MODEL"), type=given_name, help=tr("name or folder of a model"))
    add_dataset(parser)
    parser.add_argument(
        "--names", metavar=tr("FILE"), type=named_path, help=tr("only the tracks named in this text file, one a line")
    )
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object"))
    parser.add_argument(
        "--report", metavar=tr("DIR"), type=named_path, help=tr("write figures, tables and confusion matrix into DIR")
    )


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Evaluate and print the metrics.

    Returns
    -------
    int
        1 if a track had to be left out or could be read only in part, or the report could not be written; else 0.
    """
    bundle = find_bundle(arguments.model)
    # Imported here because it loads scikit-learn.
    from training.pipelines.evaluate import evaluate

    evaluation = evaluate(bundle, arguments.dataset, names=arguments.names, report=arguments.report)
    if arguments.json:
        console.result(json.dumps(evaluation.to_dict(), ensure_ascii=True, allow_nan=False))
        for remark in evaluation.remarks():
            console.message(remark)
    else:
        for line in evaluation.table().splitlines():
            console.result(printable(line))
    if evaluation.report_error is not None:
        console.error(evaluation.report_error)
    elif arguments.report is not None:
        console.message(tr("The report is in {path}.", path=arguments.report))
    is_partial = evaluation.skipped or evaluation.read_in_part or evaluation.report_error
    return SOME_FAILED if is_partial else OK
