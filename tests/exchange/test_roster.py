"""Rosters: encodings and separators of spreadsheets, and faults told with their place and without a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonpress.diagnostics import render
from lessonpress.errors import ContentError, UsageError
from lessonpress.exchange.cells import Cell, table
from lessonpress.exchange.roster import LONGEST, Allowed, open_roster, read_roster
from lessonpress.model.pupil import Pupil, Roster

SIGNS = frozenset(range(32, 0x180))
ALLOWED = Allowed(("A", "B"), ("standard", "large-print", "dyslexia"), "standard", SIGNS)
PLAIN = "name,class,level,version,profile\nPupil 01,10A,support,B,large-print\nPupil 02,10A,,,\n"


def read(text: str, allowed: Allowed = ALLOWED) -> Roster:
    return read_roster(text.encode(), "class.csv", allowed)


def told(text: str, allowed: Allowed = ALLOWED) -> list[tuple[str, str]]:
    """The codes of what is told, each with its place."""
    return [(one.code, str(one.place)) for one in read(text, allowed).diagnostics]


def test_a_row_is_a_pupil() -> None:
    """Each row says what its pupil gets; an empty cell stands for core, version A and the profile of the build."""
    assert read(PLAIN).pupils == (
        Pupil("Pupil 01", "10A", "support", "B", "large-print"),
        Pupil("Pupil 02", "10A", "core", "A", "standard"),
    )
    assert read(PLAIN).diagnostics == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_spreadsheets_save_in_many_ways(separator: str, encoding: str, ends: str) -> None:
    """Whatever a spreadsheet makes of the file, the pupils are the same."""
    text = PLAIN.replace("Pupil 02", "Pupil Zoë").replace(",", separator).replace("\n", ends)
    found = read_roster(text.encode(encoding), "class.csv", ALLOWED)
    assert found.diagnostics == ()
    assert [pupil.name for pupil in found.pupils] == ["Pupil 01", "Pupil Zoë"]
    assert found.pupils[0] == read(PLAIN).pupils[0]


def test_heads_stand_in_any_case_and_order() -> None:
    """Columns are known by their heads, whatever their case, order and the spaces round them."""
    found = read("CLASS, Name ,LeVeL\n10A,Pupil 01,Challenge\n", Allowed(("",), ("standard",), "standard", SIGNS))
    assert found.pupils == (Pupil("Pupil 01", "10A", "challenge", "", "standard"),)


def test_quoted_cells() -> None:
    """A quoted cell may hold the separator, doubled quotation marks and a line end; lines are counted on."""
    rows = list(table('name;class\n"Pupil; ""01""";10A\n"Pupil\n02";10A\n;\n Pupil 03 ;"10A"'))
    assert [[cell.text for cell in row] for row in rows] == [
        ["name", "class"],
        ['Pupil; "01"', "10A"],
        ["Pupil 02", "10A"],
        ["Pupil 03", "10A"],
    ]
    assert rows[1] == [Cell('Pupil; "01"', 2, 2), Cell("10A", 2, 17)]
    assert (rows[3][0].line, rows[3][0].column) == (6, 2)


def test_separator_that_is_told() -> None:
    """The line sep=; that a spreadsheet writes is no row, and the lines after it keep their numbers."""
    assert told("sep=;\nname;class\n;10A\n") == [("roster-name", "class.csv:3:1")]


def test_empty_cells_at_line_ends_do_not_swallow_the_next_line() -> None:
    """An empty last cell ends its row, also before a line that begins with a quotation mark."""
    assert len(read('name,class,level\nPupil 01,10A,\n"Pupil 02",10A,\n').pupils) == 2


