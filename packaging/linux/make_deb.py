"""Make a Debian package of the program's folder, with Debian's own tools.

    python packaging/linux/make_deb.py                dist/genre-desktop_VERSION_ARCHITECTURE.deb
    python packaging/linux/make_deb.py --fast         hardly compressed, for trying things out

What the desktop has to be told (menu, icons, types of files, manual) is told by triggers of the packages concerned;
there are no maintainer scripts.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import deb_libraries
import deb_texts
import menu
import product
from make_tar import source_date

HOME: Final = Path("usr/lib") / product.PACKAGE
"""https://www.debian.org/doc/debian-policy/ch-opersys.html: programs' own files of one architecture."""

ALSO_DEPENDS: Final = (
    # Read at run time by libraries that the folder has itself: what fonts there are and at least one of them, ...
    "fontconfig-config",
    # ... and how keyboards are laid out.
    "xkb-data",
)
RECOMMENDS: Final = (
    # Types of files and the menu work without these on most desktops, and everywhere with them.
    "shared-mime-info", "desktop-file-utils", "hicolor-icon-theme",
    # "Show in the file manager".
    "xdg-utils",
)  # fmt: skip

COMPRESSION: Final = ("-Zxz", "-z6", "--threads-max=4")
FAST_COMPRESSION: Final = ("-Zzstd", "-z3")


def make_deb(folder: Path, target: Path, *, is_fast: bool = False) -> Path:
    """Make the package.

    Parameters
    ----------
    folder : Path
        The program as PyInstaller left it.
    target : Path
        Folder for the package.
    is_fast : bool
        Compress hardly at all.

    Returns
    -------
    Path
        The package.
    """
    if not (folder / product.WINDOW).is_file():
        raise SystemExit(f"{folder / product.WINDOW} is missing: build the program first (python3 run.py package)")
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    architecture = asked.stdout.strip()
    package = target / f"{product.PACKAGE}_{deb_texts.package_version()}_{architecture}.deb"
    target.mkdir(parents=True, exist_ok=True)
    # Beside the package and not in /tmp, which may be kept in memory.
    with tempfile.TemporaryDirectory(prefix="genre-desktop-deb-", dir=target) as scratch:
        tree = Path(scratch) / "tree"
        # dpkg-deb takes the modes as they are, and temporary folders are closed to others.
        tree.mkdir(mode=0o755)
        lay_out(folder, tree)
        size_kb = sum(path.lstat().st_size for path in tree.rglob("*")) // 1024
        debian = tree / "DEBIAN"
        debian.mkdir()
        depends = ", ".join(sorted({*deb_libraries.packages(tree / HOME), *ALSO_DEPENDS}))
        (debian / "control").write_text(
            deb_texts.control(
                architecture=architecture, depends=depends, recommends=", ".join(RECOMMENDS), size_kb=size_kb
            ),
            encoding="utf-8",
        )
        (debian / "md5sums").write_text(_sums(tree), encoding="utf-8")
        _even_out(tree)
        subprocess.run(
            [
                "dpkg-deb",
                "--root-owner-group",
                *(FAST_COMPRESSION if is_fast else COMPRESSION),
                "--build",
                tree,
                package,
            ],
            check=True,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(source_date())},
            stdout=subprocess.DEVNULL,
        )
    return package


def lay_out(folder: Path, tree: Path) -> None:
    """Put all files where the system wants them, below `tree`."""
    # Somebody's compiled scripts among the licences, and nothing that runs.
    shutil.copytree(folder, tree / HOME, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "usr/bin").mkdir()
    for name in (product.CONSOLE, product.WINDOW):
        # The program finds its own folder through the link.
        (tree / "usr/bin" / name).symlink_to(Path("..") / HOME.relative_to("usr") / name)
    menu.write_share(tree / "usr/share")
    documents = tree / "usr/share/doc" / product.PACKAGE
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(deb_texts.copyright_file(folder), encoding="utf-8")
    (documents / "changelog.Debian.gz").write_bytes(gzip.compress(deb_texts.changelog().encode(), 9, mtime=0))
    overrides = tree / "usr/share/lintian/overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(menu.HERE / "lintian-overrides", overrides / product.PACKAGE)


def _sums(tree: Path) -> str:
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    names = [str(path.relative_to(tree)) for path in files if path.relative_to(tree).parts[0] != "DEBIAN"]
    # xargs and not arguments: there are more than a command line holds.
    done = subprocess.run(
        ["xargs", "-0", "md5sum"], cwd=tree, check=True, input="\0".join(names).encode(), stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def _even_out(tree: Path) -> None:
    """Modes as policy wants them: nobody but root writes, and what is no program is not executable."""
    programs = {tree / HOME / name for name in (product.CONSOLE, product.WINDOW)}
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or path in programs else 0o644)


def main() -> None:
    """Make the package."""
    parser = argparse.ArgumentParser(description="Make a Debian package of the program's folder.")
    parser.add_argument("--folder", type=Path, default=product.FOLDER, help="default: %(default)s")
    parser.add_argument("--out", type=Path, default=product.ROOT / "dist", help="default: %(default)s")
    parser.add_argument("--fast", action="store_true", help="hardly compress")
    given = parser.parse_args()
    begin = time.monotonic()
    package = make_deb(given.folder, given.out, is_fast=given.fast)
    print(f"{package}: {package.stat().st_size / 1e6:.0f} MB, {time.monotonic() - begin:.0f} s")


if __name__ == "__main__":
    main()
