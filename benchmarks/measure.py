"""Whole processes: how long one takes, what it uses of the processor with all that it starts, and its memory."""

from __future__ import annotations

import ctypes
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LONGEST_SECONDS = 1200.0
SAMPLE_SECONDS = 0.25
_ADOPT, _ADOPTS = 36, 37
"""Linux's PR_SET_CHILD_SUBREAPER and PR_GET_CHILD_SUBREAPER: what a child leaves behind comes to us, with its time."""


class Memory(NamedTuple):
    """What a process holds and what it has held at most, in MB; nothing where it has ended."""

    now: float = 0.0
    peak: float = 0.0


@dataclass(frozen=True)
class Sample:
    """The memory of a process and of the largest that it started, now and at its highest, in MB, after so many lines."""

    lines: int
    parent: Memory
    worker: Memory


@dataclass(frozen=True)
class Took:
    """The seconds that a process took, those of the processor with all that it started, what it said, its memory."""

    wall: float
    cpu: float
    out: str = ""
    samples: tuple[Sample, ...] = field(default=(), repr=False)


class Failed(Exception):
    """A process did not do what it was measured for; says which, and its last words."""


def adopt() -> None:
    """Wait for whatever children of ours leave behind; where the system cannot, their time is not seen."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def run(
    call: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    *,
    watched: Callable[[str], bool] | None = None,
) -> Took:
    """Run a process to its end. With `watched` its memory is sampled, and lines that it says are counted.

    Raises Failed where it ends badly, or takes longer than any should.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        before, start = _children(), time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in call],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        timer = threading.Timer(LONGEST_SECONDS, process.kill)
        timer.start()
        sampler = _Sampler(process.pid) if watched else None
        said: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if sampler is not None and watched is not None and watched(line):
                sampler.lines += 1
        process.wait()
        wall = time.perf_counter() - start
        timer.cancel()
        process.stdout.close()
        samples = sampler.end() if sampler is not None else ()
        _reap()
        if process.returncode:
            errors.seek(0)
            raise Failed(f"{' '.join(map(str, call))} ended with {process.returncode}: {errors.read()[-600:]}")
    return Took(wall, _children() - before, "".join(said), samples)


def run_all(calls: Sequence[Sequence[str | Path]], env: Mapping[str, str] | None = None) -> Took:
    """Run processes one after the other; their times are added up."""
    took = [run(call, env) for call in calls]
    return Took(sum(one.wall for one in took), sum(one.cpu for one in took), "".join(one.out for one in took))


def median(took: Sequence[Took], of: str) -> float:
    """The middle of what several runs took: `wall` or `cpu`."""
    return statistics.median(getattr(one, of) for one in took)


def say(text: str) -> None:
    """Tell how it goes on."""
    print(text, file=sys.stderr, flush=True)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _adopts() -> bool:
    """Whether what children leave behind comes to this process."""
    flag = ctypes.c_int(0)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_ADOPTS, ctypes.byref(flag), 0, 0, 0)
    return bool(flag.value)


def _reap() -> None:
    """Wait for what a process left behind, a moment for all; others than we may have children that are no affair of ours."""
    if not _adopts():
        return
    until = time.monotonic() + 2.0
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)


class _Sampler:
    """Looks at a process and its children now and then, in a thread of its own."""

    def __init__(self, pid: int) -> None:
        self.lines = 0
        self._pid, self._ended, self._samples = pid, threading.Event(), list[Sample]()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> tuple[Sample, ...]:
        """All that was seen."""
        self._ended.set()
        self._thread.join()
        return tuple(self._samples)

    def _look(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            with suppress(OSError):
                children = Path(f"/proc/{self._pid}/task/{self._pid}/children").read_text().split()
                largest = max((memory(int(child)) for child in children), default=Memory())
                self._samples.append(Sample(self.lines, memory(self._pid), largest))


def memory(pid: int) -> Memory:
    """The memory of a process."""
    with suppress(OSError):
        lines = [line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
        held = {line[0]: int(line[1]) / 1024 for line in lines if line[0] in {"VmRSS:", "VmHWM:"}}
        return Memory(held.get("VmRSS:", 0.0), held.get("VmHWM:", 0.0))
    return Memory()
