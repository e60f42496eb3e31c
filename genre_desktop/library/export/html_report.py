"""The report of a library: one HTML page to keep, send or print, without other files."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Final

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import language, numeral, percent, tr
from genre_desktop.library.analysis.album_consistency import Inconsistency, find_inconsistencies
from genre_desktop.library.analysis.statistics import LibraryStatistics, gather_statistics, genre_of
from genre_desktop.library.export.html_charts import confidence_chart, genre_chart
from genre_desktop.library.export.result_sink import CollectingSink, Written
from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable, require_writable
from genre_desktop.library.result import Summary
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.genre_names import genre_name, style_name
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

MAX_TRACKS: Final = 5_000
"""Most rows of the table, which a browser shows quickly. The CSV table has all tracks."""

MAX_FAILURES: Final = 500
MAX_GROUPS: Final = 200

_MARK: Final = '<meta name="generator" content="Genre Desktop report">'
_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    # Forbids other files and scripts, whatever the text of a tag contains.
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    f'{_MARK}\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
)

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1f; --dim: #5f5f68; --paper: #fff; --line: #d9d9e0; --band: #f5f5f8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ee; --dim: #a5a5b0; --paper: #18181c; --line: #3a3a44; --band: #212127; }
}
body { color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif;
  max-width: 72rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
.dim { color: var(--dim); } p { margin: .3rem 0; }
dl { display: flex; flex-wrap: wrap; gap: .6rem 2.4rem; margin: 1.4rem 0; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: var(--dim); font-size: .85rem; } dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.charts { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; }
figure { margin: 0; flex: 1 1 26rem; max-width: 36rem; } figure svg { width: 100%; height: auto; }
figcaption { font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .87rem; }
th, td { text-align: left; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: break-word; unicode-bidi: isolate; }
th { color: var(--dim); font-weight: 600; }
td:nth-child(2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.path { overflow-wrap: anywhere; }
tbody tr:nth-child(even) { background: var(--band); }
ul { padding-left: 1.2rem; columns: 26rem 2; column-gap: 2.4rem; }
li { margin: 0 0 .5rem; break-inside: avoid; unicode-bidi: isolate; }
li div { color: var(--dim); font-size: .87rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
@media print {
  :root { --ink: #000; --dim: #444; --paper: #fff; --line: #bbb; --band: #fff; color-scheme: light; }
  body { margin: 0; max-width: none; font-size: 10pt; } h2 { break-after: avoid; }
  table, li div { font-size: 7.5pt; line-height: 1.3; }
  thead { display: table-header-group; } tr, li, figure, dl div { break-inside: avoid; }
}
"""


def write_report(
    path: str | os.PathLike[str], rows: Iterable[tuple[str, Summary | None]], bundle: ModelBundle, *, date: str
) -> None:
    """Write the report page; an existing one is kept until the new one is complete.

    Parameters
    ----------
    path : path-like
        Usually with the ending ``.html``.
    rows : iterable of (str, Summary or None)
        Paths and what is known of them, in the order in which the table shows them.
    bundle : ModelBundle
        The model whose answers are shown.
    date : str
        The date that the page shows.

    Raises
    ------
    ExportTargetError
        If an existing file is no older report.
    StorageError
        If it cannot be written.
    """
    require_report_target(path)
    page = report_page(list(rows), bundle, date=date)
    with atomic_write(path) as file:
        # Bytes of a name that are no valid UTF-8 are written as \udcXX, as in a table.
        file.write(page.encode("utf-8", "backslashreplace"))


class HtmlReportSink(CollectingSink):
    """The report page; see `write_report`.

    Parameters
    ----------
    path : path-like
    bundle : ModelBundle
    date : str
    sort_by_path : bool
        Whether tracks are sorted by path, and not in the order in which they are written.
    """

    def __init__(
        self, path: str | os.PathLike[str], bundle: ModelBundle, *, date: str, sort_by_path: bool = False
    ) -> None:
        super().__init__(sort_by_path=sort_by_path)
        self.path = path
        self._bundle = bundle
        self._date = date

    def open(self) -> None:
        """See `require_report_target`."""
        require_report_target(self.path)

    def _write_collected(self, rows: Sequence[tuple[str, Summary | None]]) -> Written:
        write_report(self.path, rows, self._bundle, date=self._date)
        return Written(len(rows))


def require_report_target(path: str | os.PathLike[str]) -> None:
    """Refuse a path at which no report can be written.

    Raises
    ------
    ExportTargetError
        If an existing file is no older report, or the ending is that of a sound file.
    StorageError
        If the folder does not exist, or cannot be written to.
    """
    require_replaceable(path, lambda head: _MARK.encode() in head)
    require_writable(os.path.dirname(os.path.abspath(path)))


