"""The base of every model, and the context that validation reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationInfo

from lessonpress.model.language import BRITISH, Language
from lessonpress.options import LEVELS, Course, Level

__all__ = ["LEVELS", "Context", "Course", "Level", "Model", "context"]


class Model(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


@dataclass(frozen=True)
class Context:
    """What validation may look up: banks by name and lower-case id, and the unit's settings.

    Without `glyphs` no text is held against fonts; without `images` no picture is opened. `texts` holds what has been
    read already, where the same is read more than once: the three levels of a lesson.
    """

    banks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    glyphs: frozenset[int] | None = None
    course: Course = "gcse"
    boards: Mapping[Any, Mapping[int, Any]] = field(default_factory=dict)
    frames: Mapping[str, Any] = field(default_factory=dict)
    images: Path | None = None
    pool: Any = None
    language: Language = BRITISH
    texts: dict[tuple[type, str], Any] | None = None


_EMPTY = Context()


def context(info: ValidationInfo) -> Context:
    """The context of a validation; an empty one when none was given."""
    return info.context if isinstance(info.context, Context) else _EMPTY
