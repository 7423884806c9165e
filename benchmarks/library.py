"""A made library: as many lessons as are asked for, in units of eight, each with other words and other tasks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from benchmarks.pen import BODIES, GOODS, GROUPS, HIDDEN, Pen

PER_UNIT = 8
ONLY = "worksheet,answer-key,reading,deck"
"""Of these a lesson has ten documents: the first three at each level, and a deck."""
PER_LESSON = 10
EDITED = ", edit {turn}"

Activity = dict[str, Any]


def reading(pen: Pen) -> Activity:
    return {
        "kind": "reading",
        "id": "the-story",
        "title": "Read the story",
        "minutes": 8,
        "text": pen.text(3, 5),
        "support": {"text": pen.text(2, 5)},
        "challenge": {"text": pen.text(4, 5)},
        "gloss": [{"struck": "stopped work to protest"}],
        "check": [
            {"ask": f"Who acted first in {pen.year}?", "answer": "the first one that is named", "marks": 1},
            {"ask": f"Why was there a strike in {pen.year}?", "answer": "one of the reasons told", "marks": 1},
        ],
    }


def exposition(pen: Pen) -> Activity:
    slides = [
        {
            "title": f"{title} in {pen.year}",
            "points": [f"{pen.deed()}".capitalize() for _ in range(3)],
            "notes": pen.text(1, 2),
        }
        for title in ("What was sold", "Who decided", "Who struck")
    ]
    return {"kind": "exposition", "title": "Three things to know", "minutes": 6, "slides": slides}


def matching(pen: Pen) -> Activity:
    groups, reasons = pen.some(GROUPS, 5), pen.some(GOODS, 5)
    pairs = {group.capitalize(): f"those who worked with {good}" for group, good in zip(groups, reasons, strict=True)}
    return {
        "kind": "matching",
        "title": "Match each group to its work",
        "minutes": 4,
        "left": "Group",
        "right": "Work",
        "pairs": pairs,
    }


def cloze(pen: Pen) -> Activity:
    words = pen.some(HIDDEN, 4)
    story = " ".join(f"The {body} sold [[{word}]]." for body, word in zip(pen.some(BODIES, 4), words, strict=True))
    return {
        "kind": "cloze",
        "title": "Complete the account",
        "minutes": 5,
        "text": f"{story} {pen.paragraph(2)}\n",
        "support": {"first_letters": True},
        "challenge": {"word_bank": False},
    }


def choice(pen: Pen) -> Activity:
    questions = []
    for good in pen.some(GOODS, 3):
        options = pen.some(BODIES, 4)
        questions.append(
            {"ask": f"Who dealt with {good} in {pen.year}?", "options": options, "answer": pen.dice.choice(options)}
        )
    return {"kind": "multiple-choice", "title": "Choose the best answer", "minutes": 4, "questions": questions}


def judging(pen: Pen) -> Activity:
    statements = [
        {"statement": pen.sentence(), "verdict": False, "correction": f"Only the {body} did so."}
        for body in pen.some(BODIES, 3)
    ]
    statements.append({"statement": pen.sentence(), "verdict": True, "why": "The story says so."})
    return {"kind": "true-false", "title": "Judge each statement", "minutes": 6, "statements": statements}


def comparing(pen: Pen) -> Activity:
    rows = {
        group.capitalize(): [f"They worked with {good}", {"given": pen.deed().capitalize()}, {"open": "strong"}]
        for group, good in zip(pen.some(GROUPS, 4), pen.some(GOODS, 4), strict=True)
    }
    columns = ["Group", "What they wanted", "What happened", "Your word"]
    return {"kind": "comparison", "title": "Compare the groups", "minutes": 8, "columns": columns, "rows": rows}


def sorting(pen: Pen) -> Activity:
    groups, goods = pen.some(GROUPS, 4), pen.some(GOODS, 4)
    return {
        "kind": "categorise",
        "title": "Sort people and goods",
        "minutes": 4,
        "categories": {"People": [g.capitalize() for g in groups], "Goods": [g.capitalize() for g in goods]},
        "support": {"give": [groups[0].capitalize()]},
    }


def answering(pen: Pen) -> Activity:
    questions = [
        {"ask": f"Why did the {group} strike in {pen.year}?", "answer": pen.sentence(), "marks": 2}
        for group in pen.some(GROUPS, 3)
    ]
    return {
        "kind": "short-answer",
        "title": "Answer from the reading",
        "minutes": 8,
        "intro": pen.paragraph(2),
        "questions": questions,
    }


def writing(pen: Pen) -> Activity:
    return {
        "kind": "extended-writing",
        "title": "Explain why people struck",
        "minutes": 12,
        "ask": f"Explain why the {pen.dice.choice(GROUPS)} struck in {pen.year}.",
        "marks": 8,
        "skill": "explain",
        "planner": {"shape": "reasons", "boxes": 2},
        "answer_space": 12,
        "support": {"starters": ["One reason was ...", "This mattered because ..."]},
        "model": pen.paragraph(3) + "\n",
        "mark_scheme": {
            "levels": [
                {"marks": "5-8", "descriptor": "Reasons explained, linked and ranked"},
                {"marks": "1-4", "descriptor": "Says something true without explaining"},
            ],
            "indicative": [pen.sentence(), pen.sentence()],
        },
    }


def ticket(pen: Pen) -> Activity:
    ask = {"ask": "What mattered most, and why?", "answer": pen.sentence(), "answer_space": 2}
    return {"kind": "exit-ticket", "title": "Before you go", "minutes": 4, "prompts": [ask]}


TASKS: tuple[Callable[[Pen], Activity], ...] = (matching, cloze, choice, judging, comparing, sorting, answering)


def lesson(unit: int, number: int) -> dict[str, Any]:
    """A lesson as it stands in its file; each has two of the tasks."""
    pen = Pen(unit, number)
    first = pen.dice.randrange(len(TASKS))
    tasks = [TASKS[(first + step * 2) % len(TASKS)](pen) for step in range(2)]
    retrieval = {"kind": "retrieval", "title": "What do you remember?", "minutes": 5}
    retrieval["from"] = {"last": min(2, (number - 1) * 2), "prior": 2}
    return {
        "title": f"Trade and strikes, part {number}",
        "enquiry": f"Who gained from the trade of {pen.year}?\n",
        "minutes": 60,
        "objectives": ["Say who gained and who lost", "Explain why people struck", "Compare the groups"],
        "terms": [f"term-{number}", f"term-{number % PER_UNIT + 1}"],
        "notes": pen.text(2, 3),
        "starter": [retrieval],
        "input": [exposition(pen), reading(pen)],
        "main": [*tasks, writing(pen)],
        "plenary": [ticket(pen)],
    }


def unit_yaml(unit: int) -> dict[str, Any]:
    """What stands in unit.yaml."""
    return {
        "format": 1,
        "title": f"Trade and strikes, volume {unit}",
        "code": f"T{unit:03d}",
        "subject": "History",
        "seed": unit,
        "edition": "1.0",
        "revised": "2026-11-01",
        "licence": "CC BY 4.0. Free to copy and adapt with credit.",
        "prior": [
            {"id": f"prior-{n}", "ask": f"How many {group} were there before?", "answer": str(n * 37 + 60)}
            for n, group in enumerate(GROUPS, 1)
        ],
    }


def banks(unit: int, lessons: int) -> dict[str, dict[str, Any]]:
    """The banks of a unit: events, terms, and short questions on each lesson."""
    pens = [Pen(unit, number) for number in range(1, lessons + 1)]
    events = {
        f"E-{pen.number}": {
            "date": pen.year,
            "when": pen.year,
            "event": pen.sentence(),
            "label": f"Strike {pen.number}",
        }
        for pen in pens
    }
    terms = {
        f"term-{n}": {
            "code": f"G-{n}",
            "term": f"{body} of {good}",
            "definition": f"The {body} that dealt with {good} and set its price.",
            "gloss": f"dealt with {good}",
        }
        for n, (body, good) in enumerate(zip(BODIES, GOODS, strict=False), 1)
    }
    quiz = {
        f"part-{pen.number}": [
            {
                "id": f"quiz-{pen.number}-{n}",
                "ask": f"Carts of {good} in {pen.year}?",
                "answer": str(n * 41 + 500 + pen.number),
            }
            for n, good in enumerate(pen.some(GOODS, 5), 1)
        ]
        for pen in pens
    }
    return {"events": events, "terms": terms, "quiz": quiz}


def write_library(folder: Path, lessons: int) -> Path:
    """Write a library of so many lessons into a folder; returns the folder."""
    for start in range(0, lessons, PER_UNIT):
        number, count = start // PER_UNIT + 1, min(PER_UNIT, lessons - start)
        unit = folder / f"volume-{number:03d}"
        write(unit / "unit.yaml", unit_yaml(number))
        for name, bank in banks(number, count).items():
            write(unit / "banks" / f"{name}.yaml", bank)
        for own in range(1, count + 1):
            write(unit / "lessons" / f"{own:02d}-part-{own}.yaml", lesson(number, own))
    return folder


def edit_lesson(folder: Path, turn: int = 0) -> str:
    """Change the title of a lesson in the middle, which all its documents bear; returns `unit/lesson`."""
    paths = sorted(folder.glob("*/lessons/*.yaml"))
    path = paths[len(paths) // 2]
    data = yaml.safe_load(path.read_text("utf-8"))
    data["title"] = f"{data['title']}{EDITED.format(turn=turn)}"
    write(path, data)
    return f"{path.parents[1].name}/{path.stem}"


def write(path: Path, data: Any) -> None:
    """Write YAML as a teacher's editor would keep it: in the order of the fields."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110), "utf-8")
