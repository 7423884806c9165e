"""Assessments and their mark schemes: totals, numbers, what is read, and what pupils never see."""

from __future__ import annotations

import functools
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from lessonpress.compose.advice import advise
from lessonpress.compose.kit import make_kit
from lessonpress.compose.unit import compose_unit
from lessonpress.compose.unit_documents.assessment import put
from lessonpress.diagnostics import Diagnostic
from lessonpress.load import load
from lessonpress.load.boards import board_names
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import Course
from lessonpress.render import render
from lessonpress.theme import STANDARD, load_theme
from tests.activities.bench import ROOT, TEMPLATES
from tests.contracts.sealing import Opened, sealed_texts, trapped
from tests.contracts.test_every_profile import kit
from tests.tiny import edit

CONTENT = ROOT / "content" / "power-struggle"
COURSES: tuple[Course, ...] = ("gcse", "alevel", "ib")
BOTH = ("assessment", "mark-scheme")
every_course = pytest.mark.parametrize("course", COURSES)


def read(folder: Path, course: Course = "gcse") -> LoadedUnit:
    """A unit for a course."""
    return load(folder, TEMPLATES, lambda _: None, course, lambda path: path.name).units[0]


@functools.cache
def unit(course: Course = "gcse") -> LoadedUnit:
    """The unit that we ship."""
    return read(CONTENT, course)


def markup(loaded: LoadedUnit, only: str, profile: str = STANDARD) -> str:
    """A document of a unit as HTML."""
    made = compose_unit(kit("classic", profile, "a4"), loaded, loaded.lessons, 1922, (only,))
    assert made.diagnostics == []
    return made.artefacts[0].job.html  # type: ignore[union-attr]


@functools.cache
def tree(course: Course, only: str) -> Any:
    """A document of the unit that we ship as a tree."""
    return html.document_fromstring(markup(unit(course), only))


def text(node: Any) -> str:
    """The words of a piece of a page."""
    return " ".join(node.text_content().split())


def brackets(node: Any) -> int:
    """The sum of all marks in brackets."""
    return sum(int(text(one)[1:-1]) for one in node.find_class("marks"))


@functools.cache
def changed(tmp: Path, board: str, course: Course) -> LoadedUnit:
    """The unit that we ship with another board."""
    folder = shutil.copytree(CONTENT, tmp / f"{board}-{course}" / "power-struggle", dirs_exist_ok=True)
    edit(
        folder / "unit.yaml", "board: {gcse: edexcel-gcse, alevel: ocr-alevel, ib: ib}", f"board: {{{course}: {board}}}"
    )
    return read(folder, course)


def named(tmp: Path, line: str, course: Course = "gcse") -> LoadedUnit:
    """The unit that we ship with a line more in its settings."""
    folder = shutil.copytree(CONTENT, tmp / "power-struggle")
    edit(folder / "unit.yaml", "licence: CC", f"{line}\nlicence: CC")
    return read(folder, course)


def told(loaded: LoadedUnit) -> list[tuple[str, int, str, str]]:
    """What loading says: code, line, message and hint."""
    return [(d.code, d.place.line, d.message, d.hint) for d in loaded.diagnostics]


@every_course
def test_the_unit_has_an_assessment_for_every_course(course: Course) -> None:
    """The bank that we ship fills a paper of each board that the unit names, and nothing is said of it."""
    found = unit(course).assessment
    assert found is not None
    assert found.paper is not None
    assert [d.code for d in advise(unit(course)) if d.code == "no-assessment"] == []


def test_totals_are_those_of_the_board(tmp_path: Path) -> None:
    """For every board and course that can be filled, the marks in brackets, total and minutes are the board's."""
    filled = []
    for name in board_names(TEMPLATES):
        for course in COURSES:
            loaded = changed(tmp_path, name, course)
            found = loaded.assessment
            if found is None:
                continue
            paper = found.paper
            assert paper is not None
            page = html.document_fromstring(markup(loaded, "assessment"))
            scheme = html.document_fromstring(markup(loaded, "mark-scheme"))
            assert brackets(page) == found.marks == paper.marks
            assert f"{paper.minutes} minutes; Total: {paper.marks} marks" in text(page)
            assert text(page.find_class("exend")[0]).endswith(f"Total: {paper.marks} marks")
            assert sum(int(text(cell)) for cell in scheme.find_class("share")) == paper.marks
            assert text(scheme.find_class("sum")[0]).endswith(str(paper.marks))
            filled.append((name, course))
    assert {("aqa-gcse", "gcse"), ("edexcel-gcse", "gcse"), ("ib", "ib"), ("ocr-alevel", "alevel")} <= set(filled)


