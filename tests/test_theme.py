"""Themes: what they hold, how they fold, and what is refused."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from lessonpress.errors import ContentError, UsageError
from lessonpress.theme import BASE, Theme, contrast, load_theme, profiles, themes
from lessonpress.theme.values import grown

TEMPLATES = Path(__file__).parents[1] / "templates"
NAMES = themes(TEMPLATES)

every_theme = pytest.mark.parametrize("name", NAMES)


def theme(name: str = "classic", **wanted: Any) -> Theme:
    return load_theme(TEMPLATES, name, **wanted)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the templates' themes to spoil; fonts are linked, not copied."""
    for group in ("themes", "profiles", "papers"):
        shutil.copytree(TEMPLATES / group, tmp_path / group, ignore=shutil.ignore_patterns("fonts"))
    (tmp_path / "themes" / BASE / "fonts").symlink_to(TEMPLATES / "themes" / BASE / "fonts")
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    (folder / "themes" / name).mkdir(exist_ok=True)
    (folder / "themes" / name / "theme.yaml").write_text(text, encoding="utf-8")
    return folder


def codes(folder: Path, name: str = "mine") -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_theme(folder, name)
    return [problem.code for problem in caught.value.diagnostics]


def test_the_base_is_no_theme() -> None:
    """Themes are the folders that are there, sorted; the base is not offered."""
    assert {"classic", "constructivist"} <= set(NAMES)
    assert sorted(NAMES) == NAMES
    assert BASE not in NAMES


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#FFFFFF", 1.0), ("#000000", 21.0), ("#1A1A1A", 17.4), ("#B5121B", 6.8), ("#666666", 5.7)]
)
def test_contrast_is_that_of_the_standard(colour: str, ratio: float) -> None:
    """The numbers of the visual specification come out."""
    assert round(contrast(colour, "#FFFFFF"), 1) == ratio


@every_theme
def test_fonts_are_files_beside_their_licence(name: str) -> None:
    """Every face is a file of the templates, told to the printer by an address relative to them."""
    for font in theme(name).fonts.values():
        assert font.file.is_file()
        assert TEMPLATES / font.url == font.file
        assert list(font.file.parent.glob("OFL-*.txt"))
    assert {"text", "text-bold", "text-600", "text-italic", "display", "source", "numeral"} <= set(theme(name).faces)


@every_theme
def test_coverage_has_what_every_font_has(name: str) -> None:
    """Cyrillic and typographic signs can be set, pictures cannot."""
    covered = theme(name).coverage()
    assert {ord(c) for c in "AzЖя“’–—…\u00a0é"} <= covered
    assert ord("😀") not in covered


def test_variables_are_the_tokens() -> None:
    """Paper reads colours, lengths, families and the lean as custom properties."""
    css = theme("constructivist").css_variables()
    assert "--accent:#B5121B" in css
    assert "--h1-size:36pt" in css
    assert '--display:"Sofia Sans Extra Condensed";--display-w:800' in css
    assert "--lean:skewX(-24deg)" in css
    assert "--lean:none" in theme("classic").css_variables()


def test_stylesheet_goes_from_fonts_to_ornament() -> None:
    """Faces come first, then tokens, the structure, and the theme's own rules last."""
    css = theme("constructivist").stylesheet()
    places = [css.index(part) for part in ("@font-face", ":root{", ".mast{", ".lessonmark::before")]
    assert places == sorted(places)
    assert css.count("SourceSans3_400Regular.ttf") == 1


def test_figures_are_painted_by_class() -> None:
    """A class fills, the same class after `line-` strokes."""
    style = theme().svg_style()
    assert style["ink"] == "fill:#1A1A1A"
    assert style["line-rule"] == "stroke:#555555"


def test_themes_go_to_other_processes() -> None:
    """A theme survives pickling."""
    assert pickle.loads(pickle.dumps(theme())) == theme()


