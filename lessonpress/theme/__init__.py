"""Themes: colours, lengths and fonts as checked tokens, folded base ← extends ← theme ← overrides."""

from lessonpress.theme.contrast import contrast
from lessonpress.theme.loading import BASE, CONTRASTS, Overrides, load_theme, themes
from lessonpress.theme.values import Font, Theme

__all__ = ["BASE", "CONTRASTS", "Font", "Overrides", "Theme", "contrast", "load_theme", "themes"]