@every_course
def test_both_name_the_same_questions(course: Course) -> None:
    """Paper and mark scheme have the same numbers, questions and marks in the same order."""
    found = unit(course).assessment
    assert found is not None
    paper, scheme = tree(course, "assessment"), tree(course, "mark-scheme")
    asked = [text(one) for one in paper.find_class("q") if "spelling" not in one.get("class")]
    marked = [text(one) for one in scheme.iter("h3")]
    assert asked == marked
    assert [one.split()[0] for one in asked] == [one.number for one in found.asked]


def test_numbers_and_spelling_are_the_boards() -> None:
    """Questions have the board's numbers, and the marks for spelling stand apart on both."""
    numbers = [text(one) for one in tree("gcse", "assessment").find_class("exn")]
    assert numbers == ["1", "2", "3(a)", "3(b)", "3(c)", "3(d)"]
    last = tree("gcse", "assessment").find_class("exq")[-1]
    assert [text(one) for one in last.find_class("marks")] == ["[16]", "[4]"]
    rows = [[text(cell) for cell in row] for row in tree("gcse", "mark-scheme").find_class("exshares")[0].iter("tr")]
    assert rows[1:] == [
        ["AO1, AO2", "12"], ["AO3", "12"], ["AO4", "24"], ["Spelling, punctuation and grammar", "4"], ["Total", "52"]
    ]  # fmt: skip


def test_what_is_read_stands_once_before_its_first_question() -> None:
    """A source has a letter and an interpretation a number; each is printed once, with credit, and named later."""
    page = tree("ib", "assessment")
    sources = [text(one) for one in page.find_class("cap")]
    assert [one.split(maxsplit=2)[1] for one in sources] == list("ABCDEFG")
    assert len(page.find_class("credit")) == 7
    assert [text(one) for one in page.find_class("about")][-1] == "Use Source C, Source E, Source F, Source G."
    views = tree("gcse", "assessment").find_class("views")
    assert len(views) == 1
    assert "After: Deutscher (in part), Conquest, Service, Kotkin" in text(views[0])
    first = next(one for one in tree("gcse", "assessment").find_class("exq") if one.find_class("views"))
    assert text(first.find_class("exn")[0]) == "3(b)"


def test_points_that_the_question_names_are_not_repeated() -> None:
    """Stimulus points stand below a question unless it says them itself; a point of one's own is asked for with them."""
    found = unit().assessment
    assert found is not None
    by_id = {one.asked.question.id: one for one in put(found, unit().banks)}
    assert [point.plain for point in by_id["Q-08"].points] == ["Lessons of October", "the triumvirate"]
    assert len(tree("gcse", "assessment").find_class("points")) == 1
    alevel = unit("alevel").assessment
    assert alevel is not None
    asked = next(one for one in put(alevel, unit("alevel").banks) if one.asked.question.id == "Q-11")
    assert asked.asked.question.stimulus
    assert asked.points == ()


def test_lines_fit_the_marks() -> None:
    """Short answers have two lines a mark, long ones one and a half; larger type has as many as its profile wants."""
    found = unit().assessment
    assert found is not None
    lines = [len(section.find_class("ln")) for section in tree("gcse", "assessment").find_class("exq")]
    assert lines == [8, 18, 12, 8, 8, 24]
    large = html.document_fromstring(markup(unit(), "assessment", "large-print"))
    ruled = kit("classic", "large-print", "a4").theme.profile.ruled
    assert [len(section.find_class("ln")) for section in large.find_class("exq")][:5] == [ruled(n) for n in lines[:5]]


def test_a_choice_is_told_before_its_questions(tmp_path: Path) -> None:
    """Where some of several are answered, the paper says so before the first, and not that all are answered."""
    loaded = unit()
    assert loaded.board is not None
    kind = loaded.board.papers[0].questions[1].model_copy(update={"answer": 1, "of": 2})
    paper = loaded.board.papers[0].model_copy(update={"questions": (kind,), "marks": 12})
    page = html.document_fromstring(
        markup(replace(loaded, board=loaded.board.model_copy(update={"papers": (paper,)})), "assessment")
    )
    assert [text(one) for one in page.find_class("choice")] == ["Answer one of these 2 questions."]
    assert page.find_class("exq")[0].find_class("choice")
    assert [text(one) for one in page.find_class("exn")] == ["21", "22"]
    assert "Answer every question." not in text(page)
    assert "Total: 12 marks" in text(page)


