"""Files reach the disk whole or not at all; the manifest last."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from lessonpress.errors import UsageError
from lessonpress.plan import Made

MANIFEST = "manifest.json"
VERSION = 2


def write_file(path: Path, data: bytes) -> None:
    """Put bytes at a path by way of a temporary file beside it. Raises UsageError where the folder cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"{path.parent} cannot be a folder: a file of that name stands in its way") from error
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
        return {
            path: Made(
                **{**entry, "anchors": tuple(map(tuple, entry["anchors"])), "diagnostics": tuple(entry["diagnostics"])}
            )
            for path, entry in data["files"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(output: Path, made: Mapping[str, Made]) -> None:
    """Write the manifest, the last file of a build."""
    write_file(output / MANIFEST, manifest_text(made))


def manifest_text(made: Mapping[str, Made]) -> bytes:
    """The manifest of files, sorted, so that equal builds have equal manifests."""
    files = {path: asdict(made[path]) for path in sorted(made)}
    return (
        json.dumps({"version": VERSION, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    ).encode()


def sizes(output: Path, paths: Iterable[str]) -> dict[str, int]:
    """The sizes in bytes of those of the files that are there."""
    found = {}
    for path in paths:
        try:
            found[path] = (output / path).stat().st_size
        except OSError:
            continue
    return found


def remove(output: Path, paths: Iterable[str]) -> None:
    """Delete files that belong to nothing, and the folders that they leave empty."""
    for path in paths:
        file = output / path
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
