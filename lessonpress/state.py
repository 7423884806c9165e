"""The first look: has anything changed at all since this call was last answered? Sizes and times of files tell.

Nothing heavy is imported here, so that a build with nothing to do answers at once. What is written down are sizes and
times, good on this computer only; what is true everywhere stands in the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
import site
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.outcome import Outcome, Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessonpress.options import Options

STATE = ".state.json"
MANIFEST = "manifest.json"
VERSION = 1
MAX_CALLS = 8
"""So many calls are remembered; the oldest goes."""

Stamp = list[int]
"""Size, time of the last change of the content, and of the file itself, in nanoseconds: the third tells even of a
file whose time was set back.
"""


@dataclass
class LessonState:
    """What the documents of a lesson, or of a unit, were composed of, their paths, what was said of it, and the hash of
    the file that this was said of.
    """

    key: str
    made: list[str]
    said: list[dict[str, Any]]
    source: str


@dataclass
class UnitState:
    """A unit as a call last found it, sound: its files, its documents in order, and all that was said of it."""

    files: dict[str, Stamp]
    made: list[str]
    lessons: dict[str, LessonState]
    said: list[dict[str, Any]]
    seeds: list[int]


@dataclass
class CallState:
    """What a call was answered with: by which program and templates, each unit, and what was said of none of them."""

    program: str = ""
    units: dict[str, UnitState] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class State:
    """The stamps of the manifest and of the files in an output folder, and the calls that made them, the last one last."""

    manifest: Stamp | None = None
    outputs: dict[str, Stamp] = field(default_factory=dict)
    calls: dict[str, CallState] = field(default_factory=dict)

    def remember(self, key: str, call: CallState) -> None:
        """Put a call last, and forget the oldest of too many."""
        self.calls.pop(key, None)
        self.calls[key] = call
        for old in list(self.calls)[:-MAX_CALLS]:
            del self.calls[old]

    def text(self) -> bytes:
        """The state as it stands in its file."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False, separators=(",", ":")).encode()


def read_state(output: Path) -> State:
    """What was written down in an output folder; nothing where it is missing, broken or of another version."""
    try:
        data = json.loads((output / STATE).read_bytes())
        if data["version"] != VERSION:
            return State()
        calls = {
            key: CallState(
                call["program"],
                said=call["said"],
                units={
                    slug: UnitState(
                        **{**unit, "lessons": {stem: LessonState(**one) for stem, one in unit["lessons"].items()}}
                    )
                    for slug, unit in call["units"].items()
                },
            )
            for key, call in data["calls"].items()
        }
        return State(data["manifest"], data["outputs"], calls)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def stamp(path: str | os.PathLike[str]) -> Stamp | None:
    """The stamp of a file; None where it is not there."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116 - thousands of files: a Path each would take as long as the look
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def stamps(folder: Path) -> dict[str, Stamp]:
    """The stamps of all files below a folder, by their paths in it."""
    start = len(str(folder)) + 1
    return {path[start:]: found for path, found in sorted(_below(str(folder)))}


def _below(folder: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    yield entry.path, _stamp(entry.stat())
                elif entry.name != "__pycache__":
                    yield from _below(entry.path)
    except OSError:
        return


def units_of(content: Path) -> dict[str, Path]:
    """The folders of the units of a content folder, or of the one unit that it is, by their names."""
    if (content / "unit.yaml").is_file():
        return {content.name: content}
    return {path.parent.name: path.parent for path in sorted(content.glob("*/unit.yaml"))}


def content_of(options: Options) -> Path:
    """The content folder of a call under its own name."""
    # A unit is known by the name of its folder, and "." and ".." are no names.
    return options.content.resolve() if options.content.name in ("", "..") else options.content


def call_key(options: Options) -> str:
    """What tells calls apart: every option that decides what is made, and of which content."""
    plain = replace(options, jobs=0, cluster=None, strict=False, output=Path())
    given = {name: value if _is_plain(value) else str(value) for name, value in vars(plain).items()}
    given["content"] = str(options.content.absolute())
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | tuple)


def program(options: Options) -> str:
    """The hash of the stamps of all that is not content: templates, this program, the packages installed, the roster."""
    parts: list[Any] = [sys.version, sys.platform, stamps(options.templates), stamps(Path(__file__).parent)]
    # The folder of an installed package bears its version.
    parts += [
        sorted(name for name in _names(folder) if name.endswith(".dist-info")) for folder in site.getsitepackages()
    ]
    parts.append(stamp(options.roster) if options.roster else None)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _names(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def as_told(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic as plain data, with its place whole."""
    return asdict(diagnostic)


def told_again(data: dict[str, Any]) -> Diagnostic:
    """The diagnostic that was written down."""
    return Diagnostic(data["code"], data["message"], Place(**data["place"]), data["hint"], Severity(data["severity"]))


def stands(unit: UnitState, folder: Path, output: Path, state: State) -> bool:
    """Whether neither the files of a unit nor its documents have changed."""
    return unit.files == stamps(folder) and all(
        (known := state.outputs.get(path)) is not None and stamp(output / path) == known for path in unit.made
    )


def look(options: Options) -> Outcome | None:
    """The outcome of a call for which nothing has to be done; None where that needs a closer look."""
    state = read_state(options.output)
    call = state.calls.get(call_key(options))
    if call is None or state.manifest != stamp(options.output / MANIFEST) or call.program != program(options):
        return None
    folders = units_of(content_of(options))
    if not folders or list(folders) != list(call.units):
        return None
    if not all(stands(unit, folders[slug], options.output, state) for slug, unit in call.units.items()):
        return None
    units = call.units.values()
    return Outcome(
        Plan(fresh=tuple(path for unit in units for path in unit.made)),
        diagnostics=tuple(told_again(one) for said in (call.said, *(unit.said for unit in units)) for one in said),
        seeds=tuple(sorted({seed for unit in units for seed in unit.seeds})),
    )
