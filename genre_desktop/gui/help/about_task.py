"""What the window of *About* tells, found out on a worker: versions, parts, licences. No widgets."""

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

_LARGEST = 2_000_000
_MOST_LETTERS = 4_000
"""Of what a model's card says about rights, which is a megabyte at most: a label lays out all of it at once."""

_NAMED = (
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
"""Whose versions are told at a glance; all others stand in the list of parts."""


@dataclass(frozen=True)
class FindParts:
    """Look up all parts; answered by a `PartsFound`."""


@dataclass(frozen=True)
class FindModels:
    """Read the cards of all models; answered by a `ModelsFound`."""


@dataclass(frozen=True)
class ReadTexts:
    """Read the wording of a licence; answered by a `TextsRead`."""

    part: Part


@dataclass(frozen=True)
class PartsFound:
    """All parts: the program itself first."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ModelFacts:
    """A model, with what its card says about rights.

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
class TextsRead:
    """The wording of a part's licence."""

    part: Part
    text: str


def work(list_bundles: Callable[[], list[ModelBundle]]) -> Callable[[Any, TaskContext], object]:
    """Work of the worker."""

    def answer(request: Any, _report: TaskContext) -> object:
        match request:
            case FindParts():
                return PartsFound((own_part(), *bundled_parts()))
            case FindModels():
                return ModelsFound(tuple(_model_facts(bundle) for bundle in list_bundles()))
            case ReadTexts(part):
                return TextsRead(part, _wording(part))
        return None

    return answer


def own_part() -> Part:
    """The program's own source."""
    beside = locations.resources().parent / "LICENSE"
    return Part("Genre Desktop", __version__, "MIT", (beside,) if beside.is_file() else ())


def own_versions() -> list[tuple[str, str]]:
    """What is known without looking anything up."""
    return [
        ("Genre Desktop", __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        (tr("System"), f"{platform.system()} {platform.release()} ({platform.machine()})"),
    ]


def part_versions(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    """The parts that matter most for what the program says."""
    by_name = {part.name.lower().replace("-", "_"): part for part in parts}
    return [(by_name[name].name.replace("_", "-"), by_name[name].version) for name in _NAMED if name in by_name]


def _wording(part: Part) -> str:
    texts = []
    for path in part.texts:
        try:
            with path.open("rb") as file:
                text = file.read(_LARGEST).decode("utf-8", "replace")
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
    if len(text) > _MOST_LETTERS:
        rest = tr("The rest stands in {file}.", file=bundle.path / CARD_NAME)
        text = f"{text[:_MOST_LETTERS]} …\n{rest}"
    return ModelFacts(bundle.name, bundle.description, text or tr("Its card says nothing about licences."))
