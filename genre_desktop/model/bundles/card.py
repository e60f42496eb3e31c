"""The card of a model bundle: JSON that describes a network, and the schema of it.

A card may come from a stranger. It is read within limits and checked as a whole, here and nowhere else: other code can
rely on its types, on short names without control characters, and on numbers within their bounds.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from genre_desktop.core.errors import BundleUnreadableError, BundleUnsupportedError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.bounded_json import JsonLimitError, read_json
from genre_desktop.model.bundles.json_schema import (
    Check,
    SchemaError,
    anything,
    either,
    flag,
    number,
    one_line,
    paragraph,
    rows,
    table,
    whole,
)
from genre_desktop.model.genre_names import is_reserved_name

CARD_FORMAT = 1
"""Version of the card's schema; a card of a later one is refused."""

MAX_CARD_BYTES = 1_000_000
"""Most bytes of a card; that of the shipped transfer model has 58 kB."""

MAX_LABELS = 1_000
"""Most genres of a model; the largest taxonomies of published networks have some 500."""

MAX_STYLES = 1_000
"""Most styles of a model."""

MAX_STYLE_COLUMNS = 100
"""Most columns of a group in the rule for a style; the largest of the program's own has nine."""

MAX_FEATURES = 400
"""Most features of a gate: its covariance matrix of their square is near the parser's limit of values."""

MAX_FEATURE_LAYERS = 8
"""Most layers whose outputs are the features of a network; the shipped model has two."""

LONGEST_TITLE = 100
"""Most characters of the name of a model or a genre."""

_TITLE = one_line(LONGEST_TITLE)
_TEXT = paragraph(20_000)
_SHARE = number(0.0, 1.0)
_VALUE = number(-1e6, 1e6)
_INTERVAL = either(rows(either(_SHARE), 2, 2))
_MATRIX = rows(rows(_VALUE, 1, MAX_FEATURES), 1, MAX_LABELS)


def _figures() -> Check:
    """One table under ``metrics``: see `genre_desktop.model.bundles.accuracy.MeasuredAccuracy`."""
    shares = {name: either(_SHARE) for name in ("coverage", "accuracy_covered", "ece")}
    intervals = {f"{name}_ci95": _INTERVAL for name in shares}
    means = {f"{name}_macro": either(_SHARE) for name in ("precision", "recall", "f1")}
    perfect = either(table({"mean": _SHARE}, needed=["mean"]))
    return table(
        {
            "accuracy": _SHARE,
            "accuracy_ci95": rows(_SHARE, 2, 2),
            "n_tracks": whole(0, 10**9),
            "leaking": flag,
            "ece_if_perfect": perfect,
            **shares,
            **intervals,
            **means,
        },
        needed=["accuracy", "accuracy_ci95", "n_tracks", "leaking"],
    )


_STYLE = table(
    {
        "name": _TITLE,
        "genre": _TITLE,
        "columns": rows(rows(whole(0, 9_999), 1, MAX_STYLE_COLUMNS), 1, 8),
        "threshold": number(1e-6, 100.0),
    },
    needed=["name", "genre", "columns", "threshold"],
)
"""A rule: see `genre_desktop.model.bundles.style_set.StyleRule`."""

_CARD = table(
    {
        "name": _TITLE,
        "labels": rows(_TITLE, 2, MAX_LABELS),
        "description": paragraph(2_000),
        "version": one_line(40, may_be_empty=True),
        "created": one_line(40, may_be_empty=True),
        "weights_sha256": one_line(64),
        "features": table({}),
        "architecture": table(
            {
                **{name: either(_TITLE) for name in ("recipe", "feature_layer", "tag_layer", "sound_layer")},
                "feature_layers": either(rows(_TITLE, 1, MAX_FEATURE_LAYERS)),
            }
        ),
        "calibration": table({"temperature": number(0.01, 100.0), "unsure_below": _SHARE}),
        "metrics": table({}, others=_figures(), most=20),
        "licences": either(table({}, most=50)),
        "training": table({"dataset": table({})}),
        "gate": either(
            table(
                {
                    "means": _MATRIX,
                    "covariance": rows(rows(_VALUE, 1, MAX_FEATURES), 1, MAX_FEATURES),
                    "refuse_beyond": number(1e-6, 1e6),
                },
                needed=["means", "covariance", "refuse_beyond"],
            )
        ),
        "tags": either(
            table(
                {
                    "names": rows(one_line(100, may_be_empty=True), 1, MAX_LABELS),
                    "logit_mean": rows(_VALUE, 1, MAX_LABELS),
                    "logit_deviation": rows(number(1e-6, 1e6), 1, MAX_LABELS),
                },
                needed=["names", "logit_mean", "logit_deviation"],
            )
        ),
        "sounds": either(table({"names": rows(one_line(100), 1, MAX_LABELS)}, needed=["names"])),
        "sound_gate": either(
            table(
                {"music": one_line(100), "speech": one_line(100), "least_music": _SHARE, "most_speech": _SHARE},
                needed=["music", "speech", "least_music", "most_speech"],
            )
        ),
        "styles": either(rows(_STYLE, 0, MAX_STYLES)),
        "tagger": either(table({"tags": rows(_TITLE, 1, MAX_LABELS), "nuisance": either(_MATRIX)})),
        "sources": either(rows(_TEXT, 0, 100)),
    },
    needed=["format", "name", "labels", "features", "weights_sha256"],
)

_EVERYTHING = anything(longest_key=200, longest_text=20_000)


def read_card(path: Path) -> dict[str, Any]:
    """Read the card at `path` and check it.

    Raises
    ------
    BundleUnreadableError
        Where it does not satisfy the schema; ``values["path"]`` is its folder.
    BundleUnsupportedError
        Where a later version of the program wrote it.
    """
    folder = path.parent
    try:
        card: dict[str, Any] = read_json(path, max_bytes=MAX_CARD_BYTES)
    except (OSError, JsonLimitError) as error:
        detail = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise BundleUnreadableError(path=folder, reason=tr("its card is damaged ({error})", error=detail)) from error
    try:
        _EVERYTHING(card, tr("its card"))
        _check_format(card)
        _CARD(card, tr("its card"))
    except SchemaError as error:
        raise BundleUnreadableError(path=folder, reason=str(error)) from error
    if len(set(card["labels"])) != len(card["labels"]):
        raise BundleUnreadableError(path=folder, reason=tr("its labels are not two or more different names"))
    reserved = next(filter(is_reserved_name, card["labels"]), None)
    if reserved is not None:
        reason = tr("it has a genre called {name}, which is how the program says that it names none", name=reserved)
        raise BundleUnreadableError(path=folder, reason=reason)
    reserved = next(filter(is_reserved_name, (style["name"] for style in card.get("styles") or ())), None)
    if reserved is not None:
        reason = tr("it has a style called {name}, which is how the program says that it names no genre", name=reserved)
        raise BundleUnreadableError(path=folder, reason=reason)
    return card


def _check_format(card: Any) -> None:
    """Check the format before anything else: of a later one only the name is known."""
    table({"name": _TITLE}, needed=["format", "name"])(card, tr("its card"))
    if type(card["format"]) is not int or not 1 <= card["format"] <= CARD_FORMAT:
        given = str(card["format"])[:40]
        reason = tr("its card has the format {given}, this version reads up to {known}", given=given, known=CARD_FORMAT)
        raise BundleUnsupportedError(name=card["name"], reason=reason)
