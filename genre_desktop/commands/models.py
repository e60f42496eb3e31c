"""``genre-desktop models``: list, compare, import, export and remove models, and choose the default."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from genre_desktop.commands.arguments import given_name, named_path
from genre_desktop.commands.console import NOTHING_DONE, OK, Console, percent, printable, table
from genre_desktop.commands.model_card import describe, interval
from genre_desktop.core.errors import BundleNotFoundError, BundleNotNewerError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import load_settings, save_settings
from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import (
    default_bundle,
    export_bundle,
    find_bundle,
    list_bundles,
    own_bundle,
    remove_bundle,
    shipped_behind,
)
from genre_desktop.model.bundles.versions import release
from genre_desktop.model.importing.bundle_changes import Update
from genre_desktop.model.importing.bundle_import import import_bundle


def summary() -> str:
    """One line for the list of commands."""
    return tr("list, compare, import, export and remove models; choose the default")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar=tr("ACTION"), required=True)

    def add_action(name: str, purpose: str) -> argparse.ArgumentParser:
        return actions.add_parser(name, help=purpose, description=purpose)

    name_help = tr("name of a model, as models list shows it, or its folder")
    add_action("list", tr("show all models"))

    info = add_action("info", tr("show everything about a model"))
    info.add_argument("name", metavar=tr("NAME_OR_DIR"), type=given_name, help=name_help)
    info.add_argument("--json", action="store_true", help=tr("print the model's card as one JSON object"))

    default = add_action("default", tr("show or choose the model that classifies"))
    default.add_argument("name", nargs="?", metavar=tr("NAME_OR_DIR"), type=given_name, help=name_help)

    compare = add_action("compare", tr("show the measured figures of models side by side"))
    compare.add_argument(
        "names", nargs="*", metavar=tr("NAME_OR_DIR"), type=given_name, help=tr("all models without one")
    )

    add = add_action("import", tr("copy a model folder or zip file to your models; a newer one updates"))
    add.add_argument(
        "path", metavar=tr("PATH"), type=named_path, help=tr("folder that train wrote, or folder or zip file of export")
    )
    add.add_argument(
        "--update",
        action="store_true",
        help=tr("let it take the place of your model of the same name even if that is newer"),
    )
    add.add_argument("--yes", action="store_true", help=tr("do not ask before it takes the place of another"))

    export = add_action("export", tr("write a model to a folder or zip file"))
    export.add_argument("name", metavar=tr("NAME_OR_DIR"), type=given_name, help=name_help)
    export.add_argument(
        "destination",
        metavar=tr("DEST"),
        type=named_path,
        help=tr("a new folder; with a name ending in .zip, a zip file"),
    )

    remove = add_action("remove", tr("delete one of your models"))
    remove.add_argument("name", metavar=tr("NAME_OR_DIR"), type=given_name, help=name_help)
    remove.add_argument("--yes", action="store_true", help=tr("do not ask"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Carry out the action."""
    match arguments.action:
        case "list":
            return _list(console)
        case "info":
            return _info(find_bundle(arguments.name), arguments.json, console)
        case "default":
            return _default(arguments.name, console)
        case "compare":
            return _compare([find_bundle(name) for name in arguments.names] or list_bundles(), console)
        case "import":
            return _import(arguments.path, arguments.update, arguments.yes, console)
        case "export":
            written = export_bundle(find_bundle(arguments.name), arguments.destination)
            console.message(tr("The model was written to {path}.", path=written))
            return OK
        case _:
            return _remove(arguments.name, arguments.yes, console)


def _import(path: Path, is_forced: bool, is_sure: bool, console: Console) -> int:
    before: list[ModelBundle] = []

    def confirm(update: Update) -> bool:
        before.append(update.before)
        _print_changes(update, console)
        if is_sure:
            return True
        if not console.interactive:
            console.message(tr("Nothing was imported: there is no terminal to ask at. Use --yes."))
            return False
        if console.ask(tr("Put it in the place of the one there is?")):
            return True
        console.message(tr("Nothing was imported."))
        return False

    try:
        bundle = import_bundle(path, confirm=confirm, replace=is_forced)
    except BundleNotNewerError as error:
        console.error(error)
        if not error.values["is_shipped"]:
            console.message(tr("To take it all the same, use --update."))
        return NOTHING_DONE
    if bundle is None:
        return NOTHING_DONE
    if before:
        was, now = release(before[0]) or "?", release(bundle) or "?"
        change = now if was == now else tr("{before} → {after}", before=was, after=now)
        console.message(
            tr(
                "The model {name} was updated ({change}). Files are classified anew by it.",
                name=bundle.name,
                change=change,
            )
        )
    else:
        console.message(
            tr(
                "The model {name} was imported ({n} genres, {accuracy}).",
                name=bundle.name,
                n=len(bundle.labels),
                accuracy=tr("not measured") if bundle.accuracy is None else _accuracy(bundle.accuracy),
            )
        )
    return OK


def _print_changes(update: Update, console: Console) -> None:
    """Print the changes of an update, a line each; an unchanged property is printed once."""
    console.message(tr("The model {name} is there already. What changes:", name=update.after.name))
    changes = update.changes()
    width = max(len(change.title) for change in changes)
    for change in changes:
        is_same = change.before == change.after
        text = change.before if is_same else tr("{before} → {after}", before=change.before, after=change.after)
        console.message(f"  {change.title.ljust(width)}  {text}")


