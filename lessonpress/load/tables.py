"""Which banks may be tables, and the columns that they have: the fields of their entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_origin

from pydantic import BaseModel

from lessonpress.schema import BANKS
from lessonpress.source import Shape

TABLES = (".csv", ".xlsx")
"""The files that a table may stand in."""
GROUPS = {"terms": "", "events": "", "quiz": "lesson"}
"""The banks whose entries fit a row, with the column that says which lesson a row belongs to."""


def _shape(model: type[BaseModel], group: str) -> Shape:
    # What holds keys with values of its own fits no cell: such entries stay in YAML.
    fields = {name: field for name, field in model.model_fields.items() if get_origin(field.annotation) is not dict}
    needed = {name for name, field in fields.items() if field.is_required()}
    lists = {name for name, field in fields.items() if field.default == ()}
    columns = (*filter(None, [group]), *fields)
    return Shape(columns, frozenset({*needed, "id", *filter(None, [group])}), frozenset(lists), group)


SHAPES: Mapping[str, Shape] = {bank: _shape(BANKS[bank], group) for bank, group in GROUPS.items()}
"""The table of each bank that may be one."""
