"""``genre-desktop classify``: sound files and folders in, genres out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from operator import itemgetter
from pathlib import Path

from genre_desktop.commands.arguments import named_path, whole_number
from genre_desktop.commands.console import NOTHING_DONE, OK, SOME_FAILED, Console, Progress, percent, printable
from genre_desktop.core import locations
from genre_desktop.core.errors import AudioNotFoundError, GenreDesktopError, NothingFoundError
from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import MAX_JOBS, load_settings
from genre_desktop.library.engine.decoder_pool import usable_processors
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.scan_ahead import ScanAhead
from genre_desktop.library.export.html_report import require_report_target, write_report
from genre_desktop.library.export.json_record import dump_record, ranked, to_record
from genre_desktop.library.export.playlists import write_playlists
from genre_desktop.library.export.table import CsvExport
from genre_desktop.library.export.timeline import FORMATS, TimelineFolder
from genre_desktop.library.files.atomic_write import require_folder
from genre_desktop.library.keep_awake import kept_awake
from genre_desktop.library.result import Summary, TrackResult, summarise
from genre_desktop.library.scan.playlist import is_playlist
from genre_desktop.library.scan.scan import AUDIO_ENDINGS, scan, unreadable
from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally
from genre_desktop.library.store.rescue import open_rescued
from genre_desktop.library.store.result_store import ResultStore
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import default_bundle, find_bundle
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction
from genre_desktop.model.predictor import Predictor

_SHOWN_GENRES = 2
"""How many genres a line for people has unless asked for more: the answer and the runner-up."""


_WORTH_TELLING = set(PassedOver) - {PassedOver.SEEN_BEFORE, PassedOver.UNREADABLE}
"""What was met twice is no loss, and what could not be read has had its own sentence."""


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
    parser.add_argument("--model", metavar=tr("NAME_OR_DIR"), help=tr("model to use instead of the default one"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("print one JSON object a line and track"))
    form.add_argument("--csv", metavar=tr("FILE"), type=Path, help=tr("write a table for spreadsheets to FILE"))
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
        "--playlists", metavar=tr("DIR"), type=Path, help=tr("write a playlist (M3U8, relative paths) a genre into DIR")
    )
    parser.add_argument(
        "--report", metavar=tr("FILE"), type=Path, help=tr("write a page with charts, outliers and failures to FILE")
    )
    parser.add_argument(
        "--timelines",
        metavar=tr("DIR"),
        type=Path,
        help=tr("write the genre over time into DIR, a file a track; best with --segments, which listens to all of it"),
    )
    parser.add_argument(
        "--timeline-format",
        choices=FORMATS,
        default="labels",
        help=tr("of --timelines: a label track for Audacity (default), a table, or JSON"),
    )
    parser.add_argument("--retry-failed", action="store_true", help=tr("try files again that failed in an earlier run"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Classify; failures of single files do not end it.

    Returns
    -------
    int
        0 if every track got an answer, 1 if a file failed or a folder could not be
        listed, 2 if nothing was there to classify.
    """
    bundle = find_bundle(arguments.model) if arguments.model else default_bundle()
    paths: list[Path] = arguments.paths
    if not paths:
        console.say(tr("No path was given: classifying the demo clips."))
        paths = [locations.demo_clips()]
    # Before hours of work.
    if arguments.timelines:
        require_folder(arguments.timelines)
    if arguments.report:
        require_report_target(arguments.report)
    if arguments.playlists:
        require_folder(arguments.playlists)
    tally = _Tally()
    with ExitStack() as stack:
        table = stack.enter_context(CsvExport(arguments.csv)) if arguments.csv else None
        store = None if arguments.no_cache else _open_store(stack, console)
        printer = _Printer(console, bundle, arguments.top or _SHOWN_GENRES, arguments.segments)
        bar = stack.enter_context(console.progress(tr("track")))
        timelines = (
            TimelineFolder(arguments.timelines, arguments.timeline_format, paths) if arguments.timelines else None
        )
        rows: list[tuple[str, Summary | None]] = []
        are_exported = True
        for result in _results(paths, bundle, store, arguments, console, tally, bar):
            tally.add(result)
            if arguments.playlists or arguments.report:
                rows.append((os.path.abspath(result.path), summarise(result)))
            if result.prediction is not None and result.prediction.problem is not None:
                console.fail(result.prediction.problem)
            if timelines is not None:
                are_exported = _write_timeline(timelines, result, console) and are_exported
            if arguments.json:
                console.result(dump_record(to_record(result, top=arguments.top)))
            elif table is not None:
                table.write(result)
            else:
                printer.show(result)
            bar.advance(note=tr("{n} failed", n=tally.n_failed) if tally.n_failed else "")
    if timelines is not None:
        console.say(tr("Timelines written to {path}: {n}.", path=timelines.folder, n=timelines.n_files))
    if rows:
        are_exported = _export(sorted(rows, key=itemgetter(0)), bundle, arguments, console) and are_exported
    status = _conclude(tally, table, console, for_scripts=arguments.json)
    return status if are_exported else max(status, SOME_FAILED)


