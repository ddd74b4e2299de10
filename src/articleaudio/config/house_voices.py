"""`[voices]`: which profile speaks which language, and in which section another one does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from articleaudio.config.tomlfile import TomlFile
from articleaudio.config.voices import load_voice, voice_names
from articleaudio.errors import VoiceError
from articleaudio.model import Voice

DEFAULT_VOICES = {"en": "en-us"}
"""Language → profile, where the profile is not called as the language is."""

SECTIONS = "sections"
"""The one key of `[voices]` that is no language."""

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
"""A BCP 47 tag, in small letters."""

_REGION = re.compile(r"[a-z]{2,3}-(?:[a-z]{2}|[0-9]{3})")
"""A language of one region: `en-gb`, `es-419`."""


def house_voices(file: TomlFile, folders: Sequence[Path], asked: str | None) -> dict[str, Voice]:
    """One voice for each language: the house's choice, else the profile called as the language is.

    A profile called as a language of one region (`en-gb`) speaks that region's articles, unless the house
    has chosen a voice for the language: that choice holds for all regions which it does not name.
    """
    if asked is not None:
        return {"*": load_voice(asked, folders)}
    part = file.part("voices")
    own = {language.lower(): _named(part, language, folders) for language in part.table if language != SECTIONS}
    names = voice_names(folders)
    regions = [name for name in names if _REGION.fullmatch(name) and name.partition("-")[0] not in own]
    chosen = (
        {name: name for name in names if len(name) in (2, 3)}
        | DEFAULT_VOICES
        | {tag: voice.name for tag, voice in own.items()}
    )  # languages are so long
    voices = {language: own.get(language) or load_voice(name, folders) for language, name in chosen.items()}
    for name in regions:
        voice = load_voice(name, folders)
        if voice.language.lower() == name:
            voices.setdefault(name, voice)
    return voices


def section_voices(file: TomlFile, folders: Sequence[Path]) -> dict[str, Mapping[str, Voice]]:
    """Voices by language for single sections, whose names are in small letters. Raises ConfigError, VoiceError."""
    part = file.within("voices", SECTIONS)
    found: dict[str, Mapping[str, Voice]] = {}
    for section, table in part.table.items():
        if not isinstance(table, Mapping):
            told = f'{section} in [voices.sections] must be a table: [voices.sections.{section}], en = "en-gb"'
            raise part.error(section, told)
        inner = part.nested(f"voices.{SECTIONS}", section, table)
        voices = {language.lower(): _named(inner, language, folders) for language in table}
        found[" ".join(section.casefold().split())] = MappingProxyType(voices)
    return found


def _named(part: TomlFile, language: str, folders: Sequence[Path]) -> Voice:
    """The voice that a table names for a language; what is wrong with that is told with its line."""
    if not LANGUAGE_TAG.fullmatch(language.lower()):
        meant = f"; did you mean {SECTIONS!r}?" if get_close_matches(language, [SECTIONS]) else ""
        raise part.error(language, f"{language!r} in [voices] is no language tag, such as en or en-gb{meant}")
    name = part.text(part.table, language, "", required=True)
    try:
        return load_voice(name, folders)
    except VoiceError as error:
        raise VoiceError(part.error(language, error.message).message, hint=error.hint) from error
