"""Reads a file: bytes to a tree, problems to diagnostics.

The tree is built from PyYAML's events, not composed by it: the walk is then a loop, so
that ten thousand brackets cost a diagnostic and not the stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from lessonpress.diagnostics import Diagnostic, Place, Severity
from lessonpress.source.syntax import explain
from lessonpress.source.traps import ENTRY, find_trap, under_bar
from lessonpress.source.tree import Document, Mapping, Mark, Scalar, Sequence, short

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_NODES = 100_000

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # where YAML ends a line
_LEAF = (yaml.ScalarEvent, yaml.AliasEvent)
_START = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_INVISIBLE = "delete it: it is invisible and no font can print it"


def read(file: str, data: bytes) -> Document:
    """The document of one file's bytes; problems become diagnostics and never exceptions."""
    if len(data) > MAX_BYTES:
        message = f"this file holds {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        return Document(file, None, (), (Diagnostic("too-large", message, Place(file), "split it"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8 (in most editors: Save as, Encoding, UTF-8)"
        place = _place_of_byte(file, data, error.start)
        return Document(file, None, (), (Diagnostic("not-utf8", "this is not UTF-8 text", place, hint),))
    return _Builder(file, text, tuple(_BREAK.split(text))).document()


def _place_of_byte(file: str, data: bytes, start: int) -> Place:
    before = _BREAK.split(data[:start].decode("utf-8", "replace"))
    after = data[start:].split(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    return Place(file, len(before), len(before[-1]) + 1, 1, before[-1] + after)


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
    flow: list[bool] = field(default_factory=list)
    nodes: int = 0

    def document(self) -> Document:
        try:
            root = self._tree()
        except yaml.YAMLError as error:
            self.problems.append(explain(error, Document(self.file, None, self.lines)))
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
        self._signs()
        self._tabs()
        stack: list[tuple[Any, list[Any]]] = []
        root: Any = None
        documents = 0
        for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "delete the line of three dashes"
                    self.complain("two-documents", "a second document starts here", _mark(event), hint)
                    raise _Stop
            elif isinstance(event, _LEAF):
                root = self._put(stack, self._leaf(event, stack), _mark(event), root)
            elif isinstance(event, _START):
                self._open(event, stack)
            elif isinstance(event, _END):
                value, _ = stack.pop()
                self.flow.pop()
                root = self._put(stack, value, value.mark, root)
        if root is None:
            self.complain("empty-file", "this file is empty", Mark(0, 0), "write it, or delete the file")
        return root

    def _signs(self) -> None:
        """Control characters that stand in the file as they are; the parser would not say where."""
        for number, line in enumerate(self.lines):
            found = CONTROL.search(line)
            if found:
                self._control(found.group(), Mark(number, found.start()))
                raise _Stop

    def _tabs(self) -> None:
        for number, line in enumerate(self.lines):
            indent = line[: len(line) - len(line.lstrip())]
            if "\t" in indent and line.strip():
                hint = "YAML counts spaces: replace each tab by two spaces"
                self.complain("tab", "a tab stands in the indentation", Mark(number, indent.index("\t")), hint)
                raise _Stop

    def _count(self, amount: int, mark: Mark) -> None:
        self.nodes += amount
        if self.nodes > MAX_NODES:
            message = f"this file holds more than {MAX_NODES:,} values, aliases counted in full"
            hint = "write the values out where they are few, and split the file"
            self.complain("too-many-values", message, mark, hint)
            raise _Stop

    def _descend(self, depth: int, mark: Mark) -> None:
        if depth > MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} deep"
            self.complain("too-deep", message, mark, "look for brackets that are not closed")
            raise _Stop

    def _tag(self, event: Any) -> None:
        if event.tag:
            at = event.start_mark
            hint = "put the text in quotation marks, or under a bar |"
            self.complain("tag", "text that starts with ! is read as a tag of YAML", Mark(at.line, at.column), hint)

    def _open(self, event: Any, stack: list[tuple[Any, list[Any]]]) -> None:
        mark = _mark(event)
        self._descend(len(stack) + 1, mark)
        self._tag(event)
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
        self.flow.append(bool(event.flow_style))

    def _leaf(self, event: Any, stack: list[tuple[Any, list[Any]]]) -> Any:
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark, [holder for holder, _ in stack])
        self._count(1, mark)
        self._tag(event)
        scalar = Scalar(event.value)
        scalar.mark, scalar.plain = mark, not event.style  # the C parser says "" where the other says None
        if event.anchor:
            self.anchors[event.anchor] = scalar
        found = CONTROL.search(scalar)
        if found:
            self._control(found.group(), mark)
        if scalar.plain:
            self._swallowed(event)
        return scalar

    def _alias(self, event: Any, mark: Mark, holders: list[Any]) -> Any:
        if event.anchor not in self.anchors:
            trap = find_trap(self.lines, mark.line)
            hint = trap.hint if trap else "to write a star as text, put the text in quotation marks"
            self.complain("unknown-alias", f"no anchor is called &{event.anchor}", mark, hint)
            raise _Stop
        value = self.anchors[event.anchor]
        if any(holder is value for holder in holders):
            self.complain("endless-alias", "this value holds itself", mark, "write out what is meant")
            raise _Stop
        size, height = _size(value)
        self._count(size, mark)
        self._descend(len(holders) + height, mark)
        return value

    def _control(self, sign: str, mark: Mark) -> None:
        message = f"the text holds the control character U+{ord(sign):04X}"
        self.complain("control-character", message, mark, _INVISIBLE)

    def _swallowed(self, event: Any) -> None:
        """Prose whose end was taken for a comment: `ask: Which was vote #1 of 1924?`."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if " " in event.value and re.match(r" #\S", rest):
            line = self.lines[end.line]
            found = ENTRY.match(line)
            key, value = (found["key"], found["value"]) if found else ("", line)
            quoted = f'{key.lstrip()}"{value.strip()}"'
            mended = quoted if '"' not in value else under_bar(self.lines, end.line, key, value)
            hint = f"put the text so:\n{mended}\nor two spaces before the # of a comment"
            mark = Mark(end.line, end.column + 1, len(rest) - 1)
            self.complain("comment-in-text", "the rest of this line is read as a comment", mark, hint)

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
            if key is not None and not self._cut_by_comma(holder, key, key_mark, value):
                holder[key] = None if _is_empty(value) else value
                holder.key_marks[key] = key_mark
        return root

    def _cut_by_comma(self, holder: Mapping, key: str, mark: Mark, value: Any) -> bool:
        """Text between braces that a comma cuts in two: `{faction: a group, here a small one}`."""
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        has_colon = re.match(r"\s*:", line[mark.column + mark.width :])
        if not (self.flow[-1] and holder and _is_empty(value)) or has_colon:
            return False
        last = next(reversed(holder))
        mended = f':\n{last}: "{holder[last]}, {key}"' if isinstance(holder[last], str) else ""
        message = f'a comma ends the text: "{short(key)}" is read as another key'
        self.complain("comma-in-text", message, mark, f"put the text in quotation marks{mended}")
        return True

    def _key(self, holder: Mapping, value: Any, mark: Mark) -> str | None:
        if not isinstance(value, Scalar):
            hint = "a gap [[...]] or a brace at the start of a line needs the text to stand under |"
            self.complain("key-not-text", "a key must be plain text", mark, hint)
            return None
        if value in holder:
            hint = f"the first stands in line {holder.key_marks[value].line + 1}: keep one, or join the two"
            at = Mark(mark.line, mark.column, len(value))
            self.complain("duplicate-key", f'"{value}" stands here for the second time', at, hint)
            return None
        return str(value)


def _is_empty(value: Any) -> bool:
    return isinstance(value, Scalar) and value.plain and value == ""


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Mark(start.line, start.column, max(1, width))


def _size(value: Any) -> tuple[int, int]:
    """How many values stand in a tree, and how deep; bounded, since every alias in it was counted when it was met."""
    total, deepest, todo = 0, 0, [(value, 0)]
    while todo:
        node, depth = todo.pop()
        total += 1
        if isinstance(node, Mapping | Sequence):
            deepest = max(deepest, depth + 1)
            children = node.values() if isinstance(node, Mapping) else node
            todo.extend((child, depth + 1) for child in children)
    return total, deepest
