"""The names in the markup of paper that the rules know; whoever renames one there renames it here."""

from __future__ import annotations

RULED = "ln"
"""A ruled line to write sentences on."""

WRITING = frozenset({RULED, "dl", "gap", "box", "cell", "open", "plan"})
"""All that pupils write on: lines, gaps, boxes, cells of tables, open boxes, planners."""

PROMPT = "q"
"""The text of a question, apart from its number and its answer."""

LEADS = frozenset({"do", "divider"})
"""What leads on like a heading: instructions, and names of parts of a sheet."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

KEY = "key"
"""The class of the body of an answer key, which nobody writes on."""

LARGE = "large"
"""The class of the body where the type is larger than that of the standard page."""

GATHERED = "gathered"
"""The class of the body of what is gathered from papers that are held to their own pages."""

QUESTION = "data-q"
"""The attribute that names activities and questions; `name` for an activity, `name.2` for its second question."""

MARKS = "marks"
"""The marks beside a heading, which are no part of its words."""

PUPIL = "who"
"""The name of a pupil on a copy of a class set."""
