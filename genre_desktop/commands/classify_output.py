"""Result sinks for standard output: lines for people, or JSON for programs."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.commands.console import Console, percent, printable
from genre_desktop.core.i18n import tr
from genre_desktop.library.export.json_record import dump_record, ranked, to_record
from genre_desktop.library.export.result_sink import ResultRow, ResultSink, Written
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE, Prediction


class JsonOutput(ResultSink):
    """A result sink that prints a JSON object a line, one for each track.

    Parameters
    ----------
    console : Console
    top : int or None
        Number of probabilities, the highest first; None for all.
    """

    def __init__(self, console: Console, top: int | None) -> None:
        self._console = console
        self._top = top
        self._n_tracks = 0

    def write(self, row: ResultRow) -> None:
        """Print a track."""
        assert row.result is not None
        self._console.result(dump_record(to_record(row.result, top=self._top)))
        self._n_tracks += 1

    def finish(self) -> Written:
        """See `ResultSink.finish`."""
        return Written(self._n_tracks, 0)


class LinesOutput(ResultSink):
    """A result sink that prints a line for each track: genre, confidence, other genres, path.

    Parameters
    ----------
    console : Console
    bundle : ModelBundle
        Whose answers they are.
    n_genres : int
        Number of genres in a line.
    with_segments : bool
        Whether lines with the segments follow.
    """

    def __init__(self, console: Console, bundle: ModelBundle, n_genres: int, with_segments: bool) -> None:
        self._console = console
        self._n_genres = n_genres
        self._with_segments = with_segments
        self._n_tracks = 0
        self._width = max(len(printable(genre)) for genre in (*bundle.labels, UNSURE, NOT_MUSIC))

    def write(self, row: ResultRow) -> None:
        """Print a track."""
        result = row.result
        assert result is not None
        if result.prediction is None:
            assert result.error is not None
            self._console.error(result.error)
            return
        self._n_tracks += 1
        self._console.result(self._line(result.path, result.prediction, result.by_hand))
        # The network gives every patch a genre, also of what is no music.
        if self._with_segments and result.prediction.genre != NOT_MUSIC:
            for segment in result.prediction.segments:
                span = f"{_clock(segment.start_s)} - {_clock(segment.end_s)}"
                self._console.result(f"    {span}  {self._genre(segment.genre)}  {percent(segment.confidence):>5}")

    def finish(self) -> Written:
        """See `ResultSink.finish`."""
        return Written(self._n_tracks, 0)

    def _line(self, path: Path, prediction: Prediction, by_hand: str | None) -> str:
        if by_hand is not None:
            genre = self._console.styled(self._genre(by_hand), "bold")
            return f"{genre}  {tr('by hand')}  {printable(str(path))}"
        style = "yellow" if prediction.genre in (UNSURE, NOT_MUSIC) else "bold"
        answer = self._console.styled(self._genre(prediction.genre), style)
        # "not music" has no confidence, and no second genre.
        is_music = prediction.genre != NOT_MUSIC
        likely = ranked(prediction.probabilities or {}) if is_music else []
        others = [item for item in likely if item[0] != prediction.genre]
        # After "unsure", the most probable genre is one of the others.
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
