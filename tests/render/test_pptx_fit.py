"""Text takes the largest size that fits, and runs on to another slide when none does."""

import pytest
from pptx_kit import THEMES, deck, families, layouts, only_slide, opened, print_markup, slide, slot, typeset

from lessonpress.model.slide_layouts import Box
from lessonpress.render.pptx.content import Cell, Item, Listing, Paragraph, Run, Table
from lessonpress.render.pptx.fit import Setter, ladder, margins, size_at, split, units
from lessonpress.render.pptx.tables import plan_table, table_pages

LONG = "The General Secretary placed the men who chose the delegates who voted for the General Secretary. "


def place(layout, role):
    return layouts().layout(layout).placeholder(role)


def setter(layout="title-body", role="body", box=None):
    return Setter(place(layout, role), box or place(layout, role).box, typeset())


BULKY = " ".join(["Parteikontrollkommissionsvorsitzender"] * 3)


def words(count, text="word"):
    return Paragraph((Run(" ".join([text] * count)),))


def items(count, text=LONG, tag="ul"):
    return f"<{tag}>{''.join(f'<li>{n} {text}</li>' for n in range(count))}</{tag}>"


def sizes(native):
    return {
        shape.name: [run.font.size.pt if run.font.size else None for p in shape.text_frame.paragraphs for run in p.runs]
        for shape in native.placeholders
    }


def test_ladder():
    """Sizes fall by two points, faster when they are large, and end at the floor."""
    assert ladder(28, 20) == [28, 26, 24, 22, 20]
    assert ladder(76, 60) == [76, 70, 64, 60]
    assert ladder(18, 18) == [18]


def test_short_text_keeps_its_size():
    """Text that fits is set at the layout's own size, unwritten."""
    assert setter().choose([words(5)]) == 28
    assert sizes(only_slide(deck(slide(slot("body", "<p>Short.</p>")))))["Content"] == [None]


def test_longer_text_is_smaller():
    """Text that is too long at 28 pt is set smaller, in whole steps."""
    assert setter().choose([words(130)]) == 24


def test_height_is_lines_and_spaces():
    """Two lines of 28 pt at a pitch of 1.2 and 9 pt between them."""
    assert setter().height([words(1), words(1)], 28) == pytest.approx(2 * 28 * 1.2 + 9)


def test_levels_keep_their_proportion():
    """The second level shrinks with the first, never under 18 pt."""
    body = place("title-body", "body")
    assert size_at(body, 1, 28) == 26
    assert size_at(body, 1, 20) == 19
    assert size_at(body, 1, 18) == 18


def test_margins():
    """Markers hang out of the text; plain text among bullets stands at the edge."""
    body, plain, cell = place("title-body", "body"), place("source", "questions"), place("question", "q1")
    assert margins(Paragraph(()), body, 0) == (0, 0)
    assert margins(Paragraph((), marker="bullet", inside="bullet"), body, 0) == (0.9, 0.9)
    assert margins(Paragraph((), marker="bullet", inside="bullet", level=1), body, 1) == pytest.approx((1.7, 0.8))
    assert margins(Paragraph((), marker="1", inside="number"), body, 0) == (1.25, 1.25)
    assert margins(Paragraph((), inside="number", digits=2), body, 0) == (1.75, 0)
    assert margins(Paragraph((), marker="bullet", inside="bullet"), plain, 0) == (0.9, 0.9)
    assert margins(Paragraph(()), cell, 0) == (1.6, 1.6)


def test_units_stay_together():
    """An answer stays with its question and an inner list with its item."""
    question, answer = (
        Paragraph((Run("q"),), marker="1", inside="number"),
        Paragraph((Run("a"),), kind="key", inside="number"),
    )
    inner, more = (
        Paragraph((Run("i"),), level=1, marker="bullet", inside="bullet"),
        Paragraph((Run("m"),), inside="number"),
    )
    assert [len(unit) for unit in units([question, answer, question, inner, more, words(1)])] == [2, 3, 1]
    assert [len(unit) for unit in units([answer])] == [1]


def test_split_is_even():
    """Eight equal paragraphs on two slides are four and four, as large as that allows."""
    size, pages = split(setter(), [words(25)] * 8)
    assert [len(page) for page in pages] == [4, 4]
    assert size >= 22


def test_split_gives_up():
    """A paragraph that is too long for any slide cannot be parted."""
    assert split(setter(), [words(500)]) is None


def test_long_list_runs_on():
    """A list too long for one slide runs on; titles, tabs and notes go with it."""
    markup = deck(slide(slot("tab", "<p>Words</p>") + slot("body", items(9, BULKY)) + "<aside><p>Notes.</p></aside>"))
    printed = print_markup(markup)
    assert printed.slides == (("one", "A title (1 of 2)"), ("one-2", "A title (2 of 2)"))
    assert printed.diagnostics == ()
    for native in opened(printed).slides:
        assert "Kind of slide" in [shape.name for shape in native.shapes]
        assert native.notes_slide.notes_text_frame.text == "Notes."


