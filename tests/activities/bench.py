"""A small unit to try activities in: banks, lessons of one activity, a kit, posed and composed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from lessonpress.activities import discover
from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.paper import compose_paper, task_html
from lessonpress.load.overlays import at_level
from lessonpress.model.activity import Activity
from lessonpress.model.banks import Event, ExamQuestion, Misconception, QuizItem, Source, Term
from lessonpress.model.base import LEVELS, Context, Level
from lessonpress.model.dice import Dice
from lessonpress.model.lesson import ResolvedLesson, Unit
from lessonpress.pose import PosedLesson, Task, pose_lesson
from lessonpress.schema import lesson_type
from lessonpress.source import Mapping, read
from lessonpress.theme import load_theme

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
KINDS = discover()
PHASE = {"retrieval": "starter", "reading": "input", "exposition": "input", "exit-ticket": "plenary"}
"""Where a kind stands in a lesson; all others stand in main."""
BOARD = {"explain": {8: [{"marks": "5-8", "descriptor": "explained"}, {"marks": "1-4", "descriptor": "described"}]}}

SOURCE: dict[str, Any] = {
    "title": "Lenin, postscript",
    "author": "Lenin",
    "date": "4 January 1923",
    "nature": "dictated note",
    "audience": "the coming congress",
    "circumstance": "dictated while ill",
    "text": "Stalin is too rude. I suggest that the comrades appoint another man.",
    "extension": "This may seem a trifle.",
    "rights": "PT",
    "credit": "Project translation.",
    "purpose": "Purposeword.",
    "value": "Valueword.",
    "limitation": "Limitationword.",
    "gloss": {"rude": "not polite"},
}
QUIZ = {
    "last": [("l1", "Lastone"), ("l2", "Lasttwo"), ("l3", "Lastthree"), ("l4", "Lastfour")],
    "earlier": [("e1", "Earlyone"), ("e2", "Earlytwo")],
    "prior": [("p1", "Priorone"), ("p2", "Priortwo")],
}


def node(value: Any) -> Any:
    """A value, or YAML text, as the reader gives it: mappings, lists and text as typed."""
    text = value if isinstance(value, str) else yaml.safe_dump(value, sort_keys=False, allow_unicode=True)
    document = read("bench.yaml", text.encode())
    assert not document.diagnostics, document.diagnostics
    return document.root


@cache
def context() -> Context:
    """Banks with a few entries, one board, one frame, and a pool of questions."""
    pool = {
        name: tuple(QuizItem(id=i, ask=f"Ask {i}?", answer=answer) for i, answer in items)
        for name, items in QUIZ.items()
    }
    exam = {
        "q-1": ExamQuestion.model_validate(
            {
                "id": "Q-1",
                "ask": "Explain one thing.",
                "marks": 4,
                "skill": "explain",
                "stimulus": ["a point"],
                "model": "Modelword.",
                "mark_scheme": {"credit": ["Creditword", "second", "third", "fourth"]},
                "indicative": ["Contentword"],
            }
        ),
        "q-2": ExamQuestion.model_validate({"id": "Q-2", "ask": "Judge.", "marks": 8, "skill": "explain"}),
    }
    banks = {
        "terms": {
            "politburo": Term.model_validate(
                {"id": "politburo", "term": "Politburo", "definition": "Ruled.", "gloss": "the top"}
            )
        },
        "events": {
            "t-05": Event.model_validate(
                {
                    "id": "T-05",
                    "date": "1922-04-03",
                    "when": "3 April 1922",
                    "event": "-",
                    "label": "General Secretary",
                }
            )
        },
        "misconceptions": {
            "m-9": Misconception.model_validate(
                {"id": "M-9", "wrong": "Stalin's rise was quick.", "fix": "It took about seven years."}
            )
        },
        "sources": {i: Source.model_validate({**SOURCE, "id": i.upper()}) for i in ("ps-03", "ps-04")},
        "questions": exam,
        "quiz": {item.id: item for items in pool.values() for item in items},
    }
    frame = {
        "name": "NOP",
        "title": "Nature, origin, purpose",
        "boxes": [{"label": "Nature", "prompt": "What is it?", "lines": 2}],
    }
    return Context(
        banks=banks,
        boards=BOARD,
        frames={"nop": {**frame, "judgement": "It is useful for ..."}},
        pool=tuple(pool.values()),
        scripts={"Cyrl": "ru"},
    )


def tree(kind: str, **changes: Any) -> Mapping:
    """The example of a kind with keys replaced; None takes a key away."""
    root = node(KINDS[kind].example)
    new = node(changes) if changes else {}
    merged = Mapping({k: v for k, v in {**root, **new}.items() if not (k in changes and changes[k] is None)})
    merged.mark = root.mark
    merged.key_marks = dict.fromkeys(merged, root.mark)
    return merged


def make(kind: str, level: Level = "core", *, banks: Context | None = None, **changes: Any) -> Any:
    """The checked example of a kind at a level, with keys replaced."""
    return KINDS[kind].model_validate(at_level(tree(kind, **changes), level), context=banks or context())


def refused(kind: str, *, level: Level = "core", **changes: Any) -> set[str]:
    """The codes with which the changed example of a kind is refused; empty when it is not."""
    try:
        make(kind, level, **changes)
    except ValidationError as error:
        return {e["type"] for e in error.errors()}
    return set()


def puzzle(activity: Activity, seed: object = 1, level: Level = "core") -> Any:
    """What pupils see of an activity."""
    return activity.pose(level, Dice(seed)).puzzle


@cache
def adapter() -> TypeAdapter[Any]:
    """The type of a lesson over every kind."""
    return TypeAdapter(lesson_type())


@cache
def unit() -> Unit:
    """The settings of a unit."""
    return Unit.model_validate(
        {
            "title": "A unit",
            "code": "AU",
            "subject": "History",
            "seed": 7,
            "edition": "1.0",
            "revised": "2026-11-01",
            "licence": "CC BY",
        }
    )


def lesson(slug: str = "one", *, enquiry: str = "Who could\nhave followed?", **phases: list[Any]) -> ResolvedLesson:
    """A lesson of the activities given by phase, each a tree, a mapping or YAML text."""
    head = {
        "title": "Lessonword",
        "enquiry": enquiry,
        "objectives": ["Name them"],
        "notes": "Lessonnote.",
    }
    root = node(head)
    for name, activities in phases.items():
        items = [a if isinstance(a, Mapping) else node(a) for a in activities]
        root[name] = node("[]")
        root[name].extend(items)
        root[name].item_marks = [root.mark] * len(items)
        root.key_marks[name] = root.mark
    levels = {level: adapter().validate_python(at_level(root, level), context=context()) for level in LEVELS}
    return ResolvedLesson(unit(), "a-unit", 1, slug, f"01-{slug}", levels)


def lesson_of(kind: str, **changes: Any) -> ResolvedLesson:
    """A lesson of one activity, the changed example of a kind."""
    return lesson(**{PHASE.get(kind, "main"): [tree(kind, **changes)]})


@cache
def kit() -> Kit:
    """The templates with the default theme."""
    return make_kit(TEMPLATES, load_theme(TEMPLATES, "constructivist"), "en-GB")


def pose(source: ResolvedLesson, level: Level = "core", seed: int = 1) -> PosedLesson:
    """A lesson posed."""
    return pose_lesson(source, level, seed)


def html(posed: PosedLesson, task: Task | None = None, *, key: bool = False) -> str:
    """A task, by default the first, as it stands on sheet or key."""
    return task_html(kit(), posed, task or posed.tasks[0], key=key)[0]


def page(posed: PosedLesson, kind: str = "worksheet", *, key: bool = False) -> str:
    """A whole document of a lesson."""
    return compose_paper(kit(), posed, kind, key=key).document.html


def both(kind: str, level: Level = "core", **changes: Any) -> tuple[str, str]:
    """The whole worksheet and key of one changed example."""
    posed = pose(lesson_of(kind, **changes), level)
    return page(posed), page(posed, key=True)
