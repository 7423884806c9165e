"""The bundled unit printed by us and by others: its sheets, a class set, its decks."""

from __future__ import annotations

import importlib.util
import json
import pickle
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import markup, printers
from benchmarks.measure import ROOT, Took, median, run, say
from benchmarks.printers import PRESS, PYTHON, TYPST_EACH, Sheets, Way
from benchmarks.report import Report, Table, number, shares
from lessonpress.call import compose_all, load_library, load_roster
from lessonpress.compose.jobs import NAME, Artefact, ClassSet, Deck, HtmlDocument, Job
from lessonpress.load.choice import select
from lessonpress.options import LEVELS, Level, Options

CONTENT, TEMPLATES = ROOT / "content", ROOT / "templates"
PUPILS = 30
JOINED, EACH, RENDERS, ONE = "joined", "with a file for each", "a render for each", "one render"
SLIDES = 20


def composed(
    folder: Path, lessons: Sequence[str], only: str, levels: Sequence[Level], **more: object
) -> list[Artefact]:
    """Documents of the bundled unit, composed."""
    wish = Options(CONTENT, folder, TEMPLATES, tuple(lessons), only=(only,), levels=tuple(levels))
    wish = replace(wish, **more)  # type: ignore[arg-type]
    library = load_library(wish)
    chosen = select(library, wish.lessons)
    return compose_all(chosen, wish, load_roster(wish, [unit.unit for unit in library.units if unit.unit]))[0]


def sheets_of(folder: Path, lessons: Sequence[str]) -> Sheets:
    """The worksheets of lessons at every level."""
    found = composed(folder, lessons, "worksheet", LEVELS)
    jobs = [artefact.job for artefact in found if isinstance(artefact.job, HtmlDocument)]
    assert jobs
    return printers.lay_ready(folder / "sheets", jobs)


def sheets(report: Report, folder: Path, lessons: Sequence[str], rounds: int) -> None:
    """Print the same sheets in every way, in turns."""
    say("The sheets of the bundled unit, in every way")
    ready = sheets_of(folder, lessons)
    mine = printers.ours(ready)
    theirs, skipped = printers.others(ready)
    report.skipped += skipped + printers.warm([*mine, *theirs])
    ways = [way for way in (*mine, *theirs) if way.calls]
    for turn in range(rounds):
        # The order turns round, so that nobody always comes after the same one.
        for way in ways[turn % len(ways) :] + ways[: turn % len(ways)]:
            way.run()
            say(f"  {way.name}: {way.took[-1].wall:.1f} s, {way.took[-1].cpu:.1f} s of processor")
    for way in ways:
        printers.count(way)
    _claims(report, {way.name: way for way in ways}, mine)
    report.tables.append(_ways(ways, mine[0]))
    spent = json.loads(run([*PRESS, "profile", ready.pickled()]).out)
    report.tables.append(shares(spent))


def _each(way: Way) -> float:
    return median(way.took, "cpu") / way.documents


def _claims(report: Report, ways: dict[str, Way], mine: Sequence[Way]) -> None:
    one, two, naive = mine
    report.at_least("same HTML, WeasyPrint's loop / ours, per CPU-second", _each(naive) / _each(one), 1.15, " ×")
    for name in (printers.CHROMIUM, printers.WRITER):
        if name in ways:
            report.at_least(f"{name}, a process each / ours, per CPU-second", _each(ways[name]) / _each(one), 2, " ×")
    for name, way in ways.items():
        if way not in mine and name not in (printers.CHROMIUM, printers.WRITER):
            report.tell(f"{name} / ours, per CPU-second", f"{number(_each(way) / _each(one))} ×")
    report.at_least("1 worker / 2 workers, time", median(one.took, "wall") / median(two.took, "wall"), 1.5, " ×")
    report.tell("the unit's own sheets", f"{number(one.pages / median(one.took, 'cpu'))} pages per CPU-second")


def _ways(ways: Sequence[Way], one: Way) -> Table:
    rows = tuple(
        (
            way.name,
            str(way.documents),
            str(way.pages),
            number(median(way.took, "wall")),
            number(median(way.took, "cpu")),
            number(way.pages / median(way.took, "cpu")),
            f"{number(_each(way) / _each(one))} ×",
        )
        for way in ways
    )
    told = (
        "Whole processes with all that they start. HTML is the same for all that read it; Typst, LaTeX and LibreOffice "
        "print the same words, tables and lines told plainly in their own markup, with about as many pages. Ours, "
        "WeasyPrint's and Typst's are PDF/UA-1; Chromium's are tagged, the others are not."
    )
    head = (
        "way",
        "sheets",
        "pages",
        "seconds",
        "CPU-seconds",
        "pages per CPU-second",
        "a sheet / ours",
    )
    return Table("The same sheets", told, head, rows)


def builds(report: Report, folder: Path, lessons: Sequence[str], rounds: int) -> None:
    """Build the worksheets of the bundled unit from nothing, with one worker and with two."""
    say("The worksheets of the bundled unit, built from nothing")
    took: dict[int, list[Took]] = {1: [], 2: []}
    for turn in range(rounds):
        for jobs, runs in took.items():
            output = folder / f"built-{turn}-{jobs}"
            call = [PYTHON, "generate.py", "build", *lessons, "--only", "worksheet", "--output", output]
            runs.append(run([*call, "--jobs", str(jobs), "--quiet"]))
            shutil.rmtree(output)
    ratio = median(took[1], "wall") / median(took[2], "wall")
    seconds = " and ".join(number(median(runs, "wall")) for runs in took.values())
    report.tell("`build --only worksheet`, cold, 1 and 2 workers", f"{seconds} s: {number(ratio)} ×")


