"""The documents of the project: their links lead somewhere, and their pictures are small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    *ROOT.glob("genre_desktop/*.md"),
    *ROOT.glob("training/*.md"),
    *ROOT.glob("packaging/**/*.md"),
    *ROOT.glob("tests/**/*.md"),
    *ROOT.glob(".github/*.md"),
]
_TARGET = re.compile(r'\]\(\s*([^)\s]+)\s*\)|<img src="([^"]+)"')


def _targets(document: Path) -> list[str]:
    return [link or picture for link, picture in _TARGET.findall(document.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_pictures_are_there(document: Path) -> None:
    local = [target for target in _targets(document) if "://" not in target]
    missing = [target for target in local if not (document.parent / target.partition("#")[0]).exists()]
    assert not missing


def test_the_readme_shows_every_picture_made_for_it() -> None:
    made = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("packaging/screenshots/*")}
    shown = {target for target in _targets(ROOT / "README.md") if target.endswith(".png")}
    assert made and made == shown


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in ROOT.glob("packaging/screenshots/*")) < 650_000


def test_the_readme_stays_on_one_page() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 130