def report_page(rows: Sequence[tuple[str, Summary | None]], bundle: ModelBundle, *, date: str) -> str:
    """The page as text; see `write_report`."""
    statistics = gather_statistics(rows, bundle.labels)
    folder = _common_folder([path for path, _ in rows])
    title = tr("Genres of 1 track") if len(rows) == 1 else tr("Genres of {n} tracks", n=numeral(len(rows), ","))
    parts = [
        _HEAD.replace("{language}", language()),
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_text(title)}</h1>\n",
        f'<p class="dim">{_text(tr("{date}, by the model {name}", date=date, name=bundle.name))}</p>\n',
        f'<p class="dim">{_text(tr("Files in {folder}", folder=folder))}</p>\n' if folder else "",
        _accuracy(bundle),
        _figures(statistics),
        _charts(statistics),
        _outliers(find_inconsistencies(rows)),
        _failures(rows),
        _warnings(rows),
        _tracks(rows, folder),
        "</body>\n</html>\n",
    ]
    return "".join(parts)


def _common_folder(paths: Sequence[str]) -> str:
    """The deepest folder that holds all files, which the rows of the table need not repeat; empty without one."""
    try:
        return os.path.commonpath([os.path.dirname(path) for path in paths])
    except ValueError:  # on several drives of Windows, relative and absolute ones, or none at all
        return ""


def _accuracy(bundle: ModelBundle) -> str:
    accuracy = bundle.accuracy
    if accuracy is None:
        return ""
    figures = {
        "figure": numeral(100 * accuracy.accuracy, ".0f"),
        "low": numeral(100 * accuracy.low, ".0f"),
        "high": numeral(100 * accuracy.high, ".0f"),
        "measured_on": accuracy.measured_on(),
    }
    if accuracy.leaking:
        sentence = tr("It was right on {figure} % of {measured_on}: expect less here.", **figures)
    else:
        sentence = tr("It was right on {figure} % of {measured_on} (95 % interval {low}–{high} %).", **figures)
    return f'<p class="dim">{_text(f"{sentence} {accuracy.caveat()}".rstrip())}</p>\n'


def _figures(statistics: LibraryStatistics) -> str:
    hours = statistics.duration_s / 3600
    figures = [
        (tr("with a genre"), numeral(statistics.n_named, ","), True),
        (tr("unsure"), numeral(statistics.n_unsure, ","), True),
        (tr("not music"), numeral(statistics.n_not_music, ","), True),
        (tr("failed"), numeral(statistics.n_failed, ","), True),
        (tr("read in part"), numeral(statistics.n_partial, ","), statistics.n_partial > 0),
        (tr("not classified yet"), numeral(statistics.n_waiting, ","), statistics.n_waiting > 0),
        (tr("set by hand"), numeral(statistics.n_by_hand, ","), statistics.n_by_hand > 0),
        (tr("hours of sound"), numeral(hours, ",.1f"), hours >= 1),
        (tr("minutes of sound"), numeral(60 * hours, ",.0f"), hours < 1),
    ]
    n_compared = statistics.n_agreeing + statistics.n_disagreeing
    if n_compared:
        agreeing = tr("{n} of {total}", n=numeral(statistics.n_agreeing, ","), total=numeral(n_compared, ","))
        figures.append((tr("agree with their tag, where it names one of the model's genres"), agreeing, True))
    items = "".join(
        f"<div><dt>{_text(name)}</dt><dd>{_text(figure)}</dd></div>" for name, figure, shown in figures if shown
    )
    return f"<dl>{items}</dl>\n"


def _charts(statistics: LibraryStatistics) -> str:
    charts = []
    if statistics.genre_counts or statistics.n_unsure or statistics.n_not_music:
        charts.append((tr("Tracks a genre"), genre_chart(statistics)))
    if any(statistics.named_bins) or any(statistics.unsure_bins):
        charts.append((tr("How sure the model is"), confidence_chart(statistics)))
    drawn = "".join(f"<figure><figcaption>{_text(name)}</figcaption>{svg}</figure>\n" for name, svg in charts)
    return f'<div class="charts">{drawn}</div>\n' if drawn else ""


def _outliers(found: Sequence[Inconsistency]) -> str:
    if not found:
        return ""
    items = "".join(
        f"<li>{_text(each.sentence)}{''.join(f'<div>{_text(outlier.path)}</div>' for outlier in each.outliers)}</li>\n"
        for each in found[:MAX_GROUPS]
    )
    return f"<h2>{_text(tr('Tracks that do not fit'))}</h2>\n{_limit(len(found), MAX_GROUPS)}<ul>\n{items}</ul>\n"


