"""The pages whose look is held: a table of names, each a tiny lesson that runs one risk of the layout."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pypdfium2
from PIL import Image

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.paper import compose_paper
from lessonpress.model.base import Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.render.pdf import Printer
from lessonpress.theme import School, load_theme
from tests.activities.bench import TEMPLATES, lesson, lesson_of, pose, tree

DPI = 50
FINER = 4
"""A page is printed so many times finer and then reduced, so that a hair's breadth does not decide on a pixel."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><path d="M0 60V8h8v6h8V8h8v12h32V8h8v6h8V8h8v52Z"/></svg>'


@dataclass(frozen=True)
class Shot:
    """One page to look at: `page` counts from 0, or from the end when it is negative."""

    lesson: ResolvedLesson
    theme: str = "classic"
    document: str = "worksheet"
    key: bool = False
    page: int = 0
    level: Level = "core"
    school: School | None = None
    setting: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """How the theme is loaded: a profile, a paper."""


def _masthead() -> Shot:
    """A title of two full lines is set smaller and keeps clear of the lesson mark."""
    long = "Was it the party machine, or the man\nwho ran it, that decided who would lead?"
    return Shot(lesson(enquiry=long, main=[tree("short-answer")]))


def _school() -> Shot:
    """Name and logo of a school stand where nothing else does."""
    url = "data:image/svg+xml," + quote(LOGO)
    school = School("Northgate School", Path("logo.svg"), "A gate", 80 / 60, url)
    return Shot(lesson_of("true-false"), "broadsheet", key=True, school=school)


def _strips() -> Shot:
    """Do-now and exit strip frame a sheet; on the key their answers stand on their lines."""
    exit_ticket = tree("exit-ticket", prompts=[{"ask": f"Prompt {n}?", "answer": "an answer"} for n in (1, 2, 3)])
    return Shot(lesson(starter=[tree("retrieval")], plenary=[exit_ticket]), "constructivist", key=True)


def _cloze() -> Shot:
    """Gaps stand at the ends of lines and beside the word bank."""
    gaps = "The party met in [[March]] and its old [[programme]] was put before the [[delegates]] of all [[towns]]. "
    text = "It was a cold spring. " + gaps + "Nobody left. " + gaps.replace("[[", "[[re") + "That was all."
    return Shot(lesson_of("cloze", text=text), key=True)


def _matching() -> Shot:
    """More is offered than asked, and some of it runs over two lines."""
    long = "the chairman of the committee which prepared the papers for every meeting of the Politburo"
    pairs = {"Trotsky": "war", "Rykov": long, "Bukharin": "the newspaper", "Tomsky": "the unions"}
    return Shot(lesson_of("matching", pairs=pairs), "broadsheet")


def _comparison() -> Shot:
    """Answers fill their cells and stretch none."""
    rows = {
        "Politburo agenda": [
            "The Secretariat prepared papers, in order, for every one",
            "Kamenev chaired",
            {"open": "x"},
        ],
        "Rivals' places": [{"given": "Supporters could be moved"}, "Removal took a vote of the whole", {"open": "y"}],
        "Delegates": ["Local secretaries were placed", "Leningrad's stood by Zinoviev", {"open": "z"}],
    }
    return Shot(lesson_of("comparison", rows=rows, support=None), key=True)


def _source() -> Shot:
    """A source has a bar, numbered lines, words explained and a credit."""
    return Shot(lesson_of("source", sources=["PS-03", "PS-04"], extended=True), "constructivist")


def _lines() -> Shot:
    """Ruled lines part over a page in runs of three or more."""
    questions = [{"ask": f"Question {n}?", "marks": 4, "answer": "x", "answer_space": 7} for n in range(1, 7)]
    return Shot(lesson_of("short-answer", questions=questions), page=1)


def _writing() -> Shot:
    """Starters, stimulus and planner stand above the lines of a long answer."""
    return Shot(lesson_of("extended-writing"), "constructivist", level="support")


def _notes() -> Shot:
    """After a key stand levels, credit and notes."""
    return Shot(lesson(main=[tree("extended-writing"), tree("source"), tree("true-false")]), key=True, page=-1)


def _reading() -> Shot:
    """Explained words stand in the margin beside their paragraph."""
    text = "\n\n".join(
        f"Paragraph {n} tells of Uchraspred. " + "It kept the files of officials. " * 9 for n in range(4)
    )
    return Shot(lesson_of("reading", text=text), "broadsheet", document="reading")


def _timeline() -> Shot:
    """Flags of a timeline stand above and below its axis, spans under it."""
    events = [{"label": f"Event {n} of some length", "date": f"192{n}-0{n + 1}"} for n in range(6)]
    spans = [{"label": "A long illness", "from": "1922-05", "to": "1924-01", "style": "tint"}]
    diagram = {"kind": "timeline", "from": "1920", "to": "1926", "alt": "Six.", "events": events, "spans": spans}
    return Shot(lesson_of("short-answer", diagram=diagram))


def _choice() -> Shot:
    """Right options are ticked, framed and bold."""
    return Shot(lesson_of("multiple-choice"), "constructivist", key=True)


def _cyrillic() -> Shot:
    """Russian words stand in title, heading and text."""
    intro = "The word *Секретариат* stands beside Политбюро, and Щёголев, Жданов and Эйхе are names."
    made = tree("short-answer", title="Слово и дело", intro=intro)
    return Shot(lesson(enquiry="Кто кого?\nWho beat whom?", main=[made]), "broadsheet")


def _ordering() -> Shot:
    """Numbers stand in their boxes and dates at the right edge; statements are corrected on lines."""
    return Shot(lesson(main=[tree("ordering"), tree("true-false")]), key=True)


def _large() -> Shot:
    """In large print one thing stands below the other."""
    made = lesson(starter=[tree("retrieval")], main=[tree("matching")])
    return Shot(made, setting={"profile": "large-print"})


PAGES: Mapping[str, Callable[[], Shot]] = {
    "masthead": _masthead,
    "school": _school,
    "strips": _strips,
    "cloze": _cloze,
    "matching": _matching,
    "comparison": _comparison,
    "source": _source,
    "lines": _lines,
    "writing": _writing,
    "notes": _notes,
    "reading": _reading,
    "timeline": _timeline,
    "choice": _choice,
    "cyrillic": _cyrillic,
    "ordering": _ordering,
    "large-print": _large,
}
"""To hold another page, add a line, run `python -m tests.visual --update NAME` and look at the picture."""


@functools.cache
def printer() -> Printer:
    """One printer for all pages."""
    return Printer(TEMPLATES)


def kit(shot: Shot, styles: str = "") -> Kit:
    """What a page is composed with; `styles` are laid over those of the theme."""
    theme = load_theme(TEMPLATES, shot.theme, **shot.setting)
    made = make_kit(TEMPLATES, dataclasses.replace(theme, styles=(*theme.styles, styles)), "en-GB")
    return dataclasses.replace(made, theme=dataclasses.replace(made.theme, school=shot.school))


def picture(shot: Shot, styles: str = "") -> Image.Image:
    """The page in grey at 50 dots an inch."""
    posed = pose(shot.lesson, shot.level)
    rendered = printer().render(compose_paper(kit(shot, styles), posed, shot.document, key=shot.key).document)
    document = pypdfium2.PdfDocument(rendered.data)
    page = document[shot.page % len(document)]
    fine: Image.Image = page.render(scale=FINER * DPI / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return fine.reduce(FINER)
