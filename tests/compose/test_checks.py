"""Checks on composed text: leaked answers, missing evidence, unknown dates, lengths of readings."""

from __future__ import annotations

from typing import Any

import pytest

from lessonpress.compose.checks import Places, check_composed, covering, known_dates, missing_evidence, normal
from lessonpress.diagnostics import Diagnostic
from lessonpress.load.overlays import at_level
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.banks import Point
from lessonpress.model.base import LEVELS
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.source import read
from tests.activities.bench import adapter, context, kit, make, pose, unit

HEAD = "title: Lesson\nenquiry: Why?\nobjectives: [One]\n"
ASK = "- {kind: short-answer, title: First, questions: [{ask: Which body?, answer: %s}]}"
TELL = "- {kind: short-answer, title: Second, intro: %s, questions: [{ask: What then?, answer: zim}]}"
WORDS = {"plenum": "a full meeting", "congress": "delegates", "comintern": "a union", "politburo": "the top"}
READING = "- kind: reading\n  title: Text\n  text: |\n    %s\n"


def checked(
    body: str, *, points: dict[str, Any] | None = None, banks: bool = True, document: bool = True
) -> list[Diagnostic]:
    """What is wrong with the text of a lesson written in YAML."""
    text = HEAD + body
    doc = read("lesson.yaml", text.encode())
    assert not doc.diagnostics
    levels = {level: adapter().validate_python(at_level(doc.root, level), context=context()) for level in LEVELS}
    lesson = ResolvedLesson(unit(), "a-unit", 1, "one", "01-one", levels)
    known = {
        key: Point.model_validate({"id": key, "verdict": "correct", "claim": "c", "accurate": "a", **value})
        for key, value in (points or {}).items()
    }
    loaded = LoadedUnit(
        "a-unit", unit(), (lesson,), (), known, context().banks if banks else {}, {"01-one": doc} if document else {}
    )
    return check_composed(kit(), loaded, lesson, {level: pose(lesson, level) for level in LEVELS})


def codes(body: str, **rest: Any) -> list[str]:
    return [diagnostic.code for diagnostic in checked(body, **rest)]


def main(*activities: str) -> str:
    return "main:\n" + "\n".join(activities)


def test_answer_printed_elsewhere_is_told_once() -> None:
    """An answer that another activity prints is told at that activity, once for all levels."""
    found = checked(main(ASK % "the Secretariat", TELL % "Clerks ran the Secretariat."))
    assert [d.code for d in found] == ["leaked-answer"]
    assert '"the secretariat", an answer of "First", stands printed in "Second"' in found[0].message
    assert (found[0].place.line, found[0].is_error) == (6, True)
    assert found[0].place.text.startswith("- {kind: short-answer, title: Second")


@pytest.mark.parametrize(
    ("answer", "printed"),
    [
        ("the Secretariat", "Clerks ran the secretariats."),  # another word
        ("NEP", "NEP was a policy."),  # too short to tell
        ("12", "They were 12."),  # a number that is no year
        ("a sentence of seven words is fine", "Here a sentence of seven words is fine."),
        ("true", "It is true."),
    ],
)
def test_answers_that_tell_nothing_may_stand_anywhere(answer: str, printed: str) -> None:
    """Short words, numbers, whole sentences and parts of words are no leak."""
    assert codes(main(ASK % f'"{answer}"', TELL % f'"{printed}"')) == []


@pytest.mark.parametrize("printed", ["The SECRETARIAT, then.", "Run by **the Secretariat**.", '"the\u00a0Secretariat"'])
def test_leaks_are_found_however_they_are_printed(printed: str) -> None:
    """Case, bold type, quotation marks and no-break spaces hide nothing."""
    answer = "Secretariat" if printed.startswith("The") else "the Secretariat"
    assert codes(main(ASK % answer, TELL % f"'{printed}'")) == ["leaked-answer"]


def test_years_can_leak() -> None:
    """A year is an answer that can be read off."""
    assert codes(main(ASK % '"1924"', TELL % "It was 1924."), banks=False) == ["leaked-answer"]


def test_homework_and_the_own_activity_may_print_answers() -> None:
    """Homework is done later, and an activity may say what it asks for."""
    homework = TELL % "Clerks ran the Secretariat."
    assert codes(main(ASK % "the Secretariat") + "\nhomework:\n" + homework) == []
    own = "- {kind: short-answer, title: Own, intro: The Secretariat., questions: [{ask: Which body?, answer: the Secretariat}]}"
    assert codes(main(own)) == []


def test_exit_tickets_and_essays_are_not_held_to_it() -> None:
    """What is written freely at the end may have been read before."""
    ticket = "- {kind: exit-ticket, title: Leave, prompts: [{ask: Which?, answer: the Secretariat}]}"
    assert codes(main(TELL % "The Secretariat.") + "\nplenary:\n" + ticket) == []