def _failures(rows: Sequence[tuple[str, Summary | None]]) -> str:
    failed = [(path, summary.error) for path, summary in rows if summary is not None and summary.error is not None]
    return _error_table(tr("Files that could not be classified"), failed)


def _warnings(rows: Sequence[tuple[str, Summary | None]]) -> str:
    told = [(path, warning) for path, summary in rows if summary is not None for warning in summary.warnings]
    return _error_table(tr("Files that were read only in part, or with a note"), told)


def _error_table(title: str, errors: Sequence[tuple[str, GenreDesktopError]]) -> str:
    if not errors:
        return ""
    items = "".join(
        f'<tr><td class="path">{_text(path)}</td><td>{_text(error.code)}</td>'
        # The sentence contains the path of the file; the folder is in the first cell already.
        f"<td>{_text(error.message.replace(path, os.path.basename(path)))}</td></tr>\n"
        for path, error in errors[:MAX_FAILURES]
    )
    return (
        f"<h2>{_text(title)}</h2>\n{_limit(len(errors), MAX_FAILURES)}"
        f"<table><thead><tr>{_heads(tr('File'), tr('Code'), tr('Why'))}</tr></thead><tbody>\n{items}</tbody></table>\n"
    )


def _tracks(rows: Sequence[tuple[str, Summary | None]], folder: str) -> str:
    known = [(path, summary) for path, summary in rows if summary is not None and genre_of(summary) is not None]
    if not known:
        return ""
    shown = known[:MAX_TRACKS]
    cells = [_further_cells(summary) for _, summary in shown]
    # A column in which no track has anything is left out.
    columns = [any(column) for column in zip(*cells, strict=True)]
    further = [name for name, has_any in zip(_further_columns(), columns, strict=True) if has_any]
    heads = _heads(tr("Genre"), tr("Sure"), *further, tr("File"))
    items = "".join(
        _track(os.path.relpath(path, folder) if folder else path, summary, list(compress(texts, columns)))
        for (path, summary), texts in zip(shown, cells, strict=True)
    )
    return (
        f"<h2>{_text(tr('Tracks'))}</h2>\n{_limit(len(known), MAX_TRACKS)}"
        f"<table><thead><tr>{heads}</tr></thead><tbody>\n{items}</tbody></table>\n"
    )


def _further_columns() -> tuple[str, ...]:
    return tr("Sounds like"), tr("Tagged"), tr("Artist"), tr("Title")


def _further_cells(summary: Summary) -> tuple[str, ...]:
    """Texts of a track in `_further_columns`."""
    styles, facts = ", ".join(map(style_name, summary.styles)), summary.facts
    return (
        (styles, "", "", "") if facts is None else (styles, "; ".join(facts.tagged_genres), facts.artist, facts.title)
    )


def _track(name: str, summary: Summary, further: Sequence[str]) -> str:
    if summary.by_hand is not None:
        sure = tr("by hand")
    elif summary.confidence is None or summary.genre == NOT_MUSIC:  # without a genre there is no confidence in it
        sure = ""
    else:
        sure = percent(summary.confidence)
    genre = genre_name(genre_of(summary) or "")
    if genre_of(summary) == UNSURE and summary.best is not None:
        genre = tr("unsure, closest: {genre}", genre=genre_name(summary.best))
    cells = "".join(f"<td>{_text(cell)}</td>" for cell in (sure, *further))
    return f'<tr><td>{_text(genre)}{_mark(summary)}</td>{cells}<td class="path">{_text(name)}</td></tr>\n'


def _mark(summary: Summary) -> str:
    """A mark for an answer with warnings, with the sentences for the pointer and for screen readers."""
    if not summary.warnings:
        return ""
    sentences = _text(" ".join(f"{warning.code}: {warning.message}" for warning in summary.warnings))
    sign = "\u24d8" if summary.loss is None else "\u26a0"
    return f' <span role="img" title="{sentences}" aria-label="{sentences}">{sign}</span>'


def _limit(n: int, most: int) -> str:
    if n <= most:
        return ""
    return f'<p class="dim">{_text(tr("The first {n} of {total}.", n=numeral(most, ","), total=numeral(n, ",")))}</p>\n'


def _heads(*names: str) -> str:
    return "".join(f'<th scope="col">{_text(name)}</th>' for name in names)


def _text(text: str) -> str:
    return html.escape(_UNPRINTABLE.sub("\ufffd", text))
