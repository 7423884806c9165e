"""Compose the paper of a lesson: worksheet, answer key and reading as HTML."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lessonpress.compose.answers import PT_PER_MM, SLACK, Ink, Written, break_line
from lessonpress.compose.cards import CardRuler
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.mirror import mirrored_styles
from lessonpress.compose.statistics import Figures
from lessonpress.diagrams import Diagram, place, template
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import LARGE_PRINT, DoesNotFit, Drawing
from lessonpress.measure import wrap
from lessonpress.model.base import Level
from lessonpress.model.image import Image, load_image
from lessonpress.model.text import Line, Prose
from lessonpress.pose import PosedLesson, Task
from lessonpress.theme import Theme

SQUARES: dict[Level, int] = {"support": 1, "core": 2, "challenge": 3}
DRAWING_ROLES = ("ink", "ink2", "rule", "hair", "tint", "paper", "accent")
WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Page:
    """What templates know of the page that they fill."""

    kind: str
    mode: str
    level: Level
    lang: str
    theme: Theme
    css: str
    dir: str

    @property
    def is_key(self) -> bool:
        """Whether this is an answer key."""
        return self.mode == "key"

    @property
    def flow(self) -> str:
        """`table` where things stand side by side, `list` where each has a line of its own."""
        return self.theme.profile.flow

    @property
    def large(self) -> bool:
        """Whether the type is larger than standard: heads, feet and margins have less room then."""
        return self.theme.profile.large

    @property
    def look(self) -> str:
        """The classes of the body: sheet or key, and what the profile wants of every rule."""
        profile = self.theme.profile
        plain, upright = ("" if profile.ornament else "plain"), ("" if profile.italics else "upright")
        large = "large" if profile.large else ""
        return " ".join(filter(None, (self.mode, f"{profile.flow}-flow", large, plain, upright)))

    def ruled(self, lines: int) -> int:
        """So many ruled lines of the standard sheet, as many as they are on this page."""
        return self.theme.profile.ruled(lines)

    def scaled(self, mm: float) -> float:
        """A width of the standard page in mm, on this page."""
        return self.theme.scaled(mm)

    @property
    def squares(self) -> int:
        """How many of the three squares of the footer are filled."""
        return SQUARES[self.level]


@dataclass(frozen=True)
class Composed:
    """A composed document, and what ink did in it."""

    document: HtmlDocument
    written: tuple[Written, ...]
    spilled: tuple[str, ...]


def compose_paper(
    kit: Kit,
    posed: PosedLesson,
    kind: str,
    *,
    key: bool = False,
    images: Path | None = None,
    figures: Figures | None = None,
) -> Composed:
    """The worksheet or reading of a posed lesson, or its key; the key is the sheet with ink, and ends with `figures`."""
    scene = Scene(kit, posed, kind, key=key, images=images, figures=figures)
    html = keep_ranges(kit.env.get_template(f"documents/{kind}.html.j2").render(scene.names()))
    if scene.page.dir == "rtl":
        html = mirrored_styles(html)
    unit = posed.lesson.unit
    title = scene.title()
    document = HtmlDocument(html, unit.lang, title, str(kit.templates), posed.lesson.revised, kit.fonts)
    return Composed(document, tuple(scene.ink.written), tuple(q for q, _ in scene.ink.spilled))


def task_html(
    kit: Kit, posed: PosedLesson, task: Task, *, key: bool = False, images: Path | None = None
) -> tuple[str, tuple[Written, ...]]:
    """One task alone, as it stands on sheet or key, and the answers that were written in it."""
    scene = Scene(kit, posed, "worksheet", key=key, images=images)
    return str(scene.sheet_of(task)), tuple(scene.ink.written)


class Scene:
    """The names that a document's templates see."""

    def __init__(
        self,
        kit: Kit,
        posed: PosedLesson,
        kind: str,
        *,
        key: bool,
        images: Path | None,
        figures: Figures | None = None,
    ) -> None:
        self.kit, self.posed, self.images, self.figures = kit, posed, images, figures
        theme = kit.theme
        mode, lang, dir_ = "key" if key else "sheet", posed.lesson.unit.lang, kit.labels.language.dir
        self.page = Page(kind, mode, posed.level, lang, theme, kit.css, dir_)
        self.ink = Ink(key, kit.faces["text-bold"], kit.labels, theme.pt("write"))

    def names(self) -> dict[str, Any]:
        """The context of a document template."""
        lesson = self.posed.lesson
        return {
            "page": self.page,
            "lesson": lesson,
            "sheet": lesson.levels[self.posed.level],
            "posed": self.posed,
            "unit": lesson.unit,
            "figures": self.figures,
            "tasks": self.posed.phase,
            "label": self.kit.labels,
            "ink": self.ink,
            "key_only": self.key_only,
            "sheet_of": self.sheet_of,
            "notes_of": self.notes_of,
            "source_lines": self.source_lines,
            "drawing": self.drawing,
            "picture": self.picture,
            "printed_lines": self.printed_lines,
            "letters_mm": self.letters_mm,
            "title_letters": self.title_letters,
            "cards_of": self.cards_of,
            "cut_how": self.cut_how(),
            "ruler_of": self.ruler_of,
            "doc_number": f"{lesson.sheet_id}-{self.page.kind[0].upper()}{lesson.number}",
            "document_title": self.title(),
        }

    def title(self) -> str:
        """The title of the file: what it is, of which lesson."""
        label, lesson = self.kit.labels, self.posed.lesson
        what = label("answer_key") if self.page.is_key else label(self.page.kind)
        return f"{label('lesson')} {lesson.number}: {lesson.core.title.plain} ({what})"

    def key_only(self, caller: Callable[[], str]) -> str:
        """The body of a block for the key alone; on sheets it is not evaluated."""
        return caller() if self.page.is_key else ""

    def sheet_of(self, task: Task) -> Markup:
        """A task as its kind's template draws it."""
        return self._macro(task, "sheet")

    def notes_of(self, task: Task) -> Markup:
        """What the kind of a task has to say in the notes after the key; nothing for most."""
        return self._macro(task, "notes")

    def cards_of(self, task: Task) -> Markup:
        """The cards of a task that are cut out, as its kind's template lays them."""
        return self._macro(task, "cards")

    def cut_how(self) -> str:
        """What stands under the title of every set of cards; in larger type the foot has no room for the licence."""
        licence = f" {self.posed.lesson.unit.licence}" if self.page.large else ""
        return self.kit.labels("cut_how") + licence

    def ruler_of(self, task: Task) -> CardRuler:
        """What measures the cards of a task, below the head of its set."""
        return CardRuler(self.kit, task.activity.title, self.cut_how())

    def _macro(self, task: Task, name: str) -> Markup:
        self.ink.task = task.name
        module = self.kit.env.get_template(f"activities/{task.kind}.html.j2").make_module(self.names())
        macro = getattr(module, name, None)
        return Markup(macro(task) if macro is not None else "")  # noqa: S704 - the macro's own markup

    def source_lines(self, prose: Prose, width_mm: float) -> list[tuple[int | None, Line]]:
        """The lines of a source as they are printed; the first and every fifth carry their number."""
        size = self.kit.theme.pt("body")
        width = width_mm * PT_PER_MM * SLACK
        lines = [
            piece for line in prose.paragraphs for piece in break_line(self.kit.faces["source"], line, size, width)
        ]
        return [(n if n == 1 or n % 5 == 0 else None, line) for n, line in enumerate(lines, 1)]

    def letters_mm(self, count: int, size: str) -> float:
        """The width of so many letters of running text in a size of the theme, in mm."""
        return count * self.kit.faces["text"].letter * self.kit.theme.mm(size)

    def title_letters(self, lines: Sequence[Line]) -> int:
        """How many letters the longest line of a title has; in another alphabet, how many Latin ones are as wide."""
        if self.kit.labels.language.script == "Latn":
            return max(len(line.plain) for line in lines)
        face, letter = self.kit.faces["display"], self.kit.theme.em("h1-letter")
        return max(math.ceil(face.width(line.plain, 1.0) / letter) for line in lines)

    def printed_lines(self, line: Line, width_mm: float, size: float) -> int:
        """How many lines a paragraph takes in running text of `size` points."""
        return len(wrap(self.kit.faces["text"], line.plain, size, width_mm * PT_PER_MM))

    def drawing(self, diagram: Diagram, width_mm: float, firsts: tuple[str, ...] = ()) -> Markup:
        """A diagram as inline SVG of a width in mm; a blank in it is filled by ink on keys, or begun by its first letter."""
        theme = self.kit.theme
        colours = {role: theme.colours.get(role, WHITE) for role in DRAWING_ROLES}
        names = {
            "drawing": self._placed(diagram, width_mm),
            "ink": self.ink.plain,
            "colours": colours,
            "family": theme.family,
            "firsts": firsts,
        }
        return Markup(self.kit.env.get_template(template(diagram)).render(names))  # noqa: S704 - our own template

    def _placed(self, diagram: Diagram, width_mm: float) -> Drawing:
        """The diagram in the type of the page; where large print is too large for it, in the next smaller large print."""
        sizes = self.kit.theme.pt("cell"), self.kit.theme.pt("small")
        while True:
            try:
                return place(diagram, Canvas(width_mm, None, *sizes, self.kit.drawing_faces(), self.kit.words()))
            except DoesNotFit:
                if min(sizes) <= LARGE_PRINT:
                    raise
                sizes = max(sizes[0] - 2, LARGE_PRINT), max(sizes[1] - 2, LARGE_PRINT)

    def picture(self, image: Image) -> str:
        """An image of the content as a data address, so that no page names a file."""
        if self.images is None:
            return ""
        data = load_image(self.images, image.file)
        kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


_RANGE = re.compile(r"<(style|title|svg)\b.*?</\1>|<[^>]*>|(\d+–\d+)", re.DOTALL)


def keep_ranges(html: str) -> str:
    """A page whose ranges of years and numbers stay on one line; an en dash alone would let them break."""
    return _RANGE.sub(lambda found: f'<span class="nb">{found[2]}</span>' if found[2] else found[0], html)
