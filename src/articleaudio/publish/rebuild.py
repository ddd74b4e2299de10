"""Plain JSON values back into nouns: the inverse of `articleaudio.plain` for what a receipt holds."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import datetime
from enum import Enum
from typing import TypeVar

Noun = TypeVar("Noun")


def rebuild(kind: type[Noun], value: object) -> Noun:
    """Make a `kind` of what `plain` made of one; unknown fields are ignored, missing ones need a default.

    Raises ValueError, naming the field, when a value has not the type that the field declares.
    """
    made = _value(kind, value, kind.__name__)
    if not isinstance(made, kind):
        raise ValueError(f"{kind.__name__}: cannot be read")  # noqa: TRY004 - one error for everything that is not as declared
    return made


def _value(hint: object, value: object, where: str) -> object:
    origin = typing.get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        return _one_of(typing.get_args(hint), value, where)
    if origin is tuple:
        return _items(typing.get_args(hint), value, where)
    if isinstance(hint, type):
        return _single(hint, value, where)
    raise ValueError(f"{where}: no reader for {hint}")


def _single(hint: type, value: object, where: str) -> object:
    """A value of one class: a noun, an enum, a date or a plain JSON type."""
    if dataclasses.is_dataclass(hint):
        return _noun(hint, value, where)
    if issubclass(hint, Enum):
        return hint(value)
    if hint is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is int and isinstance(value, bool):
        raise ValueError(f"{where}: a number is needed")
    if isinstance(value, hint):
        return value
    raise ValueError(f"{where}: {hint.__name__} is needed")


def _noun(hint: type, value: object, where: str) -> object:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: an object is needed")  # noqa: TRY004 - as above
    hints = typing.get_type_hints(hint)
    given = {
        field.name: _value(hints[field.name], value[field.name], f"{where}.{field.name}")
        for field in dataclasses.fields(hint)
        if field.name in value
    }
    try:
        made: object = hint(**given)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from error
    return made


def _one_of(hints: tuple[object, ...], value: object, where: str) -> object:
    if value is None and type(None) in hints:
        return None
    (hint,) = (hint for hint in hints if hint is not type(None))
    return _value(hint, value, where)


def _items(hints: tuple[object, ...], value: object, where: str) -> object:
    if not isinstance(value, list):
        raise ValueError(f"{where}: a list is needed")  # noqa: TRY004 - as above
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_value(hints[0], item, f"{where}[{at}]") for at, item in enumerate(value))
    if len(hints) != len(value):
        raise ValueError(f"{where}: {len(hints)} values are needed")
    return tuple(_value(hint, item, where) for hint, item in zip(hints, value, strict=True))
