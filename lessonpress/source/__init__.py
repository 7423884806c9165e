"""YAML to text with places: scalars stay as typed, and every value knows where it stands."""

from lessonpress.source.reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, read
from lessonpress.source.syntax import explain
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
    "explain",
    "read",
    "short",
]
