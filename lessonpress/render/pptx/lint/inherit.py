"""How text is set, read as PowerPoint reads it: run, paragraph, shape, layout, master, then the deck's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from lessonpress.render.pptx.lint.made import Paragraph, Rect, Run, Text
from lessonpress.render.pptx.opened import NS, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lessonpress.render.pptx.lint.colours import Palette

EMU_PER_PT = 12_700
_INSETS = (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720))
_PLAIN_SIZE = 1800


@dataclass(frozen=True)
class Usual:
    """What a table style or a shape style says of text that says nothing of itself."""

    bold: bool = False
    colour: str = ""


@dataclass(frozen=True)
class Setting:
    """What a text inherits from: its bodies from near to far, and the styles behind them."""

    bodies: tuple[etree._Element, ...]
    styles: tuple[etree._Element, ...]
    palette: Palette
    fonts: tuple[str, str]
    """The theme's fonts of headings and of text."""
    usual: Usual = Usual()

    def text(self, rect: Rect) -> Text:
        """The first of the bodies in the box of its shape."""
        left, top, right, bottom = (
            float(self._body_attribute(name, str(usual))) / EMU_PER_PT for name, usual in _INSETS
        )
        room = Rect(rect.x + left, rect.y + top, rect.w - left - right, rect.h - top - bottom)
        return Text(
            paragraphs=tuple(self._paragraph(element) for element in self.bodies[0].findall("a:p", NS)),
            room=room,
            anchor=self._body_attribute("anchor", "t"),
            wraps=self._body_attribute("wrap", "square") != "none",
        )

    def _body_attribute(self, name: str, usual: str) -> str:
        properties = (body.find("a:bodyPr", NS) for body in self.bodies)
        return next((p.get(name, "") for p in properties if p is not None and p.get(name) is not None), usual)

    def _shrunk(self) -> tuple[float, float]:
        """What PowerPoint has taken off the sizes and the line pitch to make text fit."""
        for body in self.bodies:
            fits = find(body, "./a:bodyPr/a:noAutofit | ./a:bodyPr/a:normAutofit | ./a:bodyPr/a:spAutoFit")
            if fits:
                size, pitch = fits[0].get("fontScale", "100000"), fits[0].get("lnSpcReduction", "0")
                return int(size) / 100_000, int(pitch) / 100_000
        return 1.0, 0.0

    def _paragraph(self, element: etree._Element) -> Paragraph:
        level = int(next(iter(find(element, "./a:pPr/@lvl")), 0)) + 1
        own = element.find("a:pPr", NS)
        chain = [own] if own is not None else []
        lists = [*(body.find("a:lstStyle", NS) for body in self.bodies), *self.styles]
        for one in lists:
            found = one.find(f"a:lvl{level}pPr", NS) if one is not None else None
            if found is not None:
                chain.append(found)
        scale, less = self._shrunk()
        runs = tuple(self._runs(element, chain, scale))
        size = max((run.size for run in runs), default=0.0)
        share, exact = _spacing(chain, "lnSpc", 0.0)
        return Paragraph(
            runs=runs,
            margin=_first(chain, "marL", 0) / EMU_PER_PT,
            indent=_first(chain, "indent", 0) / EMU_PER_PT,
            pitch=(share or 1.0) - less,
            exact=exact,
            before=sum(_spacing(chain, "spcBef", size)),
            after=sum(_spacing(chain, "spcAft", size)),
            align=next((one.get("algn", "") for one in chain if one.get("algn")), "l"),
        )

    def _runs(self, paragraph: etree._Element, chain: Sequence[etree._Element], scale: float) -> Iterator[Run]:
        for element in paragraph:
            name = etree.QName(element).localname
            if name in ("r", "br", "fld"):
                own = element.find("a:rPr", NS)
                texts = find(element, "./a:t/text()")
                yield self._run("\n" if name == "br" else "".join(texts), own, chain, scale)

    def _run(self, text: str, own: etree._Element | None, chain: Sequence[etree._Element], scale: float) -> Run:
        behind = [one.find("a:defRPr", NS) for one in chain]
        # What the table or the shape says stands between the text's own words and the deck's defaults.
        near = [one for one in (own, *behind[: len(behind) - self._far(chain)]) if one is not None]
        far = [one for one in behind[len(behind) - self._far(chain) :] if one is not None]
        bold = next((one.get("b", "") for one in near if one.get("b")), "")
        colour = next((c for one in near if (c := self._ink(one))), "")
        return Run(
            text=text,
            size=_first([*near, *far], "sz", _PLAIN_SIZE) / 100 * scale,
            bold=bold in ("1", "true") if bold else self.usual.bold or _first_bool(far),
            font=self._font([*near, *far]),
            colour=colour or self.usual.colour or next((c for one in far if (c := self._ink(one))), ""),
        )

    def _far(self, chain: Sequence[etree._Element]) -> int:
        """How many of the chain's last links belong to the deck's defaults."""
        last = self.styles[-1] if self.styles else None
        return sum(one.getparent() is last for one in chain)

    def _ink(self, properties: etree._Element) -> str:
        return self.palette.colour(properties.find("a:solidFill", NS))

    def _font(self, chain: Sequence[etree._Element]) -> str:
        name = next((str(face) for one in chain for face in find(one, "./a:latin/@typeface")), "+mn-lt")
        return {"+mj-lt": self.fonts[0], "+mn-lt": self.fonts[1]}.get(name, name)


def _first(chain: Sequence[etree._Element], name: str, usual: float) -> float:
    return next((float(one.get(name, "0")) for one in chain if one.get(name) is not None), usual)


def _first_bool(chain: Sequence[etree._Element]) -> bool:
    return next((one.get("b") in ("1", "true") for one in chain if one.get("b")), False)


def _spacing(chain: Sequence[etree._Element], name: str, size: float) -> tuple[float, float]:
    """A spacing as a share (of `size`, where that is given) and in points; one of the two is 0."""
    for one in chain:
        space = one.find(f"a:{name}", NS)
        if space is not None and len(space):
            value = space[0].get("val", "0").rstrip("%")
            if etree.QName(space[0]).localname == "spcPts":
                return 0.0, int(value) / 100
            share = float(value) / (100_000 if "%" not in space[0].get("val", "") else 100)
            return (share * size, 0.0) if size else (share, 0.0)
    return 0.0, 0.0
