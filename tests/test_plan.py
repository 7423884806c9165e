"""The plan: pure comparison of what is to be made with what was made."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lessonpress.compose.jobs import Artefact, Deck, HtmlDocument
from lessonpress.plan import Made, find_orphans, is_fresh, job_key, paths_of

TOOLS = {"printer": "1.0"}
PAGE = HtmlDocument("<p>A</p>", "en-GB", "A", "templates", "2026-11-01", (("fonts/a.ttf", "ab12"),))
SLIDES = Deck("<deck/>", {"ppt/presentation.xml": "<p/>"}, "{}", "templates")


def artefact(path: str = "u/s/1/worksheet.pdf", job: HtmlDocument | Deck = PAGE, lesson: str = "u/1") -> Artefact:
    return Artefact(path, job, lesson, "worksheet", "core")


def manifest(*artefacts: Artefact) -> dict[str, Made]:
    """What the manifest says after these artefacts were made."""
    return {a.path: Made(job_key(a, TOOLS), "hash", 9, 1, a.lesson, a.document, a.level) for a in artefacts}


def fresh(*artefacts: Artefact, made: dict[str, Made], tools: dict[str, str] = TOOLS, whole: bool = True) -> list[str]:
    return [a.path for a in artefacts if is_fresh(a, job_key(a, tools), made, lambda path: whole)]


def test_what_was_not_made_is_stale() -> None:
    """With an empty manifest everything is made."""
    assert fresh(artefact(), artefact("u/t/1/deck.pptx", SLIDES), made={}) == []


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), unique_by=lambda pair: pair[0], max_size=6))
def test_what_was_made_is_fresh(pairs: list[tuple[str, str]]) -> None:
    """A plan for what the manifest holds has nothing to do."""
    artefacts = [artefact(path, replace(PAGE, html=html)) for path, html in pairs]
    assert fresh(*artefacts, made=manifest(*artefacts)) == [path for path, _ in pairs]


def test_what_is_made_with_a_file_is_fresh_with_it() -> None:
    """A class set without its list is made again."""
    one = replace(artefact(), beside=("list.csv",))
    made = manifest(one)
    assert fresh(one, made=made) == []
    assert paths_of(one) == ["u/s/1/worksheet.pdf", "u/s/1/list.csv"]
    assert fresh(one, made=dict.fromkeys(paths_of(one), made[one.path])) == [one.path]


def test_everything_that_decides_the_bytes_is_in_the_key() -> None:
    """Text, language, date, fonts and tools: each alone makes a file stale."""
    keys = {
        job_key(artefact(), TOOLS),
        job_key(artefact(), {"printer": "1.1"}),
        job_key(artefact(job=replace(PAGE, html="<p>B</p>")), TOOLS),
        job_key(artefact(job=replace(PAGE, lang="fr")), TOOLS),
        job_key(artefact(job=replace(PAGE, revised="2026-11-02")), TOOLS),
        job_key(artefact(job=replace(PAGE, assets=(("fonts/a.ttf", "cd34"),))), TOOLS),
        job_key(artefact(job=SLIDES), TOOLS),
        job_key(artefact(job=replace(SLIDES, base={})), TOOLS),
    }
    assert len(keys) == 8


def test_a_path_is_not_in_the_key() -> None:
    """Two files of the same job have the same key."""
    assert job_key(artefact("a"), TOOLS) == job_key(artefact("b"), TOOLS)


def test_another_tool_makes_everything_stale() -> None:
    """A new version of a printer may print other bytes."""
    assert fresh(artefact(), made=manifest(artefact()), tools={"printer": "2.0"}) == []


def test_a_file_that_is_gone_or_cut_off_is_stale() -> None:
    """What stands there must be what was made."""
    assert fresh(artefact(), made=manifest(artefact()), whole=False) == []


def test_where_things_lie_is_not_in_the_key() -> None:
    """Another computer, the same key: files that a job names are known by their hashes."""
    assert job_key(artefact(job=replace(PAGE, root="elsewhere")), TOOLS) == job_key(artefact(), TOOLS)


def test_files_of_a_lesson_that_is_gone_are_orphans() -> None:
    """Only they; what was not selected is no orphan."""
    made = manifest(artefact("b", lesson="u/2"), artefact("a", lesson="u/2"), artefact("c", lesson="u/3"))
    assert find_orphans(made, [], {"u/1", "u/3"}) == ("a", "b")


def test_a_file_that_its_lesson_does_not_make_any_more_is_an_orphan() -> None:
    """It must have been asked for, and be known."""
    made = manifest(artefact("a"), artefact("b"))
    assert find_orphans(made, [], {"u/1"}, gone={"b", "never made"}) == ("b",)


def test_a_file_that_is_to_be_made_is_no_orphan() -> None:
    """A path may pass from one lesson to another."""
    assert find_orphans(manifest(artefact("a", lesson="u/9")), ["a"], {"u/1"}) == ()
