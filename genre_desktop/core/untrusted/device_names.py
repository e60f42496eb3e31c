"""File names that Windows takes for devices, in any folder: writing to one may reach a port."""

from __future__ import annotations

import re

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)


def is_device_name(name: str) -> bool:
    """Whether a file name, without a folder, is that of a device, with any ending.

    Examples
    --------
    >>> [is_device_name(name) for name in ("con", "Com1.png", "lpt².m3u8", "contra.png")]
    [True, True, True, False]
    """
    return _DEVICE.fullmatch(name) is not None
