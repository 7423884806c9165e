"""A closed part of SVG becomes native shapes."""

import pytest
from lxml import etree
from pptx_kit import deck, families, layouts, only_slide, print_markup, slide, slot

from lessonpress.model.slide_layouts import Box
from lessonpress.render.pptx import DrawingError
from lessonpress.render.pptx.drawing import Drawer
from lessonpress.render.pptx.ooxml import A, P, find
from lessonpress.render.pptx.svg import read_svg
from lessonpress.render.pptx.text import Writing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
BOX = Box(0, 0, 20, 10)  # 2 mm to the user unit: 72,000 EMU


def sketch(inner):
    return read_svg(etree.fromstring(f"{HEAD}<title>T</title>{inner}</svg>"))


def draw(inner, box=BOX):
    writing = Writing("en-GB", layouts().fonts, str)
    return Drawer(sketch(inner), box, families()["Arial"], writing, 10)


def native(inner):
    return draw(inner).draw()[2]


def offset(element):
    transform = find(element, ".//a:xfrm")[0]
    return tuple(int(transform[n].get(key)) / 72_000 for n, key in ((0, "x"), (0, "y"), (1, "cx"), (1, "cy")))


def test_rectangle():
    """A rectangle keeps its place, its fill and its pen, in colours of the theme."""
    shape = native('<rect class="tint line-accent" x="10" y="5" width="20" height="30" stroke-width="0.5"/>')
    assert offset(shape) == (10, 5, 20, 30)
    assert [c.get("val") for c in shape.iter(A + "schemeClr")] == ["bg2", "accent1"]
    assert find(shape, ".//a:ln/@w") == ["36000"]  # half a unit


def test_rounded_rectangle():
    """A radius becomes the share of the shorter side that PowerPoint wants."""
    assert find(native('<rect x="0" y="0" width="20" height="10" rx="2"/>'), ".//a:gd/@fmla") == ["val 20000"]


def test_circle_and_ellipse():
    """Circles and ellipses are placed by their centre."""
    assert offset(native('<circle cx="10" cy="10" r="5"/>')) == (5, 5, 10, 10)
    assert offset(native('<ellipse cx="10" cy="10" rx="5" ry="2"/>')) == (5, 8, 10, 4)


def test_line_falls_or_rises():
    """A line is a connector, flipped when it runs against the axes."""
    falling = native('<line class="line-ink" x1="10" y1="10" x2="20" y2="30" stroke-width="1"/>')
    assert falling.tag == P + "cxnSp"
    assert find(falling, ".//a:xfrm/@flipH | .//a:xfrm/@flipV") == []
    rising = native('<line class="line-ink" x1="20" y1="30" x2="10" y2="10"/>')
    assert find(rising, ".//a:xfrm/@flipH") == find(rising, ".//a:xfrm/@flipV") == ["1"]
    assert find(rising, "./p:spPr/a:solidFill") == []


def test_polygon_and_polyline():
    """A polygon closes, a polyline does not."""
    assert len(list(native('<polygon points="0,0 10,0 10,10"/>').iter(A + "close"))) == 1
    assert list(native('<polyline fill="none" points="0,0 10,0 10,10"/>').iter(A + "close")) == []


def test_path_of_straight_segments():
    """Paths of M L H V Z in both cases are drawn, with several parts and implicit lines."""
    shape = native('<path d="M 0 0 10 0 v10 H0 z m 20 5 l5 0 V20 h-5 Z L 30 30"/>')
    assert len(list(shape.iter(A + "moveTo"))) == 3
    assert offset(shape) == (0, 0, 30, 30)


