"""What a build makes, leaves alone and removes of the documents of a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lessonpress.build import build
from lessonpress.compose.documents import DOCUMENTS, LESSON, UNIT
from lessonpress.compose.jobs import Booklet
from lessonpress.outcome import Outcome
from tests.tiny import Press, edit, options, write_lesson, write_unit

VOCABULARY = "tiny/students/vocabulary.pdf"
BOOKLET = "tiny/students/revision-booklet.pdf"
KEY = "tiny/teachers/revision-booklet-key.pdf"
TERMS = "kulak:\n  term: kulak\n  definition: A better-off peasant.\n"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    folder = write_unit(tmp_path / "content")
    (folder / "banks").mkdir(exist_ok=True)
    (folder / "banks" / "terms.yaml").write_text(TERMS, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    """No test prints."""
    made = Press()
    monkeypatch.setattr("lessonpress.build.render_all", made)
    return made


def made(folder: Path, **changes: Any) -> Outcome:
    return build(options(folder, **{"only": ("vocabulary", "revision-booklet", "revision-booklet-key"), **changes}))


def test_every_document_has_one_name() -> None:
    """Documents of lessons and of units share one list of names, which `--only` may give."""
    assert len(UNIT) >= 3
    assert len(set(DOCUMENTS)) == len(DOCUMENTS) == len(LESSON) + len(UNIT)


def test_documents_of_a_unit_stand_in_its_folders(unit: Path, tmp_path: Path) -> None:
    """They are made once for the unit, beside the folders of its lessons, and fresh the second time."""
    assert list(made(tmp_path).written) == [BOOKLET, VOCABULARY, KEY]
    again = made(tmp_path)
    assert (again.written, again.removed, len(again.plan.fresh)) == ((), (), 3)


def test_another_paper_has_a_folder(unit: Path, tmp_path: Path) -> None:
    """Paper, profile and theme stand between the folder of the unit and the file, as for a lesson."""
    assert "tiny/students/letter/low-ink/vocabulary.pdf" in made(tmp_path, paper="letter", profile="low-ink").written


def test_a_call_for_lessons_leaves_the_documents_of_the_unit_alone(unit: Path, tmp_path: Path) -> None:
    """They are neither made nor removed when lessons are named, whatever has changed."""
    assert made(tmp_path, lessons=("1",)).plan.stale == ()
    made(tmp_path)
    (unit / "banks" / "terms.yaml").unlink()
    outcome = made(tmp_path, lessons=("1",))
    assert (outcome.plan.stale, outcome.removed) == ((), ())
    assert (tmp_path / "output" / VOCABULARY).is_file()


def test_a_document_that_the_unit_has_nothing_for_any_more_goes(unit: Path, tmp_path: Path) -> None:
    """Without terms there is no vocabulary; a call that does not ask for it leaves the file."""
    made(tmp_path)
    (unit / "banks" / "terms.yaml").unlink()
    assert made(tmp_path, only=("revision-booklet",)).removed == ()
    assert made(tmp_path).removed == (VOCABULARY,)


def test_documents_of_a_unit_that_is_gone_go(unit: Path, tmp_path: Path) -> None:
    """A unit without a folder loses its own documents as its lessons lose theirs; one that was not named keeps them."""
    write_unit(tmp_path / "content", "other")
    made(tmp_path)
    for path in sorted(unit.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert made(tmp_path, content=tmp_path / "content" / "other").removed == ()
    unit.rmdir()
    assert sorted(made(tmp_path).removed) == sorted([BOOKLET, VOCABULARY, KEY])


def test_a_unit_that_cannot_be_read_keeps_its_documents(unit: Path, tmp_path: Path) -> None:
    """An error in unit.yaml removes nothing."""
    write_unit(tmp_path / "content", "other")
    made(tmp_path)
    (unit / "unit.yaml").write_text("title: [", "utf-8")
    assert made(tmp_path).removed == ()


def test_a_broken_lesson_leaves_the_documents_of_its_unit_as_they_are(unit: Path, tmp_path: Path) -> None:
    """A booklet without one of its lessons would be wrong: the old one stays until the lesson is mended."""
    made(tmp_path)
    edit(unit / "lessons" / "02-second.yaml", "title:", "tittle:")
    outcome = made(tmp_path)
    assert (outcome.ok, outcome.written, outcome.removed) == (False, (), ())


def test_an_edited_lesson_makes_the_booklet_again(unit: Path, tmp_path: Path) -> None:
    """The booklet holds every lesson; the vocabulary does not hold this one's questions."""
    made(tmp_path)
    edit(unit / "lessons" / "01-first.yaml", "Ask something that the reading answers.", "What is new?")
    assert list(made(tmp_path).written) == [BOOKLET, KEY]


def test_a_booklet_has_a_part_for_every_sheet(unit: Path, tmp_path: Path, press: Press) -> None:
    """The sheets of all lessons stand in it, each after its reading; the keys are in the other one."""
    write_lesson(unit, "03-third")
    made(tmp_path, only=("revision-booklet", "revision-booklet-key"))
    sheets, keys = (job for job in press.jobs if isinstance(job, Booklet))
    assert [part.title.split("(")[-1] for part in sheets.parts] == ["Reading)", "Worksheet)"] * 3
    assert [part.title.split("(")[-1] for part in keys.parts] == ["Answer key)"] * 3
    assert sheets.contents is not None
    assert [f'data-part="{n}"' in sheets.contents.html for n in (1, 2, 3, 5)] == [True, False, True, True]


def test_no_sheet_of_a_booklet_holds_answers(unit: Path, tmp_path: Path, press: Press) -> None:
    """What the key says stands in no part of the booklet for students."""
    edit(unit / "lessons" / "01-first.yaml", "answer: write the answer, marks: 2", "answer: Zanzibar, marks: 2")
    made(tmp_path, only=("revision-booklet", "revision-booklet-key"))
    sheets, keys = (job for job in press.jobs if isinstance(job, Booklet))
    assert not any("Zanzibar" in part.html for part in sheets.parts)
    assert any("Zanzibar" in part.html for part in keys.parts)
