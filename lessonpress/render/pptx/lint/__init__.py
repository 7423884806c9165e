"""The slide linter: what a class would stumble over in a made .pptx, told as diagnostics.

It reads the file, not what it was made from, so it lints any deck: inheritance from layout and master is resolved,
text is measured again, colours are looked up in the theme. What it cannot know, the colour of a picture behind text
for example, it does not judge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.render.pptx.lint import rules
from lessonpress.render.pptx.lint.reader import read_slides
from lessonpress.render.pptx.lint.setting import Faces
from lessonpress.render.pptx.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from lessonpress.measure import Family
    from lessonpress.render.pptx.lint.made import Slide
    from lessonpress.render.pptx.lint.rules import Tools

MANY = 3
"""How many slides may be told one by one of the same thing."""


@dataclass(frozen=True)
class Rule:
    """What is looked for: a stable code, how much it matters, what is wrong, how to mend it."""

    code: str
    severity: Severity
    what: str
    hint: str
    find: Callable[[Slide, Tools], Iterator[str]] | None = None
    """None for a rule that looks at the slides together."""


@dataclass(frozen=True)
class Finding:
    """A rule that a slide breaks; slides count from 1."""

    rule: Rule
    slide: int
    title: str
    message: str


REPEATED = Rule(
    "slide-repeated-title",
    Severity.WARNING,
    "Two slides have one title",
    "name each slide by what it says; a screen reader lists slides by their titles",
)
RULES = (
    Rule(
        "slide-title",
        Severity.ERROR,
        "A slide has no title, or an empty one",
        "give the slide a title in its title placeholder",
        rules.no_title,
    ),
    REPEATED,
    Rule(
        "slide-alt-text",
        Severity.ERROR,
        "A picture, table, chart or drawing has no alternative text",
        "say in a sentence what it shows",
        rules.no_alt_text,
    ),
    Rule(
        "slide-overflow",
        Severity.WARNING,
        "Text is larger than its box, or a table grows over what stands below it",
        "shorten the text, or part it over two slides",
        rules.too_long,
    ),
    Rule(
        "slide-small-text",
        Severity.WARNING,
        "Text is under 18 pt",
        "shorten the text, so that it can be set larger; a class reads 18 pt from the back, and no less",
        rules.too_small,
    ),
    Rule(
        "slide-contrast",
        Severity.WARNING,
        "Text has less contrast than 4.5:1, or 3:1 from 24 pt on",
        "choose a darker text or a lighter ground in the theme",
        rules.too_faint,
    ),
    Rule(
        "slide-reading-order",
        Severity.WARNING,
        "Shapes are read aloud in another order than they stand in",
        "put the shapes in order: title first, then from the top down and along the lines, footers last",
        rules.out_of_order,
    ),
    Rule(
        "slide-words",
        Severity.WARNING,
        "A slide has more than 40 words of body",
        "shorten the text, part it over two slides, or move some of it to the notes",
        rules.too_many_words,
    ),
)


def lint(
    blob: bytes, families: Mapping[str, Family], asides: Collection[str] = (), passed: Collection[str] = ()
) -> list[Finding]:
    """Every rule that a .pptx file breaks, slide by slide.

    `families` are the measuring faces by font name, `asides` the names of shapes that are labels or credits and so
    no body, `passed` the types of placeholders that are not judged. Raises what an archive or XML that cannot be read raises.
    """
    slides = [
        replace(slide, shapes=tuple(shape for shape in slide.shapes if shape.role not in passed))
        for slide in read_slides(Opened(blob))
    ]
    tools = rules.Tools(Faces(families), asides)
    found = [
        Finding(rule, slide.number, slide.title, message)
        for rule in RULES
        if rule.find is not None
        for slide in slides
        for message in rule.find(slide, tools)
    ]
    found += [Finding(REPEATED, slide.number, slide.title, said) for slide, said in rules.repeated_titles(slides)]
    return sorted(found, key=lambda finding: (finding.slide, RULES.index(finding.rule)))


def diagnostics(findings: Sequence[Finding], place: Place) -> list[Diagnostic]:
    """The findings for teachers; what many slides share, as they do a footer, is told once."""

    def shared(finding: Finding) -> tuple[int, str]:
        return RULES.index(finding.rule), finding.message

    out: list[tuple[int, Diagnostic]] = []
    for _, group in groupby(sorted(findings, key=shared), shared):
        same = list(group)
        if len({one.slide for one in same}) > MANY:
            numbers = ", ".join(str(one.slide) for one in same)
            out.append((same[0].slide, _diagnostic(same[0], f"slides {numbers}", place)))
        else:
            out += [(one.slide, _diagnostic(one, f"slide {one.slide} {_quoted(one.title)}", place)) for one in same]
    return [diagnostic for _, diagnostic in sorted(out, key=lambda pair: pair[0])]


def _quoted(title: str) -> str:
    return f'("{title}")' if title else "(no title)"


def _diagnostic(finding: Finding, which: str, place: Place) -> Diagnostic:
    rule = finding.rule
    return Diagnostic(rule.code, f"{which}: {finding.message}", place, rule.hint, rule.severity)
