"""The slide linter sees each seeded fault, reads decks of any origin, and finds nothing in what we ship."""

import io
import json
import re

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Cm, Pt
from pptx_kit import TEMPLATES, THEMES, base, data, deck, edited, families, layouts, parts, sample, slide, slot

from lessonpress.compose.jobs import Deck
from lessonpress.diagnostics import Place, Severity
from lessonpress.render.pptx.job import asides, print_job
from lessonpress.render.pptx.lint import RULES, diagnostics, lint
from lessonpress.render.pptx.lint.colours import contrast
from lessonpress.render.pptx.package import write_zip
from lessonpress.render.pptx.words import count_words

SLIDE = "ppt/slides/slide{}.xml"
QUESTION = "In which year did the Bolsheviks seize power\\?"
SP, TO_END = r"<p:sp>(?:(?!</p:sp>).)*", r"(?:(?!</p:sp>).)*</p:sp>"
LONG = "the men of the majority in the Politburo " * 6
OVERRIDE = (
    '<p:clrMapOvr><a:overrideClrMapping bg1="lt1" tx1="lt1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
    "</p:clrMapOvr>"
)
WHITE = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'


def found(blob, theme="classic"):
    """What the linter says of a file: codes with slides and messages."""
    return [(one.rule.code, one.slide, one.message) for one in lint(blob, families(), asides(layouts(theme)))]


