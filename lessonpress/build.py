"""Content to files: load, pose, compose, plan, render, write; each arrow one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from lessonpress.compose.advice import advise
from lessonpress.compose.artefacts import ComposedLesson, compose_lesson
from lessonpress.compose.class_set import compose_class_sets
from lessonpress.compose.documents import DOCUMENTS, LESSON, UNIT, artefact_path
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.unit import compose_unit, unit_key
from lessonpress.diagnostics import Diagnostic, did_you_mean
from lessonpress.errors import ContentError, UsageError
from lessonpress.exchange.roster import Allowed, open_roster
from lessonpress.load import Library, load
from lessonpress.load.choice import select
from lessonpress.load.unit import LoadedUnit
from lessonpress.log import Log, remembered
from lessonpress.model.base import LEVELS, Course, Level
from lessonpress.model.language import read_labels
from lessonpress.model.lesson import ResolvedLesson, Unit
from lessonpress.model.pupil import NOBODY, Roster
from lessonpress.plan import Made, Plan, make_plan
from lessonpress.pose import letters_of
from lessonpress.render import render_all, tools
from lessonpress.theme import A4, STANDARD, Theme, load_theme, profiles, themes
from lessonpress.write import read_manifest, remove, sizes, write_manifest


@dataclass(frozen=True)
class Options:
    """What a build is asked for; `None` means all, or what the unit says."""

    content: Path
    output: Path
    templates: Path
    lessons: tuple[str, ...] = ()
    only: tuple[str, ...] = DOCUMENTS
    levels: tuple[Level, ...] = LEVELS
    course: Course = "gcse"
    seed: int | None = None
    paper: str = A4
    punched: bool = False
    profile: str = STANDARD
    theme: str | None = None
    jobs: int = 1
    strict: bool = False
    revised: str | None = None
    """A date that stands in for the content's own, from SOURCE_DATE_EPOCH."""
    versions: int = 1
    roster: Path | None = None
    each: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a build did: the plan, the paths written, removed and failed, and all that was said."""

    plan: Plan
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    seeds: tuple[int, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was skipped and nothing failed."""
        return not self.failed and not any(d.is_error for d in self.diagnostics)


@dataclass(frozen=True)
class Watch:
    """Who is told how a build goes on: each stage as it begins, each file as it is done."""

    stage: Callable[[str], None] = lambda name: None
    total: Callable[[int], None] = lambda count: None
    done: Callable[[str], None] = lambda path: None


def build(options: Options, watch: Watch | None = None) -> Outcome:
    """Bring the output folder up to date with the content.

    Raises ContentError where nothing can be built, UsageError for options that fit nothing.
    """
    watch = watch or Watch()
    watch.stage("load")
    library = load_library(options)
    roster = load_roster(options, library)
    if (options.strict and library.has_errors) or not any(unit.lessons for unit in library.units):
        raise ContentError(library.diagnostics)
    chosen = select(library, options.lessons)
    watch.stage("compose")
    artefacts, said = compose_all(chosen, options, roster)
    watch.stage("plan")
    made = read_manifest(options.output)
    living, gone = _living(library, made, options.content), _gone(chosen, artefacts, options)
    plan = make_plan(artefacts, made, sizes(options.output, made), tools(), living, gone)
    log = Log(made, diagnostics=[*library.diagnostics, *said, *remembered(plan, made)])
    watch.stage("render")
    _render(plan, options, log, watch, options.output)
    log.check_shifts(artefacts)
    watch.stage("write")
    remove(options.output, plan.orphans)
    for path in plan.orphans:
        log.made.pop(path, None)
    if log.written or plan.orphans or not made:
        write_manifest(options.output, log.made)
    seeds = {unit.unit.seed if options.seed is None else options.seed for unit, _ in chosen if unit.unit}
    written, failed = tuple(sorted(log.written)), tuple(sorted(set(log.failed)))
    return Outcome(plan, written, plan.orphans, failed, tuple(log.diagnostics), tuple(sorted(seeds)))


