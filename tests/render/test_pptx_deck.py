"""A printed deck is native, whole and the same every time."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx_kit import SAMPLE, THEMES, deck, only_slide, opened, print_markup, sample, slide, slot, texts

from lessonpress.render.pptx import MarkupError, check
from lessonpress.render.pptx.ooxml import NAMESPACES, A, find
from lessonpress.render.pptx.package import read_zip

pytestmark = pytest.mark.parametrize("theme", THEMES)


def slides(theme):
    presentation = opened(sample(theme))
    return {native._element.cSld.get("name"): native for native in presentation.slides}


def test_own_checks_find_nothing(theme):
    """The sample deck, which uses every layout and feature, passes our own checks."""
    assert check(sample(theme).data) == []


def test_every_layout_is_used(theme):
    """The sample deck uses all twelve layouts."""
    presentation = opened(sample(theme))
    used = {native.slide_layout.name for native in presentation.slides}
    assert used == {layout.name for layout in presentation.slide_layouts}
    assert len(used) == 12


def test_nothing_to_mend(theme):
    """The sample deck fits its slides."""
    assert sample(theme).diagnostics == ()


def test_slides_are_listed(theme):
    """The printer tells id and title of every slide, in order; a parted one gets a second id."""
    listed = sample(theme).slides
    assert [name for name, _ in listed] == list(slides(theme))
    assert ("task-a-answers", "Task A: answers (1 of 2)") in listed
    assert ("task-a-answers-2", "Task A: answers (2 of 2)") in listed
    assert dict(listed)["enquiry"] == "In 1922–24, who looked likely to lead, and why?"


def test_titles_stand_in_title_placeholders(theme):
    """Every slide has its title in the title placeholder, first in reading order."""
    titles = [native.shapes.title.text for native in slides(theme).values()]
    assert len(set(titles)) == len(titles) == 20
    assert all(
        native.shapes[0].is_placeholder and native.shapes[0].text == native.shapes.title.text
        for native in slides(theme).values()
    )


def test_reading_order(theme):
    """Title, tab, contents, lines, footer, number: that is the order of a slide."""
    names = [shape.name for shape in slides(theme)["do-now"].shapes]
    assert names[:6] == ["Title", "Kind of slide", "Question", "Question", "Question", "Question"]
    assert names[-2:] == ["Footer", "Slide number"]
    assert set(names[6:-2]) <= {"Line", "End"}


def test_text_is_in_placeholders(theme):
    """Text boxes occur inside drawings only."""
    for native in slides(theme).values():
        boxes = [shape for shape in native.shapes if shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX]
        assert not boxes


def test_cells(theme):
    """Four questions stand in four cells, each with its number, and their answers under them."""
    native = slides(theme)["do-now-answers"]
    cells = [shape.text_frame.text for shape in native.shapes if shape.name in ("Question", "Answer")]
    assert cells[:4] == [
        "1\tIn which year did the Bolsheviks seize power?",
        "1917",
        "2\tWhich 1921 policy put a tax in place of grain seizure?",
        "The NEP",
    ]
    assert len(cells) == 8


def test_letters_and_objectives(theme):
    """Options are lettered; objectives have their numbers above them."""
    assert texts(slides(theme)["hinge"])["Question"].startswith("D\t")
    objectives = [shape.text_frame.text for shape in slides(theme)["enquiry"].shapes if shape.name == "Objective"]
    assert objectives[0] == "1\nName the seven Politburo members of June 1924."


def test_tables_are_native(theme):
    """A table has a header row and our own table style."""
    (frame,) = [shape for shape in slides(theme)["strengths"].shapes if shape.has_table]
    assert [cell.text for cell in frame.table.rows[0].cells] == ["Contender", "Post", "Strength", "Weakness"]
    assert frame.table.first_row
    style = frame._element.xpath(".//a:tableStyleId")[0].text
    parts = read_zip(sample(theme).data)
    assert style.encode() in parts["ppt/tableStyles.xml"]


def test_charts_are_native(theme):
    """A chart has its numbers, a label on each and axis ids that the schema allows."""
    (frame,) = [shape for shape in slides(theme)["vote"].shapes if shape.has_chart]
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["For Stalin and Bukharin", "For Zinoviev and Kamenev"]
    assert list(plot.series[0].values) == [559, 65]
    assert plot.has_data_labels
    ids = frame.chart._chartSpace.xpath(".//c:axId/@val | .//c:crossAx/@val")
    assert len(ids) == 6  # two in the plot, and each axis names itself and the other
    assert all(value.isdigit() for value in ids)
    assert frame.chart.value_axis.axis_title.text_frame.text == "votes"


def test_alternative_texts(theme):
    """Tables, charts and drawings carry their alternative texts; lines are decorative."""
    described = {
        name: find(native._element, "./p:cSld/p:spTree/*/*[1]/p:cNvPr/@descr") for name, native in slides(theme).items()
    }
    assert described["vote"] == ["Bar chart: 559 votes for the leadership, 65 against."]
    assert described["strengths"] == ["Five contenders with their post, strength and weakness in June 1924."]
    assert described["timeline"] == ["Timeline from 1922 to 1929 with four events and three contests."]
    for native in slides(theme).values():
        for shape in native.shapes:
            assert ("decorative" in etree.tostring(shape._element).decode()) == (shape.name in ("Line", "End"))


def test_languages(theme):
    """Russian words are Russian, everything else English, in notes as on slides."""
    native = slides(theme)["words"]
    runs = {
        run.text: run._r.get_or_add_rPr().get("lang")
        for shape in native.placeholders
        for p in shape.text_frame.paragraphs
        for run in p.runs
    }
    assert runs["генеральный секретарь"] == "ru-RU"
    assert runs["Politburo"] == "en-GB"
    assert set(find(native.notes_slide.notes_text_frame._txBody, ".//@lang")) == {"en-GB"}


def test_notes(theme):
    """Speaker notes keep their paragraphs, weight and bullets; a slide without has none."""
    notes = slides(theme)["do-now"].notes_slide.notes_text_frame
    assert notes.text == "Silence for four minutes, then cold call.\n• Ask next: who lost by it?"
    assert [run.font.bold for run in notes.paragraphs[0].runs] == [None, True, None]
    assert not slides(theme)["growth"].has_notes_slide


def test_numbered_notes(theme):
    """Numbered lists in notes keep their numbers."""
    native = only_slide(deck(slide("<aside><ol start='3'><li>a</li><li>b</li></ol></aside>")), theme=theme)
    assert native.notes_slide.notes_text_frame.text == "3. a\n4. b"


def test_footers(theme):
    """Footer and number stand on every slide except title and key question."""
    for name, native in slides(theme).items():
        kinds = find(native._element, ".//p:ph[@type='ftr' or @type='sldNum']/@type")
        assert kinds == ([] if name in ("start", "enquiry") else ["ftr", "sldNum"])
    assert texts(slides(theme)["exit"])["Footer"] == "Stalin’s rise to power, 1922–29    Lesson 1"


def test_no_footer_without_text(theme):
    """A deck without footer text has slide numbers only."""
    native = only_slide(deck(slide(), attributes='lang="en-GB" title="x" revised="2026-01-01"'), theme=theme)
    assert find(native._element, ".//p:ph[@type='ftr' or @type='sldNum']/@type") == ["sldNum"]


def test_sections(theme):
    """Slides are grouped under the names of their sections, each slide once."""
    presentation = opened(sample(theme)).part._element
    sections = presentation.xpath(".//*[local-name()='section']")
    assert [section.get("name") for section in sections] == ["Starter", "Input", "Main", "Plenary"]
    assert sum(len(section[0]) for section in sections) == 20
    assert all(re.fullmatch(r"\{[0-9A-F-]{36}\}", section.get("id")) for section in sections)


def test_no_sections_without_names(theme):
    """A deck that names no section has none."""
    assert not opened(print_markup(deck(slide()), theme)).part._element.xpath(".//*[local-name()='section']")


def test_links_go_to_slides(theme):
    """A link is a jump to the slide that it names."""
    native = slides(theme)["hinge-answer"]
    (click,) = native._element.iter(A + "hlinkClick")
    target = native.part.related_part(click.get(f"{{{NAMESPACES['r']}}}id"))
    assert target.slide.shapes.title.text.startswith("Labels mislead")


def test_links_over_two_lines(theme):
    """A link that breaks its line is two runs with one break, and links are not put on the break."""
    native = only_slide(deck(slide(slot("body", '<p>a <br/><a href="#one">b<br/><br/>c</a></p>'))), theme=theme)
    assert len(list(native._element.iter(A + "hlinkClick"))) == 2
    assert len(list(native._element.iter(A + "br"))) == 3


def test_unknown_links_are_errors(theme):
    """A link to a slide that is not there is an error."""
    with pytest.raises(MarkupError, match="'nowhere', which is no slide"):
        print_markup(deck(slide(slot("body", '<p><a href="#nowhere">x</a></p>'))), theme)


def test_core_properties(theme):
    """The file has its title, language and date, and no author."""
    core = opened(sample(theme)).core_properties
    assert (core.title, core.language, core.author, core.last_modified_by) == (
        "Lesson 1: Who could have followed Lenin?",
        "en-GB",
        "",
        "",
    )
    assert core.created.replace(tzinfo=None) == core.modified.replace(tzinfo=None) == datetime(2026, 11, 1)  # noqa: DTZ001 - the file has no zone


def test_dates_of_workbooks(theme):
    """The workbooks of charts carry the deck's date, not the clock's."""
    books = [blob for name, blob in read_zip(sample(theme).data).items() if name.endswith(".xlsx")]
    assert len(books) == 2
    for book in books:
        core = read_zip(book)["docProps/core.xml"].decode()
        assert core.count("2026-11-01T00:00:00Z") == 2


def test_zip_is_plain(theme):
    """Every part has the same date and no trace of the machine."""
    with zipfile.ZipFile(io.BytesIO(sample(theme).data)) as archive:
        assert {(info.date_time, info.create_system, info.external_attr) for info in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)
        }
        assert archive.namelist()[0] == "[Content_Types].xml"


@pytest.mark.slow
def test_same_bytes_in_another_process(theme):
    """Hash seed, time zone and locale do not change one byte."""
    here = Path(__file__).parent
    code = f"import hashlib, pptx_kit; print(hashlib.sha256(pptx_kit.sample({theme!r}).data).hexdigest())"
    env = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": f"{here}{os.pathsep}{here.parents[1]}",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(sample(theme).data).hexdigest()


def test_same_bytes_twice(theme):
    """Printing twice gives the same bytes."""
    assert print_markup(SAMPLE.read_text("utf-8"), theme).data == sample(theme).data


def test_other_theme_same_words(theme):
    """A theme changes the look, never the words, nor what PowerPoint knows the parts by."""
    for one, other in zip(slides("classic").values(), slides("constructivist").values(), strict=True):
        assert texts(one) == texts(other)


def test_slanted_tabs(theme):
    """Where the theme leans, a tab has its slanted end; the text stays a plain placeholder."""
    native = slides(theme)["words"]
    ends = [shape for shape in native.shapes if shape.name == "End"]
    assert len(ends) == (1 if theme == "constructivist" else 0)
    tab = next(shape for shape in native.shapes if shape.name == "Kind of slide")
    assert find(tab._element, "./p:spPr/a:custGeom") == []


def test_picture(theme):
    """A picture is shown whole, in the middle of its place, with its alternative text."""
    blob = io.BytesIO()
    Image.new("L", (40, 10)).save(blob, "PNG")
    markup = deck(slide(slot("figure", '<img src="a.png" alt="A wide thing"/>')))
    native = opened(print_markup(markup, theme, {"a.png": blob.getvalue()})).slides[0]
    picture = native.shapes[1]
    assert picture.shape_type == MSO_SHAPE_TYPE.PICTURE
    assert picture.width == pytest.approx(4 * picture.height, rel=0.001)
    assert find(picture._element, "./*[1]/p:cNvPr/@descr") == ["A wide thing"]
    assert (picture.crop_left, picture.crop_top) == (0, 0)


def test_missing_picture(theme):
    """A picture that was not handed over is an error."""
    with pytest.raises(MarkupError, match=r"no picture 'a\.png'"):
        print_markup(deck(slide(slot("figure", '<img src="a.png" alt="x"/>'))), theme)


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (slide(layout="poster"), "no layout 'poster' (there are title, section,"),
        (slide(slot("left", "<p>x</p>")), "layout 'title-body' has no slot 'left' (it has tab, figure, body, task)"),
        (slide(slot("title", "<p>x</p>")), "has no slot 'title'"),
        (slide(slot("task", '<img src="a.png" alt="x"/>')), "slot 'task' holds text only"),
    ],
)
def test_what_a_layout_has_not(theme, markup, message):
    """A layout or a slot that is not there is an error that names what is."""
    with pytest.raises(MarkupError) as caught:
        print_markup(deck(markup), theme)
    assert message in str(caught.value)


def test_line_chart(theme):
    """A line chart has a labelled marker on every value, and decimals where there are any."""
    table = (
        '<table data-chart="line"><caption>Grain</caption><thead><tr><th>Year</th><th>Price</th></tr></thead>'
        "<tbody><tr><th>1926</th><td>-1.5</td></tr><tr><th>1927</th><td>2</td></tr></tbody></table>"
    )
    native = only_slide(deck(slide(slot("body", table))), theme=theme)
    chart = next(shape.chart for shape in native.shapes if shape.has_chart)
    assert chart.plots[0].data_labels.number_format == "#,##0.0##"
    assert not chart.has_legend
    assert not chart.value_axis.has_title
    assert not find(chart._chartSpace, ".//c:min")
