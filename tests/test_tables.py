"""Tables as banks: CSV and Excel give the tree that YAML gives, and problems point at the cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lessonpress.call import load_library
from lessonpress.cli import run
from lessonpress.diagnostics import render
from lessonpress.load import Library
from lessonpress.load.tables import SHAPES
from lessonpress.options import Options
from lessonpress.source import Shape, read_table, sheets
from lessonpress.source.table import letters
from tests.activities.bench import TEMPLATES
from tests.tiny import write_unit

SHAPE = Shape(("id", "name", "also"), frozenset({"id", "name"}), frozenset({"also"}))
QUIZ = SHAPES["quiz"]
HEADS = ("id", "name", "also")
TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12).map(
    str.strip
)
WORD = TEXT.filter(lambda text: bool(text) and text[0] not in "#=" and "_x" not in text)
TERMS = "id,term,definition\nnep,NEP,The policy of 1921.\n"


def as_csv(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list[Any]], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, form in (formats or {}).items():
        book.active[cell].number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def told(data: bytes | str, file: str = "banks/terms.csv", shape: Shape = SHAPE) -> list[str]:
    """Cell, code and message of each problem of a table."""
    document = read_table(file, data.encode() if isinstance(data, str) else data, shape)
    return [f"{d.place.cell} {d.code}: {d.message}" for d in document.diagnostics]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WORD, WORD, st.lists(WORD.filter(lambda w: ";" not in w), max_size=3)), max_size=5),
    st.sampled_from(",;\t"),
)
def test_csv_and_excel_give_the_same_tree(rows: list[tuple[str, str, list[str]]], separator: str) -> None:
    """Whatever texts the cells hold, each file gives them back by id and column, a list cell by its things."""
    unique = {ident.lower(): (ident, name, also) for ident, name, also in rows}
    cells = [list(HEADS), *([ident, name, "; ".join(also)] for ident, name, also in unique.values())]
    expected = {i: {"name": n, **({"also": a} if a else {})} for i, n, a in unique.values()}
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        table = read_table("a.csv", as_csv(cells, separator, encoding), SHAPE)
        assert (table.root, table.diagnostics) == (expected, ())
    book = Workbook()
    for number, row in enumerate(cells, 1):
        for column, text in enumerate(row, 1):
            book.active.cell(number, column).value = text
            book.active.cell(number, column).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    table = read_table("a.xlsx", out.getvalue(), SHAPE)
    assert (table.root, table.diagnostics) == (expected, ())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx"]))
def test_no_bytes_raise(data: bytes, file: str) -> None:
    """Whatever a file holds, it becomes a tree or a problem."""
    table = read_table(file, data, SHAPE)
    assert table.root is not None or any(d.is_error for d in table.diagnostics)


def test_places_are_cells() -> None:
    """A value knows its row and column, and a problem shows the name of the cell and what it holds."""
    table = read_table("banks/terms.csv", b"id,name\n\nnep,NEP\n", SHAPE)
    mark = table.root["nep"]["name"].mark
    place = table.place(mark)
    assert (str(place), place.cell, place.text) == ("banks/terms.csv:3:2", "B3", "NEP")
    assert str(table.place(None)) == "banks/terms.csv"
    found = read_table("banks/terms.csv", b"id,name\na,b\nA,c\n", SHAPE).diagnostics[0]
    assert render(found).splitlines()[:2] == [
        'banks/terms.csv:3:1: error: the id "A" stands in this file twice',
        "   A3 | A",
    ]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_names_of_columns(column: int, name: str) -> None:
    """Columns are named as spreadsheets name them."""
    assert letters(column) == name


def test_notes_and_empty_rows_are_passed_over() -> None:
    """Rows that begin with # and rows without text are no entries; heads are known whatever their case."""
    table = read_table("a.csv", b"# our terms,\n,\n ID ,Name\n#,x\n,\nnep,NEP\n", SHAPE)
    assert (table.root, table.diagnostics) == ({"nep": {"name": "NEP"}}, ())


