"""``genre-desktop classify``: classification of sound files, folders and playlists."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from genre_desktop.audio.decode.source_file import opening_error
from genre_desktop.commands.arguments import given_name, named_path, whole_number
from genre_desktop.commands.classify_output import JsonOutput, LinesOutput
from genre_desktop.commands.console import NOTHING_DONE, OK, SOME_FAILED, Console, Progress
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    AudioError,
    AudioNotFoundError,
    EmptyPlaylistError,
    ExportTargetError,
    GenreDesktopError,
    NothingFoundError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import MAX_JOBS, load_settings
from genre_desktop.library.engine.decoder_pool import usable_processors
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.scan_ahead import ScanAhead
from genre_desktop.library.export.csv_table import GrowingCsvTableSink
from genre_desktop.library.export.html_report import HtmlReportSink
from genre_desktop.library.export.playlists import PlaylistsSink
from genre_desktop.library.export.result_sink import CollectingSink, ResultRow, ResultSink, Written
from genre_desktop.library.export.timeline import FORMATS, TimelinesSink
from genre_desktop.library.keep_awake import kept_awake
from genre_desktop.library.result import TrackResult
from genre_desktop.library.scan.playlist import is_playlist
from genre_desktop.library.scan.scan import AUDIO_ENDINGS, scan, unreadable_error
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally
from genre_desktop.library.store import manual_genre_backup
from genre_desktop.library.store.recovery import open_or_recover
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import default_bundle, find_bundle
from genre_desktop.model.predictor import Predictor

_SHOWN_GENRES = 2
"""Genres in a line for people by default: the first and the second."""

_REPORTED_REASONS = set(PassedOver) - {PassedOver.SEEN_BEFORE, PassedOver.UNREADABLE}
"""Reasons for which a summary is printed: a file met twice is no loss, and unreadable folders have been reported."""


def summary() -> str:
    """One line for the list of commands."""
    return tr("tell the genre of sound files and of all that folders hold")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=tr("PATH"),
        type=named_path,
        help=tr("sound file, folder or playlist; the demo clips without one. After -- also names that begin with -"),
    )
    parser.add_argument(
        "--model", metavar=tr("NAME_OR_DIR"), type=given_name, help=tr("model to use instead of the default one")
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("print one JSON object a line and track"))
    form.add_argument("--csv", metavar=tr("FILE"), type=named_path, help=tr("write a table for spreadsheets to FILE"))
    parser.add_argument(
        "--top",
        metavar="N",
        type=whole_number(1),
        help=tr("give the N most probable genres alone (lines without --json show 2 otherwise)"),
    )
    parser.add_argument(
        "--segments",
        action="store_true",
        help=tr(
            "score every part of each track and show the genre over time; without it parts spread over the track "
            "are enough, more of them where the answer is not clear (JSON has those scored)"
        ),
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=whole_number(1, MAX_JOBS),
        help=tr("number of processes that decode (default: as set in the window, or else one more than processors)"),
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help=tr(
            "compute everything afresh, without results and genres by hand of earlier days, and keep nothing; "
            "otherwise files that are known are not read again"
        ),
    )
    parser.add_argument(
        "--playlists",
        metavar=tr("DIR"),
        type=named_path,
        help=tr("write a playlist (M3U8, relative paths) a genre into DIR"),
    )
    parser.add_argument(
        "--report",
        metavar=tr("FILE"),
        type=named_path,
        help=tr("write a page with charts, outliers and failures to FILE"),
    )
    parser.add_argument(
        "--timelines",
        metavar=tr("DIR"),
        type=named_path,
        help=tr("write the genre over time into DIR, a file a track; best with --segments, which listens to all of it"),
    )
    parser.add_argument(
        "--timeline-format",
        choices=FORMATS,
        help=tr("of --timelines: a label track for Audacity (default), a table, or JSON"),
    )
    parser.add_argument("--retry-failed", action="store_true", help=tr("try files again that failed in an earlier run"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Classify files; errors of single files do not end the command.

    Returns
    -------
    int
        0 if every track has an answer, 1 if a file failed or was read only in part, or a folder could not be
        listed, 2 if there was nothing to classify.
    """
    bundle = find_bundle(arguments.model) if arguments.model else default_bundle()
    paths: list[Path] = arguments.paths
    _say_what_has_no_effect(arguments, bundle, console)
    if not paths:
        console.message(tr("No path was given: classifying the demo clips."))
        paths = [locations.demo_clips()]
    tally = _Tally()
    printed, further = _sinks(arguments, bundle, paths, console)
    with ExitStack() as stack:
        for sink in (*further, printed):
            sink.open()
            stack.callback(sink.abandon)
        store = None if arguments.no_cache else _open_store(stack, console)
        bar = stack.enter_context(console.progress(tr("track")))
        for result in _classify(paths, bundle, store, arguments, console, tally, bar):
            tally.add(result)
            if result.error is not None and isinstance(printed, GrowingCsvTableSink):
                console.error(result.error)
            _report_warnings(result, console)
            row = ResultRow.of(result)
            for sink in further:
                tally.are_exported &= _succeeds(console, sink.write, row)
            printed.write(row)
            bar.advance(note=tr("{n} failed", n=tally.n_failed) if tally.n_failed else "")
        written: list[tuple[ResultSink, Written]] = []
        for sink in further:
            if isinstance(sink, CollectingSink) and not tally.n_tracks:
                continue  # nothing was found, as by a mistake in a path: what an earlier run wrote stays
            tally.are_exported &= _succeeds(console, lambda sink=sink: written.append((sink, sink.finish())))
        printed.finish()
    for sink, what in written:
        _report_written(console, sink, what, tally)
    return _exit_status(tally, printed, console, for_scripts=arguments.json)


