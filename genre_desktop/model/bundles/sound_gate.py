"""The sound gate: detection of what is no music, and of speech over music, by classes of sounds that a network knows.

A network trained on AudioSet tells music from speech, animals and machines whatever the genres of a model are. Speech
over music leaves too little of the music to be judged: hip-hop is what the genres of a model make of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.i18n import tr
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE


@dataclass(frozen=True)
class Refusal:
    """Why a track gets no genre.

    Attributes
    ----------
    genre : {"not music", "unsure"}
        The answer instead.
    sentence : str
        The reason for people.
    """

    genre: str
    sentence: str


@dataclass(frozen=True)
class SoundGate:
    """Columns of the features that are logits of "music" and "speech", and their limits, from a card.

    Attributes
    ----------
    music, speech : int
        Columns.
    least_music : float
        Mean probability of music below which a track is no music, 0..1.
    most_speech : float
        Share of the mean probability of music above which that of speech tells that somebody speaks over it, 0..1.
    """

    music: int
    speech: int
    least_music: float
    most_speech: float

    @classmethod
    def from_card(cls, values: Mapping[str, Any], columns: Sequence[str]) -> SoundGate:
        """Read ``music`` and ``speech``, names of columns, ``least_music`` and ``most_speech``.

        Parameters
        ----------
        values : mapping
        columns : sequence of str
            Names of the features' columns; of a name that occurs twice the last one counts: tags come before sounds.

        Raises
        ------
        KeyError, TypeError, ValueError
            Where the values are malformed, or no column has such a name.
        """
        place = {name: column for column, name in enumerate(columns)}
        for name in (values["music"], values["speech"]):
            if name not in place:
                raise ValueError(f"no column of the features is called {name}")
        return cls(
            place[values["music"]], place[values["speech"]], float(values["least_music"]), float(values["most_speech"])
        )

    def refusal(self, features: NDArray[np.floating[Any]]) -> Refusal | None:
        """Why a track gets no genre; None where it is music, and nobody speaks over it.

        Parameters
        ----------
        features : ndarray [shape=(n_patches, n_features)]
            Logits of at least one patch; the means of their probabilities count.
        """
        logits = features[:, [self.music, self.speech]].astype(np.float64)
        music, speech = (1.0 / (1.0 + np.exp(-np.clip(logits, -50.0, 50.0)))).mean(axis=0)
        if music < self.least_music:
            return Refusal(NOT_MUSIC, tr("It does not sound like music."))
        if speech > self.most_speech * music:
            return Refusal(UNSURE, tr("Much speech beside the music: the music alone cannot be judged."))
        return None
