"""Class sets: a named copy for each pupil, in order, with its tags; and names nowhere else."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from lessonpress.build import build, check
from lessonpress.compose.class_set import LEAST_PT, name_markup
from lessonpress.compose.jobs import NAME, ClassSet, HtmlDocument, NamedCopy
from lessonpress.compose.paper import compose_paper
from lessonpress.errors import ContentError, UsageError
from lessonpress.outcome import Outcome
from lessonpress.pose import pose_lesson
from lessonpress.render import render
from lessonpress.theme import load_theme
from tests.activities.bench import TEMPLATES, kit, lesson, make_kit, page, tree
from tests.conformance import record
from tests.conformance.pdfua import validate
from tests.tiny import edit, files, options, write_unit

LEVELS = ("support", "core", "challenge")
MATCH = """main:
  - kind: matching
    title: Match them
    instruction: Match all of them
    minutes: 5
    pairs: {One: first, Two: second, Three: third, Four: fourth}
    support: {instruction: Match them with help}
    challenge: {instruction: Match them alone}
"""
PUPILS = [(f"Pupil {n:02d}", LEVELS[n % 3], "AB"[n % 5 % 2]) for n in range(1, 31)]
"""Thirty pupils over three levels and two versions, in no order of either."""
SAID = {"support": "Match them with help", "core": "Match all of them", "challenge": "Match them alone"}


def unit_with_roster(folder: Path) -> Path:
    """A unit of one lesson whose instruction tells the level, and a roster of thirty."""
    made = write_unit(folder / "content", lessons=["01-first"])
    edit(made / "lessons" / "01-first.yaml", "main:\n", MATCH)
    roster = folder / "class.csv"
    rows = [f"{name};10A;{level};{version}" for name, level, version in PUPILS]
    roster.write_text("\n".join(["Name;Class;Level;Version", *rows]), "utf-8-sig")
    return roster


def build_it(folder: Path, **changes: Any) -> Outcome:
    only = ("worksheet", "answer-key", "key-matrix", "deck")
    return build(options(folder, only=only, versions=2, roster=folder / "class.csv", **changes))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    unit_with_roster(folder)
    outcome = build_it(folder, each=True)
    assert outcome.ok
    (folder / "outcome.json").write_text(json.dumps(dataclasses.asdict(outcome)), "utf-8")
    return folder


def class_set(folder: Path) -> Path:
    return folder / "output" / "tiny" / "class-sets" / "10a" / "01-first"


def listed(folder: Path) -> list[dict[str, str]]:
    """The teacher's list."""
    return list(csv.DictReader(io.StringIO((class_set(folder) / "list.csv").read_text("utf-8-sig"))))


def texts(data: bytes) -> list[str]:
    return [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data)]


