"""Slide markup printed as native, editable PowerPoint: the only package that knows python-pptx."""

from lessonpress.render.pptx.arrange import SlideDiagnostic
from lessonpress.render.pptx.checks import check
from lessonpress.render.pptx.inline import MarkupError
from lessonpress.render.pptx.printer import PrintedDeck, print_deck
from lessonpress.render.pptx.shapes import DrawingError

__all__ = ["DrawingError", "MarkupError", "PrintedDeck", "SlideDiagnostic", "check", "print_deck"]
