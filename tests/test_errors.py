"""Bad content: one file a fault, with the diagnostic that it must get written into it.

A line `#! line:column: code: message | hint` says what is expected of the file that holds it;
at the end of a line it may leave `line:` out. `#! file:` names the file of the sound unit that
it replaces (a lesson of its own without one), `#! made by:` a builder below for what YAML text
cannot hold, `#! checks: composed` that the templates are needed too.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from lessonpress.build import Options, build, check
from lessonpress.diagnostics import Diagnostic, Severity, render
from lessonpress.load import Library, load
from lessonpress.theme import load_theme

HERE = Path(__file__).parent / "errors"
TEMPLATES = Path(__file__).parents[1] / "templates"
SOUND = HERE / "sound"
OWN = "lessons/03-case.yaml"
EXPECTED = re.compile(r"#! (?:(?P<line>\d+):)?(?P<column>\d+): (?P<warning>warning: )?(?P<code>[a-z0-9-]+): (?P<message>.*?)(?: \| (?P<hint>.*))?$")
WHOLE_FILE = re.compile(r"#! (?P<warning>warning: )?(?P<code>[a-z][a-z0-9-]+): (?P<message>.*?)(?: \| (?P<hint>.*))?$")
SETTINGS = re.compile(r"^#! (file|made by|checks|says of): (.*)$", re.MULTILINE)
PYDANTIC = re.compile(r"Input should|validation error|Value error|Field required|Extra inputs|pydantic|Traceback|\b[a-z]+_[a-z]+_type\b|union_|'>", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """A file of bad content, what it replaces, and what must be said of it."""

    path: Path
    file: str
    made_by: str
    composed: bool
    expected: list[str]

    @property
    def is_lesson(self) -> bool:
        return self.file.startswith("lessons/")


def _case(path: Path) -> Case:
    text = path.read_text("utf-8")
    settings = dict(SETTINGS.findall(text))
    file = settings.get("file", OWN)
    expected = []
    for number, line in enumerate(text.split("\n"), 1):
        if "#! " not in line or SETTINGS.match(line):
            continue
        comment = line[line.index("#! ") :]
        found = EXPECTED.match(comment)
        if found:
            place = f"{settings.get('says of', file)}:{found['line'] or number}:{found['column']}"
        else:
            found = WHOLE_FILE.match(comment)
            assert found, f"{path.name}:{number}: not an expectation: {comment}"
            place = settings.get("says of", file)
        severity = "warning" if found["warning"] else "error"
        expected.append(_told(place, severity, found["code"], found["message"], found["hint"] or ""))
    return Case(path, file, settings.get("made by", ""), settings.get("checks") == "composed", expected)


def _told(place: str, severity: str, code: str, message: str, hint: str) -> str:
    return f"{place}: {severity}: {code}: {message}" + (f" | {hint}" if hint else "")


def told(diagnostic: Diagnostic) -> str:
    """A diagnostic on one line, as the cases write it."""
    return _told(str(diagnostic.place), str(diagnostic.severity), diagnostic.code, diagnostic.message, diagnostic.hint.replace("\n", r"\n"))


CASES = [_case(path) for path in sorted(HERE.glob("*.yaml"))]


@functools.cache
def _glyphs(theme: str) -> frozenset[int]:
    return load_theme(TEMPLATES, theme).coverage()


def load_unit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The unit of a folder, its files called as they are from within it."""
    monkeypatch.chdir(folder)
    return load(Path(), TEMPLATES, lambda unit: _glyphs(unit.theme), name=lambda path: path.as_posix())


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A copy of the sound unit."""
    return shutil.copytree(SOUND, tmp_path / "unit")


# ---- what YAML text cannot hold ------------------------------------------------------------

LESSON = (SOUND / "lessons" / "01-first-steps.yaml").read_bytes()
SOURCES = (SOUND / "banks" / "sources.yaml").read_text("utf-8")
BUILDERS: dict[str, Callable[[Path], None]] = {}


def builder(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Let cases name a function that spoils a unit."""
    BUILDERS[make.__name__] = make
    return make


@builder
def not_utf8(unit: Path) -> None:
    (unit / OWN).write_bytes("title: Café".encode("latin-1"))


@builder
def utf16(unit: Path) -> None:
    (unit / OWN).write_bytes("title: A lesson\n".encode("utf-16"))


