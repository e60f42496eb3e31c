"""JSON from strangers stays within its limits."""

from __future__ import annotations

import contextlib
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.untrusted.bounded_json import JsonLimitError, parse_json, read_json

finite = st.floats(allow_nan=False, allow_infinity=False)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | finite | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(anything)
def test_what_is_within_the_limits_is_read_as_json_reads_it(value: Any) -> None:
    assert parse_json(json.dumps(value).encode(), max_bytes=10**6) == value


@given(st.binary(max_size=200))
def test_any_other_bytes_end_in_the_one_error(data: bytes) -> None:
    with contextlib.suppress(JsonLimitError):
        parse_json(data, max_bytes=150)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"[" * 100_000, "levels deep"),
        (b'{"a":' * 100_000, "levels deep"),
        (b"[" * 33 + b"]" * 33, "levels deep"),
        (b"[1" + b",1" * 300_000 + b"]", "values"),
        (b" " * 2_000_001, "longer than"),
        (b"[NaN]", "NaN"),
        (b"[-Infinity]", "Infinity"),
        (b"[1e999]", "too large"),
        (b"[" + b"9" * 5000 + b"]", "digits"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"\xff", "utf-8"),
        (b"", "Expecting value"),
        # Each quote could begin a string, of which none ends.
        pytest.param(b'"' + b'\\"' * 900_000, "Unterminated string", id="a string without an end"),
        pytest.param(b'"' + b'\\"' * 900_000 + b"\\", "Unterminated string", id="one that ends in a backslash"),
        (b'"' + b"[" * 33, "Unterminated"),
    ],
)
def test_the_error_names_the_limit_that_is_exceeded(text: bytes, told: str) -> None:
    with pytest.raises(JsonLimitError, match=told):
        parse_json(text, max_bytes=2_000_000)


def test_brackets_within_strings_do_not_count() -> None:
    value = {"name": "[" * 100 + '\\"' + "]" * 100}
    assert parse_json(json.dumps(value).encode(), max_bytes=1000) == value


def test_a_text_of_many_values_is_refused_before_they_are_built() -> None:
    text = b"[" + b"{}," * 600_000 + b"{}]"
    tracemalloc.start()
    with pytest.raises(JsonLimitError):
        parse_json(text, max_bytes=2_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_only_regular_files_of_limited_length_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_json(tmp_path / "a", max_bytes=5) == 12345
    with pytest.raises(JsonLimitError, match="longer than 4"):
        read_json(tmp_path / "a", max_bytes=4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_or_a_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(JsonLimitError, match="no regular file"):
            read_json(path, max_bytes=100)