# Rule, then part, pattern and replacement, then the slide and what is said of it.
FAULTS = {
    "no title": ("slide-title", SLIDE.format(2), "What do you remember\\?", " ", 2, "has no title"),
    "title in another placeholder": ("slide-title", SLIDE.format(2), 'type="title"', 'type="body"', 2, "has no title"),
    "one title twice": (
        "slide-repeated-title",
        SLIDE.format(3),
        "Do now: answers",
        "WHAT do you remember?",
        3,
        "has the title of slide 2",
    ),
    "table without alternative text": (
        "slide-alt-text",
        SLIDE.format(9),
        r' descr="[^"]*"',
        "",
        9,
        "the table 'Table' has no alternative text",
    ),
    "drawing without alternative text": ("slide-alt-text", SLIDE.format(7), r' descr="[^"]*"', "", 7, "the group"),
    "chart told by a file": (
        "slide-alt-text",
        SLIDE.format(10),
        r'descr="[^"]*"',
        'descr="vote.PNG"',
        10,
        "'vote.PNG'",
    ),
    "text too high": ("slide-overflow", SLIDE.format(2), QUESTION, LONG, 2, "the text of 'Question' needs"),
    "text too high by the size of its layout": (
        "slide-overflow",
        "ppt/slideLayouts/slideLayout7.xml",
        r'sz="2600"',
        'sz="6600"',
        2,
        "the text of 'Question' needs",
    ),
    "word too wide": ("slide-overflow", SLIDE.format(2), QUESTION, "Bolsheviks" * 12, 2, "the word 'Bolsheviks"),
    "box too narrow": (
        "slide-overflow",
        "ppt/slideLayouts/slideLayout7.xml",
        r'(<a:off x="576000" y="1980000"/><a:ext cx=")5414400',
        r"\g<1>1414400",
        2,
        "the word 'Bolsheviks'",
    ),
    "table grows over the footer": ("slide-overflow", SLIDE.format(9), "Party apparatus", LONG * 2, 9, "over 'Footer'"),
    "label of a drawing too wide": (
        "slide-overflow",
        SLIDE.format(7),
        "Secretariat</a:t></a:r></a:p></p:txBody></p:sp></p:grpSp>",
        "Secretariat of the party</a:t></a:r></a:p></p:txBody></p:sp></p:grpSp>",
        7,
        "the label 'Secretariat of the party' needs",
    ),
    "small run": ("slide-small-text", SLIDE.format(9), r'sz="2\d00"', 'sz="1700"', 9, "'Table' has text of 17 pt"),
    "small text by its layout": (
        "slide-small-text",
        "ppt/slideLayouts/slideLayout7.xml",
        'sz="2600"',
        'sz="1400"',
        2,
        "'Question' has text of 14 pt",
    ),
    "text shrunk to fit": (
        "slide-small-text",
        SLIDE.format(6),
        "<a:bodyPr/>(?=<a:lstStyle/><a:p><a:r><a:rPr[^>]*><a:t>Pol|<a:lstStyle/><a:p><a:pPr/><a:r><a:rPr [^>]*b=)",
        '<a:bodyPr><a:normAutofit fontScale="50000"/></a:bodyPr>',
        6,
        "has text of 13 pt",
    ),
    "small text of a chart": ("slide-small-text", "chart", 'sz="2000"', 'sz="1200"', 10, "has text of 12 pt"),
    "chart that says no size": (
        "slide-small-text",
        "chart",
        r"<c:txPr>(?:(?!</c:txPr>).)*</c:txPr>(?=<c:externalData)",
        "",
        10,
        "has text of 10 pt",
    ),
    "faint theme": (
        "slide-contrast",
        "ppt/theme/theme1.xml",
        '(<a:dk1><a:srgbClr val=")[0-9A-F]*',
        r"\g<1>DDDDDD",
        2,
        "(DDDDDD on FFFFFF)",
    ),
    "faint run": (
        "slide-contrast",
        SLIDE.format(2),
        rf"(<a:rPr lang=\"en-GB\")/>(<a:t>{QUESTION})",
        rf"\1>{WHITE.format('999999')}</a:rPr>\2",
        2,
        "has a contrast of 2.8:1 (999999 on FFFFFF), and needs 3:1 at 26 pt",
    ),
    "text lightened": (
        "slide-contrast",
        SLIDE.format(2),
        rf"(<a:rPr lang=\"en-GB\")/>(<a:t>{QUESTION})",
        r'\1><a:solidFill><a:schemeClr val="tx1"><a:lumMod val="20000"/><a:lumOff val="80000"/></a:schemeClr></a:solidFill></a:rPr>\2',
        2,
        "'In which year did",
    ),
    "colours mapped anew": (
        "slide-contrast",
        SLIDE.format(2),
        "<p:clrMapOvr>.*?</p:clrMapOvr>",
        OVERRIDE,
        2,
        "(FFFFFF on FFFFFF)",
    ),
    "dark ground": (
        "slide-contrast",
        SLIDE.format(2),
        r"(<p:cSld [^>]*>)",
        r'\1<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>',
        2,
        "(1A1A1A on 1A1A1A)",
    ),
    "faint cell": (
        "slide-contrast",
        "ppt/tableStyles.xml",
        r'(<a:firstRow>.*?<a:solidFill><a:schemeClr val=")tx1',
        r"\1bg2",
        9,
        "on F",
    ),
    "title read late": (
        "slide-reading-order",
        SLIDE.format(2),
        rf"({SP}type=\"title\"{TO_END})({SP}idx=\"20\"{TO_END})",
        r"\2\1",
        2,
        "is read before the title",
    ),
    "footer read early": (
        "slide-reading-order",
        SLIDE.format(2),
        rf"({SP}idx=\"20\"{TO_END})(.*)({SP}type=\"ftr\"{TO_END})",
        r"\3\1\2",
        2,
        "'Footer' is a footer and is read before the end",
    ),
    "row read from the right": (
        "slide-reading-order",
        SLIDE.format(2),
        rf"({SP}idx=\"41\"{TO_END})({SP}idx=\"42\"{TO_END})",
        r"\2\1",
        2,
        "stands on its left",
    ),
    "column read from below": (
        "slide-reading-order",
        SLIDE.format(2),
        rf"({SP}idx=\"41\"{TO_END})({SP}idx=\"42\"{TO_END})({SP}idx=\"43\"{TO_END})",
        r"\3\2\1",
        2,
        "stands above it",
    ),
    "many words": ("slide-words", SLIDE.format(9), "Party apparatus", "word " * 12, 9, "words of body"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_seeded_fault_is_found(fault):
    """Each rule finds what breaks it, on the slide where it stands."""
    code, name, pattern, replacement, number, words = FAULTS[fault]
    if name == "chart":
        rels = parts()["ppt/slides/_rels/slide10.xml.rels"].decode()
        name = "ppt/charts/" + re.search(r"chart\d+\.xml", rels)[0]
    said = found(edited(name, pattern, replacement))
    assert any((rule, slide) == (code, number) and words in message for rule, slide, message in said), said


def test_every_rule_has_a_seeded_fault():
    """No rule stands in the table that nothing is known to break."""
    assert {fault[0] for fault in FAULTS.values()} == {rule.code for rule in RULES}
    assert len({rule.code for rule in RULES}) == len(RULES) >= 8


@pytest.mark.parametrize("theme", THEMES)
def test_sample_has_no_finding(theme):
    """The sample deck, which uses every layout and feature, breaks no rule."""
    assert found(sample(theme).data, theme) == []


def test_slides_are_told_in_the_order_in_which_they_are_shown():
    """The numbers are those of the show, not of the files."""
    files = parts()
    text = files["ppt/presentation.xml"].decode()
    first, second, *_ = re.findall(r"<p:sldId [^>]*/>", text)
    swapped = text.replace(first, "@").replace(second, first).replace("@", second)
    files["ppt/presentation.xml"] = swapped.encode()
    files[SLIDE.format(2)] = files[SLIDE.format(2)].replace(b"What do you remember?", b" ")
    assert ("slide-title", 1, "has no title") in found(write_zip(files))


# Any deck


class Foreign:
    """A deck on python-pptx's own base, which is 4:3 and none of ours."""

    def __init__(self):
        self.native = Presentation()

    def add(self, layout="Title Only", title="A title"):
        named = {one.name: one for one in self.native.slide_layouts}
        slide = self.native.slides.add_slide(named[layout])
        slide.shapes.title.text = title
        return slide

    def said(self):
        out = io.BytesIO()
        self.native.save(out)
        return [(one.rule.code, one.message) for one in lint(out.getvalue(), families())]


def box(native, text, left=2, top=6, width=10, height=2, size=24):
    """A text box in centimetres."""
    shape = native.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
    shape.text_frame.word_wrap = True
    shape.text_frame.text = text
    shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return shape


def test_a_foreign_deck_may_be_clean():
    """Text that fits, in order and dark on white, breaks no rule."""
    foreign = Foreign()
    native = foreign.add("Title and Content")
    native.placeholders[1].text = "Stalin became General Secretary."
    assert foreign.said() == []


def test_text_of_a_foreign_box_is_measured():
    """Size, insets and width are those of the box."""
    foreign = Foreign()
    box(foreign.add(), "The men of the majority in the Politburo of June 1924", height=2)
    assert [code for code, _ in foreign.said()] == ["slide-overflow"]


def test_text_that_does_not_wrap_is_measured_across():
    """Without wrapping a line runs out of its box at the side."""
    foreign = Foreign()
    shape = box(foreign.add(), "The men of the majority in the Politburo", width=5)
    shape.text_frame.word_wrap = False
    assert any("of width" in message for _, message in foreign.said())


def test_inherited_text_is_measured():
    """The box and the size of a placeholder come from its layout and its master."""
    foreign = Foreign()
    foreign.add("Title and Content").placeholders[1].text = "\n".join(["One of the seven men of June 1924"] * 9)
    codes = [code for code, _ in foreign.said()]
    assert "slide-overflow" in codes
    assert "slide-words" in codes


def test_text_on_a_filled_shape_is_seen_on_its_fill():
    """What counts is the colour that lies under the text, the last one painted."""
    foreign = Foreign()
    native = foreign.add()
    panel = native.shapes.add_shape(1, Cm(1), Cm(5), Cm(12), Cm(4))
    panel.fill.solid()
    panel.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)
    assert foreign.said() == []
    shape = box(native, "Dark on dark")
    assert [code for code, _ in foreign.said()] == ["slide-contrast"]
    shape.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    assert foreign.said() == []


def test_text_beside_an_ellipse_is_not_on_it():
    """An ellipse covers no more than itself, nor does a polygon."""
    foreign = Foreign()
    native = foreign.add()
    disc = native.shapes.add_shape(9, Cm(1), Cm(5), Cm(20), Cm(12))
    disc.fill.solid()
    disc.fill.fore_color.rgb = RGBColor(0x20, 0x20, 0x20)
    outline = native.shapes.build_freeform(Cm(24), Cm(5), scale=1.0)
    outline.add_line_segments([(Cm(24), Cm(17)), (Cm(12), Cm(17))])
    outline.convert_to_shape().fill.solid()
    box(native, "ab", left=1, top=5, width=2.2, height=1.4)
    assert foreign.said() == []


def test_a_picture_behind_text_is_not_judged():
    """What cannot be known is not told as a fault; the picture itself needs its text."""
    from PIL import Image

    black = io.BytesIO()
    Image.new("RGB", (8, 8)).save(black, "PNG")
    foreign = Foreign()
    native = foreign.add()
    picture = native.shapes.add_picture(black, Cm(1), Cm(5), Cm(12), Cm(6))
    picture._element.nvPicPr.cNvPr.set("descr", "A black square.")
    box(native, "On a picture")
    assert foreign.said() == []


def test_cells_of_an_unknown_style_are_not_judged():
    """A table style that PowerPoint knows by heart is in no file; what its cells say is still measured."""
    foreign = Foreign()
    native = foreign.add()
    frame = native.shapes.add_table(2, 2, Cm(1), Cm(5), Cm(20), Cm(2))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "A table.")
    for cell in frame.table.iter_cells():
        cell.text = "1922"
    assert foreign.said() == []
    frame.table.cell(0, 0).fill.solid()
    frame.table.cell(0, 0).fill.fore_color.rgb = RGBColor(0, 0, 0)
    assert [code for code, _ in foreign.said()] == ["slide-contrast"]
    frame.table.cell(1, 1).text = LONG * 4
    assert "over the edge of the slide" in dict(foreign.said())["slide-overflow"]


