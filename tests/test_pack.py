"""Packs: two zips with the same bytes each time, no answers for students, and what to print again."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessonpress.build import build
from lessonpress.cli import run
from lessonpress.compose.documents import LESSON
from lessonpress.compose.jobs import HtmlDocument
from lessonpress.errors import ContentError, Fault, UsageError
from lessonpress.pack import EPOCH, _bytes, changes, earlier, pack, zipped
from lessonpress.plan import Made
from lessonpress.write import manifest_text, read_manifest, write_manifest
from tests.tiny import Press, edit, options, write_unit

STEM = "01-first"


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    press = Press()
    monkeypatch.setattr("lessonpress.build.render_all", press)
    monkeypatch.setattr("lessonpress.pack.render_all", press)
    return press


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    return write_unit(tmp_path / "content")


def opened(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made(lesson: str, content: str, pages: int = 2) -> Made:
    return Made("k", content, 1, pages, lesson, "worksheet")


def test_a_lesson_is_packed_for_students_and_teachers(unit: Path, tmp_path: Path, press: Press) -> None:
    """Each pack holds the files of its tree as they were built, and a contents page; teachers get the manifest."""
    build(options(tmp_path))
    written = pack(options(tmp_path), "1")
    assert [(one.path, one.documents) for one in written] == [
        ("packs/01-first-students.zip", 1),
        ("packs/01-first-teachers.zip", 1),
    ]
    students, teachers = (opened(tmp_path / "output" / one.path) for one in written)
    assert list(students) == ["contents.pdf", f"{STEM}/worksheet.pdf"]
    assert list(teachers) == ["contents.pdf", f"{STEM}/answer-key.pdf", "manifest.json"]
    built = tmp_path / "output" / "tiny" / "students" / STEM / "worksheet.pdf"
    assert students[f"{STEM}/worksheet.pdf"] == built.read_bytes()
    packed = earlier(tmp_path / "output" / written[1].path)
    assert packed == {k: v for k, v in read_manifest(tmp_path / "output").items() if v.lesson == f"tiny/{STEM}"}


def test_a_unit_is_packed_whole_and_with_the_same_bytes(unit: Path, tmp_path: Path, press: Press) -> None:
    """All lessons stand in it, each in its folder; packing again changes no byte."""
    build(options(tmp_path))
    first = [(tmp_path / "output" / one.path).read_bytes() for one in pack(options(tmp_path), "tiny")]
    again = [(tmp_path / "output" / one.path).read_bytes() for one in pack(options(tmp_path), "tiny")]
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first[0])) as archive:
        assert archive.namelist() == ["contents.pdf", f"{STEM}/worksheet.pdf", "02-second/worksheet.pdf"]
        assert {(one.date_time, one.external_attr >> 16) for one in archive.infolist()} == {(EPOCH, 0o644)}


def test_other_paper_and_profile_have_packs_of_their_own(unit: Path, tmp_path: Path, press: Press) -> None:
    """The name of a pack tells the paper and the profile of what it holds."""
    large = options(tmp_path, paper="letter", profile="large-print")
    build(large)
    assert [one.path for one in pack(large, STEM)] == [
        f"packs/01-first-letter-large-print-{tree}.zip" for tree in ("students", "teachers")
    ]


def test_versions_and_documents_of_the_unit_are_packed(unit: Path, tmp_path: Path, press: Press) -> None:
    """Each version stands on a row of its own; what belongs to the unit is in its pack and in that of no lesson."""
    several = options(tmp_path, versions=2, only=("worksheet", "revision-booklet"))
    build(several)
    students = opened(tmp_path / "output" / pack(several, "tiny")[0].path)
    assert [name for name in students if "01" in name] == [f"{STEM}/worksheet.A.pdf", f"{STEM}/worksheet.B.pdf"]
    assert "revision-booklet.pdf" in students
    page = next(job.html for job in press.jobs if isinstance(job, HtmlDocument) and 'class="packed"' in job.html)
    assert "Worksheet B</th>" in page
    alone = opened(tmp_path / "output" / pack(several, STEM)[0].path)
    assert list(alone) == ["contents.pdf", f"{STEM}/worksheet.A.pdf", f"{STEM}/worksheet.B.pdf"]


def test_class_sets_are_never_packed(unit: Path, tmp_path: Path, press: Press) -> None:
    """What stands in the output folder without being a file of the lesson's trees is left out."""
    build(options(tmp_path))
    output = tmp_path / "output"
    for folder in ("tiny/class-sets", f"tiny/students/{STEM}"):
        (output / folder).mkdir(parents=True, exist_ok=True)
        (output / folder / "pupil-01.pdf").write_bytes(b"Pupil 01")
    names = [name for one in pack(options(tmp_path), "tiny") for name in opened(output / one.path)]
    assert names
    assert not any("pupil" in name for name in names)
    with pytest.raises(Fault):
        _bytes(output, ["tiny/teachers/01-first/answer-key.pdf"], "students")