def test_samples_are_not_held_to_it() -> None:
    """The words of a key that is one of many may stand anywhere."""
    words = "[the Secretariat, b, c, d, e, f]"
    links = "samples: [{join: [the Secretariat, b], because: both}]"
    hexagons = f"- {{kind: hexagons, title: Link, words: {words}, {links}}}"
    assert codes(main(TELL % "The Secretariat.", hexagons)) == []


@pytest.mark.parametrize("kind", ["crossword", "word-search"])
def test_words_of_the_lesson_may_stand_away_from_their_clues(kind: str) -> None:
    """A lesson may use the words of a puzzle; a sentence with a word and its clue gives it away."""
    words = "".join(f"{{word: {word}, clue: {clue}}}, " for word, clue in WORDS.items())
    asked = f"- {{kind: {kind}, title: First, words: [{words}]}}"
    assert codes(main(asked, TELL % "The plenum met.")) == []
    assert codes(main(asked, TELL % "The plenum was a full meeting.")) == ["leaked-answer"]


def test_recall_is_held_against_readings() -> None:
    """The text of a reading may answer other tasks, its questions may not, and neither may give the do-now away."""
    reading = READING % ("word " * 250) + "  check: [{ask: What was the Secretariat for?, answer: zimzim}]\n"
    levels = '  support: {text: "' + "word " * 160 + '"}\n  challenge: {text: "' + "word " * 340 + '"}\n'
    assert codes("input:\n" + reading + levels + main(ASK % "the Secretariat")) == ["leaked-answer"]
    told = (READING % ("word " * 250)).replace("word word", "Lastone", 1) + "  check: [{ask: Why?, answer: zimzim}]\n"
    assert codes("input:\n" + told + levels + main(ASK % "Lastone")) == []
    recall = "starter:\n- {kind: retrieval, title: Recall, from: {last: 4}}\n"
    asked = reading.replace("the Secretariat", "Lastone")
    assert codes(recall + "input:\n" + asked + levels) == ["leaked-answer"]
    assert codes(recall + "input:\n" + told + levels) == ["leaked-answer"]


def test_pairs_may_not_be_joined_elsewhere() -> None:
    """A sentence that holds both sides of a pair gives the pair away; a sentence with one side does not."""
    pairs = "- {kind: matching, title: Match, pairs: {Clerks: the records office, Poets: the writing room}}"
    assert codes(main(pairs, TELL % "Clerks ran the records office.")) == ["leaked-answer"]
    assert codes(main(pairs, TELL % "Clerks were dull. Many had a records office.")) == []


@pytest.mark.parametrize(("words", "right"), [(208, False), (209, True), (260, True), (315, True), (316, False)])
def test_readings_have_the_length_of_their_level(words: int, right: bool) -> None:
    """A reading a twentieth too short or too long is told as a warning, at the text of that level."""
    levels = '  support: {text: "' + "word " * 160 + '"}\n  challenge: {text: "' + "word " * 340 + '"}\n'
    found = checked("input:\n" + READING % ("word " * words) + levels)
    assert bool(found) != right
    assert all(
        d.code == "reading-length" and not d.is_error and f"{words} words at core level" in d.message for d in found
    )


def test_length_is_told_at_the_text_of_its_level() -> None:
    """Each level that is wrong is told at its own text, the core at the core's."""
    found = checked("input:\n" + READING % ("word " * 10) + "  challenge: {text: too short}\n")
    assert {d.message.split(" at ")[1].split()[0]: d.place.line for d in found} == {
        "support": 7,
        "core": 7,
        "challenge": 9,
    }


def test_dates_of_no_event_are_told() -> None:
    """A day or month that no event bears is told where it stands, in answers too; years need no event."""
    found = checked(main(TELL % "On 3 April 1922 and on 5 May 1923.", ASK % "on 6 June 1924 or in 1930"))
    assert [d.code for d in found] == ["unknown-date", "unknown-date"]
    assert {d.message.split('"')[1] for d in found} == {"5\u00a0May\u00a01923", "6\u00a0June\u00a01924"}
    assert all("banks/events.yaml" in d.message and "date_ok" in d.hint for d in found)


def test_a_month_is_covered_by_a_day_of_it() -> None:
    """An event to the day also bears its month, but not the other way round."""
    assert codes(main(TELL % "In April 1922.")) == []
    assert codes(main(TELL % "On 4 April 1922.")) == ["unknown-date"]


def test_dates_may_be_said_to_be_right() -> None:
    """`date_ok` vouches for the dates of an activity; without a bank nothing is held against any."""
    assert codes(main((TELL % "On 5 May 1923.").replace("title: Second", "title: Second, date_ok: in a novel"))) == []
    assert codes(main(TELL % "On 5 May 1923."), banks=False) == []


