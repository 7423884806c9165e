"""Turn a style sheet round for languages that are written from right to left.

Templates and themes say left and right as for English; here the two change places. Sheets stay
physical so, because logical floats crash WeasyPrint 70.
"""

from __future__ import annotations

import re

_OWN = re.compile(r'\bstyle="([^"]*)"')
_WHOLE = re.compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"|'[^']*'", re.DOTALL)
_PIECE = re.compile(r"([^{};]*)([{};]|$)")
_SIDE = re.compile(r"\b(left|right)\b")
_TURN = re.compile(r"\b(skewX|translateX|rotate)\((-?)(?=[\d.])")
_FOUR = re.compile(r"margin|padding|inset|border-(?:width|style|color)")
_PARTS = re.compile(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+")
_SIDED = frozenset({"text-align", "text-align-last", "float", "clear", "transform-origin", "background-position"})


def mirrored(css: str) -> str:
    """A style sheet with left and right changed: properties, values, four sides, corners, slants, page sides."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    turned = _PIECE.sub(_piece, _WHOLE.sub(keep, css))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], turned)


def mirrored_styles(html: str) -> str:
    """A page whose elements' own styles are turned round; text cannot be taken for one, since its quotes are escaped."""
    return _OWN.sub(lambda found: f'style="{mirrored(found[1])}"', html)


def _piece(found: re.Match[str]) -> str:
    text, end = found.groups()
    if end == "{":
        return (_swapped(text) if text.strip().startswith("@") else text) + end
    name, colon, value = text.partition(":")
    return (f"{_name(name)}:{_value(name.split(chr(0))[-1].strip(), value)}" if colon else text) + end


def _name(name: str) -> str:
    return name if name.strip().startswith("--") else _swapped(name)


def _value(name: str, value: str) -> str:
    value = _TURN.sub(lambda found: f"{found[1]}({'' if found[2] else '-'}", value)
    if name in _SIDED:
        return _swapped(value)
    sides, mark, rest = value.partition("!important")
    parts = _PARTS.findall(sides)
    order = (0, 3, 2, 1) if _FOUR.fullmatch(name) else (1, 0, 3, 2) if name == "border-radius" else ()
    return " ".join(parts[n] for n in order) + mark + rest if order and len(parts) == len(order) else value


def _swapped(text: str) -> str:
    return _SIDE.sub(lambda found: "right" if found[1] == "left" else "left", text)
