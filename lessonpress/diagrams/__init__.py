"""The diagrams: every module here with a `place` is one kind.

A kind is a pydantic model with `kind: Literal[...]` and a pure `place(spec, canvas) -> Drawing`;
its template draws the items.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union, get_args

from pydantic import Field

from lessonpress.diagrams.base import Diagram
from lessonpress.diagrams.canvas import Canvas
from lessonpress.diagrams.drawing import DoesNotFit, Drawing

__all__ = ["KINDS", "AnyDiagram", "Diagram", "DoesNotFit", "Drawing", "Kind", "discover", "place", "template"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of diagram: its kebab-case name, its model, its placing and its template."""

    name: str
    model: type[Diagram]
    place: Callable[[Any, Canvas], Drawing]
    template: str


def discover() -> tuple[Kind, ...]:
    """The kinds found in this package, sorted by name."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    return tuple(sorted((_kind(m) for m in modules if hasattr(m, "place")), key=lambda kind: kind.name))


def _kind(module: ModuleType) -> Kind:
    model = next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Diagram) and value.__module__ == module.__name__
    )
    name = get_args(model.model_fields["kind"].annotation)[0]
    return Kind(name, model, module.place, f"diagrams/{name}.svg.j2")


KINDS: dict[str, Kind] = {kind.name: kind for kind in discover()}

if TYPE_CHECKING:
    AnyDiagram: TypeAlias = Diagram
else:
    # The type of a field that takes any diagram, told apart by its kind.
    AnyDiagram = Annotated[Union[tuple(k.model for k in KINDS.values())], Field(discriminator="kind")]  # noqa: UP007


def place(spec: Diagram, canvas: Canvas) -> Drawing:
    """The drawing of any diagram on a canvas.

    A slide without room for the larger text is tried in the smaller one. Raises DoesNotFit
    where that would not be legible either.
    """
    drawing = _placed(spec, canvas)
    return drawing.mirrored() if canvas.words.language.is_rtl else drawing


def _placed(spec: Diagram, canvas: Canvas) -> Drawing:
    draw = KINDS[spec.kind].place
    if canvas.height_mm is None or canvas.body_pt <= canvas.small_pt:
        return draw(spec, canvas)
    try:
        return draw(spec, canvas)
    except DoesNotFit:
        return draw(spec, replace(canvas, body_pt=canvas.small_pt))


def template(spec: Diagram) -> str:
    """The template that draws a diagram, below templates/."""
    return KINDS[spec.kind].template