def test_measures_follow_the_paper() -> None:
    """The measure is the page less its margins, the text column less the hang."""
    assert theme().measure_mm == 180
    assert theme().text_mm == 167.5
    assert theme(paper="letter").text_mm == pytest.approx(173.4)
    assert theme(punched=True).measure_mm == 176
    assert theme().mm("h1-size") == pytest.approx(8.82, abs=0.01)


def test_long_titles_are_set_smaller() -> None:
    """A short title has the theme's size, a long line is set to fit."""
    assert theme().title_pt(20) == 25
    assert 20 < theme().title_pt(35) < 25


def test_profile_and_paper_fold_last() -> None:
    """A profile has its word after the theme, a paper after the profile."""
    mine = theme("constructivist", profile="large-print", paper="letter")
    assert (mine.lengths["body"], mine.lengths["page-width"], mine.lean) == ("18pt", "215.9mm", 0)
    assert mine.title == "Constructivist"
    assert mine.colours["accent"] == theme("constructivist").colours["accent"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lengths: {bodi: 18pt}", ["theme-name"]),
        ("shapes: {round: 0}", ["theme-name"]),
        ("extends: classic", ["theme-name"]),
        ("flow: grid", ["theme-value"]),
        ("scale: 9", ["theme-value"]),
        ("lines_factor: none", ["theme-value"]),
        ("italics: maybe", ["theme-value"]),
        ('colours: {ink: "#AAAAAA"}', ["theme-contrast", "theme-contrast"]),
        ("fonts: {text: {family: X, files: {400: base/fonts/none.ttf}}}", ["theme-font"]),
    ],
)
def test_problems_of_a_profile_are_diagnostics(folder: Path, text: str, expected: list[str]) -> None:
    """A profile is checked as a theme is, and told with its own file."""
    (folder / "profiles" / "mine.yaml").write_text(f"title: Mine\n{text}\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        load_theme(folder, "classic", "mine")
    assert [d.code for d in caught.value.diagnostics] == expected
    assert all(d.place.file.endswith("profiles/mine.yaml") and d.place.line == 2 for d in caught.value.diagnostics)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [({"profile": "large-prin"}, 'did you mean "large-print"?'), ({"paper": "legal"}, "there are a4, letter")],
)
def test_unknown_profiles_and_papers_are_refused(wanted: dict[str, str], said: str) -> None:
    """A wrong word on the command line is told with the right ones."""
    with pytest.raises(UsageError, match=re.escape(said)):
        theme(**wanted)


def test_spaces_of_the_style_sheet_grow_with_the_profile() -> None:
    """Every length written in millimetres is so many times as long; tokens and other units stay."""
    css = ".a{margin:1.5mm -2mm;font-size:12pt;width:var(--gap)}"
    assert grown(css, 1) == css
    assert grown(css, 1.5) == ".a{margin:2.25mm -3mm;font-size:12pt;width:var(--gap)}"


@pytest.mark.parametrize(("lines", "ruled"), [(1, 1), (2, 3), (3, 4), (12, 16)])
def test_answer_space_grows_with_the_profile(lines: int, ruled: int) -> None:
    """One line stays one; more become more."""
    assert theme(profile="large-print").profile.ruled(lines) == ruled
    assert theme().profile.ruled(lines) == lines


