"""The changes when a bundle takes the place of another, shown to the person before it is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.versions import is_newer, release
from genre_desktop.model.genre_names import genre_name

_MOST_NAMES = 60
_MOST_NOTICES, _MOST_LETTERS = 8, 400
"""Most licences, and most letters of each: a notice may be a page long. The card has all of it."""


@dataclass(frozen=True)
class Change:
    """A property of a model, before and after.

    Attributes
    ----------
    title : str
    before, after : str
        Its values on one line, for people; equal where it does not change.
    """

    title: str
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Update:
    """A bundle that may take the place of another.

    Attributes
    ----------
    before : ModelBundle
    after : ModelBundle
        A copy in a folder of its own; nothing of its network was loaded.
    """

    before: ModelBundle
    after: ModelBundle

    @property
    def is_newer(self) -> bool:
        """Whether it is newer than the present one."""
        return is_newer(self.after, self.before)

    def is_same(self, other: Update) -> bool:
        """Whether the same two bundles are meant; the cards contain the hash of the weights."""
        return self.after.card == other.after.card and self.before.card == other.before.card

    def changes(self) -> tuple[Change, ...]:
        """The changes that a person should know before they consent."""
        before, after = self.before, self.after
        gone = [label for label in before.labels if label not in after.labels]
        new = [label for label in after.labels if label not in before.labels]
        return (
            Change(tr("Version"), _version(before), _version(after)),
            Change(tr("Origin"), _origin(before), tr("a file that you import")),
            Change(tr("Genres"), str(len(before.labels)), str(len(after.labels))),
            *([Change(tr("Genres that go"), genre_names(gone), "–")] if gone else []),
            *([Change(tr("Genres that come"), "–", genre_names(new))] if new else []),
            Change(tr("Right on"), _right_on(before), _right_on(after)),
            Change(tr("Unsure"), _unsure(before), _unsure(after)),
            Change(tr("Input"), _features(before), _features(after)),
            Change(tr("Licence"), _licences(before), _licences(after)),
        )


def _version(bundle: ModelBundle) -> str:
    return release(bundle) or tr("without a version")


def _origin(bundle: ModelBundle) -> str:
    return tr("came with the program") if bundle.is_shipped else tr("one of your models")


def genre_names(labels: Iterable[str]) -> str:
    """Names of genres on one line; of very many the first ones."""
    names = [genre_name(label) for label in labels]
    text = ", ".join(names[:_MOST_NAMES])
    return text if len(names) <= _MOST_NAMES else tr("{names} and {n} more", names=text, n=len(names) - _MOST_NAMES)


def _right_on(bundle: ModelBundle) -> str:
    figures = bundle.accuracy
    if figures is None:
        return tr("not measured")
    text = tr(
        "{figure:.0f}\u00a0% ({low:.0f}–{high:.0f}) of {measured_on}",
        figure=100 * figures.accuracy,
        low=100 * figures.low,
        high=100 * figures.high,
        measured_on=figures.measured_on(),
    )
    if figures.is_too_few:
        text = tr("{right}, too few to tell", right=text)
    return tr("{told}, leaking", told=text) if figures.leaking else text


def _unsure(bundle: ModelBundle) -> str:
    return tr("below {percent:.0f}\u00a0% confidence", percent=100 * bundle.unsure_below)


def _features(bundle: ModelBundle) -> str:
    config = bundle.config
    return tr(
        "{rate} Hz, {n_mels} mel bands, patches of {seconds:.1f} s",
        rate=config.sample_rate,
        n_mels=config.n_mels,
        seconds=config.patch_s,
    )


def licences(bundle: ModelBundle) -> list[str]:
    """The licences that the card names, a shortened sentence each."""
    named = bundle.card.get("licences")
    texts = [
        f"{what}: {' '.join(text.split())}"
        for what, text in (named.items() if isinstance(named, Mapping) else ())
        if isinstance(text, str)
    ]
    shown = [text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS] + " …" for text in texts[:_MOST_NOTICES]]
    return shown if len(texts) <= _MOST_NOTICES else [*shown, tr("and {n} more", n=len(texts) - _MOST_NOTICES)]


def _licences(bundle: ModelBundle) -> str:
    return "; ".join(licences(bundle)) or tr("Its card names none.")
