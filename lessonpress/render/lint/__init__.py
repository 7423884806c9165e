"""The print linter: what is wrong with a document on its real pages, told in the words of a teacher."""

from __future__ import annotations

from collections.abc import Iterator

from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.render.lint import breaks, ink
from lessonpress.render.lint.boxes import Box
from lessonpress.render.lint.findings import Print, Rule

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

RULES = (
    Rule(
        "cut-text",
        _ERROR,
        "Text leaves the area of its page, its cell, or a box of a fixed size.",
        "shorten the text, or break a long word",
        ink.cut_texts,
    ),
    Rule(
        "overprint",
        _ERROR,
        "Text is printed on other text.",
        "shorten the longer of the two",
        ink.overprints,
    ),
    Rule(
        "near-edge",
        _ERROR,
        "Ink stands under 7 mm, or text under 12 mm, from an edge of the paper.",
        "give the theme wider margins, or shorten the text",
        ink.near_edges,
    ),
    Rule(
        "missing-glyph",
        _ERROR,
        "None of the theme's fonts has a sign: it is printed as an empty box.",
        "use another sign, or add a font to the theme",
        ink.missing_glyphs,
    ),
    Rule(
        "font-not-embedded",
        _ERROR,
        "The file names a font that it does not hold: another computer prints other letters.",
        "use a font that may be embedded",
        ink.missing_fonts,
    ),
    Rule(
        "split-question",
        _WARNING,
        "The text of a question stands on another page than the first lines, boxes or cells of its answer.",
        "give the question fewer lines (`answer_space:`), or shorten its text",
        breaks.split_questions,
    ),
    Rule(
        "stranded-heading",
        _WARNING,
        "A heading or an instruction is the last on its page, apart from what follows it.",
        "shorten what stands above it, or move the activity",
        breaks.stranded_headings,
    ),
    Rule(
        "broken-row",
        _WARNING,
        "A row of a table begins on one page and ends on the next. Heads that are repeated are no rows.",
        "shorten the row, or give its answers fewer lines",
        breaks.broken_rows,
    ),
    Rule(
        "short-last-page",
        _WARNING,
        "The last of two or more pages is under a quarter full. The sheet, its homework and the notes of a key are "
        "counted apart, because each begins a page on purpose; a part of one page may be as short as it is. "
        "Larger type is not held to it: a lesson is written for the pages of the standard sheet; nor is the key of all "
        "levels, which is gathered from theirs.",
        "take away a line or two (`answer_space:`), or an activity",
        breaks.short_last_pages,
    ),
    Rule(
        "coarse-picture",
        _WARNING,
        "A picture made of dots is printed at under 150 dots an inch.",
        "use a larger file of the picture",
        ink.coarse_pictures,
    ),
    Rule(
        "short-line",
        _WARNING,
        "A ruled answer line is shorter than 60 mm. Gaps, cells and the lines of the do-now, which hold a word or two, "
        "are no ruled lines.",
        "shorten the labels in front of the lines",
        ink.short_lines,
    ),
    Rule(
        "faint-line",
        _WARNING,
        "On a sheet, a line that pupils write on is too light or too thin for a copy in black and white: less than "
        "half of it is left at 200 dots an inch. 666666 at 0.5 pt is left, 808080 is not at any width.",
        "make the line darker or wider in the theme",
        ink.faint_lines,
    ),
)
"""Every rule; errors are what takes words from pupils, since a sheet with a poor break is better than none."""


def lint(made: Print, title: str) -> Iterator[Diagnostic]:
    """What the rules find, each thing once an activity and page; the place is the document called `title`."""
    told: set[tuple[str, str, int, str]] = set()
    for rule in RULES:
        for finding in rule.find(made):
            box = finding.box
            key = (rule.code, finding.message, box.page if box else 0, box.section if box else "")
            if key not in told:
                told.add(key)
                message = f"{_where(box)}: {finding.message}" if box else finding.message
                yield Diagnostic(rule.code, message, Place(title), rule.mend, rule.severity)


def _where(box: Box) -> str:
    """The page, the activity and the question of a box."""
    words = [f"page {box.page}"]
    if box.section:
        words.append(f"“{box.section}”")
    if "." in box.question:
        words.append(f"question {box.question.partition('.')[2]}")
    return ", ".join(words)
