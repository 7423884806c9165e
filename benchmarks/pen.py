"""Words for made lessons: plain sentences about trade and strikes, the same for the same lesson."""

from __future__ import annotations

import random

GROUPS = ("weavers", "dockers", "masons", "farmers", "dyers", "miners", "sailors", "carters", "smiths", "clerks")
BODIES = ("town", "guild", "abbey", "port", "parish", "league", "court", "bank", "crown", "mint")
GOODS = ("grain", "cloth", "coal", "iron", "salt", "timber", "paper", "wool", "fish", "brick")
HIDDEN = ("pepper", "silver", "honey", "wine", "glass", "copper", "sugar", "linen")
"""Goods that nothing else names: what a task asks for must not stand printed in another."""
DEEDS = ("raised the price of", "sold no more", "bought up", "counted", "taxed", "stored", "sent away", "shared")
ENDS = ("wages had fallen", "the roads were closed", "the winter was long", "rents had doubled", "ships came late")
WINDS = ("at once", "against advice", "by one vote", "in secret", "after a long quarrel", "for a year")
VOICES = (
    "No one had planned it.",
    "Both sides claimed to have won.",
    "The books tell only half of it.",
    "Prices tell the same story.",
    "We still do not agree on the cause.",
    "Few saw it at the time.",
)


class Pen:
    """Writes words about one lesson; the same number gives the same words."""

    def __init__(self, unit: int, number: int) -> None:
        self.dice = random.Random(f"{unit}/{number}")
        self.unit, self.number = unit, number

    @property
    def year(self) -> str:
        """The year of the lesson, which the bank of events knows."""
        return str(1500 + self.unit * 9 + self.number)

    def some(self, words: tuple[str, ...], count: int) -> list[str]:
        """Different words of a list."""
        return self.dice.sample(words, count)

    def deed(self) -> str:
        """What somebody did, without a full stop."""
        body, deed, good = (self.dice.choice(words) for words in (BODIES, DEEDS, GOODS))
        return f"the {body} {deed} {good} {self.dice.choice(WINDS)}"

    def sentence(self) -> str:
        """A sentence with a reason."""
        text = f"{self.deed()}, because {self.dice.choice(ENDS)} and the {self.dice.choice(GROUPS)} struck."
        return text[0].upper() + text[1:]

    def paragraph(self, sentences: int) -> str:
        """Sentences, one of them short, one with the year."""
        told = [self.sentence() for _ in range(sentences - 1)]
        return " ".join([f"In {self.year} {self.deed()}.", *told, self.dice.choice(VOICES)])

    def text(self, paragraphs: int, sentences: int) -> str:
        """Paragraphs, as prose."""
        return "\n\n".join(self.paragraph(sentences) for _ in range(paragraphs)) + "\n"