@pytest.mark.slow
@pytest.mark.prints
class TestThirtyPupils:
    """A roster of thirty pupils over three levels and two versions."""

    def test_copies_stand_in_order(self, built: Path) -> None:
        """Each pupil's copy begins with the name, at the right level and version, where the list says."""
        pages = texts((class_set(built) / "worksheets.pdf").read_bytes())
        rows = listed(built)
        assert [(row["name"], row["level"], row["version"]) for row in rows] == PUPILS
        for number, row in enumerate(rows, 1):
            first, last = int(row["first page"]), int(row["last page"])
            assert row["number"] == str(number)
            assert row["name"] in pages[first - 1]
            assert SAID[row["level"]] in pages[first - 1]
            assert all(f"· {row['version']} v" in text for text in pages[first - 1 : last])
            assert f"1 of {last - first + 1}" in pages[first - 1]
            assert not any(row["name"] in text for text in pages[: first - 1] + pages[first:])

    def test_copies_are_padded_for_both_sides(self, built: Path) -> None:
        """Every copy begins on the front of a sheet: what is left over is an empty page of the same size."""
        data = (class_set(built) / "worksheets.pdf").read_bytes()
        pages, rows = texts(data), listed(built)
        used = {n for row in rows for n in range(int(row["first page"]), int(row["last page"]) + 1)}
        assert all(int(row["first page"]) % 2 for row in rows)
        assert len(pages) % 2 == 0
        blank = set(range(1, len(pages) + 1)) - used
        assert blank
        assert all(not pages[number - 1].strip() for number in blank)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert len({tuple(map(float, one.mediabox)) for one in pdf.pages}) == 1

    def test_tags_are_kept(self, built: Path) -> None:
        """The joined file is tagged: a heading for each copy; its title names the class and nobody in it."""
        with pikepdf.open(class_set(built) / "worksheets.pdf") as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "en-GB"
            with pdf.open_outline() as outline:
                assert [one.title for one in outline.root] == [name for name, *_ in PUPILS]
            assert "(10A)" in str(pdf.docinfo.Title)
            assert "Pupil" not in str(pdf.docinfo)
            assert sum(kind == "/H1" for kind in tags(pdf.Root.StructTreeRoot)) == len(PUPILS)

    def test_file_is_pdf_ua(self, built: Path) -> None:
        """The file of the class and those of all pupils are PDF/UA-1."""
        if record.missing():  # veraPDF is no part of `make test`: `make conformance-setup` installs it
            pytest.skip(record.missing())
        paths = [class_set(built) / "worksheets.pdf", *sorted((class_set(built) / "each").glob("*.pdf"))]
        names = [path.name for path in paths]
        outcome = validate(paths, names)
        assert outcome.files == names
        assert len(names) == len(PUPILS) + 1
        assert [outcome.faults(name) for name in names] == [[]] * len(names)

    def test_each_pupil_has_a_file(self, built: Path) -> None:
        """With --each there is a PDF for each pupil, by number and name, with that copy and no other."""
        found = sorted((class_set(built) / "each").iterdir())
        assert [path.name for path in found] == [f"{n:02d}-pupil-{n:02d}.pdf" for n in range(1, 31)]
        whole = texts((class_set(built) / "worksheets.pdf").read_bytes())
        for path, row in zip(found, listed(built), strict=True):
            assert texts(path.read_bytes()) == whole[int(row["first page"]) - 1 : int(row["last page"])]

    def test_names_stand_nowhere_else(self, built: Path) -> None:
        """No file outside the class sets holds a name, nor the manifest, which has the roster's hash, nor what is told."""
        output = built / "output"
        others = [path for path in output.rglob("*") if path.is_file() and "class-sets" not in path.parts]
        assert {path.suffix for path in others} - {""} == {".pdf", ".pptx", ".json"}
        for path in (*others, built / "outcome.json"):
            assert all("pupil 0" not in text.lower() and "pupil-0" not in text.lower() for text in words_of(path)), path
        manifest = json.loads((output / "manifest.json").read_text("utf-8"))["files"]
        made = {path: entry for path, entry in manifest.items() if "class-sets" in path}
        assert sorted(path.rsplit("/", 1)[1] for path in made) == ["each", "list.csv", "worksheets.pdf"]
        assert {len(entry["roster"]) for entry in made.values()} == {64}

    def test_second_build_makes_nothing(self, built: Path) -> None:
        """A class set is fresh while roster, lesson and tools are the same, and both of its files are there."""
        before = files(built / "output")
        outcome = build_it(built, each=True)
        assert (outcome.written, outcome.ok) == ((), True)
        assert files(built / "output") == before


def tags(element: Any) -> Iterator[str]:
    """The kinds of all tags below an element."""
    if isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from tags(element.K)
    elif isinstance(element, pikepdf.Array):
        for child in element:
            yield from tags(child)


