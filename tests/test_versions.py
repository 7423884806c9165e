"""Versions: what differs, what does not, and keys that are right for every one of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.build import build
from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.compose.matrix import matrix
from lessonpress.load.choice import select
from lessonpress.pose import letters_of, pose_lesson
from lessonpress.render.pdf import Printer
from tests.activities.bench import KINDS, TEMPLATES, html, kit, lesson, page, tree
from tests.tiny import Press, edit, options, write_unit
from tests.versions import (
    DERIVE,
    UNMOVED,
    VERSIONS,
    check_composed,
    check_printed,
    key_answers,
    shuffling,
    source,
)

LOOSE = ["multiple-choice", "odd-one-out", "short-answer", "true-false"]


def names(markup: str) -> list[str]:
    return re.findall(r'data-q="([^"]+)"', markup)


def test_every_kind_that_shuffles_is_derived() -> None:
    """A kind whose sheet differs between versions has its answers worked out here, or moves none of them."""
    found = set(shuffling())
    assert found == set(DERIVE) | UNMOVED
    assert len(found) >= 16


@pytest.mark.parametrize("kind", sorted(DERIVE))
def test_answers_follow_from_the_sheet(kind: str) -> None:
    """Whoever knows the lesson gets from each version's sheet the answers of its key."""
    assert check_composed(kind, range(4), "ABF") == 12


@pytest.mark.slow
@pytest.mark.prints
@pytest.mark.parametrize("kind", sorted(DERIVE))
def test_answers_follow_from_the_printed_sheet(kind: str) -> None:
    """The same holds of the text of the PDF, and the answers are printed in the ink of the key."""
    assert check_printed(kind, [1], "B") == 1


@pytest.mark.parametrize("kind", sorted(UNMOVED))
def test_what_is_read_may_move_and_the_answers_stay(kind: str) -> None:
    """Kinds that shuffle only what is read have the same key in every version."""
    keys = [html(pose_lesson(source(kind), "core", 1, letter), key=True) for letter in "ABCD"]
    assert len(set(keys)) > 1
    assert len({tuple(key_answers(kind, key)) for key in keys}) == 1


@given(seed=st.integers(0, 10_000), letter=st.sampled_from(VERSIONS))
@pytest.mark.parametrize("kind", sorted({*DERIVE, *UNMOVED}))
def test_versions_ask_for_the_same(kind: str, seed: int, letter: str) -> None:
    """Every version has the questions of the first, by name, and its marks; only their order may be another."""
    one, other = (pose_lesson(source(kind), "core", seed, which) for which in ("A", letter))
    assert one.marks == other.marks
    if kind != "crossword":  # its questions are named by their places in the grid
        assert sorted(names(html(one))) == sorted(names(html(other)))


@pytest.mark.parametrize("kind", LOOSE)
def test_shuffled_questions_keep_their_names(kind: str) -> None:
    """With shuffle: true questions stand in other orders, each under the name that it has without."""
    orders = set()
    for letter in VERSIONS:
        posed = pose_lesson(source(kind), "core", 3, letter)
        task = posed.tasks[0]
        found = names(html(posed))[1:]
        assert found == names(html(posed, key=True))[1:]
        assert found == [f"{task.name}.{number}" for number in task.order]
        orders.add(task.order)
    assert len(orders) > 1


@pytest.mark.parametrize("kind", LOOSE)
def test_without_shuffle_questions_keep_their_order(kind: str) -> None:
    """Questions stay where the author put them unless shuffle says otherwise."""
    plain = lesson(main=[tree(kind)])
    for letter in VERSIONS:
        order = pose_lesson(plain, "core", 3, letter).tasks[0].order
        assert list(order) == sorted(order)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_version_a_is_the_single_version(kind: str) -> None:
    """Version A asks exactly what is asked where there are no versions."""
    for level in ("support", "core", "challenge"):
        single, first = (pose_lesson(source(kind), level, 5, letter) for letter in ("", "A"))
        assert html(single) == html(first)
        assert html(single, key=True) == html(first, key=True)


def test_what_is_printed_once_is_the_same_in_every_version() -> None:
    """Cards are cut out once for all versions, and a do-now is asked from the slide: neither differs."""
    cut = [
        kind for kind in sorted(KINDS) if pose_lesson(lesson(main=[tree(kind)]), "core", 1).tasks[0].activity.cut_out
    ]
    assert len(cut) >= 4
    for kind in (*cut, "retrieval"):
        one = lesson(main=[tree(kind)])
        assert len({html(pose_lesson(one, "core", 2, letter)) for letter in VERSIONS}) == 1


def test_letters() -> None:
    """One version has no letter; six run from A to F."""
    assert letters_of(1) == ("",)
    assert letters_of(6) == tuple("ABCDEF")


def test_letter_stands_in_the_footer_and_the_seed_in_the_notes() -> None:
    """The footer, which is on every page, bears the letter; the notes of a key say which seed made it."""
    one = lesson(main=[tree("matching")])
    assert '<b class="version">' not in page(pose_lesson(one, "core", 77))
    posed = pose_lesson(one, "core", 77, "B")
    assert '· <b class="version">B</b>' in page(posed)
    assert "seed 77" not in page(posed)
    key = page(posed, key=True)
    assert key.count('· <b class="version">B</b>') == 2  # the notes have a footer of their own
    assert "<b>B</b>, seed 77" in key


