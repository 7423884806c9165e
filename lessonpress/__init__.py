"""lessonpress turns YAML lessons into worksheets, answer keys, readings and decks."""

__version__ = "0.1.0"
