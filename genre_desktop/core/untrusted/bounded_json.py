"""Parsing of untrusted JSON, with limits of size, depth and number of values that are checked before parsing.

Python's own parser has no limits: a text of brackets alone raises a RecursionError, which is no ValueError, and a few
megabytes may become gigabytes of objects.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from genre_desktop.core.untrusted.regular_file import FileTooLongError, NoRegularFileError, read_regular_file

MAX_DEPTH = 32
"""Nesting of objects and lists: ten times that of a card or a network."""

MAX_VALUES = 200_000
"""Keys and values in total; a card with all its curves has some two thousand."""

# Strings first, so that a bracket within one does not count. One without an end is a token, too: looked for again from
# each quotation mark within it, its end would cost the square of its length.
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]|[,:]', re.DOTALL)


class JsonLimitError(ValueError):
    """The text is no valid JSON, or exceeds a limit, which the message names."""


def read_json(path: Path, *, max_bytes: int, max_depth: int = MAX_DEPTH, max_values: int = MAX_VALUES) -> Any:
    """Read and parse a JSON file, see `parse_json`.

    Raises
    ------
    JsonLimitError
        Also for a path that is no regular file (a device, a pipe).
    OSError
    """
    try:
        data = read_regular_file(path, max_bytes)
    except (NoRegularFileError, FileTooLongError) as error:
        raise JsonLimitError(str(error)) from error
    return parse_json(data, max_bytes=max_bytes, max_depth=max_depth, max_values=max_values)


def parse_json(data: bytes, *, max_bytes: int, max_depth: int = MAX_DEPTH, max_values: int = MAX_VALUES) -> Any:
    """Parse a JSON text in UTF-8, within limits.

    Parameters
    ----------
    data : bytes
    max_bytes, max_depth, max_values : int
        Limits of the length of the text, the nesting of objects and lists, and the total of keys and values.

    Returns
    -------
    object
        Of dict, list, str, int, float, bool and None. Numbers are finite, and keys unique within an object.

    Raises
    ------
    JsonLimitError
        Also for a text that is no JSON.
    """
    if len(data) > max_bytes:
        raise JsonLimitError(f"longer than {max_bytes:,} bytes")
    depth = values = 0
    for token in _TOKENS.finditer(data):
        first = data[token.start()]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                raise JsonLimitError(f"more than {max_depth} levels deep")
        elif first in b"]}":
            depth -= 1
        elif first in b",:":
            values += 1
            if values > max_values:
                raise JsonLimitError(f"more than {max_values:,} values")
    try:
        return json.loads(
            data.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite_float,
            object_pairs_hook=_unique_keys,
        )
    except JsonLimitError:
        raise
    except (ValueError, RecursionError) as error:
        raise JsonLimitError(str(error)[:200]) from error


def _refuse_constant(name: str) -> NoReturn:
    raise JsonLimitError(f"{name} is no number of JSON")


def _finite_float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise JsonLimitError(f"{text[:40]} is too large a number")
    return value


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of two equal keys another reader might use the one that was not checked here.
    table = dict(pairs)
    if len(table) != len(pairs):
        raise JsonLimitError("a key stands twice in one object")
    return table
