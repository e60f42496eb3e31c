"""A model's card as lines of text for people: the description first, licences last, no matrices."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.versions import release

_WIDEST = 100
"""Most characters of a line: longer ones are hard to read."""

_BELOW = "  "
"""Indentation of a title that belongs to the row above."""


def describe(bundle: ModelBundle) -> list[str]:
    """The card of a bundle, a title and a text a line; long texts are wrapped."""
    rows = list(_rows(bundle))
    width = max(len(title) for title, _ in rows)
    room = max(min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST) - width - 2, 30)
    lines: list[str] = []
    for title, text in rows:
        # A path stays in one piece, to be copied.
        whole = title == tr("folder")
        parts = [text] if whole else textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False)
        for number, part in enumerate(parts):
            lines.append(f"{(title if number == 0 else '').ljust(width)}  {part}")
    return lines


def interval(figure: Measured | None, unit: str | None = None) -> str:
    """``82.4 % (75.3 - 89.0 %)``; a dash for what was not measured."""
    if figure is None:
        return "-"
    unit = "%" if unit is None else unit
    value = f"{100 * figure.value:.1f}"
    if figure.low is None or figure.high is None:
        return tr("{value} {unit}", value=value, unit=unit)
    bounds = {"low": f"{100 * figure.low:.1f}", "high": f"{100 * figure.high:.1f}"}
    return tr("{value} {unit} ({low} - {high} {unit})", value=value, unit=unit, **bounds)


def _rows(bundle: ModelBundle) -> Iterator[tuple[str, str]]:
    card, config = bundle.card, bundle.config
    yield tr("name"), bundle.name
    if release(bundle):
        yield tr("version"), release(bundle)
    if bundle.description:
        yield tr("description"), bundle.description
    yield tr("folder"), str(bundle.path)
    yield tr("genres"), ", ".join(bundle.labels)
    if not bundle.figures:
        yield tr("accuracy"), tr("not measured")
    for figures in bundle.figures:
        yield from _figures(figures, card["metrics"][figures.protocol])
    if bundle.unsure_below > 0:
        yield tr("unsure"), tr("below {percent:.0f} % confidence", percent=100 * bundle.unsure_below)
    if bundle.sound_gate is not None:
        percent = 100 * bundle.sound_gate.least_music
        below = tr("what sounds like music with less than {percent:.0f} % probability", percent=percent)
        yield tr("not music"), tr("{below}; speech over music is unsure", below=below)
    if bundle.gate is not None:
        beyond = tr("what sounds like none of its genres (distance above {far:.1f})", far=bundle.gate.refuse_beyond)
        yield tr("not music"), beyond
    if bundle.tags is not None:
        yield tr("also hears"), ", ".join(sorted(dict.fromkeys(filter(None, bundle.tags.names))))
    if bundle.styles is not None:
        yield tr("sounds like"), ", ".join(bundle.styles.names)
    yield (
        tr("features"),
        tr(
            "{rate} Hz, {n_mels} mel bands, patches of {seconds:.1f} s",
            rate=config.sample_rate,
            n_mels=config.n_mels,
            seconds=config.patch_s,
        ),
    )
    for title, key in (
        (tr("architecture"), "architecture"),
        (tr("second opinion"), "second_opinion"),
        (tr("training"), "training"),
        (tr("calibration"), "calibration"),
        (tr("versions"), "versions"),
    ):
        text = _table_text(card.get(key))
        if text:
            yield title, text
    yield from _listed(tr("sources"), card.get("sources"))
    # Last, as a notice may be a page long.
    licences = card.get("licences")
    if isinstance(licences, Mapping):
        yield from _listed(tr("licences"), [f"{key}: {value}" for key, value in licences.items() if _is_short(value)])


def _figures(figures: MeasuredAccuracy, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    right = Measured(figures.accuracy, figures.low, figures.high)
    told = tr("{right}, too few to tell", right=interval(right)) if figures.is_too_few else interval(right)
    text = tr("{right}, measured on {n}", right=told, n=figures.measured_on())
    how = "; ".join(text for text in (table.get("protocol"), table.get("note")) if isinstance(text, str))
    if how:
        text = tr("{told} ({how})", told=text, how=how)
    yield tr("accuracy"), tr("{told}; leaking: expect less", told=text) if figures.leaking else text
    if figures.leaking:
        return
    if figures.coverage is not None and figures.accuracy_covered is not None:
        yield _BELOW + tr("names a genre"), tr("for {share}", share=interval(figures.coverage))
        yield _BELOW + tr("right then"), tr("on {share}", share=interval(figures.accuracy_covered))
    if figures.ece is not None and figures.is_too_few:
        yield _BELOW + tr("confidence"), tr("too few tracks to tell how far it is off")
    elif figures.ece is not None:
        off = tr("off by {points}", points=interval(figures.ece, unit=tr("points")))
        if figures.ece_if_perfect is not None:
            off = tr("{off}; chance alone: {chance:.1f} points", off=off, chance=100 * figures.ece_if_perfect)
        yield _BELOW + tr("confidence"), off


def _table_text(values: Any) -> str:
    """The texts and numbers of a table of the card; without lists, and tables beyond the second level."""
    if not isinstance(values, Mapping):
        return ""
    parts = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            inner = ", ".join(f"{name} {entry}" for name, entry in value.items() if _is_short(entry))
            parts += [f"{key}: {inner}"] if inner else []
        elif _is_short(value):
            parts.append(f"{key}: {value}")
    return "; ".join(parts)


def _listed(title: str, entries: Any) -> Iterator[tuple[str, str]]:
    if isinstance(entries, Sequence) and not isinstance(entries, str):
        texts = [entry for entry in entries if isinstance(entry, str)]
        for number, text in enumerate(texts):
            yield title if number == 0 else "", text


def _is_short(value: Any) -> bool:
    return isinstance(value, (str, int, float))
