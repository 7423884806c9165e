"""Files reach the disk whole or not at all, and the manifest says what is there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from lessonpress.errors import UsageError
from lessonpress.plan import Made
from lessonpress.state import MANIFEST
from lessonpress.write import read_manifest, remove, sha256, write_file, write_manifest

MADE = {
    "u/b.pdf": Made("k2", "h2", 20, 2, "u/2", "worksheet", "core", (("é.1", 1, 15.0, 20.5),), ()),
    "u/a.pdf": Made(
        "k1", "h1", 10, 1, "u/1", "deck", "", (), ({"code": "c", "message": "m", "hint": "", "severity": "warning"},)
    ),
}


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.part")]


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    """Folders are made, and everybody may read the file."""
    path = tmp_path / "a" / "b" / "c.pdf"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o644
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "interrupted"]
)
def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Neither half a file nor a temporary one stays; a full disk is told in words."""
    path = tmp_path / "a.pdf"
    write_file(path, b"old")

    def fail(handle: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError if isinstance(error, OSError) else KeyboardInterrupt) as told:
        write_file(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert left_over(tmp_path) == []
    if isinstance(error, OSError):
        assert str(told.value) == f"{path} cannot be written: No space left on device"


@pytest.mark.parametrize("path", ["file/a.pdf", "file/deeper/a.pdf"])
def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path, path: str) -> None:
    """The message names the folder that cannot be."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be a folder"):
        write_file(tmp_path / path, b"x")


def test_a_folder_in_the_way_of_a_file_is_told(tmp_path: Path) -> None:
    """A folder of the file's name is not replaced."""
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / "a.pdf", b"x")
    assert left_over(tmp_path) == []


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing rights are told in words."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(UsageError, match="cannot be written: Permission denied"):
        write_file(tmp_path / "a.pdf", b"x")


def test_the_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is written is read again, value for value, and is sorted in the file."""
    write_manifest(tmp_path, MADE)
    assert read_manifest(tmp_path) == MADE
    text = (tmp_path / MANIFEST).read_text("utf-8")
    assert list(json.loads(text)["files"]) == ["u/a.pdf", "u/b.pdf"]
    assert "é.1" in text
    write_manifest(tmp_path, dict(reversed(MADE.items())))
    assert (tmp_path / MANIFEST).read_text("utf-8") == text


BROKEN = {
    "not JSON": "{",
    "a list": "[]",
    "null": "null",
    "no version": '{"files": {}}',
    "another version": '{"version": 99, "files": {}}',
    "no files": '{"version": 1}',
    "files is a list": '{"version": 1, "files": [1]}',
    "an entry is text": '{"version": 1, "files": {"a": "b"}}',
    "an entry lacks a key": '{"version": 1, "files": {"a": {"key": "k", "anchors": [], "diagnostics": []}}}',
    "an unknown key": '{"version": 1, "files": {"a": {"anchors": [], "diagnostics": [], "colour": "red"}}}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_manifest_counts_as_none(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, the build goes on and makes everything."""
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    assert read_manifest(tmp_path) == {}


def test_without_a_manifest_nothing_was_made(tmp_path: Path) -> None:
    """A missing folder, a missing file, bytes that are no text."""
    assert read_manifest(tmp_path / "none") == {}
    assert read_manifest(tmp_path) == {}
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\x00")
    assert read_manifest(tmp_path) == {}


def test_removing_takes_the_empty_folders_too(tmp_path: Path) -> None:
    """Folders with other files stay, and so does the output folder."""
    output = tmp_path / "output"
    for name in ("u/s/1/a.pdf", "u/s/1/b.pdf", "u/t/1/c.pdf"):
        write_file(output / name, b"x")
    remove(output, ["u/s/1/a.pdf", "u/s/1/gone.pdf"])
    assert (output / "u/s/1/b.pdf").exists()
    remove(output, ["u/s/1/b.pdf"])
    assert not (output / "u/s").exists()
    remove(output, ["u/t/1/c.pdf"])
    assert list(tmp_path.rglob("*")) == [output]


def test_content_is_named_by_its_hash() -> None:
    """SHA-256, in hex."""
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