def test_no_byte_for_students_depends_on_an_answer() -> None:
    """The paper is the same where every answer is a trap; the mark scheme opens them."""
    count = [0]
    blind = replace(unit(), banks=trapped(dict(unit().banks), count))
    assert count[0] > 100
    assert markup(blind, "assessment") == markup(unit(), "assessment")
    with pytest.raises(Opened):
        markup(blind, "mark-scheme")


@every_course
def test_the_mark_scheme_has_every_answer(course: Course) -> None:
    """Levels or credit, content and model answer of every question stand in it, and none of them on the paper."""
    found = unit(course).assessment
    assert found is not None
    scheme, paper = plainly(tree(course, "mark-scheme")), plainly(tree(course, "assessment"))
    answers = [one for asked in found.asked for line in sealed_texts(asked.question) for one in line.split("\n")]
    assert len(answers) > 10
    for answer in answers:
        said = " ".join(answer.split())
        assert said in scheme
        assert len(said.split()) < 3 or said not in paper


def plainly(page: Any) -> str:
    """The words of a page without its styles."""
    for style in page.iter("style"):
        style.text = ""
    return text(page)


def test_a_scheme_that_is_not_written_is_the_boards(tmp_path: Path) -> None:
    """A question without a mark scheme is marked by the levels that the board has for its skill and marks."""
    banks = unit().banks
    bare = banks["questions"]["q-08"].model_copy(update={"mark_scheme": None, "indicative": (), "model": None})
    loaded = replace(unit(), banks={**banks, "questions": {**banks["questions"], "q-08": bare}})
    assert "at least one goes beyond the stimulus points" in markup(loaded, "mark-scheme")


def test_the_mark_scheme_tells_what_to_check(tmp_path: Path) -> None:
    """What nobody has seen in a page of the board's own is told to teachers, and never to pupils."""
    for course in COURSES:
        assert "Check with" not in text(tree(course, "assessment"))
    scheme = text(tree("gcse", "mark-scheme"))
    assert "Check with your board: the assessment objectives." in scheme
    assert scheme.count("Check with your board: the time.") == 6


def test_teachers_choose_questions_by_id(tmp_path: Path) -> None:
    """Questions named in the settings are asked, in this order, with their own totals."""
    loaded = named(tmp_path, "assessment: {gcse: [Q-08, q-04]}")
    assert told(loaded) == []
    page = html.document_fromstring(markup(loaded, "assessment"))
    assert "Questions as Edexcel GCSE asks them" in text(page)
    assert [text(one) for one in page.find_class("exn")] == ["1", "2"]
    assert brackets(page) == 16
    assert "25 minutes; Total: 16 marks" in text(page)
    scheme = text(html.document_fromstring(markup(loaded, "mark-scheme")))
    assert "Paper 3, option 30: Russia and the Soviet Union 1917–41, Question 2: Explain why" in scheme
    assert "Paper 2" in text(html.document_fromstring(markup(named(
        tmp_path / "ib", "assessment: {ib: [Q-15, Q-16]}", "ib"), "assessment")))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("assessment: {gcse: [Q-04, Q-88]}", "unknown-id", 'no entry "Q-88" in banks/questions.yaml', "did you mean"),
        ("assessment: {ib: [Z-1]}", "unknown-id", 'no entry "Z-1" in banks/questions.yaml', "write it in the bank"),
        ("assessment: {gcse: [Q-04, q-04]}", "duplicate-id", '"q-04" is asked twice', "name another question"),
        ("assessment: {gcse: [Q-13]}", "unfit-question",
         '"Q-13" (essay, 20 marks) is of no question type of the board Edexcel GCSE',
         "it asks: inference 4, explain 12, utility 8, interpretation 4, interpretation 16"),
        ("assessment: {gcse: []}", "too-few", '"gcse" needs at least 1', "add to it"),
        ("assessment: {o-level: [Q-04]}", "board-course", 'no course is called "o-level"', "courses are gcse"),
    ],
)  # fmt: skip
def test_wrong_choices_are_told_at_their_line(tmp_path: Path, line: str, code: str, message: str, hint: str) -> None:
    """A question that is not there, named twice or of no type of the board stops the unit, with its place."""
    loaded = named(tmp_path, line)
    row = (tmp_path / "power-struggle" / "unit.yaml").read_text("utf-8").splitlines().index(line) + 1
    found = told(loaded)
    assert [(one[0], one[1]) for one in found] == [(code, row)]
    assert found[0][2].startswith(message)
    assert hint in found[0][3]
    assert loaded.lessons == ()


