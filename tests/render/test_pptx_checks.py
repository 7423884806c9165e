"""Our checks see each deliberate fault."""

import re

import pytest
from pptx_kit import edited, parts, sample

from lessonpress.render.pptx import check
from lessonpress.render.pptx.package import assemble, freeze, read_zip, write_zip

SLIDE = "ppt/slides/slide{}.xml"
PRESENTATION = "ppt/presentation.xml"
CTN = '<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">{}</p:timing></p:sld>'


FAULTS = {
    "no notesMasterIdLst": (
        PRESENTATION,
        r"<p:notesMasterIdLst>.*?</p:notesMasterIdLst>",
        "",
        "notesMasterIdLst is missing",
    ),
    "repeated shape id": (SLIDE.format(2), r'(<p:cNvPr id=")3(")', r"\g<1>2\2", "shape id 2 stands twice"),
    "animation of nothing": (
        SLIDE.format(2),
        "</p:sld>",
        CTN.format('<p:spTgt spid="999"/>'),
        "an animation moves shape 999",
    ),
    "build of nothing": (
        SLIDE.format(2),
        "</p:sld>",
        CTN.format('<p:bldP spid="998"/>'),
        "an animation moves shape 998",
    ),
    "repeated animation id": (
        SLIDE.format(2),
        "</p:sld>",
        CTN.format('<p:cTn id="1"/><p:cTn id="1"/>'),
        "an animation id stands twice",
    ),
    "section misses a slide": (PRESENTATION, r'<p14:sldId id="\d+"/>', "", "do not list every slide"),
    "section names no slide": (
        PRESENTATION,
        r'<p14:sldId id="\d+"/>',
        '<p14:sldId id="9999"/>',
        "do not list every slide",
    ),
    "section id is no GUID": (PRESENTATION, r'(<p14:section [^>]*id=")[^"]*', r"\1abc", "a section id is no GUID"),
    "dangling link": (SLIDE.format(13), r'(hlinkClick [^>]*id=")rId\d+', r"\1rId77", "rId77 is no relationship"),
    "order of a slide": (
        SLIDE.format(2),
        r"(<p:cSld.*?</p:cSld>)(<p:clrMapOvr>.*?</p:clrMapOvr>)",
        r"\2\1",
        "children of sld are out of order",
    ),
    "layout id is master id": (
        "ppt/slideMasters/slideMaster1.xml",
        "2147483649",
        "2147483648",
        "masters and layouts share an id",
    ),
    "shared theme": ("ppt/notesMasters/_rels/notesMaster1.xml.rels", "theme2", "theme1", "is shared by two masters"),
    "missing content type": (
        "[Content_Types].xml",
        r'<Override PartName="/ppt/slides/slide3.xml"[^>]*/>',
        "",
        "slide3.xml: has no content type",
    ),
    "unknown extension": ("[Content_Types].xml", r'<Default Extension="xlsx"[^>]*/>', "", ".xlsx: has no content type"),
    "target missing": (
        f"ppt/slides/_rels/slide{10}.xml.rels",
        r"charts/chart\d+",
        "charts/chart99",
        "chart99.xml, which is not there",
    ),
    "slide id under 256": (PRESENTATION, r'(<p:sldId [^>]*id=")256"', r'\g<1>12"', "slide id out of range"),
    "placeholder not on layout": (SLIDE.format(2), r'idx="41"', 'idx="99"', "placeholder 99 is not on the layout"),
    "colour not hex": ("ppt/theme/theme1.xml", 'val="1F3A5F"', 'val="blue"', "colour 'blue' is not six hex digits"),
    "body without paragraph": (SLIDE.format(2), r"<a:p>.*?</a:p>(?=</p:txBody>)", "", "text body without a paragraph"),
    "theme without fmtScheme": ("ppt/theme/theme1.xml", r"<a:fmtScheme.*?</a:fmtScheme>", "", "has no fmtScheme"),
    "theme with two fills": (
        "ppt/theme/theme1.xml",
        r'(<a:fillStyleLst>)<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>',
        r"\1",
        "fillStyleLst has 2 entries",
    ),
    "row lacks a cell": (SLIDE.format(9), r"<a:tc>.*?</a:tc>", "", "a table row has more or fewer cells"),
    "no header row": (SLIDE.format(9), r'firstRow="1"', 'firstRow="0"', "table without a header row"),
    "no language": (SLIDE.format(6), 'lang="ru-RU"', 'lang="russian language"', "'russian language' is no language"),
    "run without language": (SLIDE.format(6), 'lang="ru-RU" ?', "", "text without a language"),
    "control character": (SLIDE.format(2), "In which", "In _x0001_which", "control character in the text"),
    "negative axis id": ("ppt/charts/chart{}.xml", r'(<c:axId val=")', r"\1-", "is not a number from 0 up"),
    "no title": (SLIDE.format(2), "What do you remember\\?", " ", "no title"),
    "same title": (
        SLIDE.format(2),
        "What do you remember\\?",
        "Do now: answers",
        "two slides have the title 'Do now: answers'",
    ),
    "no alternative text": (SLIDE.format(9), r' descr="[^"]*"', "", "has no alternative text"),
    "text of 12 pt": (SLIDE.format(9), r'sz="2\d00"', 'sz="1200"', "text of 12 pt"),
    "chart text of 12 pt": ("ppt/charts/chart{}.xml", 'sz="2000"', 'sz="1200"', "text of 12 pt"),
    "off the slide": (SLIDE.format(2), r'(<a:off x=")\d+', r"\g<1>12000000", "stands off the slide"),
    "no core title": ("docProps/core.xml", r"<dc:title>.*?</dc:title>", "", "core.xml: no title"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_seen(fault):
    """Each known fault is found by name."""
    name, pattern, replacement, message = FAULTS[fault]
    if "{}" in name:
        name = next(known for known in parts() if re.fullmatch(name.format(r"\d+"), known))
    found = check(edited(name, pattern, replacement))
    assert any(message in one for one in found), found


def test_empty_placeholder_is_seen():
    """A placeholder without text shows its prompt."""
    blob = edited(SLIDE.format(4), r"<a:r>(?:(?!</a:r>).)*Rank the contenders.*?</a:r>", "")
    blob = write_zip(
        {
            **read_zip(blob),
            SLIDE.format(4): re.sub(rb"<a:r>((?!</a:r>).)*<a:t>3</a:t></a:r>", b"", read_zip(blob)[SLIDE.format(4)]),
        }
    )
    assert any("'Objective' is empty" in one for one in check(blob))


def test_turned_shapes_are_measured_turned():
    """A shape turned by a quarter reaches as far as it is wide."""
    level, turned = (
        check(
            edited(
                SLIDE.format(7),
                r'<a:xfrm><a:off [^>]*/><a:ext [^>]*/>(?=</a:xfrm><a:prstGeom prst="ellipse")',
                f'<a:xfrm{rotation}><a:off x="0" y="0"/><a:ext cx="900000" cy="10"/>',
            )
        )
        for rotation in ("", ' rot="5400000"')
    )
    assert level == []
    assert any("stands off the slide" in one for one in turned)


def test_empty_notes_are_seen():
    """A notes page without text is of no use to a cover teacher."""
    name = next(known for known in parts() if re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", known))
    assert any("its notes are empty" in one for one in check(edited(name, r"<a:t>[^<]*</a:t>", "<a:t/>", 0)))


def test_doubled_part_is_seen():
    """A part that stands twice in the zip is found, and refused when it is read."""
    import io
    import warnings
    import zipfile

    blob = io.BytesIO(sample().data)
    with warnings.catch_warnings(), zipfile.ZipFile(blob, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("ppt/presProps.xml", parts()["ppt/presProps.xml"])
    assert "ppt/presProps.xml: stands twice in the zip" in check(blob.getvalue())
    with pytest.raises(ValueError, match="stands twice"):
        read_zip(blob.getvalue())


def test_slide_without_layout():
    """A slide that has lost its layout knows no placeholder."""
    found = check(edited("ppt/slides/_rels/slide2.xml.rels", r"<Relationship [^>]*slideLayout[^>]*/>", ""))
    assert any("is not on the layout" in one for one in found)


def test_external_links_may_point_anywhere():
    """A link to the web is not looked for in the package."""
    files = parts()
    name = "ppt/slides/_rels/slide2.xml.rels"
    link = b'<Relationship Id="rId9" Type="http://x/hyperlink" Target="http://example.org" TargetMode="External"/></Relationships>'
    files[name] = files[name].replace(b"</Relationships>", link)
    assert check(write_zip(files)) == []


def test_base_alone_is_whole():
    """The base is a file that opens, before any slide stands in it."""
    from pptx_kit import base

    blob = freeze(assemble(base()), "2026-01-01")
    assert [fault for fault in check(blob) if "core.xml" not in fault] == []
