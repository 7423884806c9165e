"""Decks on a school's own PowerPoint file: what it holds, and how ours finds a place in it."""