def class_sets(report: Report, folder: Path, rounds: int, pupils: int = PUPILS) -> None:
    """A class of thirty with one sheet, and one with six: a file for each, the joined file, thirty renders, Typst."""
    rows: list[tuple[str, ...]] = []
    for sheets_, levels, versions in ((1, ("core",), 1), (6, LEVELS, 2)):
        say(f"A class set of {pupils}, of {sheets_}")
        ways = _class_ways(folder, pupils, levels, versions)
        for _ in range(rounds):
            for way in ways:
                way.run()
                say(f"  {way.name}: {way.took[-1].cpu:.1f} s of processor")
        cpu = {way.name: median(way.took, "cpu") for way in ways}
        _class_claims(report, cpu, pupils, sheets_)
        rows += [(str(sheets_), way.name, number(median(way.took, "wall")), number(cpu[way.name])) for way in ways]
    told = (
        "Worksheets of the bundled unit for a class, each way a whole process: to start one takes most of one render."
    )
    head = ("sheets", "way", "seconds", "CPU-seconds")
    report.tables.append(Table(f"A class set of {pupils}", told, head, tuple(rows)))


def _class_claims(report: Report, cpu: dict[str, float], pupils: int, sheets_: int) -> None:
    what = f"class set of {pupils} with {sheets_} sheet{'s' * (sheets_ > 1)}"
    each, joined = cpu[EACH] / cpu[RENDERS], cpu[JOINED] / cpu[RENDERS]
    if sheets_ > 1:
        report.tell(f"{what}, --each and joined / {pupils} renders", f"{number(each)} and {number(joined)}")
        return
    report.at_most(f"{what}, --each / {pupils} renders", each, 1 / 8)
    report.at_most(f"{what}, joined / {pupils} renders", joined, 1 / 3)
    if TYPST_EACH in cpu:
        report.at_most(f"{what}, --each / Typst started {pupils} times", cpu[EACH] / cpu[TYPST_EACH], 1)


def _class_ways(folder: Path, pupils: int, levels: Sequence[Level], versions: int) -> list[Way]:
    """A class whose pupils have levels and versions in turn, in every way; Typst prints its first sheet only."""
    roster = folder / "class.csv"
    turns = [(levels[n % len(levels)], "AB"[n % 5 % versions]) for n in range(pupils)]
    lines = [f"Pupil {n:02d},10A,{level},{version}\n" for n, (level, version) in enumerate(turns, 1)]
    roster.write_text("name,class,level,version\n" + "".join(lines), "utf-8")
    made = composed(folder, ("05",), "worksheet", levels, roster=roster, each=True, versions=versions)
    (each,) = [artefact.job for artefact in made if isinstance(artefact.job, ClassSet)]
    copies = [_alone(each, place) for place in range(pupils)]
    jobs: dict[str, list[Job]] = {
        JOINED: [replace(each, each=False)],
        EACH: [each],
        RENDERS: [*copies],
        ONE: copies[:1],
    }
    ways = [Way(name, [[*PRESS, "here", _pickle(folder, name, own)]], pupils) for name, own in jobs.items()]
    if len(levels) == 1 and importlib.util.find_spec("typst"):
        source = folder / "class.typ"
        source.write_text(markup.typst(copies[0].html, copies[0].title), "utf-8")
        call = [PYTHON, "-c", printers.TYPST, source, source.with_suffix(".pdf"), TEMPLATES / "themes/base/fonts"]
        ways.append(Way(TYPST_EACH, [call] * pupils, pupils))
    return ways


def _alone(job: ClassSet, number: int) -> HtmlDocument:
    """A copy of a class set as a document of its own."""
    copy = job.copies[number]
    source = job.documents[copy.document]
    return replace(source, html=source.html.replace(NAME, copy.markup))


def decks(report: Report, folder: Path, lessons: Sequence[str], rounds: int) -> None:
    """The decks of the bundled unit, by us in one process and by pandoc in a process each."""
    say("Decks")
    made = composed(folder, lessons, "deck", ("core",))
    jobs = [artefact.job for artefact in made if isinstance(artefact.job, Deck)]
    ours = Way("lessonpress", [[*PRESS, "here", _pickle(folder, "decks", jobs)]], len(jobs))
    ours.pages = int(run(ours.calls[0]).out)
    ways = [ours]
    if shutil.which("pandoc"):
        calls = []
        for number_, job in enumerate(jobs):
            source = folder / f"deck-{number_}.md"
            source.write_text(markup.slides(job.markup), "utf-8")
            calls.append(["pandoc", source, "-o", source.with_suffix(".pptx")])
        ways.append(Way("pandoc", calls, len(jobs), ours.pages))
    else:
        report.skipped.append("decks by pandoc: pandoc not installed")
    for _ in range(rounds):
        for way in ways:
            way.run()
    seconds = median(ours.took, "wall") / ours.pages * SLIDES
    report.at_most(f"a deck of {SLIDES} slides, amortised", seconds, 0.5, " s")
    for way in ways[1:]:
        ratio = median(way.took, "cpu") / median(ours.took, "cpu")
        report.tell("pandoc's plain decks, a process each / ours, per CPU-second", f"{number(ratio)} ×")


def _pickle(folder: Path, name: str, jobs: object) -> Path:
    path = folder / f"{name}.pickle"
    path.write_bytes(pickle.dumps(jobs))
    return path