def test_a_theme_extends_another(folder: Path) -> None:
    """Values come from the theme, then what it extends, then the base; styles add up."""
    write(folder, "mine", 'extends: constructivist\ntitle: Mine\ncolours: {accent: "#004400"}\n')
    mine = load_theme(folder, "mine")
    assert (mine.title, mine.colours["accent"], mine.lean) == ("Mine", "#004400", 24)
    assert mine.colours["strip"] == "#111111"
    assert mine.lengths["pitch"] == "8.5mm"
    assert len(mine.styles) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('colours: {acent: "#004400"}', ["theme-name"]),
        ("colours: {accent: green}", ["theme-value"]),
        ("colours: {accent: #004400}", ["yaml"]),
        ('colours: {accent: "#00440"}', ["theme-value"]),
        ('colours: {accent: "#00FF00"}', ["theme-contrast"]),
        ('colours: {rule: "#AAAAAA"}', ["theme-contrast"]),
        ('colours: {strip: "#1A1A1A"}', ["theme-contrast"]),
        ("lengths: {gap: 31}", ["theme-value"]),
        ("lengths: {gap: 31mm; color:red}", ["theme-value"]),
        ("lean: steep", ["theme-value"]),
        ("lean: 80", ["theme-value"]),
        ("logo: x.png", ["theme-name"]),
        ("extends: nothing", ["theme-extends"]),
        ("extends: mine", ["theme-extends"]),
        ("fonts: {text: Comic}", ["theme-font"]),
        ("fonts: {text: {family: X, files: {400: base/fonts/none.ttf}}}", ["theme-font"]),
        ("fonts: {text: {family: X, files: {400: ../../x.ttf}}}", ["theme-font"]),
        ("fonts: {text: {family: 'X\"}', files: {400: base/fonts/x.ttf}}}", ["theme-font"]),
        ("fonts: {script: {family: X}}", ["theme-name"]),
        ("colours: none", []),
    ],
)
def test_problems_are_diagnostics(folder: Path, text: str, expected: list[str]) -> None:
    """What cannot be printed, or not be read, is told with its place."""
    write(folder, "mine", text + "\n")
    if not expected:
        assert load_theme(folder, "mine").colours == theme().colours
        return
    assert codes(folder) == expected


def test_problems_have_a_place_and_come_all_at_once(folder: Path) -> None:
    """Every problem of a file is told in one run, with line and column."""
    write(folder, "mine", 'title: Mine\ncolours:\n  acent: "#004400"\n  ink: grey\n')
    with pytest.raises(ContentError) as caught:
        load_theme(folder, "mine")
    assert [(d.place.line, d.code) for d in caught.value.diagnostics] == [(3, "theme-name"), (4, "theme-value")]
    assert caught.value.diagnostics[0].hint == 'did you mean "accent"?'


def test_unknown_themes_are_a_wrong_call() -> None:
    """A name that no theme has is a mistake of the command, with a hint."""
    with pytest.raises(UsageError, match="did you mean"):
        theme("clasic")
    with pytest.raises(UsageError, match="there are " + ", ".join(NAMES)):
        theme("baroque")


# ---- a school's file


def with_base(folder: Path, text: str) -> Path:
    """A theme whose folder holds a school's file."""
    write(folder, "mine", f"title: Mine\n{text}")
    (folder / "themes" / "mine" / "school.potx").write_bytes(b"a file")
    return folder


@pytest.mark.parametrize(
    ("text", "use", "layouts"),
    [
        ("deck_base: school.potx", "look", {}),
        ("deck_base: {file: school.potx}", "look", {}),
        ("deck_base: {file: school.potx, use: layouts}", "layouts", {}),
        (
            "deck_base: {file: school.potx, use: layouts, layouts: {task: School task}}",
            "layouts",
            {"task": "School task"},
        ),
    ],
)
def test_a_theme_may_name_a_schools_file(folder: Path, text: str, use: str, layouts: dict[str, str]) -> None:
    """By its name alone, or with what is taken from it; a theme that extends it has it too."""
    found = load_theme(with_base(folder, text), "mine").deck_base
    assert found is not None
    assert (found.file.name, found.use, dict(found.layouts)) == ("school.potx", use, layouts)
    write(folder, "heir", "title: Heir\nextends: mine")
    assert load_theme(folder, "heir").deck_base == found


@pytest.mark.parametrize(
    "text",
    [
        "deck_base: other.potx",
        "deck_base: ../classic/theme.yaml",
        "deck_base: ../mine/school.potx",
        "deck_base: /etc/school.potx",
        "deck_base: theme.yaml",
        "deck_base: {file: school.potx, use: everything}",
        "deck_base: {use: look}",
        "deck_base: {file: school.potx, logo: yes}",
        "deck_base: {file: school.potx, layouts: none}",
    ],
)
def test_other_files_are_refused(folder: Path, text: str) -> None:
    """The file stands beside theme.yaml and is a presentation; every other key is a mistake."""
    assert codes(with_base(folder, text)) == ["theme-deck-base"]


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    """What a name leads to must stand in the folder as well."""
    with_base(folder, "deck_base: linked.potx")
    (tmp_path / "outside.potx").write_bytes(b"a file")
    (folder / "themes" / "mine" / "linked.potx").symlink_to(tmp_path / "outside.potx")
    assert codes(folder) == ["theme-deck-base"]


