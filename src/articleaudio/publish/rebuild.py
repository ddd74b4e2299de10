"""Plain JSON values back into nouns: the inverse of `articleaudio.plain` for what a receipt holds."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TypeVar

Noun = TypeVar("Noun")

_Reader = Callable[[object], object]


def rebuild(kind: type[Noun], value: object) -> Noun:
    """Make a `kind` of what `plain` made of one; unknown fields are ignored, missing ones need a default.

    Raises ValueError, naming the field, when a value has not the type that the field declares.
    """
    try:
        made = _reader(typing.cast("Hashable", kind))(value)
    except _UnfitError as unfit:
        raise ValueError(f"{kind.__name__}{unfit.path}: {unfit.what}") from unfit
    if not isinstance(made, kind):
        raise ValueError(f"{kind.__name__}: cannot be read")  # noqa: TRY004 - one error for everything that is not as declared
    return made


class _UnfitError(ValueError):
    """A value that is not as declared; its place becomes known on the way up."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.path = ""

    def below(self, step: str) -> None:
        self.path = step + self.path


@cache
def _reader(hint: Hashable) -> _Reader:
    """How values of a declared type are read: found out once, for a receipt holds thousands."""
    origin = typing.get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        return _optional(typing.get_args(hint))
    if origin is tuple:
        return _items(typing.get_args(hint))
    if isinstance(hint, type):
        return _noun(hint) if dataclasses.is_dataclass(hint) else _single(hint)
    raise _UnfitError(f"no reader for {hint}")


def _single(hint: type) -> _Reader:
    """Values of one class: an enum, a date or a plain JSON type."""

    def read(value: object) -> object:
        if type(value) is hint:
            return value
        try:
            if issubclass(hint, Enum):
                return hint(value)
            if hint is datetime and isinstance(value, str):
                return datetime.fromisoformat(value)
        except ValueError as error:
            raise _UnfitError(str(error)) from error
        if hint is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if hint is int and isinstance(value, bool):
            raise _UnfitError("a number is needed")
        if isinstance(value, hint):
            return value
        raise _UnfitError(f"{hint.__name__} is needed")

    return read


def _noun(hint: type) -> _Reader:
    hints = typing.get_type_hints(hint)
    readers = [
        (field.name, hints[field.name], _field(field.name, hints[field.name])) for field in dataclasses.fields(hint)
    ]

    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise _UnfitError("an object is needed")
        given = {}
        for name, kind, reader in readers:
            if name not in value:
                continue
            if type(item := value[name]) is kind:  # most are numbers and texts
                given[name] = item
            else:
                try:
                    given[name] = reader(item)
                except _UnfitError as unfit:
                    unfit.below(f".{name}")
                    raise
        try:
            return hint(**given)
        except TypeError as error:
            raise _UnfitError(str(error)) from error

    return read


def _field(name: str, hint: Hashable) -> _Reader:
    try:
        return _reader(hint)
    except _UnfitError as unfit:
        unfit.below(f".{name}")
        raise


def _optional(hints: tuple[object, ...]) -> _Reader:
    (hint,) = (hint for hint in hints if hint is not type(None))
    some = _reader(hint)
    may_miss = type(None) in hints
    return lambda value: None if value is None and may_miss else some(value)


def _items(hints: tuple[Hashable, ...]) -> _Reader:
    endless = len(hints) == 2 and hints[1] is Ellipsis
    readers = [_reader(hint) for hint in hints if hint is not Ellipsis]

    def read(value: object) -> object:
        if not isinstance(value, list):
            raise _UnfitError("a list is needed")
        if not endless and len(readers) != len(value):
            raise _UnfitError(f"{len(readers)} values are needed")
        made = []
        for at, item in enumerate(value):
            try:
                made.append(readers[0 if endless else at](item))
            except _UnfitError as unfit:
                unfit.below(f"[{at}]")
                raise
        return tuple(made)

    return read
