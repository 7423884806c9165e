"""Themes: colours, lengths and fonts as checked tokens, folded base ← extends ← theme ← profile ← paper."""

from lessonpress.options import A4, STANDARD
from lessonpress.theme.contrast import contrast
from lessonpress.theme.deck_base import DeckBase
from lessonpress.theme.loading import BASE, CONTRASTS, load_theme, papers, profiles, themes
from lessonpress.theme.values import Font, Profile, School, Theme

__all__ = [
    "A4",
    "BASE",
    "CONTRASTS",
    "STANDARD",
    "DeckBase",
    "Font",
    "Profile",
    "School",
    "Theme",
    "contrast",
    "load_theme",
    "papers",
    "profiles",
    "themes",
]
