"""Text is measured from font files."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from lessonpress.measure import Face, Family, height, joined, load_families, missing, wrap, wrap_spans

FONTS = Path(__file__).parents[1] / "templates/fonts/slides"
SPEC = yaml.safe_load((FONTS / "families.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def families():
    return load_families(FONTS, SPEC)


@pytest.fixture(scope="module")
def arial(families):
    return families["Arial"].regular


def test_width_grows_with_size(arial):
    """Twice the size is twice the width."""
    assert arial.width("Stalin", 20) == pytest.approx(2 * arial.width("Stalin", 10))


def test_known_width(arial):
    """The figures of Arial are 1139 of 2048 units wide."""
    assert arial.width("1922", 10) == pytest.approx(4 * 10 * 1139 / 2048)  # four figures


def test_narrow_is_stretched(families):
    """Arial Narrow measures 82.5 per cent of Arial."""
    wide, narrow = (families[name].bold.width("Zinoviev", 40) for name in ("Arial", "Arial Narrow"))
    assert narrow / wide == pytest.approx(0.825)


def test_bold_is_wider(families):
    """The bold face of a family is another face."""
    family = families["Arial"]
    assert family.face(bold=True).width("Lenin", 20) > family.face(bold=False).width("Lenin", 20)


def test_controls_have_no_width(arial):
    """Soft hyphens and line ends take no room."""
    assert arial.width("a\u00adb\n", 10) == arial.width("ab", 10)


def test_wrap_at_spaces(arial):
    """Lines break at spaces, which vanish there."""
    assert wrap(arial, "The quick brown fox jumps over", 20, 100) == ["The quick", "brown fox", "jumps over"]


def test_wrap_after_hyphens_and_dashes(arial):
    """A line may end after a hyphen or a dash, which stays on it."""
    assert wrap(arial, "Zinoviev–Kamenev", 20, 100) == ["Zinoviev–", "Kamenev"]
    assert wrap(arial, "self-assured", 20, 75) == ["self-", "assured"]


def test_no_break_space_holds(arial):
    """A no-break space keeps its words together."""
    assert wrap(arial, "on 3\u00a0April", 20, 75) == ["on", "3\u00a0April"]


def test_newline_breaks(arial):
    """A newline breaks even when there is room, and an empty text is one empty line."""
    assert wrap(arial, "a\nb c", 20, 500) == ["a", "b c"]
    assert wrap(arial, "", 20, 500) == [""]


def test_long_word_is_broken(arial):
    """A word wider than a line is broken inside, and no line is too wide."""
    lines = wrap(arial, "Donaudampfschifffahrt now", 20, 100)
    assert "".join(lines) == "Donaudampfschifffahrt now"
    assert all(arial.width(line, 20) <= 100 for line in lines)


def test_long_word_after_short_one(arial):
    """A long word begins a new line before it is broken."""
    assert wrap(arial, "Oh Donaudampfschifffahrt", 20, 100)[0] == "Oh"


def test_one_letter_wider_than_the_line(arial):
    """Each line holds at least one letter, however narrow it is."""
    assert wrap(arial, "WW", 20, 1) == ["W", "W"]


def test_spans_of_two_faces(families):
    """Bold words in a sentence are measured in bold."""
    family = families["Arial"]
    text = ((family.regular, "What is the "), (family.bold, "Politburo"), (family.regular, "?"))
    width = family.regular.width("What is the Politburo?", 20) + 1
    assert len(wrap_spans(text, 20, width)) == 2
    assert wrap(family.regular, "What is the Politburo?", 20, width) == ["What is the Politburo?"]


def test_height_counts_lines(arial):
    """Two lines of 20 pt at a pitch of 1.15 are 46 pt high."""
    assert height(arial, "one two", 20, 40) == pytest.approx(2 * 20 * 1.15)


def test_missing_characters(families):
    """Gelasio has no Cyrillic; soft hyphens are never missing."""
    assert missing(families["Georgia"].bold, "Ста\u00ad a") == {"С", "т", "а"}
    assert missing(families["Arial"].bold, "Сталин") == set()


def test_fallback_measures_what_is_missing(families):
    """Letters that the file lacks are measured in the fallback, not as blanks."""
    georgia, arial = families["Georgia"].bold, families["Arial"].bold
    assert georgia.width("Сталин", 20) == pytest.approx(arial.width("Сталин", 20))


def test_without_fallback_the_blank_counts():
    """Without a fallback a missing letter is as wide as the font's blank."""
    face = Face(FONTS / SPEC["Georgia"]["bold"])
    assert face.advance("С") == face.advance("т") > 0


