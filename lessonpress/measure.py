"""How much room text takes, from the advance widths of font files.

Kerning is left out: it is worth less than half a per cent, and leaving it out errs on the
wide side. A `Face` is given a file by path; nothing here looks for fonts by itself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# A line may end at white space (not at a no-break space) or after a hyphen, a dash or a slash,
# but not inside a range of years such as 1925–27.
_BREAK = re.compile(r"[ \t]+|(?<=[-—/])(?=\w)|(?<=–)(?=[^\W\d])")
_TYPICAL = "the quick brown fox jumps over the lazy dog"
_JOINED = {
    (form, "".join(chr(int(letter, 16)) for letter in letters)): chr(code)
    for code in range(0xFE80, 0xFEFD)
    for form, *letters in [unicodedata.decomposition(chr(code)).split()]
}
"""Arabic letters as they stand in a word: the forms of Unicode's block Arabic Presentation Forms-B."""
_NO_WIDTH = "\u200d"
_ARABIC = re.compile("[\u0620-\u064a]")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
_USE_TYPO_METRICS = 1 << 7


class _Widths(dict[str, float]):
    """The widths of characters, each worked out when it is first asked for: the same few fill every page."""

    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, char: str) -> float:
        self[char] = width = self._measure(char)
        return width


class Face:
    """The widths and the line of one font file; `stretch` scales every width.

    `track` ems are added to every character and `word_space` ems to every space.

    `line` overrides the file's line pitch, in ems. A character that the file lacks is measured
    in `fallback`, so that a stand-in without Cyrillic still gives a width on the safe side.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        stretch: float = 1.0,
        track: float = 0.0,
        word_space: float = 0.0,
        line: float | None = None,
        fallback: Face | None = None,
    ) -> None:
        with TTFont(path, lazy=True) as font:
            self._glyphs: dict[int, str] = dict(font.getBestCmap())
            metrics: dict[str, tuple[int, int]] = font["hmtx"].metrics
            per_em: float = font["head"].unitsPerEm
            self._advance: dict[int, float] = {
                code: metrics[name][0] / per_em * stretch + track for code, name in self._glyphs.items()
            }
            for space in map(ord, " \u00a0"):
                if space in self._advance:
                    self._advance[space] += word_space
            self._blank = metrics[".notdef"][0] / per_em * stretch
            self.line = line or _pitch(font) / per_em
        self.letter = sum(map(self._advance.__getitem__, map(ord, _TYPICAL))) / len(_TYPICAL)
        """The width of a letter of running text in ems, spaces counted."""
        self.path = Path(path)
        self._fallback = fallback
        self._widths = _Widths(self._measured)

    def __repr__(self) -> str:
        return f"Face({self.path.name!r})"

    def covers(self, char: str) -> bool:
        """Whether the file itself has a glyph for one character."""
        return ord(char) in self._glyphs

    def advance(self, char: str) -> float:
        """The width of one character in ems."""
        return self._widths[char]

    def advances(self, text: str) -> Iterable[float]:
        """The width of each character of a text in ems, Arabic letters in the form that they have in it."""
        return map(self._widths.__getitem__, joined(text))

    def _measured(self, char: str) -> float:
        if unicodedata.category(char) in _INVISIBLE:
            return 0.0
        known = self._advance.get(ord(char))
        if known is not None:
            return known
        return self._fallback.advance(char) if self._fallback else self._blank

    def width(self, text: str, size_pt: float) -> float:
        """The width of one line of text in points."""
        return sum(self.advances(text)) * size_pt


def joined(text: str) -> str:
    """Text with each Arabic letter in the form that it has between its neighbours, a character for a character.

    A lam with its alef is one sign, followed by one without width.
    """
    if not _ARABIC.search(text):
        return text
    bases = [n for n, char in enumerate(text) if unicodedata.category(char) != "Mn"]
    out = list(text)
    for before, here, after in zip([None, *bases], bases, [*bases[1:], None], strict=False):
        follows = before is not None and _joins(text[before], "<initial>") and _joins(text[here], "<final>")
        leads = after is not None and _joins(text[here], "<initial>") and _joins(text[after], "<final>")
        pair = "<final>" if follows else "<isolated>", text[here] + (text[after] if after is not None else "")
        if after is not None and pair in _JOINED:  # a lam with its alef
            out[here], out[after] = _JOINED[pair], _NO_WIDTH
        elif out[here] != _NO_WIDTH:
            form = "<medial>" if follows and leads else "<final>" if follows else "<initial>" if leads else "<isolated>"
            out[here] = _JOINED.get((form, text[here]), text[here])
    return "".join(out)


def _joins(char: str, form: str) -> bool:
    """Whether a letter joins the one after it (it has an initial form) or before it (a final one)."""
    return char == "ـ" or (form, char) in _JOINED


@dataclass(frozen=True)
class Family:
    """The two weights that slides are set in; `instead` is the family used where this one is missing."""

    regular: Face
    bold: Face
    instead: Family | None = None

    def face(self, *, bold: bool) -> Face:
        """The face of a weight."""
        return self.bold if bold else self.regular


Span = tuple[Face, str]


def wrap(face: Face, text: str, size_pt: float, width_pt: float) -> list[str]:
    """Break text greedily into lines no wider than `width_pt` points; a newline always breaks."""
    return wrap_spans([(face, text)], size_pt, width_pt)


def wrap_spans(spans: Sequence[Span], size_pt: float, width_pt: float) -> list[str]:
    """Break text of several faces, bold words in a sentence for example, into lines.

    A word wider than `width_pt` points is broken inside, as printers do.
    """
    text = "".join(part for _, part in spans)
    return wrap_advances(text, [em * size_pt for face, part in spans for em in face.advances(part)], width_pt)


def wrap_advances(text: str, advances: Sequence[float], width_pt: float) -> list[str]:
    """Break text into lines by the width of each of its characters, in points."""
    ruler = [0.0, *accumulate(advances)]
    lines: list[str] = []
    start = 0
    for stretch in text.split("\n"):
        lines += _wrap_stretch(stretch, ruler[start : start + len(stretch) + 1], width_pt)
        start += len(stretch) + 1
    return lines


def _wrap_stretch(text: str, ruler: Sequence[float], width: float) -> list[str]:
    """The lines of a text without forced breaks; `ruler[i]` is where character i begins."""
    lines: list[str] = []
    begin = 0
    fits_to = 0
    next_begin = 0
    for end, after in _stops(text):
        while ruler[end] - ruler[begin] > width:
            if fits_to <= begin:
                fits_to = next_begin = _inside(ruler, begin, end, width)
                if fits_to == end:
                    break
            lines.append(text[begin:fits_to])
            begin = fits_to = next_begin
        fits_to, next_begin = end, after
    return [*lines, text[begin:].rstrip(" \t")]


def _stops(text: str) -> Iterable[tuple[int, int]]:
    """Where a line may end, and where the next one then begins."""
    for match in _BREAK.finditer(text):
        yield match.start(), match.end()
    end = len(text.rstrip(" \t"))
    yield end, end


def _inside(ruler: Sequence[float], begin: int, end: int, width: float) -> int:
    """Where to break a word that is wider than a line; at least one character stays on it."""
    cut = begin + 1
    while cut < end and ruler[cut + 1] - ruler[begin] <= width:
        cut += 1
    return cut


def height(face: Face, text: str, size_pt: float, width_pt: float) -> float:
    """The height in points of text broken into lines of `width_pt` points, at the face's own pitch."""
    return len(wrap(face, text, size_pt, width_pt)) * face.line * size_pt


