"""What answer slides of the kinds say: letters that stand on the sheet, corrections, and pairs that can be read."""

from __future__ import annotations

from typing import Any

from lxml import etree

from lessonpress.compose.deck import Show, compose_deck
from lessonpress.model.sealed import reveal
from lessonpress.pose import PosedLesson
from tests.activities.bench import kit, lesson_of, pose


def slides(posed: PosedLesson) -> dict[str, etree._Element]:
    """The slides of a lesson by title."""
    found = etree.fromstring(compose_deck(kit(), posed).markup).iter("section")
    return {section.findtext("h1") or "": section for section in found}


def said(section: etree._Element, path: str = ".") -> list[str]:
    """The text of the parts of a slide."""
    return [" ".join("".join(part.itertext()).split()) for part in section.iterfind(path)]


def answers(kind: str, **changes: Any) -> tuple[PosedLesson, etree._Element]:
    """The lesson of one example, and its answer slide."""
    posed = pose(lesson_of(kind, title="Do it", **changes))
    return posed, slides(posed)["Do it: the answer"]


def test_sorted_cards_bear_their_letters() -> None:
    """Pupils wrote letters: each card of the answer has the one that is printed on it."""
    posed, slide = answers("card-sort")
    cards = posed.tasks[0].puzzle.cards
    heads = said(slide, ".//th[@scope='row']")
    assert len(heads) == len(cards) > 0
    for head, card in zip(heads, cards, strict=True):
        assert head.startswith(f"{card.sign} {card.text[0].plain.split()[0]}")


def test_a_ranking_shows_the_whole_diamond() -> None:
    """A row for each row of the diamond, with the letters of its cards; the first and the last in words too."""
    posed, slide = answers("diamond-nine")
    signs = [reveal(place).plain for place in posed.tasks[0].solution.places]
    rows = said(slide, ".//td")
    assert rows[1:4] == [", ".join(signs[1:3]), ", ".join(signs[3:6]), ", ".join(signs[6:8])]
    assert rows[0].startswith(f"{signs[0]} Officials depended")
    assert rows[4].startswith(f"{signs[8]} One rival")


def test_mistakes_are_struck_out_beside_what_is_right() -> None:
    """A line a statement: the words that are wrong struck out, then those that belong there, or the correction."""
    posed, deck = pose(lesson_of("find-and-fix")), kit().deck
    show = Show(kit(), posed, deck.families[deck.layouts.fonts.minor])
    cell = etree.fromstring(f"<td>{show.answers_of(posed.tasks[0])}</td>")
    assert said(cell, ".//span") == ["quick", "could sack any member"]
    assert said(cell, "p") == [
        "1 quick It took about seven years.",
        "2 could sack any member could propose to remove a member",
    ]


def test_an_odd_one_bears_its_letter() -> None:
    """The letter of the question slide; of several sets each slide tells which it is."""
    posed = pose(lesson_of("odd-one-out", title="Do it"))
    found = slides(posed)
    items = [item.plain for item in posed.tasks[0].puzzle[0].items]
    odd = "ABCD"[items.index("Trotsky")]
    assert said(found["Do it (1 of 2): the answer"], ".//p[@class='key']") == [f"{odd} Trotsky"]


def test_a_choice_bears_its_letter() -> None:
    """The right option stands under the letter that it has on question slide and sheet."""
    posed, slide = answers("multiple-choice")
    letters = {option.plain: letter for letter, option in posed.tasks[0].puzzle[0].options}
    assert said(slide, ".//p[@class='key']") == [f"{letters['the Central Committee']} the Central Committee"]


def test_an_inference_is_parted_from_its_detail() -> None:
    """Several pairs stand on a line each, in two parts; the two cells of one row on two lines."""
    answer = [["He feared a split.", "“a split”"], ["He trusted nobody.", "“immense power”"]]
    space = {"rows": 2, "labels": ["I can infer", "Detail"]}
    asked = {"ask": "Infer.", "marks": 4, "answer": answer, "answer_space": space}
    posed = pose(lesson_of("source", title="Do it", questions=[asked]))
    assert said(slides(posed)["Answers: task 1"], ".//td/p") == [
        "He feared a split: “a split”",
        "He trusted nobody: “immense power”",
    ]
    one = {**asked, "answer": answer[:1], "answer_space": {**space, "rows": 1}}
    posed = pose(lesson_of("source", title="Do it", questions=[one]))
    assert said(slides(posed)["Answers: task 1"], ".//td/p") == ["He feared a split.", "“a split”"]
