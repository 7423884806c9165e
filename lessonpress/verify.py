"""Is what stands in the output folder what the content gives? Builds it once more elsewhere, and compares."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lessonpress.build import build
from lessonpress.errors import UsageError
from lessonpress.options import Options
from lessonpress.outcome import Outcome, Watch
from lessonpress.plan import Made
from lessonpress.write import content_hash, read_manifest


@dataclass(frozen=True)
class Difference:
    """A file that is not as it should be, and how."""

    path: str
    how: str


@dataclass(frozen=True)
class Verified:
    """How many files came out byte for byte, how many no call of these options makes, what differs, the build's word."""

    same: int
    others: int
    differences: tuple[Difference, ...]
    outcome: Outcome

    @property
    def ok(self) -> bool:
        """Whether everything stands as it was made and comes out again."""
        return self.outcome.ok and not self.differences


def verify(options: Options, watch: Watch | None = None) -> Verified:
    """Hold the files of the output folder against its manifest, and the manifest against a build from nothing.

    Raises UsageError where nothing was built, and what `build` raises.
    """
    made = read_manifest(options.output)
    if not made:
        raise UsageError(f"{options.output} has no manifest: nothing was built there")
    with tempfile.TemporaryDirectory(prefix="lessonpress-") as folder:
        scratch = replace(options, output=Path(folder) / "output")
        outcome = build(scratch, watch)
        again = read_manifest(scratch.output)
    altered = _altered(options.output, made)
    differences = [*altered, *_otherwise(made, again)]
    differing = {one.path for one in differences}
    same = sum(path in made and path not in differing for path in again)
    return Verified(
        same, len(made.keys() - again.keys()), tuple(sorted(differences, key=lambda one: one.path)), outcome
    )


def _altered(output: Path, made: dict[str, Made]) -> Iterable[Difference]:
    """Files that do not stand as they were made, whatever call made them."""
    for path, entry in made.items():
        found = content_hash(output / path)
        if found != entry.sha256:
            yield Difference(path, "was altered since it was made" if found else "is missing")


def _otherwise(made: dict[str, Made], again: dict[str, Made]) -> Iterable[Difference]:
    """Files that come out of the content otherwise, or were never made."""
    for path, entry in again.items():
        if path not in made:
            yield Difference(path, "was not built")
        elif made[path].sha256 != entry.sha256:
            why = (
                "the content, a template or a tool has changed"
                if made[path].key != entry.key
                else "with the same input"
            )
            yield Difference(path, f"comes out otherwise: {why}")
