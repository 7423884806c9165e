"""The wheel holds all that a build needs: it is installed away from the source, and builds a lesson there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.tiny import ROOT, files

pytestmark = pytest.mark.slow

WHERE = "from lessonpress.cli.options import templates_folder; print(templates_folder())"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    call = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(call, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("lessonpress-*.whl")
    return path


def run(*call: str | Path, cwd: Path) -> str:
    """What a program prints, run where nothing of the checkout can be found."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV_"))}
    done = subprocess.run([str(part) for part in call], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_templates(wheel: Path) -> None:
    """Every file of templates/, with the licences of the fonts, and the schema."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = {
        f"lessonpress/templates/{path.relative_to(ROOT / 'templates').as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert len(templates) > 60
    assert templates - names == set()
    assert "lessonpress/schema_files/lesson.json" in names
    assert not [name for name in names if name.startswith(("tests/", "content/", "docs/"))]
    assert [name for name in names if name.endswith("LICENSE")]
    assert len([name for name in names if "licenses" in name and "OFL" in name]) >= 3


def test_the_wheel_builds_a_lesson_away_from_the_source(wheel: Path, tmp_path: Path) -> None:
    """In a new environment, from a copy of the content, with the templates that it carries itself."""
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        "--quiet",
        wheel,
        cwd=tmp_path,
    )
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=tmp_path).strip())
    # The dependencies are those of this environment: no index is asked. Its own .pth files are not read there.
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"], "utf-8")
    assert Path(run(python, "-c", WHERE, cwd=tmp_path).strip()) == site / "lessonpress" / "templates"
    shutil.copytree(ROOT / "content", tmp_path / "content")
    lesson, *others = sorted((tmp_path / "content" / "power-struggle" / "lessons").glob("*.yaml"))
    for other in others:
        other.unlink()
    program = tmp_path / "venv" / "bin" / "lessonpress"
    told = run(program, "build", "--levels", "core", "--jobs", "2", cwd=tmp_path)
    assert re.search(r"\d+ files written, 0 were fresh", told)
    made = files(tmp_path / "output")
    assert set(made) >= {
        f"power-struggle/students/{lesson.stem}/worksheet.pdf",
        f"power-struggle/students/{lesson.stem}/reading.pdf",
        f"power-struggle/teachers/{lesson.stem}/answer-key.pdf",
        f"power-struggle/teachers/{lesson.stem}/deck.pptx",
    }
    assert all(len(data) > 10_000 for data in made.values())
