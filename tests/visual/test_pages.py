"""Pages look as they did when somebody last looked at them, and the comparison sees what an eye would see."""

from __future__ import annotations

import functools
import random

import pytest
from PIL import Image, ImageChops

from tests.visual.__main__ import DIFFERENCES, REFERENCES, main, reference, seen
from tests.visual.compare import TOLERANCE, beside, distance
from tests.visual.pages import PAGES, picture

pytestmark = [pytest.mark.slow, pytest.mark.prints]

every_page = pytest.mark.parametrize("name", PAGES)


@functools.cache
def was(name: str) -> Image.Image:
    """The reference of a page."""
    with Image.open(reference(name)) as opened:
        return opened.convert("L")


def changed(name: str, styles: str) -> float:
    """How far a page is from its reference when it is printed with other styles."""
    return distance(was(name), picture(PAGES[name](), styles))


@every_page
def test_the_page_looks_as_it_did(name: str) -> None:
    """Nothing can be seen to differ from the reference."""
    assert seen(name) == ""


def test_every_page_has_its_reference() -> None:
    """A dozen pages and more are held, each with a small picture, and no picture is left over."""
    files = sorted(REFERENCES.glob("*.png"))
    assert len(files) >= 12
    assert {path.stem for path in files} == set(PAGES)
    assert sum(path.stat().st_size for path in files) < 400_000


@every_page
def test_a_shift_of_a_millimetre_is_seen(name: str) -> None:
    """A page that stands 1 mm lower, or further right, is not the same; nor is one on other paper."""
    for right, down in ((2, 0), (0, 2)):
        assert distance(was(name), ImageChops.offset(was(name), right, down)) > TOLERANCE
    assert distance(was(name), was(name).crop((0, 0, 400, 580))) == 255


def test_what_is_lost_is_seen() -> None:
    """One line to write on, one tick, one frame, or a heading that moves by itself is seen."""
    assert changed("lines", ".qs>li:last-child .keep:last-child .ln:last-child{border-bottom-color:#fff}") > TOLERANCE
    assert changed("choice", ".key i.tick{background:none!important}") > TOLERANCE
    assert changed("ordering", ".key .box.on{border-color:#fff}") > TOLERANCE
    assert changed("matching", "h2{position:relative;left:1mm}") > TOLERANCE
    assert changed("school", ".logo{visibility:hidden}") > TOLERANCE


@every_page
def test_what_no_eye_sees_is_let_pass(name: str) -> None:
    """Speckles, a move of a tenth of a millimetre and slightly other letters are no difference."""
    specks = random.Random(1).randbytes(was(name).width * was(name).height)
    noise = Image.frombytes("L", was(name).size, specks).point(lambda value: value // 16)
    assert distance(was(name), ImageChops.add(was(name), noise, 1, -8)) <= TOLERANCE
    assert changed(name, "body{position:relative;left:.1mm;top:.1mm}") <= TOLERANCE


def test_letters_of_another_library_are_let_pass() -> None:
    """Letters a thousandth of an em further apart, which moves the end of a line by a fifth of a millimetre, pass."""
    for name in ("masthead", "source", "notes"):
        assert changed(name, "html{letter-spacing:.001em}") <= TOLERANCE


def test_a_difference_is_saved_as_a_picture(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    """The message names a picture of reference, page and difference, in a folder that git ignores."""
    page = was("choice")
    monkeypatch.setattr("tests.visual.__main__.REFERENCES", tmp_path)
    assert "no reference" in seen("choice")
    ImageChops.offset(page, 0, 4).save(tmp_path / "choice.png")
    said = seen("choice")
    assert "see build/visual/choice.png" in said
    assert "--update choice" in said
    with Image.open(DIFFERENCES / "choice.png") as saved:
        assert saved.width > 3 * page.width
        reds = [colour for _, colour in saved.getcolors(1 << 20) if colour[0] > 200 and colour[1] < 60]
    assert reds
    assert beside(page, page.crop((0, 0, 100, 100))).width > 800


def test_references_are_written_and_held_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path, capsys) -> None:
    """`--update` writes the pages that are named; without it they are held, and a difference is an exit code."""
    monkeypatch.setattr("tests.visual.__main__.REFERENCES", tmp_path / "new")
    assert main("--update", "choice") == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["choice.png"]
    assert main("choice") == 0
    assert "1 pages look as they did" in capsys.readouterr().out
    assert main("cloze") == 1
