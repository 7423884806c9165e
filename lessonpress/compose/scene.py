"""What the templates of every paper document see: the page, ink, pictures, drawings and widths."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from lessonpress.compose.answers import PT_PER_MM, SLACK, Ink, break_line
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.mirror import mirrored_styles
from lessonpress.diagrams import Diagram, place, template
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import LARGE_PRINT, DoesNotFit, Drawing
from lessonpress.measure import wrap
from lessonpress.model.base import Level
from lessonpress.model.image import Image, load_image
from lessonpress.model.lesson import Unit
from lessonpress.model.text import Line, Prose
from lessonpress.theme import Theme

SQUARES: dict[Level, int] = {"support": 1, "core": 2, "challenge": 3}
DRAWING_ROLES = ("ink", "ink2", "rule", "hair", "tint", "paper", "accent")
WHITE = "#FFFFFF"


@dataclass(frozen=True)
class Page:
    """What templates know of the page that they fill."""

    kind: str
    mode: str
    level: Level | None
    lang: str
    theme: Theme
    css: str
    dir: str

    @property
    def initials(self) -> str:
        """The letters of the document in the number of its footer."""
        return "".join(word[0] for word in self.kind.split("-")).upper()

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
        """How many of the three squares of the footer are filled; none on what has no level."""
        return SQUARES[self.level] if self.level is not None else 0


class PaperScene:
    """The names that the template of any document on paper sees.

    `kind` is the name of the template, `level` None where the document has none, `revised` the date of its edition.
    """

    def __init__(
        self, kit: Kit, unit: Unit, kind: str, *, key: bool, level: Level | None, revised: str, images: Path | None
    ) -> None:
        self.kit, self.unit, self.revised, self.images = kit, unit, revised, images
        theme, mode = kit.theme, "key" if key else "sheet"
        self.page = Page(kind, mode, level, unit.lang, theme, kit.css, kit.labels.language.dir)
        self.ink = Ink(key, kit.faces["text-bold"], kit.labels, theme.pt("write"))

    def document(self, **more: Any) -> HtmlDocument:
        """The document in its template, which sees `more` names besides those of the scene."""
        kit = self.kit
        html = keep_ranges(kit.env.get_template(f"documents/{self.page.kind}.html.j2").render({**self.names(), **more}))
        if self.page.dir == "rtl":
            html = mirrored_styles(html)
        return HtmlDocument(html, self.unit.lang, self.title(), str(kit.templates), self.revised, kit.fonts)

    def names(self) -> dict[str, Any]:
        """The context of a document template."""
        return {
            "page": self.page,
            "unit": self.unit,
            "revised": self.revised,
            "version": "",
            "pupil": "",
            "label": self.kit.labels,
            "ink": self.ink,
            "key_only": self.key_only,
            "source_lines": self.source_lines,
            "drawing": self.drawing,
            "drawn": self.drawn,
            "picture": self.picture,
            "printed_lines": self.printed_lines,
            "letters_mm": self.letters_mm,
            "title_letters": self.title_letters,
            "document_title": self.title(),
        }

    def title(self) -> str:
        """The title of the file: what it is, of which unit."""
        return f"{self.unit.title.plain} ({self.kit.labels(self.page.kind.replace('-', '_'))})"

    def key_only(self, caller: Callable[[], str]) -> str:
        """The body of a block for the key alone; on sheets it is not evaluated."""
        return caller() if self.page.is_key else ""

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
        return self.drawn(self._placed(diagram, width_mm), template(diagram), firsts)

    def drawn(self, drawing: Drawing, source: str, firsts: tuple[str, ...] = ()) -> Markup:
        """A placed drawing as inline SVG, by its template."""
        theme = self.kit.theme
        colours = {role: theme.colours.get(role, WHITE) for role in DRAWING_ROLES}
        names = {
            "drawing": drawing,
            "ink": self.ink.plain,
            "colours": colours,
            "family": theme.family,
            "firsts": firsts,
        }
        return Markup(self.kit.env.get_template(source).render(names))  # noqa: S704 - our own template

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
