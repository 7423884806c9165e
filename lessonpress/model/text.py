"""Running text: a small Markdown, parsed at validation to values that both printers walk."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lessonpress.model.base import context
from lessonpress.model.language import BRITISH, MARKS, Language

MAX_CHARACTERS = 20_000

_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_NUMBER = re.compile(r"^([ ]*(?:- +)*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
"""A number at the start of a line: Markdown would make a numbered list of it and lose the number."""
_SCRIPTS = {"Cyrl": "\u0400-\u04ff", "Grek": "\u0370-\u03ff", "Arab": "\u0600-\u06ff", "Hebr": "\u0590-\u05ff"}

_PLAIN = {"\u00a0": " ", "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."} | dict.fromkeys("“”«»„", '"')
_MARKED = re.compile(r"[*_\\\"'\r\n\0]")
"""What a line holds that Markdown, as it is set up here, would make something of; most have nothing."""

# Smart quotes only: the other replacements would turn "(c)" into a copyright sign.
_MARKDOWN = MarkdownIt("zero", {"typographer": True, "quotes": MARKS}).enable(
    ["emphasis", "escape", "list", "smartquotes", "newline"]
)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line set in one way."""

    text: str
    strong: bool = False
    em: bool = False
    lang: str = ""

    def __html__(self) -> str:
        out = str(escape(self.text))
        if self.lang:
            out = f'<span lang="{self.lang}">{out}</span>'
        if self.em:
            out = f"<em>{out}</em>"
        return f"<strong>{out}</strong>" if self.strong else out


class _Text:
    """What `Line` and `Prose` share: how pydantic reads them."""

    __slots__ = ()

    parse: ClassVar[Callable[..., Any]]
    """How the subclass reads its Markdown."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls._validate)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "description": cls.__doc__}

    @classmethod
    def _validate(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, cls):
            return value
        known = context(info).texts
        if known is None or not isinstance(value, str):
            return cls._read(value, info)
        if (cls, value) not in known:
            known[cls, value] = cls._read(value, info)
        return known[cls, value]

    @classmethod
    def _read(cls, value: Any, info: ValidationInfo) -> Any:
        return cls.parse(check_text(value, info), context(info).scripts, context(info).language)


def check_text(value: Any, info: ValidationInfo) -> str:
    """A value that can be printed as text; raises PydanticCustomError for any other."""
    if isinstance(value, bool | int | float):
        value = str(value)
    if not isinstance(value, str):
        raise PydanticCustomError("text_type", "this must be text")
    if not value.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    if len(value) > MAX_CHARACTERS:
        raise PydanticCustomError("text_long", "the text holds more than {limit} characters", {"limit": MAX_CHARACTERS})
    _check_glyphs(value, info)
    return str(value)


def _check_glyphs(value: str, info: ValidationInfo) -> None:
    glyphs = context(info).glyphs
    if glyphs is None or glyphs.issuperset(map(ord, value)):
        return
    missing = next((c for c in value if ord(c) not in glyphs and not c.isspace() and category(c) != "Cc"), None)
    if missing:
        raise PydanticCustomError(
            "glyph",
            'the fonts of the theme have no glyph for "{sign}" (U+{code})',
            {"sign": missing, "code": f"{ord(missing):04X}"},
        )


@dataclass(frozen=True, slots=True)
class Line(_Text):
    """One line of rich text."""

    runs: tuple[Run, ...]

    @classmethod
    def parse(cls, text: str, scripts: Mapping[str, str] | None = None, language: Language = BRITISH) -> Line:
        """The line that a piece of small Markdown stands for; line ends become spaces."""
        prose = Prose.parse(" ".join(text.split()).replace("\n", " "), scripts, language, inline=True)
        return prose.blocks[0].lines[0] if prose.blocks else Line(())

    @property
    def plain(self) -> str:
        """The text without its marks."""
        return "".join(run.text for run in self.runs)

    def __html__(self) -> str:
        return "".join(run.__html__() for run in self.runs)

    def __str__(self) -> str:
        return self.plain


@dataclass(frozen=True, slots=True)
class Verse(_Text):
    """Text on the lines that its author breaks it into."""

    lines: tuple[Line, ...]

    @classmethod
    def parse(cls, text: str, scripts: Mapping[str, str] | None = None, language: Language = BRITISH) -> Verse:
        """Each line of a text as small Markdown."""
        return cls(tuple(Line.parse(line, scripts, language) for line in text.strip().splitlines()))

    @property
    def joined(self) -> Line:
        """The text on one line."""
        space = (Run(" "),)
        return Line(tuple(run for n, line in enumerate(self.lines) for run in (*(space if n else ()), *line.runs)))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line) or a list (a line an item)."""

    kind: str
    lines: tuple[Line, ...]

    def __html__(self) -> str:
        if self.kind == "list":
            return "<ul>" + "".join(f"<li>{line.__html__()}</li>" for line in self.lines) + "</ul>"
        return f"<p>{self.lines[0].__html__()}</p>"


