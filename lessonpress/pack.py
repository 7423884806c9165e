"""Packs: what stands in the output folder for a lesson or a unit, zipped for students and for teachers.

Nothing of a lesson is built here: files that are not up to date are refused, and what is packed
is what the manifest says was made. Named copies of a class are never packed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lessonpress.call import compose_all, lesson_key, load_library, unit_kit
from lessonpress.compose.contents import Listed, Part, compose_contents
from lessonpress.compose.documents import Tree
from lessonpress.compose.jobs import Artefact, HtmlDocument
from lessonpress.errors import ContentError, Fault, UsageError
from lessonpress.load import Library
from lessonpress.load.choice import select
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.options import Options
from lessonpress.plan import Made, job_key
from lessonpress.render import render_all, tools
from lessonpress.state import MANIFEST
from lessonpress.write import content_hash, manifest_text, parse_manifest, read_manifest, write_file

TREES: tuple[Tree, ...] = ("students", "teachers")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a pack: the earliest that a zip can hold."""
CONTENTS = "contents.pdf"
FOLDER = "packs"


@dataclass(frozen=True)
class Pack:
    """A written pack: its path below the output folder, and how many documents it holds."""

    path: str
    documents: int


@dataclass(frozen=True)
class Change:
    """A file that is not what it was: `how` is added, changed or removed; `pages` are to be printed."""

    path: str
    how: str
    pages: int


def pack(options: Options, target: str) -> list[Pack]:
    """Write the packs of a lesson (by stem or number) or a unit (by slug) below `packs/` of the output folder.

    Raises UsageError where the target does not exist or its files are not up to date, ContentError
    where its unit has errors.
    """
    library = load_library(options)
    name, chosen = _chosen(library, target)
    # A lesson is packed by itself, a unit with its own documents.
    artefacts, _ = compose_all(chosen, replace(options, lessons=() if name == chosen[0][0].slug else (name,)))
    made = read_manifest(options.output)
    _check_fresh(artefacts, made, options.output, target)
    folder = _variant(artefacts, chosen)
    files = {tree: _of_tree(artefacts, made, tree) for tree in TREES}
    jobs = [_contents(options, chosen, name, tree, files[tree]) for tree in TREES]
    written = []
    for tree, (_, printed) in zip(TREES, sorted(render_all(jobs, 1)), strict=True):
        if any(d.is_error for d in printed.diagnostics):
            raise ContentError(printed.diagnostics)
        parts = {CONTENTS: printed.data, **_bytes(options.output, files[tree], tree)}
        if tree == "teachers":
            parts[MANIFEST] = manifest_text({a.path: made[a.path] for a in artefacts})
        path = f"{FOLDER}/{name}{folder}-{tree}.zip"
        write_file(options.output / path, zipped(parts))
        written.append(Pack(path, len(files[tree])))
    return written


def _chosen(library: Library, target: str) -> tuple[str, list[tuple[LoadedUnit, ResolvedLesson]]]:
    """The name of a pack and its lessons. Raises ContentError where one of them cannot be built."""
    units = [unit for unit in library.units if unit.slug == target]
    chosen = [(u, lesson) for u in units for lesson in u.lessons] if units else select(library, [target])
    concerned = units or [unit for unit in library.units if unit in [u for u, _ in chosen]]
    if not chosen or any(unit.broken for unit in units):
        raise ContentError([d for unit in concerned or library.units for d in unit.diagnostics])
    if not units and len(chosen) > 1:
        names = ", ".join(lesson.stem for _, lesson in chosen)
        raise UsageError(f'"{target}" is the number of several lessons; name one of {names}')
    return (target if units else chosen[0][1].stem), chosen


def _check_fresh(artefacts: Sequence[Artefact], made: Mapping[str, Made], output: Path, target: str) -> None:
    """Refuse files that are missing, older than the content, or changed by hand."""
    by = tools()
    stale = [
        one.path
        for one in artefacts
        if (old := made.get(one.path)) is None
        or old.key != job_key(one, by)
        or content_hash(output / one.path) != old.sha256
    ]
    if stale:
        more = f" (and {len(stale) - 1} more)" if len(stale) > 1 else ""
        raise UsageError(
            f"{stale[0]}{more} is not up to date; run build first, with the same options, then pack {target}"
        )