def test_many_words_run_on():
    """Text that fits one slide is parted all the same where it has more than forty words."""
    few, many = (print_markup(deck(slide(slot("body", items(n, "men of the majority voted"))))) for n in (6, 9))
    assert [title for _, title in few.slides] == ["A title"]
    assert [title for _, title in many.slides] == ["A title (1 of 2)", "A title (2 of 2)"]


def test_words_of_neighbours_count():
    """What stands beside the text takes of its forty words; where it takes nearly all, nothing is parted."""
    task = slot("task", "<p>" + "word " * 15 + "</p>")
    body = slot("body", items(6, "men of the majority voted"))
    assert len(print_markup(deck(slide(body + task))).slides) == 2
    crowded = slot("task", "<p>" + "word " * 30 + "</p>")
    assert len(print_markup(deck(slide(body + crowded))).slides) == 1


def test_part_is_a_word_of_the_deck():
    """What follows a parted title can be given in another language."""
    markup = deck(
        slide(slot("body", items(9, BULKY))),
        attributes='lang="de-DE" title="x" revised="2026-01-01" part="({n} von {total})"',
    )
    assert print_markup(markup).slides[0][1] == "A title (1 von 2)"


def test_numbers_go_on():
    """A parted numbered list goes on counting."""
    native = opened(print_markup(deck(slide(slot("body", items(11, tag="ol")))))).slides[1]
    starts = native._element.xpath(".//a:buAutoNum/@startAt")
    assert len(set(starts)) == 1
    assert int(starts[0]) > 1


def test_numbers_after_answers():
    """PowerPoint would count anew after each answer, so every number says where it begins."""
    listing = "<ol>" + '<li><p>q</p><p class="key">a</p></li>' * 3 + "</ol>"
    native = only_slide(deck(slide(slot("body", listing))))
    assert native._element.xpath(".//a:buAutoNum/@startAt") == ["2", "3"]


def test_inner_numbers():
    """Inner lists count for themselves and do not disturb the outer one."""
    listing = "<ol><li>a<ol type='a'><li>b</li><li>c</li></ol></li><li>d<ol><li>e</li></ol></li></ol>"
    native = only_slide(deck(slide(slot("body", listing))))
    assert native._element.xpath(".//a:buAutoNum/@type") == [
        "arabicPeriod",
        "alphaLcPeriod",
        "alphaLcPeriod",
        "arabicPeriod",
        "arabicPeriod",
    ]
    assert native._element.xpath(".//a:buAutoNum/@startAt") == []


def test_bullets_where_there_are_none():
    """A list in a placeholder without bullets brings its own; a plain paragraph among bullets has none."""
    native = only_slide(
        deck(slide(slot("task", "<ul><li>a</li></ul>") + slot("body", "<ul><li><p>b</p><p>c</p></li></ul>")))
    )
    assert native._element.xpath(".//a:buChar/@char") == ["▪"]
    assert len(native._element.xpath(".//a:p//a:buNone")) == 1


def test_text_too_long_is_told():
    """Text that fits at no size is printed at 18 pt and told with its slide and slot."""
    printed = print_markup(deck(slide(slot("body", f"<p>{LONG * 20}</p>"))))
    (diagnostic,) = printed.diagnostics
    assert diagnostic.slide == "one"
    assert "'body' is too long for its place at 18 pt" in diagnostic.message
    assert set(sizes(opened(printed).slides[0])["Content"]) == {18}


def test_text_that_cannot_be_parted_may_be_small():
    """One paragraph that fits at 18 pt only is not an error."""
    printed = print_markup(deck(slide(slot("body", f"<p>{LONG * 11}</p>"))))
    assert printed.diagnostics == ()
    assert set(sizes(opened(printed).slides[0])["Content"]) <= {18, 20}


def test_title_shrinks_to_two_lines():
    """A long title is set smaller, in two lines at most, rather than run over."""
    printed = print_markup(
        deck(slide(title="Who stood against Trotsky in the Politburo of June 1924, and what did each want?"))
    )
    assert printed.diagnostics == ()
    native = opened(printed).slides[0]
    assert native.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt == 28


def test_title_too_long_is_told():
    """A title of three lines is a diagnostic."""
    (diagnostic,) = print_markup(deck(slide(title=LONG * 2))).diagnostics
    assert "'title' is too long" in diagnostic.message