def _say_what_has_no_effect(arguments: argparse.Namespace, bundle: ModelBundle, console: Console) -> None:
    if arguments.top is not None and arguments.csv:
        console.message(tr("--top has no effect with --csv: the table has the two most probable genres."))
    elif arguments.top is not None and arguments.top > len(bundle.labels):
        console.message(
            tr("--top {n}: the model has {known} genres, and all are given.", n=arguments.top, known=len(bundle.labels))
        )
    if arguments.timeline_format is not None and not arguments.timelines:
        console.message(tr("--timeline-format has no effect without --timelines."))


def _sinks(
    arguments: argparse.Namespace, bundle: ModelBundle, paths: list[Path], console: Console
) -> tuple[ResultSink, list[ResultSink]]:
    """The sink for the results themselves, and those for further files.

    An error of the first ends the command; errors of the others are reported, and the command goes on.
    """
    if arguments.csv and arguments.report and _is_same(arguments.csv, arguments.report):
        raise ExportTargetError(path=arguments.report, reason=tr("the table and the report want the same file"))
    further: list[ResultSink] = []
    if arguments.timelines:
        further.append(TimelinesSink(arguments.timelines, arguments.timeline_format or FORMATS[0], paths))
    if arguments.playlists:
        further.append(PlaylistsSink(arguments.playlists, sort_by_path=True))
    if arguments.report:
        further.append(HtmlReportSink(arguments.report, bundle, date=date.today().isoformat(), sort_by_path=True))
    if arguments.json:
        return JsonOutput(console, arguments.top), further
    if arguments.csv:
        return GrowingCsvTableSink(arguments.csv), further
    return LinesOutput(console, bundle, arguments.top or _SHOWN_GENRES, arguments.segments), further


def _is_same(one: Path, other: Path) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _report_warnings(result: TrackResult, console: Console) -> None:
    if result.prediction is None:
        return
    for warning in result.prediction.warnings:
        if warning.loses_sound:
            console.error(warning)
        else:
            console.message(str(warning), "yellow")


def _succeeds(console: Console, step: Callable[..., None], *given: object) -> bool:
    """Do a step of a further sink; an error is reported, and False returned."""
    try:
        step(*given)
    except GenreDesktopError as error:
        console.error(error)
        return False
    return True


def _report_written(console: Console, sink: ResultSink, written: Written, tally: _Tally) -> None:
    """Print what a further sink has written."""
    match sink:
        case TimelinesSink():
            console.message(tr("Timelines written to {path}: {n}.", path=sink.folder, n=written.n_files))
        case PlaylistsSink():
            sentence = tr(
                "Playlists written to {path}: {n}, with {tracks} tracks.",
                path=sink.folder,
                n=written.n_files,
                tracks=written.n_tracks,
            )
            console.message(sentence)
            if n_left_out := tally.n_tracks - written.n_tracks:
                console.message(
                    tr("Tracks in no playlist (without a genre, or a line break in the name): {n}.", n=n_left_out)
                )
        case HtmlReportSink():
            console.message(tr("Report written to {path}.", path=sink.path))


class _Tally:
    """Counts of one run, for the summary and the exit status."""

    def __init__(self) -> None:
        self.n_tracks = self.n_failed = self.n_partial = self.n_known = self.n_missing = self.n_unreadable = 0
        self.are_exported = True
        """Whether every further sink could be written."""
        self.empty_folders: dict[str, Path] = {}
        """Folders without a sound file so far, by real path: a folder is walked once, under the name that comes
        first."""
        self.scan = ScanTally()

    def add(self, result: TrackResult) -> None:
        self.n_tracks += 1
        self.n_known += result.is_stored and result.error is None
        self.n_failed += result.error is not None
        self.n_partial += result.prediction is not None and result.prediction.loss is not None
        self.n_missing += isinstance(result.error, AudioNotFoundError)


