"""What a build gathers while it prints: what it made, wrote and failed to make, and all that is said of its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lessonpress.compose.jobs import Artefact
from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.plan import Made, shifts
from lessonpress.render.rendered import Rendered
from lessonpress.write import Output, folder_hash, sha256

MAX_SHIFT_MM = 0.1
"""How far a question may stand from its place on the sheet, on the key."""


class Log:
    """The paths written and failed, the seconds of each, and the diagnostics of files; `made` is the manifest.

    Without a folder for output what was printed is only looked at.
    """

    def __init__(self, made: dict[str, Made], output: Output | None) -> None:
        self.made, self._output = made, output
        self.written: list[str] = []
        self.failed: list[str] = []
        self.seconds: list[tuple[str, float]] = []
        self.shifted: list[Diagnostic] = []
        self._errors: dict[str, tuple[Diagnostic, ...]] = {}

    def take(self, artefact: Artefact, key: str, rendered: Rendered) -> None:
        """Note a printed file, and write it unless it has errors."""
        self.seconds.append((artefact.path, rendered.seconds))
        if any(d.is_error for d in rendered.diagnostics):
            self.failed.append(artefact.path)
            self._errors[artefact.path] = tuple(replace(d, place=Place(artefact.path)) for d in rendered.diagnostics)
            return
        self._put(artefact.path, rendered.data, _made(artefact, key, rendered))
        folder = artefact.path.rpartition("/")[0]
        lone = replace(artefact, document="class-list")
        for one in rendered.beside:
            if not one.private:
                self._put(f"{folder}/{one.name}", one.data, _made(lone, key, Rendered(one.data, one.pages)))
        self._put_private(folder, lone, key, rendered)

    def _put(self, path: str, data: bytes, entry: Made) -> None:
        if self._output is None:
            self.made[path] = entry
            return
        self._output.write(path, data)
        self._output.note(path, entry)
        self.written.append(path)

    def _put_private(self, folder: str, artefact: Artefact, key: str, rendered: Rendered) -> None:
        """Write files that are named for pupils into a folder of their own: only the folder is named elsewhere."""
        private = [one for one in rendered.beside if one.private]
        if self._output is None:
            return
        for name in {one.name.rpartition("/")[0] for one in private}:
            path, mine = f"{folder}/{name}", [one for one in private if one.name.startswith(f"{name}/")]
            self._output.clear(path, ".pdf")
            for one in mine:
                self._output.write(f"{folder}/{one.name}", one.data)
            digest = folder_hash((one.name.rpartition("/")[2], one.data) for one in mine)
            size, pages = sum(len(one.data) for one in mine), sum(one.pages for one in mine)
            entry = replace(_made(artefact, key, Rendered(b"", pages)), sha256=digest, size=size)
            self._output.note(path, entry)

    def said_of(self, path: str) -> Iterable[Diagnostic]:
        """What was said of a file when it was made, or why it was not made now: a warning does not go away by itself."""
        if path in self._errors:
            yield from self._errors[path]
            return
        for note in self.made[path].diagnostics if path in self.made else ():
            yield Diagnostic(note["code"], note["message"], Place(path), note["hint"], Severity(note["severity"]))

    def check_shifts(self, paths: Sequence[str]) -> None:
        """Hold each key beside its sheet; a question that moved is an error."""
        for shift in shifts((path for path in paths if path not in self._errors), self.made):
            if shift.mm > MAX_SHIFT_MM:
                message = f"the question {shift.name} stands {shift.mm:.2f} mm from its place on the sheet"
                hint = "a blank of this kind changes size with its answer"
                self.shifted.append(Diagnostic("key-shift", message, Place(shift.path), hint))
                self.failed.append(shift.path)


def _made(artefact: Artefact, key: str, rendered: Rendered) -> Made:
    anchors = tuple((a.name, a.page, a.x, a.y) for a in rendered.anchors)
    notes = tuple(
        {"code": d.code, "message": d.message, "hint": d.hint, "severity": str(d.severity)}
        for d in rendered.diagnostics
    )
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
