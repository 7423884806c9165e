"""Answers worked out again from the printed sheet and the lesson, as a pupil who knows everything would.

`python -m tests.versions [SEEDS]` does it for every kind that shuffles: over so many seeds (200) from composed sheets,
and over five from PDFs that were printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pypdfium2
from lxml import html as lxml_html

from lessonpress.compose.matrix import signed_answers
from lessonpress.compose.paper import compose_paper
from lessonpress.model.activity import Activity, AnyOrder
from lessonpress.model.sealed import reveal
from lessonpress.pose import PosedLesson, pose_lesson
from lessonpress.render.pdf import Printer
from tests.activities.bench import KINDS, TEMPLATES, html, kit, lesson_of

VERSIONS = "ABCDEF"
CHANGES: dict[str, dict[str, Any]] = {
    "multiple-choice": {
        "questions": [
            {"ask": "Who came first?", "options": ["Lenin", "Trotsky", "Rykov"], "answer": "Lenin"},
            {"ask": "Who came next?", "options": ["Stalin", "Bukharin", "Tomsky"], "answer": "Stalin"},
            {"ask": "Which two stayed?", "options": ["Kirov", "Frunze", "Uglanov"], "answer": ["Kirov", "Frunze"]},
        ]
    },
    "odd-one-out": {
        "sets": [
            {"items": ["Zinoviev", "Kamenev", "Trotsky"], "odd": "Trotsky", "why": "One reason."},
            {"items": ["Bukharin", "Rykov", "Kirov"], "odd": "Kirov", "why": "Two reasons."},
            {"items": ["Tomsky", "Frunze", "Uglanov"], "odd": "Frunze", "why": "Three reasons."},
        ]
    },
    "interpretations": {"facts": True},
}
"""What the example of a kind needs so that its shuffling can be seen."""
AS_TABLE = ("bingo", "card-sort", "diamond-nine", "loop-cards")
"""Kinds that are shuffled on the sheet only where their cards are not cut out."""
UNMOVED = frozenset({"interpretations"})
"""Kinds that shuffle what is read, and no answer."""
TICKED = frozenset({"categorise", "odd-one-out"})
"""Kinds whose answers are ticks, which have no words in a PDF."""


def source(kind: str) -> Any:
    """A lesson with one activity that shuffles as much as the kind can."""
    changes = dict(CHANGES.get(kind, {}))
    if issubclass(KINDS[kind], AnyOrder):
        changes["shuffle"] = True
    if kind in AS_TABLE:
        changes["as"] = "table"
    return lesson_of(kind, **changes)


def shuffling() -> list[str]:
    """The kinds whose sheet is another in some version."""
    found = []
    for kind in sorted(KINDS):
        one = source(kind)
        sheets = {html(pose_lesson(one, "core", seed, letter)) for seed in range(3) for letter in "AB"}
        if len(sheets) > 1 and kind != "retrieval":
            found.append(kind)
    return found


def squeezed(text: str) -> str:
    """Text without spaces and hyphens, so that no line end matters."""
    return re.sub(r"[\s\x02\ufffe\u00ad‐-]+", "", text)


def text_of(markup: str) -> str:
    """The squeezed text of a piece of HTML."""
    root = lxml_html.fragment_fromstring(markup, create_parent="div")
    for style in root.xpath(".//style"):
        style.drop_tree()
    return squeezed(root.text_content())


def at(text: str, words: Any) -> int:
    """Where words stand in a squeezed text."""
    place = text.find(squeezed(getattr(words, "plain", str(words))))
    assert place >= 0, f"{words} does not stand on the sheet"
    return place


def in_order(text: str, items: Sequence[Any], words: Callable[[Any], Any] = lambda item: item) -> list[Any]:
    """Items in the order in which their words stand in a text."""
    return sorted(items, key=lambda item: at(text, words(item)))


def before(text: str, words: Any) -> str:
    """The letter before words."""
    return text[at(text, words) - 1]


def _categorise(activity: Any, text: str) -> list[str]:
    pairs = [(reveal(item), reveal(group.name).plain) for group in activity.categories for item in group.items]
    return [name for _, name in in_order(text, pairs, lambda pair: pair[0])]


def _cause_web(activity: Any, text: str) -> list[str]:
    def letter(name: str) -> str:
        words = activity.causes.get(name, activity.outcome)
        return text[at(text, words) + len(squeezed(words.plain))]

    return [f"{letter(reveal(arrow.from_))} {letter(reveal(arrow.to))}" for arrow in activity.arrows]


def _matching(activity: Any, text: str) -> list[str]:
    return [before(text, reveal(pair.right)) for pair in activity.pairs]


def _multiple_choice(activity: Any, text: str) -> list[str]:
    asked = in_order(text, activity.questions, lambda question: question.ask)
    return [" ".join(sorted(before(text, reveal(answer)) for answer in question.answer)) for question in asked]


def _odd_one_out(activity: Any, text: str) -> list[str]:
    groups = in_order(text, activity.sets, lambda group: min(group.items, key=lambda item: at(text, item)))
    return [reveal(group.odd).plain for group in groups]


def _ordering(activity: Any, text: str) -> list[str]:
    printed = in_order(text, activity.items, lambda step: step.item)
    return [str(activity.items.index(step) + 1) for step in printed]


def _ranking(activity: Any, text: str) -> list[str]:
    printed = in_order(text, activity.items, lambda one: one.item)
    whys = [reveal(activity.items[place].why).plain for place in (0, -1)]
    return [activity.criteria[0].plain, *(str(activity.items.index(one) + 1) for one in printed), *whys]


def _short_answer(activity: Any, text: str) -> list[str]:
    return [reveal(one.answer[0][0]).plain for one in in_order(text, activity.questions, lambda one: one.ask)]


def _true_false(activity: Any, text: str) -> list[str]:
    printed = in_order(text, activity.statements, lambda one: one.statement)
    return ["True" if reveal(one.verdict) else "False" for one in printed]


def _bingo(activity: Any, text: str) -> list[str]:
    places = [(text.find(squeezed(called.clue.plain)), reveal(called.word)) for called in activity.words]
    clues = [word.plain for place, word in sorted(places, key=lambda one: one[0]) if place >= 0]
    printed = [word for word in clues if squeezed(word) in text]
    return [str(clues.index(word) + 1) for word in in_order(text, printed)]


def _card_sort(activity: Any, text: str) -> list[str]:
    names = [name.plain for name in activity.categories]
    printed = in_order(text, activity.cards, lambda card: card.card)
    return [" / ".join(str(names.index(reveal(one).plain) + 1) for one in card.category) for card in printed]


def _diamond_nine(activity: Any, text: str) -> list[str]:
    whys = [reveal(activity.cards[place].why).plain for place in (0, -1)]
    return [*(before(text, one.card) for one in activity.cards), *whys]


def _loop_cards(activity: Any, text: str) -> list[str]:
    has = in_order(text, [reveal(one.answer).plain for one in activity.cards])
    asks = in_order(text, activity.cards, lambda one: one.ask)
    return [str(has.index(reveal(one.answer).plain) + 1) for one in asks]


def _crossword(activity: Any, text: str) -> list[str]:
    """The number of each clue, with its word."""
    found = []
    for one in activity.words:
        number = re.search(r"(\d+)$", text[: at(text, one.clue)])
        assert number is not None
        found.append(f"{number[1]} {reveal(one.word).plain}")
    return found


def _word_search(activity: Any, text: str) -> list[str]:
    return [reveal(one.word).plain for one in activity.words]


DERIVE: dict[str, Callable[[Any, str], list[str]]] = {
    "bingo": _bingo,
    "card-sort": _card_sort,
    "categorise": _categorise,
    "cause-web": _cause_web,
    "crossword": _crossword,
    "diamond-nine": _diamond_nine,
    "loop-cards": _loop_cards,
    "matching": _matching,
    "multiple-choice": _multiple_choice,
    "odd-one-out": _odd_one_out,
    "ordering": _ordering,
    "ranking": _ranking,
    "short-answer": _short_answer,
    "true-false": _true_false,
    "word-search": _word_search,
}
"""For each kind that shuffles, its answers as they follow from a lesson and the text of its sheet."""


def key_answers(kind: str, key: str) -> list[str]:
    """The answers on a composed key."""
    if kind == "crossword":
        return _filled(key)
    if kind == "word-search":
        return _ringed(key)
    found = [text for _, text in signed_answers(key)]
    return [" ".join(sorted(text.split())) for text in found] if kind == "multiple-choice" else found


def _squares(key: str) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
    """The letters of a grid that was drawn, and its numbers, by column and row."""
    root = lxml_html.fragment_fromstring(key, create_parent="div")
    side = float(root.xpath(".//svg/rect")[0].get("width"))
    letters, numbers = {}, {}
    for sign in root.xpath(".//svg/text"):
        place = int(float(sign.get("x")) // side), int(float(sign.get("y")) // side)
        (numbers if sign.text.isdigit() else letters)[place] = sign.text
    return letters, numbers


def _filled(key: str) -> list[str]:
    """The numbers and words of a crossword, read off its grid by the clues on the key."""
    letters, numbers = _squares(key)
    starts = {number: place for place, number in numbers.items()}
    root = lxml_html.fragment_fromstring(key, create_parent="div")
    found = []
    for clue in root.xpath(".//li[@data-q]"):
        number, way = clue.get("data-q").rsplit(".", 1)[1].split("-")
        (column, row), word = starts[number], ""
        while (column, row) in letters:
            word += letters[column, row]
            column, row = (column, row + 1) if way == "down" else (column + 1, row)
        found.append(f"{number} {word}")
    return found


def _ringed(key: str) -> list[str]:
    """The letters in each ring of a word search, read off the key."""
    root = lxml_html.fragment_fromstring(key, create_parent="div")
    grid = root.xpath(".//figure/svg")[0]
    signs = grid.xpath("./text")
    edge = int(len(signs) ** 0.5)
    side = float(grid.xpath("./rect")[0].get("width")) / edge
    found = []
    for ring in root.xpath('.//svg[@class="tick"]/rect'):
        turn = re.match(r"rotate\(([-\d.]+) ([-\d.]+) ([-\d.]+)\)", ring.get("transform"))
        assert turn is not None
        angle, x, y = (float(part) for part in turn.groups())
        right = (1 if abs(angle) < 80 else -1 if abs(angle) > 100 else 0) if angle not in (90, -90, 270) else 0
        down = 0 if angle % 180 == 0 else 1 if 0 < angle < 180 else -1
        length = round((float(ring.get("width")) / side - 0.84) / (2**0.5 if right and down else 1)) + 1
        column, row = int(x // side), int(y // side)
        found.append("".join(signs[(row + n * down) * edge + column + n * right].text for n in range(length)))
    return found


def compare(kind: str, derived: Sequence[str], keyed: Sequence[str]) -> None:
    """Hold derived answers against those of a key."""
    if kind in ("crossword", "word-search"):
        derived, keyed = (sorted(_bare(text) for text in texts) for texts in (derived, keyed))
    assert [squeezed(text) for text in derived] == [squeezed(text) for text in keyed]


def _bare(text: str) -> str:
    return re.sub(r"[^\dA-Z]", "", text.upper())


def check_composed(kind: str, seeds: Sequence[int], letters: str = VERSIONS) -> int:
    """Re-derive the answers of a kind from composed sheets; how many sheets."""
    lesson, count = source(kind), 0
    for seed in seeds:
        for letter in letters:
            posed = pose_lesson(lesson, "core", seed, letter)
            sheet, key = html(posed), html(posed, key=True)
            compare(kind, DERIVE[kind](posed.tasks[0].activity, text_of(sheet)), key_answers(kind, key))
            count += 1
    return count


def check_printed(kind: str, seeds: Sequence[int], letters: str = VERSIONS) -> int:
    """Re-derive the answers of a kind from the text of PDFs, and find them in the ink of the printed key."""
    lesson, count = source(kind), 0
    printer = Printer(TEMPLATES)
    for seed in seeds:
        for letter in letters:
            posed = pose_lesson(lesson, "core", seed, letter)
            pages = _pdf(printer, posed, key=False)
            activity = posed.tasks[0].activity
            derived = (
                _numbered(activity, pages[0].get_textpage())
                if kind == "crossword"
                else DERIVE[kind](activity, _printed_text(pages))
            )
            compare(kind, derived, key_answers(kind, html(posed, key=True)))
            if kind not in TICKED:
                _find(kind, derived, _pdf(printer, posed, key=True))
            count += 1
    return count


def _find(kind: str, derived: Sequence[str], key: pypdfium2.PdfDocument) -> None:
    """The answers stand in the ink of a key one after the other; the words of a crossword in its notes."""
    text, place = _printed_text(key) if kind == "crossword" else "".join(_ink(key)), 0
    for answer in derived[1:] if kind == "ranking" else derived:  # the measure of a ranking is ticked
        found = text.find(squeezed(answer), place)
        assert found >= 0, f"{answer} does not stand on the printed key"
        place = 0 if kind in ("crossword", "word-search") else found + 1


def _pdf(printer: Printer, posed: PosedLesson, *, key: bool) -> pypdfium2.PdfDocument:
    rendered = printer.render(compose_paper(kit(), posed, "worksheet", key=key).document)
    return pypdfium2.PdfDocument(rendered.data)


def _printed_text(pdf: pypdfium2.PdfDocument) -> str:
    return squeezed("".join(page.get_textpage().get_text_bounded() for page in pdf))


def _numbered(activity: Any, text: Any) -> list[str]:
    """The words of a crossword with the numbers that are printed left of their clues."""
    found = []
    for one in activity.words:
        start, _ = text.search(" ".join(one.clue.plain.split()[:3])).get_next()
        left, bottom, _, top = text.get_charbox(start)
        number = text.get_text_bounded(left=left - 40, bottom=bottom - 1, right=left - 1, top=top + 1)
        found.append(f"{number.strip()} {reveal(one.word).plain}")
    return found


def _ink(pdf: pypdfium2.PdfDocument) -> Iterator[str]:
    """The squeezed pieces of text that a key prints in the colour of answers."""
    colour = kit().theme.colours["key"].lstrip("#")
    wanted = tuple(int(colour[place : place + 2], 16) for place in (0, 2, 4))
    raw = pypdfium2.raw
    for page in pdf:
        words = page.get_textpage()
        for item in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            rgba = [raw.c_uint() for _ in range(4)]
            raw.FPDFPageObj_GetFillColor(item, *rgba)
            if tuple(part.value for part in rgba[:3]) == wanted:
                yield squeezed(_text_of(item, words))


def _text_of(item: Any, words: Any) -> str:
    import ctypes

    raw = pypdfium2.raw
    size = raw.FPDFTextObj_GetText(item, words, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, words, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def activity_of(kind: str) -> Activity:
    """The activity that is shuffled here."""
    return pose_lesson(source(kind), "core", 1).tasks[0].activity


if __name__ == "__main__":
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    for name in sorted(DERIVE):
        sheets, printed = check_composed(name, seeds), check_printed(name, range(5))
        print(f"{name}: {sheets} composed sheets and {printed} printed ones give the answers of their keys")
