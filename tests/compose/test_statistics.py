"""A lesson in figures, and what a careful colleague would say of a unit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lessonpress.call import load_library
from lessonpress.cli import run
from lessonpress.compose.advice import advise
from lessonpress.compose.paper import compose_paper
from lessonpress.compose.statistics import asked_again, lesson_figures, never_taught, skill_marks
from lessonpress.diagnostics import Diagnostic
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import Level
from lessonpress.model.boards import Board
from lessonpress.options import Options
from lessonpress.pose import pose_lesson
from tests.activities.bench import TEMPLATES, kit, make
from tests.tiny import write_unit

HEAD = "title: Lesson\nenquiry: Why?\nobjectives: [One]\nminutes: 30\nterms: [nep, plenum]\n"
TERMS = """nep: {term: NEP, definition: The policy of 1921.}
plenum: {term: plenum, definition: A full meeting.}
troika: {term: troika, definition: Three who rule.}
"""
QUIZ = """one:
  - {id: q1, ask: Who led the troika?, answer: nobody}
  - {id: q2, ask: What was sold?, answer: grain}
two:
  - {id: q3, ask: Who spoke last?, answer: Kirov}
"""
FIRST = """main:
  - kind: short-answer
    title: Answer
    minutes: 10
    questions:
      - {ask: Explain why NEP was kept., skill: explain, marks: 4, answer: it fed the towns}
      - {ask: Name one trader., marks: 1, answer: a nepman}
optional:
  - {kind: short-answer, title: More, minutes: 9, questions: [{ask: And then what?, marks: 9, answer: no}]}
"""
AGAIN = "starter:\n  - {kind: retrieval, title: Remember, from: {%s}}\n"
SOURCE = """{title: A letter, author: %s, date: "1923", nature: letter, audience: a friend, circumstance: ill, text: Rude.,
  rights: PT, credit: Ours., purpose: p, value: v, limitation: l}"""
OPTIONS = "{ask: Question %s asks which of these?, options: [%s, so, no], answer: %s}"


def loaded(folder: Path, *lessons: str, **banks: str) -> LoadedUnit:
    """A unit of lessons and banks in YAML; it must be sound."""
    root = write_unit(folder / "content", lessons=[])
    (root / "banks").mkdir()
    for name, text in {"terms": TERMS, **banks}.items():
        (root / "banks" / f"{name}.yaml").write_text(text, "utf-8")
    for number, (slug, body) in enumerate(zip(("one", "two", "three"), lessons, strict=False), 1):
        (root / "lessons" / f"{number:02}-{slug}.yaml").write_text(HEAD + body, "utf-8")
    library = load_library(Options(folder / "content", folder / "output", TEMPLATES))
    assert not library.has_errors, library.diagnostics
    return library.units[0]


def told(folder: Path, *lessons: str, **banks: str) -> list[Diagnostic]:
    """What is said of a unit."""
    return advise(loaded(folder, *lessons, **banks))


def figures(unit: LoadedUnit, level: Level = "core", **aos: str) -> Any:
    board = Board.model_validate({"name": "Ours", "course": "gcse", "aos": aos})
    return lesson_figures(unit, pose_lesson(replace(unit.lessons[0], board=board), level, 1))


def test_marks_minutes_and_words(tmp_path: Path) -> None:
    """Marks count by skill for what all do; minutes are those of the hour; words that no text uses are named."""
    found = figures(loaded(tmp_path, FIRST))
    assert (found.marks, found.skills, found.objectives) == (5, (("explain", 4), ("", 1)), ())
    assert (found.minutes, found.of_minutes, found.guessed, found.age) == (10, 30, 0, None)
    assert (found.words, found.unused) == (("NEP", "plenum"), ("plenum",))
    by_objective = figures(loaded(tmp_path / "b", FIRST), explain="AO1").objectives
    assert by_objective == (("AO1", 4), ("", 1))


def test_a_plan_has_its_own_marks() -> None:
    """The marks of an essay that is only planned are not those of the essay."""
    planner = make("essay-planner")
    assert sum(skill_marks(planner).values()) == planner.total


def test_when_questions_return(tmp_path: Path) -> None:
    """Each question of a lesson's quiz has the lessons after it that ask it, picked or drawn."""
    unit = loaded(tmp_path, FIRST, AGAIN % "last: 2", AGAIN % "last: 1, earlier: 2", quiz=QUIZ)
    assert asked_again(unit, unit.lessons[0], 1) == {"q1": (2, 3), "q2": (2, 3)}
    assert asked_again(unit, unit.lessons[1], 1) == {"q3": (3,)}
    assert asked_again(unit, unit.lessons[2], 1) == {}
    assert figures(unit).asked_again == ((2, 2), (3, 2))
    alone = loaded(tmp_path / "b", FIRST, quiz=QUIZ.partition("two:")[0])
    assert figures(alone).never == 2


def test_terms_that_nobody_teaches(tmp_path: Path) -> None:
    """A term that stands in no lesson, not even as a key word, is named."""
    assert never_taught(loaded(tmp_path, FIRST)) == ("troika",)


def test_the_figures_stand_in_the_notes_of_a_key_alone(tmp_path: Path) -> None:
    """The key has them beside the heading of its notes; the sheet has none."""
    unit = loaded(tmp_path, FIRST)
    posed = pose_lesson(unit.lessons[0], "core", 1)
    found = figures(unit, explain="AO1")
    key, sheet = (compose_paper(kit(), posed, "worksheet", key=k, figures=found).document.html for k in (True, False))
    assert "explain&#160;4, other tasks&#160;1" in key
    assert "AO1&#160;4" in key
    assert "10 of 30" in key
    assert "not in the texts: plenum" in key
    assert 'class="figures"' not in sheet


