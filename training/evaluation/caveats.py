"""Caveats: sentences beside the figures of a training that say what they are worth."""

from __future__ import annotations

from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.accuracy import FEW_TRACKS


def caveats(n_judged: int, *, are_artists_apart: bool) -> str:
    """What the figures are worth, for the terminal, the report and the card; empty where there is nothing to add.

    Parameters
    ----------
    n_judged : int
        Tracks that the figures are of.
    are_artists_apart : bool
        Whether no artist is known to be on both sides. Without, a model that knows an artist's voice or record is
        taken for one that knows a genre.
    """
    sentences = []
    if n_judged < FEW_TRACKS:
        sentences.append(
            tr(
                "Too few to tell: {n} tracks were judged, and below {few} only the interval means something.",
                n=n_judged,
                few=FEW_TRACKS,
            )
        )
    if not are_artists_apart:
        sentences.append(tr("Artists are not kept apart: expect less on artists that it has not heard."))
    return " ".join(sentences)
