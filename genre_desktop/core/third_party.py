"""The third-party libraries of the program, with versions and licences."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core import locations

INDEX_NAME = "index.json"
_TEXT_NAMES = ("licen", "copying", "notice", "copyright", "authors")
_UNSAID = ("", "unknown")


@dataclass(frozen=True)
class Part:
    """A third-party library.

    Attributes
    ----------
    name, version : str
    licence : str
        As its authors name it: an SPDX expression where they give one, empty where they give nothing.
    texts : tuple of Path
        Files with the text of the licence.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = ()


def bundled_parts() -> tuple[Part, ...]:
    """The libraries, in the order of their names.

    A packaged program has a list of them, written when it was built; otherwise they are found among the installed
    distributions, which takes some tenths of a second.

    Returns
    -------
    tuple of Part
    """
    index = locations.licences() / INDEX_NAME
    try:
        return read_index(index)
    except FileNotFoundError:
        return installed_parts()


def installed_parts() -> tuple[Part, ...]:
    """The distributions that the program requires in this environment, directly or not."""
    found = [part_of(distribution) for distribution in _required("genre-desktop")]
    return tuple(sorted(found, key=lambda part: part.name.lower()))


def read_index(index: Path) -> tuple[Part, ...]:
    """Read a list that `write_index` wrote.

    Raises
    ------
    FileNotFoundError
    """
    entries: list[dict[str, Any]] = json.loads(index.read_text(encoding="utf-8"))
    return tuple(
        Part(entry["name"], entry["version"], entry["licence"], tuple(index.parent / name for name in entry["texts"]))
        for entry in entries
    )


def write_index(parts: Iterable[Part], folder: Path) -> Path:
    """Write the list of libraries whose licence texts are in `folder` already."""
    index = folder / INDEX_NAME
    entries = [asdict(part) | {"texts": [path.relative_to(folder).as_posix() for path in part.texts]} for part in parts]
    index.write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")
    return index


def _required(root: str) -> Iterable[importlib.metadata.Distribution]:
    waiting, seen = [root], {root}
    while waiting:
        try:
            distribution = importlib.metadata.distribution(waiting.pop())
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system
        if distribution.metadata["Name"] != root:
            yield distribution
        for requirement in distribution.requires or ():
            if "extra ==" in requirement:
                continue
            name = _name_in(requirement)
            if name not in seen:
                seen.add(name)
                waiting.append(name)


def _name_in(requirement: str) -> str:
    end = next((at for at, char in enumerate(requirement) if not (char.isalnum() or char in "-_.")), len(requirement))
    return requirement[:end].lower().replace("_", "-").replace(".", "-")


def part_of(distribution: importlib.metadata.Distribution) -> Part:
    """A distribution as a `Part`, from its metadata and the licence texts in it."""
    metadata = distribution.metadata
    texts = tuple(
        Path(str(file.locate()))
        for file in distribution.files or ()
        if any(word in part for word in _TEXT_NAMES for part in (file.name.lower(), file.parent.name))
        and ".dist-info" in str(file.parent)
        # Not PyAV's script that lists its authors.
        and file.suffix not in (".py", ".pyc")
    )
    return Part(metadata["Name"], distribution.version, _licence_of(metadata), texts)


def _first(metadata: importlib.metadata.PackageMetadata, field: str) -> str:
    return next(iter(metadata.get_all(field) or ()), "").strip()


def _licence_of(metadata: importlib.metadata.PackageMetadata) -> str:
    expression = _first(metadata, "License-Expression")
    if expression:
        return expression
    named = _first(metadata, "License")
    # Some distributions have the whole text in this field.
    if named.lower() not in _UNSAID and "\n" not in named and len(named) <= 60:
        return named
    classifiers = metadata.get_all("Classifier") or []
    kinds = [line.rsplit("::", 1)[-1].strip() for line in classifiers if line.startswith("License ::")]
    return ", ".join(kind for kind in kinds if kind != "OSI Approved")