def test_a_reading_for_older_pupils_is_told(tmp_path: Path) -> None:
    """A reading above its level's ages is told at its text, with the words to replace; no level is told that it is easy."""
    hard = "Administrative organisations necessitated extraordinary preparation everywhere. " * 25
    body = f"input:\n  - kind: reading\n    title: Read\n    text: |\n      {hard}\n"
    found = [d for d in told(tmp_path, body) if d.code == "reading-age"]
    assert [d.place.line for d in found] == [9] * len(found) != []
    assert not any(d.is_error for d in found)
    assert "administrative" in found[0].hint
    easy = body.replace(hard, "The men sold corn in the town. " * 30)
    assert [d for d in told(tmp_path / "b", easy) if d.code == "reading-age"] == []


def test_the_longest_option_is_told(tmp_path: Path) -> None:
    """Four questions with the longest option right are told; one with a longer wrong option excuses all."""

    def body(*right: str) -> str:
        asked = [OPTIONS % (n, f"{'quite long' if n else 'long'}", answer) for n, answer in enumerate(right)]
        return "main:\n  - kind: multiple-choice\n    title: Choose\n    questions:\n" + "".join(
            f"      - {one}\n" for one in asked
        )

    always = body("long", "quite long", "quite long", "quite long")
    assert "longest-option" in {d.code for d in told(tmp_path, always)}
    assert "longest-option" not in {
        d.code for d in told(tmp_path / "b", body("long", "quite long", "quite long", "so"))
    }
    assert "longest-option" not in {d.code for d in told(tmp_path / "c", body("long", "quite long", "quite long"))}


def test_a_question_asked_twice_is_told(tmp_path: Path) -> None:
    """Nearly the same words in a later lesson are told with the place of the first; other words, or few, are not."""
    ask = "main:\n  - {kind: short-answer, title: Answer, questions: [{ask: %s, answer: grain}]}\n"
    again = ask % "Why the state did buy grain from peasants?"
    found = told(tmp_path, ask % "Why did the state buy grain from the peasants?", again)
    assert [(d.code, Path(d.place.file).stem) for d in found] == [("asked-twice", "02-two")]
    assert "01-one.yaml:7:" in found[0].message
    assert told(tmp_path / "b", ask % "Why did the state buy grain?", ask % "When did the state sell its land?") == []
    assert told(tmp_path / "c", ask % "Why?", ask % "Why?") == []


def test_quiz_questions_that_are_twins_are_told_in_the_bank(tmp_path: Path) -> None:
    """Two entries of the quiz bank that ask the same are told at the second; a sheet may ask what the quiz asks."""
    twins = QUIZ.replace("Who spoke last?", "Who then led the great troika?")
    twins = twins.replace("Who led the troika?", "Who led the great troika then?")
    same = FIRST.replace("Name one trader.", "Who led the great troika then?")
    found = told(tmp_path, same, "", quiz=twins)
    assert [(d.code, Path(d.place.file).name, d.place.line) for d in found] == [("asked-twice", "quiz.yaml", 5)]


def test_too_little_space_is_told(tmp_path: Path) -> None:
    """Fewer lines than marks are told, in lines and in boxes; the usual space, the book and tables are not."""
    ask = "main:\n  - {kind: short-answer, title: Answer, questions: [{ask: Why?, marks: 4, answer: x%s}]}\n"
    assert [d.code for d in told(tmp_path / "a", ask % ", answer_space: 3")] == ["answer-space"]
    assert [d.code for d in told(tmp_path / "b", ask % ", answer_space: {box: 20mm}")] == ["answer-space"]
    for name, space in (
        ("c", ""),
        ("d", ", answer_space: 4"),
        ("e", ", answer_space: book"),
        ("f", ", answer_space: none"),
    ):
        assert told(tmp_path / name, ask % space) == []
    write = "main:\n  - {kind: extended-writing, title: Write, ask: Why?, marks: 8, skill: explain, answer_space: 5}\n"
    assert [(d.code, d.place.line) for d in told(tmp_path / "g", write)] == [("answer-space", 7)]


@pytest.mark.parametrize(("author", "codes"), [("TBC", ["no-provenance"]), ('"?"', ["no-provenance"]), ("Lenin", [])])
def test_sources_without_provenance_are_told(tmp_path: Path, author: str, codes: list[str]) -> None:
    """A placeholder where the author should stand is told at its place in the bank."""
    found = told(tmp_path, FIRST, sources=f"s-1: {SOURCE % author}\n")
    assert [d.code for d in found] == codes
    assert all(d.place.text.startswith("s-1:") for d in found)


def test_check_shows_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    """`check --stats` prints a line a lesson and what concerns the unit; with --json all of it as data."""
    loaded(tmp_path, FIRST, AGAIN % "last: 2", quiz=QUIZ)
    monkeypatch.chdir(tmp_path)
    assert run(["check", "--stats"]) == 0
    out = capsys.readouterr().out
    assert "explain 4, other 1" in out
    assert "terms that stand in no lesson: troika" in out
    assert "2 of 3 quiz questions are asked again: q1 in 2; q2 in 2" in out
    assert run(["check", "--stats", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["statistics"][0]["questions_asked_again_in"] == {"q1": [2], "q2": [2], "q3": []}
    assert data["statistics"][0]["lessons"][0]["levels"]["core"]["marks"] == 5
