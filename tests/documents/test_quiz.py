"""Retrieval quizzes: what comes back, when, and how often."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.unit_documents.quiz import GAP, QUOTAS, names, spaced
from lessonpress.model.dice import Dice
from lessonpress.plan import shifts
from tests.documents.unit_bench import artefact, material, rendered

COUNTS = st.lists(st.integers(0, 15), min_size=1, max_size=10)


def ids(counts: list[int]) -> list[list[str]]:
    return [[f"{lesson}.{n}" for n in range(count)] for lesson, count in enumerate(counts)]


def plan(counts: list[int], prior: int, seed: int = 1) -> list[tuple[str, ...]]:
    return spaced(ids(counts), [f"prior.{n}" for n in range(prior)], Dice(seed))


@given(COUNTS, st.integers(0, 12), st.integers(0, 5))
def test_no_question_comes_back_before_the_gap(counts: list[int], prior: int, seed: int) -> None:
    """A question stands in a quiz once, and again so many quizzes later at the earliest."""
    last: dict[str, int] = {}
    for now, quiz in enumerate(plan(counts, prior, seed)):
        assert len(set(quiz)) == len(quiz) <= sum(QUOTAS)
        assert all(now - last.get(ident, -GAP) >= GAP for ident in quiz)
        last |= dict.fromkeys(quiz, now)


@given(COUNTS, st.integers(0, 12))
def test_nothing_is_asked_before_it_was_taught(counts: list[int], prior: int) -> None:
    """A quiz asks of the lessons before it and of what came before the unit."""
    for now, quiz in enumerate(plan(counts, prior)):
        assert all(ident.startswith("prior") or int(ident.split(".")[0]) <= now for ident in quiz)


@given(st.lists(st.integers(0, QUOTAS[0]), min_size=1, max_size=10), st.integers(0, 12))
def test_every_question_is_asked_where_counts_allow(counts: list[int], prior: int) -> None:
    """Where a lesson has no more questions than its quota, each of them is asked right after it."""
    for lesson, quiz in zip(ids(counts), plan(counts, prior), strict=True):
        assert set(lesson) <= set(quiz)


@given(COUNTS, st.integers(0, 12))
def test_what_was_never_asked_comes_first(counts: list[int], prior: int) -> None:
    """While a lesson has a question that was never asked, none of its questions is asked again."""
    seen: set[str] = set()
    for quiz in plan(counts, prior):
        again = {ident.split(".")[0] for ident in quiz if ident in seen}
        seen |= set(quiz)
        left = {ident.split(".")[0] for lesson in ids(counts) for ident in lesson if ident not in seen}
        assert not again & left


def test_a_full_quiz_has_its_quotas() -> None:
    """With questions enough a quiz has four of the last lesson, three of the two before and three from earlier."""
    quiz = plan([14] * 6, 10)[5]
    distances = sorted(5 - int(ident.split(".")[0]) for ident in quiz if not ident.startswith("prior"))
    assert (distances.count(0), sum(1 <= d <= 2 for d in distances)) == QUOTAS[:2]
    assert len(quiz) == sum(QUOTAS)


def test_dice_decide() -> None:
    """The same seed gives the same quizzes, another seed others."""
    assert plan([14] * 6, 10, 1) == plan([14] * 6, 10, 1) != plan([14] * 6, 10, 2)


def test_the_unit_has_a_quiz_before_each_lesson_and_one_at_the_end() -> None:
    """Quizzes of ten questions stand before lessons 2 to 8 and at the end, one a page."""
    made = names(material())
    assert made is not None
    assert [quiz.lesson for quiz in made["quizzes"]] == [2, 3, 4, 5, 6, 7, 8, None]
    assert all(len(quiz.items) == sum(QUOTAS) for quiz in made["quizzes"])
    assert rendered("retrieval-quiz").pages == len(made["quizzes"])


def test_the_key_is_the_sheet() -> None:
    """Each question of the key stands where it stands on the sheet, and the sheet has none of the answers."""
    sheet, key = rendered("retrieval-quiz"), rendered("retrieval-quiz-key")
    assert len(sheet.anchors) == 80
    assert {a.name: (a.page, a.x, a.y) for a in sheet.anchors} == {a.name: (a.page, a.x, a.y) for a in key.anchors}
    assert 'class="a"' not in artefact("retrieval-quiz").job.html  # type: ignore[union-attr]
    assert artefact("retrieval-quiz-key").job.html.count('class="a"') == 80  # type: ignore[union-attr]


def test_builds_hold_the_key_beside_its_sheet() -> None:
    """A question of the quiz's key that moved is told, like one of a worksheet's."""
    from lessonpress.plan import Made

    sheet, key = artefact("retrieval-quiz"), artefact("retrieval-quiz-key")
    places = {sheet.path: 40.0, key.path: 42.0}
    made = {
        one.path: Made("", "", 1, 1, one.lesson, one.document, one.level, (("quiz-2.1", 1, 15.0, places[one.path]),))
        for one in (sheet, key)
    }
    assert [(shift.path, shift.mm) for shift in shifts(made, made)] == [(key.path, 2.0)]
