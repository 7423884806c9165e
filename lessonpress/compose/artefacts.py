"""The artefacts of a lesson: which documents, at which levels, under which names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lessonpress.compose.all_levels import compose_all_levels
from lessonpress.compose.checks import Places, check_composed
from lessonpress.compose.deck import compose_deck
from lessonpress.compose.documents import LESSON, Document, artefact_path
from lessonpress.compose.jobs import Artefact, Job
from lessonpress.compose.kit import Kit
from lessonpress.compose.matrix import compose_matrix
from lessonpress.compose.paper import Composed, Drawings, compose_paper
from lessonpress.compose.statistics import lesson_figures
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.diagrams.drawing import DoesNotFit
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.pose import PosedLesson, pose_lesson


@dataclass
class ComposedLesson:
    """The artefacts of a lesson or a unit, and what is wrong with its text."""

    artefacts: list[Artefact] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, other: ComposedLesson) -> None:
        """Take what another has."""
        self.artefacts += other.artefacts
        self.diagnostics += other.diagnostics


def compose_lesson(
    kit: Kit,
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    seed: int,
    only: Sequence[str],
    levels: Sequence[Level],
    folder: str = "",
    versions: Sequence[str] = ("",),
) -> ComposedLesson:
    """Compose the documents of a lesson, in the versions of these letters; the deck shows core, version A."""
    composer = _Composer(kit, unit, lesson, seed, levels, folder, versions)
    composer.check()
    for document in LESSON:
        if document.name in only:
            composer.compose(document)
    return composer.out


class _Composer:
    """A lesson, posed at every level and in every version, and what is composed of it."""

    def __init__(
        self,
        kit: Kit,
        unit: LoadedUnit,
        lesson: ResolvedLesson,
        seed: int,
        levels: Sequence[Level],
        folder: str,
        versions: Sequence[str],
    ) -> None:
        self.kit, self.unit, self.lesson = kit, unit, lesson
        self.levels, self.folder, self.versions = levels, folder, versions
        self.posed = {level: pose_lesson(lesson, level, seed) for level in LEVELS}
        self.put = {
            (level, letter): pose_lesson(lesson, level, seed, letter) if letter else self.posed[level]
            for level in levels
            for letter in versions
        }
        self.drawn: Drawings = {}
        self.out = ComposedLesson()

    def check(self) -> None:
        """Say what only the composed text can show."""
        self.out.diagnostics += check_composed(self.kit, self.unit, self.lesson, self.posed, self.drawn)

    def compose(self, document: Document) -> None:
        """Compose a document in all its forms."""
        if document.name == "deck":
            with self._file(document, crowded="a slide shows less than a page: fewer events, panels or words") as put:
                put(compose_deck(self.kit, self.posed["core"]))
        elif document.name == "answer-key-all":
            with self._file(document) as put:
                put(compose_all_levels(self.kit, self.posed, self.unit.images, self.drawn))
        else:
            made = self._matrix if document.name == "key-matrix" else self._paper
            for level in self.levels if document.by_level else self.levels[:1]:
                made(document, level)

    def _paper(self, document: Document, level: Level) -> None:
        """A document of one posed lesson; one that is the same at every level is that of core."""
        if not has(self.posed[level], document.name):
            return
        shown: Level = level if document.by_level else "core"
        for letter in self.versions if document.by_version else ("",):
            with self._file(document, shown, letter) as put:
                one = self.put[shown, letter] if document.by_version else self.posed[shown]
                figures = lesson_figures(self.unit, one) if document.is_key else None
                composed = compose_paper(
                    self.kit,
                    one,
                    document.source,
                    key=document.answers,
                    figures=figures,
                    images=self.unit.images,
                    drawn=self.drawn,
                )
                self.out.diagnostics += _spilled(self.kit, composed, put(composed.document), shown)

    def _matrix(self, document: Document, level: Level) -> None:
        """The answers of all versions, where there is more than one."""
        if len(self.versions) < 2:
            return
        sheets = [self.put[level, letter] for letter in self.versions]
        sheet, differ = compose_matrix(self.kit, sheets, self.unit.images, self.drawn)
        with self._file(document, level) as put:
            put(sheet)
        if not differ:
            self.out.diagnostics.append(_same(level, Places(self.unit, self.lesson)))

    @contextmanager
    def _file(
        self,
        document: Document,
        level: Level = "core",
        letter: str = "",
        crowded: str = "a page has room for fewer or shorter words in it",
    ) -> Iterator[Callable[[Job], str]]:
        """Takes the job of a file, and gives its path; a diagram that has no room is told with the file."""
        path = artefact_path(self.unit.slug, self.lesson.stem, document.name, level, self.folder, letter)
        key, of = f"{self.unit.slug}/{self.lesson.stem}", level if document.by_level else ""

        def put(job: Job) -> str:
            self.out.artefacts.append(Artefact(path, job, key, document.name, of, letter))
            return path

        with told_crowded(self.out, path, crowded):
            yield put


@contextmanager
def told_crowded(out: ComposedLesson, path: str, hint: str) -> Iterator[None]:
    """A diagram without room is told with the file that it was drawn for."""
    try:
        yield
    except DoesNotFit as error:
        out.diagnostics.append(Diagnostic("diagram-crowded", str(error), Place(path), hint))


def _same(level: Level, places: Places) -> Diagnostic:
    """Versions that are all the same."""
    return warning(
        "same-versions",
        f"every version has the same answers in the same order at {level} level: nothing there is shuffled",
        places.of_lesson("title"),
        "write shuffle: true where questions may stand in any order",
    )


def _spilled(kit: Kit, composed: Composed, path: str, level: Level) -> Iterator[Diagnostic]:
    """Answers without room on their lines. In larger type the notes hold more of them, and no lesson can be
    written for every type.
    """
    for q in composed.spilled if not kit.theme.profile.large else ():
        yield warning(
            "answer-long",
            f"the answer to {q} is longer than its space at {level} level; the notes have it whole",
            Place(path),
            "give it more lines with answer_space:, or a shorter answer:",
        )


def has(posed: PosedLesson, document: str) -> bool:
    """Whether the lesson has the document: a reading needs a text, cards an activity that cuts them out."""
    if document == "reading":
        return any(task.kind == "reading" for task in posed.tasks)
    return document != "cards" or any(task.activity.cut_out for task in posed.tasks)
