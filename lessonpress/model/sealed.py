"""Answers under seal: a value that nothing can read by accident.

Every field that holds an answer has the type `Sealed[...]`. From validation on the value
refuses text, iteration, comparison, truth and attributes, on sheet and key alike; only
`reveal` opens it, and only `pose` and `compose/answers.py` may call that, and validators that look at what was
read to tell its author (those of `model/clues.py` among them).
"""

from __future__ import annotations

from typing import Any, Generic, NoReturn, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")

_VALUE = "_Sealed__value"


class SealedError(TypeError):
    """Something tried to read an answer under seal."""


class Sealed(Generic[T]):
    """An answer that only `reveal` can open."""

    __slots__ = ("__value",)

    def __init__(self, value: T) -> None:
        object.__setattr__(self, _VALUE, value)

    def __repr__(self) -> str:
        return "<sealed>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (seal, (object.__getattribute__(self, _VALUE),))

    def _refuse(self, *args: object, **kwargs: object) -> NoReturn:
        raise SealedError("an answer is under seal; hand it to ink()")

    __str__ = __format__ = __iter__ = __len__ = __bool__ = __contains__ = __getitem__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __add__ = __radd__ = __mod__ = __rmod__ = __mul__ = __int__ = __float__ = __index__ = _refuse
    __call__ = __html__ = __bytes__ = __fspath__ = __setattr__ = __delattr__ = _refuse

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = handler.generate_schema(get_args(source)[0]) if get_args(source) else core_schema.any_schema()
        return core_schema.no_info_wrap_validator_function(_validate, inner)


def _validate(value: Any, inner: Any) -> Any:
    return value if isinstance(value, Sealed) else Sealed(inner(value))


def seal(value: T) -> Sealed[T]:
    """The value under seal."""
    return Sealed(value)


def reveal(answer: Sealed[T]) -> T:
    """The value of an answer; only for `pose`, `compose/answers.py` and validators."""
    value: T = object.__getattribute__(answer, _VALUE)
    return value