def _living(library: Library, made: dict[str, Made], content: Path) -> set[str]:
    """The lessons whose files stay: those of the content, and those of which this call knows nothing."""
    living = {
        lesson_key(unit, stem) for unit in library.units for stem in (*(x.stem for x in unit.lessons), *unit.broken)
    }
    living |= {unit_key(unit.slug) for unit in library.units}
    slugs = {unit.slug for unit in library.units}
    is_one_unit = (content / "unit.yaml").is_file()
    for lesson in {entry.lesson for entry in made.values()}:
        unit, _, stem = lesson.partition("/")
        # A unit beside the one that was named, or one whose unit.yaml cannot be read, is not gone.
        source = content / unit / (f"lessons/{stem}.yaml" if stem else "unit.yaml")
        if (is_one_unit and unit not in slugs) or source.is_file():
            living.add(lesson)
    return living


def _gone(
    chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]], artefacts: Sequence[Artefact], options: Options
) -> set[str]:
    """Files that were asked for and that their lesson or unit does not have: a reading where there is no text."""
    asked = {
        artefact_path(unit.slug, lesson.stem, document.name, level, _folder(options, lesson.unit))
        for unit, lesson in chosen
        for level in options.levels
        for document in LESSON
        if document.sometimes and document.name in options.only
    }
    asked |= {
        artefact_path(unit.slug, "", document.name, "core", _folder(options, lessons[0].unit))
        for unit, lessons in whole_units(chosen, options)
        for document in UNIT
        if document.sometimes and document.name in options.only
    }
    return asked - {artefact.path for artefact in artefacts}


def whole_units(
    chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]], options: Options
) -> list[tuple[LoadedUnit, list[ResolvedLesson]]]:
    """The units whose own documents a call makes, with their lessons.

    A call that names lessons leaves them alone, and so does a lesson that cannot be read: they would lack a part.
    """
    units = {unit.slug: unit for unit, _ in chosen if not options.lessons and not unit.broken}
    return [(unit, [lesson for own, lesson in chosen if own.slug == slug]) for slug, unit in units.items()]


def load_library(options: Options) -> Library:
    """The content, read and checked against the fonts of each unit's theme."""
    # A unit is known by the name of its folder, and "." and ".." are no names.
    content = options.content.resolve() if options.content.name in ("", "..") else options.content

    def told(path: Path) -> str:
        for folder, name in ((content, options.content), (options.templates, Path("templates"))):
            if path.is_relative_to(folder):
                return (name / path.relative_to(folder)).as_posix()
        return path.as_posix()  # pragma: no cover - load reads nothing else

    def glyphs(unit: Unit) -> frozenset[int] | None:
        return _theme(options, unit).coverage()

    return load(content, options.templates, glyphs, options.course, told)


def _theme_name(options: Options, unit: Unit) -> str:
    name = options.theme or unit.theme
    known = themes(options.templates)
    if name not in known:
        raise UsageError(f'no theme is called "{name}"; {did_you_mean(name, known) or "known: " + ", ".join(known)}')
    return name


def lesson_key(unit: LoadedUnit, stem: str) -> str:
    """How the manifest names a lesson."""
    return f"{unit.slug}/{stem}"


def load_roster(options: Options, library: Library) -> Roster:
    """The roster of a call, empty without one. Raises UsageError where no file is, ContentError where it has errors."""
    if options.roster is None:
        if options.each:
            raise UsageError("--each makes a file for each pupil of a roster: add --roster FILE")
        return NOBODY
    signs = [_theme(options, unit.unit).coverage() for unit in library.units if unit.unit]
    letters, known = letters_of(options.versions), profiles(options.templates)
    common = frozenset.intersection(*signs) if signs else frozenset()
    return open_roster(options.roster, Allowed(letters, known, options.profile, common))


