"""The traps of plain prose: text that YAML reads as something else, and the line mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

ENTRY = re.compile(r"^(?P<key>\s*(?:- )*(?:[\w-]+:\s+)?)(?P<value>\S.*)$")
"""A line: its dashes and its key, and the value."""


@dataclass(frozen=True, slots=True)
class Trap:
    """A known trap of plain prose: what it is called, how to mend it, and its column from 0."""

    code: str
    message: str
    hint: str
    column: int


def find_trap(lines: tuple[str, ...], number: int) -> Trap | None:
    """The trap that a line falls into, with the line mended."""
    line = lines[number]
    found = ENTRY.match(line)
    if not found or line.lstrip().startswith("#"):
        return None
    key, value = found["key"], found["value"]
    under = under_bar(lines, number, key, value)
    bad = _bad_start(value)
    if bad:
        return Trap(*bad, f"put the text under a bar:\n{under}", len(key))
    if ":" not in key and re.match(r"[a-z][a-z_]*:[^\s:/]", value):
        at = value.index(":") + 1
        return Trap("no-space", "a space is missing after the colon", f"write {value[:at]} {value[at:]}", len(key) + at)
    colon = re.search(r"\S:\s", value) if value[0] not in "\"'{[" and ":" in key else None
    if colon is None:
        return None
    mended = f'in quotation marks:\n{key.lstrip()}"{value.strip()}"' if '"' not in value else f"under a bar:\n{under}"
    message = "a second colon on one line is read as another key"
    return Trap("second-colon", message, f"put the text {mended}", len(key) + colon.start() + 1)


def _bad_start(value: str) -> tuple[str, str] | None:
    """Why plain text cannot start as it does: the code and the words."""
    if value.startswith("[["):
        return "gap-at-start", "text that starts with a gap [[ is read as a list"
    if re.match(r"\[[^\[\]]*\]\s*[^\s,#\]}]", value):
        return "bracket-at-start", "text that starts with a bracket is read as a list"
    if re.match(r"\{[^{}]*\}\s*[^\s,#\]}]", value):
        return "bracket-at-start", "text that starts with a brace is read as keys with values"
    if re.match(r"""^(["']).*?\1\s*[^\s,#\]}:"']""", value):
        return "quote-at-start", "text goes on after the closing quotation mark"
    if value[0] in "*&!%@`|>" and not re.fullmatch(r"[|>][+\-\d]{0,2}\s*(#.*)?", value):
        return "sign-at-start", f'text cannot start with the sign "{value[0]}"'
    return None


def under_bar(lines: tuple[str, ...], number: int, key: str, value: str) -> str:
    """The entry with its text under a bar; its key may stand in the line above."""
    if not key.strip():
        above = lines[number - 1].strip() if number else ""
        key = above if above.endswith(":") else "key:"
    dashes = re.match(r"(?:- )*", key.strip())
    indent = " " * (2 + (dashes.end() if dashes else 0))
    return f"{key.strip()} |\n{indent}{value.strip()}"
