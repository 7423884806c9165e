"""The school that a theme tells of: its name and logo, what is refused, and where they stand on paper."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from lessonpress.build import build
from lessonpress.errors import ContentError
from lessonpress.theme import School, Theme, load_theme, themes
from lessonpress.theme.school import MAX_NAME, MIN_DPI
from lessonpress.theme.values import LOGO_MM
from tests.tiny import TEMPLATES, options, write_unit

SHAPE = '<path fill="#14532D" d="M0 60V8h80v52Z"/>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60">{}</svg>'
SCHOOL = """title: Northgate School
extends: {extends}
school:
  name: Northgate School
  logo: logo.svg
  alt: A gate with two towers
colours: {{accent: "#5B2A86", key: "#5B2A86"}}
slides: {{colours: {{accent1: "5B2A86", hlink: "5B2A86"}}}}
"""
MM = 25.4 / 72


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The themes, and a school's on each of them; fonts are linked, not copied."""
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES / "themes", folder / "themes", ignore=shutil.ignore_patterns("fonts"))
    for name in ("profiles", "papers"):
        shutil.copytree(TEMPLATES / name, folder / name)
    for fonts in (TEMPLATES / "themes").glob("*/fonts"):
        (folder / "themes" / fonts.parent.name / "fonts").symlink_to(fonts)
    return with_schools(folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All templates, with the same themes: printers open no file outside of them."""
    folder = tmp_path_factory.mktemp("whole") / "templates"
    shutil.copytree(TEMPLATES, folder)
    return with_schools(folder)


def with_schools(folder: Path) -> Path:
    """Templates with a school's theme on each of ours."""
    for name in themes(TEMPLATES):
        mine = folder / "themes" / f"north-{name}"
        mine.mkdir()
        (mine / "theme.yaml").write_text(SCHOOL.format(extends=name), "utf-8")
        (mine / "logo.svg").write_text(SVG.format(SHAPE), "utf-8")
    return folder


def loaded(templates: Path, school: str, **logos: bytes) -> Theme:
    """A theme with that `school:`, and files beside it."""
    folder = templates / "themes" / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "theme.yaml").write_text(f"extends: classic\nschool: {school}\n", "utf-8")
    for name, data in logos.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return load_theme(templates, "mine")


def refusal(templates: Path, school: str, **logos: bytes) -> str:
    """The one problem with which a school is refused: its code, then what is said."""
    with pytest.raises(ContentError) as caught:
        loaded(templates, school, **logos)
    (problem,) = caught.value.diagnostics
    assert problem.place.line == 2
    assert problem.hint
    return f"{problem.code}: {problem.message}"


