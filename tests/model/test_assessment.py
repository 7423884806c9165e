"""Questions put into the types of a board's paper: what is taken, in which order, and what it comes to."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.model.assessment import Assessment, chosen, fill, first_whole, lacking
from lessonpress.model.banks import ExamQuestion
from lessonpress.model.boards import Board

SKILLS = ("describe", "explain", "judgement")
MARKS = (4, 8)


def question(ident: str, skill: str = "describe", marks: int = 4, *courses: str) -> ExamQuestion:
    """A question of the bank."""
    return ExamQuestion.model_validate({"id": ident, "ask": "Why?", "skill": skill, "marks": marks, "courses": courses})


def kind(name: str, skill: str = "describe", marks: int = 4, **more: Any) -> dict[str, Any]:
    """A type of question."""
    return {"name": name, "stem": "Say", "skill": skill, "marks": marks, **more}


def board(*papers: list[dict[str, Any]], **more: Any) -> Board:
    """A board with papers of these types."""
    made = []
    for number, kinds in enumerate(papers, 1):
        marks = sum(one.get("answer", 1) * (one["marks"] + one.get("spelling", 0)) for one in kinds)
        made.append({"name": f"Paper {number}", "marks": marks, "minutes": 60, "questions": kinds})
    return Board.model_validate({"name": "Ours", "course": "gcse", "papers": made, **more})


def numbered(found: Assessment | None) -> list[tuple[str, str]]:
    """The numbers of an assessment with the ids of its questions."""
    assert found is not None
    return [(one.number, one.question.id) for one in found.asked]


def test_types_take_what_fits_in_the_order_of_the_bank() -> None:
    """Each type takes the first questions of its skill and marks; those of two like types follow each other."""
    ours = board([kind("1"), kind("2", "explain", 8), kind("3")])
    bank = [question("a", "explain", 8), question("b"), question("c", marks=8), question("d"), question("e")]
    found = first_whole(ours, bank, "gcse")
    assert numbered(found) == [("1", "b"), ("2", "a"), ("3", "d")]
    assert found is not None
    assert (found.paper, found.marks, found.minutes) == (ours.papers[0], 16, 60)


def test_the_first_paper_that_is_filled_wholly_is_taken() -> None:
    """A paper that lacks a question is passed over, and without a whole one there is no assessment."""
    ours = board([kind("1"), kind("2", "explain", 8)], [kind("1", answer=2)])
    assert numbered(first_whole(ours, [question("a"), question("b")], "gcse")) == [("11", "a"), ("12", "b")]
    assert first_whole(ours, [question("a")], "gcse") is None


def test_questions_of_other_courses_are_left() -> None:
    """A question for another course fills nothing; one that names no course is for all."""
    ours = board([kind("1")])
    assert numbered(first_whole(ours, [question("a", "describe", 4, "ib"), question("b")], "gcse")) == [("1", "b")]
    assert first_whole(ours, [question("a", "describe", 4, "ib")], "gcse") is None


def test_a_choice_prints_more_than_is_answered() -> None:
    """Of two out of three all three stand there, the first says so, and two of them count."""
    ours = board([kind("B", "explain", 8, answer=2, of=3)])
    found = first_whole(ours, [question(ident, "explain", 8) for ident in "abcd"], "gcse")
    assert numbered(found) == [("B1", "a"), ("B2", "b"), ("B3", "c")]
    assert found is not None
    assert [one.choice for one in found.asked] == [(2, 3), None, None]
    assert (found.chooses, found.marks) == (True, 16)


def test_numbers_set_the_order() -> None:
    """Types with numbers of their own stand as these count: 1(a), 1(b), 2(a)."""
    ours = board([
        kind("(a)", answer=2, numbers=["1(a)", "2(a)"]), kind("(b)", "explain", 8, answer=2, numbers=["1(b)", "2(b)"])
    ])  # fmt: skip
    bank = [question("a"), question("b"), question("c", "explain", 8), question("d", "explain", 8)]
    found = numbered(first_whole(ours, bank, "gcse"))
    assert found == [("1(a)", "a"), ("1(b)", "c"), ("2(a)", "b"), ("2(b)", "d")]


def test_chosen_questions_that_fill_a_paper_are_that_paper() -> None:
    """Whoever names just the questions of a paper gets the paper, in the order of the board."""
    ours = board([kind("1"), kind("2", "explain", 8)])
    found = chosen(ours, [question("a", "explain", 8), question("b")])
    assert numbered(found) == [("1", "b"), ("2", "a")]
    assert found is not None
    assert found.paper is ours.papers[0]


def test_chosen_questions_of_no_paper_add_up() -> None:
    """Other questions stand in the order in which they are named; their marks and minutes are sums."""
    ours = board([kind("1", minutes=7), kind("2", "explain", 8, spelling=4)])
    found = chosen(ours, [question("a", "explain", 8), question("b"), question("c")])
    assert numbered(found) == [("1", "a"), ("2", "b"), ("3", "c")]
    assert found is not None
    assert (found.paper, found.marks, found.spelling) == (None, 20, 4)
    assert found.minutes == 60  # 12 of the 16 marks of an hour, and twice 7 minutes, on the next five


def test_chosen_questions_of_no_type_make_nothing() -> None:
    """A question that no paper asks cannot be part of an assessment."""
    assert chosen(board([kind("1")]), [question("a"), question("b", "essay", 25)]) is None


def test_marks_are_told_by_objective() -> None:
    """Skills with the same objectives are added up, one without any stands by itself; spelling is in none."""
    kinds = [kind("1"), kind("2", "explain", 8, spelling=4), kind("3", "judgement", 8)]
    ours = board(kinds, aos={"describe": "AO2", "explain": ["AO1", "AO2"]})
    found = first_whole(ours, [question("a"), question("b", "explain", 8), question("c", "judgement", 8)], "gcse")
    assert found is not None
    assert found.shares == (("judgement", (), 8), ("", ("AO1", "AO2"), 8), ("", ("AO2",), 4))
    assert sum(count for *_, count in found.shares) + found.spelling == found.marks == 24


def test_the_nearest_paper_says_what_it_lacks() -> None:
    """Of papers that cannot be filled the one that lacks fewest questions is told."""
    ours = board([kind("1", answer=3)], [kind("1"), kind("2", "explain", 8)])
    paper, lacks = lacking(ours, [question("a")], "gcse") or (None, ())
    assert paper is ours.papers[1]
    assert [(lack.kind.skill, lack.count) for lack in lacks] == [("explain", 1)]
    assert lacking(board(), [question("a")], "gcse") is None


KINDS = st.lists(
    st.builds(
        lambda skill, marks, answer, extra: kind("1", skill, marks, answer=answer, of=answer + extra),
        st.sampled_from(SKILLS), st.sampled_from(MARKS), st.integers(1, 3), st.integers(0, 2),
    ),
    min_size=1, max_size=4,
)  # fmt: skip
BANK = st.lists(st.tuples(st.sampled_from(SKILLS), st.sampled_from(MARKS)), max_size=20)


@given(KINDS, BANK)
def test_a_filled_paper_is_whole(kinds: list[dict[str, Any]], bank: list[tuple[str, int]]) -> None:
    """A paper asks nothing twice and nothing that does not fit; without lacks it has the board's marks."""
    ours = board(kinds)
    questions = [question(str(n), *one) for n, one in enumerate(bank)]
    paper = ours.papers[0]
    asked, lacks = fill(paper, questions)
    assert len({one.question.id for one in asked}) == len(asked)
    assert all(one.kind.fits(one.question) for one in asked)
    assert len(asked) + sum(lack.count for lack in lacks) == sum(one.printed for one in paper.questions)
    if not lacks:
        assert Assessment(ours, asked, paper).marks == paper.marks
