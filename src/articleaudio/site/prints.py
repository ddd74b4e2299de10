"""The templates: the package's, below those of a house, and what a house is told when one of its own is wrong."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError

from articleaudio.errors import ConfigError
from articleaudio.site.words import clock, words_for

TEMPLATES = Path(__file__).parent / "templates"
"""The templates of the package."""

HINT = "docs/templates.md tells what templates are given; without this file the package's own template is used"
"""What helps with a template of the house that is wrong."""


@lru_cache(maxsize=4)
def environment(house: Path | None) -> Environment:
    """The templates, read and compiled once in a process; one that changes on disk is read again."""
    folders = [TEMPLATES] if house is None else [house, TEMPLATES]
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["clock"] = clock
    made.tests["rtl"] = lambda language: words_for(language).direction == "rtl"
    return made


@contextlib.contextmanager
def faults_named(house: Path | None, template: str) -> Iterator[None]:
    """Turn what a template of the house does wrong into a ConfigError that names the file and the line."""
    try:
        yield
    except Exception as error:
        if house is None:
            raise
        where = _place(error, house, template)
        raise ConfigError(f"{where}: {_reason(error)}", hint=HINT) from error


def _place(error: Exception, house: Path, template: str) -> str:
    """File and line of a fault: of the innermost template that it happened in, those of the house first."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or template}, line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    for folder in (house, TEMPLATES):
        for frame in reversed(frames):
            if Path(frame.filename).is_relative_to(folder):
                return f"{frame.filename}, line {frame.lineno}"
    return str(house / template)


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error}"
    return str(error) or type(error).__name__
