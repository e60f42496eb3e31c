"""Versions of bundles: which of two of the same name is newer.

A card may have a ``version`` (a text such as ``"2.1"``) and usually has the day on which the model was made
(``created``, ISO 8601). The version decides where both have one and they differ, otherwise the day; of two of one
day, one with a version is newer than one without.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import ModelBundle


def release(bundle: ModelBundle) -> str:
    """The version and day of a bundle for people: ``2.1 (2026-11-24)``; empty where the card has neither."""
    version, created = _text(bundle, "version"), _text(bundle, "created")
    if version and created:
        return tr("{version} ({day})", version=version, day=created)
    return version or created


def is_newer(bundle: ModelBundle, other: ModelBundle) -> bool:
    """Whether a bundle is newer than another; of two equal ones neither is."""
    versions = _numbers(bundle), _numbers(other)
    if all(versions) and versions[0] != versions[1]:
        return versions[0] > versions[1]
    if _day(bundle) != _day(other):
        return _day(bundle) > _day(other)
    return bool(versions[0]) and not versions[1]


def _numbers(bundle: ModelBundle) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d{1,9}", _text(bundle, "version")))


def _day(bundle: ModelBundle) -> date:
    """The day on which a bundle was made; a text that is no date counts as the earliest day."""
    try:
        return datetime.fromisoformat(_text(bundle, "created")).date()
    except ValueError:
        return date.min


def _text(bundle: ModelBundle, key: str) -> str:
    value = bundle.card.get(key)
    return value.strip() if isinstance(value, str) else ""
