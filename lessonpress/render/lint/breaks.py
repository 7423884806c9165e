"""Rules on where pages break."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lessonpress.render.lint import names
from lessonpress.render.lint.boxes import Box, Page
from lessonpress.render.lint.findings import Finding, Print

FIRST_LINES = 3
"""How many lines the text of a question has below it on its page."""
LEAST_FILL = 0.25
SLACK_MM = 1.0


def split_questions(made: Print) -> Iterator[Finding]:
    """Questions whose text stands on another page than the first places to write their answers."""
    asked: dict[int, list[Box]] = {}
    for page in made.pages:
        for box in page.boxes:
            if (box.text or box.classes & names.WRITING) and not box.running and (holder := _asker(box)) is not None:
                asked.setdefault(holder.node, []).append(box)
    for parts in asked.values():
        prompt, places = _question(parts)
        if prompt and places and len({box.page for box in (*prompt, *places)}) > 1:
            yield Finding("the question is parted from its first lines by the end of the page", prompt[-1])


def _asker(box: Box) -> Box | None:
    """What holds a question and its answer: the nearest named box that is not the text of a question itself."""
    return next((b for b in box.up() if b.name and names.PROMPT not in b.classes), None)


def _question(parts: list[Box]) -> tuple[list[Box], list[Box]]:
    """The text of a question, and the first places to write below it."""
    prompts = [n for n, box in enumerate(parts) if box.text and _within(box, names.PROMPT)]
    if not prompts and "." not in parts[0].question:
        return [], []  # the words of an activity are not the text of one question
    after = prompts[-1] + 1 if prompts else 1
    first = next((n for n in range(after, len(parts)) if not parts[n].text), None)
    if first is None or (not parts[0].text and not prompts):
        return [], []
    run = takewhile(lambda box: box.text or _around(box) == _around(parts[first]), parts[first:])
    # A planner may go on over the page; it is begun where its first part stands.
    places = list({box.node: box for box in reversed([box for box in run if not box.text])}.values())[-FIRST_LINES:]
    return [parts[n] for n in prompts] or [box for box in parts[:first] if box.text], places


def _within(box: Box, name: str) -> bool:
    return any(name in b.classes for b in box.up())


def _around(box: Box) -> int | None:
    return box.parent.node if box.parent is not None else None


def stranded_headings(made: Print) -> Iterator[Finding]:
    """Headings and instructions with nothing below them on their page, though the text goes on."""
    for page in made.pages[:-1]:
        flow = [box for box in page.boxes if box.printed and not box.running]
        leads = [(box, lead) for box in flow if box.text and (lead := _lead(box)) is not None]
        leading = {box for box, _ in leads}
        for box, lead in leads:
            inside = set(lead.up())
            if not any(
                other not in leading and other not in inside and other.bottom > lead.bottom + SLACK_MM
                for other in flow
                if _lead(other) is None
            ):
                words = " ".join(other.text.strip() for other, of in leads if of.node == lead.node)
                yield Finding(f"“{words}” ends the page, apart from what follows it", box)
                break


def _lead(box: Box) -> Box | None:
    """The heading or instruction that a box is part of."""
    return next((b for b in box.up() if b.tag in names.HEADINGS or b.classes & names.LEADS), None)


def short_last_pages(made: Print) -> Iterator[Finding]:
    """Last pages of two or more that are hardly used: of the sheet, of the homework, of the notes of a key."""
    for part in _parts(made.pages) if not (made.is_large or made.is_gathered) else ():
        last = part[-1]
        fill = _fill(last)
        if len(part) > 1 and fill < LEAST_FILL:
            seen = next((box for box in last.boxes if box.text and not box.running), last.area)
            yield Finding(f"the last page is only {int(fill * 100)} % full", seen)


def _parts(pages: tuple[Page, ...]) -> list[list[Page]]:
    """Runs of pages between page breaks that are forced."""
    parts: list[list[Page]] = []
    seen: set[int] = set()
    for page in pages:
        begun = {box.node for box in page.boxes if box.begins} - seen
        seen |= begun
        if begun or not parts:
            parts.append([])
        parts[-1].append(page)
    return parts


def _fill(page: Page) -> float:
    """How much of the height of a page is used, from 0 to 1."""
    lowest = max((_foot(box) for box in page.boxes if box.printed and not box.running), default=page.area.top)
    return max(0.0, (lowest - page.area.top) / (page.area.bottom - page.area.top))


def _foot(box: Box) -> float:
    """How far down a box is seen: a frame that is open below ends at its top."""
    open_below = not (box.text or box.filled or any(edge.side != "top" for edge in box.edges))
    return box.top if open_below else box.bottom


def broken_rows(made: Print) -> Iterator[Finding]:
    """Rows of tables of which one part stands on the next page."""
    seen: dict[int, Box] = {}
    for page in made.pages:
        for box in page.boxes:
            if box.tag != "tr" or box.running or any(b.tag in {"thead", "tfoot"} for b in box.up()):
                continue
            if (first := seen.setdefault(box.node, box)).page == page.number - 1:
                yield Finding("a row of a table is parted by the end of the page", first)