@pytest.mark.slow
@pytest.mark.prints
def test_letter_is_printed_on_every_page() -> None:
    """Each page of sheet and key shows its document number with the letter."""
    import io

    import pikepdf
    import pypdfium2

    from lessonpress.compose.paper import compose_paper

    posed = pose_lesson(
        lesson(main=[tree("short-answer"), tree("crossword"), tree("extended-writing")]), "core", 7, "C"
    )
    printer = Printer(TEMPLATES)
    for key in (False, True):
        data = printer.render(compose_paper(kit(), posed, "worksheet", key=key).document).data
        pages = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data)]
        assert len(pages) >= 2
        assert all(re.search(r"AU-L1-W1 · C\b", text) for text in pages)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert "C)" in str(pdf.docinfo.Title)


# ---- the key matrix


def test_matrix_holds_what_differs() -> None:
    """A task of signs is one row, one of words a row for each question, and what never differs is left out."""
    one = lesson(main=[tree("matching"), tree("cloze"), tree("short-answer", shuffle=True), tree("crossword")])
    versions = [pose_lesson(one, "core", 3, letter) for letter in "ABCD"]
    found = {entry.task.kind: entry.rows for entry in matrix(kit(), versions)}
    assert sorted(found) == ["crossword", "matching", "short-answer"]
    assert found["crossword"] == ()
    (signs,) = found["matching"]
    for cell, posed in zip(signs.cells, versions, strict=True):
        letters = key_answers("matching", html(posed, posed.tasks[0], key=True))
        shown = dict(pair.split("\N{NO-BREAK SPACE}") for pair in cell.split(" · "))
        assert shown.items() <= {str(n): letter for n, letter in enumerate(letters, 1)}.items()
    assert [row.sign for row in found["short-answer"]] == ["(a)", "(b)"]
    assert all(len(set(row.cells)) > 1 for row in found["short-answer"])


def test_matrix_of_ordering_has_places_and_no_dates() -> None:
    """Where a question has a box, what stands in the box is its answer."""
    versions = [pose_lesson(source("ordering"), "core", 3, letter) for letter in "ABCDEF"]
    (entry,) = matrix(kit(), versions)
    assert all(re.fullmatch(r"\d\xa0\d( · \d\xa0\d)*", cell) for cell in entry.rows[0].cells)


# ---- the build

MATCH = """main:
  - kind: matching
    title: Match them
    minutes: 5
    pairs: {One: first, Two: second, Three: third, Four: fourth}
"""


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("lessonpress.build.render_all", Press())
    made = write_unit(tmp_path / "content", lessons=["01-first"])
    edit(made / "lessons" / "01-first.yaml", "main:\n", MATCH)
    return made


def test_build_makes_each_version_with_its_key(unit: Path, tmp_path: Path) -> None:
    """`--versions 2` makes two sheets and two keys by letter, one matrix and one of everything else."""
    only = ("worksheet", "reading", "answer-key", "key-matrix", "deck")
    outcome = build(options(tmp_path, versions=2, only=only))
    assert outcome.ok
    assert sorted(path.removeprefix("tiny/") for path in outcome.written) == [
        "students/01-first/reading.pdf",
        "students/01-first/worksheet.A.pdf",
        "students/01-first/worksheet.B.pdf",
        "teachers/01-first/answer-key.A.pdf",
        "teachers/01-first/answer-key.B.pdf",
        "teachers/01-first/deck.pptx",
        "teachers/01-first/key-matrix.pdf",
    ]
    assert build(options(tmp_path, versions=2, only=only)).written == ()


def test_levels_come_before_letters(unit: Path, tmp_path: Path) -> None:
    """The support sheet of version B is worksheet-support.B.pdf; its matrix has no letter."""
    outcome = build(options(tmp_path, versions=2, levels=("support",), only=("worksheet", "key-matrix")))
    assert [path.rsplit("/", 1)[1] for path in outcome.written] == [
        "worksheet-support.A.pdf",
        "worksheet-support.B.pdf",
        "key-matrix-support.pdf",
    ]


def test_a_single_version_has_no_letter_and_no_matrix(unit: Path, tmp_path: Path) -> None:
    """Without versions nothing is named for one."""
    outcome = build(options(tmp_path, only=("worksheet", "answer-key", "key-matrix")))
    assert [path.rsplit("/", 1)[1] for path in outcome.written] == ["worksheet.pdf", "answer-key.pdf"]


def test_seed_decides_and_is_told(unit: Path, tmp_path: Path) -> None:
    """The same seed gives the same sheets, another seed others; the outcome names the seed that was used."""

    def sheets(seed: int) -> list[str]:
        wish = options(tmp_path, versions=3, seed=seed)
        artefacts, _ = compose_all(select(load_library(wish), ()), wish)
        return [a.job.html for a in artefacts if isinstance(a.job, HtmlDocument)]

    assert sheets(4) == sheets(4)
    assert sheets(4) != sheets(5)
    assert build(options(tmp_path, versions=3, seed=4)).seeds == (4,)


def test_versions_that_are_the_same_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson in which nothing is shuffled gets a warning with the way out."""
    monkeypatch.setattr("lessonpress.build.render_all", Press())
    write_unit(tmp_path / "content", lessons=["01-first"])
    outcome = build(options(tmp_path, versions=2, only=("worksheet", "key-matrix")))
    (found,) = [one for one in outcome.diagnostics if one.code == "same-versions"]
    assert outcome.ok
    assert "core level" in found.message
    assert "shuffle: true" in found.hint
