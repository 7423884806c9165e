"""What a build makes stale, writes, removes and leaves alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lessonpress.build import build, check
from lessonpress.call import load_library
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.errors import ContentError, UsageError
from lessonpress.log import MAX_SHIFT_MM
from lessonpress.outcome import Outcome, Watch
from lessonpress.plan import PAGE_MM, Made, shifts
from lessonpress.render import tools
from lessonpress.write import LOCK
from tests.school_files import DEFAULT
from tests.tiny import ROOT, TEMPLATES, Press, edit, files, options, write_lesson, write_unit

FIRST = ["tiny/students/01-first/worksheet.pdf", "tiny/teachers/01-first/answer-key.pdf"]
SECOND = [path.replace("01-first", "02-second") for path in FIRST]


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    return write_unit(tmp_path / "content")


@pytest.fixture(autouse=True)
def press(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Press:
    """No test prints, unless it says so."""
    made = Press()
    if "prints" not in request.keywords:
        monkeypatch.setattr("lessonpress.build.render_all", made)
    return made


def stale(outcome: Outcome) -> list[str]:
    return sorted(outcome.plan.stale)


def times(output: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.name != LOCK}


# ---- scenarios: an edit, and what it makes stale


def test_the_first_build_makes_everything(unit: Path, tmp_path: Path) -> None:
    """Every file is written, with a manifest of them."""
    outcome = build(options(tmp_path))
    assert outcome.ok
    assert list(outcome.written) == sorted([*FIRST, *SECOND])
    assert list(files(tmp_path / "output")) == sorted([*FIRST, *SECOND])
    assert outcome.seeds == (1,)


def test_the_second_build_makes_nothing(unit: Path, tmp_path: Path, press: Press) -> None:
    """Nothing is stale when nothing was changed, and no file is touched."""
    build(options(tmp_path))
    before = times(tmp_path / "output")
    press.jobs.clear()
    outcome = build(options(tmp_path))
    assert (stale(outcome), outcome.written, outcome.removed) == ([], (), ())
    assert len(outcome.plan.fresh) == 4
    assert press.jobs == []
    assert times(tmp_path / "output") == before


def test_an_added_lesson_makes_only_itself(unit: Path, tmp_path: Path) -> None:
    """A lesson at the end does not touch the others."""
    build(options(tmp_path))
    write_lesson(unit, "03-third")
    assert stale(build(options(tmp_path))) == [path.replace("01-first", "03-third") for path in FIRST]


def test_an_edited_lesson_makes_only_itself(unit: Path, tmp_path: Path) -> None:
    """A new question is printed in its own lesson."""
    build(options(tmp_path))
    edit(unit / "lessons" / "01-first.yaml", "Ask something that the reading answers.", "What is new?")
    assert stale(build(options(tmp_path))) == FIRST


def test_an_edited_answer_makes_only_the_key(unit: Path, tmp_path: Path) -> None:
    """A sheet does not hold the answer, so it stays."""
    build(options(tmp_path))
    edit(unit / "lessons" / "01-first.yaml", "answer: write the answer, marks: 2", "answer: another answer, marks: 2")
    assert stale(build(options(tmp_path))) == FIRST[1:]


def test_a_renamed_lesson_moves(unit: Path, tmp_path: Path) -> None:
    """The files of the old name go, with their folder; those of the new name are made."""
    build(options(tmp_path))
    (unit / "lessons" / "02-second.yaml").rename(unit / "lessons" / "02-other.yaml")
    outcome = build(options(tmp_path))
    assert list(outcome.removed) == SECOND
    assert list(outcome.written) == [path.replace("second", "other") for path in SECOND]
    assert not (tmp_path / "output/tiny/students/02-second").exists()


def test_a_deleted_lesson_goes(unit: Path, tmp_path: Path) -> None:
    """Its files are removed; the others stay."""
    build(options(tmp_path))
    (unit / "lessons" / "02-second.yaml").unlink()
    outcome = build(options(tmp_path))
    assert (list(outcome.removed), outcome.written) == (SECOND, ())
    assert list(files(tmp_path / "output")) == FIRST
    assert build(options(tmp_path)).removed == ()


def test_another_theme_of_the_unit_makes_everything(unit: Path, tmp_path: Path) -> None:
    """The theme is part of every page."""
    build(options(tmp_path))
    edit(unit / "unit.yaml", "theme: classic", "theme: constructivist")
    assert stale(build(options(tmp_path))) == sorted([*FIRST, *SECOND])


def test_another_theme_by_option_stands_beside_the_first(unit: Path, tmp_path: Path) -> None:
    """A theme that is not the unit's has folders of its own."""
    build(options(tmp_path))
    outcome = build(options(tmp_path, theme="constructivist"))
    assert "tiny/students/01-first/constructivist/worksheet.pdf" in outcome.written
    assert outcome.removed == ()
    assert len(files(tmp_path / "output")) == 8


