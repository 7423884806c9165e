"""Paper: pages, diagrams and pictures as templates see them, and the environment they run in."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import jinja2
import pytest
from PIL import Image as Pillow

from lessonpress.compose.kit import environment, file_hash
from lessonpress.compose.paper import Drawings, Scene, compose_paper
from lessonpress.model.base import LEVELS
from lessonpress.model.image import Image
from lessonpress.model.text import Prose
from tests.activities.bench import TEMPLATES, html, kit, lesson_of, pose

CHART = {"kind": "chart", "form": "bar", "unit": "votes", "data": {"For": 559, "Against": 65}, "alt": "559 to 65."}


def scene(*, key: bool = False, images: Path | None = None) -> Scene:
    return Scene(kit(), pose(lesson_of("matching")), "worksheet", key=key, images=images)


@pytest.mark.parametrize(("level", "squares"), [("support", 1), ("core", 2), ("challenge", 3)])
def test_pages_know_their_level(level: str, squares: int) -> None:
    """One, two or three squares tell the level."""
    found = Scene(kit(), pose(lesson_of("matching"), level), "worksheet", key=False, images=None)  # type: ignore[arg-type]
    assert found.page.squares == squares
    assert not found.page.is_key
    assert scene(key=True).page.is_key


def test_title_says_what_and_of_which_lesson() -> None:
    """The title of a file names the document and the lesson."""
    assert scene().title() == "Lesson 1: Lessonword (Worksheet)"
    assert scene(key=True).title() == "Lesson 1: Lessonword (Answer key)"


def test_key_only_blocks_run_on_keys() -> None:
    """A block for the key is evaluated on keys alone."""
    assert scene(key=True).key_only(lambda: "said") == "said"
    assert scene().key_only(lambda: 1 / 0) == ""  # type: ignore[arg-type,return-value]


def test_lines_of_a_source_are_numbered() -> None:
    """The first line of a source and every fifth carry their number."""
    lines = scene().source_lines(Prose.parse("word " * 120), 100)
    assert [number for number, _ in lines if number] == [1, *range(5, len(lines) + 1, 5)]
    assert " ".join(line.plain for _, line in lines) == ("word " * 120).strip()


def test_diagrams_are_drawn_in_the_colours_of_the_theme() -> None:
    """A diagram stands in the page as SVG with the ink of the theme, its description beside it."""
    markup = html(pose(lesson_of("short-answer", chart=CHART)))
    assert kit().theme.colours["ink"] in markup
    assert "559 to 65." in markup


def test_pictures_are_part_of_the_page(tmp_path: Path) -> None:
    """An image is a data address, so that no page names a file; without a folder it is nothing."""
    found = {}
    for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        stream = io.BytesIO()
        Pillow.new("RGB", (4, 3)).save(stream, kind)
        (tmp_path / name).write_bytes(stream.getvalue())
        found[kind] = scene(images=tmp_path).picture(Image(file=name, alt="x"))
        assert base64.b64decode(found[kind].split(",")[1]) == stream.getvalue()
    assert found["PNG"].startswith("data:image/png;base64,")
    assert found["JPEG"].startswith("data:image/jpeg;base64,")
    assert scene().picture(Image(file="a.png", alt="x")) == ""


def test_composed_tells_what_was_written_and_spilled() -> None:
    """A composed key tells every answer that it wrote and those that did not fit; a sheet none."""
    posed = pose(
        lesson_of("short-answer", questions=[{"ask": "Why?", "answer": "Words of an answer. " * 30, "answer_space": 1}])
    )
    key, sheet = (compose_paper(kit(), posed, "worksheet", key=key) for key in (True, False))
    assert key.spilled == ("read-the-vote.1",)
    assert key.written[0].task == "read-the-vote"
    assert (sheet.spilled, sheet.written) == ((), ())


def test_a_task_that_is_drawn_already_stands_as_if_it_were_not() -> None:
    """Documents that share drawings have the same bytes, and tell the same of their ink, as those that do not."""
    long = {"ask": "Why?", "answer": "Words of an answer. " * 30, "answer_space": 1}
    drawn: Drawings = {}
    for level in LEVELS:
        posed = pose(lesson_of("short-answer", questions=[long]), level)
        for key in (False, True):
            alone = compose_paper(kit(), posed, "worksheet", key=key)
            shared = [compose_paper(kit(), posed, "worksheet", key=key, drawn=drawn) for _ in range(2)]
            assert shared == [alone, alone]
    assert len(drawn) == 2 * len(LEVELS)


def test_the_sandbox_refuses_as_often_as_it_is_asked() -> None:
    """An attribute that is not safe is not safe the second time either, and is safe on types where it is."""
    env = environment(TEMPLATES)
    for _ in range(2):
        for unsafe in ("{{ [].append(1) }}", "{{ {}.update(a=1) }}", "{{ ''.__class__.mro() }}"):
            with pytest.raises(jinja2.exceptions.SecurityError):
                env.from_string(unsafe).render()
        assert env.from_string("{{ [1].count(1) }}{{ one.append }}").render(one={"append": 2}) == "12"


def test_environment_is_strict_and_closed() -> None:
    """What is undefined raises, text is escaped, and nothing of Jinja's own is at hand but three names."""
    env = environment(TEMPLATES)
    assert set(env.globals) == {"range", "dict", "namespace"}
    assert env.from_string("{{ '<b>' }}").render() == "&lt;b&gt;"
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ nothing }}").render()
    with pytest.raises(jinja2.exceptions.SecurityError):
        env.from_string("{{ [].append(1) }}").render()


def test_every_template_compiles() -> None:
    """No template has a fault that only its first use would show."""
    names = [name for name in kit().env.list_templates() if name.endswith(".j2")]
    assert len(names) > 20
    for name in names:
        kit().env.get_template(name)


def test_files_are_told_apart_by_their_content(tmp_path: Path) -> None:
    """The hash of a file changes with its bytes and with nothing else."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"a")
    two.write_bytes(b"a")
    assert file_hash(one) == file_hash(two)
    two.write_bytes(b"b")
    assert file_hash(one) != file_hash(two)
    assert kit().drawing_faces()[700] is kit().faces["text-bold"]
