"""Contact sheets of what was built: `python -m tests.look output output/look [LESSON ...] [--no-slides]`.

One PNG for each PDF with all its pages, and one for each deck where LibreOffice is installed.
LESSON is a part of the path, such as 01 or teachers; without one everything is shown.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from tests.conformance.slides import to_pdf

PAGE_WIDTH, SLIDE_WIDTH = 620, 720
"""The width of a page and of a slide on a sheet, in pixels."""
GAP, CAPTION = 16, 34
GROUND, PAPER_EDGE, INK = "#8A8F94", "#5A5F64", "#FFFFFF"


def pages(path: Path, width: int) -> list[Image.Image]:
    """Every page of a PDF as a picture of that width."""
    document = pypdfium2.PdfDocument(path)
    found = [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]
    document.close()
    return found


def sheet(pictures: Sequence[Image.Image], caption: str, columns: int) -> Image.Image:
    """The pictures in rows on one ground, with a caption above."""
    width, height = pictures[0].size
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    size = (GAP + columns * (width + GAP), CAPTION + GAP + rows * (height + GAP))
    ground = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(ground)
    draw.text((GAP, GAP / 2), f"{caption}   ({len(pictures)})", INK, ImageFont.load_default(20))
    for n, picture in enumerate(pictures):
        left, top = GAP + n % columns * (width + GAP), CAPTION + GAP + n // columns * (height + GAP)
        ground.paste(picture, (left, top))
        draw.rectangle((left - 1, top - 1, left + width, top + height), outline=PAPER_EDGE)
    return ground


def chosen(output: Path, suffix: str, wanted: Sequence[str], look: Path) -> dict[str, Path]:
    """The built files whose path holds one of the words, by path below the output folder."""
    found = {p.relative_to(output).as_posix(): p for p in sorted(output.rglob(f"*{suffix}")) if look not in p.parents}
    return {name: path for name, path in found.items() if not wanted or any(word in name for word in wanted)}


def save(picture: Image.Image, look: Path, name: str) -> None:
    """One contact sheet, named after its file."""
    look.mkdir(parents=True, exist_ok=True)
    path = look / (name.replace("/", "--") + ".png")
    picture.save(path)
    print(path)


def main(*args: str) -> int:
    """Make the sheets that were asked for."""
    words = [arg for arg in args if not arg.startswith("--")]
    output = Path(words[0] if words else "output")
    look, wanted = Path(words[1]) if len(words) > 1 else output / "look", words[2:]
    papers = chosen(output, ".pdf", wanted, look)
    for name, path in papers.items():
        save(sheet(pages(path, PAGE_WIDTH), name, 4), look, name)
    decks = chosen(output, ".pptx", wanted, look) if "--no-slides" not in args else {}
    if decks and shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            for name, path in to_pdf(decks, Path(folder)).items():
                save(sheet(pages(path, SLIDE_WIDTH), name, 4), look, name)
    elif decks:
        print("LibreOffice is not installed: no slides (make conformance-setup)")
    return 0 if papers or decks else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
