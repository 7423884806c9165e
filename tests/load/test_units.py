"""Whole units: ids resolved, pools of retrieval, numbers, and what is left when parts are broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessonpress.load import Library, load
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import Unit
from lessonpress.model.sealed import reveal

SOUND = Path(__file__).parents[1] / "errors" / "sound"
TEMPLATES = Path(__file__).parents[2] / "templates"
LESSON = "title: T\nenquiry: E?\nobjectives: [O]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SOUND, tmp_path / "unit")


def read(folder: Path, templates: Path = TEMPLATES, **options: Any) -> LoadedUnit:
    def name(path: Path) -> str:
        return path.relative_to(folder).as_posix()

    return load(folder, templates, lambda unit: None, name=name, **options).units[0]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def codes(unit: LoadedUnit) -> list[tuple[str, str]]:
    return [(d.place.file, d.code) for d in unit.diagnostics]


def test_ids_become_the_values_that_they_name() -> None:
    """A lesson holds terms, sources, events and questions themselves, not their ids."""
    unit = read(SOUND)
    one, two = unit.lessons
    assert [term.term.plain for term in one.core.terms] == ["Politburo", "Orgburo"]
    assert one.core.misconceptions[0].fix.plain == "He named none."
    ordering, source, writing = two.core.main[2:5]
    assert ordering.items[1].event is unit.banks["events"]["t-02"]
    assert source.sources[0].author.plain == "Lenin"
    assert source.frame.title.plain == "Nature, origin, purpose"
    assert source.questions[0].mark_scheme.top == 4
    assert writing.total == 8
    assert two.unit.title.plain == "A small unit"


def test_the_course_chooses_the_question() -> None:
    """Another course prints another exam question; one that has none of its own takes the first."""
    for course, marks in (("gcse", 8), ("alevel", 12), ("ib", 8)):
        assert read(SOUND, course=course).lessons[1].core.main[4].total == marks


def test_lessons_are_numbered_by_their_files() -> None:
    """The number and the slug come from the name of the file, the sheet's id from both."""
    first, second = read(SOUND).lessons
    assert (first.number, first.slug, first.stem, first.unit_slug) == (1, "first-steps", "01-first-steps", "sound")
    assert second.sheet_id == "SMALL-L2"
    assert [point.id for point in first.points] == ["P-01", "P-02"]


def test_each_level_has_its_own_lesson() -> None:
    """What an overlay changes is changed at its level alone."""
    cloze = {level: lesson.main[0] for level, lesson in read(SOUND).lessons[0].levels.items()}
    assert [cloze[level].first_letters for level in ("support", "core", "challenge")] == [True, False, False]
    assert [cloze[level].word_bank for level in ("support", "core", "challenge")] == [True, True, False]


def test_a_retrieval_draws_on_the_lessons_before(folder: Path) -> None:
    """The pool holds the questions of the lesson before, of those earlier still, and of before the unit."""
    quiz = folder / "banks" / "quiz.yaml"
    quiz.write_text(quiz.read_text("utf-8") + "second-steps:\n  - {id: new, ask: What is new?, answer: it}\n", "utf-8")
    ask = "starter:\n  - {kind: retrieval, title: Recall, from: {last: 1, earlier: 2, prior: 1}, pick: [Grain-By-Force]}\n"
    (folder / "lessons" / "03-third.yaml").write_text(LESSON + ask, "utf-8")
    unit = read(folder)
    assert not unit.diagnostics
    pool = unit.lessons[2].core.starter[0].pool
    assert [[item.id for item in part] for part in (pool.last, pool.earlier, pool.prior)] == [
        ["new"],
        ["who-placed", "who-was-ill"],
        ["grain-by-force"],
    ]
    assert reveal(pool.last[0].answer).plain == "it"


@given(
    st.lists(
        st.sampled_from(
            [
                "unit.yaml",
                "banks/terms.yaml",
                "banks/quiz.yaml",
                "specification.yaml",
                "lessons/01-first-steps.yaml",
                "lessons/02-second-steps.yaml",
            ]
        ),
        unique=True,
    ),
    st.sampled_from(["", "a: [", "- x", "x", "a: 1", "\x07", "format: 99"]),
)
def test_no_broken_file_is_blamed_on_another(
    tmp_path_factory: pytest.TempPathFactory, files: list[str], text: str
) -> None:
    """Whichever files of a unit are broken, each is told, no other is, and no lesson is built on them."""
    folder = shutil.copytree(SOUND, tmp_path_factory.mktemp("unit") / "unit")
    for file in files:
        (folder / file).write_text(text, "utf-8")
    unit = read(folder)
    told = {file for file, _ in codes(unit)}
    if text == "format: 99" and "unit.yaml" in files:
        assert told == {"unit.yaml"}  # what the rest means cannot be known
    elif text != "format: 99":
        assert told == set(files)
    sound = {lesson.stem for lesson in unit.lessons}
    assert sound | set(unit.broken) == {"01-first-steps", "02-second-steps"}
    assert not sound & set(unit.broken)
    assert not any(f"lessons/{stem}.yaml" in told for stem in sound)
    assert not (sound and told - {"lessons/01-first-steps.yaml", "lessons/02-second-steps.yaml"})


