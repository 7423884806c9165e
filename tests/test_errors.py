"""Bad content: one file a fault, with the diagnostic that it must get written into it.

A comment `#! line:column: code: message | hint` says what is expected of the file that holds it;
at the end of a line it may leave `line:` out, and a name before it means another file. `#! file:` names the file of the sound unit that
it replaces (a lesson of its own without one), `#! made by:` a builder below for what YAML text
cannot hold, `#! checks: composed` that the templates are needed too; `{kinds}` stands for the names of all kinds.
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

from lessonpress.activities import discover
from lessonpress.build import build, check
from lessonpress.call import compose_all
from lessonpress.diagnostics import Diagnostic, render
from lessonpress.errors import ContentError, UsageError
from lessonpress.load import Library, load
from lessonpress.load.choice import select
from lessonpress.options import Options
from lessonpress.theme import load_theme

HERE = Path(__file__).parent / "errors"
TEMPLATES = Path(__file__).parents[1] / "templates"
SOUND = HERE / "sound"
OWN = "lessons/03-case.yaml"
EXPECTED = re.compile(
    r"#! (?:(?P<file>[\w/.-]+\.ya?ml): ?)?(?:(?P<line>\d+):)?(?:(?P<column>\d+): )?"
    r"(?P<warning>warning: )?(?P<code>[a-z][a-z0-9-]+): (?P<message>.*?)(?: \| (?P<hint>.*))?$"
)
SETTINGS = re.compile(r"^#! (file|made by|checks): (.*)$", re.MULTILINE)
PYDANTIC = re.compile(
    r"Input should|validation error|Value error|Field required|Extra inputs|pydantic|Traceback|\b[a-z]+_[a-z]+_type\b|union_|'>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """A file of bad content, what it replaces, and what must be said of it."""

    path: Path
    file: str
    made_by: str
    composed: bool
    expected: list[str]


def _case(path: Path) -> Case:
    text = path.read_text("utf-8").replace("{kinds}", ", ".join(discover()))
    settings = dict(SETTINGS.findall(text))
    file = settings.get("file", OWN)
    expected = []
    for number, line in enumerate(text.split("\n"), 1):
        if "#! " not in line or SETTINGS.match(line):
            continue
        comment = line[line.index("#! ") :]
        found = EXPECTED.match(comment)
        assert found, f"{path.name}:{number}: not an expectation: {comment}"
        place = found["file"] or file
        if found["column"]:
            place += f":{found['line'] or number}:{found['column']}"
        severity = "warning" if found["warning"] else "error"
        expected.append(_told(place, severity, found["code"], found["message"], found["hint"] or ""))
    return Case(path, file, settings.get("made by", ""), settings.get("checks") == "composed", expected)


def _told(place: str, severity: str, code: str, message: str, hint: str) -> str:
    return f"{place}: {severity}: {code}: {message}" + (f" | {hint}" if hint else "")


def told(diagnostic: Diagnostic) -> str:
    """A diagnostic on one line, as the cases write it."""
    return _told(
        str(diagnostic.place),
        str(diagnostic.severity),
        diagnostic.code,
        diagnostic.message,
        diagnostic.hint.replace("\n", r"\n"),
    )


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
        library, found = check(Options(Path(), unit / "output", TEMPLATES, lessons=("3",)))
        diagnostics = [d for d in found if d.place.file.startswith(("lessons", "banks", "unit", "spec"))]
    else:
        library = load_unit(unit, monkeypatch)
        diagnostics = list(library.diagnostics)
    assert [told(d) for d in diagnostics] == case.expected
    for diagnostic in diagnostics:
        assert not PYDANTIC.search(diagnostic.message + diagnostic.hint)
        assert render(diagnostic).startswith(str(diagnostic.place))
    bad = {d.place.file for d in diagnostics if d.is_error}
    if all(file.startswith("lessons/") for file in bad):
        sound = {lesson.stem for u in library.units for lesson in u.lessons}
        assert sound >= {"01-first-steps", "02-second-steps"} - {Path(file).stem for file in bad}
    else:
        assert not any(u.lessons for u in library.units)


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


def test_html_and_jinja_print_as_text(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw HTML and Jinja in a lesson are no commands: they reach the page as the signs that they are."""
    shutil.copy(HERE / "fine-html-and-jinja.yaml", unit / OWN)
    library = load_unit(unit, monkeypatch)
    chosen = select(library, ["3"])
    artefacts, _ = compose_all(
        chosen, Options(Path(), unit / "output", TEMPLATES, only=("worksheet",), levels=("core",))
    )
    markup = artefacts[0].job.html
    assert "&lt;b&gt;{{ 7 * 7 }}&lt;/b&gt; {% raw %} &amp;amp; &lt;script&gt;" in markup
    assert "49" not in library.units[0].lessons[-1].core.main[0].questions[0].ask.plain