@dataclass(frozen=True, slots=True)
class Prose(_Text):
    """Paragraphs and lists of rich text."""

    blocks: tuple[Block, ...]

    @classmethod
    def parse(
        cls,
        text: str,
        scripts: Mapping[str, str] | None = None,
        language: Language = BRITISH,
        *,
        inline: bool = False,
    ) -> Prose:
        """The blocks that a piece of small Markdown stands for, set as a language is written."""
        text = typeset(text if inline else _NUMBER.sub(r"\1\\\2", text), language)
        tokens = _inline(text) if inline else _MARKDOWN.parse(text)
        return cls(tuple(_blocks(tokens, scripts or {}, language)))

    @property
    def plain(self) -> str:
        """The text without its marks, a paragraph a line."""
        return "\n".join(line.plain for block in self.blocks for line in block.lines)

    @property
    def paragraphs(self) -> tuple[Line, ...]:
        """All lines in order, list items too."""
        return tuple(line for block in self.blocks for line in block.lines)

    @property
    def words(self) -> int:
        """How many words the text holds."""
        return len(self.plain.split())

    def __html__(self) -> str:
        return "".join(block.__html__() for block in self.blocks)

    def __str__(self) -> str:
        return self.plain


def typeset(text: str, language: Language = BRITISH) -> str:
    """The text with en dashes in ranges, ellipses, dashes, and dates that stay on one line."""
    return language.typeset(_RANGE.sub("–", text).replace("...", "…"))


def plain(value: Any) -> str:
    """Text for comparing: no-break spaces, curly quotes and dashes made plain."""
    text = str(value)
    for sign, instead in _PLAIN.items():
        text = text.replace(sign, instead)
    return text


def cut(line: Line, start: int, end: int) -> Line:
    """The part of a rich line between two characters."""
    runs, at = [], 0
    for run in line.runs:
        low, high = max(start - at, 0), min(end - at, len(run.text))
        if low < high:
            runs.append(replace(run, text=run.text[low:high]))
        at += len(run.text)
    return Line(tuple(runs))


def _inline(text: str) -> list[Token]:
    """The tokens of a line; one without marks is a single text, and need not be walked sign by sign."""
    if _MARKED.search(text):
        return _MARKDOWN.parseInline(text)
    return [Token("inline", "", 0, children=[Token("text", "", 0, content=text)])]


def _blocks(tokens: list[Token], scripts: Mapping[str, str], language: Language) -> Iterator[Block]:
    """Paragraphs and lists; a list within a list is no other list."""
    items: list[Line] = []
    depth = 0
    for token in tokens:
        if token.type == "bullet_list_open":
            depth += 1
        elif token.type == "bullet_list_close":
            depth -= 1
            if depth == 0 and items:
                yield Block("list", tuple(items))
                items = []
        elif token.type == "inline":
            line = Line(tuple(_runs(token.children or [], scripts, language)))
            if depth:
                items.append(line)
            else:
                yield Block("paragraph", (line,))


def _runs(tokens: list[Token], scripts: Mapping[str, str], language: Language) -> Iterator[Run]:
    strong = em = False
    pending = Run("")
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong = token.type == "strong_open"
        elif token.type in ("em_open", "em_close"):
            em = token.type == "em_open"
        text = " " if token.type in ("softbreak", "hardbreak") else language.quoted(token.content)
        for piece in _by_script(text, scripts):
            if (strong, em, piece.lang) == (pending.strong, pending.em, pending.lang):
                pending = Run(pending.text + piece.text, strong, em, piece.lang)
            else:
                if pending.text:
                    yield pending
                pending = Run(piece.text, strong, em, piece.lang)
    if pending.text:
        yield pending


def _by_script(text: str, scripts: Mapping[str, str]) -> Iterator[Run]:
    """The text cut where another script begins, each cut with that script's language."""
    known = [(name, lang) for name, lang in scripts.items() if name in _SCRIPTS]
    if not known:
        if text:
            yield Run(text)
        return
    pattern = "|".join(f"(?P<{name}>[{_SCRIPTS[name]}]+(?:[ -]+[{_SCRIPTS[name]}]+)*)" for name, _ in known)
    at = 0
    for found in re.finditer(pattern, text):
        if found.start() > at:
            yield Run(text[at : found.start()])
        yield Run(found.group(), lang=dict(known)[found.lastgroup or ""])
        at = found.end()
    if at < len(text):
        yield Run(text[at:])
