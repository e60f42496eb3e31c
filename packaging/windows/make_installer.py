"""Make the Windows installer of the program's folder; needs Inno Setup 6.3 or newer (ISCC.exe).

::

    python packaging/windows/make_installer.py            dist/genre-desktop-VERSION-windows-x64-setup.exe
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product
import sound_types
import version_info

HERE = Path(__file__).resolve().parent
OPEN_WITH = product.ROOT / "build" / "windows" / "open_with.iss"


def open_with() -> str:
    """The [Registry] entries of "Open with" that genre-desktop.iss includes.

    https://learn.microsoft.com/en-us/windows/win32/shell/how-to-include-an-application-on-the-open-with-dialog-box
    """
    lines = []
    for ending in sound_types.endings():
        lines.append(
            # Of a key that other programs share, only this value goes with the program.
            rf'Root: HKA; Subkey: "Software\Classes\{ending}\OpenWithProgids"; ValueType: string; '
            r'ValueName: "{#ProgId}"; ValueData: ""; Flags: uninsdeletevalue; Tasks: openwith'
        )
        lines.append(
            r'Root: HKA; Subkey: "Software\Classes\Applications\{#Window}\SupportedTypes"; ValueType: string; '
            rf'ValueName: "{ending}"; ValueData: ""; Tasks: openwith'
        )
    return "".join(f"{line}\n" for line in lines)


def compiler() -> str:
    """Inno Setup's compiler, on the path or where its own installer puts it."""
    found = shutil.which("ISCC")
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")) / "Inno Setup 6" / "ISCC.exe"
    if found is None and not usual.is_file():
        raise SystemExit("Inno Setup 6 is missing: https://jrsoftware.org/isdl.php")
    return found or str(usual)


def main() -> None:
    """Make the installer."""
    parser = argparse.ArgumentParser(description="Make the Windows installer of the program's folder.")
    parser.add_argument("--sign-tool", help="name of a sign tool that Inno Setup knows (see README.md)")
    given = parser.parse_args()
    if not (product.FOLDER / f"{product.WINDOW}.exe").is_file():
        raise SystemExit(f"{product.FOLDER} holds no program: build it first (python run.py package)")
    OPEN_WITH.parent.mkdir(parents=True, exist_ok=True)
    OPEN_WITH.write_text(open_with(), encoding="utf-8")
    version = product.version()
    defined = {
        "Version": version,
        "FourNumbers": ".".join(map(str, version_info.numbers(version))),
        "Publisher": product.AUTHORS,
    }
    command = [compiler(), *(f"/D{name}={value}" for name, value in defined.items())]
    if given.sign_tool:
        command.append(f"/DSignTool={given.sign_tool}")
    subprocess.run([*command, str(HERE / "genre-desktop.iss")], check=True)


if __name__ == "__main__":
    main()
