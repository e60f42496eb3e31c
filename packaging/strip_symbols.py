"""Take the symbol tables out of the libraries of a built folder on Linux: a fifth of its size.

They serve debuggers alone; what the loader reads, and what TensorFlow's extensions link to, stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

# In folders called NAME.libs lie libraries whose names `auditwheel` has rewritten; strip moves the segments of some of
# those so that they load no more.
_REWRITTEN = ".libs"
_WORTH_BYTES = 200_000


def strip_symbols(folder: Path) -> int:
    """Strip what is worth it.

    Parameters
    ----------
    folder : Path
        Of the program; its files are changed.

    Returns
    -------
    int
        Bytes saved; 0 where there is no ``strip``.

    Raises
    ------
    subprocess.CalledProcessError
    """
    if not shutil.which("strip"):
        print("There is no strip here (Debian: binutils); the folder stays a fifth larger.", file=sys.stderr)
        return 0
    libraries = [path for path in folder.rglob("*.so*") if _is_worth_stripping(path)]
    before = sum(path.stat().st_size for path in libraries)
    for path in libraries:
        subprocess.run(["strip", "--strip-unneeded", path], check=True)
    return before - sum(path.stat().st_size for path in libraries)


def _is_worth_stripping(path: Path) -> bool:
    is_rewritten = path.parent.name.endswith(_REWRITTEN)
    return not path.is_symlink() and path.is_file() and not is_rewritten and path.stat().st_size > _WORTH_BYTES
