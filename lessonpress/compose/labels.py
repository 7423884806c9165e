"""Interface words from `templates/labels/<lang>.yaml`: one closed set of keys, plural forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from lessonpress.errors import Fault


class Labels:
    """The words of one language; called with a key, and with `n` where the word has a plural."""

    def __init__(self, words: Mapping[str, Any], lang: str) -> None:
        self._words = dict(words)
        self.lang = lang

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """The word of a key with its values put in. Raises Fault for a key that is not there."""
        if key not in self._words:
            raise Fault(f'labels/{self.lang}.yaml has no key "{key}"')
        word = self._words[key]
        if isinstance(word, dict):
            word = word["one" if n == 1 else "other"]
        return str(word).format(n=n, **values) if n is not None or values else str(word)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the language."""
        return frozenset(self._words)


def load_labels(templates: Path, lang: str) -> Labels:
    """The labels of a language, or of the nearest: the same language elsewhere, then en-GB."""
    folder = templates / "labels"
    choices = [
        folder / f"{lang}.yaml",
        *sorted(folder.glob(f"{lang.split('-', maxsplit=1)[0]}*.yaml")),
        folder / "en-GB.yaml",
    ]
    path = next(path for path in choices if path.is_file())
    return Labels(yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader), path.stem)
