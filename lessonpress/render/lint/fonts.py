"""The fonts of a PDF, looked up in the objects that are about to be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

FILES = ("FontFile", "FontFile2", "FontFile3")
"""Where a font descriptor keeps the font itself (ISO 32000-1, 9.9)."""


def not_embedded(objects: Any) -> Iterator[str]:
    """The names of the fonts that the file does not hold; `objects` are pydyf's, in the order of their numbers."""
    for font in objects:
        if not isinstance(font, dict) or font.get("Type") != "/Font" or font.get("Subtype") in {"/Type0", "/Type3"}:
            continue  # a Type0 font is drawn by its descendant, and a Type3 font holds its glyphs itself
        reference = font.get("FontDescriptor")
        descriptor = objects[int(reference.split()[0])] if reference else {}
        if not any(name in descriptor for name in FILES):
            yield str(font.get("BaseFont", "without a name")).lstrip("/")
