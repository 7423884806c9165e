"""What holds for every kind of activity, by the list of those that are found."""

from __future__ import annotations

import functools
import pickle
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
import yaml
from lxml import html as lxml_html
from pydantic import ValidationError

from lessonpress.load.overlays import at_level
from lessonpress.model.activity import Activity
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.dice import Dice
from lessonpress.schema import json_schema
from tests.activities.bench import (
    KINDS,
    PHASE,
    ROOT,
    TEMPLATES,
    context,
    html,
    kit,
    lesson,
    lesson_of,
    make,
    node,
    page,
    pose,
    tree,
)
from tests.contracts.sealing import Opened, Trap, leaves, planted, sealed_texts, trapped

SEEDS = range(20)
CANARY = "quokkazimtvelp"
WITHOUT_ANSWERS = {"exposition"}

every_kind = pytest.mark.parametrize("kind", sorted(KINDS))
every_level = pytest.mark.parametrize("level", LEVELS)


def names(markup: str) -> list[str]:
    """The names of the questions of a piece of HTML, in order."""
    return re.findall(r'data-q="([^"]+)"', markup)


def shown(markup: str) -> list[int]:
    """The marks that a task shows."""
    return [int(found) for found in re.findall(r'class="marks">\[(\d+)\]<', markup)]


def documents(kind: str) -> list[str]:
    """The papers for pupils that a kind prints on."""
    return ["worksheet", *(["reading"] if kind == "reading" else []), *(["cards"] if make(kind).cut_out else [])]


@functools.cache
def schema() -> Any:
    """The validator of the exported schema."""
    return jsonschema.Draft202012Validator(json_schema())


def plain(kind: str) -> Any:
    """The example of a kind as an editor reads it: plain YAML."""
    return yaml.load(KINDS[kind].example, Loader=yaml.CSafeLoader)


def test_kinds_are_found() -> None:
    """The kinds are thirteen or more, sorted, each an activity whose module bears its name."""
    assert len(KINDS) >= 13
    assert list(KINDS) == sorted(KINDS)
    for name, kind in KINDS.items():
        assert issubclass(kind, Activity)
        assert kind.__module__ == f"lessonpress.activities.{name.replace('-', '_')}"


@every_kind
@every_level
def test_example_validates(kind: str, level: Level) -> None:
    """The example of a kind is right at every level, and has a kind, a title and marks."""
    activity = make(kind, level)
    assert activity.kind == kind
    assert activity.title.plain
    assert activity.total >= 0
    assert activity.minutes > 0


@every_kind
def test_schema_accepts_the_example(kind: str) -> None:
    """What editors check against takes the example as it stands, overlays included."""
    data = {"title": "x", "enquiry": "y?", "objectives": ["z"], PHASE.get(kind, "main"): [plain(kind)]}
    assert [error.message for error in schema().iter_errors(data)] == []


@every_kind
def test_unknown_keys_are_refused(kind: str) -> None:
    """A key that the kind does not know is an error to the loader and to editors."""
    with pytest.raises(ValidationError) as caught:
        KINDS[kind].model_validate({**tree(kind), "colour": "red"}, context=context())
    assert "extra_forbidden" in {error["type"] for error in caught.value.errors()}
    data = {"title": "x", "enquiry": "y?", "objectives": ["z"], "main": [{**plain(kind), "colour": "red"}]}
    assert not schema().is_valid(data)


@every_kind
def test_template_docs_and_tests_exist(kind: str) -> None:
    """A kind has a template with a sheet, tests of its own, a section for authors and docstrings."""
    assert "macro sheet(task)" in (TEMPLATES / "activities" / f"{kind}.html.j2").read_text("utf-8")
    assert (ROOT / "tests" / "activities" / f"test_{kind.replace('-', '_')}.py").is_file()
    assert re.search(rf"^### {kind}\b", (ROOT / "docs" / "authoring.md").read_text("utf-8"), re.MULTILINE)
    assert (KINDS[kind].__doc__ or "").rstrip().endswith(".")
    assert KINDS[kind].shows <= set(KINDS[kind].model_fields)


