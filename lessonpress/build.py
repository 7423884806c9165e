"""Content to files: load, pose, compose, plan, render, write.

Units are read one after the other, and what is composed goes to the printers at once: hundreds of lessons take no more
memory than a few. Of each unit, lesson and document only what has changed is read, composed and printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lessonpress.call import (
    Call,
    Work,
    compose_all,
    documents_of,
    folder_of,
    load_library,
    load_one,
    load_roster,
    strays,
)
from lessonpress.compose.advice import advise
from lessonpress.compose.digest import Base, common
from lessonpress.compose.documents import LESSON, UNIT, artefact_path
from lessonpress.compose.jobs import NO_JOB, Artefact, Job
from lessonpress.compose.unit import unit_key
from lessonpress.diagnostics import Diagnostic
from lessonpress.errors import ContentError
from lessonpress.load import Library
from lessonpress.load.choice import named, select
from lessonpress.load.unit import LoadedUnit, stems_of
from lessonpress.log import Log
from lessonpress.model.pupil import NOBODY, Roster
from lessonpress.options import Options
from lessonpress.outcome import Outcome, Plan, Watch
from lessonpress.plan import find_orphans, is_fresh, job_key, paths_of
from lessonpress.render import render_all, tools
from lessonpress.state import (
    CallState,
    LessonState,
    Stamp,
    UnitState,
    as_told,
    call_key,
    content_of,
    program,
    stamps,
    stands,
    told_again,
    units_of,
)
from lessonpress.write import Output, content_hash


def build(options: Options, watch: Watch | None = None) -> Outcome:
    """Bring the output folder up to date with the content.

    Raises ContentError where nothing can be built, UsageError for options that fit nothing.
    """
    watch = watch or Watch()
    watch.stage("load")
    with Output(options.output, watch.note) as output:
        run = _Run(options, watch, output)
        run.prepare()
        for number, rendered in render_all(run.jobs(), options.jobs, options.cluster, watch.note):
            artefact, key = run.stale[number]
            run.log.take(artefact, key, rendered)
            watch.done(artefact.path, rendered.pages, rendered.seconds, artefact.path not in run.log.failed)
        watch.stage("write")
        outcome = run.close()
        output.finish()
    return outcome


@dataclass
class _Seen:
    """What a build finds of a unit: its state as it will be written down, and what is in its way."""

    files: dict[str, Stamp]
    seeds: list[int] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    lessons: dict[str, LessonState] = field(default_factory=dict)
    said: list[Diagnostic] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    """Files that were asked for and that there is nothing for any more: a reading where there is no text."""
    stood: bool = False
    """Whether a look was enough; then all is `said` that was said of its files too."""


class _Run:
    """One build: what the content has, what was known of it, and what is found unit by unit."""

    def __init__(self, options: Options, watch: Watch, output: Output) -> None:
        self.options, self.watch, self.output = options, watch, output
        self.folders = units_of(content_of(options))
        self.stems = {slug: stems_of(folder) for slug, folder in self.folders.items()}
        self.wanted = named([stem for stems in self.stems.values() for stem in stems], options.lessons)
        self.only = documents_of(options)
        self.key, self.program = call_key(options), program(options)
        self.before = output.state.calls.get(self.key, CallState())
        self.tools = tools()
        self.loaded: dict[str, LoadedUnit] = {}
        self.seen: dict[str, _Seen] = {}
        self.log = Log(output.made, output)
        self.stale: list[tuple[Artefact, str]] = []
        self.fresh: list[str] = []
        self.composed: list[str] = []
        self.told: list[Diagnostic] = []
        self.lessons = 0

    # ---- what there is to do

    def prepare(self) -> None:
        """Take the first look, and read at once what has to be known before anything is made."""
        self.told += strays(self.options, self.folders.values())
        if not self.folders:
            raise ContentError(self.told)
        self.todo = [slug for slug in self.folders if not self._stands(slug)]
        # The names of a roster must have their letters in the fonts of every unit.
        ahead = self.folders if self.options.roster is not None else self.todo if self.options.strict else ()
        self.loaded = {slug: load_one(self.options, self.folders[slug]) for slug in ahead}
        problems = [*self.told, *(d for unit in self.loaded.values() for d in unit.diagnostics)]
        if self.options.strict and any(d.is_error for d in problems):
            raise ContentError(problems)
        self.call = Call(self.options, self._roster())
        self.told += self.call.roster.diagnostics
        self.base = Base((*common(self.options.templates), self.tools, self.key, self.call.roster.sha256))

    def _roster(self) -> Roster:
        if self.options.roster is None and not self.options.each:
            return NOBODY
        return load_roster(self.options, [unit.unit for unit in self.loaded.values() if unit.unit is not None])

    def _stands(self, slug: str) -> bool:
        """Whether a unit is as this call last found it, or has no lesson that the call names."""
        folder, known = self.folders[slug], self.before.units.get(slug)
        if not set(self.stems[slug]) & set(self.wanted) and self.options.lessons:
            self.seen[slug] = _Seen(stamps(folder))
            return True
        if self.before.program != self.program or known is None:
            return False
        if not stands(known, folder, self.output.folder, self.output.state):
            return False
        said = [told_again(one) for one in known.said]
        self.seen[slug] = _Seen(known.files, known.seeds, known.made, known.lessons, said, stood=True)
        self.fresh += known.made
        self.lessons += len(known.made)
        return True

    # ---- unit by unit

    def jobs(self) -> Iterator[Job]:
        """What is stale, as the printers ask for it."""
        for slug in self.todo:
            self.watch.stage("load")
            # Before anything is read: what changes meanwhile is seen by the next build.
            seen = self.seen[slug] = _Seen(stamps(self.folders[slug]))
            unit = self.loaded.pop(slug, None) or load_one(self.options, self.folders[slug])
            seen.said += unit.diagnostics
            if unit.unit is not None:
                seen.seeds.append(self.call.seed_of(unit.unit))
            self.lessons += len(unit.lessons)
            wanted = sorted((x for x in unit.lessons if x.stem in self.wanted), key=lambda x: self.wanted.index(x.stem))
            for work in self.call.works(unit, wanted, self.base):
                self.watch.stage("compose")
                yield from self._work(seen, self.before.units.get(slug), work, unit)
                self.watch.planned(len(self.stale), len(self.fresh), False)
        self.watch.planned(len(self.stale), len(self.fresh), True)
        self.watch.stage("print")

    def _work(self, seen: _Seen, before: UnitState | None, work: Work, unit: LoadedUnit) -> Iterator[Job]:
        """What is stale of a lesson, or of what belongs to a whole unit."""
        digest, source = work.digest(), self._source(work.key)
        known = before.lessons.get(work.key) if before is not None else None
        # What was said names lines, and these may have moved.
        is_told = known is not None and (not known.said or known.source == source)
        if known is not None and is_told and known.key == digest and all(map(self.output.is_whole, known.made)):
            seen.lessons[work.key] = known
            seen.said += [told_again(one) for one in known.said]
            seen.made += known.made
            self.fresh += known.made
            return
        composed = work.compose()
        self.composed.append(work.key)
        seen.said += composed.diagnostics
        made: list[str] = []
        for artefact in composed.artefacts:
            key, paths = job_key(artefact, self.tools), paths_of(artefact)
            made += paths
            if is_fresh(artefact, key, self.output.made, self.output.is_whole):
                self.fresh += paths
                continue
            # The job goes to the printers and is not kept.
            self.stale.append((replace(artefact, job=NO_JOB), key))
            self.watch.stage("print")
            yield artefact.job
            self.watch.stage("compose")
        seen.made += made
        seen.gone |= self._sometimes(unit, work.key) - set(made)
        seen.lessons[work.key] = LessonState(digest, made, [as_told(one) for one in composed.diagnostics], source)

    def _source(self, key: str) -> str:
        """The hash of the file of a lesson."""
        slug, _, stem = key.partition("/")
        return content_hash(self.folders[slug] / "lessons" / f"{stem}.yaml") if stem else ""

    def _sometimes(self, unit: LoadedUnit, key: str) -> set[str]:
        """The files that a lesson, or a unit itself, may have or not have."""
        stem = key.partition("/")[2]
        own = unit.unit or unit.lessons[0].unit
        return {
            artefact_path(unit.slug, stem, document.name, level, folder_of(self.options, own))
            for document in (LESSON if stem else UNIT)
            if document.sometimes and document.name in self.only
            for level in self.options.levels
        }

    # ---- what came of it

    def close(self) -> Outcome:
        """Remove what belongs to nothing, and tell all that was found."""
        self.told += self.call.diagnostics
        said = [*self.told, *(d for slug in self.folders for d in self._said(slug))]
        if not self.lessons:
            raise ContentError(said)
        self.log.check_shifts([path for seen in self.seen.values() for path in seen.made])
        wanted = [path for seen in self.seen.values() for path in seen.made]
        gone = {path for seen in self.seen.values() for path in seen.gone}
        orphans = find_orphans(self.output.made, wanted, self._living(), gone)
        self.output.remove(orphans)
        self._remember()
        stale = tuple(artefact.path for artefact, _ in self.stale)
        seeds = {seed for seen in self.seen.values() for seed in seen.seeds}
        return Outcome(
            Plan(stale, tuple(self.fresh), orphans, tuple(self.composed)),
            tuple(sorted(self.log.written)),
            orphans,
            tuple(sorted(set(self.log.failed))),
            (*said, *self.log.shifted),
            tuple(sorted(seeds)),
            tuple(self.log.seconds),
        )

    def _said(self, slug: str) -> list[Diagnostic]:
        """All that was said of a unit and of its files; of those that stand, what was said when they were made."""
        seen = self.seen.get(slug)
        if seen is None:
            return []
        return [*seen.said, *(d for path in seen.made if not seen.stood for d in self.log.said_of(path))]

    def _living(self) -> set[str]:
        """The lessons and units whose files stay: those of the content, and those of which this call knows nothing."""
        content = content_of(self.options)
        living = {f"{slug}/{stem}" for slug, stems in self.stems.items() for stem in stems}
        living |= {unit_key(slug) for slug in self.folders}
        is_one_unit = (content / "unit.yaml").is_file()
        for lesson in {entry.lesson for entry in self.output.made.values()}:
            unit, _, stem = lesson.partition("/")
            # A unit beside the one that was named, or one whose unit.yaml cannot be read, is not gone.
            source = content / unit / (f"lessons/{stem}.yaml" if stem else "unit.yaml")
            if (is_one_unit and unit not in self.folders) or source.is_file():
                living.add(lesson)
        return living

    def _remember(self) -> None:
        """Write down what the first look of the next build compares with; nothing of what failed or has errors."""
        failed = set(self.log.failed)
        call = CallState(self.program, said=[as_told(one) for one in self.told])
        for slug in self.folders:
            seen = self.seen[slug]
            said = self._said(slug)
            if not any(one.is_error for one in said) and not failed & set(seen.made):
                told = [as_told(one) for one in said]
                call.units[slug] = UnitState(seen.files, seen.made, seen.lessons, told, seen.seeds)
        self.output.state.remember(self.key, call)


def check(
    options: Options, watch: Watch | None = None, *, layout: bool = False
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The content with all that is wrong with it; with `layout`, on its pages and slides too. Nothing is written."""
    watch = watch or Watch()
    library = load_library(options)
    artefacts, said = compose_all(select(library, options.lessons), options)
    advice = [one for unit in library.units for one in advise(unit, options.seed)]
    log = Log({}, None)
    if layout:
        watch.planned(len(artefacts), 0, True)
        jobs = (artefact.job for artefact in artefacts)
        for number, rendered in render_all(jobs, options.jobs, options.cluster, watch.note):
            log.take(artefacts[number], "", rendered)
            watch.done(
                artefacts[number].path, rendered.pages, rendered.seconds, artefacts[number].path not in log.failed
            )
        log.check_shifts([artefact.path for artefact in artefacts])
    found = [d for artefact in artefacts for d in log.said_of(artefact.path)]
    return library, (*library.diagnostics, *said, *advice, *found, *log.shifted)
