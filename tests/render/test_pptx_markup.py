"""Slide markup is a closed list of elements."""

import pytest
from pptx_kit import deck, only_slide, slide, slot

from lessonpress.render.pptx import MarkupError
from lessonpress.render.pptx.content import Chart, Figure, Listing, Paragraph, Picture, Run, Table
from lessonpress.render.pptx.markup import read_markup

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>A line</title><line x1="0" y1="0" x2="1" y2="1"/></svg>'
TABLE = "<table{}><caption>Votes</caption><thead><tr><th>Side</th><th>Votes</th></tr></thead><tbody>{}</tbody></table>"
ROW = "<tr><th>For</th><td>1,559</td></tr>"


def read(inner, **options):
    return read_markup(deck(slide(slot("body", inner), **options))).slides[0].slots[0]


def test_deck_and_slide():
    """A deck has its language and date, a slide its id, layout, section and title."""
    read_deck = read_markup(deck(slide(section="Starter")))
    assert (read_deck.lang, read_deck.revised, read_deck.footer) == ("en-GB", "2026-11-01", "Unit")
    only = read_deck.slides[0]
    assert (only.id, only.layout, only.section, only.title.text) == ("one", "title-body", "Starter", "A title")


def test_white_space_is_drawn_together():
    """White space collapses across elements as in a browser; no-break spaces stay."""
    slot_read = read("<p>\n  One <strong> two</strong>\n three&#160;&#160;four <br/> five </p>")
    assert slot_read.blocks[0].text == "One two three\u00a0\u00a0four\nfive"


def test_runs_keep_their_marks():
    """Weight, slope, language, answers, links and what is struck out become marks of runs."""
    (paragraph,) = read(
        '<p>a<strong>b</strong><em>c</em><span lang="ru">д</span><strong class="key">e</strong><a href="#one">f</a>'
        '<span class="struck">g</span></p>'
    ).blocks
    assert paragraph.runs == (
        Run("a"),
        Run("b", bold=True),
        Run("c", italic=True),
        Run("д", lang="ru"),
        Run("e", bold=True, key=True),
        Run("f", link="one"),
        Run("g", struck=True),
    )


def test_what_is_struck_out_is_printed_so():
    """PowerPoint draws the line."""
    inner = slot("body", '<p>a <span class="struck">b</span></p>')
    marks = only_slide(deck(slide(inner)))._element.xpath("//p:sp[.//a:t='b']//a:r/a:rPr/@strike")
    assert marks == ["sngStrike"]


def test_lists_nest():
    """An item holds its own text and, a level deeper, the lists inside it."""
    (listing,) = read(
        '<ol start="9"><li>One<ul><li>inner</li></ul></li><li><p>Two</p><p class="key">answer</p></li></ol>'
    ).blocks
    assert isinstance(listing, Listing)
    paragraphs = listing.paragraphs()
    assert [(p.text, p.marker, p.number, p.level) for p in paragraphs] == [
        ("One", "1", 9, 0),
        ("inner", "bullet", 1, 1),
        ("Two", "1", 10, 0),
        ("answer", "", 0, 0),
    ]
    assert [p.digits for p in paragraphs] == [2, 1, 2, 2]
    assert paragraphs[3].runs[0].key


def test_labels_of_items():
    """Items are numbered or lettered from the start of their list."""
    letters, numbers = read('<ol type="A"><li>x</li></ol><ol start="3"><li>y</li></ol>').blocks
    assert (letters.label(1), numbers.label(0)) == ("B", "3")


def test_answers_of_a_whole_slot():
    """`data-answers` marks every paragraph of a slot, in lists too, and leaves objects alone."""
    markup = deck(slide('<div slot="body" data-answers=""><p>a</p><ul><li>b</li></ul></div>'))
    assert all(p.kind == "key" and p.runs[0].key for p in read_markup(markup).slides[0].slots[0].paragraphs())
    markup = deck(slide(f'<div slot="body" data-answers="">{TABLE.format("", ROW)}</div>'))
    assert isinstance(read_markup(markup).slides[0].slots[0].object, Table)


def test_blockquote():
    """The paragraphs of a quotation are marked as quoted."""
    assert [block.quote for block in read("<blockquote><p>a</p></blockquote><p>b</p>").blocks] == [True, False]


def test_table():
    """A table has one header row, rows and its caption as alternative text."""
    table = read(TABLE.format(' data-widths="2 1"', ROW)).object
    assert isinstance(table, Table)
    assert [cell.text for cell in table.header] == ["Side", "Votes"]
    assert [cell.head for cell in table.rows[0]] == [True, False]
    assert (table.alt, table.widths) == ("Votes", (2, 1))


def test_cell_of_paragraphs():
    """A cell may hold paragraphs."""
    table = read(TABLE.format("", "<tr><td><p>a</p><p>b</p></td><td>c</td></tr>")).object
    assert table.rows[0][0].text == "a\nb"


def test_chart():
    """With `data-chart` the same table is a chart, its numbers read with thousands and minus signs."""
    chart = read(
        TABLE.format(' data-chart="bar" data-unit="votes"', ROW + "<tr><th>Against</th><td>−65.5</td></tr>")
    ).object
    assert isinstance(chart, Chart)
    assert (chart.form, chart.unit, chart.categories) == ("bar", "votes", ("For", "Against"))
    assert chart.series == (("Votes", (1559, -65.5)),)


