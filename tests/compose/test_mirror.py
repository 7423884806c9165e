"""Style sheets turned round for languages that are written from right to left."""

from __future__ import annotations

import re

import pytest

from lessonpress.compose.kit import Kit, make_kit
from lessonpress.compose.mirror import mirrored, mirrored_styles
from lessonpress.theme import load_theme, themes
from tests.activities.bench import TEMPLATES

TURNED = [
    ("a{left:2mm;margin-right:1mm}", "a{right:2mm;margin-left:1mm}"),
    ("a{text-align:left;float:right;clear:left}", "a{text-align:right;float:left;clear:right}"),
    ("a{border-left:1pt solid red}", "a{border-right:1pt solid red}"),
    ("a{padding:1mm 2mm 3mm 4mm}", "a{padding:1mm 4mm 3mm 2mm}"),
    ("a{margin:0 22mm 0 calc(var(--a) + 2mm)}", "a{margin:0 calc(var(--a) + 2mm) 0 22mm}"),
    ("a{border-radius:1mm 2mm 3mm 4mm}", "a{border-radius:2mm 1mm 4mm 3mm}"),
    ("a{transform:skewX(-24deg)}", "a{transform:skewX(24deg)}"),
    (":root{--lean:skewX(24deg);--left-edge:1mm}", ":root{--lean:skewX(-24deg);--left-edge:1mm}"),
    ("@page:right{margin-left:20mm}", "@page:left{margin-right:20mm}"),
    ("@page{margin:1mm 2mm 3mm 4mm;@top-left{content:none}}", "@page{margin:1mm 4mm 3mm 2mm;@top-right{content:none}}"),
]
KEPT = [
    ".left>b{margin:0 2mm}",
    "a{padding:1mm 2mm 3mm}",
    "a{content:'left;right'}/* left */",
    'a{background:url("data:left;right") no-repeat}',
    "a{font-family:Copyright}",
    "a{transform:var(--lean)}",
]


@pytest.mark.parametrize(("css", "turned"), TURNED)
def test_left_and_right_change_places(css: str, turned: str) -> None:
    """Properties, values, four sides, corners, slants and page sides are turned, and turned again are as before."""
    assert mirrored(css) == turned
    assert mirrored(turned) == css


def test_what_is_important_stays_important() -> None:
    """The word behind four sides stays behind them."""
    assert mirrored("a{margin:1mm 2mm 3mm 4mm!important}") == "a{margin:1mm 4mm 3mm 2mm!important}"


@pytest.mark.parametrize("css", KEPT)
def test_what_has_no_side_is_kept(css: str) -> None:
    """Selectors, three sides, texts, addresses and variables are left alone."""
    assert mirrored(css) == css


def test_styles_of_elements_are_turned_too() -> None:
    """A width stays, a side changes, and what pupils read is left alone."""
    page = '<p style="padding-right:2mm;width:3mm">style=&#34;left:1mm&#34;</p>'
    assert mirrored_styles(page) == '<p style="padding-left:2mm;width:3mm">style=&#34;left:1mm&#34;</p>'


@pytest.mark.parametrize("name", themes(TEMPLATES))
def test_a_theme_turned_twice_is_the_theme(name: str) -> None:
    """No rule of a theme is lost when its style sheet is turned round."""
    css = load_theme(TEMPLATES, name).stylesheet()
    assert mirrored(css) != css
    assert squeezed(mirrored(mirrored(css))) == squeezed(css)


def squeezed(css: str) -> str:
    """A style sheet without the spaces that mean nothing."""
    return re.sub(r"\s+", " ", css)


def kit(lang: str, *scripts: str) -> Kit:
    """The kit of a language."""
    return make_kit(TEMPLATES, load_theme(TEMPLATES, "constructivist").written_in(scripts), lang)


def test_pages_take_direction_and_hyphens_from_the_language() -> None:
    """Arabic sheets are turned, Russian ones part long words, and English ones are the theme's own."""
    own = load_theme(TEMPLATES, "constructivist").stylesheet()
    assert kit("en-GB").css == kit("en-US").css == own
    assert "hyphens:auto" in kit("ru").css
    assert kit("ru").css.endswith(own)
    for profile in ("dyslexia", "large-print", "large-print-24"):
        easy = load_theme(TEMPLATES, "constructivist", profile)
        assert "hyphens:auto" not in make_kit(TEMPLATES, easy, "ru").css
    arabic = kit("ar", "Arab")
    assert "skewX(-24deg)" in own
    assert "--lean:skewX(24deg)" in arabic.css
    assert '--text:"Source Sans 3","Noto Naskh Arabic"' in arabic.css
    assert any(name.endswith("NotoNaskhArabic_400Regular.ttf") for name, _ in arabic.fonts)
