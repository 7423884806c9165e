"""What compose hands on: one value for each thing to print, plain and picklable."""

from __future__ import annotations

from dataclasses import dataclass, field

NAME = "\ue000name\ue000"
"""What stands in the page of a class set where a pupil's name goes."""


@dataclass(frozen=True)
class HtmlDocument:
    """A page description for paper: HTML with all its CSS, and the folder its fonts and images lie in."""

    html: str
    lang: str
    title: str
    root: str
    revised: str
    assets: tuple[tuple[str, str], ...] = ()
    """Files that the page names, each with the hash of its content."""


@dataclass(frozen=True)
class SchoolFile:
    """A school's file whose own layouts a deck stands on: its path, its hash, and which of them are named."""

    path: str
    sha256: str
    layouts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Deck:
    """Slide markup, and the parts of the PowerPoint base that it is printed on; pictures are base64."""

    markup: str
    base: dict[str, str] = field(hash=False)
    slides: str
    """The theme's slide tokens, as JSON."""
    root: str
    assets: tuple[tuple[str, str], ...] = ()
    school: SchoolFile | None = None


@dataclass(frozen=True)
class Booklet:
    """Documents joined in one file, their tags kept; `contents` stands before them and makes it a book.

    A book has its pages numbered through and a bookmark for each part under its `title`. In `contents` an element
    with `data-part="2"` shows the page on which the second part begins, and `#part-2` leads there. Without contents
    each part keeps its own numbers.
    """

    parts: tuple[HtmlDocument, ...]
    title: str
    lang: str
    root: str
    revised: str
    contents: HtmlDocument | None = None


@dataclass(frozen=True)
class NamedCopy:
    """One copy of a class set: which document, whose name in markup stands for `NAME` in it, and its line in the list."""

    document: int
    name: str
    markup: str
    line: tuple[str, ...]


@dataclass(frozen=True)
class ClassSet:
    """Named copies to print one after the other into one file, each on sheets of its own.

    `head` names the columns of the list that goes with them; `each` makes a file for each copy too.
    """

    documents: tuple[HtmlDocument, ...]
    copies: tuple[NamedCopy, ...]
    head: tuple[str, ...]
    title: str
    root: str
    revised: str
    each: bool = False


Job = HtmlDocument | Booklet | ClassSet | Deck
NO_JOB = HtmlDocument("", "", "", "", "")
"""What stands for a job that was handed on."""


@dataclass(frozen=True)
class Artefact:
    """A file to make: its path below the output folder, the job, and whom it belongs to."""

    path: str
    job: Job
    lesson: str
    document: str
    level: str = ""
    version: str = ""
    roster: str = ""
    """The hash of the roster that it was made by."""
    beside: tuple[str, ...] = ()
    """Names of other files that the job makes in the same folder."""
