"""Files reach the disk whole or not at all; what is done is known at any moment, and the manifest comes last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from lessonpress.errors import UsageError
from lessonpress.plan import Made
from lessonpress.state import MANIFEST, STATE, read_state, stamp

VERSION = 3
JOURNAL = ".journal.jsonl"
"""What was made since the manifest was written, a line a file: it is what a build leaves that was cut off."""
LOCK = ".lock"
WAIT = 600.0
"""So many seconds a build waits for another one that writes to the same folder."""
_PART = (".", ".part")
"""How the name of a file that is not yet whole begins and ends."""


class Output:
    """An output folder while a build writes to it: nobody else writes there, and every file done is written down.

    `made` is the manifest as it grows; `state` holds the stamps of the files. A folder that did not exist and to which
    nothing was written is gone again afterwards. Raises UsageError where the folder cannot be written, or where another
    build keeps it for longer than `WAIT`; `note` is told that it has to wait.
    """

    def __init__(self, folder: Path, note: Callable[[str], None] = lambda text: None) -> None:
        self.folder = folder
        self._note = note
        self._lock = FileLock(folder / LOCK)
        self._is_new = False
        self._changed = False

    def __enter__(self) -> Output:
        self._is_new = not self.folder.exists()
        self._take()
        self.made = read_manifest(self.folder)
        self.state = read_state(self.folder)
        if self.state.manifest != stamp(self.folder / MANIFEST):
            # Another manifest than the one that the stamps go with: each file is known by its content alone.
            self.state.outputs = {}
        cut_off = self.folder / JOURNAL
        if cut_off.exists():
            self.made |= read_journal(cut_off)
            self._changed = True
            for path in self.folder.rglob("{}*{}".format(*_PART)):
                path.unlink(missing_ok=True)
        return self

    def _take(self) -> None:
        try:
            make_folder(self.folder)
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                self._note(f"another build is writing to {self.folder}; waiting until it is done")
                self._lock.acquire(timeout=WAIT)
        except Timeout as error:
            raise UsageError(f"another build is still writing to {self.folder}; try again when it is done") from error
        except OSError as error:
            raise UsageError(f"{self.folder} cannot be written: {error.strerror}") from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._lock.release()
        if self._is_new:
            # Nothing was made: what is left is the lock alone, or the folder is not empty and stays.
            with suppress(OSError):
                (self.folder / LOCK).unlink()
                self.folder.rmdir()

    def is_whole(self, path: str) -> bool:
        """Whether a file is there as it was made, by its stamp or else by its content."""
        entry, now = self.made.get(path), stamp(self.folder / path)
        if entry is None or now is None:
            return False
        if self.state.outputs.get(path) == now:
            return True
        if content_hash(self.folder / path) != entry.sha256:
            return False
        self.state.outputs[path] = now
        return True

    def write(self, path: str, data: bytes) -> None:
        """Put bytes at a path below the folder."""
        write_file(self.folder / path, data)

    def clear(self, path: str, suffix: str) -> None:
        """Delete the files with a suffix in a folder."""
        for file in (self.folder / path).glob(f"*{suffix}"):
            file.unlink()

    def note(self, path: str, entry: Made) -> None:
        """Write down what was made, after it was written: in the journal at once, in the manifest at the end."""
        self.made[path] = entry
        self._changed = True
        found = stamp(self.folder / path)
        if found is not None:
            self.state.outputs[path] = found
        line = json.dumps([path, asdict(entry)], ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            with (self.folder / JOURNAL).open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise UsageError(f"{self.folder / JOURNAL} cannot be written: {error.strerror}") from error

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files that belong to nothing, and forget them."""
        for path in paths:
            # A folder goes whole, so long as nobody has put anything in it.
            if not (self.folder / path).is_dir() or self.is_whole(path):
                remove(self.folder, [path])
            self.made.pop(path, None)
            self.state.outputs.pop(path, None)
            self._changed = True

    def finish(self) -> None:
        """Write the manifest, then the state; the journal has done its duty."""
        if self._changed or not (self.folder / MANIFEST).exists():
            write_manifest(self.folder, self.made)
        self.state.outputs = {path: found for path, found in self.state.outputs.items() if path in self.made}
        self.state.manifest = stamp(self.folder / MANIFEST)
        text = self.state.text()
        with suppress(FileNotFoundError):
            if (self.folder / STATE).read_bytes() == text:
                text = b""
        if text:
            write_file(self.folder / STATE, text)
        (self.folder / JOURNAL).unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it. Raises UsageError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{folder} cannot be a folder: a file of that name stands in its way") from error
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error


def write_file(path: Path, data: bytes) -> None:
    """Put bytes at a path by way of a temporary file beside it. Raises UsageError where that cannot be."""
    make_folder(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PART[0], suffix=_PART[1])
    except OSError as error:
        raise UsageError(f"{path.parent} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UsageError(f"{path} cannot be written: {error.strerror}") from error
        raise


def read_manifest(output: Path) -> dict[str, Made]:
    """What earlier builds made, by path below the output folder; nothing where the manifest is missing or broken."""
    try:
        return parse_manifest((output / MANIFEST).read_bytes())
    except OSError:
        return {}


def parse_manifest(text: bytes) -> dict[str, Made]:
    """What a manifest says was made; nothing where it is broken or of another version."""
    try:
        data = json.loads(text)
        if data["version"] != VERSION:
            return {}
        return {path: _made(entry) for path, entry in data["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _made(entry: dict[str, Any]) -> Made:
    return Made(**{**entry, "anchors": tuple(map(tuple, entry["anchors"])), "diagnostics": tuple(entry["diagnostics"])})


def read_journal(path: Path) -> dict[str, Made]:
    """What a build made before it was cut off; a line that is not whole is none."""
    found = {}
    for line in path.read_bytes().splitlines():
        with suppress(ValueError, KeyError, TypeError):
            name, entry = json.loads(line)
            found[name] = _made(entry)
    return found


def write_manifest(output: Path, made: Mapping[str, Made]) -> None:
    """Write the manifest."""
    write_file(output / MANIFEST, manifest_text(made))


def manifest_text(made: Mapping[str, Made]) -> bytes:
    """The manifest of files, sorted and a line each, so that equal builds have equal manifests."""
    lines = (
        f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(asdict(made[path]), ensure_ascii=False, sort_keys=True)}"
        for path in sorted(made)
    )
    return ('{{"version": {}, "files": {{\n{}\n}}}}\n'.format(VERSION, ",\n".join(lines))).encode()


def remove(output: Path, paths: Iterable[str]) -> None:
    """Delete files that belong to nothing, folders of such files whole, and the folders that they leave empty."""
    for path in paths:
        file = output / path
        if file.is_dir():
            shutil.rmtree(file)
        file.unlink(missing_ok=True)
        for folder in file.relative_to(output).parents:
            if folder == Path():
                break
            try:
                (output / folder).rmdir()
            except OSError:
                break


def sha256(data: bytes) -> str:
    """The hash by which the manifest names content."""
    return hashlib.sha256(data).hexdigest()


def content_hash(path: Path) -> str:
    """The hash of a file, or of the names and contents of the files of a folder; empty where it cannot be read."""
    try:
        if path.is_dir():
            return folder_hash((one.name, one.read_bytes()) for one in path.iterdir())
        return sha256(path.read_bytes())
    except OSError:
        return ""


def folder_hash(files: Iterable[tuple[str, bytes]]) -> str:
    """The hash of a folder of files: nothing of their names can be read in it."""
    return sha256("\n".join(sorted(f"{sha256(data)} {name}" for name, data in files)).encode())
