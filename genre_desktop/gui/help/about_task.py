"""Requests of the dialog about the program, their answers, and the work function that looks them up."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import qVersion

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.i18n import tr
from genre_desktop.core.third_party import Part, bundled_parts
from genre_desktop.gui.workers.worker import TaskContext

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle

_MAX_BYTES = 2_000_000
"""Of a licence text."""

_MAX_LETTERS = 4_000
"""Of the licences in a model's card, which may be a megabyte long: a label lays out all of its text at once."""

_MAIN_PARTS = (
    "tensorflow",
    "tensorflow_cpu",
    "keras",
    "numpy",
    "scipy",
    "av",
    "soundfile",
    "soxr",
    "sounddevice",
    "mutagen",
)
"""Libraries whose versions the first page shows; the list of parts has all of them."""


@dataclass(frozen=True)
class FindParts:
    """Request for all libraries; answered by `PartsFound`."""


@dataclass(frozen=True)
class FindModels:
    """Request for the licences of all models; answered by `ModelsFound`."""


@dataclass(frozen=True)
class ReadLicence:
    """Request for the licence text of a library; answered by `LicenceRead`."""

    part: Part


@dataclass(frozen=True)
class PartsFound:
    """The program itself, then all libraries."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ModelFacts:
    """A model with the licences of its card.

    Attributes
    ----------
    name, description : str
    text : str
        Licences and sources, in lines.
    """

    name: str
    description: str
    text: str


@dataclass(frozen=True)
class ModelsFound:
    """All models."""

    models: tuple[ModelFacts, ...]


@dataclass(frozen=True)
class LicenceRead:
    """The licence text of a library."""

    part: Part
    text: str


def make_about_task(list_bundles: Callable[[], list[ModelBundle]]) -> Callable[[Any, TaskContext], object]:
    """Make the work function of the worker."""

    def answer(request: Any, _context: TaskContext) -> object:
        match request:
            case FindParts():
                return PartsFound((own_part(), *bundled_parts()))
            case FindModels():
                return ModelsFound(tuple(_model_facts(bundle) for bundle in list_bundles()))
            case ReadLicence(part):
                return LicenceRead(part, _licence_text(part))
        return None

    return answer


def own_part() -> Part:
    """The program itself as the first of the parts."""
    licence = locations.resources().parent / "LICENSE"
    return Part("Genre Desktop", __version__, "MIT", (licence,) if licence.is_file() else ())


def own_versions() -> list[tuple[str, str]]:
    """Names and versions that need no look-up."""
    return [
        ("Genre Desktop", __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        (tr("System"), f"{platform.system()} {platform.release()} ({platform.machine()})"),
    ]


def part_versions(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    """Names and versions of the main libraries."""
    by_name = {part.name.lower().replace("-", "_"): part for part in parts}
    return [(by_name[name].name.replace("_", "-"), by_name[name].version) for name in _MAIN_PARTS if name in by_name]


def _licence_text(part: Part) -> str:
    texts = []
    for path in part.texts:
        try:
            with path.open("rb") as file:
                text = file.read(_MAX_BYTES).decode("utf-8", "replace")
        except OSError as error:
            text = tr("{path} cannot be read ({reason})", path=path, reason=error.strerror or error)
        texts.append(f"{path.name}\n\n{text.strip()}" if len(part.texts) > 1 else text.strip())
    if texts:
        return ("\n\n" + "-" * 72 + "\n\n").join(texts)
    licence = part.licence or tr("not stated")
    return tr(
        "{name} {version}\n\nLicence: {licence}\n\nIts authors pass it on without the wording of the licence.",
        name=part.name,
        version=part.version,
        licence=licence,
    )


def _model_facts(bundle: ModelBundle) -> ModelFacts:
    from genre_desktop.model.bundles.bundle import CARD_NAME

    lines: list[str] = []
    licences = bundle.card.get("licences")
    for what, text in licences.items() if isinstance(licences, dict) else ():
        lines.append(f"{what}: {text}")
    sources = bundle.card.get("sources")
    if isinstance(sources, list):
        lines += ["", tr("Sources"), *(f"• {source}" for source in sources if isinstance(source, str))]
    text = "\n".join(lines).strip()
    if len(text) > _MAX_LETTERS:
        rest = tr("The rest stands in {file}.", file=bundle.path / CARD_NAME)
        text = f"{text[:_MAX_LETTERS]} …\n{rest}"
    return ModelFacts(bundle.name, bundle.description, text or tr("Its card says nothing about licences."))