def _open_store(stack: ExitStack, console: Console) -> ResultStore | None:
    try:
        store = stack.enter_context(open_or_recover())
    except GenreDesktopError as error:
        console.error(error)
        return None
    if store.recovery_notice is not None:
        console.error(store.recovery_notice)
    stack.callback(_back_up_handed_down, store)
    return store


def _back_up_handed_down(store: ResultStore) -> None:
    """Back up the genres by hand if files that have other sound by now have got theirs anew."""
    if store.handed_down:
        with contextlib.suppress(GenreDesktopError):  # the next start of the window does it
            manual_genre_backup.write(store)


def _classify(
    paths: list[Path],
    bundle: ModelBundle,
    store: ResultStore | None,
    arguments: argparse.Namespace,
    console: Console,
    tally: _Tally,
    bar: Progress,
) -> Iterator[TrackResult]:
    if not any(os.path.lexists(path) for path in paths):
        # A typing error is reported without loading a network, which takes seconds where Keras computes it.
        yield from (TrackResult(path, None, _lookup_error(path), bundle.name) for path in paths)
        return

    def skipped(path: Path, reason: str) -> None:
        tally.n_unreadable += 1
        tally.empty_folders.pop(os.path.realpath(path), None)
        console.error(unreadable_error(path, reason))

    for path in paths:
        if os.path.isdir(path):
            tally.empty_folders.setdefault(os.path.realpath(path), path)

    def find(is_left: Callable[[], bool]) -> Iterator[Path]:
        found = scan(paths, on_unreadable=skipped, is_cancelled=is_left, tally=tally.scan)
        return _note_folders(found, tally.empty_folders)

    is_many = any(os.path.isdir(path) or is_playlist(path) for path in paths)
    jobs = arguments.jobs or load_settings().processing.jobs
    if not is_many:
        jobs = min(jobs or usable_processors() + 1, len(paths))
    with ScanAhead(find) as ahead, Engine(jobs=jobs) as engine, kept_awake():
        if not ahead.wait_for_first():
            ahead.raise_error()
            return
        engine.start()  # while the network is loaded, which takes seconds
        predictor = Predictor.load(bundle)
        for result in engine.classify(
            ahead.queue,
            predictor,
            store=store,
            every_patch=arguments.segments,
            retry_failed=arguments.retry_failed,
            on_problem=console.error,
        ):
            bar.expect(ahead.n_found)
            yield result
    ahead.raise_error()


def _lookup_error(path: Path) -> AudioError:
    """The error for a path at which nothing can be found."""
    try:
        os.lstat(path)
    except (OSError, ValueError) as error:
        return opening_error(path, error)
    return AudioNotFoundError(path=path)  # it appeared this moment


def _note_folders(found: Iterator[Path], empty_folders: dict[str, Path]) -> Iterator[Path]:
    """Yield the files; the folders that contain one are removed from `empty_folders`."""
    last = None
    for path in found:
        if empty_folders and path.parent != last:
            last = path.parent
            # With a link on the way, the file is in the folders of the link and in those of its target.
            real = {os.path.realpath(folder) for folder in path.parents}
            for folder in real.union(map(str, Path(os.path.realpath(last)).parents)):
                empty_folders.pop(folder, None)
        yield path


def _exit_status(tally: _Tally, printed: ResultSink, console: Console, *, for_scripts: bool) -> int:
    """Print the summary of a run, and return the exit status."""
    endings = " ".join(sorted(AUDIO_ENDINGS))
    for folder in sorted(tally.empty_folders.values()):
        console.error(NothingFoundError(path=folder, endings=endings))
    for playlist in tally.scan.examples(PassedOver.EMPTY_PLAYLIST):
        console.error(EmptyPlaylistError(path=playlist))
    if any(map(tally.scan.count, _REPORTED_REASONS)):
        console.message(tally.scan.sentence)
    if not tally.n_tracks:
        return NOTHING_DONE
    if isinstance(printed, GrowingCsvTableSink):
        console.message(tr("Rows written to {path}: {n}.", n=printed.n_rows, path=printed.path))
    if tally.n_known and tally.scan.n_found > 1 and not for_scripts:
        console.message(
            tr(
                "Not listened to again, as their sound was known: {n} of {total}.",
                n=tally.n_known,
                total=tally.n_tracks,
            )
        )
    if tally.n_failed:
        console.message(tr("Tracks that failed: {n} of {total}.", n=tally.n_failed, total=tally.n_tracks))
    if tally.n_partial:
        console.message(tr("Tracks read only in part: {n} of {total}.", n=tally.n_partial, total=tally.n_tracks))
    if tally.n_missing == tally.n_tracks:
        if tally.n_missing > 1:
            console.message(tr("A name with blanks needs quotes around it."))
        return NOTHING_DONE
    is_all_right = not (tally.n_failed or tally.n_partial or tally.n_unreadable) and tally.are_exported
    return OK if is_all_right else SOME_FAILED