def test_line_comes_from_the_file_or_the_caller():
    """The pitch is the file's own unless it is given."""
    path = FONTS / SPEC["Arial"]["regular"]
    assert Face(path).line == pytest.approx(1.149, abs=0.001)
    assert Face(path, line=1.3).line == 1.3


def test_pitch_from_typo_metrics():
    """A font that says so is read from its typographic metrics."""
    assert Face(FONTS / SPEC["Georgia"]["regular"]).line > 1.1


def test_face_names_its_file():
    """The repr of a face is short and says which file it is."""
    assert repr(Face(FONTS / SPEC["Arial"]["regular"])) == "Face('LiberationSans-Regular.ttf')"


def test_substitute_is_known(families):
    """Arial stands in for Arial Narrow where that is not installed."""
    assert isinstance(families["Arial Narrow"].instead, Family)
    assert families["Arial"].instead is None


def test_unknown_fallback_is_an_error():
    """A family may not lean on one that does not stand before it."""
    with pytest.raises(KeyError):
        load_families(FONTS, {"Georgia": SPEC["Georgia"]})


def test_every_font_has_its_licence():
    """Every vendored font lies beside the text of its licence."""
    fonts = sorted(FONTS.rglob("*.ttf"))
    assert fonts
    assert all((font.parent / "OFL.txt").is_file() for font in fonts)


ARABIC = "في 3 أبريل 1922 أصبح ستالين أمينًا عامًا للحزب، ورأى زملاؤه في هذا المنصب عملًا مكتبيًا مملًا"
NASKH = Path(__file__).parents[1] / "templates/themes/base/fonts/NotoNaskhArabic_400Regular.ttf"


def test_arabic_letters_are_joined():
    """Each letter takes the form between its neighbours; an alef does not join what follows, marks are passed over."""
    assert [unicodedata.name(char).rpartition("LETTER ")[2] for char in joined("بيت دار")] == [
        "BEH INITIAL FORM",
        "YEH MEDIAL FORM",
        "TEH FINAL FORM",
        "SPACE",
        "DAL ISOLATED FORM",
        "ALEF ISOLATED FORM",
        "REH ISOLATED FORM",
    ]
    assert joined("بَيت")[1] == "\u064e"
    assert unicodedata.name(joined("لا")[0]).endswith("LIGATURE LAM WITH ALEF ISOLATED FORM")
    assert unicodedata.name(joined("سلام")[1]).endswith("LIGATURE LAM WITH ALEF FINAL FORM")
    assert joined("Stalin 1922") == "Stalin 1922"
    assert len(joined(ARABIC)) == len(ARABIC)


def test_arabic_is_measured_as_it_is_printed():
    """A line of Arabic is as wide on the ruler as on the page, to a hundredth."""
    page = "<html lang=ar dir=rtl><body style='font:20pt \"Noto Naskh Arabic\"'><span>" + ARABIC + "</span>"
    style = f"@font-face{{font-family:'Noto Naskh Arabic';src:url('{NASKH.as_uri()}')}}@page{{size:2000pt 100pt}}"
    fonts = FontConfiguration()
    document = HTML(string=page).render(stylesheets=[CSS(string=style, font_config=fonts)], font_config=fonts)
    boxes = [box for box in document.pages[0]._page_box.descendants() if box.element_tag == "span"]
    printed = boxes[0].width * 0.75
    assert Face(NASKH).width(ARABIC, 20) == pytest.approx(printed, rel=0.01)


def test_arabic_breaks_between_words(arial):
    """Lines of joined letters are filled as others are, and hold the letters that were typed."""
    lines = wrap(arial, ARABIC, 12, 150)
    assert len(lines) > 2
    assert " ".join(lines) == ARABIC
    assert all(arial.width(line, 12) <= 150 for line in lines)


def test_a_space_that_does_not_part_is_as_wide_as_one_that_does(arial):
    """WeasyPrint gives both the space between words."""
    plain, wide = Face(arial.path), Face(arial.path, word_space=0.5)
    for space in (" ", "\N{NO-BREAK SPACE}"):
        assert wide.width(f"a{space}b", 10) == pytest.approx(plain.width(f"a{space}b", 10) + 5)