# ---- other scripts

ALEF, NASKH = ord("ا"), "Noto Naskh Arabic"


@every_theme
def test_letters_of_another_script_are_added_where_they_are_asked_for(name: str) -> None:
    """A theme sets Arabic only when it is written in it; then every face has a font, told in the style sheet."""
    own = theme(name)
    arabic = own.written_in(["Arab", "Cyrl"])
    assert ALEF not in own.coverage()
    assert ALEF in arabic.coverage()
    assert own.coverage() < arabic.coverage()
    assert set(arabic.also) == set(own.fonts)
    assert own.written_in(["Latn", "Cyrl"]).stylesheet() == own.stylesheet()
    assert f'--text:"Source Sans 3","{NASKH}"' in arabic.css_variables()
    assert arabic.family == f"Source Sans 3, {NASKH}"
    assert f'font-family:"{NASKH}";font-weight:700' in arabic.font_faces()
    assert {font.file for fonts in arabic.also.values() for font in fonts} <= set(arabic.files)


def test_a_face_takes_the_nearest_weight() -> None:
    """Semi-bold text stands beside semi-bold Arabic, and what has no weight of its own takes the nearest."""
    also = theme("constructivist").written_in(["Arab"]).also
    assert [also[face][0].weight for face in ("text", "text-600", "text-bold", "text-italic")] == [400, 600, 700, 400]
    assert also["display"][0].family == "Noto Kufi Arabic"
    assert theme("classic").written_in(["Arab"]).also["display"][0].family == NASKH


@pytest.mark.parametrize("profile", profiles(TEMPLATES))
def test_every_profile_keeps_the_scripts(profile: str) -> None:
    """Whatever family a profile reads best in, Arabic has its letters there too."""
    assert ALEF in theme("constructivist", profile=profile).written_in(["Arab"]).coverage()


def test_headings_have_the_size_of_the_first_script() -> None:
    """A wide display face is set smaller, but not where the script is only quoted."""
    own = theme("constructivist")
    assert own.written_in(["Arab"]).pt("h2-size") == pytest.approx(own.pt("h2-size") * 0.68, abs=0.05)
    assert own.written_in(["Arab"]).pt("numeral-size") == own.pt("numeral-size")
    assert theme("classic").written_in(["Arab"]).lengths == theme("classic").lengths


@pytest.mark.parametrize(
    "scripts",
    [
        "x",
        "{Arab: x}",
        "{Arab: {family: Noto}}",
        "{Arab: {family: Noto, files: {}}}",
        "{Arab: {family: Noto, scale: 9, files: {400: base/fonts/NotoNaskhArabic_400Regular.ttf}}}",
        "{Arab: {family: Noto, files: {400: base/fonts/none.ttf}}}",
    ],
)
def test_fonts_of_a_script_that_are_not_complete_are_told(folder: Path, scripts: str) -> None:
    """A script needs a family and files that are there, and a scale that can be read."""
    face = "{400: base/fonts/SourceSans3_400Regular.ttf}"
    write(
        folder, "mine", f"title: Mine\nfonts:\n  text: {{family: Source Sans 3, files: {face}, scripts: {scripts}}}\n"
    )
    assert codes(folder) == ["theme-font"]


def test_a_script_needs_running_text(folder: Path) -> None:
    """Fonts for headings alone are no script: questions could not be set."""
    face = "{400: base/fonts/SourceSans3_400Regular.ttf}"
    display = f"{{family: Source Sans 3, files: {face}, scripts: {{Grek: {{family: Source Sans 3, files: {face}}}}}}}"
    write(folder, "mine", f"title: Mine\nfonts:\n  display: {display}\n")
    assert codes(folder) == ["theme-font"]
