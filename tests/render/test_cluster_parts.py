"""The parts of the cluster that need no other process: bundles, tasks, the press of a worker."""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zipfile
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from lessonpress.compose.jobs import Booklet, ClassSet, Deck, HtmlDocument, NamedCopy, SchoolFile
from lessonpress.errors import Fault, UsageError
from lessonpress.render import engines, render_all, tools
from lessonpress.render.cluster import worker
from lessonpress.render.cluster.bundle import Bundle, moved, pack, unpack
from lessonpress.render.cluster.connection import is_open
from lessonpress.render.cluster.tasks import Tasks
from lessonpress.render.cluster.worker import Press, greet, keep, versions
from lessonpress.render.pool import AHEAD
from tests.tiny import TEMPLATES

pytest.importorskip("distributed", reason="the extra cluster is not installed")
PAGE = HtmlDocument("<p>Text", "en", "A page", "/here", "2026-11-01")


def bundle_of(**entries: str) -> Bundle:
    """A zip with a right name and any entries."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in entries.items():
            file.writestr(name, text)
    return Bundle(hashlib.sha256(packed.getvalue()).hexdigest(), packed.getvalue())


def test_a_bundle_has_what_printers_open(tmp_path: Path) -> None:
    """Every font and all data of decks, byte for byte; no template, for those are in the jobs."""
    bundle = pack(TEMPLATES)
    unpack(bundle, tmp_path)
    unpack(bundle, tmp_path)  # whoever has it already keeps it
    there = tmp_path / bundle.name
    assert [path.name for path in tmp_path.iterdir()] == [bundle.name]
    found = {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}
    fonts = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.ttf")}
    assert len(fonts) > 10
    assert {name for name in found if name.endswith(".ttf")} == fonts
    assert {"deck/layouts.yaml", "fonts/slides/families.yaml"} <= set(found)
    assert all(data == (TEMPLATES / name).read_bytes() for name, data in found.items())
    assert {Path(name).suffix for name in found} == {".ttf", ".yaml"}


def test_equal_files_make_equal_bundles(tmp_path: Path) -> None:
    """Dates and folders decide nothing; content and names do."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text("a: 1", "utf-8")
    os.utime(tmp_path / "two" / "a.yaml", (1, 1))
    assert pack(tmp_path / "one") == pack(tmp_path / "two")
    (tmp_path / "two" / "a.yaml").write_text("a: 2", "utf-8")
    assert pack(tmp_path / "one").name != pack(tmp_path / "two").name


@pytest.mark.parametrize("name", ["../out.ttf", "/tmp/out.ttf", "a/../../out.ttf", "..\\out.ttf", "C:/out.ttf"])
def test_no_file_of_a_bundle_lands_outside(tmp_path: Path, name: str) -> None:
    """A name that leads out of the folder is refused, and nothing is left of the bundle."""
    with pytest.raises(Fault, match="lies outside of it"):
        unpack(bundle_of(**{"good.ttf": "x", name: "y"}), tmp_path / "bundles")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list((tmp_path / "bundles").iterdir()) == []