def test_titles_fit_in_the_substitute():
    """A title in Arial Narrow also fits when a computer sets it in Arial."""
    title = "Labels mislead: where did the seven stand then?"
    heading = Setter(layouts("constructivist").title, place("title-body", "title").box, typeset("constructivist"))
    sure = Setter(layouts("constructivist").layout("title-body").placeholder("title"), heading.box, heading.typeset)
    assert heading.choose([Paragraph((Run(title),))]) == 40
    assert sure.choose([Paragraph((Run(title),))]) == 36


def test_words_are_never_broken():
    """A word wider than its place makes the text smaller."""
    box = Box(0, 0, 6, 10)
    assert setter(box=box).choose([words(1, "Internationalism")]) == 22
    assert setter(box=Box(0, 0, 3, 10)).choose([words(1, "Internationalism")]) is None


def test_columns_share_a_size():
    """The two columns of a slide are set in one size, the smaller."""
    native = only_slide(
        deck(slide(slot("left", "<p>Short.</p>") + slot("right", items(4, LONG[:60])), layout="two-content"))
    )
    found = sizes(native)
    assert set(found["Left column"]) == set(found["Right column"]) != {None}


def test_tab_hugs_its_text():
    """A tab is as wide as its text."""
    short, long = (
        next(
            s for s in only_slide(deck(slide(slot("tab", f"<p>{text}</p>")))).shapes if s.name == "Kind of slide"
        ).width
        for text in ("A", "Exit ticket, four minutes")
    )
    assert short < long


def test_lean_keeps_text_off_the_bar():
    """On a slanted title slide a long last line is set smaller than the bar would allow."""
    layout = layouts("constructivist").layout("title")
    cover = Setter(layout.placeholder("title"), layout.placeholder("title").box, typeset("constructivist"))
    short, long = "One\ntwo\nthree", "One\ntwo\nthree four five six sev"
    assert cover.choose([Paragraph((Run(short),))]) == 76
    assert cover.choose([Paragraph((Run(long),))]) < 76
    without = Setter(layouts().layout("title").placeholder("title"), cover.box, typeset())
    assert without.choose([Paragraph((Run(short),))]) == 60


def test_five_questions_are_a_list():
    """More questions than cells are a numbered list."""
    native = only_slide(deck(slide(slot("questions", items(5, "x", "ol")), layout="question")))
    assert [shape.name for shape in native.placeholders if shape.name in ("Question", "Questions")] == ["Questions"]


@pytest.mark.parametrize(
    "listing", [items(3, "x", "ul"), items(2, "x", "ol") + "<p>more</p>", "<ol><li>a<ul><li>b</li></ul></li></ol>"]
)
def test_not_so_simple_questions_are_a_list(listing):
    """Bullets, text beside the list and inner lists do not go into cells."""
    native = only_slide(deck(slide(slot("questions", listing), layout="question")))
    assert "Question" not in [shape.name for shape in native.shapes]


def test_long_questions_are_a_list():
    """Questions that fill a cell only in small type are a list instead."""
    native = only_slide(deck(slide(slot("questions", items(4, LONG * 2, "ol")), layout="question")))
    assert "Question" not in [shape.name for shape in native.shapes]


@pytest.mark.parametrize(("count", "width"), [(1, 30.67), (2, 30.67), (3, 15.04), (4, 15.04)])
def test_cells_use_the_slide(count, width):
    """One or two questions have the whole width, three or four half of it."""
    native = only_slide(deck(slide(slot("questions", items(count, "x", "ol")), layout="question")))
    cells = [shape for shape in native.shapes if shape.name == "Question"]
    assert len(cells) == count
    assert cells[0].width.cm == pytest.approx(width, abs=0.01)
    assert len([shape for shape in native.shapes if shape.name == "Line"]) == 2 * count


def test_options_have_no_answer_lines():
    """The options of one question are choices: no line to write on."""
    ask = slot("ask", "<p>Who?</p>") + slot("questions", items(4, "x", "ol"))
    native = only_slide(deck(slide(ask, layout="question")))
    assert len([shape for shape in native.shapes if shape.name == "Line"]) == 4


def test_last_row_closes():
    """The rows of an exit ticket have a line above each and one below the last."""
    native = only_slide(deck(slide(slot("questions", items(2, "x", "ol")), layout="exit-ticket")))
    assert len([shape for shape in native.shapes if shape.name == "Line"]) == 3


def test_second_paragraph_of_a_cell():
    """A cell's second paragraph stands under the first."""
    native = only_slide(deck(slide(slot("questions", "<ol><li><p>a</p><p>b</p></li></ol>"), layout="question")))
    assert native._element.xpath(".//a:pPr/@indent") == ["0"]


def test_minutes_are_two_sizes():
    """The number of minutes is large and the word under it is not."""
    native = only_slide(deck(slide(slot("minutes", "<p>14</p><p>minutes</p>"), layout="task")))
    assert native._element.xpath(".//a:pPr/@lvl") == ["1"]