def test_all_problems_of_all_files_come_in_one_run(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken settings, banks and lessons are all told at once, each without blaming another."""
    broken = ("unknown-key-unit", "unknown-key-term", "unknown-key-point", "unknown-term", "bad-date")
    for name in broken:
        case = next(case for case in CASES if case.path.stem == name)
        shutil.copy(case.path, unit / case.file)
    shutil.copy(HERE / "gap-open.yaml", unit / "lessons" / "04-fourth.yaml")
    library = load_unit(unit, monkeypatch)
    assert [d.place.file for d in library.diagnostics] == [
        "unit.yaml",
        "banks/terms.yaml",
        "banks/events.yaml",
        "specification.yaml",
        OWN,
        "lessons/04-fourth.yaml",
    ]
    assert library.units[0].lessons == ()
    assert len(library.units[0].broken) == 4


def test_broken_lessons_do_not_stop_sound_ones(unit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors within a lesson leave the others to be built."""
    for number, name in enumerate(("gap-open", "unknown-term", "trap-hash"), 3):
        shutil.copy(HERE / f"{name}.yaml", unit / "lessons" / f"{number:02}-{name}.yaml")
    library = load_unit(unit, monkeypatch)
    assert [lesson.stem for lesson in library.units[0].lessons] == ["01-first-steps", "02-second-steps"]
    assert library.units[0].broken == ("03-gap-open", "04-unknown-term", "05-trap-hash")
    assert len(library.diagnostics) == 3


@pytest.mark.parametrize("file", ["unit.yaml", "lessons/01-first-steps.yaml"])
@pytest.mark.prints
def test_earlier_output_stays_when_content_breaks(unit: Path, tmp_path: Path, file: str) -> None:
    """What was built before an error came in is not touched by the build that finds it."""
    options = Options(unit, tmp_path / "output", TEMPLATES, only=("worksheet",), levels=("core",))
    assert build(options).ok
    before = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*.pdf")}
    (unit / file).write_text("titel: broken\n", "utf-8")
    if file == "unit.yaml":
        with pytest.raises(ContentError):
            build(options)
    else:
        assert not build(options).ok
    assert {path: path.read_bytes() for path in (tmp_path / "output").rglob("*.pdf")} == before
    assert len(before) == 2


def test_output_under_a_file_is_wrong_usage(unit: Path) -> None:
    """An output path that lies under a file is told in words, as wrong usage."""
    with pytest.raises(UsageError, match="a file of that name stands in its way"):
        build(
            Options(unit, unit / "unit.yaml" / "out", TEMPLATES, only=("worksheet",), levels=("core",), lessons=("1",))
        )


def test_a_content_folder_without_units_is_told(tmp_path: Path) -> None:
    """A folder without units, and one that is not there, each get a diagnostic."""
    for folder, message in ((tmp_path, "there is no unit here"), (tmp_path / "none", "there is no such folder")):
        library = load(folder, TEMPLATES, lambda unit: None)
        assert [d.message for d in library.diagnostics] == [message]
        assert library.has_errors


def test_a_folder_of_units_names_those_without_settings(tmp_path: Path, unit: Path) -> None:
    """A unit beside others that lacks its unit.yaml is not passed over."""
    shutil.copytree(unit, tmp_path / "all" / "sound")
    shutil.copytree(unit, tmp_path / "all" / "bare")
    (tmp_path / "all" / "bare" / "unit.yaml").unlink()
    library = load(tmp_path / "all", TEMPLATES, lambda unit: None)
    assert [(d.code, Path(d.place.file).parent.name) for d in library.diagnostics] == [("no-unit", "bare")]
    assert [u.slug for u in library.units] == ["sound"]


@pytest.mark.parametrize("encode", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")])
def test_the_files_of_other_editors_are_read(
    unit: Path, monkeypatch: pytest.MonkeyPatch, encode: Callable[[bytes], bytes]
) -> None:
    """A byte order mark and the line ends of Windows change nothing."""
    sound = load_unit(unit, monkeypatch).units[0].lessons[0].core
    for path in unit.rglob("*.yaml"):
        path.write_bytes(encode(path.read_bytes()))
    library = load_unit(unit, monkeypatch)
    assert not library.diagnostics
    assert repr(library.units[0].lessons[0].core) == repr(sound)
