"""The version resource of the Windows executables: what Explorer shows under Properties, Details.

https://learn.microsoft.com/en-us/windows/win32/menurc/versioninfo-resource; PyInstaller takes it as a text file
(``EXE(version=...)``): https://pyinstaller.org/en/stable/usage.html#capturing-windows-version-data
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import product

# U.S. English, Unicode (UTF-16): block 040904B0 and its translation, as decimal numbers.
LANGUAGE, CHARSET = 0x0409, 0x04B0


def numbers(version: str) -> tuple[int, int, int, int]:
    """The version as the four 16-bit numbers of Windows.

    Raises
    ------
    ValueError
        When a version does not begin with three numbers.
    """
    match = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if match is None:
        raise ValueError(f"a version such as 1.2.3 was expected, received {version!r}")
    first, second, third = (int(number) for number in match.groups())
    return first, second, third, 0


def write(version: str, path: Path, *, executable: str = product.WINDOW) -> Path:
    """Write the resource for PyInstaller.

    Parameters
    ----------
    version : str
        The program's.
    path : Path
        File to write; its folder is made.
    executable : str
        Name without ending. The task manager and "Open with" show the description, so the two executables get
        different ones.

    Returns
    -------
    Path
        `path`.
    """
    texts = {
        "CompanyName": product.AUTHORS,
        "FileDescription": product.NAME if executable == product.WINDOW else f"{product.NAME} (command line)",
        "FileVersion": version,
        "InternalName": executable,
        "LegalCopyright": f"{product.COPYRIGHT}. GPL-3.0-or-later as a whole.",
        "OriginalFilename": f"{executable}.exe",
        "ProductName": product.NAME,
        "ProductVersion": version,
    }
    strings = ",\n".join(f"        StringStruct({name!r}, {text!r})" for name, text in texts.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"""\
VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers(version)},
    prodvers={numbers(version)},
    mask=0x3F,  # VS_FFI_FILEFLAGSMASK
    flags=0x0,
    OS=0x40004,  # VOS_NT_WINDOWS32
    fileType=0x1,  # VFT_APP
    subtype=0x0,
    date=(0, 0)
  ),
  kids=[
    StringFileInfo([
      StringTable('{LANGUAGE:04X}{CHARSET:04X}', [
{strings}
      ])
    ]),
    VarFileInfo([VarStruct('Translation', [{LANGUAGE}, {CHARSET}])])
  ]
)
""",
        encoding="utf-8",
    )
    return path
