"""How old a reader a text asks for, by three measures that count different things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import median

from lessonpress.model.text import plain

MIN_WORDS = 100
"""Shorter texts are not measured: a few sentences say nothing of their measure."""
POLYSYLLABLE = 3
SHOWN = 6

_TOKEN = re.compile(r"[^\W_]+(?:['.,’–-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<!\b[A-Z])(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMrs)[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class ReadingAge:
    """The age in years that a text asks for, by each measure: grade of an American school plus five."""

    flesch_kincaid: float
    smog: float
    coleman_liau: float
    hard: tuple[str, ...] = ()
    """The long words that weigh most: what to replace first."""

    @property
    def years(self) -> float:
        """The measure in the middle; the three differ by a year or two."""
        return median((self.flesch_kincaid, self.smog, self.coleman_liau))


@dataclass(frozen=True)
class _Counts:
    words: int
    sentences: int
    ordinary: int
    letters: int
    syllables: int
    polysyllables: int
    hard: tuple[str, ...]


def reading_age(text: str, lang: str, left_out: Iterable[str] = ()) -> ReadingAge | None:
    """The reading age of an English text, a paragraph a line; None for a short one or another language.

    Names, numbers and the phrases of `left_out` (those that are explained) count for the length of
    a sentence and never for the difficulty of its words. Flesch-Kincaid: Kincaid et al. 1975, Derivation
    of New Readability Formulas. SMOG: McLaughlin 1969, SMOG Grading. Coleman-Liau: Coleman and Liau
    1975, A computer readability formula designed for machine scoring. A grade plus five is the age of its pupils.
    """
    if not lang.startswith("en"):
        return None
    count = _count(plain(text), left_out)
    if count.words < MIN_WORDS or not count.ordinary:
        return None
    return ReadingAge(
        0.39 * count.words / count.sentences + 11.8 * count.syllables / count.ordinary - 15.59 + 5,
        1.0430 * sqrt(count.polysyllables * 30 / count.sentences) + 3.1291 + 5,
        0.0588 * 100 * count.letters / count.ordinary - 0.296 * 100 * count.sentences / count.words - 15.8 + 5,
        count.hard,
    )


def _count(text: str, left_out: Iterable[str]) -> _Counts:
    sentences = [part for line in text.splitlines() for part in _SENTENCE.split(line) if _TOKEN.search(part)]
    explained = _phrases(left_out)
    names = {word for sentence in sentences for n, word in enumerate(_words(sentence)) if n and word[0].isupper()}
    ordinary = [
        word
        for sentence in sentences
        for word in _words(explained.sub(" 0 ", sentence) if explained else sentence)
        if _LETTERS.fullmatch(word) and word not in names
    ]
    syllables = list(_syllables(ordinary))
    return _Counts(
        sum(len(list(_words(sentence))) for sentence in sentences),
        len(sentences),
        len(ordinary),
        sum(len(re.sub(r"\W", "", word)) for word in ordinary),
        sum(syllables),
        sum(n >= POLYSYLLABLE for n in syllables),
        _hardest(ordinary, syllables),
    )


def _hardest(words: Iterable[str], syllables: Iterable[int]) -> tuple[str, ...]:
    """A few words with the most syllables in all that the text has of them."""
    weight: Counter[str] = Counter()
    for word, n in zip(words, syllables, strict=True):
        weight[word.lower()] += n if n >= POLYSYLLABLE else 0
    return tuple(sorted((word for word in weight if weight[word]), key=lambda word: (-weight[word], word))[:SHOWN])


def _words(sentence: str) -> Iterator[str]:
    for found in _TOKEN.finditer(sentence):
        yield re.sub(r"['’]s?$", "", found[0])


def _phrases(left_out: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern for any of the phrases and their plurals; the longest first, so that none hides another."""
    phrases = sorted({plain(phrase).strip() for phrase in left_out} - {""}, key=lambda phrase: (-len(phrase), phrase))
    any_phrase = "|".join(map(re.escape, phrases))
    return re.compile(rf"\b(?:{any_phrase})(?:s|es|'s)?\b", re.IGNORECASE) if phrases else None


def _syllables(words: Iterable[str]) -> Iterator[int]:
    """The syllables of each word: at least one a piece where it may be hyphenated, and one a group of vowels."""
    from pyphen import Pyphen

    # Americans part words where they are spoken, Britons where their roots meet.
    parted = Pyphen(lang="en_US")
    for word in words:
        pieces = re.split(r"['-]", parted.inserted(word.lower()))
        yield sum(_vowels(piece, is_last=n == len(pieces)) for n, piece in enumerate(pieces, 1))


def _vowels(piece: str, *, is_last: bool) -> int:
    """The groups of vowels in a piece of a word; a silent e at its end is none."""
    groups = len(_VOWELS.findall(piece))
    silent = is_last and re.search(r"[^aeioulsz]e$|[aeiou]le$|[sz]e$|[^aeioutd]ed$|[^aeioucgsxz]es$", piece)
    return max(1, groups - bool(silent))