def compose_all(
    chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]], options: Options, roster: Roster = NOBODY
) -> tuple[list[Artefact], list[Diagnostic]]:
    """The artefacts of the chosen lessons and whole units, and what composing them brought to light."""
    out = ComposedLesson(diagnostics=list(roster.diagnostics))
    kits: dict[tuple[str, ...], Kit] = {}
    only, letters = _documents(options), letters_of(options.versions)

    def kit_of(unit: Unit, profile: str = options.profile) -> Kit:
        key = (_theme_name(options, unit), profile, unit.lang, *sorted(unit.scripts))
        if key not in kits:
            kits[key] = unit_kit(options, unit, profile)
            if "deck" in only and profile == options.profile:
                out.diagnostics.extend(kits[key].deck.diagnostics)
        return kits[key]

    def parts(unit: Unit) -> tuple[int, str]:
        return options.seed if options.seed is not None else unit.seed, _folder(options, unit)

    dated = [(unit, replace(lesson, as_of=options.revised)) for unit, lesson in chosen]
    for unit, lesson in dated:
        seed, folder = parts(lesson.unit)
        out.add(compose_lesson(kit_of(lesson.unit), unit, lesson, seed, only, options.levels, folder, letters))
        named = partial(kit_of, lesson.unit)
        out.artefacts += compose_class_sets(named, unit, lesson, seed, roster, folder, each=options.each)
    for unit, lessons in whole_units(dated, options):
        seed, folder = parts(lessons[0].unit)
        out.add(compose_unit(kit_of(lessons[0].unit), unit, lessons, seed, only, folder))
    return out.artefacts, out.diagnostics


def unit_kit(options: Options, unit: Unit, profile: str = "") -> Kit:
    """What composing needs for a unit in the look of this build, or of a profile beside it."""
    return make_kit(options.templates, _theme(options, unit, profile), unit.lang)


def _documents(options: Options) -> tuple[str, ...]:
    """The documents that were asked for; a deck has no paper and no profile."""
    if (options.paper, options.profile, options.punched) == (A4, STANDARD, False):
        return options.only
    if options.only == ("deck",):
        raise UsageError("a deck has no paper and no profile: leave out --paper, --punched and --profile")
    return tuple(document for document in options.only if document != "deck")


def _theme(options: Options, unit: Unit, profile: str = "") -> Theme:
    """The theme of a unit as a profile and the paper of this build want it, with fonts for its scripts."""
    name = _theme_name(options, unit)
    theme = load_theme(options.templates, name, profile or options.profile, options.paper, punched=options.punched)
    _, language, _ = read_labels(options.templates, unit.lang)
    return theme.written_in(dict.fromkeys((language.script, *sorted(unit.scripts))))


def _folder(options: Options, unit: Unit) -> str:
    """What stands between a lesson's folder and its files when the build is not the standard one."""
    paper = f"{options.paper}{'-punched' if options.punched else ''}"
    parts = [
        paper if paper != A4 else "",
        options.profile if options.profile != STANDARD else "",
        options.theme if options.theme not in (None, unit.theme) else "",
    ]
    return "/".join(part for part in parts if part)


def _render(plan: Plan, options: Options, log: Log, watch: Watch, output: Path | None) -> None:
    """Print what is stale; without a folder for output it is only looked at."""
    watch.total(len(plan.stale))
    said: dict[int, list[Diagnostic]] = {}
    for index, rendered in render_all([artefact.job for artefact, _ in plan.stale], options.jobs):
        artefact, key = plan.stale[index]
        said[index] = log.take(artefact, key, rendered, output)
        watch.done(artefact.path)
    # In the order of the files, whichever worker was first.
    log.diagnostics += [diagnostic for index in sorted(said) for diagnostic in said[index]]


def check(
    options: Options, watch: Watch | None = None, *, layout: bool = False
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """The content with all that is wrong with it; with `layout`, on its pages and slides too. Nothing is written."""
    library = load_library(options)
    artefacts, said = compose_all(select(library, options.lessons), options)
    advice = [one for unit in library.units for one in advise(unit, options.seed)]
    log = Log({}, diagnostics=[*library.diagnostics, *said, *advice])
    if layout:
        _render(Plan(tuple((a, "") for a in artefacts), (), ()), options, log, watch or Watch(), None)
        log.check_shifts(artefacts)
    return library, tuple(log.diagnostics)
