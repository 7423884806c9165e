"""The benchmarks: what they measure is what they say, and the made library is content as teachers write it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import markup, printers
from benchmarks.library import ONLY, PER_LESSON, edit_lesson, write_library
from benchmarks.measure import Failed, Memory, Sample, run, run_all
from benchmarks.report import Report, Table, exponent, number
from benchmarks.scale import typical
from lessonpress.build import build, check
from lessonpress.options import Options
from tests.tiny import TEMPLATES, Press, files

BUILD = "lessonpress.build.render_all"
LESSONS = 9
"""One more than stand in a unit."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made library of a unit and one lesson of the next."""
    return write_library(tmp_path_factory.mktemp("made") / "library", LESSONS)


def options(content: Path, output: Path) -> Options:
    return Options(content, output, TEMPLATES, only=tuple(ONLY.split(",")))


@pytest.mark.slow
def test_a_made_library_has_nothing_wrong_with_it(library: Path, tmp_path: Path) -> None:
    """Neither errors nor warnings: what is measured is the building, not the telling of faults."""
    found, said = check(options(library, tmp_path))
    assert len(list(library.glob("*/lessons/*.yaml"))) == sum(len(unit.lessons) for unit in found.units) == LESSONS
    assert [d for d in said if d.is_error or d.code != "advice"] == []


def test_a_made_library_is_the_same_every_time(library: Path, tmp_path: Path) -> None:
    """Runs of different days measure the same content."""
    again = write_library(tmp_path / "again", LESSONS)
    assert files(again) == files(library)
    texts = [path.read_text("utf-8") for path in library.glob("*/lessons/*.yaml")]
    assert len(set(texts)) == LESSONS


@pytest.mark.slow
def test_a_lesson_has_ten_documents_and_an_edit_is_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an edit costs is measured with everything that a lesson has."""
    press = Press()
    monkeypatch.setattr(BUILD, press)
    content = write_library(tmp_path / "library", 1)
    wish = options(content, tmp_path / "output")
    assert len(build(wish).written) == PER_LESSON
    place = edit_lesson(content)
    edited = build(wish)
    unit, stem = place.split("/")
    assert len(edited.written) == PER_LESSON
    assert all(path.startswith(f"{unit}/") and f"/{stem}/" in path for path in edited.written)
    before = files(content)
    assert edit_lesson(content, 1) == place
    assert files(content) != before


def test_a_process_is_measured_with_what_it_starts() -> None:
    """The time of the processor is that of all processes, not of the first alone."""
    busy = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass\nprint('said')"
    starts = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    took = run([sys.executable, "-c", starts])
    assert took.out == "said\n"
    assert 0.3 <= took.cpu < took.wall + 5
    both = run_all([[sys.executable, "-c", busy], [sys.executable, "-c", busy]])
    assert both.cpu >= 0.6


def test_a_process_that_fails_is_no_measurement() -> None:
    """What ended badly was not done, however fast."""
    with pytest.raises(Failed, match=r"ended with 3: (?s:.*)sorry"):
        run([sys.executable, "-c", "import sys; print('sorry', file=sys.stderr); sys.exit(3)"])


# Memory is read from /proc, which only Linux has; benchmarks are run there.
@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system does not tell the memory of processes")
def test_the_memory_of_workers_is_seen() -> None:
    """What a child holds counts as a worker's, with the number of lines that were said before."""
    holds = "data = bytearray(b'x' * 60_000_000); import time; time.sleep(0.8)"
    program = f"import subprocess, sys; print('done', flush=True); subprocess.run([sys.executable, '-c', {holds!r}])"
    took = run([sys.executable, "-c", program], watched=lambda line: line == "done\n")
    assert max(sample.worker.now for sample in took.samples) > 60
    assert max(sample.parent.peak for sample in took.samples) < 60
    assert took.samples[-1].lines == 1


def test_typical_memory_is_the_middle_between_two_documents() -> None:
    """What came before and after does not count."""
    samples = [Sample(n, Memory(1, 1), Memory(now, now)) for n, now in ((1, 900), (5, 10), (6, 20), (7, 30), (50, 900))]
    assert typical(samples, (5, 10)) == 20
    assert typical(samples, (100, 200)) == 0


def test_the_exponent_tells_how_time_grows() -> None:
    """In line is 1, a square is 2."""
    assert exponent([10, 20, 200], [1, 2, 20]) == pytest.approx(1)
    assert exponent([10, 20, 200], [1, 4, 400]) == pytest.approx(2)


def test_numbers_have_the_digits_that_they_are_worth() -> None:
    """Three of them, and no noughts at the end."""
    assert [number(n) for n in (0, 0.123456, 0.5, 1, 12.345, 123.4, 2000)] == [
        "0",
        "0.123",
        "0.5",
        "1",
        "12.3",
        "123",
        "2000",
    ]


