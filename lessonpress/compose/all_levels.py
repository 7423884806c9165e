"""The answer key of all levels in one: the core key, and below each task what differs at the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html
from markupsafe import Markup

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import Drawings, Scene
from lessonpress.model.activity import PHASES
from lessonpress.model.base import LEVELS, Level
from lessonpress.pose import PosedLesson, Task

KIND = "answer-key-all"
BLOCKS = ("div", "section", "ol", "ul", "li")
"""Parts that can go without some of what they hold; a table that lost a cell would be another table."""


@dataclass(frozen=True)
class Row:
    """One activity: its task at core level (or the first that has it), and the markup of what differs at the others."""

    task: Task
    level: Level
    sheet: Markup
    notes: Markup
    differs: tuple[tuple[Level, Markup], ...]
    differs_in_notes: tuple[tuple[Level, Markup], ...]


def compose_all_levels(
    kit: Kit, levels: Mapping[Level, PosedLesson], images: Path | None, drawn: Drawings | None = None
) -> HtmlDocument:
    """The key of a lesson that is posed at every level; tasks that are `drawn` already are taken from there."""
    scenes = {level: Scene(kit, posed, KIND, key=True, images=images, drawn=drawn) for level, posed in levels.items()}
    return scenes["core"].document(rows=list(_rows(scenes)))


def _rows(scenes: Mapping[Level, Scene]) -> Iterator[Row]:
    order: tuple[Level, ...] = ("core", *(level for level in LEVELS if level != "core"))
    for tasks in _together({level: scenes[level].posed for level in order}):
        first, *others = [level for level in order if level in tasks]
        sheet = {level: scenes[level].sheet_of(task) for level, task in tasks.items()}
        notes = {level: scenes[level].notes_of(task) for level, task in tasks.items()}
        yield Row(
            tasks[first],
            first,
            sheet[first],
            notes[first],
            tuple(_differing(sheet, first, others, without_same)),
            tuple(_differing(notes, first, others, without_same_children)),
        )


def _together(posed: Mapping[Level, PosedLesson]) -> Iterator[dict[Level, Task]]:
    """The tasks of each place of the lesson by level; `instead:` puts another activity in the same place."""
    tasks = {level: {id(task.activity): task for task in lesson.tasks} for level, lesson in posed.items()}
    for phase in PHASES:
        for same in zip(*(getattr(lesson.lesson.levels[level], phase) for level, lesson in posed.items()), strict=True):
            here = dict(zip(posed, same, strict=True))
            found = {level: tasks[level][id(one)] for level, one in here.items() if id(one) in tasks[level]}
            if found and any(activity.on_paper for activity in here.values()):
                yield found


def _differing(
    made: Mapping[Level, Markup], first: Level, others: list[Level], keep: Callable[[str, str], str]
) -> Iterator[tuple[Level, Markup]]:
    for level in others:
        left = keep(made[first], made[level])
        if left:
            yield level, Markup(left)  # noqa: S704 - the markup of our own macros, in part


def without_same(core: str, other: str) -> str:
    """The markup of a task without what stands at core level too; empty where all does.

    Of a question that differs the text stays, so that one sees which it is.
    """
    here, there = _tree(core), _tree(other)
    if _said(here) == _said(there):
        return ""
    known = {(part.tag, _said(part)) for part in here.iter() if isinstance(part.tag, str)}
    _prune(there, known)
    return _markup(there) if _said(there) else ""


def _prune(node: Any, known: set[tuple[str, str]]) -> None:
    """Take out of a block what is known, and ruled lines on which nothing stands; tables and items stay whole."""
    for child in list(node):
        said, names = _said(child), (child.get("class") or "").split()
        is_prompt = "q" in names and child.get("data-q") is None
        if ((child.tag, said) in known and not is_prompt) or (not said and "ln" in names):
            _drop(child)
        elif child.tag in BLOCKS and not is_prompt and (child.tag != "li" or _asks(child)):
            _prune(child, known)


def _asks(item: Any) -> bool:
    """Whether an item is a question with its text; any other loses its shape with one of its parts."""
    return item.find(".//div[@class='q']") is not None


def without_same_children(core: str, other: str) -> str:
    """The notes of a task without those that stand at core level too."""
    here, there = _tree(core), _tree(other)
    known = {_said(child) for child in here}
    for child in list(there):
        if _said(child) in known:
            _drop(child)
    return _markup(there) if _said(there) else ""


def _tree(markup: str) -> Any:
    return html.fragment_fromstring(markup, create_parent="div")


def _said(node: Any) -> str:
    """What a piece of markup says, apart from spaces."""
    return "".join("".join(node.itertext()).split())


def _drop(part: Any) -> None:
    if part.getparent() is not None:
        part.drop_tree()


def _markup(tree: Any) -> str:
    """The markup of what is in a tree; names of questions stand once in a document, at core level."""
    etree.strip_attributes(tree, "data-q")
    for lead in tree.iterfind(".//p[@class='do']"):
        lead.set("class", "told")  # it leads on to nothing here
    return "".join(html.tostring(child, encoding="unicode") for child in tree)