def _export(
    rows: list[tuple[str, Summary | None]], bundle: ModelBundle, arguments: argparse.Namespace, console: Console
) -> bool:
    """Write what was asked for beside the results; whether all of it could be."""
    n_failed = 0
    if arguments.playlists:
        try:
            written = write_playlists(arguments.playlists, rows)
        except GenreDesktopError as error:
            n_failed += 1
            console.fail(error)
        else:
            n_lists, n_tracks = len(written.paths), written.n_tracks
            told = tr(
                "Playlists written to {path}: {n}, with {tracks} tracks.",
                path=arguments.playlists,
                n=n_lists,
                tracks=n_tracks,
            )
            console.say(told)
            if written.n_left_out:
                why = tr("without a genre, or with a line break in their names")
                console.say(tr("Tracks left out of them, {why}: {n}.", why=why, n=written.n_left_out))
    if arguments.report:
        try:
            write_report(arguments.report, rows, bundle, date=date.today().isoformat())
        except GenreDesktopError as error:
            n_failed += 1
            console.fail(error)
        else:
            console.say(tr("Report written to {path}.", path=arguments.report))
    return not n_failed


def _write_timeline(timelines: TimelineFolder, result: TrackResult, console: Console) -> bool:
    try:
        timelines.write(result)
    except GenreDesktopError as error:
        console.fail(error)
        return False
    return True


class _Tally:
    def __init__(self) -> None:
        self.n_tracks = self.n_failed = self.n_known = self.n_missing = self.n_unreadable = 0
        self.empty_folders: dict[str, Path] = {}
        """By their real paths: the walk enters a folder once, under whichever name comes first."""
        self.scan = ScanTally()

    def add(self, result: TrackResult) -> None:
        self.n_tracks += 1
        self.n_known += result.is_stored
        self.n_failed += result.error is not None
        self.n_missing += isinstance(result.error, AudioNotFoundError)


def _open_store(stack: ExitStack, console: Console) -> ResultStore | None:
    try:
        store = stack.enter_context(open_rescued())
    except GenreDesktopError as error:
        console.fail(error)
        return None
    if store.news is not None:
        console.fail(store.news)
    return store


def _results(
    paths: list[Path],
    bundle: ModelBundle,
    store: ResultStore | None,
    arguments: argparse.Namespace,
    console: Console,
    tally: _Tally,
    bar: Progress,
) -> Iterator[TrackResult]:
    if not any(os.path.lexists(path) for path in paths):
        # Seconds of loading a network are no way to find out about a typing error.
        yield from (TrackResult(path, None, AudioNotFoundError(path=path), bundle.name) for path in paths)
        return

    def skipped(path: Path, reason: str) -> None:
        tally.n_unreadable += 1
        tally.empty_folders.pop(os.path.realpath(path), None)
        console.fail(unreadable(path, reason))

    for path in paths:
        if path.is_dir():
            tally.empty_folders.setdefault(os.path.realpath(path), path)

    def find(is_left: Callable[[], bool]) -> Iterator[Path]:
        found = scan(paths, on_skipped=skipped, is_cancelled=is_left, tally=tally.scan)
        return _noting_folders(found, tally.empty_folders)

    is_many = any(path.is_dir() or is_playlist(path) for path in paths)
    jobs = arguments.jobs or load_settings().processing.jobs
    if not is_many:
        jobs = min(jobs or usable_processors() + 1, len(paths))
    with ScanAhead(find) as ahead, Engine(jobs=jobs) as engine, kept_awake():
        if not ahead.wait_for_first():
            ahead.raise_error()
            return
        engine.start()  # beside the loading of the network, which takes seconds
        predictor = Predictor.load(bundle)
        for result in engine.classify(
            ahead.feed,
            predictor,
            store=store,
            every_patch=arguments.segments,
            retry_failed=arguments.retry_failed,
            on_problem=console.fail,
        ):
            bar.expect(ahead.n_found)
            yield result
    ahead.raise_error()


