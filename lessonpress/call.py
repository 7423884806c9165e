"""A call's options applied to units: which theme, seed and folder each has, what is read of it, what is composed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from jinja2 import Environment

from lessonpress.compose.artefacts import ComposedLesson, compose_lesson
from lessonpress.compose.class_set import compose_class_sets
from lessonpress.compose.digest import Base, lesson_digest, unit_digest
from lessonpress.compose.documents import DOCUMENTS
from lessonpress.compose.jobs import Artefact
from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.unit import compose_unit, unit_key
from lessonpress.diagnostics import Diagnostic, did_you_mean
from lessonpress.errors import UsageError
from lessonpress.exchange.roster import Allowed, open_roster
from lessonpress.load import Library, load, stray
from lessonpress.load.unit import LoadedUnit, load_unit
from lessonpress.model.language import read_labels
from lessonpress.model.lesson import ResolvedLesson, Unit
from lessonpress.model.pupil import NOBODY, Roster
from lessonpress.options import A4, STANDARD, Options
from lessonpress.pose import letters_of
from lessonpress.state import content_of
from lessonpress.theme import Theme, load_theme, profiles, themes


@dataclass(frozen=True)
class Work:
    """Something to compose: whose it is, what it depends on as a hash, and how."""

    key: str
    digest: Callable[[], str]
    compose: Callable[[], ComposedLesson]


ALONE = Base()
"""The base of digests that are not asked for."""


@dataclass
class Call:
    """The options of a call, with the kits that its units need, each made once."""

    options: Options
    roster: Roster = NOBODY
    diagnostics: list[Diagnostic] = field(default_factory=list)
    """What making the kits brought to light."""
    _kits: dict[tuple[str, ...], Kit] = field(default_factory=dict)

    def kit_of(self, unit: Unit, profile: str = "") -> Kit:
        """The kit of a unit, in the access profile of this call or in another."""
        profile = profile or self.options.profile
        key = (theme_name(self.options, unit), profile, unit.lang, *sorted(unit.scripts))
        if key not in self._kits:
            env = next((kit.env for kit in self._kits.values()), None)
            self._kits[key] = unit_kit(self.options, unit, profile, env)
            if "deck" in documents_of(self.options) and profile == self.options.profile:
                self.diagnostics.extend(self._kits[key].deck.diagnostics)
        return self._kits[key]

    def seed_of(self, unit: Unit) -> int:
        """The seed of the call, or else of the unit."""
        return self.options.seed if self.options.seed is not None else unit.seed

    def works(self, unit: LoadedUnit, lessons: Sequence[ResolvedLesson], base: Base = ALONE) -> Iterator[Work]:
        """What is to be composed of lessons of a unit: each, and what belongs to the whole unit.

        A call that names lessons leaves the documents of the unit alone, and so does a lesson that cannot be read: they
        would lack a part.
        """
        if unit.unit is None or not lessons:
            return
        self.kit_of(unit.unit)
        dated = [replace(lesson, as_of=self.options.revised) for lesson in lessons]
        seed = self.seed_of(unit.unit)
        for lesson in dated:
            digest = partial(lesson_digest, base, unit, lesson, seed)
            yield Work(lesson_key(unit, lesson.stem), digest, partial(self._lesson, unit, lesson, seed))
        if self.makes_whole(unit):
            digest = partial(unit_digest, base, unit, dated, seed)
            yield Work(unit_key(unit.slug), digest, partial(self._unit, unit, dated, seed))

    def makes_whole(self, unit: LoadedUnit) -> bool:
        """Whether the documents of a unit are made."""
        return not self.options.lessons and not unit.broken

    def _lesson(self, unit: LoadedUnit, lesson: ResolvedLesson, seed: int) -> ComposedLesson:
        options, folder = self.options, folder_of(self.options, lesson.unit)
        kit, only, letters = self.kit_of(lesson.unit), documents_of(options), letters_of(options.versions)
        out = compose_lesson(kit, unit, lesson, seed, only, options.levels, folder, letters)
        named = partial(self.kit_of, lesson.unit)
        out.artefacts += compose_class_sets(named, unit, lesson, seed, self.roster, folder, each=options.each)
        return out

    def _unit(self, unit: LoadedUnit, lessons: Sequence[ResolvedLesson], seed: int) -> ComposedLesson:
        first, only = lessons[0].unit, documents_of(self.options)
        return compose_unit(self.kit_of(first), unit, lessons, seed, only, folder_of(self.options, first))


def compose_all(
    chosen: Sequence[tuple[LoadedUnit, ResolvedLesson]], options: Options, roster: Roster = NOBODY
) -> tuple[list[Artefact], list[Diagnostic]]:
    """The artefacts of the chosen lessons and whole units, and what composing them brought to light."""
    call, out = Call(options, roster), ComposedLesson(diagnostics=list(roster.diagnostics))
    for unit in {unit.slug: unit for unit, _ in chosen}.values():
        for work in call.works(unit, [lesson for own, lesson in chosen if own.slug == unit.slug]):
            out.add(work.compose())
    return out.artefacts, [*call.diagnostics, *out.diagnostics]


def load_library(options: Options) -> Library:
    """The content, read and checked against the fonts of each unit's theme."""
    content, name = _named(options)
    return load(content, options.templates, partial(_glyphs, options), options.course, name)