def test_a_damaged_bundle_is_refused(tmp_path: Path) -> None:
    """What is not what its name says is not unpacked."""
    good = bundle_of(**{"a.ttf": "x"})
    with pytest.raises(Fault, match="damaged"):
        unpack(replace(good, data=good.data + b"x"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_job_is_moved_whole() -> None:
    """No part of a job names the folder of the computer that it was composed on."""
    copies = (NamedCopy(0, "Pupil 01", "Pupil 01", ("Pupil 01",)),)
    school = SchoolFile("/here/themes/ours/school.potx", "0", ())
    jobs = [
        PAGE,
        Booklet((PAGE, PAGE), "Book", "en", "/here", "2026-11-01", PAGE),
        Booklet((PAGE,), "Book", "en", "/here", "2026-11-01"),
        ClassSet((PAGE, PAGE), copies, ("name",), "Class", "/here", "2026-11-01"),
        Deck("<deck/>", {}, "{}", "/here", (), school),
        Deck("<deck/>", {}, "{}", "/here"),
    ]
    for job in jobs:
        assert "/here" in repr(job)
        there = moved(job, "/there")
        assert "/here" not in repr(there)
        assert moved(there, "/here") == job


def test_tasks_are_asked_for_as_they_are_needed() -> None:
    """No more wait than the memory holds; the longest goes first, and none is lost."""
    asked: list[int] = []

    def jobs() -> Any:
        for number in range(AHEAD + 5):
            asked.append(number)
            yield replace(PAGE, html="x" * number)

    tasks = Tasks(jobs())
    while not tasks.is_full:
        tasks.pull()
    assert len(tasks) == len(asked) == AHEAD
    assert tasks.pop()[0] == AHEAD - 1
    assert sorted(number for number, _ in tasks.rest()) == [*range(AHEAD - 1), *range(AHEAD, AHEAD + 5)]
    assert tasks.is_all


def dies(pipe: Connection) -> None:
    """The life of a printer that takes a job and ends."""
    pipe.recv()
    os._exit(3)


@pytest.mark.slow
def test_a_job_whose_printer_dies_twice_has_failed() -> None:
    """The worker itself lives on and says what the pool says."""
    made = Press(dies).print(PAGE)
    assert [d.code for d in made.diagnostics] == ["render-failed"]
    assert made.diagnostics[0].message == "could not be printed: it ended its printer, twice"


@pytest.mark.slow
def test_a_press_keeps_its_printer_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """After many documents it takes a new one; before, it goes on with the same."""
    monkeypatch.setattr(worker, "MAX_JOBS", 2)
    press = Press()
    bad = replace(PAGE, revised="2026-02-30")
    first = press.print(bad)
    kept = press._worker
    assert kept is not None
    assert press.print(bad).diagnostics == first.diagnostics
    assert press._worker is None
    press.close()


def test_a_greeting_tells_what_a_worker_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its threads, its versions as they are now, and the bundles that it keeps."""
    monkeypatch.setattr(worker, "_desk", [])
    own = SimpleNamespace(
        address="tcp://127.0.0.1:1", id="w", local_directory=str(tmp_path), state=SimpleNamespace(nthreads=1)
    )
    said = greet(own)
    assert (said.address, said.life, said.threads, said.bundles) == ("tcp://127.0.0.1:1", "w", 1, frozenset())
    assert said.versions == versions()
    bundle = bundle_of(**{"a.ttf": "x"})
    keep(bundle, own)
    monkeypatch.setattr(worker, "versions", lambda: {"python": "3.99"})
    again = greet(own)
    assert again.bundles == {bundle.name}
    assert again.versions == {"python": "3.99"}


def test_versions_are_those_of_all_that_decides_bytes() -> None:
    """Those of the printers, of the libraries below them, and of this program."""
    found = versions()
    assert {"python", "source", "pango", "harfbuzz", "zlib", "weasyprint", "python-pptx"} <= set(found)
    assert {**tools(), **engines()}.items() <= found.items()


def test_the_engines_are_those_that_print() -> None:
    """What the libraries tell is what WeasyPrint's own say."""
    from weasyprint.text.ffi import ffi, pango

    found = engines()
    ffi.cdef("const char * pango_version_string (void);", override=True)
    assert found["pango"] == ffi.string(pango.pango_version_string()).decode()
    assert all(value[0].isdigit() for value in found.values())
    assert set(found) == {"pango", "harfbuzz", "zlib"}


def test_without_dask_a_cluster_is_told_to_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"needs Dask Distributed: install lessonpress\[cluster\]"):
        next(render_all([PAGE], 1, "local:2"))


@pytest.mark.parametrize(
    ("address", "is_so"),
    [
        ("tcp://10.0.0.5:8786", True),
        ("10.0.0.5:8786", True),
        ("tls://10.0.0.5:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("localhost:8786", False),
        ("local:4", False),
    ],
)
def test_an_open_way_is_known(address: str, is_so: bool) -> None:
    """Whatever leaves this computer without tls can be read by others."""
    assert is_open(address) is is_so
