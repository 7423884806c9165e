"""Answers cannot leak by construction: who may reveal, and what templates can reach."""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2.exceptions import TemplateError, UndefinedError
from pydantic_core import PydanticSerializationError

from lessonpress.compose.paper import Scene
from lessonpress.errors import Fault
from lessonpress.model.sealed import Sealed, reveal, seal
from lessonpress.model.text import Line
from tests.activities.bench import ROOT, html, kit, lesson_of, pose

PACKAGE = ROOT / "lessonpress"
SECRET = "sesamezimtvelp"
POSERS, VALIDATOR = "activities/", "model_validator"
OPENERS = {"compose/answers.py", "model/sealed.py", "model/clues.py"}
"""Clues look at their words once, when they are read: no clue may tell its word, and a grid must hold them all."""
REFUSED = (TypeError, AttributeError, TemplateError, PydanticSerializationError, Fault)


def modules() -> list[str]:
    """Every module of the package, by its path below it."""
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def uses(tree: ast.Module, name: str) -> Iterator[tuple[ast.AST, str]]:
    """Every place that names something, with the method around it, or the function where it is in none."""

    def walk(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str]]:
        for child in ast.iter_child_nodes(node):
            outer = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and not function
            inside = _named(child) if outer else function
            # An attribute of that name is another thing, unless it is that of the module itself.
            named = (isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Load)) or (
                isinstance(child, ast.Attribute) and child.attr == name and ast.unparse(child.value).endswith("sealed")
            )
            if named or (isinstance(child, ast.alias) and name in (child.name, child.asname)):
                yield child, function
            yield from walk(child, inside)

    return walk(tree, "")


def _named(function: ast.FunctionDef) -> str:
    """The name of a function, or of the decorator that makes a method of a model look at what was read."""
    return VALIDATOR if any(VALIDATOR in ast.unparse(each) for each in function.decorator_list) else function.name