def strays(options: Options, folders: Iterable[Path]) -> list[Diagnostic]:
    """What lies in the content folder and belongs to no unit."""
    content, name = _named(options)
    return stray(content, list(folders), name)


def load_one(options: Options, folder: Path) -> LoadedUnit:
    """One unit of the content, by its folder."""
    _, name = _named(options)
    return load_unit(folder, options.templates, partial(_glyphs, options), options.course, name)


def _glyphs(options: Options, unit: Unit) -> frozenset[int]:
    return theme_of(options, unit).coverage()


def _named(options: Options) -> tuple[Path, Callable[[Path], str]]:
    """The content folder under its own name, and how its files are called in messages."""
    content = content_of(options)

    def told(path: Path) -> str:
        for folder, name in ((content, options.content), (options.templates, Path("templates"))):
            if path.is_relative_to(folder):
                return (name / path.relative_to(folder)).as_posix()
        return path.as_posix()  # pragma: no cover - load reads nothing else

    return content, told


def load_roster(options: Options, units: Sequence[Unit]) -> Roster:
    """The roster of a call, empty without one. Raises UsageError where no file is, ContentError where it has errors."""
    if options.roster is None:
        if options.each:
            raise UsageError("--each makes a file for each pupil of a roster: add --roster FILE")
        return NOBODY
    signs = [theme_of(options, unit).coverage() for unit in units]
    letters, known = letters_of(options.versions), profiles(options.templates)
    common = frozenset.intersection(*signs) if signs else frozenset()
    return open_roster(options.roster, Allowed(letters, known, options.profile, common))


def lesson_key(unit: LoadedUnit, stem: str) -> str:
    """How the manifest names a lesson."""
    return f"{unit.slug}/{stem}"


def unit_kit(options: Options, unit: Unit, profile: str = "", env: Environment | None = None) -> Kit:
    """What composing needs for a unit in the look of this build, or of a profile beside it."""
    return make_kit(options.templates, theme_of(options, unit, profile), unit.lang, env)


def documents_of(options: Options) -> tuple[str, ...]:
    """The documents that were asked for; a deck has no paper and no profile."""
    only = options.only or DOCUMENTS
    if (options.paper, options.profile, options.punched) == (A4, STANDARD, False):
        return only
    if only == ("deck",):
        raise UsageError("a deck has no paper and no profile: leave out --paper, --punched and --profile")
    return tuple(document for document in only if document != "deck")


def theme_name(options: Options, unit: Unit) -> str:
    """The theme of the call, or else of the unit. Raises UsageError where there is none of that name."""
    name = options.theme or unit.theme
    known = themes(options.templates)
    if name not in known:
        raise UsageError(f'no theme is called "{name}"; {did_you_mean(name, known) or "known: " + ", ".join(known)}')
    return name


def theme_of(options: Options, unit: Unit, profile: str = "") -> Theme:
    """The theme of a unit as a profile and the paper of this build want it, with fonts for its scripts."""
    name = theme_name(options, unit)
    theme = load_theme(options.templates, name, profile or options.profile, options.paper, punched=options.punched)
    _, language, _ = read_labels(options.templates, unit.lang)
    return theme.written_in(dict.fromkeys((language.script, *sorted(unit.scripts))))


def folder_of(options: Options, unit: Unit) -> str:
    """What stands between a lesson's folder and its files when the build is not the standard one."""
    paper = f"{options.paper}{'-punched' if options.punched else ''}"
    parts = [
        paper if paper != A4 else "",
        options.profile if options.profile != STANDARD else "",
        options.theme if options.theme not in (None, unit.theme) else "",
    ]
    return "/".join(part for part in parts if part)
