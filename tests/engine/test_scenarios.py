"""Ordered edits of one library, and the exact plan that each leads to: what is looked at, composed, printed, removed."""

from __future__ import annotations

import dataclasses
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lessonpress import build as builder
from lessonpress.options import Options
from lessonpress.outcome import Outcome
from lessonpress.state import look
from tests.tiny import TEMPLATES, Press, edit, options, write_lesson, write_unit

TERM = '{0}: {{term: {0}, definition: "{1}"}}\n'
KINDS = ("worksheet", "answer-key")


def papers(unit: str, *stems: str, kinds: tuple[str, ...] = KINDS) -> list[str]:
    """The paths of sheets and keys."""
    trees = {"worksheet": "students", "answer-key": "teachers", "vocabulary": "students"}
    found = [f"{unit}/{trees[kind]}/{stem}/{kind}.pdf" for stem in stems for kind in kinds]
    return sorted(path.replace("//", "/") for path in found)


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    made = Press()
    monkeypatch.setattr("lessonpress.build.render_all", made)
    return made


@dataclass
class World:
    """A library of two units, each of two lessons with a bank of terms, and templates of its own."""

    folder: Path
    press: Press

    @property
    def asked(self) -> Options:
        plain = options(self.folder, only=(*KINDS, "vocabulary"))
        return dataclasses.replace(plain, templates=self.folder / "templates")

    def lesson(self, name: str) -> Path:
        unit, _, stem = name.partition("/")
        return self.folder / "content" / unit / "lessons" / f"{stem}.yaml"

    def build(self) -> Outcome:
        """A build; right after it a look finds nothing to do."""
        outcome = builder.build(self.asked)
        found = look(self.asked)
        if outcome.ok:
            assert found is not None
            assert (found.written, found.plan.stale) == ((), ())
            assert sorted(found.plan.fresh) == sorted([*outcome.plan.fresh, *outcome.plan.stale])
            assert found.diagnostics == outcome.diagnostics
        return outcome


@pytest.fixture
def world(tmp_path: Path, press: Press) -> World:
    for name in ("one", "two"):
        unit = write_unit(tmp_path / "content", name)
        (unit / "banks").mkdir()
        (unit / "banks" / "terms.yaml").write_text(
            TERM.format("soviet", "a council") + TERM.format("party", "a group"), "utf-8"
        )
        for stem in ("01-first", "02-second"):
            edit(unit / "lessons" / f"{stem}.yaml", "minutes: 60\n", "minutes: 60\nterms: [soviet]\n")
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    return World(tmp_path, press)


@dataclass(frozen=True)
class Step:
    """An edit, and what it leads to: stale files, lessons that were composed, orphans."""

    name: str
    edit: Callable[[World], None]
    stale: list[str]
    composed: list[str]
    orphans: list[str] = dataclasses.field(default_factory=list)


def _touch(world: World) -> None:
    for path in (world.folder / "content").rglob("*.yaml"):
        os.utime(path, ns=(path.stat().st_atime_ns, time.time_ns()))


def _back_in_time(world: World) -> None:
    """The same size and the same time, and another word: only the file's own clock tells."""
    path = world.lesson("one/01-first")
    before = path.stat()
    edit(path, "What is new?", "What is old?")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _alter(world: World) -> None:
    """By hand, with the same size."""
    path = world.folder / "output" / papers("one", "01-first")[0]
    path.write_bytes(path.read_bytes()[::-1])


ONE, TWO = ["one/01-first", "one/02-second", "one/"], ["two/01-first", "two/02-second", "two/"]
FIRST, SECOND = papers("one", "01-first"), papers("one", "02-second")
ALL = sorted(
    path
    for unit in ("one", "two")
    for path in (*papers(unit, "01-first", "02-second"), *papers(unit, "", kinds=("vocabulary",)))
)
SHEETS = [path for path in ALL if "vocabulary" not in path]
STEPS = [
    Step("the first build", lambda w: None, ALL, [*ONE, *TWO]),
    Step("nothing", lambda w: None, [], []),
    Step("files are touched", _touch, [], []),
    Step(
        "a question is edited",
        lambda w: edit(w.lesson("one/01-first"), "Ask something that the reading answers.", "What is new?"),
        FIRST,
        ["one/01-first", "one/"],
    ),
    Step("with its time set back", _back_in_time, FIRST, ["one/01-first", "one/"]),
    Step(
        "a comment",
        lambda w: edit(w.lesson("one/01-first"), "minutes: 60", "minutes: 60  # as always"),
        [],
        ["one/01-first"],
    ),
    Step(
        "an answer is edited",
        lambda w: edit(w.lesson("one/02-second"), "answer: write the answer, marks: 2", "answer: yes, marks: 2"),
        SECOND[1:],
        ["one/02-second", "one/"],
    ),
    Step(
        "and put back",
        lambda w: edit(w.lesson("one/02-second"), "answer: yes, marks: 2", "answer: write the answer, marks: 2"),
        SECOND[1:],
        ["one/02-second", "one/"],
    ),
    Step(
        "a lesson is added",
        lambda w: write_lesson(w.folder / "content/one", "03-third") and None,
        papers("one", "03-third"),
        ["one/03-third", "one/"],
    ),
    Step(
        "a bank entry that two lessons use",
        lambda w: edit(w.folder / "content/one/banks/terms.yaml", "term: soviet", "term: Soviet council"),
        ["one/students/vocabulary.pdf", *papers("one", "01-first", "02-second", kinds=("answer-key",))],
        [*ONE, "one/03-third"],
    ),
    Step(
        "a bank entry that no lesson uses",
        lambda w: edit(w.folder / "content/one/banks/terms.yaml", "a group", "a group of people"),
        ["one/students/vocabulary.pdf"],
        ["one/"],
    ),
    Step(
        "a lesson is renamed",
        lambda w: w.lesson("one/03-third").rename(w.lesson("one/03-other")) and None,
        papers("one", "03-other"),
        ["one/03-other", "one/"],
        papers("one", "03-third"),
    ),
    Step("a lesson is deleted", lambda w: w.lesson("one/03-other").unlink(), [], ["one/"], papers("one", "03-other")),
    Step(
        "a file of the output is deleted",
        lambda w: (w.folder / "output" / FIRST[0]).unlink(),
        FIRST[:1],
        ["one/01-first"],
    ),
    Step("a file of the output is altered by hand", _alter, FIRST[:1], ["one/01-first"]),
    Step(
        "a template of slides, which no sheet has",
        lambda w: edit(w.folder / "templates/deck/deck.html.j2", "\n", "\n{# nothing #}\n"),
        [],
        [*ONE, *TWO],
    ),
    Step(
        "the theme of a unit",
        lambda w: edit(w.folder / "content/two/unit.yaml", "theme: classic", "theme: constructivist"),
        [path for path in ALL if path.startswith("two/")],
        TWO,
    ),
    Step(
        "a colour of a theme",
        lambda w: edit(w.folder / "templates/themes/constructivist/theme.css", "\n", "\n/* new */\n"),
        [path for path in ALL if path.startswith("two/")],
        [*ONE, *TWO],
    ),
    Step("the seed of a unit", lambda w: edit(w.folder / "content/two/unit.yaml", "seed: 1", "seed: 2"), [], TWO),
    Step(
        "a unit is renamed",
        lambda w: (w.folder / "content/two").rename(w.folder / "content/three") and None,
        [path.replace("two/", "three/") for path in ALL if path.startswith("two/")],
        [key.replace("two/", "three/") for key in TWO],
        [path for path in ALL if path.startswith("two/")],
    ),
    Step(
        "a unit is deleted",
        lambda w: shutil.rmtree(w.folder / "content/three"),
        [],
        [],
        [path.replace("two/", "three/") for path in ALL if path.startswith("two/")],
    ),
]


