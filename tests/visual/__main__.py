"""Hold pages against their references: `python -m tests.visual [--update] [NAME ...]`.

With `--update` the references are written anew; look at each before it is committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

from tests.activities.bench import ROOT
from tests.visual.compare import TOLERANCE, beside, distance
from tests.visual.pages import PAGES, picture

REFERENCES = Path(__file__).parent / "references"
DIFFERENCES = ROOT / "build" / "visual"
"""Git ignores it."""


def reference(name: str) -> Path:
    """Where the reference of a page lies."""
    return REFERENCES / f"{name}.png"


def update(name: str) -> None:
    """Write the reference of a page anew."""
    REFERENCES.mkdir(exist_ok=True)
    picture(PAGES[name]()).save(reference(name), optimize=True)


def seen(name: str) -> str:
    """What is wrong with a page, and where the picture of it lies; empty when nothing can be seen."""
    if not reference(name).is_file():
        return f"{name}: no reference; run: python -m tests.visual --update {name}"
    now = picture(PAGES[name]())
    with Image.open(reference(name)) as opened:
        was = opened.convert("L")
    apart = distance(was, now)
    if apart <= TOLERANCE:
        return ""
    DIFFERENCES.mkdir(parents=True, exist_ok=True)
    path = DIFFERENCES / f"{name}.png"
    beside(was, now).save(path)
    shown = path.relative_to(ROOT)
    return f"{name}: {apart:.0f} of {TOLERANCE:.0f} apart, see {shown}; meant? python -m tests.visual --update {name}"


def main(*args: str) -> int:
    """Hold or update the pages that are named, or all."""
    names = [arg for arg in args if arg in PAGES] or list(PAGES)
    if "--update" in args:
        for name in names:
            update(name)
            print(f"{name}: {reference(name).stat().st_size} bytes")
        return 0
    faults = [fault for name in names if (fault := seen(name))]
    print("\n".join(faults) or f"{len(names)} pages look as they did")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
