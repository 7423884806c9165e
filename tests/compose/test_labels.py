"""Labels: the words that sheets, keys and slides say by themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from lessonpress.compose.labels import Labels, load_labels
from lessonpress.errors import Fault
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
}
"""Keys that are asked for by the name of a phase, a document or a truth."""


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
    """One is one, everything else is other, nothing included."""
    labels = Labels({"minutes": {"one": "{n} minute", "other": "{n} minutes"}}, "xx")
    assert [labels("minutes", n=n) for n in (0, 1, 2)] == ["0 minutes", "1 minute", "2 minutes"]
    assert labels("minutes") == "{n} minutes"


def test_unknown_keys_are_faults_of_ours() -> None:
    """A key that no language has is told with the file that lacks it."""
    with pytest.raises(Fault, match=r'labels/xx\.yaml has no key "colour"'):
        Labels({}, "xx")("colour")


@pytest.mark.parametrize(("lang", "found"), [("en-GB", "en-GB"), ("en-US", "en-GB"), ("en", "en-GB"), ("cy", "en-GB")])
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
def test_languages_share_one_set_of_keys(path: Path) -> None:
    """Every language has every key, each a word or its plural forms, filled with the same values."""
    words = yaml.safe_load(path.read_text("utf-8"))
    first = yaml.safe_load(FILES[0].read_text("utf-8"))
    assert set(words) == set(first)
    for key, word in words.items():
        assert isinstance(key, str)
        forms = word.values() if isinstance(word, dict) else [word]
        assert not isinstance(word, dict) or set(word) == {"one", "other"}
        assert all(isinstance(form, str) and form for form in forms), key
        values = {value for form in forms for value in re.findall(r"{(\w+)}", form)}
        theirs = first[key].values() if isinstance(first[key], dict) else [first[key]]
        assert values == {value for form in theirs for value in re.findall(r"{(\w+)}", form)}


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
