"""YAML to text with places: scalars stay as typed, and every value knows where it stands.

The tree is built from PyYAML's events, not composed by it: the walk is then a loop, so
that ten thousand brackets cost a diagnostic and not the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from lessonpress.diagnostics import Diagnostic, Place, Severity

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value starts and, on the same line, ends; counted from 0."""

    line: int
    column: int
    width: int = 1


class Scalar(str):
    """Text as typed, with its place."""

    __slots__ = ("mark", "plain")
    mark: Mark
    plain: bool


class Mapping(dict[str, Any]):
    """A mapping with its place and the places of its keys."""

    mark: Mark
    key_marks: dict[str, Mark]


class Sequence(list[Any]):
    """A list with its place and the places of its items."""

    mark: Mark
    item_marks: list[Mark]


@dataclass(frozen=True)
class Document:
    """One file of content: its name for messages, its tree (None when unreadable), its lines."""

    file: str
    root: Any
    lines: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def place(self, mark: Mark | None) -> Place:
        """The place of a mark in this file; the file itself without one."""
        if mark is None:
            return Place(self.file)
        text = self.lines[mark.line] if mark.line < len(self.lines) else ""
        return Place(self.file, mark.line + 1, mark.column + 1, mark.width, text)


def read(file: str, data: bytes) -> Document:
    """The document of one file's bytes; problems become diagnostics and never exceptions."""
    if len(data) > MAX_BYTES:
        return _refused(
            file, "too-large", f"this file holds {len(data):,} bytes; the limit is {MAX_BYTES:,}", "split it"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = Place(file, line, error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1)
        hint = "save the file as UTF-8 (in most editors: Save as, Encoding, UTF-8)"
        return Document(file, None, (), (Diagnostic("not-utf8", "this is not UTF-8 text", place, hint),))
    lines = tuple(text.replace("\r\n", "\n").split("\n"))
    return _Builder(file, text, lines).document()


def _refused(file: str, code: str, message: str, hint: str) -> Document:
    return Document(file, None, (), (Diagnostic(code, message, Place(file), hint),))


class _Stop(Exception):
    """The tree cannot be finished; the diagnostic is already noted."""


@dataclass
class _Builder:
    """Builds one tree from events, with explicit stacks in place of recursion."""

    file: str
    text: str
    lines: tuple[str, ...]
    problems: list[Diagnostic] = field(default_factory=list)
    anchors: dict[str, Any] = field(default_factory=dict)
    nodes: int = 0

    def document(self) -> Document:
        try:
            root = self._tree()
        except yaml.YAMLError as error:
            self.problems.append(explain(error, self))
            root = None
        except _Stop:
            root = None
        return Document(self.file, root, self.lines, tuple(self.problems))

    def complain(
        self, code: str, message: str, mark: Mark, hint: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        place = Document(self.file, None, self.lines).place(mark)
        self.problems.append(Diagnostic(code, message, place, hint, severity))

    def _tree(self) -> Any:
        self._tabs()
        stack: list[tuple[Any, list[Any]]] = []
        root: Any = None
        documents = 0
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    mark = _mark(event)
                    self.complain(
                        "two-documents", "a second document starts here", mark, "delete the line of three dashes"
                    )
                    raise _Stop
            elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                root = self._put(stack, self._leaf(event), _mark(event), root)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event, stack)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                value, _ = stack.pop()
                root = self._put(stack, value, value.mark, root)
        if root is None:
            mark = Mark(0, 0)
            self.complain("empty-file", "this file is empty", mark, "write the lesson, or delete the file")
        return root

    def _tabs(self) -> None:
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent and line.strip():
                mark = Mark(number, indent.index("\t"))
                self.complain(
                    "tab", "a tab stands in the indentation", mark, "YAML counts spaces: replace each tab by two spaces"
                )
                raise _Stop

    def _count(self, amount: int, mark: Mark) -> None:
        self.nodes += amount
        if self.nodes > MAX_NODES:
            self.complain(
                "too-many-values",
                f"this file holds more than {MAX_NODES:,} values, aliases counted in full",
                mark,
                "write the values out where they are few, and split the file",
            )
            raise _Stop

    def _open(self, event: Any, stack: list[tuple[Any, list[Any]]]) -> None:
        mark = _mark(event)
        if len(stack) >= MAX_DEPTH:
            self.complain(
                "too-deep",
                f"values are nested more than {MAX_DEPTH} deep",
                mark,
                "look for brackets that are not closed",
            )
            raise _Stop
        self._count(1, mark)
        value: Any
        if isinstance(event, yaml.MappingStartEvent):
            value = Mapping()
            value.key_marks = {}
        else:
            value = Sequence()
            value.item_marks = []
        value.mark = mark
        if event.anchor:
            self.anchors[event.anchor] = value
        stack.append((value, []))

    def _leaf(self, event: Any) -> Any:
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                self.complain(
                    "unknown-alias",
                    f"no anchor is called &{event.anchor}",
                    mark,
                    "to write a star as text, put the text in quotation marks",
                )
                raise _Stop
            value = self.anchors[event.anchor]
            self._count(_size(value), mark)
            return value
        self._count(1, mark)
        scalar = Scalar(event.value)
        scalar.mark, scalar.plain = mark, event.style is None
        if event.anchor:
            self.anchors[event.anchor] = scalar
        self._control(scalar)
        if scalar.plain:
            self._swallowed(event)
        return scalar

    def _control(self, scalar: Scalar) -> None:
        found = _CONTROL.search(scalar)
        if found:
            self.complain(
                "control-character",
                f"the text holds the control character U+{ord(found.group()):04X}",
                scalar.mark,
                "delete it: it is invisible and no font can print it",
            )

    def _swallowed(self, event: Any) -> None:
        """Prose whose end was taken for a comment: `ask: Which was vote #1 of 1924?`."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if " " in event.value and re.match(r" #\S", rest) and not rest.startswith(" #{"):
            line = self.lines[end.line]
            mark = Mark(end.line, end.column + 1, len(rest) - 1)
            key, colon, value = line.partition(": ")
            mended = f'{key}{colon}"{value.strip()}"' if colon else f'"{line.strip()}"'
            self.complain(
                "comment-in-text",
                "the rest of this line is read as a comment",
                mark,
                f"put the text in quotation marks:\n{mended.strip()}\nor two spaces before the # of a comment",
            )

    def _put(self, stack: list[tuple[Any, list[Any]]], value: Any, mark: Mark, root: Any) -> Any:
        """Hand a finished value to the mapping or list that holds it; the outermost is the root."""
        if not stack:
            return value if not _is_empty(value) else None
        holder, pending = stack[-1]
        if isinstance(holder, Sequence):
            holder.append(None if _is_empty(value) else value)
            holder.item_marks.append(mark)
        elif not pending:
            pending.append((self._key(holder, value, mark), mark))
        else:
            key, key_mark = pending.pop()
            if key is not None:
                holder[key] = None if _is_empty(value) else value
                holder.key_marks[key] = key_mark
        return root

    def _key(self, holder: Mapping, value: Any, mark: Mark) -> str | None:
        if not isinstance(value, Scalar):
            self.complain(
                "key-not-text",
                "a key must be plain text",
                mark,
                "a gap [[...]] or a brace at the start of a line needs the text to stand under |",
            )
            return None
        if value in holder:
            first = holder.key_marks[value].line + 1
            self.complain(
                "duplicate-key",
                f'"{value}" stands here for the second time',
                Mark(mark.line, mark.column, len(value)),
                f"the first stands in line {first}: keep one, or join the two",
            )
            return None
        return str(value)


def _is_empty(value: Any) -> bool:
    return isinstance(value, Scalar) and value.plain and value == ""


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Mark(start.line, start.column, max(1, width))


def _size(value: Any) -> int:
    """How many values stand in a tree; bounded, since every alias in it was counted when it was met."""
    total, todo = 0, [value]
    while todo and total <= MAX_NODES:
        node = todo.pop()
        total += 1
        if isinstance(node, Mapping):
            todo.extend(node.values())
        elif isinstance(node, Sequence):
            todo.extend(node)
    return total


def explain(error: yaml.YAMLError, builder: _Builder) -> Diagnostic:
    """A syntax error in the words of a teacher, with the mended line where the trap is known."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if mark is None:
        number = builder.text.count("\n", 0, getattr(error, "position", 0) or 0)
        place = Document(builder.file, None, builder.lines).place(Mark(number, 0))
        if "control characters" in str(error) or "special characters" in str(error):
            return Diagnostic(
                "control-character",
                "the file holds a control character",
                place,
                "delete it: it is invisible and no font can print it",
            )
        return Diagnostic("yaml", f"this is not YAML: {problem}", place)
    if "control characters" in problem:
        place = Document(builder.file, None, builder.lines).place(Mark(mark.line, mark.column))
        return Diagnostic(
            "control-character",
            "the file holds a control character",
            place,
            "delete it: it is invisible and no font can print it",
        )
    number = min(mark.line, len(builder.lines) - 1)
    for candidate in (number, number - 1):
        if candidate >= 0:
            trap = _trap(builder.lines[candidate])
            if trap:
                code, message, hint, column = trap
                place = Document(builder.file, None, builder.lines).place(Mark(candidate, column))
                return Diagnostic(code, message, place, hint)
    place = Document(builder.file, None, builder.lines).place(Mark(number, mark.column))
    return Diagnostic(
        "yaml",
        f"this is not YAML: {problem}",
        place,
        "check the indentation and the quotation marks here and in the line above",
    )


_ENTRY = re.compile(r"^(?P<key>\s*(?:- )*(?:[\w-]+:\s+)?)(?P<value>\S.*)$")


def _trap(line: str) -> tuple[str, str, str, int] | None:
    """The known traps of plain prose: what they are called, the mended line, and the column."""
    found = _ENTRY.match(line)
    if not found or line.lstrip().startswith("#"):
        return None
    key, value = found["key"], found["value"]
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    under = f"put the text under a bar:\n{key.rstrip()} |\n{indent}{value}"
    if value.startswith("[["):
        return "gap-at-start", "text that starts with a gap [[ is read as a list", under, len(key)
    if value.startswith("[") and "]" in value and not value.rstrip().endswith(("]", ",")):
        return "bracket-at-start", "text that starts with a bracket is read as a list", under, len(key)
    if re.match(r"""^(["']).*?\1\s*[^\s,#\]}:]""", value):
        return "quote-at-start", "text goes on after the closing quotation mark", under, len(key)
    if value[0] in "*&!%@`|>" and not re.fullmatch(r"[|>][+-]?\d?\s*", value):
        return "sign-at-start", f'text cannot start with the sign "{value[0]}"', under, len(key)
    colon = re.search(r"\S:\s", value) if value[0] not in "\"'{[" else None
    if colon:
        mended = f'{key}"{value.strip()}"' if '"' not in value else f"{key.rstrip()} |\n{indent}{value}"
        return (
            "second-colon",
            "a second colon on one line is read as another key",
            f"put the text in quotation marks:\n{mended}",
            len(key) + colon.start() + 1,
        )
    return None
