"""Settings are read by what their fields declare."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genre_desktop.core import i18n
from genre_desktop.core.setting_fields import choice, from_values, group, number, setting_of, switch, text


@dataclass(frozen=True)
class Inner:
    low: int = number(2, 0, 10, below="high")
    high: int = number(5, 0, 10)


@dataclass(frozen=True)
class Outer:
    colour: str = choice("red", {"red": "&Red", "blue": "Bl&ue"}, label="Colour")
    size: int = choice(2, dict.fromkeys((1, 2, 1_000), "{n} lines"))
    is_on: bool = switch(True, earlier_name="was_on")
    volume: float = number(0.5, 0.0, 1.0)
    name: str | None = text()
    inner: Inner = group(Inner)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.sampled_from(["low", "high", "size"]), values),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["colour", "size", "is_on", "volume", "name", "inner", "other"]), any_json))
def test_whatever_is_stored_gives_settings_within_their_limits(values: dict[str, Any]) -> None:
    read = from_values(Outer, values)
    assert read.colour in ("red", "blue") and read.size in (1, 2, 1_000) and type(read.size) is int
    assert type(read.is_on) is bool and type(read.volume) is float and 0 <= read.volume <= 1
    assert read.name is None or type(read.name) is str
    assert 0 <= read.inner.low < read.inner.high <= 10


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"size": True}, Outer()),
        ({"size": 1_000.0}, Outer(size=1_000)),
        ({"is_on": 1}, Outer()),
        ({"was_on": False}, Outer(is_on=False)),
        ({"was_on": False, "is_on": True}, Outer(is_on=True)),
        ({"was_on": False, "is_on": "yes"}, Outer(is_on=False)),
        ({"volume": 1}, Outer(volume=1.0)),
        ({"volume": True}, Outer()),
        ({"volume": math.nan}, Outer()),
        ({"inner": [1, 2]}, Outer()),
        ({"inner": {"low": 7, "high": 9}}, Outer(inner=Inner(7, 9))),
        ({"inner": {"low": 9, "high": 7}}, Outer()),
        ({"inner": {"low": 1.0, "high": 7}}, Outer()),
        ({"inner": {"low": 7}}, Outer()),
        ({"inner": {"high": 7}}, Outer()),
    ],
)
def test_what_is_not_accepted_gets_its_default(values: dict[str, Any], expected: Outer) -> None:
    assert from_values(Outer, values) == expected


def test_choices_come_in_the_language_of_the_window() -> None:
    assert setting_of(Outer, "colour").texts() == [("red", "&Red"), ("blue", "Bl&ue")]
    words = {"&Red": "&Rot", "{n} lines": "{n} Zeilen"}
    i18n.set_translator(lambda source: words.get(source, source), punctuate=lambda figure: figure.replace(",", "."))
    try:
        assert setting_of(Outer, "colour").texts()[0] == ("red", "&Rot")
        assert setting_of(Outer, "size").texts()[-1] == (1_000, "1.000 Zeilen")
    finally:
        i18n.set_translator(None)