def test_what_is_not_up_to_date_is_refused(unit: Path, tmp_path: Path, press: Press) -> None:
    """Nothing built, something changed in the content, on the disk or by another seed: build comes first."""
    sheet = tmp_path / "output" / "tiny" / "students" / STEM / "worksheet.pdf"
    for spoil in (
        lambda: None,
        lambda: edit(unit / "lessons" / f"{STEM}.yaml", "What is the question", "What then is the question"),
        sheet.unlink,
        lambda: edit(sheet, "0", "1"),
    ):
        spoil()
        with pytest.raises(UsageError, match=r"is not up to date.*; run build first"):
            pack(options(tmp_path), "1")
        sheet.unlink(missing_ok=True)
        build(options(tmp_path))
        assert len(pack(options(tmp_path), "1")) == 2


def test_targets_that_cannot_be_packed(unit: Path, tmp_path: Path, press: Press) -> None:
    """An unknown name, a number of two lessons, and a unit with a broken lesson are refused."""
    with pytest.raises(UsageError, match="no lesson is called"):
        pack(options(tmp_path), "9")
    write_unit(tmp_path / "content", "other")
    with pytest.raises(UsageError, match="several lessons"):
        pack(options(tmp_path), "1")
    edit(unit / "lessons" / f"{STEM}.yaml", "minutes: 60", "minutes: sixty")
    for target in ("tiny", STEM):
        with pytest.raises((ContentError, UsageError)):
            pack(options(tmp_path), target)


def test_a_contents_page_that_cannot_be_printed_is_told(unit: Path, tmp_path: Path, press: Press) -> None:
    """No pack is written without its contents page."""
    build(options(tmp_path))
    press.fail = "packed"
    with pytest.raises(ContentError):
        pack(options(tmp_path), "1")
    assert not (tmp_path / "output" / "packs").exists()


@pytest.mark.slow
@pytest.mark.prints
def test_printed_packs(unit: Path, tmp_path: Path) -> None:
    """The contents page is a tagged page that lists the files with their pages; the students' pack gives no answer away."""
    plain = options(tmp_path, only=tuple(document.name for document in LESSON))
    assert build(plain).ok
    students, teachers = (opened(tmp_path / "output" / one.path) for one in pack(plain, "1"))
    with pikepdf.open(io.BytesIO(students["contents.pdf"])) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    text = {name: _text(data) for name, data in (*students.items(), *teachers.items()) if name.endswith(".pdf")}
    assert len(pypdfium2.PdfDocument(students["contents.pdf"])) == 1
    listed = _text(students["contents.pdf"])
    assert "For students" in listed
    assert "Worksheet worksheet-support.pdf" not in listed
    assert "Worksheet worksheet.pdf, " in listed
    assert "answer" not in listed.lower()
    assert f"{STEM}/deck.pptx" in teachers
    assert "Slides deck.pptx" in _text(teachers["contents.pdf"])
    assert "write the answer" in text[f"{STEM}/answer-key.pdf"]
    assert not any("write the answer" in _text(data) for name, data in students.items())
    assert not any(name.endswith((".pptx", ".json")) for name in students)