def missing(face: Face, text: str) -> set[str]:
    """The visible characters that the font file has no glyph for."""
    return {char for char in text if unicodedata.category(char) not in _INVISIBLE and not face.covers(char)}


UNKNOWN = "*"
"""The family that measures a font which no family is named after."""


def load_families(
    folder: Path, spec: Mapping[str, Mapping[str, object]], names: Iterable[str] | None = None
) -> dict[str, Family]:
    """The families of a slide theme, measured with the stand-ins that `spec` names; `names` says which, or all.

    Each entry gives `regular` and `bold` files below `folder` and may give `stretch`, `line` in
    ems, the `fallback` family for characters that the files lack and the family that programs
    put `instead` of it; or it gives the family that it is the `same_as`. A name that `spec` lacks is
    measured as UNKNOWN. Raises KeyError where an entry names none.
    """
    families: dict[str, Family] = {}

    def family(name: str) -> Family:
        if name not in families:
            entry = spec[name if name in spec else UNKNOWN]
            families[name] = family(str(entry["same_as"])) if "same_as" in entry else _family(folder, entry, family)
        return families[name]

    return {name: family(name) for name in (spec if names is None else names)}


def _family(folder: Path, entry: Mapping[str, object], family: Callable[[str], Family]) -> Family:
    other = family(str(entry["fallback"])) if "fallback" in entry else None
    regular, bold = (
        Face(
            folder / str(entry[weight]),
            stretch=float(str(entry.get("stretch", 1))),
            line=float(str(entry["line"])) if "line" in entry else None,
            fallback=other.face(bold=weight == "bold") if other else None,
        )
        for weight in ("regular", "bold")
    )
    return Family(regular, bold, family(str(entry["instead"])) if "instead" in entry else None)


def _pitch(font: TTFont) -> float:
    """Ascent, descent and gap together, in font units, from the table the font says to use."""
    os2, hhea = font["OS/2"], font["hhea"]
    if os2.fsSelection & _USE_TYPO_METRICS:
        return float(os2.sTypoAscender - os2.sTypoDescender + os2.sTypoLineGap)
    return float(hhea.ascent - hhea.descent + hhea.lineGap)