def test_groups_are_read_in_their_own_coordinates():
    """A shape in a scaled group stands where the group puts it."""
    foreign = Foreign()
    native = foreign.add()
    group = native.shapes.add_group_shape()
    group._element.nvGrpSpPr.cNvPr.set("descr", "A panel.")
    panel = group.shapes.add_shape(1, Cm(1), Cm(1), Cm(2), Cm(2))
    panel.fill.solid()
    panel.fill.fore_color.theme_color = MSO_THEME_COLOR.TEXT_1
    group.left, group.top, group.width, group.height = Cm(1), Cm(5), Cm(12), Cm(4)
    box(native, "Dark on dark")
    assert [code for code, _ in foreign.said()] == ["slide-contrast"]


def test_shrinking_text_counts_as_small():
    """PowerPoint's own shrinking makes text smaller than its size says."""
    foreign = Foreign()
    shape = box(foreign.add(), "Shrunk", size=24)
    shape.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    shape._element.txBody.bodyPr.normAutofit.set("fontScale", "70000")
    assert any("16.8 pt" in message for _, message in foreign.said())


def test_a_number_stands_before_what_it_numbers():
    """A number in a box of its own is read before the text on its right."""
    foreign = Foreign()
    native = foreign.add()
    box(native, "the question", left=5, width=8)
    box(native, "1", left=2, width=2)
    assert foreign.said() == [("slide-reading-order", "'the question' is read before '1', which stands on its left")]