def _text(data: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)).split())


def test_what_changed() -> None:
    """By the hash of the content: added and changed files with their pages, removed ones; the rest is not named."""
    old = {
        "u/students/01-a/w.pdf": made("u/01-a", "1"),
        "u/students/02-b/w.pdf": made("u/02-b", "1"),
        "gone.pdf": made("u/03-c", "1"),
    }
    new = {
        "u/students/01-a/w.pdf": made("u/01-a", "1", 9),
        "u/students/02-b/w.pdf": made("u/02-b", "2", 5),
        "u/x.pptx": made("u", "1", 9),
    }
    found = [(c.path, c.how, c.pages) for c in changes(old, new)]
    assert found == [("gone.pdf", "removed", 0), ("u/students/02-b/w.pdf", "changed", 5), ("u/x.pptx", "added", 0)]
    for target in ("2", "02", "02-b", "02-b.yaml"):
        assert [c.path for c in changes(old, new, target)] == ["u/students/02-b/w.pdf"]
    assert changes(old, new, "u") == changes(old, new)
    assert changes(old, new, "4") == []


@settings(deadline=None)
@given(
    st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from("abc")),
    st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from("abc")),
)
def test_changes_lead_from_the_old_to_the_new(old: dict[str, str], new: dict[str, str]) -> None:
    """Whatever two builds made, the changes taken together turn one into the other, and none is said of what is the same."""
    before, now = ({path: made("u/01-a", content) for path, content in one.items()} for one in (old, new))
    result = dict(old)
    for change in changes(before, now):
        assert (change.how == "added") == (change.path not in old)
        if change.how == "removed":
            del result[change.path]
        else:
            assert result.get(change.path) != new[change.path]
            result[change.path] = new[change.path]
    assert result == new
    assert changes(now, now) == []


@settings(deadline=None)
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?", fullmatch=True), st.binary(max_size=50), min_size=1))
def test_a_zip_depends_on_its_files_alone(parts: dict[str, bytes]) -> None:
    """The order in which files are given changes no byte, and all come out as they went in."""
    data = zipped(parts)
    assert data == zipped(dict(reversed(list(parts.items()))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts


def test_what_is_no_manifest_is_refused(tmp_path: Path) -> None:
    """Another zip, another file and a manifest without files are told by name."""
    file = tmp_path / "old"
    for data in (b"", b"{}", b"PKrubbish", zipped({"a": b"b"}), manifest_text({})):
        file.write_bytes(data)
        with pytest.raises(UsageError, match="old"):
            earlier(file)


def test_the_command(unit: Path, tmp_path: Path, press: Press, monkeypatch: Any, capsys: Any) -> None:
    """`pack` names what it wrote; `--since` lists what to print again; without a target it says what is missing."""
    monkeypatch.chdir(tmp_path)
    assert run(["build", "--quiet"]) == 0
    assert run(["pack", "tiny"]) == 0
    documents = sum(path.split("/")[1] == "students" for path in read_manifest(Path("output")))
    assert f"wrote output/packs/tiny-students.zip: {documents} documents" in capsys.readouterr().out
    old = read_manifest(Path("output"))
    assert run(["pack", "--since", "output/packs/tiny-teachers.zip"]) == 0
    assert capsys.readouterr().out == "0 files differ: 0 pages to print again\n"
    path = f"tiny/students/{STEM}/worksheet.pdf"
    write_manifest(Path("output"), {**old, path: dataclasses.replace(old[path], sha256="other", pages=4)})
    assert run(["pack", "1", "--since", "output/packs/tiny-teachers.zip"]) == 0
    assert capsys.readouterr().out == f"changed  {path}  4 pages\n1 file differs: 4 pages to print again\n"
    assert run(["pack"]) == 2
    assert "name a lesson or a unit" in capsys.readouterr().err
