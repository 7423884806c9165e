"""Printers in processes of their own: what dies, hangs or takes too much costs its document and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from lessonpress.compose.jobs import Booklet, Deck, HtmlDocument, Job
from lessonpress.errors import Fault
from lessonpress.render import pool
from lessonpress.render.pool import OUT_OF_MEMORY, print_in_pool, seconds_for, weight
from lessonpress.render.rendered import Rendered

ROOT = Path(__file__).parents[2]


def job(word: str, length: int = 0) -> HtmlDocument:
    """A document that tells the press below what to do."""
    return HtmlDocument(word + " " * length, "en", word, "", "2026-11-01")


def press(pipe: Connection) -> None:
    """A worker that does what its documents say, and never prints."""
    with_limits = pool._limit_memory
    with_limits()
    try:
        while True:
            done = pipe.recv()
            pipe.send(_obey(done.html.split()[0]))
    except (EOFError, OSError):
        return


def _obey(word: str) -> Rendered:
    name, _, rest = word.partition(":")
    if name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "leave":
        os._exit(3)
    if name == "memory":
        os._exit(OUT_OF_MEMORY)
    if name == "hang":
        time.sleep(60)
    if name == "once":
        # The first who comes dies, and leaves a note of it.
        note = Path(rest)
        if not note.exists():
            note.write_text("", "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
    if name == "who":
        return Rendered(str(os.getpid()).encode(), 1)
    return Rendered(word.encode(), 1)


def printed(*words: str, workers: int = 2) -> dict[int, Rendered]:
    return dict(print_in_pool([job(word) for word in words], workers, press))


def test_every_job_comes_back_under_its_number() -> None:
    """In whatever order they are done; no job, no worker."""
    words = [f"w{number}" for number in range(40)]
    assert {n: r.data.decode() for n, r in printed(*words).items()} == dict(enumerate(words))
    assert list(print_in_pool([], 2, press)) == []


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("die", "could not be printed: it ended its printer with signal 9, twice"),
        ("leave", "could not be printed: it ended its printer, twice"),
        ("memory", "could not be printed: it needed more than 3 GB of memory, twice"),
    ],
)
def test_a_worker_that_dies_costs_its_document_alone(word: str, said: str) -> None:
    """The document is tried once more, then told; all others are printed."""
    made = printed("a", word, "b", "c", workers=1)
    assert [made[n].data for n in (0, 2, 3)] == [b"a", b"b", b"c"]
    assert [(d.code, d.message, d.is_error) for d in made[1].diagnostics] == [("render-failed", said, True)]


def test_a_death_is_forgiven_once(tmp_path: Path) -> None:
    """What fails once and then succeeds is a document like any other."""
    made = printed("a", f"once:{tmp_path / 'note'}", "b")
    assert (tmp_path / "note").exists()
    assert not any(one.diagnostics for one in made.values())


def test_a_document_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time is up after a limit that grows with its length; the others do not wait for it."""
    monkeypatch.setattr(pool, "LEAST_SECONDS", 0.3)
    monkeypatch.setattr(pool, "POLL_SECONDS", 0.05)
    start = time.monotonic()
    made = printed("a", "hang", "b", workers=1)
    assert time.monotonic() - start < 20
    assert [d.message for d in made[1].diagnostics] == ["could not be printed: it took too long, twice"]
    assert [made[n].data for n in (0, 2)] == [b"a", b"b"]


def test_where_every_worker_dies_nothing_is_tried_for_ever() -> None:
    """That is a fault of the installation, not of hundreds of documents."""
    with pytest.raises(Fault, match="no document can be printed: each ended its printer with signal 9"):
        printed(*["die"] * 50)


def test_a_worker_makes_room_after_so_many_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a library leaves behind in memory goes with it."""
    monkeypatch.setattr(pool, "MAX_JOBS", 3)
    made = printed(*["who"] * 7, workers=1)
    workers = [made[number].data for number in range(7)]
    assert len(set(workers)) == 3


def test_a_few_jobs_have_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting another takes longer than it saves; many jobs have as many as are allowed."""
    assert len({one.data for one in printed(*["who"] * 3, workers=8).values()}) == 1
    assert len({one.data for one in printed(*["who"] * 30, workers=2).values()}) == 2


def test_the_longest_go_first() -> None:
    """Among the jobs that are ready; nothing long begins when all else is done."""
    jobs = [job("a", 10), job("b", 1000), job("c", 500)]
    order = [number for number, _ in print_in_pool(jobs, 1, press)]
    # The first is handed out before the others are known.
    assert order == [0, 1, 2]
    assert sorted((weight(one) for one in jobs), reverse=True) == [1001, 501, 11]


def test_jobs_are_taken_as_they_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What composes them runs ahead by a few, not by all: hundreds of lessons would not fit in the memory."""
    monkeypatch.setattr(pool, "AHEAD", 4)
    taken: list[int] = []

    def composed() -> Iterator[Job]:
        for number in range(50):
            taken.append(number)
            yield job(f"w{number}")

    running = print_in_pool(composed(), 1, press)
    next(running)
    assert len(taken) <= 8
    assert len(list(running)) == 49


def test_the_time_limit_grows_with_the_document() -> None:
    """A booklet may take as long as its parts, a deck as long as its slides."""
    page = job("a", 50_000)
    book = Booklet((page, page), "t", "en", "", "2026-11-01")
    assert seconds_for(book) > seconds_for(page) > seconds_for(job("a"))
    assert weight(Deck("<deck/>", {}, "{}", "")) == 14


def test_who_stops_listening_leaves_no_worker() -> None:
    """The processes end with the one who asked."""
    running = print_in_pool([job("who"), job("hang"), *[job("who")] * 8], 2, press)
    _, first = next(running)
    running.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.data), 0)


INTERRUPTED = """
import sys
from lessonpress.render.pool import print_in_pool
from tests.render.test_pool import job, press
print("ready", flush=True)
for _ in print_in_pool([job("who"), *[job("hang")] * 8], 2, press):
    print("one", flush=True)
"""


# Windows sends Ctrl-C to the console and has neither signal masks nor process groups to send it to: nothing is left
# undone there, the worker ignores interruptions by itself.
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="interruptions are sent otherwise here")
def test_an_interruption_ends_all_within_a_second() -> None:
    """Ctrl-C goes to every process of the terminal; the workers say nothing of it, and none is left."""
    command = [
        sys.executable,
        "-c",
        "if __name__ == '__main__':\n" + "\n".join("    " + line for line in INTERRUPTED.strip().splitlines()),
    ]
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    assert child.stdout.readline() == "one\n"
    start = time.monotonic()
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate(timeout=20)
    assert time.monotonic() - start < 2
    assert told.count("Traceback") == 1  # the parent's own, which the command line turns into one word
    assert "KeyboardInterrupt" in told
    # What keeps count of shared memory goes a moment after its parent.
    for _ in range(40):
        if not _lives(child.pid):
            break
        time.sleep(0.05)
    assert not _lives(child.pid)


def _lives(group: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
