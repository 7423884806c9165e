"""What LibreOffice makes of a deck: a second opinion on where text ends, by other code than ours and other fonts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2

from lessonpress.render.pptx.lint.made import FOOTERS, Part, Rect, Shape, Slide, turned
from lessonpress.render.pptx.lint.reader import read_slides
from lessonpress.render.pptx.opened import Opened
from lessonpress.render.pptx.package import read_zip, write_zip

FONTS = Path(__file__).parents[2] / "templates" / "fonts" / "slides"
EDGE = 1.0
"""How far, in points, text may reach over the edge of a slide: what rounding does."""
BEYOND = 4.0
"""How far, in points, it may reach over the edge of its box: what another line pitch does to one line."""
SHOWN = 0.8
"""The least share of a text that has to be found in print; what leaves the slide altogether is not in it."""
_CM = 72 / 2.54


def to_pdf(decks: dict[str, Path], folder: Path) -> dict[str, Path]:
    """The decks as LibreOffice prints them, in one run; those that it cannot open are missing.

    Nothing is shrunk to fit, which LibreOffice does and PowerPoint does not before a text is edited.
    """
    copies = []
    for n, path in enumerate(decks.values()):
        copies.append(folder / f"{n:03d}.pptx")
        copies[-1].write_bytes(unshrunk(path.read_bytes()))
    # Where fontconfig looks for a user's own fonts: the ones that stand in for those of PowerPoint.
    shutil.copytree(FONTS, folder / "data" / "fonts")
    call = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    # Whoever printed PDF in this process left our list of fonts in the environment, which would hide LibreOffice's own.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    environment["XDG_DATA_HOME"] = str(folder / "data")
    subprocess.run(
        [*call, "--outdir", str(folder), *map(str, copies)],
        capture_output=True,
        check=False,
        timeout=900,
        env=environment,
    )
    made = {name: copy.with_suffix(".pdf") for name, copy in zip(decks, copies, strict=True)}
    return {name: path for name, path in made.items() if path.is_file()}


def unshrunk(blob: bytes) -> bytes:
    """A deck whose text keeps the size that it is set in."""
    try:
        files = dict(read_zip(blob))
    except Exception:  # noqa: BLE001 - LibreOffice is to say that it cannot be opened
        return blob
    for name, data in files.items():
        if re.fullmatch(r"ppt/slide(s|Layouts|Masters)/\w+\.xml", name):
            files[name] = re.sub(rb"<a:normAutofit[^>]*/>", b"<a:noAutofit/>", data)
    return write_zip(files)


def opens(blob: bytes, printed: Path | None) -> list[str]:
    """Whether LibreOffice opened a deck with all its slides."""
    if printed is None:
        return ["LibreOffice could not open it"]
    slides, pages = len(Opened(blob).slides), len(pypdfium2.PdfDocument(printed))
    return [] if slides == pages else [f"LibreOffice shows {pages} of {slides} slides"]


def outside(printed: Path) -> Iterator[str]:
    """Text that reaches over the edge of a printed slide."""
    document = pypdfium2.PdfDocument(printed)
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            if left < -EDGE or bottom < -EDGE or right > width + EDGE or top > height + EDGE:
                words = text.get_text_bounded(left, bottom, right, top).strip()
                yield f"slide {number}: {words[:40]!r} reaches over the edge"
    document.close()


@dataclass(frozen=True)
class _Sign:
    """A sign of a text, the shape that it belongs to and the box that it may not leave."""

    char: str
    shape: Shape
    box: Rect
    turn: float


def beyond(blob: bytes, printed: Path) -> Iterator[str]:
    """Text that LibreOffice prints outside its shape, or not at all.

    The signs of the page are laid beside those of the shapes, in the order in which both are drawn. Where text runs
    from right to left the page has another order, and each sign only has to stand in some box of its slide.
    """
    document = pypdfium2.PdfDocument(printed)
    for slide, page in zip(read_slides(Opened(blob)), document, strict=True):
        if slide.is_rtl:
            yield from _astray(slide, page)
            continue
        wanted = list(_signs(slide))
        found = list(_printed(page, slide))
        matcher = SequenceMatcher(None, [sign.char for sign in wanted], [char for char, _ in found], autojunk=False)
        over: dict[int, float] = {}
        missing = {id(sign.shape): sum(other.shape is sign.shape for other in wanted) for sign in wanted}
        whole = dict(missing)
        for block in matcher.get_matching_blocks():
            for n in range(block.size):
                sign, (_, rect) = wanted[block.a + n], found[block.b + n]
                missing[id(sign.shape)] -= 1
                over[id(sign.shape)] = max(over.get(id(sign.shape), 0.0), _over(rect, sign))
        for shape in slide.shapes:
            if over.get(id(shape), 0.0) > BEYOND:
                reach = over[id(shape)] / _CM
                yield f"slide {slide.number}: the text of {shape.name!r} reaches {reach:.1f} cm beyond its box"
            elif missing.get(id(shape), 0) > (1 - SHOWN) * whole.get(id(shape), 0):
                yield f"slide {slide.number}: not all of the text of {shape.name!r} is shown"
    document.close()


def _astray(slide: Slide, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Signs that stand in no box of a slide, and boxes that hold too few, whatever the order of the signs."""
    boxes = [(shape, part) for shape in slide.shapes for part in shape.parts if part.text is not None]
    held, astray = [0] * len(boxes), ""
    for char, rect in _printed(page, slide):
        inside = [
            n
            for n, (shape, part) in enumerate(boxes)
            if _over(rect, _Sign(char, shape, _box(shape, part), part.turn)) <= BEYOND
        ]
        for n in inside:
            held[n] += 1
        astray += "" if inside else char
    if astray:
        yield f"slide {slide.number}: {len(astray)} signs stand outside every box: {astray[:20]!r}"
    for (shape, part), count in zip(boxes, held, strict=True):
        # A vowel of Arabic is no sign of its own on the page, and two letters may be drawn as one.
        if part.text is not None and count < SHOWN * sum(char.isalnum() for char in part.text.words):
            yield f"slide {slide.number}: not all of the text of {shape.name!r} is shown"


def _box(shape: Shape, part: Part) -> Rect:
    """The box that the text of a part may not leave. A table as a whole is the box of its cells: its rows may grow."""
    return Rect(part.rect.x, shape.rect.y, part.rect.w, shape.rect.h) if shape.rows else part.rect


def _signs(slide: Slide) -> Iterator[_Sign]:
    """The signs of a slide in drawing order."""
    for shape in slide.shapes:
        for part in shape.parts:
            if part.text is None or shape.role in FOOTERS:
                continue
            box = _box(shape, part)
            for char in part.text.words:
                if not char.isspace():
                    yield _Sign(char, shape, box, part.turn)


def _printed(page: pypdfium2.PdfPage, slide: Slide) -> Iterator[tuple[str, Rect]]:
    """The signs of a page with their boxes on the slide."""
    width, height = page.get_size()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(index)
            scale = slide.width / width
            yield char, Rect(left * scale, (height - top) * scale, (right - left) * scale, (top - bottom) * scale)


def _over(rect: Rect, sign: _Sign) -> float:
    """How far a printed sign reaches out of its box, in points."""
    x, y = turned(rect.centre, sign.box.centre, -sign.turn)
    half = (rect.w / 2, rect.h / 2) if not sign.turn else (0.0, 0.0)
    box = sign.box
    return max(box.x - (x - half[0]), x + half[0] - box.right, box.y - (y - half[1]), y + half[1] - box.bottom, 0.0)
