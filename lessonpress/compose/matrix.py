"""The key matrix: on one page the answers that differ between the versions of a lesson."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from lxml import html

from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import Drawings, Scene, task_html
from lessonpress.model.text import Line
from lessonpress.pose import PosedLesson, Task

SIGN = 3
"""An answer of so many characters is a sign; a task with nothing but signs has them all in one row."""
SHORT = 44
"""An answer is cut after so many characters: it is there to be recognised, and stands whole on its key."""
_INK = './/*[contains(concat(" ", @class, " "), " a ")]'


@dataclass(frozen=True)
class Row:
    """A question as the sheet signs it, and its answer in each version."""

    sign: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class TaskRows:
    """The questions of a task whose answers differ; none where a drawing holds them and the key must be seen."""

    task: Task
    rows: tuple[Row, ...]


def compose_matrix(
    kit: Kit, versions: Sequence[PosedLesson], images: Path | None = None, drawn: Drawings | None = None
) -> tuple[HtmlDocument, tuple[TaskRows, ...]]:
    """The key matrix of a lesson at a level, from all its versions, and what stands in it.

    Tasks that are `drawn` already are taken from there.
    """
    scene = Scene(kit, replace(versions[0], version=""), "key-matrix", key=True, images=images)
    letters = [posed.version for posed in versions]
    head = Line.parse(f"{kit.labels('key_matrix')} {letters[0]}–{letters[-1]}")
    found = matrix(kit, versions, images, drawn)
    return scene.document(matrix=found, letters=letters, head=head), found


def matrix(
    kit: Kit, versions: Sequence[PosedLesson], images: Path | None = None, drawn: Drawings | None = None
) -> tuple[TaskRows, ...]:
    """The tasks whose answers differ between the versions, in the order of the sheet."""
    found = []
    for tasks in zip(*(posed.tasks for posed in versions), strict=True):
        keys = [
            task_html(kit, posed, task, key=True, images=images, drawn=drawn)[0]
            for posed, task in zip(versions, tasks, strict=True)
        ]
        answers = [signed_answers(key) for key in keys]
        rows = tuple(_rows(answers))
        if rows or (len(set(keys)) > 1 and not any(answers)):
            found.append(TaskRows(tasks[0], rows))
    return tuple(found)


def _rows(answers: Sequence[Sequence[tuple[str, str]]]) -> Iterator[Row]:
    """The rows of a task: one alone where all its answers are signs."""
    rows = []
    for cells in zip_longest(*answers, fillvalue=("", "")):
        sign = next(sign for sign, _ in cells if sign or cells[-1] == ("", ""))
        rows.append(Row(sign, tuple(text for _, text in cells)))
    differ = [row for row in rows if len(set(row.cells)) > 1]
    if len(differ) > 1 and all(len(text) <= SIGN for row in rows for text in row.cells):
        columns = zip(*([f"{row.sign}\N{NO-BREAK SPACE}{text}" for text in row.cells] for row in differ), strict=True)
        yield Row("", tuple(" · ".join(column) for column in columns))
    else:
        yield from (replace(row, cells=tuple(map(_cut, row.cells))) for row in differ)


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: text.rfind(" ", 0, SHORT)] + " …"


def signed_answers(key: str) -> tuple[tuple[str, str], ...]:
    """The answers on the key of a task as its reader meets them: each with the sign of its question."""
    if not key.strip():
        return ()
    root = html.fragment_fromstring(key, create_parent="div")
    found: dict[Any, list[Any]] = {}
    for ink in root.xpath(_INK):
        question = next((box for box in (ink, *ink.iterancestors()) if box.get("data-q")), None)
        if question is not None and _said(ink):
            found.setdefault(question, []).append(ink)
    return tuple((_sign(box) or str(n), _answer(inks)) for n, (box, inks) in enumerate(found.items(), 1))


def _answer(inks: Sequence[Any]) -> str:
    """What stands in the boxes of a question; where it has none, all that is written under it."""
    boxed = [ink for ink in inks if "box" in ink.getparent().get("class", "").split()]
    return " ".join(map(_said, boxed or inks))


def _said(ink: Any) -> str:
    """What ink says: its text, and for a tick alone the text beside it, else the head of its column."""
    if text := _text(ink):
        return text
    cell = next((box for box in ink.iterancestors() if box.tag in ("td", "li")), None)
    if cell is None or any(_text(other) for other in cell.xpath(_INK)):
        return ""
    heads = next(iter(cell.xpath("ancestor::table[1]/thead/tr")), None)
    return _text(cell) or (_text(heads[cell.getparent().index(cell)]) if heads is not None else "")


def _sign(box: Any) -> str:
    """The letter or number that stands before a question, in it or in its row."""
    for place in (box, *box.xpath("ancestor-or-self::tr[1]")):
        for sign in place.xpath('.//*[@class="let" or @class="n"]'):
            if text := _text(sign):
                return text
    return ""


def _text(box: Any) -> str:
    return " ".join(box.text_content().split())