def test_each_edit_leads_to_its_plan(world: World) -> None:
    """One edit after the other on the same folders: what is printed, composed and removed is exactly this."""
    assert len(STEPS) > 20
    for step in STEPS:
        step.edit(world)
        world.press.jobs.clear()
        outcome = world.build()
        found = (step.name, sorted(outcome.plan.stale), sorted(outcome.plan.composed), list(outcome.removed))
        assert found == (step.name, sorted(step.stale), sorted(step.composed), sorted(step.orphans))
        assert len(world.press.jobs) == len(step.stale)
        assert sorted(outcome.written) == sorted(step.stale)


def test_an_upgraded_printer_makes_everything_stale(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library is another file, though nothing of the content has changed."""
    world.build()
    tools = builder.tools()
    monkeypatch.setattr("lessonpress.build.tools", lambda: {**tools, "weasyprint": "70.9"})
    monkeypatch.setattr("lessonpress.build.program", lambda options: "another")
    outcome = builder.build(world.asked)
    assert sorted(outcome.plan.stale) == ALL


def test_an_installed_package_is_seen_by_the_first_look(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A new version has another folder among the packages."""
    world.build()
    assert look(world.asked) is not None
    (tmp_path / "site" / "weasyprint-70.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr("site.getsitepackages", lambda: [str(tmp_path / "site")])
    assert look(world.asked) is None
    outcome = builder.build(world.asked)
    assert (outcome.plan.stale, outcome.plan.composed) == ((), ())


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 5},
        {"revised": "2020-01-01"},
        {"paper": "letter"},
        {"profile": "large-print"},
        {"lessons": ("1",)},
        {"versions": 2},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_option_is_another_call(world: World, changes: dict[str, object]) -> None:
    """What one call was answered with says nothing of another; back at the first nothing is composed."""
    world.build()
    other = dataclasses.replace(world.asked, **changes)  # type: ignore[arg-type]
    assert look(other) is None
    builder.build(other)
    assert look(other) is not None
    back = builder.build(world.asked)
    assert back.plan.orphans == ()
    assert set(changes) & {"seed", "revised"} or back.plan.composed == ()


def test_a_broken_lesson_is_told_each_time_and_the_other_unit_is_only_looked_at(world: World) -> None:
    """Its errors do not go away; what is sound needs no second look."""
    world.build()
    edit(world.lesson("one/01-first"), "minutes: 60", "minutes: sixty")
    for _ in range(2):
        outcome = builder.build(world.asked)
        assert not outcome.ok
        assert [d.place.line for d in outcome.diagnostics if d.is_error] == [4]
        assert not [key for key in outcome.plan.composed if key.startswith("two/")]
        assert look(world.asked) is None


def test_a_state_of_another_kind_counts_as_none(world: World) -> None:
    """Whatever stands in the file of the state, the manifest is enough: nothing is printed again."""
    world.build()
    for text in (b"", b"{}", b"[]", b'{"version": 1, "calls": {"a": 1}}', b"\xff"):
        (world.folder / "output" / ".state.json").write_bytes(text)
        assert look(world.asked) is None
        outcome = world.build()
        assert (outcome.plan.stale, sorted(outcome.plan.fresh)) == ((), ALL)


def test_only_so_many_calls_are_remembered(world: World) -> None:
    """The oldest goes: the file of the state does not grow for ever."""
    world.build()
    for seed in range(10, 18):
        builder.build(dataclasses.replace(world.asked, seed=seed, lessons=("1",), only=("worksheet",)))
    assert look(world.asked) is None
