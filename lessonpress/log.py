"""What a build gathers while it runs: what it made, wrote and failed to make, and all that is said of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lessonpress.compose.jobs import Artefact
from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.plan import Made, Plan, shifts
from lessonpress.render.rendered import Rendered
from lessonpress.write import remove, sha256, write_file

MAX_SHIFT_MM = 0.1
"""How far a question may stand from its place on the sheet, on the key."""


@dataclass
class Log:
    """The manifest as it grows, the paths written and failed, and the diagnostics in the order of the files."""

    made: dict[str, Made]
    written: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def take(self, artefact: Artefact, key: str, rendered: Rendered, output: Path | None) -> list[Diagnostic]:
        """Note a printed file, and write it below `output` unless it has errors; what was said of it."""
        said = [replace(d, place=Place(artefact.path)) for d in rendered.diagnostics]
        if any(d.is_error for d in said):
            self.failed.append(artefact.path)
            return said
        if output is not None:
            write_file(output / artefact.path, rendered.data)
            self.written.append(artefact.path)
        self.made[artefact.path] = _made(artefact, key, rendered, said)
        self._take_beside(artefact, key, rendered, output)
        return said

    def _take_beside(self, artefact: Artefact, key: str, rendered: Rendered, output: Path | None) -> None:
        """Write what was made with a file. What is named for a pupil is named nowhere else, so old ones go first."""
        folder = artefact.path.rpartition("/")[0]
        private = {f"{folder}/{one.name}".rpartition("/")[0] for one in rendered.beside if one.private}
        if output is not None:
            for place in private:
                remove(output, (path.relative_to(output).as_posix() for path in (output / place).glob("*.pdf")))
        for one in rendered.beside:
            path = f"{folder}/{one.name}"
            if output is not None:
                write_file(output / path, one.data)
            if not one.private:
                self.written += [path] if output is not None else []
                lone = replace(artefact, document="class-list")
                self.made[path] = _made(lone, key, Rendered(one.data, one.pages), ())

    def check_shifts(self, artefacts: Sequence[Artefact]) -> None:
        """Hold each key beside its sheet; a question that moved is an error."""
        for shift in shifts(artefacts, self.made):
            if shift.mm > MAX_SHIFT_MM:
                message = f"the question {shift.name} stands {shift.mm:.2f} mm from its place on the sheet"
                hint = "a blank of this kind changes size with its answer"
                self.diagnostics.append(Diagnostic("key-shift", message, Place(shift.path), hint))
                self.failed.append(shift.path)


def remembered(plan: Plan, made: Mapping[str, Made]) -> Iterator[Diagnostic]:
    """What was said of files that are fresh: a warning does not go away by itself."""
    for artefact in plan.fresh:
        for note in made[artefact.path].diagnostics:
            yield Diagnostic(
                note["code"], note["message"], Place(artefact.path), note["hint"], Severity(note["severity"])
            )


def _made(artefact: Artefact, key: str, rendered: Rendered, said: Sequence[Diagnostic]) -> Made:
    anchors = tuple((a.name, a.page, a.x, a.y) for a in rendered.anchors)
    notes = tuple({"code": d.code, "message": d.message, "hint": d.hint, "severity": str(d.severity)} for d in said)
    return Made(
        key,
        sha256(rendered.data),
        len(rendered.data),
        rendered.pages,
        artefact.lesson,
        artefact.document,
        artefact.level,
        anchors,
        notes,
        artefact.version,
        artefact.roster,
    )
