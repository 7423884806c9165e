"""The versions of the libraries that lay out text and pack streams, asked of the libraries themselves."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterable
from contextlib import suppress

UNKNOWN = "unknown"
LIBRARIES = {
    "pango": ("pango_version_string", ("libpango-1.0-0", "pango-1.0-0", "pango-1.0", "libpango-1.0.so.0")),
    "harfbuzz": ("hb_version_string", ("libharfbuzz-0", "harfbuzz", "harfbuzz-0.0", "libharfbuzz.so.0")),
}
"""Each library's function that tells its version, and its names in the order in which WeasyPrint tries them."""
MAC = {"pango": ("libpango-1.0.dylib",), "harfbuzz": ("libharfbuzz.0.dylib",)}


def engines() -> dict[str, str]:
    """The versions of Pango, HarfBuzz and zlib; "unknown" where one is not found by the names that WeasyPrint uses.

    Imports no printer.
    """
    found = {name: _ask(function, (*names, *MAC[name])) for name, (function, names) in LIBRARIES.items()}
    return {**found, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _ask(function: str, names: Iterable[str]) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            tell = getattr(ctypes.CDLL(name), function)
            tell.restype = ctypes.c_char_p
            said: bytes = tell()
            return said.decode()
    return UNKNOWN
