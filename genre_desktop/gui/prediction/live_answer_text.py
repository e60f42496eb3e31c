"""The texts of an answer in live mode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LiveAnswerText:
    """Content of the prediction panel in live mode, in place of that of a track.

    Attributes
    ----------
    name : str
        Of the input that is listened to.
    title, line : str
        The answer, and how sure it is.
    genre : str or None
        Genre whose colour is shown beside the title.
    probabilities : dict of str to float, or None
    is_faint : bool
        Whether the answer does not follow from the probabilities, as "not music" does not.
    reasons : tuple of str
    styles : tuple of str
        What the last seconds sound like.
    """

    name: str
    title: str
    line: str
    genre: str | None = None
    probabilities: dict[str, float] | None = None
    is_faint: bool = False
    reasons: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
