"""Pack the program's folder for any Linux, with a script that installs it for one user.

python packaging/linux/make_tar.py                     dist/genre-desktop-VERSION-linux-ARCHITECTURE.tar.xz
python packaging/linux/make_tar.py --compression zst   a quicker one that not every system can unpack
"""

from __future__ import annotations

import argparse
import calendar
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import menu
import product

COMPRESSORS: Final = {
    # -T0: all processors. xz is everywhere; zstd unpacks ten times as fast.
    "xz": "xz -T0 -6",
    "zst": "zstd -T0 -19 --long=27",
    # For trying things out.
    "fast.zst": "zstd -T0 -3",
}


def make_tar(folder: Path, target: Path, compression: str) -> Path:
    """Pack.

    Parameters
    ----------
    folder : Path
        The program as PyInstaller left it.
    target : Path
        Folder for the archive.
    compression : str
        Key of `COMPRESSORS`.

    Returns
    -------
    Path
        The archive.
    """
    if not (folder / product.WINDOW).is_file():
        raise SystemExit(f"{folder / product.WINDOW} is missing: build the program first (python3 run.py package)")
    name = f"{product.PACKAGE}-{product.version()}-linux-{platform.machine()}"
    archive = target / f"{name}.tar.{compression}"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="genre-desktop-tar-") as scratch:
        top = Path(scratch)
        menu.write_share(top / "share")
        for script in ("install.sh", "uninstall.sh"):
            shutil.copy2(menu.HERE / script, top / script)
        shutil.copyfile(menu.HERE / "README.txt", top / "README.txt")
        subprocess.run(
            [
                "tar", "--create", "--file", str(archive), "--use-compress-program", COMPRESSORS[compression],
                # The same folder gives the same archive.
                "--sort=name", "--owner=root:0", "--group=root:0", f"--mtime=@{source_date()}",
                "--mode=u+rw,go+r-w,a+X", "--exclude=__pycache__",
                # The folder is packed from where it stands: a copy would be 1.5 GB. r: names, not links' targets.
                f"--transform=flags=rSH;s,^\\.,{name},",
                # ... and anchored behind the name, which begins like the archive's.
                f"--transform=flags=rSH;s,^{folder.name}(/|$),{name}/{product.PACKAGE}\\1,x",
                "--directory", str(top), ".", "--directory", str(folder.parent.resolve()), folder.name,
            ],
            check=True,
        )  # fmt: skip
    return archive


def source_date() -> int:
    """Seconds since 1970 that files get (https://reproducible-builds.org/specs/source-date-epoch/)."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None:
        return int(given)
    return calendar.timegm(time.strptime(product.RELEASES[0][1], "%Y-%m-%d"))


def main() -> None:
    """Pack what is asked for."""
    parser = argparse.ArgumentParser(description="Pack the program's folder with an install script.")
    parser.add_argument("--folder", type=Path, default=product.FOLDER, help="default: %(default)s")
    parser.add_argument("--out", type=Path, default=product.ROOT / "dist", help="default: %(default)s")
    parser.add_argument("--compression", choices=COMPRESSORS, default="xz")
    given = parser.parse_args()
    begin = time.monotonic()
    archive = make_tar(given.folder, given.out, given.compression)
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, {time.monotonic() - begin:.0f} s")


if __name__ == "__main__":
    main()
