"""Decks of the bundled lessons on bases that others made, and on our own in every theme.

`python -m tests.conformance.bases FOLDER [docs/conformance.md]` makes them, leaves them in FOLDER to be looked
at, has both checkers see them, and writes what they found at the end of the file. Exits with 1 where there is a fault.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pptx

from lessonpress.call import load_library
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.jobs import Deck
from lessonpress.compose.kit import Kit, make_kit
from lessonpress.load.choice import select
from lessonpress.options import Options
from lessonpress.pose import pose_lesson
from lessonpress.render.pptx.checks import check
from lessonpress.render.pptx.job import print_job
from lessonpress.theme import DeckBase, load_theme, themes
from tests.conformance.run import VALIDATOR, sdk

ROOT = Path(__file__).parents[2]
TEMPLATES, CONTENT = ROOT / "templates", ROOT / "content"
IMPRESS = Path("/usr/lib/libreoffice/share/template/common/presnt")
"""Where Debian's libreoffice-impress has its templates."""
USES = ("layouts", "look")
HEADING = "## Decks on bases of others"
TEXT = """
Bundled lessons on python-pptx's own template and on the templates of LibreOffice as its converter makes PowerPoint
files of them, on their layouts and in their look, and on our base in every theme; all of them, and of LibreOffice's
the first and the last. "Said" counts what printer and linter told, such as text of a template that is too faint.

| Base | Use | Decks | Slides | lessonpress checks | Open XML SDK | Said |
|---|---|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True)
class Row:
    """What was found in the decks of one base."""

    base: str
    use: str
    decks: int
    slides: int
    own: int
    sdk: int | None
    said: int


def default_base() -> Path:
    """The template that python-pptx carries: Office 2007, 4:3."""
    return Path(pptx.__file__).parent / "templates" / "default.pptx"


def impress_bases(folder: Path, names: Sequence[str] = ()) -> list[Path]:
    """LibreOffice's templates as .pptx in a folder, or those of the names; none where they are not installed."""
    if not shutil.which("soffice") or not IMPRESS.is_dir():
        return []
    found = [path for path in sorted(IMPRESS.glob("*.otp")) if not names or path.stem in names]
    profile = (folder / "profile").as_uri()
    call = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pptx"]
    call += ["--outdir", str(folder), *map(str, found)]
    subprocess.run(call, capture_output=True, check=True, timeout=300)
    return sorted(folder.glob("*.pptx"))


def kit_on(base: Path | None, use: str = "layouts", theme: str = "classic", lang: str = "en-GB") -> Kit:
    """The kit of a theme whose decks stand on a file; on our own base without one."""
    own = load_theme(TEMPLATES, theme)
    named = DeckBase(base, "look" if use == "look" else "layouts") if base else None
    return make_kit(TEMPLATES, replace(own, deck_base=named), lang)


def jobs(kit: Kit, *, few: bool = False) -> Iterator[tuple[str, Deck]]:
    """The deck of every bundled lesson by its name, or of a few: the first and the last."""
    options = Options(CONTENT, Path("output"), TEMPLATES)
    found = select(load_library(options), ())
    for unit, lesson in (found[0], found[-1]) if few else found:
        yield f"{unit.slug}-{lesson.stem}", compose_deck(kit, pose_lesson(lesson, "core", lesson.unit.seed))


def make(base: Path | None, use: str, theme: str, folder: Path) -> Row:
    """The decks of one base, checked and left in a folder."""
    name = base.stem if base else f"our own, {theme}"
    place = folder / name.replace(", ", "-").replace(" ", "-") / use
    place.mkdir(parents=True, exist_ok=True)
    decks, slides, own, errors, said = 0, 0, 0, 0, 0
    for stem, job in jobs(kit_on(base, use, theme), few=base not in (None, default_base())):
        printed = print_job(job)
        path = place / f"{stem}.pptx"
        path.write_bytes(printed.data)
        faults = check(printed.data)
        strange = sdk(path) if VALIDATOR.exists() else []
        for fault in (*faults, *strange, *(d.message for d in printed.diagnostics)):
            print(f"{name}, {use}, {stem}: {fault}", flush=True)
        decks, slides = decks + 1, slides + printed.pages
        own, errors, said = own + len(faults), errors + len(strange), said + len(printed.diagnostics)
    return Row(name, use, decks, slides, own, errors if VALIDATOR.exists() else None, said)


def table(rows: Sequence[Row]) -> str:
    """What was found, as the section of docs/conformance.md."""
    lines = [
        f"| {row.base} | {row.use} | {row.decks} | {row.slides} | {row.own} | "
        f"{'not run' if row.sdk is None else row.sdk} | {row.said} |"
        for row in rows
    ]
    return HEADING + "\n" + TEXT + "\n".join(lines) + "\n"


def main(folder: str, written: str | None = None) -> int:
    """Make and check all decks, print the table, write it to the end of a file where one is named."""
    with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [default_base(), *impress_bases(Path(place))]
        wanted = [(base, use, "classic") for base in found for use in USES]
        wanted += [(None, "theme", theme) for theme in themes(TEMPLATES)]
        rows = list(pool.map(make, *zip(*wanted, strict=True), [Path(folder)] * len(wanted)))
    print(table(rows))
    if len(found) == 1:
        print("LibreOffice's templates were not tried: libreoffice-impress is not installed")
    if written:
        path = Path(written)
        path.write_text(path.read_text("utf-8").partition(HEADING)[0].rstrip() + "\n\n" + table(rows), "utf-8")
    return 1 if any(row.own or row.sdk for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
