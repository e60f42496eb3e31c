"""No text of a stranger's is run as a formula by a spreadsheet, and none is lost."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genre_desktop.core.untrusted.spreadsheet import safe_cell

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋"
INVISIBLE = (
    " \t\r\n\v\f\x00\x1b\x85\xa0\u1680\u2003\u2028\u2029\u202f\u3000"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u3164\u2800"
)
texts = st.text() | st.text(alphabet=SIGNS + INVISIBLE + "'\";,aé\u0338\u0300\u180e")


def begins_as_formula(cell: str) -> bool:
    """As strictly as a spreadsheet could see it."""
    seen = unicodedata.normalize("NFKC", cell)
    plain = "".join(char for char in seen if unicodedata.category(char)[0] not in "CMZ" and char not in "\u1160\u2800")
    return plain[:1] in {"=", "+", "-", "@", "\u2212"} or cell[:1] in {"\t", "\r", "\n", "=", "+", "-", "@"}


def undone(cell: str) -> str:
    """What stood there: one quote mark less where `safe_cell` says that it puts one."""
    parts = re.split("([;\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])", cell)
    for at, part in enumerate(parts):
        is_cut_off = at == 0 and not part.strip("'") and parts[1:2] in (["\t"], ["\r"], ["\n"])
        if part.startswith("'") and (is_cut_off or safe_cell(part) != part):
            parts[at] = part[1:]
    return "".join(parts)


@given(texts)
@example("=1")
@example("'=1")
@example("'\t=1")
@example("=\u0338")
@example('"=1"')
@example("\ufeff\u200b ＝1")
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert not begins_as_formula(cell)
    assert undone(cell) == text


@given(texts)
def test_nor_does_any_where_another_country_parts_cells(text: str) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(["path", safe_cell(text), "model"])
    for cell in re.split("[;\t\r\n]", line.getvalue()):
        assert not begins_as_formula(cell.lstrip('"'))


@pytest.mark.parametrize("name", [*SIGNS, *(blank + "=1" for blank in INVISIBLE), "'=1", '"=1', "“=1", "a;=1", "a\n+1"])
def test_where_a_formula_could_begin_there_is_a_quote_mark(name: str) -> None:
    assert safe_cell(name) != name
    assert safe_cell(name).replace("'", "") == name.replace("'", "")


@pytest.mark.parametrize("name", ["AC/DC", "Jay-Z", "'n sync", "!!!", "N=1", "a, -b", "Sigur Rós", "宇多田", ""])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert safe_cell(name) == name