def test_dates_of_slides_are_held_too() -> None:
    """A lesson's own slide is held to the same bank."""
    slide = "deck:\n- {layout: title-body, after: main, title: Slide, points: [On 5 May 1923.], notes: Say it.}"
    found = checked(slide)
    assert [d.code for d in found] == ["unknown-date"]
    assert found[0].place.line == 5


COVERED = (
    "- {kind: short-answer, title: First, covers: [S1-01], questions: [{ask: Which?, answer: the triumvirate of 1926}]}"
)


def test_evidence_must_stand_in_what_covers_the_point() -> None:
    """Each phrase of evidence stands in text or key of the activities that cover the point."""
    assert codes(main(COVERED), points={"S1-01": {"evidence": ["Triumvirate", "1926"]}}) == []
    found = checked(main(COVERED), points={"S1-01": {"evidence": ["triumvirate", "New Opposition"]}})
    assert [d.code for d in found] == ["no-evidence"]
    assert "New Opposition" in found[0].message
    assert "S1-01" in found[0].message


def test_several_activities_may_hold_the_evidence_together() -> None:
    """Evidence may stand in any of the activities that cover the point, optional ones included."""
    second = "- {kind: matching, title: Second, covers: [S1-01], pairs: {a: New Opposition, b: c}}"
    assert (
        codes(
            main(COVERED) + "\noptional:\n" + second, points={"S1-01": {"evidence": ["triumvirate", "New Opposition"]}}
        )
        == []
    )


def test_statements_cover_points() -> None:
    """A statement that covers a point counts for it, and points that nobody knows are left to the loader."""
    statement = (
        "- {kind: true-false, title: Judge, statements: [{statement: It was so., verdict: true, covers: S1-02}]}"
    )
    assert codes(main(statement), points={"S1-02": {"evidence": "missing"}}) == ["no-evidence"]
    assert codes(main(statement)) == []


def test_without_its_file_a_lesson_is_named() -> None:
    """Where no document is at hand the place is the lesson."""
    found = checked(main(ASK % "the Secretariat", TELL % "The Secretariat."), document=False)
    assert [d.place.file for d in found] == ["01-one"]


def test_places_fall_back_to_the_lesson() -> None:
    """An activity that only a level has is placed at the lesson."""
    text = HEAD + main(ASK % "zim")
    doc = read("lesson.yaml", text.encode())
    levels = {level: adapter().validate_python(at_level(doc.root, level), context=context()) for level in LEVELS}
    lesson = ResolvedLesson(unit(), "a-unit", 1, "one", "01-one", levels)
    places = Places(LoadedUnit("a-unit", unit(), documents={"01-one": doc}), lesson)
    assert places.of("nobody").file == "01-one"
    assert places.of("first").line == 5
    assert places.of_lesson("title").line == 1
    bare = Places(LoadedUnit("a-unit", unit()), lesson)
    assert bare.of("first").file == bare.of_lesson("title").file == "01-one"


def test_helpers_compare_plain_text() -> None:
    """Signs, spaces and case make no difference to checks."""
    assert normal("  “It’s”  1922–24\u00a0… ") == '"it\'s" 1922-24 ...'
    activity = make("matching", title="The New\u00a0Opposition")
    assert missing_evidence(("new opposition", "Rykov", "nobody"), [activity]) == ["nobody"]
    assert [date.iso for date in known_dates(LoadedUnit("u", unit(), banks=context().banks))] == ["1922-04-03"]


def test_points_are_gathered_once_an_activity() -> None:
    """A point that an activity and one of its statements cover counts for the activity once."""
    text = HEAD + main(
        "- {kind: true-false, title: J, covers: [S1-02], statements: [{statement: So., verdict: true, covers: s1-02}]}"
    )
    root = read("lesson.yaml", text.encode()).root
    core = adapter().validate_python(at_level(root, "core"), context=context())
    lesson = ResolvedLesson(unit(), "a-unit", 1, "one", "01-one", dict.fromkeys(LEVELS, core))
    assert [activity.name for activity in covering(lesson)["S1-02"]] == ["j"]


def test_styles_of_drawings_are_no_text() -> None:
    """What a drawing says of its colours is not held to be printed."""
    chart = "{kind: chart, form: bar, unit: votes, data: {For: 5, Against: 6}, alt: Votes., caption: Vote}"
    second = "- {kind: short-answer, title: Second, chart: " + chart + ", questions: [{ask: What?, answer: zim}]}"
    assert codes(main(ASK % "fill", second)) == []
    assert codes(main(ASK % "Against", second)) == ["leaked-answer"]