def _noting_folders(found: Iterator[Path], empty_folders: dict[str, Path]) -> Iterator[Path]:
    """Pass the files on; a folder in which one was found leaves `empty_folders`."""
    last = None
    for path in found:
        if empty_folders and path.parent != last:
            last = path.parent
            # A link on the way: the file is below the link's folder and below its target's.
            real = {os.path.realpath(folder) for folder in path.parents}
            for folder in real.union(map(str, Path(os.path.realpath(last)).parents)):
                empty_folders.pop(folder, None)
        yield path


def _conclude(tally: _Tally, table: CsvExport | None, console: Console, *, for_scripts: bool) -> int:
    endings = " ".join(sorted(AUDIO_ENDINGS))
    for folder in sorted(tally.empty_folders.values()):
        console.fail(NothingFoundError(path=folder, endings=endings))
    if any(map(tally.scan.count, _WORTH_TELLING)):
        console.say(tally.scan.sentence)
    if not tally.n_tracks:
        return NOTHING_DONE
    if table is not None:
        console.say(tr("Rows written to {path}: {n}.", n=table.n_rows, path=table.path))
    if tally.n_known and tally.scan.n_found > 1 and not for_scripts:
        console.say(
            tr(
                "Not listened to again, as their sound was known: {n} of {total}.",
                n=tally.n_known,
                total=tally.n_tracks,
            )
        )
    if tally.n_failed:
        console.say(tr("Tracks that failed: {n} of {total}.", n=tally.n_failed, total=tally.n_tracks))
    if tally.n_missing == tally.n_tracks:
        return NOTHING_DONE
    return SOME_FAILED if tally.n_failed or tally.n_unreadable else OK


class _Printer:
    """Lines for people: genre, how sure, what else, path."""

    def __init__(self, console: Console, bundle: ModelBundle, n_genres: int, with_segments: bool) -> None:
        self._console = console
        self._n_genres = n_genres
        self._with_segments = with_segments
        self._width = max(len(printable(genre)) for genre in (*bundle.labels, UNSURE, NOT_MUSIC))

    def show(self, result: TrackResult) -> None:
        if result.prediction is None:
            assert result.error is not None
            self._console.fail(result.error)
            return
        self._console.result(self._line(result.path, result.prediction, result.by_hand))
        if self._with_segments:
            for segment in result.prediction.segments:
                span = f"{_clock(segment.start_s)} - {_clock(segment.end_s)}"
                self._console.result(f"    {span}  {self._genre(segment.genre)}  {percent(segment.confidence):>5}")

    def _line(self, path: Path, prediction: Prediction, by_hand: str | None) -> str:
        if by_hand is not None:
            genre = self._console.styled(self._genre(by_hand), "bold")
            return f"{genre}  {tr('by hand')}  {printable(str(path))}"
        style = "yellow" if prediction.genre in (UNSURE, NOT_MUSIC) else "bold"
        answer = self._console.styled(self._genre(prediction.genre), style)
        # What is no music has no genre to be sure of, nor a second one.
        is_music = prediction.genre != NOT_MUSIC
        likely = ranked(prediction.probabilities or {}) if is_music else []
        others = [item for item in likely if item[0] != prediction.genre]
        # Beside "unsure" the first choice stands among the others.
        n_others = self._n_genres - (prediction.genre != UNSURE)
        columns = [f"{self._genre(genre)} {percent(share):>5}" for genre, share in others[:n_others]]
        if not columns and self._n_genres > 1:
            columns = [" " * (self._width + 6)]
        also = self._console.styled("  ".join(columns), "dim")
        sure = percent(prediction.confidence if is_music else None)
        return "  ".join(part for part in (answer, f"{sure:>5}", also) if part) + "  " + printable(str(path))

    def _genre(self, genre: str) -> str:
        return printable(genre).ljust(self._width)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60.0)
    return f"{int(minutes):3d}:{rest:04.1f}"
