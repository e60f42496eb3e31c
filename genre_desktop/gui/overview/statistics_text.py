"""Statistics of a library as text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.text import formatting, prediction_text
from genre_desktop.gui.text.display import displayable

if TYPE_CHECKING:
    from genre_desktop.library.analysis.album_consistency import Outlier
    from genre_desktop.library.analysis.statistics import LibraryStatistics


def summary_line(statistics: LibraryStatistics) -> str:
    """The statistics in one line: named, set by hand, agreeing with tags, failed, damaged, waiting; total length."""
    n_judged = statistics.n_named + statistics.n_unsure + statistics.n_not_music
    parts = []
    if n_judged:
        share = formatting.percent(statistics.n_named / n_judged)
        parts.append(tr("{n} with a genre ({share})", n=numeral(statistics.n_named, ","), share=share))
    if statistics.n_by_hand:
        parts.append(tr("{n} set by hand", n=numeral(statistics.n_by_hand, ",")))
    n_compared = statistics.n_agreeing + statistics.n_disagreeing
    if n_compared:
        agree = formatting.percent(statistics.n_agreeing / n_compared)
        parts.append(tr("{share} of {n} agree with their tag", share=agree, n=numeral(n_compared, ",")))
    if statistics.n_failed:
        parts.append(tr("{n} failed", n=numeral(statistics.n_failed, ",")))
    if statistics.n_partial:
        parts.append(tr("{n} read in part", n=numeral(statistics.n_partial, ",")))
    if statistics.n_waiting:
        parts.append(tr("{n} not classified yet", n=numeral(statistics.n_waiting, ",")))
    if statistics.duration_s:
        parts.append(formatting.music_length(statistics.duration_s))
    return " · ".join(parts)


def outlier_text(outlier: Outlier) -> str:
    """A track that does not fit: ``So what.mp3: metal, 61 %``."""
    name = displayable(os.path.basename(outlier.path))
    genre = prediction_text.genre_name(outlier.genre)
    if outlier.confidence is None:
        return tr("{name}: {genre}", name=name, genre=genre)
    return tr("{name}: {genre}, {sure}", name=name, genre=genre, sure=formatting.percent(outlier.confidence))
