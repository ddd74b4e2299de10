"""What is said around an article, by language: templates that a house may change in `[spoken]`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Joined(NamedTuple):
    """How the names of several authors are joined."""

    last: str
    """What stands before the last name."""
    before_i: str = ""
    """The same before a name that begins with the sound of "i", where that differs."""


TEMPLATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "section": "From our {section} section.",
            "byline": "By {authors}.",
            "date": "{weekday}, {day}.",
            "updated": "Updated on {date}.",
            "closing": "You were listening to {site}.",
        },
        "uk": {
            "section": "Рубрика: {section}.",
            "byline": "Автори: {authors}.",
            "byline_one": "Автор: {authors}.",
            "date": "{weekday}, {day}.",
            "updated": "Оновлено {date}.",
            "closing": "Ви слухали статтю видання «{site}».",
        },
        "de": {
            "section": "Aus dem Ressort {section}.",
            "byline": "Von {authors}.",
            "date": "{weekday}, {day}.",
            "updated": "Aktualisiert am {date}.",
            "closing": "Sie hörten einen Artikel von {site}.",
        },
        "fr": {
            "section": "Rubrique {section}.",
            "byline": "Par {authors}.",
            "date": "{weekday} {day}.",
            "updated": "Mis à jour le {date}.",
            "closing": "Vous avez écouté un article de {site}.",
        },
        "es": {
            "section": "Sección {section}.",
            "byline": "Por {authors}.",
            "date": "{weekday}, {day}.",
            "updated": "Actualizado el {date}.",
            "closing": "Acaba de escuchar un artículo de {site}.",
        },
        "pl": {
            "section": "Dział: {section}.",
            "byline": "Autorzy: {authors}.",
            "byline_one": "Autor: {authors}.",
            "date": "{weekday}, {day}.",
            "updated": "Zaktualizowano {date}.",
            "closing": "To był artykuł serwisu {site}.",
        },
    }
)
"""By primary subtag, then by role; `byline_one` is the by-line of a single author where it differs."""

ANYWHERE: Mapping[str, str] = MappingProxyType({"dek": "{dek}", "byline": "{authors}.", "section": "{section}."})
"""Those of a language that has none of its own."""

JOINED: Mapping[str, Joined] = MappingProxyType(
    {
        "en": Joined(" and "),
        "uk": Joined(" і "),
        "de": Joined(" und "),
        "fr": Joined(" et "),
        "es": Joined(" y ", " e "),
        "pl": Joined(" i "),
    }
)
"""By primary subtag; other languages have a comma."""

KEYS = ("section", "dek", "byline", "byline_one", "date", "updated", "closing")
"""What a house may write templates for."""

FACTS = ("authors", "section", "dek", "title", "site", "host", "show", "disclosure", "weekday", "day", "date")
"""What may stand in braces in a template."""