def test_groups_nest_and_inherit():
    """A group is a group, named by its title; its members inherit colour, size and anchor."""
    group = native(
        '<g class="accent" font-size="8" font-weight="bold" text-anchor="end" xml:lang="ru"><title>Men</title><text x="50" y="20">Ст</text></g>'
    )
    assert group.tag == P + "grpSp"
    assert find(group, "./p:nvGrpSpPr/p:cNvPr/@name") == ["Men"]
    assert find(group, ".//a:rPr/@lang") == ["ru-RU"]
    assert find(group, ".//a:rPr/@b") == ["1"]
    assert find(group, ".//a:pPr/@algn") == ["r"]
    assert find(group, ".//a:schemeClr/@val") == ["accent1"]
    unnamed = native('<g><rect x="0" y="0" width="1" height="1"/></g>')
    assert find(unnamed, "./p:nvGrpSpPr/p:cNvPr/@name") == ["Group"]


def test_transforms():
    """Shapes are moved, scaled evenly and turned about their centre."""
    shape = native(
        '<g transform="translate(10) scale(2)"><rect x="0" y="0" width="5" height="5" transform="rotate(90, 2.5, 2.5)"/></g>'
    )
    assert find(shape, "./p:sp//a:xfrm/@rot") == ["5400000"]
    assert offset(find(shape, "./p:sp")[0]) == (10, 0, 10, 10)


def test_turned_label():
    """A turned label turns about its own centre, so that its anchor stays where it was."""
    level, turned = (
        native(f'<text x="50" y="25" font-size="10"{extra}>up</text>')
        for extra in ("", ' transform="rotate(90 50 25)"')
    )
    assert find(turned, ".//a:xfrm/@rot") == ["5400000"]
    assert offset(level)[:2] != offset(turned)[:2]


def test_colours():
    """Colours are classes, hex digits, black, white or none; a class wins."""
    shape = native(
        '<rect class="accent3" fill="#fff" stroke="#12aB34" x="0" y="0" width="1" height="1" stroke-dasharray="2 1"/>'
    )
    assert find(shape, "./p:spPr/a:solidFill/a:schemeClr/@val") == ["accent3"]
    assert find(shape, ".//a:ln//a:srgbClr/@val") == ["12AB34"]
    assert find(shape, ".//a:prstDash/@val") == ["dash"]
    assert find(native('<rect fill="#fb1" x="0" y="0" width="1" height="1"/>'), ".//a:srgbClr/@val") == ["FFBB11"]
    assert find(native('<rect fill="white" x="0" y="0" width="1" height="1"/>'), ".//a:schemeClr/@val") == ["bg1"]
    solid = native(
        '<g stroke-dasharray="2"><rect stroke="black" stroke-dasharray="none" x="0" y="0" width="1" height="1"/></g>'
    )
    assert find(solid, ".//a:prstDash") == []


def test_label_without_fill_is_ink():
    """Text without a colour of its own is ink, never invisible."""
    assert find(native('<text fill="none" x="0" y="20" font-size="9">a</text>'), ".//a:schemeClr/@val") == ["tx1"]


def test_small_labels_are_raised():
    """A label under 18 pt is set in 18 pt and told."""
    drawer = draw('<g><text x="0" y="20" font-size="2">small</text></g><text x="0" y="40" font-size="9">large</text>')
    ((text, size),) = drawer.small_labels()
    assert text == "small"
    assert size == pytest.approx(2 * 72_000 / 12_700)
    assert find(drawer.draw(), ".//a:rPr/@sz") == ["1800", "5100"]  # 9 units are 51 pt


def test_drawing_keeps_its_proportions():
    """A drawing stands in the middle of its box."""
    drawer = draw('<rect x="0" y="0" width="100" height="50"/>', Box(0, 0, 30, 10))
    assert find(drawer.draw(), ".//p:sp//a:off/@x") == [str(5 * 360_000)]  # (30 - 20) / 2 cm


