"""Posing a lesson: numbers, letters, levels, and dice that nothing else disturbs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.activity import PHASES, slug
from lessonpress.model.base import LEVELS
from lessonpress.model.dice import Dice
from lessonpress.pose import PosedLesson, pose_lesson
from tests.activities.bench import lesson, page, pose, tree


def numbers(posed: PosedLesson) -> dict[str, int | None]:
    return {task.name: task.number for task in posed.tasks}


def named(kind: str, name: str, **changes: Any) -> Any:
    return tree(kind, id=name, **changes)


def whole() -> Any:
    """A lesson with every phase."""
    return lesson(
        starter=[named("retrieval", "recall")],
        input=[named("exposition", "tell"), named("reading", "read")],
        main=[named("matching", "match"), named("source", "one"), named("source", "two")],
        optional=[named("ordering", "order")],
        plenary=[named("exit-ticket", "leave")],
        homework=[named("short-answer", "home")],
    )


def test_numbers_run_through_the_sheet() -> None:
    """Numbers run through input, main and optional; starters, plenaries and homework have none."""
    found = numbers(pose(whole()))
    assert found == {
        "recall": None,
        "tell": None,
        "read": 1,
        "match": 2,
        "one": 3,
        "two": 4,
        "order": 5,
        "leave": None,
        "home": None,
    }


def test_tasks_are_asked_for_by_phase() -> None:
    """A phase gives its tasks in order, several phases theirs one after the other."""
    posed = pose(whole())
    assert [task.name for task in posed.phase("main", "optional")] == ["match", "one", "two", "order"]
    assert [task.name for phase in PHASES for task in posed.phase(phase)] == [task.name for task in posed.tasks]
    assert posed.phase("nothing") == ()


def test_total_counts_what_everybody_does() -> None:
    """The marks of the sheet are those of its numbered tasks without optional ones and homework."""
    posed = pose(whole())
    by_name = {task.name: task.marks for task in posed.tasks}
    assert posed.marks == by_name["read"] + by_name["match"] + by_name["one"] + by_name["two"]
    assert by_name["order"] * by_name["home"] > 0
    closing = pose(lesson(plenary=[named("multiple-choice", "hinge")]))
    assert closing.marks == closing.tasks[0].marks == 1


def test_activity_left_out_at_a_level_leaves_its_number_unused() -> None:
    """What comes after an activity of some levels has the same number and letter at all of them."""
    source = lesson(main=[named("matching", "a"), named("source", "b", levels=["challenge"]), named("source", "c")])
    for level in LEVELS:
        posed = pose(source, level)
        assert numbers(posed)["c"] == 3
        assert posed.tasks[-1].letters == ("B",)
        assert ("b" in numbers(posed)) == (level == "challenge")


def test_another_activity_stands_under_the_same_number() -> None:
    """`instead:` takes the number of what it replaces, and moves neither number nor letter after it."""
    other = {
        "instead": {
            "kind": "short-answer",
            "id": "easier",
            "title": "x",
            "questions": [{"ask": "Why?", "marks": 4, "answer": "a"}],
        }
    }
    source = lesson(main=[named("source", "hard", support=other), named("source", "last")])
    support, core = pose(source, "support"), pose(source)
    assert numbers(support) == {"easier": 1, "last": 2}
    assert numbers(core) == {"hard": 1, "last": 2}
    assert support.tasks[-1].letters == core.tasks[-1].letters == ("B",)


def test_unnumbered_activity_keeps_the_number_of_the_other_levels() -> None:
    """A level that gets an activity without a number leaves the number unused."""
    other = {"instead": {"kind": "exit-ticket", "title": "x", "prompts": [{"ask": "Why?"}]}}
    source = lesson(main=[named("matching", "a", support=other), named("matching", "b")])
    assert [task.number for task in pose(source, "support").tasks] == [None, 2]


def test_homework_takes_letters_and_no_number() -> None:
    """Sources of the homework are lettered on from those of the sheet."""
    posed = pose(lesson(main=[named("source", "a")], homework=[named("source", "b")]))
    assert [(task.number, task.letters) for task in posed.tasks] == [(1, ("A",)), (None, ("B",))]


SHUFFLED = ["matching", "multiple-choice", "ordering", "retrieval"]


@pytest.mark.parametrize("kind", SHUFFLED)
@given(seed=st.integers(0, 10_000))
def test_levels_share_letters_and_order(kind: str, seed: int) -> None:
    """Whatever chance decides is the same at every level."""
    changes = {"support": None} if kind == "ordering" else {}
    source = lesson(main=[named(kind, "here", **changes)])
    first, *others = [pose(source, level, seed).tasks[0].puzzle for level in LEVELS]
    assert all(other == first for other in others)


@pytest.mark.parametrize("kind", SHUFFLED)
def test_inserted_activity_disturbs_no_other(kind: str) -> None:
    """Neither its place, nor its phase, nor its neighbours change what the dice give an activity."""
    alone = pose(lesson(main=[named(kind, "here")])).tasks[0].puzzle
    after = (
        pose(lesson(main=[named("matching", "new"), named("ordering", "newer"), named(kind, "here")])).tasks[-1].puzzle
    )
    elsewhere = pose(lesson(homework=[named(kind, "here")])).tasks[0].puzzle
    assert alone == after == elsewhere


def test_id_seed_lesson_and_version_change_the_order() -> None:
    """Another id, seed, lesson or version gives other dice."""
    items = [f"item {n}" for n in range(12)]

    def order(seed: int = 1, name: str = "here", slug_: str = "one", version: str = "") -> Any:
        source = lesson(slug_, main=[named("ordering", name, items=items, support=None)])
        return pose_lesson(source, "core", seed, version).tasks[0].puzzle.items

    found = [order(), order(seed=2), order(name="there"), order(slug_="two"), order(version="B"), order(version="C")]
    assert len(set(found)) == len(found)
    assert order(version="B") == order(version="B")


def test_tasks_name_their_questions() -> None:
    """A question is named by its task and its number, the task by its id."""
    task = pose(lesson(main=[tree("matching")])).tasks[0]
    assert task.name == task.q() == slug(task.activity.title.plain) == "match-each-leader-to-a-post-of-june-1924"
    assert task.q(2) == f"{task.name}.2"
    assert task.q("2.1") == f"{task.name}.2.1"
    assert task.kind == "matching"


def test_every_phase_is_composed() -> None:
    """A lesson with every phase composes to one sheet, each number once."""
    markup = page(pose(whole()))
    for number in range(1, 6):
        assert markup.count(f"<b>{number}</b> </span>") == 1


@given(items=st.lists(st.integers(), max_size=9), seed=st.integers())
def test_dice_shuffle_and_sample(items: list[int], seed: int) -> None:
    """Shuffles are permutations, samples keep the order, and the same names give the same falls."""
    assert sorted(Dice(seed).shuffled(items)) == sorted(items)
    assert Dice(seed).shuffled(items) == Dice(seed).shuffled(items)
    distinct = list(dict.fromkeys(items))
    chosen = Dice(seed).sample(distinct, 3)
    assert list(chosen) == [item for item in distinct if item in chosen]
    assert len(chosen) == min(3, len(distinct))
    disordered = Dice(seed).disordered(distinct)
    assert (list(disordered) == distinct) == (len(distinct) < 2)


def test_dice_fall_as_they_always_fell() -> None:
    """The falls are the same on every machine and in every version: sheets that are printed stay right."""
    assert [Dice("a", 1).below(100) for _ in range(2)] == [Dice("a", 1).below(100)] * 2
    dice = Dice(1922, "power-struggle", "lesson", "activity", "")
    assert [dice.below(6) for _ in range(10)] == FALLS


FALLS = [1, 1, 0, 4, 3, 5, 2, 3, 1, 0]