def test_a_report_tells_what_holds(tmp_path: Path) -> None:
    """Each claim stands beside its bound; what does not hold is seen at once, and what was skipped is named."""
    report = Report(versions={"Chromium": "156"}, note="The whole run took 20 minutes.")
    report.at_most("no-op", 0.1, 0.25, " s")
    report.at_least("ours", 1.0, 1.15, " ×")
    report.holds("imported", "none", "none", True)
    report.tell("Typst", "0.1 ×")
    report.tables.append(Table("Growth", "Each once.", ("lessons", "seconds"), (("10", "3"), ("20", "6 | 7"))))
    report.skipped.append("LaTeX: not installed")
    path = tmp_path / "RESULTS.md"
    report.write(path)
    text = path.read_text("utf-8")
    assert "| no-op | at most 0.25 s | 0.1 s | yes |" in text
    assert "| ours | at least 1.15 × | 1 × | **no** |" in text
    assert "| Typst |  | 0.1 × |  |" in text
    assert "| 20 | 6 / 7 |" in text
    assert {"- Chromium: 156", "- LaTeX: not installed"} <= set(text.splitlines())
    assert re.search(r"^- weasyprint: \d", text, re.MULTILINE)
    assert str(tmp_path) not in text


def test_printers_that_are_not_installed_are_skipped_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has installed nothing measures ours and WeasyPrint's, and is told what is missing."""
    monkeypatch.setattr(printers.shutil, "which", lambda name: None)
    monkeypatch.setattr(printers.importlib.util, "find_spec", lambda name: None)
    ways, skipped = printers.others(printers.Sheets(tmp_path, (), {}))
    assert [way.name for way in ways] == [printers.WEASYPRINT]
    assert len(skipped) == len(printers.OTHERS) - 1 > 0
    assert all(told.endswith("not installed") for told in skipped)


def test_a_way_that_fails_is_dropped_and_named() -> None:
    """A printer that does not work on this computer costs no other its numbers."""
    broken = printers.Way("broken", [[sys.executable, "-c", "raise SystemExit('no display')"]], 1)
    sound = printers.Way("sound", [[sys.executable, "-c", ""]], 1)
    (told,) = printers.warm([broken, sound])
    assert told.startswith("broken: ")
    assert told.rstrip().endswith("no display")
    assert [bool(way.calls) for way in (broken, sound)] == [False, True]


SHEET = """<html><head></head><body><div class="foot">Page 1</div><h1>Who <b>won</b>?</h1>
<div class="q"><span>(a)</span><p>Why 5 # 3 * 2?</p></div><div class="ln"></div><div class="ln"></div>
<table><tr><td>Left</td><td>Right $1</td></tr><tr><td>One</td></tr></table><table><tr></tr></table>
<figure><svg height="42.5mm"><title>A drawing</title><text>Steps</text></svg></figure></body></html>"""


def test_a_sheet_is_told_with_all_its_words_and_lines() -> None:
    """Other printers get the same words, lines, tables, and frames of the height of drawings."""
    found = markup.blocks(SHEET)
    assert [block.kind for block in found] == ["heading", "text", "text", "line", "line", "table", "frame"]
    assert [found[0].text, found[2].text, found[6].text] == ["Who won?", "Why 5 # 3 * 2?", "Steps"]
    assert found[5].rows == (("Left", "Right $1"), ("One",))
    assert found[6].height == 42.5


def test_signs_of_other_markup_are_said_as_they_are() -> None:
    """What is a command elsewhere is printed as a sign."""
    assert r"Why 5 \# 3 \* 2?" in markup.typst(SHEET, 'A "title"')
    latex = markup.markdown(SHEET, "A title", latex=True)
    assert r"Why 5 \# 3 \* 2?" in latex
    assert latex.count(r"\rule") == 2
    assert "[42.5mm]" in latex
    assert markup.markdown(SHEET, "A title", latex=False).count(r"\_" * 60) == 2


def test_a_deck_is_told_with_its_titles_lines_and_notes() -> None:
    """Pandoc's slides say what ours say."""
    deck = """<deck><section layout="x"><h1>First *</h1><div slot="a"><ul><li><p>One</p></li><li><p>Two</p></li></ul></div>
    <aside><p>Say this.</p></aside></section></deck>"""
    told = markup.slides(deck).split("\n\n")
    assert told[0] == r"## First \*"
    assert told[1:3] == ["- One", "- Two"]
    assert json.dumps(told[3]) == json.dumps("::: notes\nSay this\\.\n:::\n")
