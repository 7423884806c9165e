"""How many words stand on a slide: what counts as one, and how many a class can take in at once."""

from __future__ import annotations

import re

BODY_WORDS = 40
"""The most words of body that a slide holds; with more, pupils read and no longer listen."""
_MARK = re.compile(r"\[\d+\]|\(?[A-Za-z]\)|\d{1,2}\.")
"""What stands in text but is no word: marks such as [4], letters such as (a), numbers such as 3. of a list."""
_HUNG = re.compile(r"^\(?\w{1,2}[.)]?(\t|[ \u00a0]{2,})")
"""The number or letter in front of a paragraph, with the tab or the spaces after it."""


def count_words(text: str) -> int:
    """The words of a text; numbers, letters and marks that belong to a list do not count."""
    words = (word for line in text.split("\n") for word in _HUNG.sub("", line).split())
    return sum(1 for word in words if any(map(str.isalnum, word)) and not _MARK.fullmatch(word))
