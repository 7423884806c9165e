"""What the tests of the PowerPoint printer share: the themes, the sample deck and small markup."""

import functools
import io
import re
from pathlib import Path

import jinja2
import yaml
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pptx import Presentation

from lessonpress.compose.deck_base import compose_base
from lessonpress.measure import load_families
from lessonpress.model.slide_layouts import slide_layouts
from lessonpress.model.slide_tokens import slide_tokens
from lessonpress.render.pptx import print_deck
from lessonpress.render.pptx.fit import Typeset
from lessonpress.render.pptx.package import read_zip, write_zip
from lessonpress.theme import load_theme, themes

TEMPLATES = Path(__file__).parents[2] / "templates"
SAMPLE = Path(__file__).parent / "sample_deck.xml"
THEMES = themes(TEMPLATES)


def data(name):
    return yaml.safe_load((TEMPLATES / name).read_text("utf-8"))


@functools.cache
def tokens(theme="classic"):
    return slide_tokens(load_theme(TEMPLATES, theme).slides)


@functools.cache
def layouts(theme="classic"):
    return slide_layouts(data("deck/layouts.yaml"), tokens(theme))


@functools.cache
def families():
    folder = TEMPLATES / "fonts/slides"
    return load_families(folder, data("fonts/slides/families.yaml"))


def typeset(theme="classic"):
    return Typeset(layouts(theme).fonts, families())


@functools.cache
def base(theme="classic"):
    loader = jinja2.FileSystemLoader(TEMPLATES)
    env = ImmutableSandboxedEnvironment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return compose_base(tokens(theme), layouts(theme), env)


def print_markup(markup, theme="classic", images=None):
    return print_deck(markup, base(theme), layouts(theme), families(), images)


@functools.cache
def sample(theme="classic"):
    return print_markup(SAMPLE.read_text("utf-8"), theme)


def parts(theme="classic"):
    """The parts of the sample by name."""
    return dict(read_zip(sample(theme).data))


def edited(name, pattern, replacement, count=1):
    """The sample with one part changed; the change must change something."""
    files = parts()
    text = files[name].decode()
    new = re.sub(pattern, replacement, text, count=count, flags=re.DOTALL)
    assert new != text, (name, pattern)
    return write_zip({**files, name: new.encode()})


def deck(*sections, attributes='lang="en-GB" title="Test" footer="Unit" revised="2026-11-01"'):
    return f"<deck {attributes}>{''.join(sections)}</deck>"


def slide(inner="", layout="title-body", name="one", title="A title", section=""):
    group = f' data-section="{section}"' if section else ""
    return f'<section layout="{layout}" id="{name}"{group}><h1>{title}</h1>{inner}</section>'


def slot(role, inner):
    return f'<div slot="{role}">{inner}</div>'


def opened(printed):
    return Presentation(io.BytesIO(printed.data))


def only_slide(markup, **options):
    return opened(print_markup(markup, **options)).slides[0]


def texts(native):
    return {
        shape.name: shape.text_frame.text for shape in native.shapes if shape.has_text_frame and shape.text_frame.text
    }
