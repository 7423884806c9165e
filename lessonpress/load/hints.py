"""The tables of messages and hints: names, what a value is not, and how to mend it."""

from __future__ import annotations

CODES = {
    "bool_parsing": "not-true-or-false",
    "bool_type": "not-true-or-false",
    "decimal_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "dict_type": "not-keys",
    "extra_forbidden": "unknown-key",
    "float_parsing": "not-a-number",
    "float_type": "not-a-number",
    "greater_than_equal": "too-small",
    "int_from_float": "not-a-number",
    "int_parsing": "not-a-number",
    "int_parsing_size": "not-a-number",
    "int_type": "not-a-number",
    "less_than_equal": "too-large",
    "list_type": "not-a-list",
    "literal_error": "unknown-value",
    "missing": "missing-key",
    "model_type": "not-keys",
    "string_pattern_mismatch": "bad-form",
    "string_too_long": "too-long",
    "string_type": "not-text",
    "text_type": "not-text",
    "too_long": "too-many",
    "too_short": "too-few",
    "tuple_type": "not-a-list",
}
"""The names of diagnostics for what pydantic finds by itself; what our models refuse bears its own name."""

LIST = ("this must be a list", "write [one, two], or a line with - for each")
KEYED = ("this must be keys with values", "write key: value, one to a line")
TEXT = ("this must be text", "put it in quotation marks or under |")
NUMBER = "write digits, such as 5"

SIMPLE = {
    "string_type": TEXT,
    "text_empty": ("the text is empty", "write it, or delete the key"),
    "list_type": LIST,
    "tuple_type": LIST,
    "dict_type": KEYED,
    "mapping_type": KEYED,
    "model_attributes_type": KEYED,
    "no_answer": ("the question has no answer", "write answer:, model: or mark_scheme:"),
    "no_gaps": ("there is no gap", "write one as [[answer]]"),
}
"""The message and the hint where neither depends on the value."""

SCALARS = {
    "int_parsing": ("is not a whole number", NUMBER),
    "int_parsing_size": ("is too large a number", NUMBER),
    "int_type": ("is not a whole number", NUMBER),
    "int_from_float": ("is not a whole number", NUMBER),
    "float_parsing": ("is not a number", NUMBER),
    "float_type": ("is not a number", NUMBER),
    "decimal_parsing": ("is not a number", NUMBER),
    "decimal_type": ("is not a number", NUMBER),
    "finite_number": ("is not a number", NUMBER),
    "bool_parsing": ("is neither true nor false", "write true or false"),
    "bool_type": ("is neither true nor false", "write true or false"),
}
"""What a value is not, and the hint."""

FORMS = {
    "id": "small letters, digits and single hyphens, such as read-the-vote",
    "covers": "letters, digits and single hyphens, such as S1-10",
    "code": "2 to 8 capital letters or digits, such as SRP",
    "revised": "a date written 2026-11-01",
    "lang": "the code of a language, such as en-GB",
}
"""The form of a text that must match a pattern, by its key."""

HINTS = {
    "all_right": "add a wrong option, or take an answer out",
    "anchor": "anchors: names places from 1 to the number of items",
    "board_course": "courses are gcse, alevel and ib",
    "board_levels": "write 8: and its levels below, then 12:",
    "board_top": "the top level ends at the number under which the levels stand",
    "cell": "write the answer alone, {given: ...} or {open: ...}",
    "course": "for one question at every course write question: and its id",
    "date": "a date that is not known to the day is written 1924 or 1924-06",
    "empty_group": "add a card for it, or take it out of categories:",
    "enquiry_lines": "break the question once, by sense, or shorten it",
    "few_pairs": "add a pair, or ask it as a question",
    "few_words": "add words, or ask for fewer cards:",
    "fixed_marks": "leave marks: and skill: out, or write the question out with ask:",
    "gap_empty": "write the answer between the brackets",
    "gap_long": "make the gap of one or two words of it",
    "gap_open": "close it with ]]",
    "given_links": "given: counts samples that are printed, at most one a row",
    "given_roles": "leave the record of one role at least to the pupils",
    "gloss_word": "it must stand in the text of every level; gloss another word, or change the text",
    "glyph": "write it in other words, or take it out",
    "image_broken": "save the picture again as PNG or JPEG",
    "image_huge": "save the picture smaller; 2000 pixels across are enough for print",
    "image_kind": "save the picture as PNG or JPEG",
    "image_missing": "put the file into images/, or correct its name",
    "image_outside": "copy the picture into images/ and write its name alone",
    "no_correction": "write what is right: correction: ...",
    "no_marks": "add marks:",
    "no_right_option": "copy the answer from options:",
    "paper_marks": "marks, times answer:, plus spelling: of every question make up the paper",
    "paper_minutes": "shorten the questions, or correct the time of the paper",
    "retrieval_count": "write for example from: {last: 2, earlier: 1}",
    "retrieval_pick": "raise a number of from:, or pick fewer",
    "retrieval_pool": "add questions to the bank, or ask for fewer",
    "role_record": "a record has an entry for every column: [one, two]",
    "same_answer": "ask for something else in one of the questions",
    "same_cards": "change one of them, or take it out",
    "same_clue": "name each word once, with a clue of its own",
    "same_options": "change one of them",
    "same_source": "name it once",
    "scheme_count": "describe each level of answer: {marks: 5-8, descriptor: ...}",
    "scheme_gap": "the marks of the levels meet: 5-8, then 1-4",
    "scheme_kind": "write credit: for points, or levels: for levels",
    "scheme_start": "the lowest level starts at 1 mark; no marks need no level",
    "scheme_sum": "add points of credit, or raise each:",
    "scheme_top": "the top level ends at the marks of the question",
    "slide_text": "copy the words from text:",
    "slide_words": "shorten it: a slide shows the heart of a source",
    "table_name": "names are copied from columns: and rows:",
    "table_row": "a row has a cell for every column but that of its name",
    "text_long": "divide it",
    "too_many_words": "shorten it",
    "two_answers": "keep answer: for a short answer, model: for a long one",
    "type_numbers": "write as many numbers as of: or answer: says, or none",
    "unknown_group": "names are copied from categories:",
    "unknown_id": "write it in the bank, or name another entry",
    "unknown_word": "join: names two of the words:",
    "which_question": "one of the two, not both",
}
"""How to mend what a model refuses, where the model does not say it."""
