"""The answer key of all levels: the core key, and below each task what differs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lessonpress.compose.all_levels import compose_all_levels, without_same, without_same_children
from lessonpress.compose.documents import BY_NAME
from lessonpress.model.base import LEVELS
from lessonpress.render.pdf import Printer
from tests.activities.bench import TEMPLATES, kit, lesson, pose, tree
from tests.contracts.test_every_profile import kit as kit_of
from tests.contracts.test_unit_papers import STEMS, posed
from tests.documents.test_paper import body


def made(**phases: Any) -> str:
    """The body of the key of a lesson."""
    source = lesson(**phases)
    return body(compose_all_levels(kit(), {level: pose(source, level) for level in LEVELS}, None).html)


def differs(markup: str) -> list[str]:
    """What differs, each as its level and its words."""
    frames = re.findall(r'<div class="differs">(.*?)(?=<div class="differs">|<section|<h2|$)', markup, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", frame).split()) for frame in frames]


def test_a_task_that_is_the_same_stands_once() -> None:
    """Without overlays the key is the core key: its answers, its notes, and no frame."""
    markup = made(main=[tree("short-answer", questions=[{"ask": "Why?", "answer": "Because.", "answer_space": 2}])])
    assert markup.count("Because.") == 1
    assert differs(markup) == []
    assert "ANSWER KEY" in markup


def test_only_what_differs_stands_below_its_task() -> None:
    """A question that differs has its text and what is different; the others are not repeated."""
    questions = [
        {"ask": "What is the same?", "answer": "Samething.", "answer_space": 2},
        {"ask": "What has help?", "answer": "Helped.", "answer_space": 2, "support": {"starters": ["Helpword is"]}},
        {"ask": "What is harder?", "answer": "Easy.", "answer_space": 2, "challenge": {"answer": "Hardword."}},
    ]
    markup = made(main=[tree("short-answer", questions=questions)])
    assert [markup.count(word) for word in ("Samething.", "Helped.", "Helpword", "Hardword.")] == [1, 1, 1, 1]
    support, challenge = markup.split('<div class="differs">')[1:]
    assert "support" in support
    assert "What has help?" in support
    assert "What is harder?" not in support
    assert "challenge" in challenge
    assert "What is harder?" in challenge


def test_another_task_in_its_place_stands_whole() -> None:
    """`instead:` has its own title-less task below, and a task of one level alone is flagged with its level."""
    other = {"kind": "short-answer", "title": "Another",
             "questions": [{"ask": "Insteadask?", "answer": "Insteadword.", "marks": 2}]}  # fmt: skip
    asked = {"ask": "Coreask?", "answer": "Coreword.", "marks": 2}
    markup = made(
        main=[
            tree("short-answer", questions=[asked], support={"instead": other}),
            tree("ordering", title="Only some", levels=["challenge"]),
        ]
    )
    assert markup.index("Coreword.") < markup.index("Insteadword.") < markup.index("Only some")
    assert re.search(r'class="divider">.*challenge', markup)


def test_names_of_questions_stand_once() -> None:
    """What differs bears no name of a question, so that each has one place in the file."""
    markup = made(main=[tree("cloze", challenge={"word_bank": False}), tree("matching")])
    names = re.findall(r'data-q="([^"]+)"', markup)
    assert names
    assert len(names) == len(set(names))
    assert differs(markup)


def test_prunings_keep_what_cannot_go() -> None:
    """Tables stay whole, prompts stay with what differs, empty lines go, equal markup is nothing."""
    assert without_same("<p>a b</p>", "<p>a  b</p>") == ""
    table = "<table><tr><td>same</td><td>{}</td></tr></table>"
    assert without_same(table.format("one"), table.format("two")) == table.format("two")
    item = '<ol><li data-q="a.1"><div class="q">Ask</div><div class="ln">{}</div><div class="ln"></div></li></ol>'
    left = without_same(item.format("one"), item.format("two"))
    assert "Ask" in left
    assert "two" in left
    assert left.count('class="ln"') == 1
    assert "data-q" not in left
    assert without_same_children("<div>a</div><div>b</div>", "<div>a</div><div>c</div>") == "<div>c</div>"


def test_it_is_one_document_for_teachers() -> None:
    """There is one for all levels, and it lies under teachers."""
    assert (BY_NAME["answer-key-all"].tree, BY_NAME["answer-key-all"].by_level) == ("teachers", False)


@pytest.mark.prints
@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize(("profile", "paper"), [("standard", "a4"), ("large-print", "letter")])
def test_every_lesson_prints(stem: str, profile: str, paper: str) -> None:
    """The keys of the lessons that we ship print without a finding, in standard and in larger type."""
    levels = {level: posed(stem, level) for level in LEVELS}
    printed = Printer(TEMPLATES).render(compose_all_levels(kit_of("classic", profile, paper), levels, None))
    assert printed.diagnostics == ()
    assert printed.pages > 5
