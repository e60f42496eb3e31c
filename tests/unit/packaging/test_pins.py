"""Which wheels constraints.txt lets in, and for whom."""

from __future__ import annotations

import re
from pathlib import Path

import pins
import pytest
from packaging.tags import parse_tag


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ("py3-none-any", True),
        ("py2.py3-none-any", True),
        ("py2-none-any", False),
        ("cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64", True),
        ("cp313-cp313-macosx_14_0_arm64", True),
        ("cp312-cp312-macosx_10_9_universal2", True),
        ("cp312-cp312-win_amd64", True),
        ("cp38-abi3-win_amd64", True),
        ("cp313-abi3-win_amd64", True),
        ("cp314-abi3-win_amd64", False),  # a younger interface than any of ours
        ("cp313-cp313t-win_amd64", False),  # without the interpreter's lock
        ("cp310-cp310-win_amd64", False),
        ("pp311-pypy311_pp73-win_amd64", False),
        ("cp311-cp311-musllinux_1_2_x86_64", False),
        ("cp311-cp311-win32", False),
        ("cp311-cp311-macosx_14_0_x86_64", False),  # no TensorFlow
        ("py3-none-manylinux2014_ppc64le", False),
    ],
)
def test_a_wheel_is_for_pythons_and_systems_that_we_know(tag: str, fits: bool) -> None:
    assert any(map(pins.fits, parse_tag(tag))) is fits


@pytest.mark.parametrize(
    ("markers", "merged"),
    [
        ({"": "", "test": ""}, ""),
        ({"test": ""}, "extra == 'test'"),
        ({"package": "", "test": ""}, "extra == 'package' or extra == 'test'"),
        ({"": "os_name == 'nt'", "package": "os_name == 'nt'"}, "os_name == 'nt'"),
        ({"": "os_name == 'nt'", "test": ""}, "os_name == 'nt' or extra == 'test'"),
        ({"package": "os_name == 'nt'"}, "(os_name == 'nt') and (extra == 'package')"),
    ],
)
def test_a_library_is_needed_where_any_of_the_extras_needs_it(markers: dict[str, str], merged: str) -> None:
    assert pins.merged_marker(markers) == merged


def test_a_pin_has_its_marker_and_the_hashes_of_what_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    def wheel(tag: str, digest: str) -> dict[str, object]:
        return {"url": f"https://example.org/a/x-1.0-{tag}.whl", "hashes": {"sha256": digest}}

    package = {
        "name": "x",
        "version": "1.0",
        "wheels": [wheel("cp311-cp311-win_amd64", "b"), wheel("py3-none-any", "a"), wheel("cp38-cp38-win32", "c")],
    }
    monkeypatch.setattr(pins, "locked", lambda extra, versions: [package] if extra else [])
    text = pins.pins({})
    assert text.startswith(pins.HEADER)
    assert text[len(pins.HEADER) :] == (
        "x==1.0 ; extra == 'package' or extra == 'test' \\\n    --hash=sha256:a \\\n    --hash=sha256:b\n"
    )


def test_actions_are_named_by_their_commits() -> None:
    """A tag of somebody else's repository can be moved to other code."""
    workflows = Path(pins.ROOT / ".github" / "workflows").glob("*.yml")
    used = [use for path in workflows for use in re.findall(r"uses: *(\S+)", path.read_text("utf-8"))]
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", use)] == []
