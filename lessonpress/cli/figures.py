"""The figures of lessons and units as tables for the terminal, or as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lessonpress.cli.options import count
from lessonpress.compose.statistics import Figures, asked_again, lesson_figures, never_taught
from lessonpress.load import Library
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.base import LEVELS, Level
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.options import Options
from lessonpress.pose import pose_lesson

WIDTH = 130
"""Columns of a table that goes to a file."""


@dataclass(frozen=True)
class UnitFigures:
    """A unit with the figures of each lesson at each level, its words, and when its questions return."""

    unit: LoadedUnit
    lessons: tuple[tuple[ResolvedLesson, dict[Level, Figures]], ...]
    never_taught: tuple[str, ...]
    returns: dict[str, tuple[int, ...]]


def unit_figures(library: Library, options: Options) -> list[UnitFigures]:
    """The figures of every unit whose settings are sound, with the seed that it would be built with."""
    found = []
    for loaded in library.units:
        if loaded.unit is None:
            continue
        seed = loaded.unit.seed if options.seed is None else options.seed
        lessons = tuple(
            (lesson, {level: lesson_figures(loaded, pose_lesson(lesson, level, seed)) for level in LEVELS})
            for lesson in loaded.lessons
        )
        returns = {k: v for lesson in loaded.lessons for k, v in asked_again(loaded, lesson, seed).items()}
        found.append(UnitFigures(loaded, lessons, never_taught(loaded), returns))
    return found


def as_data(units: Sequence[UnitFigures]) -> list[dict[str, Any]]:
    """The figures as plain data, for JSON."""
    return [
        {
            "unit": one.unit.slug,
            "lessons": [
                {"lesson": lesson.stem, "levels": {level: asdict(figures) for level, figures in levels.items()}}
                for lesson, levels in one.lessons
            ],
            "terms_in_no_lesson": list(one.never_taught),
            "questions_asked_again_in": {key: list(numbers) for key, numbers in one.returns.items()},
        }
        for one in units
    ]


def show(units: Sequence[UnitFigures]) -> None:
    """Print a table for each unit, a line a lesson, and below it what concerns the unit as a whole."""
    if not units:
        return
    from rich.console import Console

    console = Console(highlight=False)
    # A table that is piped is not squeezed into the 80 columns that rich takes for granted.
    console.width = max(console.width, WIDTH) if not console.is_terminal else console.width
    for one in units:
        console.print(_table(one))
        for line in _lines(one):
            console.print(line, markup=False, soft_wrap=True)


def _table(one: UnitFigures) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(str(one.unit.unit.title) if one.unit.unit else ""), title_justify="left")
    for head, justify in _COLUMNS:
        table.add_column(head, justify=justify)  # type: ignore[arg-type]
    for lesson, levels in one.lessons:
        core = levels["core"]
        table.add_row(
            str(lesson.number),
            str(core.marks),
            _marks(core.objectives or core.skills),
            f"{core.minutes}/{core.of_minutes}",
            f"{core.guessed:.1f}",
            " ".join("-" if (age := levels[level].age) is None else str(int(age.years)) for level in LEVELS),
            f"{len(core.words) - len(core.unused)}/{len(core.words)}",
            f"{sum(n for _, n in core.asked_again)}x, {core.never} never",
        )
    return table


_COLUMNS = (
    ("lesson", "right"),
    ("marks", "right"),
    ("by skill or objective", "left"),
    ("minutes", "right"),
    ("by guessing", "right"),
    ("reading ages", "left"),
    ("key words", "right"),
    ("quiz asked again", "left"),
)


def _marks(marks: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name or 'other'} {n}" for name, n in marks)


def _lines(one: UnitFigures) -> list[str]:
    """What is said of a unit below its table."""
    marks = sum(levels["core"].marks for _, levels in one.lessons)
    minutes = sum(levels["core"].minutes for _, levels in one.lessons)
    out = [
        f"{count(len(one.lessons), 'lesson')}, {count(marks, 'mark')}, {count(minutes, 'minute')}; reading ages: support, core, challenge"
    ]
    for lesson, levels in one.lessons:
        if levels["core"].unused:
            out.append(f"lesson {lesson.number}: key words that no text uses: {', '.join(levels['core'].unused)}")
    if one.never_taught:
        out.append(f"terms that stand in no lesson: {', '.join(one.never_taught)}")
    again = [f"{key} in {', '.join(map(str, numbers))}" for key, numbers in one.returns.items() if numbers]
    if one.returns:
        out.append(f"{len(again)} of {len(one.returns)} quiz questions are asked again: {'; '.join(again)}")
    return out
