"""What every deck of a theme shares: tokens, layouts, measuring faces, and the school's file where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from lessonpress.compose.school.clean import clean
from lessonpress.compose.school.forms import FILE, Wanted, read_forms
from lessonpress.compose.school.layouts import OBJECT, SchoolForms, school_layouts
from lessonpress.compose.school.look import read_logo, school_tokens
from lessonpress.compose.school.mapping import map_layouts
from lessonpress.compose.school.places import School, read_school
from lessonpress.diagnostics import Diagnostic, Place, warning
from lessonpress.errors import ContentError
from lessonpress.measure import Family, load_families
from lessonpress.model.slide_layouts import SlideLayouts, slide_layouts
from lessonpress.model.slide_tokens import SlideFonts, SlideTokens, slide_tokens
from lessonpress.theme import DeckBase
from lessonpress.theme import School as Owner
from lessonpress.theme.office import Refused, open_package

LAYOUTS, FACES = "deck/layouts.yaml", "fonts/slides/families.yaml"
FIGURE_MM = (306.7, 112.0)
"""The room of a figure that has a slide to itself, in mm."""
SHORT_FIGURE_MM = (306.7, 84.0)
"""The room of a figure above text."""


@dataclass(frozen=True)
class DeckKit:
    """Tokens, layouts and faces of a theme's decks; `school` and `forms` where they stand on a school's layouts."""

    tokens: SlideTokens
    layouts: SlideLayouts
    families: Mapping[str, Family]
    school: School | None = None
    forms: SchoolForms | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def font_files(self) -> set[Path]:
        """The files of all faces that text is measured with."""
        families = [one for each in self.families.values() for one in (each, each.instead) if one is not None]
        return {face.path for family in families for face in (family.regular, family.bold)}

    def figure_mm(self, *, short: bool) -> tuple[float, float]:
        """The room for a drawing, in mm; `short` where text stands below it."""
        if self.forms is None:
            return SHORT_FIGURE_MM if short else FIGURE_MM
        place = self.forms.forms["title-body"][0][1].placeholder("body" + OBJECT)
        assert place is not None
        box = place.variants[0].box if short else place.box
        return box.w * 10, box.h * 10


def deck_kit(
    templates: Path, slides: Mapping[str, Any], deck_base: DeckBase | None = None, owner: Owner | None = None
) -> DeckKit:
    """Read what decks need; raises ContentError where a school's file cannot be their base.

    `owner` is the school whose logo our own layouts show.
    """
    tokens, said = _with_logo(slide_tokens(slides), owner)
    if deck_base is None:
        layouts = slide_layouts(read_data(templates / LAYOUTS), tokens)
        return DeckKit(tokens, layouts, slide_families(templates, tokens.fonts), diagnostics=said)
    try:
        return _on_school(templates, tokens, deck_base, said)
    except Refused as refused:
        message = f'"{deck_base.file.name}" cannot be the base of decks: {refused}'
        raise ContentError([Diagnostic("deck-base", message, deck_base.place, refused.hint)]) from refused


def _with_logo(tokens: SlideTokens, owner: Owner | None) -> tuple[SlideTokens, tuple[Diagnostic, ...]]:
    """The tokens with the logo that a theme names for its school, or with the PNG of the same name beside it."""
    if owner is None or owner.logo is None:
        return tokens, ()
    beside = owner.logo.with_suffix(".png")
    for file in (owner.logo, *([beside] if beside.is_file() else ())):
        if (logo := read_logo(file.read_bytes(), owner.alt)) is not None:
            return replace(tokens, logo=logo), ()
    hint = f"PowerPoint does not show SVG everywhere: put {beside.name} beside it, which decks take"
    return tokens, (warning("deck-logo", "the logo is neither PNG nor JPEG: slides go without", _place(owner), hint),)


def _place(owner: Owner) -> Place:
    return Place(owner.logo.name if owner.logo else "")


def _on_school(templates: Path, tokens: SlideTokens, deck_base: DeckBase, said: tuple[Diagnostic, ...]) -> DeckKit:
    school = read_school(clean(open_package(deck_base.file.read_bytes())))
    data = read_data(templates / LAYOUTS)
    if deck_base.use == "look":
        own, found = school_tokens(tokens, school)
        said += _told([*found, *strange_fonts(templates, own.fonts)], deck_base)
        return DeckKit(own, slide_layouts(data, own), slide_families(templates, own.fonts), diagnostics=said)
    mapped = map_layouts(school, read_wanted(templates), deck_base.layouts)
    layouts, forms = school_layouts(slide_layouts(data, tokens), school, mapped)
    told = _told(strange_fonts(templates, layouts.fonts), deck_base)
    return DeckKit(tokens, layouts, slide_families(templates, layouts.fonts), school, forms, told)


def _told(messages: Iterable[str], deck_base: DeckBase) -> tuple[Diagnostic, ...]:
    return tuple(warning("deck-base", f"{deck_base.file.name}: {said}", deck_base.place) for said in messages)


def strange_fonts(templates: Path, fonts: SlideFonts) -> list[str]:
    """The fonts that nothing here is as wide as, in words."""
    known = read_fonts(templates)
    names = dict.fromkeys(getattr(fonts, role) for role in SlideFonts.__dataclass_fields__)
    strange = (name for name in names if name not in known)
    return [f'the font "{name}" is not known here: text is measured as in a wide font' for name in strange]


def read_wanted(templates: Path) -> dict[str, Wanted]:
    """What is looked for in a school's file, for each of our layouts."""
    return read_forms(read_data(templates / FILE))


def read_fonts(templates: Path) -> dict[str, Any]:
    """The fonts that can be measured, by name."""
    found: dict[str, Any] = read_data(templates / FACES)
    return found


def slide_families(templates: Path, fonts: SlideFonts) -> dict[str, Family]:
    """The faces that slides are measured with, by font name."""
    path = templates / FACES
    names = {getattr(fonts, role) for role in SlideFonts.__dataclass_fields__}
    return load_families(path.parent, read_data(path), sorted(names))


def read_data(path: Path) -> Any:
    """A YAML file of the templates as plain data."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