def test_a_choice_needs_a_board_with_papers(tmp_path: Path) -> None:
    """Questions for a course without a board are told what to do about it."""
    folder = shutil.copytree(CONTENT, tmp_path / "power-struggle")
    edit(folder / "unit.yaml", "board: {gcse: edexcel-gcse, ", "assessment: {gcse: [Q-04]}\nboard: {")
    assert [(code, hint) for code, _, _, hint in told(read(folder))] == [
        ("unfit-question", "name a board with papers for this course under board:")
    ]
    assert told(read(folder, "ib")) == []


def test_a_paper_that_cannot_be_filled_is_left_out_and_told(tmp_path: Path) -> None:
    """No crippled paper is made: `check` warns once, with what the nearest paper lacks."""
    loaded = changed(tmp_path, "edexcel-alevel", "alevel")
    assert loaded.assessment is None
    made = compose_unit(kit("classic", STANDARD, "a4"), loaded, loaded.lessons, 1922, BOTH)
    assert made.artefacts == []
    warned: list[Diagnostic] = [d for d in advise(loaded) if d.code == "no-assessment"]
    assert [(d.is_error, d.place.file) for d in warned] == [(False, "questions.yaml")]
    assert warned[0].message == (
        'there is no assessment: for "Paper 1, option 1E: Russia 1917–91" of Edexcel A-level the bank lacks '
        "1 of essay for 20 marks, 1 of interpretation for 20 marks"
    )
    assert [d for d in advise(changed(tmp_path, "generic", "alevel")) if d.code == "no-assessment"] == []


def test_interpretations_of_a_question_stand_in_their_bank(tmp_path: Path) -> None:
    """A question that names an interpretation that is not there is told at the name."""
    folder = shutil.copytree(CONTENT, tmp_path / "power-struggle")
    path = folder / "banks" / "questions.yaml"
    path.write_text(
        path.read_text("utf-8").replace("interpretations: [H-1, H-2]", "interpretations: [H-1, H-9]", 1), "utf-8"
    )
    found = read(folder).diagnostics
    assert [(d.code, d.message) for d in found] == [("unknown-id", 'no entry "H-9" in banks/interpretations.yaml')]
    assert found[0].place.text.strip() == "interpretations: [H-1, H-9]"


@pytest.mark.slow
@every_course
@pytest.mark.parametrize("profile", [STANDARD, "large-print", "large-print-24", "dyslexia", "low-ink"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_is_said_of_either(course: Course, profile: str, paper: str) -> None:
    """Printer and linter have nothing against them, for any course, profile or paper."""
    made = compose_unit(kit("classic", profile, paper), unit(course), unit(course).lessons, 1922, BOTH)
    assert [one.document for one in made.artefacts] == list(BOTH)
    for one in made.artefacts:
        assert [d.message for d in render(one.job).diagnostics] == [], one.document


LANGUAGES = {"en-US": "Total: 9 points", "ru": "Всего: 9 баллов", "ar": "المجموع: 9 درجات"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_are_in_the_language_of_the_unit(tmp_path: Path, lang: str) -> None:
    """What the documents say by themselves is of the unit's language, and prints in its direction."""
    folder = shutil.copytree(ROOT / "tests" / "languages" / lang, tmp_path / "unit")
    with (folder / "unit.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nboard: {ib: ib}\nassessment: {ib: [Q-1]}\n")
    ask = {"en-US": "Why?", "ru": "Почему?", "ar": "لماذا؟"}[lang]
    with (folder / "banks" / "questions.yaml").open("a", encoding="utf-8") as bank:
        bank.write(f"\nQ-1: {{ask: {ask}, marks: 9, skill: judgement, mark_scheme: board, indicative: [{ask}]}}\n")
    loaded = read(folder, "ib")
    assert told(loaded) == []
    assert loaded.unit is not None
    theme = load_theme(TEMPLATES, loaded.unit.theme).written_in({"ru": ("Cyrl",), "ar": ("Arab",)}.get(lang, ()))
    made = compose_unit(make_kit(TEMPLATES, theme, lang), loaded, loaded.lessons, 1, BOTH)
    assert len(made.artefacts) == 2
    for one in made.artefacts:
        page = html.document_fromstring(one.job.html)  # type: ignore[union-attr]
        assert LANGUAGES[lang] in text(page)
        # The names of boards and types are the board's own words.
        assert not re.search(r"\b(?:Assessment|Answer|Write|Objective|Use)\b", plainly(page)) or lang == "en-US"
        assert [d.message for d in render(one.job).diagnostics] == []