def test_letters_are_dealt_in_turn() -> None:
    """Without a column for it versions are dealt in turn in each class, so that neighbours differ."""
    text = "name,class\nPupil 01,10A\nPupil 02,10A\nPupil 03,10B\nPupil 04,10A\n"
    assert [pupil.version for pupil in read(text).pupils] == ["A", "B", "A", "A"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("roster-empty", "class.csv")]),
        ("name,class\n", [("roster-empty", "class.csv")]),
        ("name,level\nPupil 01,core\n", [("roster-column", "class.csv:1:1")]),
        ("who,set\nPupil 01,10A\n", ["roster-column", "roster-column-unknown"]),
        ("name,class,name\nPupil 01,10A,x\n", [("roster-column", "class.csv:1:12")]),
        ("name,class,levle\nPupil 01,10A,x\n", [("roster-column-unknown", "class.csv:1:12")]),
        ("name,class\n,10A\n", [("roster-name", "class.csv:2:1")]),
        (f"name,class\n{'P' * (LONGEST + 1)},10A\n", [("roster-name", "class.csv:2:1")]),
        ("name,class\nPupil 01,\n", [("roster-class", "class.csv:2:10")]),
        ("name,class\nPupil 01,10 A\nPupil 02,10-A\n", [("roster-class", "class.csv:3:10")]),
        ("name,class,level\nPupil 01,10A,hard\n", [("roster-level", "class.csv:2:14")]),
        ("name,class,version\nPupil 01,10A,C\n", [("roster-version", "class.csv:2:14")]),
        ("name,class,profile\nPupil 01,10A,huge\n", [("roster-profile", "class.csv:2:14")]),
        ("name,class\nPupil 01,10A\nPUPIL  01,10A\n", [("roster-twice", "class.csv:3:1")]),
        ("name,class\nPupil 张,10A\n", [("roster-letters", "class.csv:2:1")]),
        ("name,class\nPupil,01,10A\n", [("roster-cells", "class.csv:2:10")]),
    ],
)
def test_faults_have_their_place(text: str, found: list[object]) -> None:
    """Every fault is told by its code with file, line and column."""
    if found and isinstance(found[0], str):
        assert {code for code, _ in told(text)} == set(found)
    else:
        assert told(text) == found


def test_all_faults_are_told_in_one_run() -> None:
    """A row with faults does not hide those of the next, and only sound rows are pupils."""
    found = read("name,class,level,profile\nPupil 01,10A,hard,huge\n,10A,core,\nPupil 03,10A,,\n")
    assert [one.code for one in found.diagnostics] == ["roster-level", "roster-profile", "roster-name"]
    assert [pupil.name for pupil in found.pupils] == ["Pupil 03"]


def test_a_name_in_two_classes_is_two_pupils() -> None:
    """Only within a class may no name stand twice."""
    assert len(read("name,class\nPupil 01,10A\nPupil 01,10B\n").pupils) == 2


@pytest.mark.parametrize("data", [b"PK\x03\x04 a workbook", b"name,class\nPupil \x81\xff,10A\n"])
def test_a_file_that_is_no_table_is_told(data: bytes) -> None:
    """A workbook, or letters in no known encoding, are told with what to save instead."""
    (found,) = read_roster(data, "class.xlsx", ALLOWED).diagnostics
    assert found.code == "roster-encoding"
    assert "CSV UTF-8" in found.hint


def test_messages_hold_no_names() -> None:
    """What is told of a roster names the line, never a pupil, even where columns are mixed up."""
    name = "Quokkazim"
    texts = [
        f"{name},10A\n{name},10A\n",
        f"name,class,level,version,profile\n{name},10A,{name},{name},{name}\n",
        f"name,class\n{name},10A\n{name},10A\n",
        f"name,class\n10A,{name}\n10B,{name.lower()}\n",
        f"name,class\n{name},10A,{name}\n",
        f"name,class,{name}\n{name},10A,x\n",
    ]
    for text in texts:
        found = read(text).diagnostics
        assert found
        assert all(name.lower() not in render(one).lower() for one in found)


def test_single_version() -> None:
    """Where one version is built a roster may say A, and B is told with how to get it."""
    one = Allowed(("",), ("standard",), "standard", SIGNS)
    found = read("name,class,version\nPupil 01,10A,a\nPupil 02,10A,B\n", one)
    assert found.pupils == (Pupil("Pupil 01", "10A", "core", "", "standard"),)
    assert "--versions 2" in found.diagnostics[0].hint


def test_opening(tmp_path: Path) -> None:
    """A sound file gives its pupils and its hash; a missing one is wrong usage, one with errors stops the build."""
    path = tmp_path / "class.csv"
    path.write_text(PLAIN, "utf-8")
    assert len(open_roster(path, ALLOWED).sha256) == 64
    with pytest.raises(UsageError, match=r"missing\.csv cannot be read"):
        open_roster(tmp_path / "missing.csv", ALLOWED)
    path.write_text("name\nPupil 01\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        open_roster(path, ALLOWED)
    assert [one.code for one in caught.value.diagnostics] == ["roster-column"]
