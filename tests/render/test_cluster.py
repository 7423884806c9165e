"""Jobs to bytes on a cluster: a real scheduler and real workers, each a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from lessonpress.build import build
from lessonpress.call import compose_all, load_library
from lessonpress.compose.jobs import HtmlDocument, Job
from lessonpress.errors import UsageError
from lessonpress.load.choice import select
from lessonpress.render import render_all
from lessonpress.render.cluster import connection, print_on_cluster, session
from lessonpress.render.rendered import Rendered
from tests.school_files import DEFAULT
from tests.tiny import ROOT, TEMPLATES, files, options, write_unit

pytest.importorskip("distributed", reason="the extra cluster is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.prints,
]
SECONDS = 40.0
OLD_DASK = """
from distributed import versions
versions.get_package_info = lambda names: {"python": sys.version, "dask": "2020.1", "distributed": "2020.1"}
"""


@dataclass
class Machines:
    """A scheduler and its workers on this computer, with what they log."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    protocol: str = "tcp"
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """One of Dask's programs, which logs into a file of its name."""
        environ = {**os.environ, "PYTHONPATH": str(ROOT), **self.environ}
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{name.partition('-')[0]}", *words]
            self.running.append(
                subprocess.Popen(command, env=environ, stdout=log, stderr=log, cwd=self.folder, start_new_session=True)
            )
        return self.running[-1]

    def scheduler(self, port: str = "0", preload: str = "") -> str:
        """Start a scheduler; its address."""
        file = self.folder / "scheduler.json"
        file.unlink(missing_ok=True)
        where = ("--host", "127.0.0.1", "--port", port, "--protocol", self.protocol, "--scheduler-file", str(file))
        # A scheduler needs Dask alone.
        bare = self.folder / "bare.py"
        bare.write_text(f"import sys\nsys.modules['lessonpress'] = None\n{preload}", "utf-8")
        self.start("scheduler", *where, "--no-dashboard", "--no-show", "--preload", str(bare))
        wait_until(lambda: file.exists() and file.read_text("utf-8").strip().endswith("}"))
        address: str = json.loads(file.read_text("utf-8"))["address"]
        return address

    def worker(self, address: str, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start a worker of one thread and wait until it is there."""
        threads = () if "--nthreads" in words else ("--nthreads", "1")
        place = ("--host", "127.0.0.1", "--local-directory", str(self.folder / name), "--no-dashboard", "--name", name)
        made = self.start(f"worker-{name}", address, *threads, *place, *words)
        wait_until(lambda: "Registered to:" in self.log(f"worker-{name}"))
        return made

    def log(self, name: str) -> str:
        """What one of them has logged."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def end(self) -> None:
        """End all that was started, by its own id."""
        for process in self.running:
            with suppress(ProcessLookupError):
                # A nanny's worker and its printer too.
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another process."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """Where a cluster is started."""
    made = Machines(tmp_path)
    yield made
    made.end()


def sheet(number: int) -> HtmlDocument:
    """A page that takes its time."""
    html = f"<html lang=en><title>Sheet {number}</title><body><h1>Sheet {number}</h1>" + "<p>Words and words.</p>" * 400
    return HtmlDocument(html, "en", f"Sheet {number}", str(TEMPLATES), "2026-11-01")


@pytest.fixture(scope="session")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """A sheet, its key and a deck, and pages enough to be in the middle of, the last without its picture."""
    folder = tmp_path_factory.mktemp("unit")
    write_unit(folder / "content", lessons=["01-first"])
    asked = options(folder, only=("worksheet", "answer-key", "deck"))
    artefacts, _ = compose_all(select(load_library(asked), ()), asked)
    lacking = replace(sheet(7), html=sheet(7).html + "<img src=nowhere.png alt=''>")
    return [*(artefact.job for artefact in artefacts), *map(sheet, range(6)), lacking]


@pytest.fixture(scope="session")
def alone(jobs: list[Job]) -> dict[int, Rendered]:
    """What comes of the jobs without a cluster."""
    made = dict(render_all(jobs, 1))
    assert len(made) == len(jobs) == 10
    assert all(rendered.data for rendered in made.values())
    assert "nowhere.png" in " ".join(said.message for said in made[9].diagnostics)
    return made


def printed(
    jobs: Any, address: str, middle: Callable[[], object] = lambda: None
) -> tuple[dict[int, Rendered], list[str]]:
    """What comes of jobs on a cluster and what is said of it; something may happen after the second of them."""
    said: list[str] = []
    made: dict[int, Rendered] = {}
    for number, rendered in print_on_cluster(jobs, address, 1, said.append):
        assert number not in made
        made[number] = rendered
        if len(made) == 2:
            middle()
    return made, said


def test_a_cluster_of_this_computer_builds_the_same_files(tmp_path: Path) -> None:
    """Sheets, keys and decks of a unit, on a school's own file, are the same bytes with `local:2` as without."""
    write_unit(tmp_path / "content")
    theme = tmp_path / "templates" / "themes" / "mine"
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    theme.mkdir()
    shutil.copy(DEFAULT, theme / "school.pptx")
    told = "title: Mine\nextends: classic\ndeck_base: {file: school.pptx, use: layouts}\n"
    (theme / "theme.yaml").write_text(told, "utf-8")
    asked = options(
        tmp_path, only=("worksheet", "answer-key", "deck"), templates=tmp_path / "templates", theme="mine", jobs=2
    )
    outcome = build(asked)
    before = files(asked.output)
    shutil.rmtree(asked.output)
    again = build(replace(asked, cluster="local:2"))
    assert again.ok == outcome.ok
    assert len(before) == 6
    assert files(asked.output) == before
    assert again.diagnostics == outcome.diagnostics


def test_a_killed_worker_loses_nothing(machines: Machines, jobs: list[Job], alone: dict[int, Rendered]) -> None:
    """What one of two workers had is printed by the other, with the same bytes."""
    address = machines.scheduler()
    machines.worker(address, "one", "--no-nanny")
    killed = machines.worker(address, "two", "--no-nanny")
    made, said = printed(jobs, address, killed.kill)
    assert killed.wait(5) == -signal.SIGKILL
    assert kept(machines, "one") == kept(machines, "two") == 1
    assert made == alone
    assert said == []


def test_a_worker_that_comes_late_takes_part(machines: Machines, jobs: list[Job], alone: dict[int, Rendered]) -> None:
    """It is greeted and given the fonts in the middle of a build, and prints the same bytes as the others."""
    address = machines.scheduler()
    first = machines.worker(address, "first", "--no-nanny")

    def change() -> None:
        machines.worker(address, "late", "--no-nanny")
        first.kill()

    made, said = printed(jobs, address, change)
    assert made == alone
    assert said == []
    assert kept(machines, "first") == kept(machines, "late") == 1


def kept(machines: Machines, name: str) -> int:
    """How often a worker was sent a bundle."""
    return machines.log(f"worker-{name}").count("Run out-of-band function 'keep'")


def test_fonts_are_sent_to_a_worker_once(
    machines: Machines, jobs: list[Job], alone: dict[int, Rendered], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build finds them there; a worker that a nanny starts has a printer too, though it is a daemon; and what
    goes to another computer without tls is said to be open.
    """
    address = machines.scheduler()
    machines.worker(address, "one")
    for _ in range(2):
        made, said = printed(jobs[:3], address)
        assert made == {number: alone[number] for number in range(3)}
        assert said == []
    assert kept(machines, "one") == 1
    # As if it were another computer.
    monkeypatch.setattr(connection, "LOOPBACK", frozenset())
    _, said = printed(jobs[:1], address)
    assert said == [f"{address}: what is sent is not encrypted, names of pupils neither: see tls:// in docs/cluster.md"]


@pytest.mark.parametrize(
    ("number", "sign", "why"),
    [
        (0, signal.SIGKILL, "is gone"),
        (0, signal.SIGSTOP, "is gone"),
        (1, signal.SIGKILL, "has no workers any more"),
    ],
    ids=["a scheduler that was killed", "a scheduler that hangs", "the only worker that was killed"],
)
def test_without_a_cluster_a_build_goes_on_here(
    machines: Machines,
    jobs: list[Job],
    alone: dict[int, Rendered],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    sign: signal.Signals,
    why: str,
) -> None:
    """Where the scheduler or the last worker vanishes and stays away, the rest is printed here, and said so."""
    address = machines.scheduler()
    machines.worker(address, "one", "--no-nanny")
    for module, name in ((connection, "CONNECT"), (session, "CONNECT"), (session, "ANSWER"), (session, "ALONE")):
        monkeypatch.setattr(module, f"{name}_SECONDS", 1.0)
    made, said = printed(jobs, address, lambda: machines.running[number].send_signal(sign))
    assert made == alone
    assert said[0] == f"the scheduler {address} {why}: looking for another"
    assert re.fullmatch(rf"the scheduler {address} {why}: the remaining \d+ documents are printed here", said[1])
    assert len(said) == 2


def test_a_scheduler_that_comes_back_is_sent_the_rest(
    machines: Machines, jobs: list[Job], alone: dict[int, Rendered]
) -> None:
    """What is outstanding goes to the new workers of a scheduler at the same address."""
    address = machines.scheduler()
    worker = machines.worker(address, "one", "--no-nanny")

    def restart() -> None:
        machines.running[0].kill()
        machines.running[0].wait()
        worker.kill()
        assert machines.scheduler(address.rpartition(":")[2]) == address
        machines.worker(address, "new", "--no-nanny")

    made, said = printed(jobs, address, restart)
    assert made == alone
    assert said == [f"the scheduler {address} is gone: looking for another"]
    assert kept(machines, "new") == 1


def test_an_address_without_a_scheduler_is_told_at_once(jobs: list[Job]) -> None:
    """The error names the address and what to do, within ten seconds."""
    start = time.monotonic()
    with pytest.raises(UsageError, match=r"^--cluster tcp://127\.0\.0\.1:9 cannot be reached: .*`dask scheduler`"):
        printed(jobs, "tcp://127.0.0.1:9")
    assert time.monotonic() - start < 12


def test_something_else_at_the_address_is_told(jobs: list[Job], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever for a greeting from what is no scheduler."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(UsageError, match=f"^--cluster {address} cannot be reached: nobody answers within 1 sec"):
            printed(jobs, address)


@pytest.mark.parametrize("address", ["local:", "local:none", "local:0", "local:1000"])
def test_a_cluster_of_no_number_is_told(jobs: list[Job], address: str) -> None:
    """`local:` wants a number of workers."""
    with pytest.raises(UsageError, match="write local: and how many workers, such as local:4"):
        printed(jobs, address)


def test_without_jobs_nobody_is_looked_for() -> None:
    """A build in which all is fresh needs no cluster."""
    assert printed([], "tcp://127.0.0.1:9") == ({}, [])


def test_a_scheduler_without_workers_is_told(
    machines: Machines, jobs: list[Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says how to start a worker."""
    address = machines.scheduler()
    monkeypatch.setattr("lessonpress.render.cluster.session.CONNECT_SECONDS", 1.0)
    with pytest.raises(UsageError, match=f"has no workers: start one with `dask worker {address} --nthreads 1`"):
        printed(jobs, address)


def test_a_scheduler_of_another_dask_is_refused(machines: Machines, jobs: list[Job]) -> None:
    """It could not open what it hands on; the error says what differs."""
    address = machines.scheduler(preload=OLD_DASK)
    with pytest.raises(UsageError, match=f"^the scheduler {address} cannot be used: distributed is 2020.1 there and "):
        printed(jobs, address)


def test_a_worker_of_two_threads_is_refused(machines: Machines, jobs: list[Job]) -> None:
    """The error names the worker and how to start it."""
    address = machines.scheduler()
    machines.worker(address, "wide", "--nthreads", "2")
    with pytest.raises(UsageError, match=r"^the worker tcp://\S+ has 2 threads.*--nworkers 2 --nthreads 1`$"):
        printed(jobs, address)


def test_a_worker_of_another_version_is_refused(machines: Machines, jobs: list[Job], tmp_path: Path) -> None:
    """The error says what differs, there and here."""
    (tmp_path / "older.py").write_text("import lessonpress\nlessonpress.__version__ = '0.0.1'\n", "utf-8")
    address = machines.scheduler()
    machines.worker(address, "old", "--preload", str(tmp_path / "older.py"))
    with pytest.raises(UsageError, match=r"^the worker \S+ would print other .*: lessonpress is 0\.0\.1 there and \d"):
        printed(jobs, address)


def test_a_worker_without_the_program_is_refused(machines: Machines, jobs: list[Job], tmp_path: Path) -> None:
    """A worker that has no such modules is told as such."""
    (tmp_path / "none.py").write_text("import sys\nsys.modules['lessonpress.render.cluster.worker'] = None\n", "utf-8")
    address = machines.scheduler()
    machines.worker(address, "bare", "--preload", str(tmp_path / "none.py"))
    with pytest.raises(UsageError, match=r"^the worker \S+ has no lessonpress that could print for this one"):
        printed(jobs, address)


@pytest.mark.parametrize(
    ("does", "why"),
    [("os._exit(1)", "every worker that had it died"), ("{}['a page']", "'a page'")],
    ids=["dies", "has a fault"],
)
def test_a_document_that_no_worker_survives_has_failed(
    machines: Machines, jobs: list[Job], tmp_path: Path, does: str, why: str
) -> None:
    """Its failure is a diagnostic, as without a cluster."""
    text = "import os\nfrom lessonpress.render.cluster import worker\nworker.print_there = lambda order: "
    (tmp_path / "bad.py").write_text(text + does, "utf-8")
    machines.environ = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    address = machines.scheduler()
    machines.worker(address, "one", "--preload", str(tmp_path / "bad.py"))
    made, said = printed(jobs[:1], address)
    assert [(d.code, d.message) for d in made[0].diagnostics] == [("render-failed", f"could not be printed: {why}")]
    assert said == []


def certificates(folder: Path) -> dict[str, str]:
    """Dask's settings for the certificates of an authority of this test's own: the names of files."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=lessonpress-test")
    openssl("req", *new, "-keyout", "own.key", "-out", "own.csr", "-subj", "/CN=printer")
    openssl("x509", "-req", "-in", "own.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "1", "-days", "2", "-out", "own.pem")  # fmt: skip
    found = {"ca-file": "ca.pem"}
    for role in ("scheduler", "worker", "client"):
        found |= {f"{role}.cert": "own.pem", f"{role}.key": "own.key"}
    return {f"distributed.comm.tls.{name}": str(folder / file) for name, file in found.items()}


def test_with_certificates_all_is_encrypted(
    machines: Machines, jobs: list[Job], alone: dict[int, Rendered], tmp_path: Path
) -> None:
    """With Dask's settings for certificates a `tls://` cluster prints the same bytes; without them there is no way in."""
    import dask

    settings = certificates(tmp_path)
    machines.protocol = "tls"
    for name, file in settings.items():
        machines.environ["DASK_" + name.replace(".", "__").replace("-", "_").upper()] = file
    address = machines.scheduler()
    assert address.startswith("tls://")
    machines.worker(address, "one")
    with dask.config.set(settings):
        made, said = printed(jobs[:3], address)
    assert made == {number: alone[number] for number in range(3)}
    assert said == []
    with pytest.raises(UsageError, match=f"^--cluster {address} cannot be reached: .*certificates"):
        printed(jobs[:3], address)
