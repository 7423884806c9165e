"""The worksheets of a class, each with the name of a pupil on it, in the order in which they are handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import escape

from lessonpress.compose.answers import PT_PER_MM, SLACK
from lessonpress.compose.jobs import NAME, Artefact, ClassSet, NamedCopy
from lessonpress.compose.kit import Kit
from lessonpress.compose.paper import compose_paper
from lessonpress.load.unit import LoadedUnit
from lessonpress.model.activity import slug
from lessonpress.model.lesson import ResolvedLesson
from lessonpress.model.pupil import Pupil, Roster
from lessonpress.pose import pose_lesson

FILE = "worksheets.pdf"
LIST = "list.csv"
EACH = "each"
"""The folder of the files that are named for pupils."""
HEAD = ("number", "name", "class", "level", "version", "profile")
"""The heads of the list of who got what."""
LEAST_PT = 6.0
"""Names are set no smaller than this, and in larger type than the standard no smaller than small print: there a long
one takes a second line.
"""


def compose_class_sets(
    kit_of: Callable[[str], Kit],
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    seed: int,
    roster: Roster,
    folder: str = "",
    *,
    each: bool = False,
) -> list[Artefact]:
    """The class set of each class of a roster; `kit_of` gives the kit of an access profile."""
    found, beside = [], (LIST, EACH) if each else (LIST,)
    for group, pupils in roster.classes().items():
        job = _class_set(kit_of, unit, lesson, seed, pupils, each=each)
        place = "/".join(part for part in (unit.slug, "class-sets", slug(group), lesson.stem, folder) if part)
        key = f"{unit.slug}/{lesson.stem}"
        found.append(Artefact(f"{place}/{FILE}", job, key, "class-set", roster=roster.sha256, beside=beside))
    return found


def _class_set(
    kit_of: Callable[[str], Kit],
    unit: LoadedUnit,
    lesson: ResolvedLesson,
    seed: int,
    pupils: Sequence[Pupil],
    *,
    each: bool,
) -> ClassSet:
    """The named copies of one class; each level, version and profile is composed once."""
    kinds = list(dict.fromkeys((pupil.level, pupil.version, pupil.profile) for pupil in pupils))
    documents = []
    for level, version, profile in kinds:
        posed = pose_lesson(lesson, level, seed, version)
        composed = compose_paper(kit_of(profile), posed, "worksheet", images=unit.images, name=NAME)
        documents.append(composed.document)
    copies = [
        NamedCopy(
            kinds.index((pupil.level, pupil.version, pupil.profile)),
            pupil.name,
            name_markup(kit_of(pupil.profile), pupil.name),
            (str(number), pupil.name, pupil.group, pupil.level, pupil.version, pupil.profile),
        )
        for number, pupil in enumerate(pupils, 1)
    ]
    word = kit_of(pupils[0].profile).labels("lesson")
    title = f"{word} {lesson.number}: {lesson.core.title.plain} ({pupils[0].group})"
    root = documents[0].root
    return ClassSet(tuple(documents), tuple(copies), HEAD, title, root, lesson.revised, each)


def name_markup(kit: Kit, name: str) -> str:
    """A name as it stands on a sheet, in the largest type up to that of answers that keeps it on its line."""
    face, theme = kit.faces["text-bold"], kit.theme
    label = kit.faces["text"].width(kit.labels("name"), theme.pt("small"))
    whole = theme.measure_mm if theme.profile.flow == "list" else theme.measure_mm - theme.scaled(96)
    room = (whole - theme.scaled(5)) * PT_PER_MM * SLACK - label
    size, least = theme.pt("write"), theme.pt("small") if theme.profile.large else LEAST_PT
    while face.width(name, size) > room and size > least:
        size -= 0.5
    return f'<b class="who" style="font-size:{size:g}pt">{escape(name)}</b>'