def cell(text):
    return Cell((Paragraph((Run(text),)),))


def table(rows, text="Red Army prestige", widths=()):
    return Table(
        (cell("Contender"), cell("Strength")), tuple((cell(f"Man {n}"), cell(text)) for n in range(rows)), "x", widths
    )


BOX = Box(1.6, 5.1, 30.67, 11.7)


def test_rows_are_even():
    """Five rows and a head share the height of the box, as wide together as it is."""
    plan = plan_table(table(5), BOX, layouts().cell, typeset())
    assert plan.fits
    assert plan.size == 26
    assert plan.heights == pytest.approx((11.7 / 6,) * 6)
    assert sum(plan.widths) == pytest.approx(30.67)


def test_short_tables_are_larger():
    """A table of three rows is set larger and its rows are higher."""
    plan = plan_table(table(3), BOX, layouts().cell, typeset())
    assert plan.size == 26
    assert plan.heights == pytest.approx((1.85 * 1.2,) * 4)


def test_longer_tables_are_larger_only_where_no_more_lines_break():
    """Five rows of short text are set larger; five of text that would then break are not."""
    text = "a man of the majority whom few had noticed until then, nor feared at all"
    plan = plan_table(table(5, text), BOX, layouts().cell, typeset())
    assert plan.lines == 6
    assert plan.size == 22


def test_given_widths_are_shares():
    """Widths of the markup are scaled to the box."""
    assert plan_table(table(5, widths=(1, 3)), BOX, layouts().cell, typeset()).widths == pytest.approx(
        (30.67 / 4, 30.67 * 3 / 4)
    )


def test_crowded_table_is_smaller():
    """More rows make the text smaller before they make another slide."""
    assert plan_table(table(6, LONG), BOX, layouts().cell, typeset()).size < 22


def test_long_table_runs_on():
    """A table too long for a slide is parted evenly under the same head."""
    pages = table_pages(table(16), BOX, layouts().cell, typeset(), 100)
    assert [len(page.rows) for page in pages] == [5, 5, 6]  # eight would fit in 18 point
    printed = print_markup(deck(slide(slot("table", _markup(16)), layout="comparison")))
    assert [title for _, title in printed.slides] == [f"A title ({n} of 3)" for n in (1, 2, 3)]


def test_wordy_table_runs_on():
    """A table of more words than a slide may hold is parted between its rows, the evenest way."""
    pages = table_pages(table(6), BOX, layouts().cell, typeset(), 20)
    assert [len(page.rows) for page in pages] == [3, 3]


def test_a_long_row_goes_on_under_the_same_head():
    """A row with too many words is parted between the paragraphs of its longest cell; the others are repeated."""
    row = (cell("Task 1"), Cell(tuple(words(10, f"w{n}") for n in range(4))))
    wordy = Table((cell("Task"), cell("Answers")), (row,), "x", ())
    pages = table_pages(wordy, BOX, layouts().cell, typeset(), 25)
    assert [page.rows[0][0].text for page in pages] == ["Task 1", "Task 1"]
    assert [len(page.rows[0][1].paragraphs) for page in pages] == [2, 2]
    assert [p for page in pages for p in page.rows[0][1].paragraphs] == list(row[1].paragraphs)


def test_table_that_cannot_fit_is_told():
    """A row that is too high for a slide stays where it is and is told."""
    assert table_pages(table(1, LONG * 30), BOX, layouts().cell, typeset(), 100) == [table(1, LONG * 30)]
    printed = print_markup(deck(slide(slot("table", _markup(1, LONG * 30)), layout="comparison")))
    assert "the table does not fit" in printed.diagnostics[0].message


def test_wide_words_make_a_table_small():
    """When the longest words do not fit side by side the table does not fit."""
    plan = plan_table(table(2, "Internationalism"), Box(0, 0, 6, 10), layouts().cell, typeset())
    assert not plan.fits
    assert sum(plan.widths) == pytest.approx(6)


def _markup(rows, text="x"):
    body = "".join(f"<tr><td>{n}</td><td>{text}</td></tr>" for n in range(rows))
    return f"<table><caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{body}</tbody></table>"


def test_every_font_of_the_themes_can_be_measured():
    """Each theme names only fonts that we have a stand-in for."""
    for theme in THEMES:
        fonts = layouts(theme).fonts
        assert {fonts.major, fonts.minor, fonts.numeral, fonts.lesson_numeral, fonts.extract} <= set(families())


def test_listing_helpers():
    """A list writes out its items with markers."""
    listing = Listing("a", 1, (Item((Paragraph((Run("x"),)),)),))
    assert listing.label(0) == "a"
    assert listing.paragraphs()[0].marker == "a"
