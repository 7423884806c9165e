"""The PowerPoint base of a theme: its parts as XML text, from `templates/deck/base`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from lessonpress.model.slide_layouts import Box
from lessonpress.model.slide_tokens import guid

if TYPE_CHECKING:
    import jinja2

    from lessonpress.model.slide_layouts import SlideLayouts
    from lessonpress.model.slide_tokens import Logo, SlideTokens

FOLDER = "deck/base"
EMU_PER_CM = 360_000
NOTES, HANDOUT = "notesMaster", "handoutMaster"
TABLES = "ppt/tableStyles.xml"
LOGO = "ppt/media/logo"


def emu(cm: float) -> int:
    """Centimetres as English Metric Units, PowerPoint's whole numbers."""
    return round(cm * EMU_PER_CM)


def compose_base(
    tokens: SlideTokens, layouts: SlideLayouts, env: jinja2.Environment, lang: str = "en-GB"
) -> dict[str, str]:
    """Render every part of an empty deck: part name to XML text, or to base64 for the logo.

    `env` loads from the root of `templates/`; `lang` is the language of the prompts. Which part
    refers to which is not said here: the printer's package.py derives it from the names.
    """

    def part(template: str, **extra: Any) -> str:
        source = env.get_template(f"{FOLDER}/{template}.xml.j2")
        given = {"t": tokens, "spec": layouts, "lang": lang, "emu": emu, "guid": guid, "logo_box": logo_box}
        return source.render(**given, **extra).strip()

    parts = {f"ppt/{name}.xml": part(name) for name in ("presentation", "presProps", "viewProps", "tableStyles")}
    parts["ppt/slideMasters/slideMaster1.xml"] = part("slideMaster")
    for n, layout in enumerate(layouts.layouts, start=1):
        parts[f"ppt/slideLayouts/slideLayout{n}.xml"] = part("slideLayout", layout=layout)
    for root in (NOTES, HANDOUT):
        parts[f"ppt/{root}s/{root}1.xml"] = part("notesMaster", root=root)
    # Every master owns a theme part: PowerPoint repairs a file in which two share one.
    for n in (1, 2, 3):
        parts[f"ppt/theme/theme{n}.xml"] = part("theme")
    parts["docProps/core.xml"] = part("core")
    parts["docProps/app.xml"] = part("app")
    if tokens.logo is not None:
        parts[f"{LOGO}.{tokens.logo.kind}"] = base64.b64encode(tokens.logo.data).decode()
    return parts


def logo_box(logo: Logo, box: Box) -> Box:
    """The whole logo as large as a box allows, at its right edge and half-way up."""
    scale = min(box.w / logo.width, box.h / logo.height)
    width, height = logo.width * scale, logo.height * scale
    return Box(box.right - width, box.y + (box.h - height) / 2, width, height)