def test_rows_are_grouped_by_lesson() -> None:
    """Questions stand under the slug of their lesson, in the order of the rows; a row without one is told."""
    rows = b"lesson,id,ask,answer,accept\none,a,A?,x,y; z\ntwo,b,B?,x,\none,c,C?,x,\n,d,D?,x,\n"
    table = read_table("quiz.csv", rows, QUIZ)
    assert {slug: [item["id"] for item in items] for slug, items in table.root.items()} == {
        "one": ["a", "c"],
        "two": ["b"],
    }
    assert table.root["one"][0]["accept"] == ["y", "z"]
    assert told(rows, shape=QUIZ) == ["A5 missing-key: this row has no lesson"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("id,nam\na,b\n", ['B1 unknown-key: no column is called "nam"']),
        ("id,name,name\na,b,c\n", ['C1 duplicate-key: two columns are called "name"']),
        ("id,also\na,b\n", ['A1 missing-key: the column "name" is missing']),
        ("one,two\na,b\n", ["A1 no-heads: this table has no row of column heads"]),
        ("", ["A1 no-heads: this table has no row of column heads"]),
        ("id,name\n,b\n", ["A2 missing-key: this row has no id"]),
        ("id,name\na,b,c\n", ["C2 no-head: a text stands in a column without a head"]),
        ("id,name\na,b\x07\n", ["B2 control-character: this cell holds an invisible sign"]),
        ('id,name\na,"b\n', [" unreadable-table: this row is not CSV: unexpected end of data"]),
    ],
)
def test_problems_of_csv(rows: str, expected: list[str]) -> None:
    """Each fault of a table is told once, at its cell."""
    assert told(rows) == expected


def test_encodings() -> None:
    """Windows-1252 is read with a doubt, what no encoding gives is refused."""
    table = read_table("a.csv", "id,name\na,Café\n".encode("cp1252"), SHAPE)
    assert table.root == {"a": {"name": "Café"}}
    assert [(d.code, d.is_error) for d in table.diagnostics] == [("encoding", False)]
    assert told(b"id,name\na,\x81\n") == [" unreadable-table: the letters of this file cannot be read"]


def test_the_separator_may_be_named() -> None:
    """The line `sep=;` of Excel is obeyed, and rows keep their numbers."""
    table = read_table("a.csv", b"sep=;\r\nid;name\r\na;b,c\r\n", SHAPE)
    assert table.root == {"a": {"name": "b,c"}}
    assert table.root["a"]["name"].mark.line == 2


def test_cells_of_excel() -> None:
    """Whole numbers have no point, dates are text as far as they are shown, truth is a word."""
    day = dt.datetime(1922, 4, 3)  # noqa: DTZ001 - a date of a spreadsheet has no zone
    rows = [
        ["id", "name"],
        ["a", 1919],
        ["b", 1919.0],
        ["c", 0.5],
        ["d", day],
        ["e", day],
        ["f", True],
        ["g", day.date()],
    ]
    formats = {"B5": "dd/mm/yyyy", "B6": 'mmm yy "dd"', "B8": "yyyy-mm-dd"}
    table = read_table("a.xlsx", as_xlsx(rows, formats), SHAPE)
    names = {key: value["name"] for key, value in table.root.items()}
    assert names == {
        "a": "1919",
        "b": "1919",
        "c": "0.5",
        "d": "1922-04-03",
        "e": "1922-04",
        "f": "true",
        "g": "1922-04-03",
    }


def test_formulas_are_told() -> None:
    """Nothing is calculated: a formula and an error of Excel are told at their cells."""
    rows = [["id", "name"], ["a", "=1+1"], ["b", "#N/A"]]
    assert told(as_xlsx(rows), "a.xlsx") == [
        "B2 formula: a formula stands here, and formulas are not calculated",
        "B3 formula: the spreadsheet shows an error here: #N/A",
    ]