@builder
def control_character(unit: Path) -> None:
    (unit / OWN).write_bytes("title: É and\nenquiry: Wh\x07y?\n".encode())


@builder
def alias_bomb(unit: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (unit / OWN).write_text("\n".join(lines), "utf-8")


@builder
def deep_nesting(unit: Path) -> None:
    (unit / OWN).write_text("title: " + "[" * 10_000, "utf-8")


@builder
def too_large(unit: Path) -> None:
    (unit / OWN).write_bytes(b"title: " + b"x" * 2_000_000)


@builder
def empty(unit: Path) -> None:
    (unit / OWN).write_bytes(b"")


@builder
def empty_bank(unit: Path) -> None:
    (unit / "banks" / "terms.yaml").write_bytes(b"")


@builder
def no_number(unit: Path) -> None:
    (unit / "lessons" / "third-steps.yaml").write_bytes(LESSON)


@builder
def same_number(unit: Path) -> None:
    (unit / "lessons" / "02-again.yaml").write_bytes(LESSON)


@builder
def no_unit_file(unit: Path) -> None:
    (unit / "unit.yaml").rename(unit / "unit.yml")


@builder
def unknown_bank(unit: Path) -> None:
    (unit / "banks" / "term.yaml").write_text("a: {}\n", "utf-8")


@builder
def lesson_is_a_folder(unit: Path) -> None:
    (unit / OWN).mkdir()


@builder
def not_quite_yaml_name(unit: Path) -> None:
    (unit / "lessons" / "03-third.yml").write_bytes(LESSON)


def _with_image(unit: Path, file: str) -> None:
    (unit / "images").mkdir(exist_ok=True)
    (unit / "banks" / "sources.yaml").write_text(f"{SOURCES}  image:\n    file: {file}\n    alt: A poster\n", "utf-8")


@builder
def image_missing(unit: Path) -> None:
    _with_image(unit, "poster.png")


@builder
def image_broken(unit: Path) -> None:
    _with_image(unit, "poster.png")
    (unit / "images" / "poster.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")


@builder
def image_kind(unit: Path) -> None:
    _with_image(unit, "poster.gif")
    Image.new("1", (4, 4)).save(unit / "images" / "poster.gif")


@builder
def image_huge(unit: Path) -> None:
    _with_image(unit, "poster.png")
    with (unit / "images" / "poster.png").open("wb") as file:
        file.truncate(8_000_001)


@builder
def image_of_many_pixels(unit: Path) -> None:
    _with_image(unit, "poster.png")
    Image.new("1", (8_000, 8_000)).save(unit / "images" / "poster.png")


@builder
def image_outside(unit: Path) -> None:
    _with_image(unit, "../unit.yaml")


# ---- the tests -----------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_bad_content_gets_the_diagnostic_written_in_it(case: Case, unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each case gets exactly the diagnostics that it names, and the lessons beside it stay sound."""
    if case.made_by:
        BUILDERS[case.made_by](unit)
    else:
        shutil.copy(case.path, unit / case.file)
    if case.composed:
        monkeypatch.chdir(unit)
        library, found = check(Options(Path(), unit / "output", TEMPLATES))
        diagnostics = [d for d in found if d.place.file.startswith(("lessons", "banks", "unit", "spec"))]
    else:
        library = load_unit(unit, monkeypatch)
        diagnostics = list(library.diagnostics)
    assert [told(d) for d in diagnostics] == case.expected
    for diagnostic in diagnostics:
        assert not PYDANTIC.search(diagnostic.message + diagnostic.hint)
        assert render(diagnostic).startswith(str(diagnostic.place))
    if case.is_lesson:
        assert {lesson.stem for u in library.units for lesson in u.lessons} >= {"01-first-steps", "02-second-steps"} - {Path(case.file).stem}


def test_there_are_cases() -> None:
    """The suite of bad content is not empty, and every builder is used."""
    assert len(CASES) >= 70
    assert {case.made_by for case in CASES} - {""} == set(BUILDERS)


def test_the_sound_unit_is_sound(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit that the cases spoil has no problem of its own."""
    monkeypatch.chdir(unit)
    library, found = check(Options(Path(), unit / "output", TEMPLATES))
    assert [told(d) for d in found if d.is_error] == []
    assert [lesson.stem for lesson in library.units[0].lessons] == ["01-first-steps", "02-second-steps"]