@every_kind
@every_level
def test_posing_is_the_same_twice(kind: str, level: Level) -> None:
    """The same dice give the same bytes of sheet and key, from activities validated twice."""
    one, two = (pose(lesson_of(kind), level, 3) for _ in range(2))
    assert page(one) == page(two)
    assert page(one, key=True) == page(two, key=True)


@every_kind
def test_pickles(kind: str) -> None:
    """A posed task goes to another process and back, prints the same, and keeps its answers under seal."""
    posed = pose(lesson_of(kind))
    copied = replace(posed, tasks=pickle.loads(pickle.dumps(posed.tasks)))
    assert page(copied) == page(posed)
    assert page(copied, key=True) == page(posed, key=True)
    assert html(trapped(copied)) == html(posed)


@every_kind
@every_level
def test_sheet_does_not_look_at_answers(kind: str, level: Level) -> None:
    """After posing, the pupil's paper is the same whether or not anybody can open the answers."""
    source = lesson_of(kind)
    for seed in SEEDS:
        posed = pose(source, level, seed)
        blind = trapped(posed)
        assert html(blind) == html(posed)
        if seed == 0:
            for document in documents(kind):
                assert page(blind, document) == page(posed, document)


@every_kind
def test_traps_would_catch_a_leak(kind: str) -> None:
    """The same traps do catch the key, so that the test before this one means something."""
    count = [0]
    blind = trapped(pose(lesson_of(kind)), count)
    assert (count[0] == 0) == (kind in WITHOUT_ANSWERS)
    if count[0]:
        with pytest.raises(Opened):
            page(blind, key=True)
    assert repr(Trap()) == "<sealed>"


def canaries(kind: str) -> list[tuple[Any, ...]]:
    """The places of the texts under seal in the example of a kind, but for fields that are shown on purpose."""
    found = []
    for path in leaves(tree(kind)):
        if path[0] in KINDS[kind].shows or path[0] in ("support", "challenge"):
            continue
        try:
            activity = KINDS[kind].model_validate(
                at_level(planted(tree(kind), path, CANARY), "core"), context=context()
            )
        except ValidationError:
            continue
        posed = activity.pose("core", Dice(1))
        if CANARY in " ".join(sealed_texts((activity, posed.solution))):
            found.append(path)
    return found


@every_kind
def test_canaries_are_on_the_key_alone(kind: str) -> None:
    """Each text under seal stands on the key or in its notes, and in no byte of a pupil's paper."""
    places = canaries(kind)
    hidden = {
        "bingo",
        "cause-web",
        "cloze",
        "comparison",
        "exposition",
        "labelling",
        "loop-cards",
        "matching",
        "multiple-choice",
        "retrieval",
        "timeline",
    }
    assert bool(places) == (kind not in hidden)
    for path in places:
        source = lesson(**{PHASE.get(kind, "main"): [planted(tree(kind), path, CANARY)]})
        for level in LEVELS:
            posed = pose(source, level)
            papers = [page(posed, document) for document in documents(kind)]
            assert all(CANARY not in paper for paper in papers), path
            assert CANARY in page(posed, key=True), path


@every_kind
def test_notes_are_for_the_teacher(kind: str) -> None:
    """Notes of a lesson and of an activity stand on no pupil's paper, and on the key."""
    posed = pose(lesson_of(kind, notes=CANARY))
    for document in documents(kind):
        assert CANARY not in page(posed, document)
        assert "Lessonnote" not in page(posed, document)
    if kind != "exposition":
        assert CANARY in page(posed, key=True)
    assert "Lessonnote" in page(posed, key=True)


@every_kind
@every_level
def test_marks_shown_are_the_marks_of_the_data(kind: str, level: Level) -> None:
    """The marks printed in a task add up to its marks, on the sheet and in the same place of the key."""
    posed = pose(lesson_of(kind), level)
    total = posed.tasks[0].marks
    assert sum(shown(html(posed))) == total
    assert shown(html(posed, key=True)) == shown(html(posed))
    assert f"<b>/ {posed.marks}</b>" in page(posed)