def test_what_is_no_bank_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old, damaged, huge and cunning files become one problem each, before they are unpacked."""
    good = as_xlsx([["id", "name"], ["a", "b"]])
    assert "old one" in told(b"\xd0\xcf\x11\xe0rest", "a.xlsx")[0]
    assert "not an Excel file" in told(good[:200], "a.xlsx")[0]
    assert "damaged" in told(_with_part(good, "xl/workbook.xml", b"<workbook/>"), "a.xlsx")[0]
    assert "entities" in told(_with_part(good, "xl/workbook.xml", b"<!DOCTYPE x><workbook/>"), "a.xlsx")[0]
    bomb = _with_part(good, "xl/media/a.bin", bytes(sheets.MAX_UNPACKED))
    assert len(bomb) < sheets.MAX_BYTES
    assert "unpacks to more" in told(bomb, "a.xlsx")[0]
    many = as_xlsx([["id", "name"], *([f"a{n}", "b"] for n in range(40))])
    monkeypatch.setattr(sheets, "MAX_ROWS", 40)
    assert "more than 40 rows" in told(many, "a.xlsx")[0]
    assert "more than 40 rows" in told("id,name\n" + "a,b\n" * 40)[0]
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 2)
    assert "more than 2 cells" in told("id,name\na,b,c\n")[0]
    assert "more than 2 cells" in told(as_xlsx([["id", "name"], ["a", "b", "c"]]), "a.xlsx")[0]
    monkeypatch.setattr(sheets, "MAX_BYTES", 5)
    assert "the limit is 5" in told("id,name\n")[0]
    assert "the limit is 5" in told(good, "a.xlsx")[0]


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def loaded(folder: Path, **banks: str | bytes) -> Library:
    """A unit with banks in files; `__` stands for the point of a name."""
    root = write_unit(folder / "content", lessons=["01-first"])
    (root / "banks").mkdir()
    for name, data in banks.items():
        (root / "banks" / name.replace("__", ".")).write_bytes(data.encode() if isinstance(data, str) else data)
    return load_library(Options(folder / "content", folder / "output", TEMPLATES))


def errors(library: Library) -> list[str]:
    return [f"{Path(d.place.file).name} {d.place.cell} {d.message}" for d in library.diagnostics]


def test_tables_stand_beside_yaml_or_in_its_place(tmp_path: Path) -> None:
    """The entries of all files of a bank are one bank."""
    library = loaded(
        tmp_path,
        quiz__yaml="first:\n  - {id: a, ask: Who?, answer: he}\n",
        quiz__csv="lesson;id;ask;answer;accept\nfirst;b;Which of them?;she;her\n",
        terms__xlsx=as_xlsx([["id", "term", "definition"], ["nep", "NEP", "The policy of 1921."]]),
        events__csv="id,date,also,when,event,label\nT-1,1922-04,1922; 1922-04-03,April,It was.,A day\n",
    )
    assert errors(library) == []
    unit = library.units[0]
    assert [item.id for item in unit.quiz["first"]] == ["a", "b"]
    assert unit.banks["terms"]["nep"].definition.plain == "The policy of 1921."
    assert [date.iso for date in unit.banks["events"]["t-1"].dates] == ["1922-04", "1922", "1922-04-03"]


def test_an_id_in_two_files_is_told(tmp_path: Path) -> None:
    """Neither file wins: the second is told where the first is."""
    library = loaded(tmp_path, terms__yaml="NEP: {term: NEP, definition: One.}\n", terms__csv=TERMS)
    assert len(errors(library)) == 1
    assert errors(library)[0].startswith('terms.csv A2 the id "nep" stands in ')
    assert errors(library)[0].endswith("banks/terms.yaml too")


def test_what_a_model_refuses_is_told_at_its_cell(tmp_path: Path) -> None:
    """Dates that are none, long texts, missing values and strange lessons point at row and column."""
    library = loaded(
        tmp_path,
        events__csv="id,date,when,event,label\nT-1,yesterday,April,It was.,A day\nT-2,1922,April,It was.,\n",
        terms__csv="id,term,definition,gloss\nnep,NEP,It was.," + "word " * 13 + "\n",
        quiz__csv="lesson,id,ask,answer\nfirst,a,Who?,he\nfrist,b,Which?,she\n",
    )
    assert errors(library) == [
        "terms.csv D2 13 words stand here; the limit is 12",
        'events.csv B2 "yesterday" is not a date: write 1924, 1924-06 or 1924-06-02',
        'events.csv A3 "label" is missing',
        'quiz.csv A3 no lesson has the slug "frist"',
    ]


def test_files_that_are_no_bank(tmp_path: Path) -> None:
    """A table of another bank, another kind of spreadsheet and an unknown name are told; an open file's lock is not."""
    library = loaded(
        tmp_path, people__csv="id\n", quiz__ods="x", trems__xlsx="x", **{"~$quiz__xlsx": "x", ".~lock.quiz__csv": "x"}
    )
    assert errors(library) == [
        "people.csv  the bank people has no table: its entries hold more than a row can",
        "quiz.ods  this kind of spreadsheet is not read",
        'trems.xlsx  no bank is called "trems"',
    ]


@pytest.mark.parametrize("bank", SHAPES)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_new_bank_writes_a_table_to_fill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bank: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The empty table is sound, has every column, and is never written over."""
    monkeypatch.chdir(tmp_path)
    root = write_unit(Path("content"), lessons=["01-first"])
    assert run(["new", "bank", bank, f"--{kind}"]) == 0
    path = root / "banks" / f"{bank}.{kind}"
    table = read_table(path.name, path.read_bytes(), SHAPES[bank])
    assert (table.root, table.diagnostics) == ({}, ())
    assert tuple(text for text in table.cells[0] if text) == SHAPES[bank].columns
    assert run(["check"]) == 0
    assert run(["new", "bank", bank, f"--{kind}"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_the_new_excel_file_keeps_what_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns are text, so that Excel makes no date of 1922-04; heads stay in sight, columns have widths."""
    monkeypatch.chdir(tmp_path)
    root = write_unit(Path("content"))
    assert run(["new", "bank", "events"]) == 0
    sheet = load_workbook(root / "banks" / "events.xlsx").active
    assert (sheet.freeze_panes, sheet.column_dimensions["B"].number_format) == ("A2", "@")
    assert sheet.column_dimensions["F"].width > sheet.column_dimensions["B"].width > 10
