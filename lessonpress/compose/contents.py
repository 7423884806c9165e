"""The contents page of a pack: one sheet that lists its files, by lesson."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.mirror import mirrored_styles
from lessonpress.compose.scene import Page, keep_ranges
from lessonpress.model.base import LEVELS
from lessonpress.model.lesson import Unit


@dataclass(frozen=True)
class Listed:
    """A file of a pack: its name in its folder, the document that it is, its level (empty for all) and its pages.

    `version` is its letter where there are several.
    """

    name: str
    document: str
    level: str
    pages: int
    version: str = ""


@dataclass(frozen=True)
class Part:
    """A lesson, or what belongs to the unit as a whole (without a number), with its files and their folder in the pack."""

    number: int | None
    title: str
    folder: str
    files: tuple[Listed, ...]

    @property
    def rows(self) -> list[tuple[str, str, list[Listed | None]]]:
        """Each document and version with its file at each level; what is the same for all stands at core."""
        forms = {(file.document, file.version, file.level or "core"): file for file in self.files}
        names = dict.fromkeys((file.document, file.version) for file in self.files)
        return [(name, version, [forms.get((name, version, level)) for level in LEVELS]) for name, version in names]


def compose_contents(kit: Kit, unit: Unit, title: str, tree: str, parts: Sequence[Part], revised: str) -> HtmlDocument:
    """The contents page of a pack for students or teachers; `revised` is the date of its newest file, yyyy-mm-dd."""
    label = kit.labels
    name = f"{label('contents')}: {title}"
    for_whom = label("for_students") if tree == "students" else label("for_teachers")
    page = Page("contents", "sheet", "core", unit.lang, kit.theme, kit.css, label.language.dir)
    names = {
        "page": page,
        "unit": unit,
        "label": label,
        "parts": parts,
        "title": title,
        "title_letters": len(title),
        "for_whom": for_whom,
        "kind_of": lambda document: _kind(kit, document),
        "document_title": f"{name} ({for_whom})",
        "revised": revised,
        "key_only": lambda caller: "",
    }
    html = keep_ranges(kit.env.get_template("documents/contents.html.j2").render(names))
    html = mirrored_styles(html) if page.dir == "rtl" else html
    return HtmlDocument(html, unit.lang, f"{name} ({for_whom})", str(kit.templates), revised, kit.fonts)


def _kind(kit: Kit, document: str) -> str:
    """What a document is called; one whose name the labels do not hold is called by its own."""
    key = {"deck": "deck_document"}.get(document, document.replace("-", "_"))
    return kit.labels(key) if key in kit.labels.keys else document.replace("-", " ").capitalize()
