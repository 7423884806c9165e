"""Themes: colours, lengths and fonts as checked tokens, folded base ← extends ← theme ← profile ← paper."""

from lessonpress.theme.contrast import contrast
from lessonpress.theme.loading import A4, BASE, CONTRASTS, STANDARD, load_theme, papers, profiles, themes
from lessonpress.theme.values import Font, Profile, Theme

__all__ = [
    "A4",
    "BASE",
    "CONTRASTS",
    "STANDARD",
    "Font",
    "Profile",
    "Theme",
    "contrast",
    "load_theme",
    "papers",
    "profiles",
    "themes",
]
