"""The rule for names of genres: which of a data set's genres a model can have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from genre_desktop.core.errors import GenreNameError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import brief, printable
from genre_desktop.model.bundles.card import LONGEST_TITLE, MAX_LABELS
from genre_desktop.model.bundles.json_schema import is_one_line
from genre_desktop.model.genre_names import is_reserved_name


def require_genre_names(path: Path, genres: Iterable[str]) -> None:
    """Refuse a data set with a genre that a model cannot have, before hours of work.

    Parameters
    ----------
    path : Path
        Of the data set.
    genres : iterable of str

    Raises
    ------
    GenreNameError
    """
    reason = genre_name_problem(genres)
    if reason is not None:
        raise GenreNameError(path=path, reason=reason)


def genre_name_problem(genres: Iterable[str]) -> str | None:
    """Why genres cannot be those of a model, and what to do, in a sentence; None where they can.

    A genre called like one of the program's own answers, "unsure" or "not music" in any spelling, would be taken for
    it in every list and file. Of two names that are spelled alike one file system has both and another one.
    """
    spellings: dict[str, str] = {}
    for genre in sorted(set(genres)):
        problem = _problem(genre)
        if problem is not None:
            return problem
        other = spellings.setdefault(_spelling(genre), genre)
        if other != genre:
            return tr(
                "{one} and {other} are spelled alike, but for capitals, blanks or the form of accents. Put their "
                "tracks into one folder, or rename one of them",
                one=repr(printable(other)),
                other=repr(printable(genre)),
            )
    if len(spellings) > MAX_LABELS:
        return tr("it has {n} genres, and a model at most {most}. Leave some out", n=len(spellings), most=MAX_LABELS)
    return None


def _problem(genre: str) -> str | None:
    name = repr(printable(genre))
    if is_reserved_name(genre):
        return tr(
            "{name} is an answer of the program where it names no genre. Rename that genre, or leave it out", name=name
        )
    if not genre.strip():
        return tr("a genre has no name. Give it one, or leave it out")
    if len(genre) > LONGEST_TITLE:
        return tr(
            "the name {name} is longer than {n} characters. Give that genre a shorter one",
            name=brief(genre),
            n=LONGEST_TITLE,
        )
    if not is_one_line(genre):
        return tr("the name {name} holds characters that cannot be shown. Rename that genre", name=name)
    return None


def _spelling(genre: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(unicodedata.normalize("NFKC", genre).casefold().split()))