def test_a_broken_entry_is_not_blamed_on_the_lessons_that_name_it(folder: Path) -> None:
    """A term with an error of its own is told once, at its place in the bank."""
    change(folder / "banks" / "terms.yaml", "definition: The small", "defnition: The small")
    change(folder / "banks" / "quiz.yaml", "answer: the Orgburo", "answr: the Orgburo")
    unit = read(folder)
    assert codes(unit) == [("banks/terms.yaml", "unknown-key"), ("banks/quiz.yaml", "unknown-key")]
    assert set(unit.banks["terms"]) == {"orgburo"}


def test_lessons_are_checked_even_where_nothing_can_be_built(folder: Path) -> None:
    """An error in a bank does not hide those in the lessons."""
    change(folder / "banks" / "people.yaml", "name: Leon", "nme: Leon")
    change(folder / "lessons" / "01-first-steps.yaml", "minutes: 40", "minutes: 4")
    change(folder / "lessons" / "02-second-steps.yaml", "kind: ordering", "kind: odering")
    unit = read(folder)
    assert [code for _, code in codes(unit)] == ["unknown-key", "minutes", "unknown-kind"]
    assert unit.lessons == ()


def test_optional_files_may_be_missing(folder: Path) -> None:
    """A unit without banks that nobody names, and without a specification, is a unit."""
    for file in ("interpretations.yaml", "people.yaml"):
        (folder / "banks" / file).unlink()
    (folder / "specification.yaml").unlink()
    for name in ("01-first-steps.yaml", "02-second-steps.yaml"):
        path = folder / "lessons" / name
        path.write_text(path.read_text("utf-8").replace("covers: [p-01]", "").replace(", covers: P-02", ""), "utf-8")
    unit = read(folder)
    assert not unit.diagnostics
    assert unit.points == {}


def test_a_missing_bank_is_seen_by_what_names_it(folder: Path) -> None:
    """Without its bank every id is unknown."""
    (folder / "banks" / "terms.yaml").unlink()
    assert codes(read(folder)) == [("lessons/01-first-steps.yaml", "unknown-id")] * 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("challenge: {word_bank: false}", "support2: {}", "unknown-key"),
        ("      - {statement: A congress", "      - {support: {covers: P-77}, statement: A congress", "unknown-point"),
        ("    support: {first_letters: true}", "    support: {minutes: 39}", "minutes"),
        ("    support: {first_letters: true}", "    support: {title: Two bodies}", "overlay-fixed"),
        (
            "challenge: {word_bank: false}",
            "challenge: {instead: {kind: exposition, title: X, slides: [{title: A, notes: B}]}}",
            "marks-differ",
        ),
    ],
)
def test_levels_are_checked_too(folder: Path, old: str, new: str, code: str) -> None:
    """What is wrong at one level alone is told, once, at its place."""
    change(folder / "lessons" / "01-first-steps.yaml", old, new)
    assert ("lessons/01-first-steps.yaml", code) in codes(read(folder))
    assert len({d.message for d in read(folder).diagnostics}) == len(read(folder).diagnostics)


def test_an_activity_that_a_level_does_not_do_takes_none_of_its_minutes(folder: Path) -> None:
    """Minutes are counted at each level over what is done there."""
    path = folder / "lessons" / "01-first-steps.yaml"
    change(path, "minutes: 40", "minutes: 25")
    change(path, "    title: Choose the best answer\n", "    title: Choose the best answer\n    levels: [core]\n")
    assert not read(folder).diagnostics
    change(path, "minutes: 25", "minutes: 24")
    assert [d.message for d in read(folder).diagnostics] == ["the activities take 25 minutes, the lesson has 24"]
    change(path, "levels: [core]", "levels: [challenge]")
    found = [d.message for d in read(folder).diagnostics]
    assert found == ["at challenge level the activities take 25 minutes, the lesson has 24"]


def test_another_activity_keeps_numbers_and_letters(folder: Path) -> None:
    """An activity that stands instead of another takes as many letters and a number if that one does."""
    change(
        folder / "lessons" / "02-second-steps.yaml",
        "    frame: nop\n",
        "    frame: nop\n    support: {instead: {kind: short-answer, title: X, questions: [{ask: Y?, marks: 4, answer: z}]}}\n",
    )
    assert codes(read(folder)) == [("lessons/02-second-steps.yaml", "numbers-differ")]