def picture(size: tuple[int, int], colour: str, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """A picture of one colour."""
    data = io.BytesIO()
    Image.new(mode, size, colour).save(data, kind)
    return data.getvalue()


def test_a_school_is_ten_lines_of_yaml(templates: Path) -> None:
    """Name, logo and colours of a school take ten lines at most, on paper and on slides."""
    assert len(SCHOOL.splitlines()) <= 10
    theme = load_theme(templates, "north-classic")
    assert theme.school == School(
        "Northgate School",
        templates / "themes" / "north-classic" / "logo.svg",
        "A gate with two towers",
        80 / 60,
        "themes/north-classic/logo.svg",
    )
    assert theme.school.logo in theme.files
    assert theme.colours["accent"] == "#5B2A86"
    assert theme.slides["colours"]["accent1"] == "5B2A86"
    assert theme.slides["fonts"] == load_theme(TEMPLATES, "classic").slides["fonts"]


def test_a_school_may_be_a_name_alone(templates: Path) -> None:
    """Without a logo the name stands by itself; a theme that extends a school's has its school."""
    theme = loaded(templates, "{name: Northgate}")
    assert theme.school == School("Northgate", None, "Northgate")
    assert load_theme(TEMPLATES, "classic").school is None
    (templates / "themes" / "mine" / "theme.yaml").write_text("extends: north-classic\n", "utf-8")
    assert load_theme(templates, "mine").school == load_theme(templates, "north-classic").school


@pytest.mark.parametrize(
    ("school", "said"),
    [
        ("Northgate", "theme-school: the school is not complete"),
        ("{logo: logo.png}", "theme-school: the school has no name"),
        ("{name: Northgate, motto: Carpe diem}", 'theme-school: a school has no "motto"'),
        (f"{{name: {'N' * (MAX_NAME + 1)}}}", "theme-school: the name of the school has 37 letters"),
        ("{name: Northgate, logo: none.png}", 'theme-logo: there is no logo "none.png"'),
        ("{name: Northgate, logo: ../classic/theme.css}", 'theme-logo: there is no logo "../classic/theme.css"'),
        ("{name: Northgate, logo: theme.yaml}", 'theme-logo: "theme.yaml" is no SVG, PNG or JPEG'),
    ],
)
def test_what_a_school_lacks_is_told(templates: Path, school: str, said: str) -> None:
    """A missing name, an unknown key, a name without room and a file that is no picture each have a diagnostic."""
    assert said in refusal(templates, school, logo_png=picture((200, 200), "black"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (picture((20, 20), "black"), "dots an inch"),
        (picture((4000, 100), "black"), "times as wide as high"),
        (picture((200, 200), "#DDDDDD"), "nothing dark enough"),
        (picture((200, 200), "#FFFFFF00", "RGBA"), "nothing dark enough"),
        (picture((4000, 4000), "black"), "more than 10 million pixels"),
        (picture((200, 200), "black", kind="GIF"), "is no SVG, PNG or JPEG"),
        (picture((200, 200), "black")[:60], "is no SVG, PNG or JPEG"),
        (b"\x89PNG" + b"0" * 1_000_001, "more than 1 MB"),
    ],
    ids=["coarse", "wide", "light", "clear", "large", "gif", "cut", "heavy"],
)
def test_pictures_that_cannot_be_printed_are_refused(templates: Path, data: bytes, said: str) -> None:
    """A logo that would be coarse, lost on a copier, out of shape, huge or broken is refused with the reason."""
    assert said in refusal(templates, "{name: Northgate, logo: logo.png}", logo_png=data)


def test_a_sharp_picture_is_taken(templates: Path) -> None:
    """A PNG with enough dots for its place is a logo, and so is a JPEG; its ratio comes from its pixels."""
    least = round(LOGO_MM[1] / 25.4 * MIN_DPI) + 1
    school = loaded(templates, "{name: N, logo: logo.png}", logo_png=picture((2 * least, least), "navy")).school
    assert school is not None
    assert (school.ratio, school.logo_mm) == (2, (14, 7))
    wide = loaded(templates, "{name: N, logo: logo.jpg}", logo_jpg=picture((1600, 200), "navy", kind="JPEG")).school
    assert wide is not None
    assert wide.logo_mm == (28, 3.5)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<text>Northgate</text>", "<text>"),
        ("<script/>", "<script>"),
        ('<image href="x.png"/>', "<image>"),
        ('<path onclick="x()" d="M0 0h9v9z"/>', "onclick"),
        ('<path fill="url(http://example.org/x)" d="M0 0h9v9z"/>', "fill="),
        ('<path fill="#FFF" d="M0 0h9v9z"/>', "nothing dark enough"),
        ('<g style="fill:#EEEEEE"><path d="M0 0h9v9z"/></g>', "nothing dark enough"),
        ("<g", "no SVG that can be read"),
    ],
)
def test_drawings_that_cannot_be_printed_are_refused(templates: Path, inside: str, said: str) -> None:
    """An SVG holds shapes in flat, dark colours: no text without its font, no scripts, nothing from elsewhere."""
    data = SVG.format(inside).encode()
    assert said in refusal(templates, "{name: Northgate, logo: logo.svg}", logo_svg=data)


@pytest.mark.parametrize("data", [b"<svg/>", SVG.format(SHAPE).replace(' viewBox="0 0 80 60"', "").encode()])
def test_a_drawing_has_a_size(templates: Path, data: bytes) -> None:
    """Without its name space or its viewBox a drawing is refused."""
    assert "theme-logo" in refusal(templates, "{name: Northgate, logo: logo.svg}", logo_svg=data)


def test_drawings_may_say_their_colours_as_they_like(templates: Path) -> None:
    """Colours stand in attributes or styles, short or long, are inherited, and are black where nothing is said."""
    for inside in (
        '<g style="fill:#eee; stroke:#036"><path d="M0 0h9v9z"/></g>',
        '<rect width="9" height="9"/>',
        '<title>x</title><g fill="navy"><circle r="9"/><path fill="white" d="M0 0h9v9z"/></g>',
    ):
        data = SVG.format(inside).encode()
        assert loaded(templates, "{name: N, logo: logo.svg}", logo_svg=data).school


@pytest.mark.slow
@pytest.mark.prints
@pytest.mark.parametrize("name", [f"north-{name}" for name in themes(TEMPLATES)])
def test_the_school_stands_on_every_paper(whole: Path, tmp_path: Path, name: str) -> None:
    """Name and logo stand on the first page of sheet, key and reading; the logo is a figure with its words."""
    write_unit(tmp_path / "content", lessons=("01-first",))
    only = ("worksheet", "answer-key", "reading")
    outcome = build(options(tmp_path, theme=name, templates=whole, only=only))
    assert not outcome.failed
    papers = [path for path in outcome.written if path.endswith(".pdf")]
    assert len(papers) == 3
    for path in papers:
        file = tmp_path / "output" / path
        page = pypdfium2.PdfDocument(file)[0]
        assert "Northgate School · " in page.get_textpage().get_text_bounded()
        with pikepdf.open(file) as pdf:
            figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
            (logo,) = [one for one in figures if str(one.get("/Alt")) == "A gate with two towers"]
            left, bottom, right, top = (float(side) * MM for side in logo.A.BBox)
        assert (right - left, top - bottom) == pytest.approx((9.33, 7), abs=0.05)
        assert free_of_text(page, left, bottom, right, top)


def free_of_text(page: pypdfium2.PdfPage, *box: float) -> bool:
    """Whether no text stands in a box, given in mm."""
    return not page.get_textpage().get_text_bounded(*(side / MM for side in box)).strip()
