"""What a pupil may expect who knows nothing and chooses among what the sheet offers."""

from __future__ import annotations

from collections.abc import Sequence

from lessonpress.model.text import Line


def from_bank(marks: float, bank: Sequence[Line], blanks: int, firsts: Sequence[str] = ()) -> float:
    """The expected marks of blanks that are filled by chance from a bank of words; nothing without a bank.

    Each word is as likely in each blank. `firsts` has the first letters of the answers where the
    sheet prints them: then only words that begin so are chosen from.
    """
    if not bank or not blanks:
        return 0.0
    fitting = [sum(word.plain.startswith(first) for word in bank) for first in firsts or [""] * blanks]
    return marks / blanks * sum(1 / max(1, count) for count in fitting)