def test_words_of_both_columns_of_a_slide_are_counted(folder: Path) -> None:
    """A slide of two columns is full when both together are."""
    side = "{head: H, points: [" + "word " * 31 + "]}"
    slide = f"  - {{layout: two-content, after: main, title: S, left: {side}, right: {side}, notes: N}}\n"
    (folder / "lessons" / "03-third.yaml").write_text(f"{LESSON}deck:\n{slide}", "utf-8")
    assert [d.message for d in read(folder).diagnostics] == ["the slide holds 62 words"]


@pytest.mark.parametrize(
    ("spoil", "file", "code"),
    [
        (lambda unit: (unit / "unit.yaml").chmod(0), "unit.yaml", "unreadable-file"),
        (lambda unit: (unit / "lessons" / "03-a.yaml").symlink_to("none"), "lessons/03-a.yaml", "missing-file"),
        (lambda unit: shutil.copy(unit / "lessons/01-first-steps.yaml", unit / "lessons/03-first-steps.yaml"), "lessons/03-first-steps.yaml", "file-name"),
        (lambda unit: (unit / "lessons" / "03-A.yaml").write_text(LESSON, "utf-8"), "lessons/03-A.yaml", "file-name"),
        (lambda unit: (unit / "lessons" / "03-a.yaml").write_text(LESSON + "format: ²", "utf-8"), "lessons/03-a.yaml", "not-a-number"),
        (lambda unit: (unit / "banks" / "quiz.yaml").write_text("first-steps: [x]", "utf-8"), "banks/quiz.yaml", "not-keys"),
        (lambda unit: (unit / "banks" / "quiz.yaml").write_text("first-steps: [, ]\n", "utf-8"), "banks/quiz.yaml", "yaml"),
        (lambda unit: (unit / "banks" / "quiz.yaml").write_text("first-steps:\n  -\n", "utf-8"), "banks/quiz.yaml", "no-value"),
        (lambda unit: (unit / "specification.yaml").write_text("P-01:\nP-02:\n", "utf-8"), "specification.yaml", "no-value"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_or_named_are_told(
    folder: Path, spoil: Callable[[Path], object], file: str, code: str
) -> None:
    """Links to nothing, odd names and lists of nothing are told for that file alone."""
    spoil(folder)
    found = codes(read(folder)) if code != "unreadable-file" or not is_root(folder) else [(file, code)]
    assert (file, code) in found
    assert {name for name, _ in found} == {file}


def is_root(folder: Path) -> bool:
    """Whether modes of files mean nothing here."""
    try:
        (folder / "unit.yaml").read_bytes()
    except OSError:
        return False
    return True


def test_a_library_has_no_errors_where_there_are_only_warnings(folder: Path) -> None:
    """A warning stops nothing."""
    (folder / "banks" / "quiz.yml").write_text("x: y", "utf-8")
    library: Library = load(folder, TEMPLATES, lambda unit: None)
    assert [d.is_error for d in library.diagnostics] == [False]
    assert not library.has_errors
    assert isinstance(library.units[0].unit, Unit)


@pytest.mark.parametrize(
    ("file", "text", "codes_told"),
    [
        ("frames/nop.yaml", "title: [", ["yaml"]),
        ("frames/nop.yaml", "- a", ["not-keys"]),
        (
            "boards/generic.yaml",
            "name: A board\nlevels:\n  explain: [a]\n  judgement: {ten: [a]}\n",
            ["board-levels", "board-levels"],
        ),
        ("boards/generic.yaml", "name: A board\nlevels: none\n", ["not-keys"]),
        (
            "boards/generic.yaml",
            "name: A board\npapers: [{name: P, marks: 9, minutes: 5, questions: []}]\n",
            ["too-few"],
        ),
        ("boards/generic.yaml", "name: A board\n", []),
    ],
)
def test_broken_data_of_the_templates_is_told(
    folder: Path, tmp_path: Path, file: str, text: str, codes_told: list[str]
) -> None:
    """Frames and boards are data that teachers change: their faults are diagnostics of their files, not crashes."""
    templates = tmp_path / "templates"
    for name in ("boards", "frames", "labels", "themes"):
        shutil.copytree(TEMPLATES / name, templates / name, ignore=shutil.ignore_patterns("*.ttf"))
    (templates / file).write_text(text, "utf-8")
    unit = read(folder, templates)
    assert [code for name, code in codes(unit) if name == f"templates/{file}"] == codes_told
    assert unit.lessons == () or not codes_told
