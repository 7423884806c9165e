"""Reading age: syllables, sentences, three measures, and what is left out of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessonpress.compose.readability import MIN_WORDS, _count, _syllables, reading_age

EASY = "The man went to the town. He had a red cart. He sold his corn. "
HARD = "Extraordinary administrative responsibilities necessitated considerable organisational preparation. "
SYLLABLES = {
    "the": 1,
    "placed": 1,
    "votes": 1,
    "rule": 1,
    "party": 2,
    "little": 2,
    "wanted": 2,
    "people": 2,
    "houses": 2,
    "government": 3,
    "policies": 3,
    "created": 3,
    "secretary": 4,
    "opposition": 4,
    "reality": 4,
}


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables(word: str, count: int) -> None:
    """Syllables are counted as words are spoken."""
    assert list(_syllables([word])) == [count]


def test_plain_text_is_younger_than_learned_text() -> None:
    """All three measures tell a simple story from officials' prose."""
    easy, hard = reading_age(EASY * 10, "en-GB"), reading_age(HARD * 15, "en-GB")
    assert easy is not None
    assert hard is not None
    assert easy.years < 9
    assert hard.years > 16
    assert easy.flesch_kincaid < hard.flesch_kincaid
    assert easy.smog < hard.smog
    assert easy.coleman_liau < hard.coleman_liau
    assert hard.hard[0] in {"extraordinary", "administrative", "responsibilities", "organisational"}


def test_the_formulas() -> None:
    """The measures are those that were published, for a text that is counted by hand."""
    text = "\n".join(["The long government road ran far away from town."] * 20)
    age = reading_age(text, "en")
    assert age is not None
    letters, syllables = 39 / 9, 12 / 9
    assert age.flesch_kincaid == pytest.approx(0.39 * 9 + 11.8 * syllables - 15.59 + 5)
    assert age.smog == pytest.approx(1.043 * 30**0.5 + 3.1291 + 5)
    assert age.coleman_liau == pytest.approx(5.88 * letters - 29.6 / 9 - 15.8 + 5)


def test_explained_words_and_names_do_not_count() -> None:
    """A glossary word, its plural and a name leave the age as if plain words stood there, but sentences keep their length."""
    text = "He met the industrialist in Alma-Ata and the industrialists there. They had a long talk. "
    told, left = reading_age(text * 10, "en-GB"), reading_age(text * 10, "en-GB", ["industrialist"])
    assert told is not None
    assert left is not None
    assert left.smog == pytest.approx(3.1291 + 5)
    assert left.years < told.years
    counts = [_count(text, words) for words in ((), ("industrialist",))]
    assert counts[0].words == counts[1].words == 15
    assert counts[0].ordinary - counts[1].ordinary == 2


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("V. I. Lenin came. He spoke.", 2),
        ("It rose by 1.5 per cent in 1924. Then it fell.", 2),
        ("He said: “No.” She left.", 2),
        ("A heading without a stop\nA sentence.", 2),
        ("Wait... he said. What? Go!", 3),
        ("He left St. Petersburg. It rained.", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    """Initials, numbers, ellipses and abbreviations end no sentence; a paragraph does."""
    assert _count(text, ()).sentences == sentences


def test_short_texts_and_other_languages_have_no_age() -> None:
    """The formulas are for English, and a few sentences are too few."""
    assert reading_age(EASY, "en-GB") is None
    assert reading_age(EASY * 20, "ru") is None
    assert reading_age("1924. " * MIN_WORDS, "en") is None


@settings(deadline=None)  # the first call reads the patterns of hyphenation
@given(st.text(max_size=300), st.lists(st.text(max_size=10), max_size=3))
def test_any_text_is_counted(text: str, words: list[str]) -> None:
    """No text and no list of words stops the count, and ordinary words are among all words."""
    count = _count(text, words)
    assert 0 <= count.ordinary <= count.words
    assert count.syllables >= count.ordinary
