"""Labels: the words that sheets, keys and slides say by themselves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from lessonpress.compose.documents import DOCUMENTS
from lessonpress.compose.labels import Labels, load_labels, plurals
from lessonpress.compose.unit_documents.organiser import MOST
from lessonpress.errors import ContentError, Fault
from lessonpress.model.base import LEVELS
from lessonpress.model.boards import Unsure
from lessonpress.model.language import BRITISH, Language
from tests.activities.bench import ROOT, TEMPLATES

FILES = sorted((TEMPLATES / "labels").glob("*.yaml"))
COMPUTED = {
    "starter",
    "input",
    "main",
    "optional",
    "plenary",
    "homework",
    "worksheet",
    "reading",
    "answer-key",
    "true",
    "false",
    *(name.replace("-", "_") for name in DOCUMENTS),
    *(f"level_{level}" for level in LEVELS),
    *(f"unsure_{thing}" for thing in get_args(Unsure)),
    *(f"organiser_{kind}" for kind in MOST),
}
"""Keys that are asked for by the name of a phase, a document, a level, a truth, a section or what must be checked."""


BRITISH_FILE = TEMPLATES / "labels" / "en-GB.yaml"


def values(form: str) -> set[str]:
    """The braces of a word that are filled in."""
    return set(re.findall(r"{(\w+)}", form))


def asked() -> set[str]:
    """The keys that templates and code ask for by name."""
    texts = [path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.j2"))]
    texts += [path.read_text("utf-8") for path in sorted((ROOT / "lessonpress").rglob("*.py"))]
    return {key for text in texts for key in re.findall(r'label\("(\w+)"', text)}


def test_a_label_is_a_word_with_its_values() -> None:
    """A key gives its word; braces are filled where values are given and left alone where not."""
    labels = Labels({"page": "Page", "of": "{n} of {total}", "raw": "a {brace}"}, "xx")
    assert labels("page") == "Page"
    assert labels("of", n=2, total=3) == "2 of 3"
    assert labels("raw") == "a {brace}"
    assert labels.keys == {"page", "of", "raw"}


def test_plurals_go_by_number() -> None:
    """In English one is one and everything else is other, nothing included; without a number other stands."""
    labels = Labels({"minutes": {"one": "{n} minute", "other": "{n} minutes"}}, "xx")
    assert [labels("minutes", n=n) for n in (0, 1, 2)] == ["0 minutes", "1 minute", "2 minutes"]
    assert labels("minutes") == "{n} minutes"


@pytest.mark.parametrize(
    ("lang", "form", "numbers"),
    [
        ("en-US", "one", (1,)),
        ("en-US", "other", (0, 2, 5, 11, 21, 101)),
        ("ru", "one", (1, 21, 31, 101, 121)),
        ("ru", "few", (2, 3, 4, 22, 34, 102)),
        ("ru-RU", "many", (0, 5, 9, 10, 11, 12, 13, 14, 15, 20, 25, 111, 112)),
        ("ar", "zero", (0,)),
        ("ar", "one", (1,)),
        ("ar-EG", "two", (2,)),
        ("ar", "few", (3, 4, 10, 103, 110)),
        ("ar", "many", (11, 26, 99, 111)),
        ("ar", "other", (100, 101, 102, 200)),
        ("cy", "other", (0, 2, 3)),
    ],
)
def test_plural_forms_are_those_of_the_language(lang: str, form: str, numbers: tuple[int, ...]) -> None:
    """Each number takes the form that Unicode CLDR gives as an example of it; an unknown language counts as English."""
    rule, forms = plurals(lang)
    assert {rule(n) for n in numbers} == {form}
    assert form in forms


def test_letters_are_those_of_the_language() -> None:
    """Questions and options are lettered in the alphabet of the labels; what is no single letter stays."""
    labels = load_labels(TEMPLATES, "ru")
    assert [labels.letter(n) for n in range(3)] == ["а", "б", "в"]
    assert [labels.capital(which) for which in ("A", "C", "", "12", "AB", None)] == ["А", "В", "", "12", "AB", None]


def test_unknown_keys_are_faults_of_ours() -> None:
    """A key that no language has is told with the file that lacks it."""
    with pytest.raises(Fault, match=r'labels/xx\.yaml has no key "colour"'):
        Labels({}, "xx")("colour")


@pytest.mark.parametrize(("lang", "found"), [("en-GB", "en-GB"), ("en-AU", "en-GB"), ("en", "en-GB"), ("cy", "en-GB")])
def test_nearest_language_is_read(lang: str, found: str) -> None:
    """A language that has no file takes the nearest, and English of Britain in the end."""
    labels = load_labels(TEMPLATES, lang)
    assert labels.lang == found
    assert labels("worksheet") == "Worksheet"


def test_own_language_comes_first(tmp_path: Path) -> None:
    """A file of the language itself comes before its neighbours, and a neighbour before English."""
    folder = tmp_path / "labels"
    folder.mkdir()
    for name in ("en-GB", "fr-CA", "fr-FR"):
        (folder / f"{name}.yaml").write_text(f"page: {name}\n", "utf-8")
    assert load_labels(tmp_path, "fr-FR")("page") == "fr-FR"
    assert load_labels(tmp_path, "fr")("page") == "fr-CA"
    assert load_labels(tmp_path, "frr")("page") == "en-GB"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_key_stands_twice(path: Path) -> None:
    """Of two labels with one key the later would silently win."""
    keys = [key.value for key, _ in yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader).value]
    assert len(keys) > 100
    assert [key for key in keys if keys.count(key) > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_languages_share_one_set_of_keys(path: Path) -> None:
    """Every language has every key, each a word or all its plural forms, filled with the same values."""
    words, british = (yaml.safe_load(each.read_text("utf-8")) for each in (path, BRITISH_FILE))
    assert set(words) == set(british)
    for key, word in words.items():
        if key == "language":
            continue
        assert isinstance(key, str)
        assert not isinstance(word, dict) or set(word) == plurals(path.stem)[1], key
        forms = word if isinstance(word, dict) else {"other": word}
        assert all(isinstance(form, str) and form for form in forms.values()), key
        theirs = british[key]["other"] if isinstance(british[key], dict) else british[key]
        assert values(forms["other"]) == values(theirs), key
        assert all(values(form) <= values(theirs) for form in forms.values()), key


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_says_how_it_is_written(path: Path) -> None:
    """A label file names its script, direction, quotation marks, letters, dates and months, and no more."""
    said = yaml.safe_load(path.read_text("utf-8"))["language"]
    assert set(said) == set(Language.__dataclass_fields__)
    language = load_labels(TEMPLATES, path.stem).language
    for letters in (language.letters, language.capitals):
        assert len(set(letters)) == len(letters)
    forms = [form for month in language.months for form in month]
    assert len(set(forms)) >= 12


def test_text_without_a_language_is_british() -> None:
    """What the program takes where no unit says a language is what en-GB.yaml says."""
    assert load_labels(TEMPLATES, "en-GB").language == BRITISH


def test_a_label_file_that_says_nonsense_of_its_language_is_told(tmp_path: Path) -> None:
    """Every fault of the group is an error of that file, with the name of the value."""
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en-GB.yaml").write_text("language: {dir: up, quotes: ' “ ', other: 1}\npage: P\n", "utf-8")
    with pytest.raises(ContentError) as caught:
        load_labels(tmp_path, "en-GB")
    told = [(each.place.file, each.message.split(":")[1].strip()) for each in caught.value.diagnostics]
    assert told == [("templates/labels/en-GB.yaml", name) for name in ("dir", "quotes", "other")]


def test_templates_ask_for_labels_that_exist() -> None:
    """Every key that a template or a module names is in the files."""
    keys = load_labels(TEMPLATES, "en-GB").keys
    assert len(asked()) > 50
    assert asked() <= keys


def test_no_label_is_left_over() -> None:
    """Every key of the files is asked for by somebody."""
    keys = load_labels(TEMPLATES, "en-GB").keys
    sources = "\n".join(
        path.read_text("utf-8") for path in [*TEMPLATES.rglob("*.j2"), *(ROOT / "lessonpress").rglob("*.py")]
    )
    assert {key for key in keys - asked() - COMPUTED if f'"{key}"' not in sources} == set()