def words_of(path: Path) -> Iterator[str]:
    """Everything readable in a file."""
    data = path.read_bytes()
    yield path.name
    yield data.decode("latin-1")
    if path.suffix == ".pdf":
        yield from texts(data)
    if path.suffix == ".pptx":
        with zipfile.ZipFile(path) as parts:
            yield from (parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.slow
@pytest.mark.prints
def test_a_changed_roster_makes_the_class_again(tmp_path: Path) -> None:
    """Only the class set is stale then, and files of pupils who left are gone."""
    roster = unit_with_roster(tmp_path)
    roster.write_text("name,class\nPupil 01,10A\nPupil 02,10A\n", "utf-8")
    assert build_it(tmp_path, each=True).ok
    roster.write_text("name,class\nPupil 01,10A\nPupil 03,10A\n", "utf-8")
    outcome = build_it(tmp_path, each=True)
    place = "tiny/class-sets/10a/01-first"
    assert outcome.written == (f"{place}/list.csv", f"{place}/worksheets.pdf")
    assert sorted(path.name for path in (class_set(tmp_path) / "each").iterdir()) == [
        "01-pupil-01.pdf",
        "02-pupil-03.pdf",
    ]
    for lost in ("list.csv", "each/01-pupil-01.pdf"):
        (class_set(tmp_path) / lost).unlink()
        assert build_it(tmp_path, each=True).written == outcome.written
        assert (class_set(tmp_path) / lost).exists()


@pytest.mark.slow
@pytest.mark.prints
def test_a_profile_is_the_pupils(tmp_path: Path) -> None:
    """A pupil with a profile gets the sheet in it, among those of the others."""
    roster = unit_with_roster(tmp_path)
    roster.write_text("name,class,profile\nPupil 01,10A,\nPupil 02,10A,large-print\n", "utf-8")
    assert build_it(tmp_path).ok
    rows = listed(tmp_path)
    assert [row["profile"] for row in rows] == ["standard", "large-print"]
    pdf = pypdfium2.PdfDocument((class_set(tmp_path) / "worksheets.pdf").read_bytes())
    heights = []
    for row in rows:
        text = pdf[int(row["first page"]) - 1].get_textpage()
        start, _ = text.search("Class", match_case=True).get_next()
        _, bottom, _, top = text.get_charbox(start)
        heights.append(top - bottom)
    assert heights[1] > 1.5 * heights[0]


def test_class_sets_are_composed_once_for_each_sheet(tmp_path: Path) -> None:
    """Thirty copies share as many documents as there are levels and versions; names are in none of them."""
    from lessonpress.call import compose_all, load_library, load_roster
    from lessonpress.load.choice import select

    unit_with_roster(tmp_path)
    wish = options(tmp_path, versions=2, roster=tmp_path / "class.csv")
    library = load_library(wish)
    artefacts, _ = compose_all(
        select(library, ()), wish, load_roster(wish, [one.unit for one in library.units if one.unit])
    )
    (job,) = [one.job for one in artefacts if isinstance(one.job, ClassSet)]
    assert (len(job.documents), len(job.copies)) == (6, 30)
    assert all(one.html.count(NAME) == 1 and "Pupil" not in one.html for one in job.documents)


def test_a_sheet_without_a_name_has_its_line() -> None:
    """Where there is no roster nothing stands beside the word for the name."""
    plain = page(pose_lesson(lesson(main=[tree("matching")]), "core", 1))
    assert "<td>Name</td>" in plain
    assert NAME not in plain


@pytest.mark.parametrize("profile", ["standard", "large-print", "dyslexia"])
def test_long_names_are_set_smaller(profile: str) -> None:
    """A name has the size of written answers; a longer one is set smaller, never below the least."""
    one = make_kit(TEMPLATES, load_theme(TEMPLATES, "constructivist", profile), "en-GB")

    def size(name: str) -> float:
        return float(name_markup(one, name).split("font-size:")[1].split("pt")[0])

    least = one.theme.pt("small") if one.theme.profile.large else LEAST_PT
    assert size("Pupil 01") == one.theme.pt("write")
    assert least <= size("Pupil 01 with a name of sixty letters that has no end at all") <= one.theme.pt("write")
    assert size("W" * 200) == pytest.approx(least, abs=0.5)


def test_markup_in_a_name_is_text() -> None:
    """Signs of HTML in a name are printed."""
    assert "&lt;i&gt;Pupil&lt;/i&gt;" in name_markup(kit(), "<i>Pupil</i>")


@pytest.mark.prints
@pytest.mark.parametrize("name", ["Pupil 01", "Pupil 01 with a name of sixty letters that has no end at all"])
def test_a_name_fits_its_place(name: str) -> None:
    """The linter of pages has nothing to say of a sheet with a name, however long a roster may have it."""
    document = compose_paper(kit(), pose_lesson(lesson(main=[tree("matching")]), "core", 1), "worksheet", name=NAME)
    job = ClassSet(
        (document.document,),
        (NamedCopy(0, name, name_markup(kit(), name), ()),),
        (),
        "Set",
        str(TEMPLATES),
        "2026-11-01",
    )
    rendered = render(job)
    assert rendered.diagnostics == ()
    assert name in texts(rendered.data)[0].replace("\r\n", " ")


@pytest.mark.prints
def test_what_is_said_of_a_copy_has_no_name() -> None:
    """Findings on a named page are told without the name."""
    html = (
        '<html lang="en"><head><title>x</title></head><body style="font-family:Nowhere">' + NAME + " 张</body></html>"
    )
    document = HtmlDocument(html, "en", "x", str(TEMPLATES), "2026-11-01")
    rendered = render(
        ClassSet((document,), (NamedCopy(0, "Pupil 张", "Pupil 张", ()),), (), "Set", str(TEMPLATES), "2026-11-01")
    )
    assert rendered.diagnostics
    assert all("Pupil" not in one.message for one in rendered.diagnostics)


def test_a_set_that_breaks_is_told_without_names() -> None:
    """When a class set cannot be printed the message has the kind of the fault, and no text of the page."""
    (found,) = render(
        ClassSet((), (NamedCopy(0, "Pupil 01", "Pupil 01", ()),), (), "Set", "/nowhere", "2026-11-01")
    ).diagnostics
    assert found.code == "render-failed"
    assert "Pupil" not in found.message


def test_each_needs_a_roster(tmp_path: Path) -> None:
    """--each alone is wrong usage, and a roster with errors builds nothing."""
    roster = unit_with_roster(tmp_path)
    with pytest.raises(UsageError, match="--roster FILE"):
        build(options(tmp_path, each=True))
    roster.write_text("name\nPupil 01\n", "utf-8")
    with pytest.raises(ContentError):
        build(options(tmp_path, roster=roster))
    assert not (tmp_path / "output").exists()
    assert check(options(tmp_path))[0].units
