"""The PowerPoint base of a theme: its parts as XML text, from `templates/deck/base`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessonpress.model.slide_tokens import guid

if TYPE_CHECKING:
    import jinja2

    from lessonpress.model.slide_layouts import SlideLayouts
    from lessonpress.model.slide_tokens import SlideTokens

FOLDER = "deck/base"
EMU_PER_CM = 360_000
NOTES, HANDOUT = "notesMaster", "handoutMaster"


def emu(cm: float) -> int:
    """Centimetres as English Metric Units, PowerPoint's whole numbers."""
    return round(cm * EMU_PER_CM)


def compose_base(
    tokens: SlideTokens, layouts: SlideLayouts, env: jinja2.Environment, lang: str = "en-GB"
) -> dict[str, str]:
    """Render every part of an empty deck: part name to XML text.

    `env` loads from the root of `templates/`; `lang` is the language of the prompts. Which part
    refers to which is not said here: the printer's package.py derives it from the names.
    """

    def part(template: str, **extra: Any) -> str:
        source = env.get_template(f"{FOLDER}/{template}.xml.j2")
        return source.render(t=tokens, spec=layouts, lang=lang, emu=emu, guid=guid, **extra).strip()

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
    return parts
