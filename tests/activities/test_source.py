"""Sources: letters, provenance, extension, frames, and what is for the teacher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.activities.bench import both, html, lesson, lesson_of, make, pose, refused, tree

TWO: dict[str, Any] = {"sources": ["PS-03", "ps-04"]}


def test_example_is_worth_its_questions() -> None:
    """The marks are those of the questions."""
    assert make("source").total == 4


def test_a_source_takes_a_letter() -> None:
    """Each source of the sheet has a letter, and letters run through the sheet."""
    posed = pose(lesson(main=[tree("source"), tree("matching"), tree("source", id="more", **TWO)]))
    assert [task.letters for task in posed.tasks] == [("A",), (), ("B", "C")]
    assert "Source A" in html(posed, posed.tasks[0])
    assert "Source C" in html(posed, posed.tasks[2])


def test_one_source_may_stand_without_a_list() -> None:
    """`sources` may be one id, whatever its case."""
    assert [source.id for source in make("source", sources="ps-03").sources] == ["PS-03"]


def test_provenance_text_gloss_and_rights_are_printed() -> None:
    """Pupils see who wrote what, when and how it came about, its lines, hard words and rights."""
    sheet = html(pose(lesson_of("source")))
    for words in (
        "Lenin, postscript",
        "4\u00a0January\u00a01923",
        "dictated note",
        "too rude",
        "not polite",
        "Project translation",
    ):
        assert words in sheet, words


def test_first_and_every_fifth_line_are_numbered() -> None:
    """The first line of a source carries its number."""
    assert "<i>1</i>" in html(pose(lesson_of("source")))


def test_extension_comes_where_it_is_asked_for() -> None:
    """One more line is printed at the level that asks for it, where the source has one."""
    source = lesson_of("source", challenge={"extended": True})
    assert "trifle" in html(pose(source, "challenge"))
    assert "trifle" not in html(pose(source))


def test_frame_prints_its_boxes() -> None:
    """A frame prints its parts with lines, and its judgement."""
    framed = html(pose(lesson_of("source", frame="NOP")))
    assert "What is it?" in framed
    assert "It is useful for" in framed
    assert framed.count('class="ln') == 2 + 3 + 4
    assert make("source", frame=None).frame is None


def test_value_and_limitation_are_on_the_key_alone() -> None:
    """What a source is worth is what pupils are asked: it stands in the notes."""
    sheet, key = both("source")
    for word in ("Purposeword", "Valueword", "Limitationword"):
        assert word not in sheet
        assert word in key


def test_rows_of_answers_are_filled_on_the_key() -> None:
    """Inference and detail stand in their rows on the key."""
    sheet, key = both("source")
    assert sheet.count("I can infer") == 2
    assert "He feared how Stalin" in key
    assert "He feared" not in sheet


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sources": ["PS-03", "PS-03"]}, "same_source"),
        ({"sources": ["PS-99"]}, "unknown_id"),
        ({"sources": []}, "too_short"),
        ({"sources": ["PS-03", "PS-04", "PS-03"]}, "too_long"),
        ({"frame": "opvll"}, "unknown_frame"),
        ({"frame": ["nop"]}, "model_type"),
        ({"questions": []}, "too_short"),
    ],
)
def test_refusals(changes: dict[str, Any], code: str) -> None:
    """Sources of no bank, one twice, and frames that do not exist are refused."""
    assert code in refused("source", **changes)