def _variant(artefacts: Sequence[Artefact], chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]]) -> str:
    """What tells this paper, profile and theme apart in the name of a pack; nothing for the usual ones."""
    stems = {lesson_key(unit, lesson.stem): lesson.stem for unit, lesson in chosen}
    for artefact in artefacts:
        if artefact.lesson in stems:
            return "".join(f"-{part}" for part in artefact.path.split("/")[3:-1])
    return ""


def _of_tree(artefacts: Iterable[Artefact], made: Mapping[str, Made], tree: Tree) -> dict[str, Made]:
    """The files of a tree by path; the tree is told by the path alone, as it is on the disk."""
    return {a.path: made[a.path] for a in artefacts if a.path.split("/")[1] == tree}


def _bytes(output: Path, files: Iterable[str], tree: Tree) -> dict[str, bytes]:
    """The bytes of files by their names in the pack. Raises Fault for one of another tree."""
    found = {}
    for path in files:
        if path.split("/")[1] != tree:
            raise Fault(f"{path} does not belong to {tree}")
        found[_inside(path)] = (output / path).read_bytes()
    return found


def _inside(path: str) -> str:
    """The name of a file in its pack: without unit and tree."""
    return path.split("/", 2)[2]


def _contents(
    options: Options,
    chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]],
    name: str,
    tree: Tree,
    files: Mapping[str, Made],
) -> HtmlDocument:
    """The contents page of a pack, in the look of its unit."""
    _, first = chosen[0]
    lessons = {lesson_key(loaded, lesson.stem): lesson for loaded, lesson in chosen}
    parts = []
    for key in dict.fromkeys(entry.lesson for entry in files.values()):
        lesson = lessons.get(key)
        listed = tuple(
            Listed(path.rpartition("/")[2], entry.document, entry.level, _pages(path, entry), entry.version)
            for path, entry in files.items()
            if entry.lesson == key
        )
        title = lesson.core.title.plain if lesson else first.unit.title.plain
        folder = next(_inside(path).rpartition("/")[0] for path, entry in files.items() if entry.lesson == key)
        parts.append(Part(lesson.number if lesson else None, title, folder, listed))
    whole = first.core.title.plain if name == first.stem else first.unit.title.plain
    revised = options.revised or max(lesson.revised for _, lesson in chosen)
    kit = unit_kit(options, first.unit)
    return compose_contents(kit, first.unit, whole, tree, parts, revised)


def _pages(path: str, entry: Made) -> int:
    """How many pages a file has to print; slides are shown."""
    return entry.pages if path.endswith(".pdf") else 0


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Files in a zip whose bytes depend on nothing else: fixed order, dates and permissions, nothing compressed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENTS, name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, parts[name])
    return out.getvalue()


def earlier(path: Path) -> dict[str, Made]:
    """What an earlier build made, by its manifest.json or by the teachers' pack that holds it. Raises UsageError."""
    try:
        data = path.read_bytes()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = archive.read(MANIFEST)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UsageError(f"{path} is no manifest.json and no teachers' pack: {error}") from error
    made = parse_manifest(data)
    if not made:
        raise UsageError(f"{path} names no files, or was written by another version of lessonpress")
    return made


def changes(old: Mapping[str, Made], new: Mapping[str, Made], target: str | None = None) -> list[Change]:
    """What of a unit, a lesson or (without a target) of all is not what it was, by the hash of each file's content."""
    before, now = (
        {path: entry for path, entry in made.items() if target is None or _belongs(entry.lesson, target)}
        for made in (old, new)
    )
    found = [Change(path, "removed", 0) for path in before if path not in now]
    for path, entry in now.items():
        if path not in before or before[path].sha256 != entry.sha256:
            found.append(Change(path, "changed" if path in before else "added", _pages(path, entry)))
    return sorted(found, key=lambda change: change.path)


def _belongs(key: str, target: str) -> bool:
    """Whether the lesson of a manifest is meant by the slug of a unit, a stem or a number."""
    unit, _, stem = key.partition("/")
    number = stem.partition("-")[0].lstrip("0")
    return target == unit or Path(target).stem == stem or (target.isdigit() and target.lstrip("0") == number)
