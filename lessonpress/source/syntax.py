"""What the parser of YAML complains of, in the words of a teacher."""

from __future__ import annotations

import yaml

from lessonpress.diagnostics import Diagnostic, Place
from lessonpress.source.traps import find_trap
from lessonpress.source.tree import Document, Mark


def explain(error: yaml.YAMLError, document: Document) -> Diagnostic:
    """A syntax error in the words of a teacher, with the mended line where the trap is known."""
    mark, start = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if mark is None:  # the reader stopped at a sign that YAML forbids
        return Diagnostic("yaml", f"this is not YAML: {problem}", Place(document.file))
    number = min(mark.line, len(document.lines) - 1)
    first = min(start.line, number) if start is not None else number
    for candidate in dict.fromkeys((number, number - 1, first)):
        trap = find_trap(document.lines, candidate) if candidate >= 0 else None
        if trap:
            return Diagnostic(trap.code, trap.message, document.place(Mark(candidate, trap.column)), trap.hint)
    here = Mark(number, mark.column if number == mark.line else 0)
    for words, message, hint, at_start in _PROBLEMS:
        if words in problem:
            at = Mark(first, start.column) if at_start and start is not None else here
            return Diagnostic("yaml", message, document.place(at), hint)
    hint = "check the indentation and the quotation marks here and in the line above"
    return Diagnostic("yaml", f"this is not YAML: {problem}", document.place(here), hint)


_COLUMN = "keys that belong together start in the same column; text with a colon stands in quotation marks"
_ESCAPE = "put the text in single quotation marks, or under a bar |"
_CLOSE = "put the closing mark; a mark within the text needs the text to stand under a bar |"

_PROBLEMS = (
    (
        "expected ',' or ']'",
        "the list that starts here is not closed, or a comma is missing in it",
        "close it with ]",
        True,
    ),
    (
        "expected ',' or '}'",
        "the braces that open here are not closed, or a comma is missing",
        "close them with }",
        True,
    ),
    ("unexpected end of stream", "the quotation mark that opens here is not closed", _CLOSE, True),
    ("unexpected document indicator", "the quotation mark that opens here is not closed", _CLOSE, True),
    ("could not find expected ':'", "this line has no colon after its key", "write key: value", True),
    ("mapping values are not allowed", "a key stands where none can", _COLUMN, False),
    ("expected '-' indicator", "this line is indented differently from the list above it", _COLUMN, False),
    ("expected key", "this line is indented differently from the lines above it", _COLUMN, False),
    ("block sequence entries", "a list with - starts on a line of its own", "put the - in the next line", False),
    ("expected <document start>", "text stands where a key was expected", "write key: value", False),
    ("escape", "a backslash in double quotation marks starts a code that YAML does not know", _ESCAPE, False),
    ("expected hexdecimal", "a backslash in double quotation marks starts a code for a sign", _ESCAPE, False),
)
"""What the parser says, what a teacher is told, how to mend it, and whether to point at where the trouble starts."""
