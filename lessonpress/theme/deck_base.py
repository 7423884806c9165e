"""The file of a school that decks stand on, as theme.yaml names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from lessonpress.diagnostics import Diagnostic, Place

USES = ("look", "layouts")
SUFFIXES = (".pptx", ".potx")
_KEYS = ("file", "use", "layouts")
_WRITE = 'write deck_base: school.potx, or file:, use: look or layouts, and layouts: with "our name": "their name"'


@dataclass(frozen=True)
class DeckBase:
    """A school's file, and what decks take from it.

    `use` is "look" for its colours, fonts and logo on our own layouts, or "layouts" for its own
    layouts; `layouts` says by name which of theirs stands for one of ours. `place` is where it is named.
    """

    file: Path
    use: Literal["look", "layouts"] = "look"
    layouts: Mapping[str, str] = field(default_factory=dict)
    place: Place = field(default_factory=lambda: Place(""))


def read_deck_base(value: Any, folder: Path, told: Callable[[Any], Place]) -> tuple[DeckBase | None, list[Diagnostic]]:
    """The value of `deck_base:`, a name or a mapping, and what is wrong with it.

    The file stands in `folder` and nowhere else; `told` gives the place of a value.
    """
    spec = value if isinstance(value, dict) else {"file": value}
    use, layouts = spec.get("use") or "look", spec.get("layouts") or {}
    place = told(value)
    if use not in USES or not isinstance(layouts, dict) or set(spec) - set(_KEYS) or not spec.get("file"):
        return None, [_problem("deck_base cannot be read", place, _WRITE)]
    name = str(spec["file"])
    path = folder / name
    if Path(name).name != name or path.suffix.lower() not in SUFFIXES:
        hint = "copy the file beside theme.yaml and write its name alone; it ends in .pptx or .potx"
        return None, [_problem(f'"{name}" cannot be the base of decks', place, hint)]
    if not path.is_file() or path.resolve().parent != folder.resolve():
        return None, [_problem(f'there is no file "{name}" in the folder of the theme', place, "copy it there")]
    named = {str(ours): str(theirs) for ours, theirs in layouts.items()}
    return DeckBase(path, "layouts" if use == "layouts" else "look", named, place), []


def _problem(message: str, place: Place, hint: str) -> Diagnostic:
    return Diagnostic("theme-deck-base", message, place, hint)