def _list(console: Console) -> int:
    bundles = list_bundles()
    if not bundles:
        console.message(tr("There is no model. Train one or import one."))
        return OK
    default = None
    with suppress(BundleNotFoundError):
        default = default_bundle().path
    rows = [(" ", tr("name"), tr("accuracy"), tr("measured on"), tr("genres"), tr("version"), tr("origin"))]
    for bundle in bundles:
        rows.append(
            (
                "*" if bundle.path == default else " ",
                printable(bundle.name),
                _accuracy(bundle.accuracy),
                _measured_on(bundle.accuracy),
                str(len(bundle.labels)),
                printable(release(bundle)) or "-",
                _origin(bundle),
            )
        )
    _print_table(rows, console)
    console.message(tr("* is the default."))
    return OK


def _info(bundle: ModelBundle, as_json: bool, console: Console) -> int:
    if as_json:
        console.result(json.dumps(dict(bundle.card), ensure_ascii=True))
        return OK
    for line in describe(bundle):
        console.result(printable(line))
    return OK


def _default(name: str | None, console: Console) -> int:
    if name is None:
        console.result(printable(default_bundle().name))
        return OK
    bundle = find_bundle(name)
    save_settings(replace(load_settings(), default_model=_name_or_folder(bundle)))
    console.message(tr("{name} is the default from now on.", name=bundle.name))
    return OK


def _compare(bundles: Sequence[ModelBundle], console: Console) -> int:
    rows: list[Sequence[str]] = [
        (
            tr("model"),
            tr("split"),
            tr("tracks"),
            tr("accuracy"),
            tr("names one"),
            tr("right then"),
            tr("confidence off by"),
            tr("precision"),
            tr("recall"),
            tr("F1"),
            "",
        )
    ]
    for bundle in bundles:
        if not bundle.figures:
            rows.append((printable(bundle.name), tr("not measured"), *[""] * 9))
        for figures in bundle.figures:
            table = bundle.card["metrics"][figures.protocol]
            rows.append(
                (
                    printable(bundle.name),
                    printable(figures.protocol),
                    str(figures.n_tracks),
                    _accuracy(figures),
                    interval(figures.coverage),
                    interval(figures.accuracy_covered),
                    tr("too few to tell") if figures.is_too_few else interval(figures.ece, unit=tr("points")),
                    *(percent(table.get(f"{figure}_macro")) for figure in ("precision", "recall", "f1")),
                    tr("leaking") if figures.leaking else "",
                )
            )
    _print_table(rows, console)
    if len(rows) > 2:
        console.message(
            tr(
                "Figures of different tracks or genres cannot be compared: a higher one does not mean a better model. "
                "Split: what no model had learned from when it was measured (see models info)."
            )
        )
    if any(figures.coverage is not None for bundle in bundles for figures in bundle.figures):
        console.message(tr("Names one: the share of tracks that get a genre; the others are unsure."))
    if any(figures.leaking for bundle in bundles for figures in bundle.figures):
        console.message(tr("Leaking: parts of one track stood on both sides, which tells nothing about new music."))
    return OK


def _remove(name: str, is_sure: bool, console: Console) -> int:
    bundle = own_bundle(name)
    if not is_sure:
        if not console.interactive:
            console.message(tr("Nothing was removed: there is no terminal to ask at. Use --yes."))
            return NOTHING_DONE
        if not console.ask(tr("Delete the model {name} in {path}?", name=bundle.name, path=bundle.path)):
            console.message(tr("Nothing was removed."))
            return NOTHING_DONE
    shipped = shipped_behind(bundle)
    remove_bundle(bundle)
    console.message(tr("The model {name} was removed.", name=bundle.name))
    if shipped is not None:
        console.message(tr("The one that came with the program ({release}) is used again.", release=release(shipped)))
    return OK


def _origin(bundle: ModelBundle) -> str:
    if bundle.is_shipped:
        return tr("shipped")
    return tr("yours") if shipped_behind(bundle) is None else tr("yours, an update of a shipped one")


def _name_or_folder(bundle: ModelBundle) -> str:
    """The text by which `find_bundle` finds a bundle: its name, unless that means another one; else its folder."""
    first = next((known for known in list_bundles() if known.name == bundle.name), None)
    is_found = first is not None and first.path.samefile(bundle.path)
    return bundle.name if is_found else str(bundle.path.resolve())


def _print_table(rows: Sequence[Sequence[str]], console: Console) -> None:
    for line in table(rows):
        console.result(line)


def _accuracy(accuracy: MeasuredAccuracy | None) -> str:
    if accuracy is None:
        return "-"
    told = interval(Measured(accuracy.accuracy, accuracy.low, accuracy.high))
    return tr("{right}, too few to tell", right=told) if accuracy.is_too_few else told


def _measured_on(accuracy: MeasuredAccuracy | None) -> str:
    if accuracy is None:
        return tr("not measured")
    words = printable(accuracy.measured_on())
    return tr("{words} (leaking)", words=words) if accuracy.leaking else words
