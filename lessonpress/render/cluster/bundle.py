"""The files of the templates that printers open, as one zip that is named by its content."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lessonpress.compose.jobs import Booklet, ClassSet, Deck, Job
from lessonpress.errors import Fault

SUFFIXES = frozenset({".ttf", ".otf", ".svg", ".png", ".jpg", ".jpeg", ".yaml", ".pptx", ".potx"})
"""Fonts and pictures, the data of decks, and schools' files; templates and style sheets are in the jobs already."""
DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Bundle:
    """A zip of files, and the hash by which it is known."""

    name: str
    data: bytes


def pack(root: Path) -> Bundle:
    """The files below a folder that printers open. The same files make the same bundle, whatever their dates."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for path in sorted(path for path in root.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(root).as_posix(), DATE)
            bundle.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return Bundle(hashlib.sha256(packed.getvalue()).hexdigest(), packed.getvalue())


def unpack(bundle: Bundle, folder: Path) -> None:
    """Lay the files of a bundle into a folder that carries its name, whole or not at all.

    Raises Fault where it is not what its name says, or names a file outside of its folder.
    """
    if hashlib.sha256(bundle.data).hexdigest() != bundle.name:
        raise Fault("a bundle of fonts came damaged")
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder))
    try:
        with zipfile.ZipFile(io.BytesIO(bundle.data)) as packed:
            for name in packed.namelist():
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
                    raise Fault(f'a bundle of fonts names "{name}", which lies outside of it')
                (made / path).parent.mkdir(parents=True, exist_ok=True)
                (made / path).write_bytes(packed.read(name))
        if not (folder / bundle.name).is_dir():
            made.replace(folder / bundle.name)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def moved(job: Job, root: str) -> Job:
    """A job whose files lie below another folder."""
    if isinstance(job, Booklet):
        contents = replace(job.contents, root=root) if job.contents is not None else None
        return replace(job, root=root, parts=tuple(replace(part, root=root) for part in job.parts), contents=contents)
    if isinstance(job, ClassSet):
        return replace(job, root=root, documents=tuple(replace(one, root=root) for one in job.documents))
    if isinstance(job, Deck) and job.school is not None:
        below = Path(job.school.path).relative_to(job.root)
        return replace(job, root=root, school=replace(job.school, path=str(Path(root) / below)))
    return replace(job, root=root)