@every_kind
@every_level
def test_questions_have_the_same_names_on_sheet_and_key(kind: str, level: Level) -> None:
    """Every question carries its name, in the same order on sheet and key; none stands twice."""
    posed = pose(lesson_of(kind), level)
    sheet, key = names(page(posed)), names(page(posed, key=True))
    assert sheet == key
    assert len(sheet) == len(set(sheet))
    task = posed.tasks[0]
    assert (task.q() in sheet) == task.activity.on_paper


QUESTIONS = {
    "bingo": 6,
    "card-sort": 3,
    "categorise": 6,
    "cause-web": 3,
    "cloze": 0,
    "comparison": 6,
    "crossword": 7,
    "diamond-nine": 11,
    "essay-planner": 11,
    "exit-ticket": 1,
    "exposition": 0,
    "extended-writing": 1,
    "find-and-fix": 2,
    "hexagons": 9,
    "interpretations": 3,
    "labelling": 3,
    "living-graph": 4,
    "loop-cards": 5,
    "matching": 3,
    "multiple-choice": 1,
    "odd-one-out": 2,
    "ordering": 3,
    "ranking": 5,
    "reading": 1,
    "retrieval": 4,
    "role-card": 4,
    "short-answer": 2,
    "source": 1,
    "timeline": 0,
    "true-false": 2,
    "word-search": 6,
}
"""How many named questions the example of each kind has besides itself."""


@every_kind
def test_every_question_is_named(kind: str) -> None:
    """Each question of the example has a name of its own below that of its task."""
    posed = pose(lesson_of(kind))
    task = posed.tasks[0]
    assert len([name for name in names(html(posed)) if name.startswith(f"{task.name}.")]) == QUESTIONS[kind]


@every_kind
@every_level
def test_key_is_the_sheet_with_ink(kind: str, level: Level) -> None:
    """Without what ink wrote the key of a task has the elements of its sheet, in the same order."""
    posed = pose(lesson_of(kind), level)
    if not posed.tasks[0].activity.on_paper:
        assert html(posed).strip() == html(posed, key=True).strip() == ""
        return
    assert skeleton(html(posed, key=True)) == skeleton(html(posed))


def skeleton(markup: str) -> list[str]:
    """The elements of a task but for those that hold ink."""
    root = lxml_html.fragment_fromstring(markup, create_parent="div")
    # What ink draws in a diagram is in the accent; the line of a blank stands on the sheet too.
    for one in root.xpath(
        './/span[contains(concat(" ", @class, " "), " a ") or @class="fl"] | .//svg[@class="tick"] | .//svg//text'
        ' | .//svg//*[self::polyline or self::polygon][contains(@class, "accent")]'
    ):
        one.drop_tree()
    classes = {"on", "a", "tick", "line-ink", "line-accent"}
    inside = {"em", "strong", "br"}
    return [
        f"{e.tag}.{'.'.join(c for c in e.get('class', '').split() if c not in classes)}"
        for e in root.iter()
        if e.tag not in inside
    ]


@every_kind
def test_markup_of_an_author_is_text(kind: str) -> None:
    """Signs of HTML in a title are printed, and never become markup."""
    posed = pose(lesson_of(kind, title="<b>Bold & brave</b>", id="here"))
    for key in (False, True):
        assert "<b>Bold" not in page(posed, key=key)


@every_kind
def test_sheet_says_nothing_of_levels(kind: str) -> None:
    """The level of a sheet is told by squares, and by no word of ours."""
    for level in ("support", "challenge"):
        text = re.sub(r"<style.*?</style>", "", page(pose(lesson_of(kind), level)), flags=re.DOTALL)
        assert level not in text.lower()
    assert kit().labels("worksheet") in page(pose(lesson_of(kind)))


def test_node_reads_values_as_text() -> None:
    """The bench gives activities what the reader gives: text as typed."""
    assert node({"a": 1, "b": "no"}) == {"a": "1", "b": "no"}
