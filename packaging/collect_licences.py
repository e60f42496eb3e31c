"""Write the licences of everything in a built folder beside it, as `genre_desktop.core.third_party` reads them."""

from __future__ import annotations

import fnmatch
import importlib.metadata
import json
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import product
from native_parts import IN_WHEELS, OF_SYSTEM, UNSAID, WITHOUT_TEXT

from genre_desktop.core.third_party import Part, part_of, write_index

_TEXTS = Path(__file__).resolve().parent / "licence_texts"
_OWN = "genre-desktop"


class MissingTextError(Exception):
    """A part would be passed on without the wording of its licence."""


def collect_licences(program: Path, contents: Path) -> tuple[Part, ...]:
    """Find the parts of a built program and copy their licences into it.

    Parameters
    ----------
    program : Path
        One of its executables, which holds the Python modules.
    contents : Path
        Folder of its libraries; its ``licences`` is made afresh.

    Returns
    -------
    tuple of Part
        In the order of their names.

    Raises
    ------
    MissingTextError
    """
    target = contents / "licences"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    files = sorted(path.relative_to(contents).as_posix() for path in contents.rglob("*") if path.is_file())
    found = [
        *(_with_own_texts(part_of(distribution)) for distribution in _distributions(program, contents)),
        *_native_parts(files),
        *_system_parts(contents),
        _python(),
        _bootloader(),
        *_model_parts(contents, target),
        _own(target),
    ]
    parts = tuple(sorted((_copied(part, target) for part in found), key=lambda part: part.name.lower()))
    nameless = [part.name for part in parts if not part.texts or not part.licence]
    if nameless:
        raise MissingTextError(f"no licence, or no wording of it, is known for {', '.join(nameless)}")
    write_index(parts, target)
    return parts


def add_to_bundle(app: Path, contents: Path, notice: Path) -> None:
    """Put the licences of a built folder into the application that PyInstaller has made of it before.

    Parameters
    ----------
    app : Path
        The macOS application. Its signature covers what is added only after signing it again.
    contents : Path
        Folder with the collected ``licences``.
    notice : Path
        Licence of the whole.
    """
    resources, frameworks = app / "Contents" / "Resources", app / "Contents" / "Frameworks"
    shutil.rmtree(resources / "licences", ignore_errors=True)
    shutil.copytree(contents / "licences", resources / "licences")
    shutil.copyfile(notice, resources / notice.name)
    # As PyInstaller does with all data: the program looks among the frameworks.
    link = frameworks / "licences"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("..", "Resources", "licences"))


def modules_in(program: Path) -> set[str]:
    """Names of the Python modules inside an executable."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program))
    (name,) = (name for name in archive.toc if name.endswith(".pyz"))
    return set(archive.open_embedded_archive(name).toc)


def _distributions(program: Path, contents: Path) -> Iterator[importlib.metadata.Distribution]:
    owners = importlib.metadata.packages_distributions()
    inside = {name.split(".")[0] for name in modules_in(program)}
    # Extension modules lie in the folder; name.cpython-311-x86_64-linux-gnu.so, or folders of them.
    inside |= {path.name.split(".")[0] for path in contents.iterdir() if not path.name.endswith(".dist-info")}
    names = {owner for name in inside for owner in owners.get(name, ())}
    for name in sorted({re.sub(r"[-_.]+", "-", name).lower() for name in names} - {_OWN}):
        yield importlib.metadata.distribution(name)


def _with_own_texts(part: Part) -> Part:
    """Add the texts that its distribution does not have."""
    name = re.sub(r"[-_.]+", "-", part.name).lower()
    texts = part.texts + tuple(_text(text) for text in WITHOUT_TEXT.get(name, ()))
    return Part(part.name, part.version, part.licence or UNSAID.get(name, ""), texts)


def _text(name: str) -> Path:
    """A file of `_TEXTS`, of the installed packages, or of a distribution's texts."""
    places = (_TEXTS / name, Path(sysconfig.get_path("platlib")) / name)
    for place in places:
        if place.is_file():
            return place
    distribution, _, wanted = name.partition("/")
    texts = part_of(importlib.metadata.distribution(distribution)).texts if wanted else ()
    for text in texts:
        if text.name.lower() == wanted.lower():
            return text
    raise MissingTextError(f"{name} is in none of {[str(place) for place in places]} and no text of a distribution")


def _native_parts(files: Iterable[str]) -> Iterator[Part]:
    for part in IN_WHEELS:
        matches = [name for name in files for pattern in part.files if fnmatch.fnmatchcase(name, pattern)]
        if matches:
            versions = (re.search(r"\.so\.(\d+(\.\d+)+)$", name) for name in matches)
            # Wheels keep the number of the interface in the names, not that of the release.
            version = next((f"soname {match.group(1)}" for match in versions if match), "")
            yield Part(part.name, version, part.licence, tuple(_text(text) for text in part.texts))


def _system_parts(contents: Path) -> Iterator[Part]:
    """What came from the build system, with the texts that Debian has for each package."""
    if not sys.platform.startswith("linux"):
        return
    seen = set()
    for library in sorted(contents.glob("lib*.so*")):
        licence = next((said for name, said in OF_SYSTEM.items() if fnmatch.fnmatchcase(library.name, name)), None)
        if licence is None or library.is_symlink():
            continue
        package, version = _debian_package(library.name)
        if package not in seen:
            seen.add(package)
            yield Part(package, version, licence, (Path("/usr/share/doc", package, "copyright"),))


def _debian_package(library: str) -> tuple[str, str]:
    try:
        owner = subprocess.run(
            ["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, check=True
        ).stdout.split(":")[0]
        shown = ["dpkg-query", "--show", "--showformat", "${Version}\n", owner]
        version = subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingTextError(f"no Debian package is known for {library}: {error}") from error
    return owner, version


def _python() -> Part:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    return Part("Python", platform.python_version(), "PSF-2.0", tuple(texts[:1]))


def _bootloader() -> Part:
    part = part_of(importlib.metadata.distribution("pyinstaller"))
    return Part("PyInstaller's bootloader", part.version, "GPL-2.0-or-later WITH Bootloader-exception", part.texts)


def _own(target: Path) -> Part:
    text = shutil.copyfile(product.ROOT / "LICENSE", target / f"{_OWN}.txt")
    return Part(product.NAME, product.version(), "MIT", (Path(text),))


def _model_parts(contents: Path, target: Path) -> Iterator[Part]:
    """What models were made from, as their cards have it."""
    for card in sorted(contents.glob("resources/models/*/card.json")):
        licences = json.loads(card.read_text(encoding="utf-8")).get("licences", {})
        text = target / f"model {card.parent.name}.txt"
        text.write_text("\n\n".join(f"{what}: {words}" for what, words in licences.items()) + "\n", encoding="utf-8")
        kind = "ISC AND MIT" if "tagger" in licences else "MIT"
        yield Part(f"Model {card.parent.name}", "", kind, (text,))


def _copied(part: Part, target: Path) -> Part:
    texts = []
    for text in part.texts:
        if target in text.parents:
            texts.append(text)
            continue
        # Names repeat inside a distribution (LICENSE of the whole, LICENSE of a part).
        folder = text.parent.name if text.parent.name not in ("licenses", "licence_texts") else ""
        folder = "" if folder.endswith((".dist-info", "site-packages")) else folder
        name = "-".join(filter(None, (folder, text.name)))
        home = target / re.sub(r"[^\w.+-]+", "_", part.name)
        home.mkdir(exist_ok=True)
        texts.append(Path(shutil.copyfile(text, home / name)))
    return Part(part.name, part.version, part.licence, tuple(texts))
