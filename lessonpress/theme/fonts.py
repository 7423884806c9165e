"""Read the fonts of a theme: a family and its files for each role, and those of other scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lessonpress.diagnostics import Place
from lessonpress.theme.values import Font, Letters

BOLD = 700
Written = Mapping[str, tuple[Any, Place]]
"""What is written for each role, and where."""

_FAMILY = re.compile(r"[A-Za-z][A-Za-z0-9 ]*")
_SCALE = re.compile(r"1(\.\d+)?|0?\.[3-9]\d*")
_WEIGHT = re.compile(r"([1-9]00)(?:-(italic))?")


@dataclass(frozen=True)
class FontReader:
    """Reads fonts below a templates folder; `complain` is told the code, message, place and hint of each problem."""

    templates: Path
    complain: Callable[[str, str, Place, str], None]

    def fonts(self, tokens: Written) -> tuple[dict[str, tuple[str, int]], dict[str, Font]]:
        """The family and weight of each role, and the font of each face."""
        families: dict[str, tuple[str, int]] = {}
        faces: dict[str, Font] = {}
        for role, (value, place) in tokens.items():
            spec = value if isinstance(value, dict) else {}
            files, family, weight = spec.get("files"), str(spec.get("family")), str(spec.get("weight") or 400)
            if not isinstance(files, dict) or weight not in files or not _FAMILY.fullmatch(family):
                hint = "write family:, weight: and files: with that weight"
                self.complain("font", f"the font {role} is not complete", place, hint)
                continue
            families[role] = (family, int(weight))
            for font in self._files(family, files, place):
                faces[_face(role, int(weight), font)] = font
        return families, faces

    def _files(self, family: str, files: Mapping[str, Any], place: Place) -> Iterator[Font]:
        """The fonts of a family by weight; one without its file is a problem."""
        for key, file in files.items():
            found, url = _WEIGHT.fullmatch(key), f"themes/{file}"
            if found and ".." not in url and (path := self.templates / url).is_file():
                yield Font(family, int(found[1]), bool(found[2]), path, url)
            else:
                hint = "weights are 400, 400-italic, 700 ...; files are named from the folder themes/"
                self.complain("font", f'there is no font "{file}" for the weight {key}', place, hint)

    def scripts(self, tokens: Written) -> dict[str, dict[str, Letters]]:
        """The fonts of other scripts, by script and role; a script of any role needs fonts for running text."""
        found: dict[str, dict[str, Letters]] = {}
        for role, (value, place) in tokens.items():
            scripts = value.get("scripts", {}) if isinstance(value, dict) else {}
            for script, spec in scripts.items() if isinstance(scripts, dict) else [("", None)]:
                spec = spec if isinstance(spec, dict) else {}  # noqa: PLW2901 - what is no mapping has no files
                files, family, scale = spec.get("files"), str(spec.get("family")), str(spec.get("scale") or 1)
                if isinstance(files, dict) and files and _FAMILY.fullmatch(family) and _SCALE.fullmatch(scale):
                    fonts = tuple(self._files(family, files, place))
                    found.setdefault(script, {})[role] = Letters(fonts, float(scale))
                else:
                    hint = "write scripts: {Arab: {family: ..., files: {400: ...}}}, and scale: from 0.3 to 1.9"
                    self.complain("font", f"the scripts of the font {role} are not complete", place, hint)
        for script in [script for script, letters in found.items() if "text" not in letters]:
            hint = "name fonts of the script for the role text too"
            self.complain("font", f"no running text can be set in the script {script}", tokens["text"][1], hint)
        return found


def _face(role: str, main: int, font: Font) -> str:
    """The name of a face: the role, then what sets it apart from the role's own weight."""
    apart = "" if font.weight == main else "-bold" if font.weight == BOLD else f"-{font.weight}"
    return f"{role}{apart}{'-italic' if font.italic else ''}"