# How it is told


def test_contrast_is_that_of_wcag():
    """Black on white is 21:1, and 767676 the lightest grey that passes on white."""
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") >= 4.5 > contrast("777777", "FFFFFF")


def test_words_are_words():
    """Numbers and letters of a list, and marks, are not words; dates and ranges are one word each."""
    assert count_words("3\tWho led in 1922–24?") == 4
    assert count_words("A\u00a0\u00a0 Zinoviev") == 1
    assert count_words("(a) May 1924 [4] – …") == 2


def test_asides_are_labels_and_credits():
    """What our layouts name as no body are tabs, minutes and credits, in every theme the same."""
    names = {theme: asides(layouts(theme)) for theme in THEMES}
    assert len(set(names.values())) == 1
    assert {"Kind of slide", "Minutes", "Provenance", "Credits"} <= names["classic"]
    assert not {"Question", "Answer", "Content", "Table"} & names["classic"]
    assert {"tab", "provenance"} <= set(data("deck/layouts.yaml")["idx"])


def test_findings_name_slide_and_title():
    """A diagnostic says which slide, under which title, and how to mend it."""
    blob = edited(SLIDE.format(9), "Party apparatus", "word " * 12)
    told = diagnostics(lint(blob, families(), asides(layouts())), Place("deck.pptx"))
    (said,) = [one for one in told if one.code == "slide-words"]
    assert said.message == 'slide 9 ("Who looked strongest in June 1924?"): has 49 words of body'
    assert said.code == "slide-words"
    assert said.severity is Severity.WARNING
    assert "notes" in said.hint


def test_what_many_slides_share_is_told_once():
    """A footer that is too small is one thing to mend, not twenty."""
    files = parts()
    for name in files:
        if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
            files[name] = files[name].replace(b'sz="1800"', b'sz="1000"')
    said = diagnostics(lint(write_zip(files), families(), asides(layouts())), Place("deck.pptx"))
    small = [one for one in said if "'Footer' has text of 10 pt" in one.message]
    assert len(small) == 1
    assert small[0].message.startswith("slides 2, 3, 5, 6")


def test_errors_are_what_a_screen_reader_cannot_do_without():
    """A missing title or alternative text stops the file; all else is told and printed."""
    errors = {rule.code for rule in RULES if rule.severity is Severity.ERROR}
    assert errors == {"slide-title", "slide-alt-text"}


def test_what_the_printer_has_told_is_not_told_again():
    """Text that is too long for its place is one finding, not two."""
    cells = f"<tr><td>x</td><td>{LONG * 12}</td></tr>"
    table = f"<table><caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{cells}</tbody></table>"
    markup = deck(slide(slot("table", table), layout="comparison"))
    slides = json.dumps(data("themes/classic/theme.yaml")["slides"])
    rendered = print_job(Deck(markup, base(), slides, str(TEMPLATES)))
    assert any(code == "slide-overflow" for code, *_ in found(rendered.data))
    assert [one.code for one in rendered.diagnostics] == ["slide", "slide-words"]
