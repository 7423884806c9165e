"""Files to text with places, YAML or tables: scalars stay as typed, and every value knows where it stands."""

from lessonpress.source.reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, read
from lessonpress.source.syntax import explain
from lessonpress.source.table import Shape, Table, read_table
from lessonpress.source.tree import Document, Mapping, Mark, Scalar, Sequence, short

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Document",
    "Mapping",
    "Mark",
    "Scalar",
    "Sequence",
    "Shape",
    "Table",
    "explain",
    "read",
    "read_table",
    "short",
]
