"""The printers that are compared: ours, WeasyPrint by itself, and others that are asked for the same pages."""

from __future__ import annotations

import importlib.util
import os
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZipFile

from pypdfium2 import PdfDocument

from benchmarks import markup
from benchmarks.measure import ROOT, Failed, Took, run, run_all, say
from lessonpress.compose.jobs import HtmlDocument

PYTHON = sys.executable
PRESS = (PYTHON, "-m", "benchmarks.press")
TEMPLATES = ROOT / "templates"
TYPST = """import sys, typst
only = {"font_paths": [sys.argv[3]], "ignore_system_fonts": True, "pdf_standards": "ua-1"}
typst.compile(sys.argv[1], sys.argv[2], **only)"""
TYPST_LOOP = """import sys, typst
only = {"font_paths": [sys.argv[1]], "ignore_system_fonts": True, "pdf_standards": "ua-1"}
for path in sys.argv[2:]:
    typst.compile(path, path[:-4] + ".pdf", **only)"""

SECTION = (
    b'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    b'<w:pgMar w:top="1021" w:right="1021" w:bottom="1021" w:left="1021" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
)
"""A4 with margins of 18 mm, in the words of DOCX."""

Call = Sequence[str | Path]


@dataclass
class Way:
    """A way to print documents: its processes, how many documents and pages come of it, and what each run took."""

    name: str
    calls: list[Call]
    documents: int
    pages: int = 0
    env: dict[str, str] = field(default_factory=dict)
    took: list[Took] = field(default_factory=list)

    def run(self) -> None:
        """Print once, and note what it took."""
        self.took.append(run_all(self.calls, self.env))


@dataclass(frozen=True)
class Sheets:
    """Composed worksheets as others can print them: files of HTML, jobs of ours, and the fonts they may use."""

    folder: Path
    jobs: tuple[HtmlDocument, ...]
    env: dict[str, str]

    def html(self) -> list[Path]:
        """The files."""
        return [self.folder / f"{number:02d}.html" for number in range(len(self.jobs))]

    def pickled(self) -> Path:
        """The jobs, in a file."""
        path = self.folder / "jobs.pickle"
        path.write_bytes(pickle.dumps(list(self.jobs)))
        return path


def lay_ready(folder: Path, jobs: Sequence[HtmlDocument]) -> Sheets:
    """Write worksheets as files whose fonts and pictures are found from anywhere."""
    from lessonpress.render.pdf import only_vendored_fonts

    folder.mkdir(parents=True, exist_ok=True)
    base = f'<head><base href="{TEMPLATES.as_uri()}/">'
    for number, job in enumerate(jobs):
        (folder / f"{number:02d}.html").write_text(job.html.replace("<head>", base, 1), "utf-8")
    only_vendored_fonts(TEMPLATES)
    # Word processors and LaTeX keep the fonts of the computer.
    return Sheets(folder, tuple(jobs), {"FONTCONFIG_FILE": os.environ.pop("FONTCONFIG_FILE")})


def ours(sheets: Sheets) -> list[Way]:
    """What prints the same HTML in one process: ours with workers, and WeasyPrint in the simplest loop."""
    count = len(sheets.jobs)
    jobs = sheets.pickled()
    return [
        Way("lessonpress, 1 worker", [[*PRESS, "pool", "1", jobs]], count),
        Way("lessonpress, 2 workers", [[*PRESS, "pool", "2", jobs]], count),
        Way("WeasyPrint in a loop", [[*PRESS, "naive", *sheets.html()]], count, env=sheets.env),
    ]


def others(sheets: Sheets) -> tuple[list[Way], list[str]]:
    """The ways of others, each in a process for each sheet; and what is skipped, with the reason."""
    ways, skipped = [], []
    for name, missing, make in OTHERS:
        why = missing()
        if why:
            skipped.append(f"{name}: {why}")
            continue
        try:
            ways.append(make(name, sheets))
        except (Failed, OSError, subprocess.SubprocessError) as error:
            skipped.append(f"{name}: {str(error)[:300]}")
    return ways, skipped


def warm(ways: Sequence[Way]) -> list[str]:
    """Run the first process of each way once, uncounted, so that caches are full. What fails is dropped and returned."""
    failed = []
    for way in ways:
        say(f"  once, uncounted: {way.name}")
        try:
            run(way.calls[0], way.env)
        except Failed as error:
            failed.append(f"{way.name}: {str(error)[:300]}")
            way.calls = []
    return failed


def count(way: Way) -> None:
    """Count the pages of what a way has printed."""
    ours = "benchmarks.press" in way.calls[0]
    way.pages = int(way.took[-1].out) if ours else _pages(way.calls)


def _pages(calls: Sequence[Call]) -> int:
    """The pages of the PDFs that calls name."""
    named = (str(part).rpartition("=")[2] for call in calls for part in call)
    made = dict.fromkeys(Path(part).with_suffix(".pdf") for part in named if part.endswith((".pdf", ".docx", ".typ")))
    return sum(len(PdfDocument(path)) for path in made if path.is_file())