def test_view_box_may_begin_anywhere():
    """The viewBox moves the drawing."""
    svg = etree.fromstring(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 100 50"><rect x="10" y="10" width="1" height="1"/></svg>'
    )
    assert read_svg(svg).shapes[0].centre == (0.5, 0.5)


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<image/>", "<image>: is not drawn on slides"),
        ("<svg/>", "<svg>: is not drawn on slides"),
        ("<style/>", "<style>: is not drawn on slides"),
        ('<rect filter="x"/>', "attribute filter='x' is not supported"),
        ('<rect x="1" y="1" width="0" height="2"/>', "<rect>: has no size"),
        ('<rect x="1mm" y="1" width="1" height="2"/>', "x='1mm' is not a plain number"),
        ('<rect fill="red" x="1" y="1" width="1" height="2"/>', "fill='red' is not supported"),
        ('<rect class="pink" x="1" y="1" width="1" height="2"/>', "class 'pink' names no colour"),
        ('<rect stroke-width="1px" x="1" y="1" width="1" height="2"/>', "stroke-width='1px' is not a plain number"),
        ('<path d="M0 0 C1 1 2 2 3 3"/>', "path command 'C' is not supported"),
        ('<path d="1 1"/>', "path data begins with a command"),
        ('<path d="L1 1"/>', "path data begins with M"),
        ('<path d="M1"/>', "path data breaks off"),
        ('<path d="Z"/>', "path data closes nothing"),
        ('<path d=""/>', "has fewer than two points"),
        ('<polyline points="1,1"/>', "has fewer than two points"),
        ('<polyline points="1,1 2"/>', "<polyline>:"),
        ('<g transform="skewX(3)"/>', "transform skewX(3) is not supported"),
        ('<g transform="scale(1 2)"/>', "transform scale(1 2) is not supported"),
        ('<g transform="scale(-1)"/>', "transform scale(-1) is not supported"),
        ('<g transform="translate"/>', "transform 'translate' is not supported"),
        ('<text x="0" y="0">a<tspan>b</tspan></text>', "write one <text> for each line"),
        ('<text x="0" y="0"> </text>', "<text>: is empty"),
        ('<text x="0" y="0" font-weight="heavy">a</text>', "font-weight='heavy' is not supported"),
        ('<text x="0" y="0" text-anchor="left">a</text>', "text-anchor='left' is not supported"),
    ],
)
def test_what_is_refused(inner, message):
    """What has no native shape is refused with the element's name."""
    with pytest.raises(DrawingError) as caught:
        sketch(inner)
    assert message in str(caught.value)


def test_view_box_is_needed():
    """A drawing without a viewBox cannot be placed."""
    with pytest.raises(DrawingError, match="viewBox"):
        read_svg(etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg"/>'))


FIGURE = f'<figure>{HEAD}<desc>Two men.</desc><rect class="ink" x="0" y="0" width="9" height="9"/><text x="1" y="30" font-size="3">a</text></svg></figure>'


def test_drawing_on_a_slide():
    """A drawing is one group with its description, in place of the placeholder."""
    native_slide = only_slide(deck(slide(slot("figure", FIGURE) + slot("task", "<p>x</p>"))))
    kinds = [etree.QName(shape._element).localname for shape in native_slide.shapes]
    assert kinds == ["sp", "grpSp", "sp", "sp", "sp"]  # title, drawing, task, footer, number
    group = native_slide.shapes[1]
    assert find(group._element, "./*[1]/p:cNvPr/@descr") == ["Two men."]
    assert len(set(find(native_slide._element, "//p:cNvPr/@id"))) == len(find(native_slide._element, "//p:cNvPr/@id"))


def test_small_label_is_a_diagnostic():
    """A label that had to be raised is told with its slide."""
    small = FIGURE.replace('font-size="3"', 'font-size="1"')
    (diagnostic,) = print_markup(deck(slide(slot("figure", small)))).diagnostics
    assert diagnostic.slide == "one"
    assert "set in 18 pt" in diagnostic.message


def test_refusal_names_the_slide():
    """A refused drawing says on which slide it stands."""
    with pytest.raises(DrawingError, match="slide 'one': line 1, <rect>"):
        print_markup(deck(slide(slot("figure", FIGURE.replace('class="ink"', 'class="pink"')))))