def parsed(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def test_only_posing_and_ink_may_reveal() -> None:
    """`reveal` is imported by kinds and by ink alone; kinds call it in `pose`, and where they check what was read."""
    found = {module: list(uses(parsed(module), "reveal")) for module in modules()}
    users = {module for module, places in found.items() if places}
    assert {"compose/answers.py", "activities/cloze.py"} <= users
    assert {module for module in users if not module.startswith(POSERS)} <= OPENERS
    for module in users - OPENERS:
        for node, function in found[module]:
            assert isinstance(node, ast.alias) or function in ("pose", VALIDATOR), f"{module}:{function}"


def test_nobody_opens_the_seal_by_hand() -> None:
    """The name under which a seal keeps its value, and the call that passes its guard, stand in one module."""
    for module in modules():
        text = (PACKAGE / module).read_text("utf-8")
        if module != "model/sealed.py":
            assert "_Sealed__value" not in text, module
            assert not list(uses(ast.parse(text), "_VALUE")), module
            assert "object.__getattribute__" not in text, module


def test_only_the_kit_makes_environments() -> None:
    """Templates are rendered by the sandbox of the kit alone, and no template is made from text."""
    for module in modules():
        tree = parsed(module)
        if module != "compose/kit.py":
            for name in ("Environment", "NativeEnvironment", "from_string"):
                made = [
                    node
                    for node, _ in uses(tree, name)
                    if not isinstance(node, ast.Attribute) or isinstance(node.ctx, ast.Load)
                ]
                assert all(not _is_called(tree, node) for node in made), f"{module}: {name}"


def _is_called(tree: ast.Module, node: ast.AST) -> bool:
    return any(isinstance(call, ast.Call) and call.func is node for call in ast.walk(tree))


OPERATIONS = {
    "str": str,
    "format": format,
    "iter": iter,
    "list": list,
    "len": len,
    "bool": bool,
    "int": int,
    "float": float,
    "bytes": bytes,
    "hash": hash,
    "equal": lambda s: s == "x",
    "unequal": lambda s: s != "x",
    "less": lambda s: s < "x",
    "more": lambda s: s >= "x",
    "in": lambda s: "x" in s,
    "item": lambda s: s[0],
    "plus": lambda s: s + "",
    "after": lambda s: "" + s,
    "percent": lambda s: "%s" % s,  # noqa: UP031
    "f-string": lambda s: f"{s}",
    "join": lambda s: f"{s}",
    "call": lambda s: s(),
    "html": lambda s: s.__html__(),
    "set": lambda s: setattr(s, "value", 1),
    "delete": lambda s: delattr(s, "value"),
    "path": Path,
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_sealed_value_refuses(name: str) -> None:
    """What reads, compares, measures or changes a value is refused under seal."""
    with pytest.raises(TypeError):
        OPERATIONS[name](seal(SECRET))


def test_a_sealed_value_has_no_attributes() -> None:
    """Neither the value nor a dictionary of it can be asked for by a plain name."""
    sealed = seal(Line.parse(SECRET))
    for name in ("value", "plain", "runs", "__dict__", "text"):
        with pytest.raises(AttributeError):
            getattr(sealed, name)


def test_a_sealed_value_can_be_shown_copied_and_revealed() -> None:
    """Its repr tells nothing; copies and pickles are sealed; reveal opens it."""
    sealed = seal(Line.parse(SECRET))
    assert repr(sealed) == repr([sealed])[1:-1] == "<sealed>"
    for again in (copy.copy(sealed), copy.deepcopy(sealed), pickle.loads(pickle.dumps(sealed))):
        assert isinstance(again, Sealed)
        assert reveal(again).plain == SECRET


ATTACKS = [
    "{{ answer }}",
    "{{ answer|string }}",
    "{{ answer|safe }}",
    "{{ answer|e }}",
    "{{ answer|forceescape }}",
    "{{ answer|upper }}",
    "{{ answer|trim }}",
    "{{ answer|pprint }}",
    "{{ answer|tojson }}",
    "{{ [answer]|tojson }}",
    "{{ [answer]|string }}",
    "{{ dict(a=answer)|string }}",
    "{{ dict(a=answer)|tojson }}",
    "{{ answer|list }}",
    "{{ answer|join }}",
    "{{ [answer, answer]|join(', ') }}",
    "{{ answer|first }}",
    "{{ answer|last }}",
    "{{ answer|length }}",
    "{{ answer|reverse|list }}",
    "{{ answer|replace('a', 'b') }}",
    "{{ answer|wordcount }}",
    "{{ answer|urlencode }}",
    "{{ answer|striptags }}",
    "{{ answer|truncate(3) }}",
    "{{ answer|default('x', true) }}",
    "{{ answer|xmlattr }}",
    "{{ {'title': answer}|xmlattr }}",
    "{{ answer|filesizeformat }}",
    "{{ [answer]|sort }}",
    "{{ [answer, answer]|sort }}",
    "{{ [answer]|unique|list }}",
    "{{ [answer, answer]|max }}",
    "{{ [answer]|sum }}",
    "{{ [answer]|map('string')|list }}",
    "{{ [answer]|map('upper')|list }}",
    "{{ [answer]|map(attribute='plain')|join }}",
    "{{ [answer]|map(attribute='_Sealed__value')|join }}",
    "{{ [answer]|selectattr('_Sealed__value')|list }}",
    "{{ [answer]|selectattr('plain', 'equalto', 'x')|list }}",
    "{{ [answer]|select('equalto', 'x')|list }}",
    "{{ [answer]|groupby('plain') }}",
    "{{ answer ~ '' }}",
    "{{ '' ~ answer }}",
    "{{ answer + '' }}",
    "{{ '' + answer }}",
    "{{ answer * 2 }}",
    "{{ answer == 'x' }}",
    "{{ answer != 'x' }}",
    "{{ 'x' == answer }}",
    "{{ answer < 'x' }}",
    "{{ answer is equalto 'x' }}",
    "{{ answer is gt 'x' }}",
    "{{ answer in ['x'] }}",
    "{{ 'x' in answer }}",
    "{{ 'x' in [answer] }}",
    "{{ 'a' if answer else 'b' }}",
    "{{ not answer }}",
    "{{ answer and 'x' }}",
    "{% if answer %}x{% endif %}",
    "{% for letter in answer %}{{ letter }}{% endfor %}",
    "{% set a, b = answer %}{{ a }}",
    "{{ answer[0] }}",
    "{{ answer[:3] }}",
    "{{ answer.plain }}",
    "{{ answer.value }}",
    "{{ answer['plain'] }}",
    "{{ answer._Sealed__value }}",
    "{{ answer['_Sealed__value'] }}",
    "{{ answer|attr('_Sealed__value') }}",
    "{{ answer|attr('plain') }}",
    "{{ answer.__class__ }}",
    "{{ answer.__reduce__() }}",
    "{{ answer.__reduce_ex__(2) }}",
    "{{ answer.__getattribute__('_Sealed__value') }}",
    "{{ answer.__repr__.__globals__ }}",
    "{{ answer._refuse() }}",
    "{{ answer() }}",
    "{{ '%s'|format(answer) }}",
    "{{ '%r'|format(answer) }}",
    "{{ '%s' % answer }}",
    "{{ '{}'.format(answer) }}",
    "{{ '{!r}'.format(answer) }}",
    "{{ '{0._Sealed__value}'.format(answer) }}",
    "{{ '{0.__class__}'.format(answer) }}",
    "{{ '{a._Sealed__value}'.format_map({'a': answer}) }}",
    "{{ ','.join([answer]) }}",
    "{{ namespace(a=answer).a }}",
    "{% set ns = namespace(a=answer) %}{{ ns.a ~ '' }}",
    "{{ range(answer) }}",
    "{{ label(answer) }}",
    "{{ label('page', n=answer, x=answer) ~ answer }}",
    "{{ task.activity.prompts[0].answer }}",
    "{{ task.activity.prompts|string }}",
    "{{ task.activity.prompts[0].model_dump() }}",
    "{{ task.activity.model_dump(mode='json') }}",
    "{{ task.activity.model_dump_json() }}",
    "{{ task.activity.__class__ }}",
    "{{ task.activity.pose.__globals__ }}",
    "{{ ink.__class__ }}",
    "{{ ink.__call__.__globals__ }}",
    "{{ ink._markup(answer) }}",
    "{{ ink._plain(answer) }}",
    "{% set ink.is_key = true %}{{ ink(answer) }}",
    "{{ ink.written.append(answer) }}",
    "{{ cycler }}",
    "{{ lipsum.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{% include '../../etc/passwd' %}",
]

QUIET = [
    "{{ [answer]|map(attribute='plain')|list }}",
    "{{ [answer]|map(attribute='_Sealed__value')|list }}",
    "{{ answer|int }}",
    "{{ answer|float }}",
    "{{ answer is none }}",
    "{{ answer is defined }}",
    "{{ answer is string }}",
    "{{ answer is sequence }}",
    "{{ answer is iterable }}",
    "{{ answer is callable }}",
    "{{ answer is mapping }}",
    "{{ answer is sameas 1 }}",
    "{{ answer|default('x') is none }}",
    "{{ ink(answer) }}",
    "{{ ink(answer, lines=2, width=40)|join }}",
    "{{ ink.plain(answer) }}",
    "{% call key_only() %}{{ answer ~ '' }}{% endcall %}",
]


def attack(template: str, secret: str = SECRET) -> str:
    """What a template on a pupil's sheet prints with an answer in its hands."""
    posed = pose(lesson_of("exit-ticket", prompts=[{"ask": "Why?", "answer": secret}]))
    scene = Scene(kit(), posed, "worksheet", key=False, images=None)
    names = {**scene.names(), "answer": seal(Line.parse(secret)), "task": posed.tasks[0]}
    return str(kit().env.from_string(template).render(names))


@pytest.mark.parametrize("template", ATTACKS)
def test_templates_cannot_read_answers(template: str) -> None:
    """Whatever a sheet's template does with an answer raises, or prints that it is sealed."""
    try:
        out = attack(template)
    except REFUSED as error:
        out = f"<sealed>: {error}"
    assert "sealed>" in out or "sealed&gt;" in out
    assert SECRET not in out


@pytest.mark.parametrize("template", QUIET)
def test_what_templates_may_ask_tells_nothing(template: str) -> None:
    """The questions that are answered are answered the same way for every answer."""
    outputs = {attack(template, secret) for secret in (SECRET, "42", "true", "Two words")}
    assert len(outputs) == 1
    assert SECRET not in outputs.pop()


def test_key_only_is_not_evaluated_on_sheets() -> None:
    """A block for the key alone is not even run on a sheet."""
    assert attack("{% call key_only() %}{{ nothing.of.this.exists }}{% endcall %}") == ""
    with pytest.raises(UndefinedError):
        attack("{{ nothing }}")


def test_ink_is_what_opens() -> None:
    """The same answer handed to ink on a key is printed."""
    posed = pose(lesson_of("exit-ticket", prompts=[{"ask": "Why?", "answer": SECRET}]))
    assert SECRET in html(posed, key=True)
    assert SECRET not in html(posed)


def test_values_of_any_type_can_be_sealed() -> None:
    """Validation seals what it has checked, and leaves alone what is sealed already."""
    from pydantic import TypeAdapter, ValidationError

    adapter: TypeAdapter[Any] = TypeAdapter(Sealed[int])
    assert reveal(adapter.validate_python("7")) == 7
    sealed = seal(3)
    assert adapter.validate_python(sealed) is sealed
    assert reveal(TypeAdapter(Sealed).validate_python("as it is")) == "as it is"
    with pytest.raises(ValidationError):
        adapter.validate_python("seven")
