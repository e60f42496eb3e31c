"""Table of the sizes of the parts of the packaged program.

::

    python packaging/size_table.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_MB = 1e6
_ROWS = 16
_CHUNK = 1 << 20

# Folders of wheels that belong together; the rest goes by its first folder.
_NAMES = {
    "tensorflow/libtensorflow_cc": "TensorFlow: its library",
    "tensorflow": "TensorFlow: its extensions",
    "PySide6": "Qt (PySide6)",
    "shiboken6": "Qt (PySide6)",
    "av": "PyAV with FFmpeg",
    "av.libs": "PyAV with FFmpeg",
    "scipy": "SciPy",
    "scipy.libs": "SciPy",
    "numpy": "NumPy",
    "numpy.libs": "NumPy",
    "sklearn": "scikit-learn",
    "scikit_learn.libs": "scikit-learn",
    "matplotlib": "Matplotlib, Pillow",
    "PIL": "Matplotlib, Pillow",
    "pillow.libs": "Matplotlib, Pillow",
    "kiwisolver": "Matplotlib, Pillow",
    "contourpy": "Matplotlib, Pillow",
    "h5py": "h5py with HDF5",
    "h5py.libs": "h5py with HDF5",
    "soxr": "soundfile, soxr",
    "_soundfile_data": "soundfile, soxr",
    "resources": "models, icons, demo clips, translations",
    "licences": "licences",
}
_PROGRAM = "executables with all Python modules"
_PYTHON = "Python"
_SYSTEM = "libraries of the build system"


@dataclass(frozen=True)
class Size:
    """What one part takes.

    Attributes
    ----------
    unpacked, packed : int
        Bytes, as they lie and deflated one file at a time (zlib, level 6). An xz archive takes a fifth less.
    """

    unpacked: int = 0
    packed: int = 0

    def __add__(self, other: Size) -> Size:
        return Size(self.unpacked + other.unpacked, self.packed + other.packed)


def sizes(folder: Path) -> dict[str, Size]:
    """The size of each part.

    Parameters
    ----------
    folder : Path
        Of the program, as PyInstaller leaves it.

    Returns
    -------
    dict
        By the part's name, the largest first. Links count nothing.
    """
    parts: defaultdict[str, Size] = defaultdict(Size)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts[_part_of(path.relative_to(folder))] += Size(path.stat().st_size, _packed(path))
    return dict(sorted(parts.items(), key=lambda item: -item[1].unpacked))


def size_table(folder: Path) -> str:
    """Lay `sizes` out in lines, what is small in one of them."""
    parts = sizes(folder)
    rows = list(parts.items())[:_ROWS]
    rest = sum((size for _, size in list(parts.items())[_ROWS:]), Size())
    if rest.unpacked:
        rows.append((f"{len(parts) - _ROWS} smaller parts", rest))
    total = sum(parts.values(), Size())
    lines = [f"{'part':42}{'MB':>8}{'packed':>8}"]
    lines += [
        f"{name:42}{size.unpacked / _MB:8.1f}{size.packed / _MB:8.1f}" for name, size in [*rows, ("total", total)]
    ]
    return "\n".join(lines)


def _part_of(path: Path) -> str:
    inside = path.parts[1:] if path.parts[0] == "_internal" else ()
    if not inside:
        return _PROGRAM
    for start, name in _NAMES.items():
        if "/" in start and "/".join(inside).startswith(start):
            return name
    first = inside[0]
    if first in _NAMES:
        return _NAMES[first]
    if first.startswith(("libpython", "python3", "base_library")) or first.endswith((".pyd", "python3.dll")):
        return _PYTHON
    if len(inside) == 1 and (".so" in first or first.endswith((".dll", ".dylib"))):
        return _SYSTEM
    return first


def _packed(path: Path) -> int:
    packer, size = zlib.compressobj(6), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(packer.compress(chunk))
    return size + len(packer.flush())


if __name__ == "__main__":
    print(size_table(Path(sys.argv[1] if len(sys.argv) > 1 else os.path.join("dist", "genre-desktop"))))
