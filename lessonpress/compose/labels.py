"""Interface words from `templates/labels/<lang>.yaml`: one closed set of keys, plural forms, letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lessonpress.errors import Fault
from lessonpress.model.language import ALPHABET, BRITISH, Language, read_labels


def _english(n: int) -> str:
    return "one" if n == 1 else "other"


def _russian(n: int) -> str:
    tens, ones = n % 100, n % 10
    if ones == 1 and tens != 11:
        return "one"
    return "few" if ones in (2, 3, 4) and tens not in (12, 13, 14) else "many"


def _arabic(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


PLURALS: Mapping[str, tuple[Callable[[int], str], frozenset[str]]] = {
    "ru": (_russian, frozenset({"one", "few", "many", "other"})),
    "ar": (_arabic, frozenset({"zero", "one", "two", "few", "many", "other"})),
}
"""Which form of a word stands with a whole number, and the forms there are, by language.

Source: Unicode CLDR, Language Plural Rules (cardinals). A language that is not here has one and other, as English.
"""
ENGLISH = (_english, frozenset({"one", "other"}))


def plurals(lang: str) -> tuple[Callable[[int], str], frozenset[str]]:
    """The plural rule of a language tag such as ru or ru-RU, and the forms that it tells apart."""
    return PLURALS.get(lang.split("-", maxsplit=1)[0], ENGLISH)


class Labels:
    """The words of one language; called with a key, and with `n` where the word has a plural."""

    def __init__(self, words: Mapping[str, Any], lang: str, language: Language = BRITISH) -> None:
        self._words = dict(words)
        self.lang = lang
        self.language = language

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """The word of a key with its values put in. Raises Fault for a key that is not there."""
        if key not in self._words:
            raise Fault(f'labels/{self.lang}.yaml has no key "{key}"')
        word = self._words[key]
        if isinstance(word, dict):
            form, _ = plurals(self.lang)
            word = word["other" if n is None else form(n)]
        return str(word).format(n=n, **values) if n is not None or values else str(word)

    def letter(self, index: int) -> str:
        """The small letter of a question, counted from 0."""
        return self.language.letters[index]

    def capital(self, which: Any) -> Any:
        """The letter of an option or a source in the language, for A, B, C ...; anything else as it is."""
        index = ALPHABET.upper().find(str(which)) if len(str(which)) == 1 else -1
        return self.language.capitals[index] if index >= 0 else which

    @property
    def comma(self) -> str:
        """What stands between two of a few."""
        return f"{self.language.comma} "

    @property
    def semicolon(self) -> str:
        """What stands between two of a longer list."""
        return f"{self.language.semicolon} "

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the language."""
        return frozenset(self._words)


def load_labels(templates: Path, lang: str) -> Labels:
    """The labels of a language, or of the nearest that has any. Raises ContentError for a file with faults."""
    name, language, words = read_labels(templates, lang)
    return Labels(words, name, language)