def test_a_lesson_without_its_reading_loses_the_file(unit: Path, tmp_path: Path) -> None:
    """A document that the lesson does not have any more is removed; one that was not asked for is not."""
    build(options(tmp_path, only=("worksheet", "reading")))
    path = unit / "lessons" / "01-first.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("input:")] + text[text.index("main:") :], "utf-8")
    assert build(options(tmp_path, only=("worksheet",))).removed == ()
    assert build(options(tmp_path, only=("worksheet", "reading"))).removed == ("tiny/students/01-first/reading.pdf",)


def test_a_file_that_is_missing_or_cut_off_is_made_again(unit: Path, tmp_path: Path) -> None:
    """The manifest is believed only where the file is there, whole."""
    build(options(tmp_path))
    (tmp_path / "output" / FIRST[0]).unlink()
    (tmp_path / "output" / FIRST[1]).write_bytes(b"%PDF")
    assert stale(build(options(tmp_path))) == FIRST


def test_without_a_sound_manifest_everything_is_made(unit: Path, tmp_path: Path) -> None:
    """A manifest that cannot be read counts as none."""
    build(options(tmp_path))
    (tmp_path / "output" / "manifest.json").write_text('{"version": 1, "files": {"a": {}}}', "utf-8")
    assert len(build(options(tmp_path)).written) == 4
    assert len(build(options(tmp_path)).plan.fresh) == 4


def test_two_units_with_lessons_of_one_name_are_apart(unit: Path, tmp_path: Path) -> None:
    """A lesson's name is that of its unit and its own."""
    write_unit(tmp_path / "content", "other")
    outcome = build(options(tmp_path, lessons=("1",)))
    assert list(outcome.written) == sorted([*FIRST, *(path.replace("tiny", "other") for path in FIRST)])


# ---- what was not selected stays