def _needs(*programs: str) -> Callable[[], str]:
    def missing() -> str:
        absent = [program for program in programs if shutil.which(program) is None]
        return f"{' and '.join(absent)} not installed" if absent else ""

    return missing


def _no_typst() -> str:
    return "" if importlib.util.find_spec("typst") else "typst not installed"


def _chromium() -> str:
    return shutil.which("chromium") or shutil.which("google-chrome") or ""


def _weasyprint(name: str, sheets: Sheets) -> Way:
    command = [PYTHON, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1"]
    return Way(
        name, [[*command, page, page.with_suffix(".pdf")] for page in sheets.html()], len(sheets.jobs), env=sheets.env
    )


def _browser(name: str, sheets: Sheets) -> Way:
    profile = sheets.folder / "chromium"
    command = [_chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command.append(f"--user-data-dir={profile}")
    calls = [
        [*command, f"--print-to-pdf={_put(sheets, name, n, '.pdf')}", page.as_uri()]
        for n, page in enumerate(sheets.html())
    ]
    return Way(name, calls, len(sheets.jobs), env=sheets.env)


def _typst_each(name: str, sheets: Sheets) -> Way:
    files = _typst_files(sheets, "typst-each")
    fonts = TEMPLATES / "themes/base/fonts"
    return Way(name, [[PYTHON, "-c", TYPST, file, file.with_suffix(".pdf"), fonts] for file in files], len(sheets.jobs))


def _typst_loop(name: str, sheets: Sheets) -> Way:
    files = _typst_files(sheets, "typst-loop")
    return Way(name, [[PYTHON, "-c", TYPST_LOOP, TEMPLATES / "themes/base/fonts", *files]], len(sheets.jobs))


def _typst_files(sheets: Sheets, name: str) -> list[Path]:
    found = []
    for number, job in enumerate(sheets.jobs):
        found.append(_put(sheets, name, number, ".typ"))
        found[-1].write_text(markup.typst(job.html, job.title), "utf-8")
    return found


def _latex(name: str, sheets: Sheets) -> Way:
    calls = []
    for number, job in enumerate(sheets.jobs):
        source = _put(sheets, "latex", number, ".md")
        source.write_text(markup.markdown(job.html, job.title, latex=True), "utf-8")
        page = ["-V", "geometry:margin=18mm", "-V", "papersize=a4"]
        calls.append(["pandoc", source, "-o", source.with_suffix(".pdf"), "--pdf-engine=xelatex", *page])
    return Way(name, calls, len(sheets.jobs))


def _writer(name: str, sheets: Sheets) -> Way:
    calls = []
    look = _narrow(sheets.folder)
    user = f"-env:UserInstallation={(sheets.folder / 'office').as_uri()}"
    for number, job in enumerate(sheets.jobs):
        source = _put(sheets, "docx", number, ".md")
        source.write_text(markup.markdown(job.html, job.title, latex=False), "utf-8")
        document = source.with_suffix(".docx")
        run(["pandoc", source, "-o", document, "--reference-doc", look])
        calls.append(["soffice", user, "--headless", "--convert-to", "pdf", "--outdir", document.parent, document])
    return Way(name, calls, len(sheets.jobs))


def _narrow(folder: Path) -> Path:
    """Pandoc's own look of a DOCX, on A4 with our margins and size of type, and less air."""
    plain, path = folder / "plain.docx", folder / "look.docx"
    with plain.open("wb") as file:
        subprocess.run(["pandoc", "--print-default-data-file", "reference.docx"], check=True, stdout=file)
    with ZipFile(plain) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = re.sub(rb"<w:sectPr\b[^>]*/>|<w:sectPr\b.*?</w:sectPr>", SECTION, text, flags=re.DOTALL)
            elif name == "word/styles.xml":
                text = re.sub(rb'(<w:spacing w:before=)"180" (w:after=)"180"', rb'\1"100" \2"100"', text)
                text = text.replace(b'w:val="24"', b'w:val="21"')
            new.writestr(name, text)
    return path


def _put(sheets: Sheets, name: str, number: int, suffix: str) -> Path:
    folder = sheets.folder / name.replace(" ", "-").replace(",", "")
    folder.mkdir(exist_ok=True)
    return folder / f"{number:02d}{suffix}"


WEASYPRINT, CHROMIUM, WRITER = "weasyprint command", "Chromium's print", "LibreOffice from DOCX"
TYPST_EACH = "Typst, a process each"
OTHERS: tuple[tuple[str, Callable[[], str], Callable[[str, Sheets], Way]], ...] = (
    (WEASYPRINT, lambda: "", _weasyprint),
    (CHROMIUM, lambda: "" if _chromium() else "chromium not installed", _browser),
    (WRITER, _needs("soffice", "pandoc"), _writer),
    ("pandoc with XeLaTeX", _needs("pandoc", "xelatex"), _latex),
    (TYPST_EACH, _no_typst, _typst_each),
    ("Typst in a loop", _no_typst, _typst_loop),
)
"""Each other printer: its name, why it cannot run (empty if it can), and how it is called."""