def test_figure_and_picture():
    """A figure holds a drawing with its description, or a picture with its alternative text."""
    assert isinstance(read(f"<figure>{SVG}</figure>").object, Figure)
    assert read(f"<figure>{SVG}</figure>").object.alt == "A line"
    assert read('<figure><img src="a.png" alt="A man"/></figure>').object == Picture("a.png", "A man")
    assert read('<img src="a.png" alt="A man"/>').object == Picture("a.png", "A man")


def test_notes():
    """Notes are paragraphs and lists."""
    notes = (
        read_markup(deck(slide("<aside><p>Say <strong>this</strong>.</p><ul><li>a</li></ul></aside>"))).slides[0].notes
    )
    assert [(note.text, note.marker) for note in notes] == [("Say this.", ""), ("a", "bullet")]


def test_xhtml_namespace_and_comments_are_dropped():
    """Markup may declare the namespace of XHTML and hold comments."""
    markup = deck(slide("<!-- x --><aside><p>y</p></aside>")).replace(
        "<deck ", '<deck xmlns="http://www.w3.org/1999/xhtml" '
    )
    assert read_markup(markup).slides[0].notes == (Paragraph((Run("y"),)),)


def test_text_slots_only():
    """Paragraphs of a slot leave objects out."""
    slot_read = read(TABLE.format("", ROW))
    assert slot_read.paragraphs() == ()
    assert slot_read.listing is None


ONE = "<p>x</p>"


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<video/>", "<video>: unknown element"),
        ('<p style="x">a</p>', "<p>: unknown attribute 'style'"),
        ('<p class="big">a</p>', "unknown class 'big'"),
        ("loose", "text stands outside a paragraph"),
        ("<p>a<ul><li>b</li></ul></p>", "<ul>: may not stand inside the text of <p>"),
        ("<strong>a</strong>", "<strong>: may not stand in <div>"),
        ("<ul></ul>", "<ul>: has no <li>"),
        ("<ul><li> </li></ul>", "<li>: is empty"),
        ('<ol type="i"><li>a</li></ol>', "type='i' is not 1, A or a"),
        ('<ol start="x"><li>a</li></ol>', "start='x' is not a number"),
        ('<p><a href="http://x">a</a></p>', "links go to a slide"),
        ("<p><a>a</a></p>", "needs the attribute 'href'"),
        ('<img src="a.png"/>', "<img>: needs the attribute 'alt'"),
        ("<figure><p>a</p></figure>", "holds one <svg> or one <img>"),
        (f"<figure>{SVG.replace('<title>A line</title>', '')}</figure>", "<svg>: needs a <desc> or a <title>"),
        (f"<p>a</p>{TABLE.format('', ROW)}", "a slot holds text or one table"),
        ("<table/>", "<table>: needs <thead> and <tbody>"),
        ("<table><tr><td>a</td></tr></table>", "holds one <caption>, one <thead> and one <tbody>"),
        (TABLE.format("", ROW).replace("<caption>Votes</caption>", ""), "needs a <caption>"),
        (TABLE.format("", ""), "has no rows"),
        (TABLE.format("", "<tr><td>a</td></tr>"), "row 1 has 1 cells, the header has 2"),
        (TABLE.format("", "<tr><p>a</p></tr>"), "rows are <tr> with <th> and <td>"),
        (TABLE.format("", ROW).replace("<thead>", "<thead><tr><th>x</th></tr>"), "has 2 header rows"),
        (TABLE.format(' data-widths="1 a"', ROW), "data-widths='1 a' are not numbers"),
        (TABLE.format(' data-widths="1"', ROW), "data-widths='1' must be 2 widths"),
        (TABLE.format(' data-chart="pie"', ROW), "data-chart='pie' is not one of bar, column, line"),
        (TABLE.format(' data-chart="bar"', "<tr><th>For</th><td>many</td></tr>"), "'many' is not a number"),
        (
            '<table data-chart="bar"><caption>a</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
            "a chart needs a column of names and one of numbers",
        ),
    ],
)
def test_what_a_slot_may_not_hold(inner, message):
    """What the printer does not know is an error that names the element and its line."""
    with pytest.raises(MarkupError) as caught:
        read(inner)
    assert message in str(caught.value)
    assert "line 1" in str(caught.value)


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<deck>", "not well-formed"),
        ("<section layout='x' id='y'><h1>a</h1></section>", "begins with <deck>"),
        (deck("<p>x</p>"), "<p>: may not stand in <deck>"),
        (deck(slide(), attributes='lang="en" title="x"'), "needs the attribute 'revised'"),
        (deck(slide(), attributes='lang="en" title="x" revised="soon"'), "revised='soon' is not a date"),
        (deck('<section layout="title" id="a"/>'), "has 0 <h1>"),
        (deck(slide(title=" ")), "the title is empty"),
        (deck('<section layout="title" id=" "><h1>a</h1></section>'), "needs the attribute 'id'"),
        (deck(slide(), slide(name="two")), "two slides have the title 'A title'"),
        (deck(slide(), slide(title="Other")), "two slides have the id 'one'"),
        (deck(slide(slot("body", ONE) + slot("body", ONE))), "fills a slot twice"),
        (deck(slide("<div><p>x</p></div>")), "needs the attribute 'slot'"),
        (deck(slide(f"<aside>{TABLE.format('', ROW)}</aside>")), "notes hold text only"),
    ],
)
def test_what_a_deck_may_not_hold(markup, message):
    """Faults of a deck or of a slide are errors too."""
    with pytest.raises(MarkupError, match=None) as caught:
        read_markup(markup)
    assert message in str(caught.value)