@pytest.mark.parametrize(
    "changes",
    [{"lessons": ("1",)}, {"only": ("worksheet",)}, {"levels": ("support",)}, {"seed": 5}, {"revised": "2020-01-01"}],
    ids=lambda changes: next(iter(changes)),
)
def test_what_a_call_did_not_select_stays(unit: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    """A narrower call removes nothing."""
    build(options(tmp_path))
    assert build(options(tmp_path, **changes)).removed == ()
    assert {*FIRST, *SECOND} <= set(files(tmp_path / "output"))


def test_a_unit_beside_the_named_one_stays(unit: Path, tmp_path: Path) -> None:
    """`--content` with one unit of two knows nothing of the other."""
    write_unit(tmp_path / "content", "other")
    build(options(tmp_path))
    outcome = build(options(tmp_path, content=unit))
    assert outcome.removed == ()
    assert len(outcome.plan.fresh) == 4


@pytest.mark.parametrize("damage", ["unit.yaml", "banks/terms.yaml"])
def test_a_broken_unit_keeps_its_files(unit: Path, tmp_path: Path, damage: str) -> None:
    """A unit that cannot be read is skipped whole; the others are built."""
    write_unit(tmp_path / "content", "other", ["01-first"])
    build(options(tmp_path))
    (unit / damage).parent.mkdir(exist_ok=True)
    (unit / damage).write_text("title: [", "utf-8")
    outcome = build(options(tmp_path))
    assert not outcome.ok
    assert outcome.removed == ()
    assert {*FIRST, *SECOND} <= set(files(tmp_path / "output"))


def test_a_folder_that_lost_its_unit_file_keeps_its_files(unit: Path, tmp_path: Path) -> None:
    """A misnamed unit.yaml is a mistake, and no reason to delete what was built."""
    write_unit(tmp_path / "content", "other", ["01-first"])
    build(options(tmp_path))
    (unit / "unit.yaml").rename(unit / "unit.yml")
    assert build(options(tmp_path)).removed == ()


# ---- partly broken content


def test_a_broken_lesson_keeps_its_files_and_the_rest_is_built(unit: Path, tmp_path: Path) -> None:
    """What is sound is built; the broken lesson's old files stay as they were."""
    build(options(tmp_path))
    old = files(tmp_path / "output")[FIRST[0]]
    edit(unit / "lessons" / "01-first.yaml", "minutes: 60", "minutes: sixty")
    edit(unit / "lessons" / "02-second.yaml", "Ask something", "Now ask something")
    outcome = build(options(tmp_path))
    assert not outcome.ok
    assert list(outcome.written) == SECOND
    assert files(tmp_path / "output")[FIRST[0]] == old


def test_strict_builds_nothing_where_anything_is_wrong(unit: Path, tmp_path: Path) -> None:
    """One error in one lesson, and no file is written."""
    edit(unit / "lessons" / "01-first.yaml", "minutes: 60", "minutes: sixty")
    with pytest.raises(ContentError) as told:
        build(options(tmp_path, strict=True))
    assert [d.place.line for d in told.value.diagnostics if d.is_error] == [4]
    assert not (tmp_path / "output").exists()


def test_content_without_a_sound_lesson_is_refused(tmp_path: Path) -> None:
    """An empty folder has nothing to build."""
    (tmp_path / "content").mkdir()
    with pytest.raises(ContentError) as told:
        build(options(tmp_path))
    assert [d.code for d in told.value.diagnostics] == ["no-content"]


def test_a_failed_render_keeps_the_old_file(unit: Path, tmp_path: Path, press: Press) -> None:
    """What could not be printed leaves what stood there, is told, and is tried again."""
    build(options(tmp_path))
    old = files(tmp_path / "output")[FIRST[0]]
    edit(unit / "lessons" / "01-first.yaml", "Ask something", "Break something")
    press.fail = "Break something"
    for _ in range(2):
        outcome = build(options(tmp_path))
        assert list(outcome.failed) == FIRST
        assert not outcome.ok
        assert files(tmp_path / "output")[FIRST[0]] == old
    press.fail = ""
    assert list(build(options(tmp_path)).written) == FIRST


def test_a_warning_is_told_again_of_a_fresh_file(unit: Path, tmp_path: Path, press: Press) -> None:
    """A warning does not go away because its file was not made again."""
    press.warn = "Lesson first"
    first, second = build(options(tmp_path)), build(options(tmp_path))
    assert second.written == ()
    told = [[d for d in outcome.diagnostics if d.code == "printer"] for outcome in (first, second)]
    assert [d.place.file for d in told[0]] == FIRST
    assert told[0] == told[1]
    assert told[1][0].hint == "see the CSS"
    assert second.ok


def test_a_question_that_moved_on_the_key_is_an_error(unit: Path, tmp_path: Path, press: Press) -> None:
    """The key is the sheet: a tenth of a millimetre is the most that a question may move."""
    press.shift = 3.0
    for _ in range(2):
        outcome = build(options(tmp_path, lessons=("1",)))
        told = [d for d in outcome.diagnostics if d.code == "key-shift"]
        assert [d.message for d in told] == ["the question question.1 stands 3.00 mm from its place on the sheet"]
        assert outcome.failed == (FIRST[1],)


def test_shifts_compare_each_question_with_its_place() -> None:
    """A question on another page, or missing on the key, is a page away; a key of another paper has another sheet."""
    on_sheet = (("one", 1, 15.0, 20.0), ("two", 1, 15.0, 90.0), ("three", 2, 15.0, 20.0))
    on_key = (("one", 1, 15.0, 20.05), ("two", 2, 15.0, 20.0))
    made = {
        path: Made("", "", 0, 1, lesson, document, "core", anchors)
        for path, lesson, document, anchors in (
            ("u/students/1/worksheet.pdf", "u/1", "worksheet", on_sheet),
            ("u/teachers/1/answer-key.pdf", "u/1", "answer-key", on_key),
            ("u/teachers/2/answer-key.pdf", "u/2", "answer-key", on_key),
            ("u/teachers/1/letter/answer-key.pdf", "u/1", "answer-key", on_key),
        )
    }
    found = {shift.name: shift.mm for shift in shifts(made, made)}
    assert found["one"] == pytest.approx(0.05)
    assert found["one"] < MAX_SHIFT_MM
    assert (found["two"], found["three"]) == (PAGE_MM, PAGE_MM)


# ---- options


def test_lessons_are_chosen_by_number_stem_or_path(unit: Path, tmp_path: Path) -> None:
    """All that a teacher might type leads to the lesson, and each is built once."""
    outcome = build(options(tmp_path, lessons=("2", "02", "02-second", str(unit / "lessons" / "02-second.yaml"))))
    assert list(outcome.written) == SECOND


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"lessons": ("02-secnd",)}, 'no lesson is called "02-secnd"; did you mean "02-second"'),
        ({"lessons": ("7",)}, 'no lesson is called "7"; known: 01-first, 02-second'),
        ({"theme": "clasic"}, 'no theme is called "clasic"; did you mean "classic"'),
        ({"theme": "zzz"}, 'no theme is called "zzz"; known: '),
    ],
)
def test_a_name_that_fits_nothing_is_told(unit: Path, tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    """The nearest name is offered, else all of them."""
    with pytest.raises(UsageError) as told:
        build(options(tmp_path, **changes))
    assert message in str(told.value)


def test_a_broken_lesson_can_be_named(unit: Path, tmp_path: Path) -> None:
    """It exists, so it is no wrong usage; nothing is built and its errors are told."""
    edit(unit / "lessons" / "01-first.yaml", "minutes: 60", "minutes: sixty")
    outcome = build(options(tmp_path, lessons=("1",)))
    assert (outcome.written, outcome.ok) == ((), False)


def test_the_seed_of_the_call_comes_before_the_units(unit: Path, tmp_path: Path) -> None:
    """The seed that is told is the one that was used."""
    assert build(options(tmp_path, seed=7)).seeds == (7,)


def test_the_date_of_the_call_stands_in_for_the_content(unit: Path, tmp_path: Path, press: Press) -> None:
    """SOURCE_DATE_EPOCH reaches every document."""
    build(options(tmp_path, revised="2020-02-03"))
    assert {job.revised for job in press.jobs if isinstance(job, HtmlDocument)} == {"2020-02-03"}


def test_a_unit_named_by_a_dot_has_its_own_name(unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From within its folder a unit is built as from outside."""
    monkeypatch.chdir(unit)
    edit(unit / "lessons" / "02-second.yaml", "minutes: 60", "minutes: sixty")
    outcome = build(options(tmp_path, content=Path()))
    assert list(outcome.written) == FIRST
    assert [d.place.file for d in outcome.diagnostics if d.is_error] == ["lessons/02-second.yaml"]
    monkeypatch.chdir(unit / "lessons")
    assert build(options(tmp_path, content=Path(".."))).plan.fresh != ()


def test_a_fault_of_the_templates_is_told_by_their_name(
    unit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of the templates is called so wherever they lie."""
    named: list[str] = []

    def listen(content: Path, templates: Path, glyphs: object, course: str, name: Callable[[Path], str]) -> None:
        named.extend([name(templates / "frames" / "a.yaml"), name(content / "tiny" / "unit.yaml")])

    monkeypatch.setattr("lessonpress.call.load", listen)
    load_library(options(tmp_path, content=Path("content")))
    assert named == ["templates/frames/a.yaml", "content/tiny/unit.yaml"]


def test_an_output_path_under_a_file_is_told(unit: Path, tmp_path: Path) -> None:
    """A file that stands where a folder must be is wrong usage, not a crash."""
    (tmp_path / "output").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be a folder"):
        build(options(tmp_path))


def test_the_stages_and_files_are_told(unit: Path, tmp_path: Path) -> None:
    """Whoever watches hears each stage, how much there is to do as far as is known, and each file."""
    stages: list[str] = []
    planned: list[tuple[int, int, bool]] = []
    done: list[tuple[str, int, bool]] = []

    def note(path: str, pages: int, seconds: float, made: bool) -> None:
        assert seconds >= 0
        done.append((path, pages, made))

    build(options(tmp_path), Watch(stages.append, lambda *counts: planned.append(counts), note))
    assert list(dict.fromkeys(stages)) == ["load", "compose", "print", "write"]
    assert planned == [(2, 0, False), (4, 0, False), (4, 0, False), (4, 0, True)]
    assert sorted(done) == [(path, 1, True) for path in sorted([*FIRST, *SECOND])]


def test_check_builds_nothing(unit: Path, tmp_path: Path, press: Press) -> None:
    """A check says what a build would say and what a colleague would, and prints nothing."""
    library, diagnostics = check(options(tmp_path))
    assert [lesson.stem for lesson in library.units[0].lessons] == ["01-first", "02-second"]
    assert {d.code for d in diagnostics} == {"reading-length", "asked-twice"}
    assert press.jobs == []
    assert not (tmp_path / "output").exists()


def test_check_looks_at_pages_and_writes_nothing(unit: Path, tmp_path: Path, press: Press) -> None:
    """With `layout` every file is printed, and what is wrong with it is told in the order of the files."""
    press.warn, press.shift = "Lesson second", 1.0
    done: list[str] = []
    _, diagnostics = check(options(tmp_path), Watch(done=lambda path, *_: done.append(path)), layout=True)
    told = [(d.code, d.place.file) for d in diagnostics if d.code not in {"reading-length", "asked-twice"}]
    assert told == [("printer", path) for path in SECOND] + [("key-shift", FIRST[1]), ("key-shift", SECOND[1])]
    assert sorted(done) == sorted([*FIRST, *SECOND])
    assert not (tmp_path / "output").exists()


@pytest.mark.prints
def test_a_page_that_loses_words_is_not_written(unit: Path, tmp_path: Path) -> None:
    """The print linter names the file, the page and the activity; what stood there before is left."""
    sheet = tmp_path / "output" / FIRST[0]
    chosen = options(tmp_path, lessons=("1",), only=("worksheet",))
    assert build(chosen).ok
    old = sheet.read_bytes()
    edit(unit / "lessons" / "01-first.yaml", "Ask something", "Ask " + "w" * 100)
    for outcome in (build(chosen), build(chosen)):
        assert outcome.failed == (FIRST[0],)
        told = next(d for d in outcome.diagnostics if d.code == "cut-text")
        assert (told.is_error, told.place.file) == (True, FIRST[0])
        assert told.message.startswith("page 1, “2 Answer from the reading”, question 1: ")
        assert told.hint
        assert sheet.read_bytes() == old


def test_the_tools_that_decide_the_bytes_are_named() -> None:
    """Another version of a printer makes everything stale."""
    assert {"lessonpress", "weasyprint", "python-pptx"} <= set(tools())
    assert "none" not in tools().values()


# ---- the same bytes


ONE_LESSON = """
import sys
from pathlib import Path
from lessonpress.build import Options, build
outcome = build(Options(Path("content"), Path("output"), Path(sys.argv[1]), lessons=("1",), jobs=int(sys.argv[2])))
assert outcome.ok, outcome.diagnostics
"""


@pytest.mark.slow
@pytest.mark.prints
def test_two_processes_in_two_folders_make_the_same_bytes(tmp_path: Path) -> None:
    """Neither the hash seed nor the time zone, the language, the folder or the number of workers reaches the files or
    the manifest.
    """
    made = []
    for name, seed, zone, lang, jobs in (
        ("one", "1", "Pacific/Auckland", "C", "1"),
        ("two places/2 & 3", "4711", "America/Lima", "tr_TR.UTF-8", "8"),
    ):
        folder = tmp_path / name
        write_unit(folder / "content", lessons=["01-first"])
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": lang, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", ONE_LESSON, str(ROOT / "templates"), jobs]
        subprocess.run(command, cwd=folder, env=env, check=True)
        found = files(folder / "output")
        found["manifest.json"] = (folder / "output" / "manifest.json").read_bytes()
        made.append(found)
    assert len(made[0]) > 11
    assert [name for name in made[0] if made[0][name] != made[1].get(name)] == []


@pytest.mark.slow
@pytest.mark.prints
def test_templates_in_another_folder_make_the_same_bytes(unit: Path, tmp_path: Path) -> None:
    """A clone elsewhere, in a folder with signs that XML and addresses escape, prints the same."""
    elsewhere = tmp_path / "R&D #1 <é>" / "templates"
    shutil.copytree(ROOT / "templates", elsewhere)
    here = build(options(tmp_path, lessons=("1",)))
    there = build(options(tmp_path, lessons=("1",), templates=elsewhere, output=tmp_path / "there"))
    assert here.ok
    assert there.ok
    assert files(tmp_path / "output") == files(tmp_path / "there")


def test_a_deck_on_a_schools_file(tmp_path: Path) -> None:
    """A theme that names one builds decks on it; its warnings are told once, and a file of no use stops the build."""
    write_unit(tmp_path / "content")
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    theme = templates / "themes" / "mine"
    theme.mkdir()
    (theme / "theme.yaml").write_text(
        "title: Mine\nextends: classic\ndeck_base: {file: s.pptx, use: layouts}\n", "utf-8"
    )
    shutil.copy(DEFAULT, theme / "s.pptx")
    asked = options(tmp_path, only=("deck",), templates=templates, theme="mine")
    outcome = build(asked)
    assert outcome.ok
    assert len(outcome.written) == 2
    assert build(asked).plan.stale == ()
    (theme / "s.pptx").write_bytes(b"broken")
    with pytest.raises(ContentError) as caught:
        build(asked)
    assert [said.code for said in caught.value.diagnostics] == ["deck-base"]
    assert caught.value.diagnostics[0].place.file.endswith("theme.yaml")
