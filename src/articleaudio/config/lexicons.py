"""Lexicons and what else a house settles about its readings: where the files lie, how one is read."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from articleaudio.config.plugins import plug_in_rules
from articleaudio.config.reference import keys_of
from articleaudio.config.tomlfile import TomlFile, quoted
from articleaudio.config.voices import voice_folders
from articleaudio.errors import ConfigError
from articleaudio.model import House, LexiconEntry, Say, Voice
from articleaudio.script import AcronymStyle, Entry, Lexicon, Style, rules

SAYS = {
    "say": Say.RESPELLING,
    "ipa": Say.IPA,
    "letters": Say.LETTERS,
    "word": Say.WORD,
    "expansion": Say.EXPANSION,
}
"""Keys that say how an entry is said, exactly one of them an entry; `letters` and `word` may be `true`."""

_KEYS = ("written", *SAYS, "cased", "language", "note")
_HEAD = re.compile(r"^\s*\[\[\s*entry\s*\]\]")


def lexicon_folders(root: Path | None = None) -> tuple[Path, ...]:
    """Where lexicons are looked for, in order: the house's own `lexicons/`, then those that are shipped."""
    shipped = tuple(folder / "lexicons" for folder in voice_folders())
    own = (root / "lexicons",) if root is not None else ()
    return tuple(dict.fromkeys(folder for folder in (*own, *shipped) if folder.is_dir()))


def load_lexicon(path: Path) -> tuple[LexiconEntry, ...]:
    """Read one lexicon. Raises ConfigError, which names file and line, for anything that it cannot take."""
    file = TomlFile.read(path)
    file.check_keys(file.table, ("entry", "language", "note"), "")
    language = file.text(file.table, "language", "")
    file.text(file.table, "note", "")
    tables = file.table.get("entry", [])
    if not isinstance(tables, list):
        raise file.error("[entry", "entries are written [[entry]], in double brackets")
    heads = [number for number, line in enumerate(file.source.splitlines(), 1) if _HEAD.match(line)]
    return tuple(
        _entry(path, heads[place] if place < len(heads) else 0, table, language) for place, table in enumerate(tables)
    )


def _entry(path: Path, line: int, table: Mapping[str, object], language: str) -> Entry:
    """Make one entry; every error names the line on which it begins."""

    def error(message: str) -> ConfigError:
        where = f", line {line}" if line else ""
        return ConfigError(f"{path}{where}: {message}", hint="docs/lexicon.md shows what an entry may hold")

    if not isinstance(table, Mapping):
        raise error("an entry must be a table: [[entry]]")
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        raise error(f"unknown key {unknown[0]!r} in the entry; known: {', '.join(_KEYS)}")
    written = table.get("written")
    if not isinstance(written, str) or not written.strip():
        raise error("the entry has no `written`")
    kinds = [key for key in SAYS if key in table and table[key] is not False]
    if len(kinds) != 1:
        raise error(
            f"the entry “{written}” needs exactly one of {', '.join(SAYS)}; it has {', '.join(kinds) or 'none'}"
        )
    key, value = kinds[0], table[kinds[0]]
    if value is True and key in ("letters", "word"):
        value = ""
    elif not isinstance(value, str) or not value.strip():
        raise error(
            f"`{key}` of “{written}” must be a text in quotes{' or true' if key in ('letters', 'word') else ''}"
        )
    cased = table.get("cased", True)
    if not isinstance(cased, bool):
        raise error(f"`cased` of “{written}” must be true or false")
    tag, note = table.get("language", language), table.get("note", "")
    if not isinstance(tag, str) or not isinstance(note, str):
        raise error(f"`language` and `note` of “{written}” must be texts in quotes")
    return Entry(written.strip(), value.strip(), SAYS[key], cased, tag.lower().partition("-")[0], note)


def house_lexicon(file: TomlFile, root: Path) -> tuple[LexiconEntry, ...]:
    """Read the lexicons a house uses, the strongest last: those it names, else the shipped ones and then its own."""
    known = _known(root)
    if "lexicons" not in file.table:
        return tuple(entry for path in known.values() for entry in load_lexicon(path))
    return tuple(_named(_names(file, "lexicons"), known, root, functools.partial(file.error, "lexicons")))


def voice_lexicons(voices: Iterable[Voice], root: Path) -> tuple[LexiconEntry, ...]:
    """Read the lexicons that voices bring; each entry holds for its voice's language alone."""
    known = _known(root)
    found: list[LexiconEntry] = []
    for voice in voices:
        language = voice.language.partition("-")[0]
        entries = _named(voice.lexicons, known, root, functools.partial(_lexicon_error, voice))
        found += [replace(entry, language=language) for entry in entries if entry.language in ("", language)]
    return tuple(dict.fromkeys(found))


def _known(root: Path) -> dict[str, Path]:
    """All lexicons by name; the house's own come last, and replace shipped ones of the same name."""
    folders = lexicon_folders(root)
    return {path.stem: path for folder in reversed(folders) for path in sorted(folder.glob("*.toml"))}


def _named(
    names: Iterable[str], known: Mapping[str, Path], root: Path, error: Callable[[str], ConfigError]
) -> Iterator[LexiconEntry]:
    """Entries of the lexicons of these names, or at these paths."""
    for name in names:
        path = known.get(name, root / name if name.endswith(".toml") else None)
        if path is None:
            here = ", ".join(sorted(known)) or "none"
            raise error(f"there is no lexicon {name!r}; lexicons here: {here}, or a path to a .toml file")
        yield from load_lexicon(path)


def _lexicon_error(voice: Voice, message: str) -> ConfigError:
    return ConfigError(f"the voice {voice.name!r}: {message}", hint="mend `lexicons` in its profile")


class Reading(NamedTuple):
    """What a house settles about its readings, besides lexicons: fields of the house."""

    acronyms: str
    """The style for all acronyms."""
    acronym_styles: dict[str, str]
    """Exceptions."""
    rules_off: tuple[str, ...]
    """Rules that are off."""


def reading_settings(file: TomlFile) -> Reading:
    """Read `[reading]` and `rules_off`."""
    table = file.sub_table("reading")
    file.check_keys(table, keys_of("reading"), "reading")
    exceptions = table.get("acronym", {})
    if not isinstance(exceptions, Mapping):
        raise file.error("acronym", "acronym in [reading] must be a table: [reading.acronym]")
    off = _names(file, "rules_off")
    named = _rule_names() if off else set()
    for name in off:
        if name not in named:
            raise file.error("rules_off", f"there is no rule {name!r}; rules: {', '.join(sorted(named))}")
    return Reading(
        _style(file, "acronyms", table.get("acronyms", AcronymStyle.LETTERS.value)),
        {key: _style(file, key, value) for key, value in exceptions.items()},
        tuple(off),
    )


def _rule_names() -> set[str]:
    """Names of all rules, plug-ins' included."""
    return {rule.name for rule in rules()} | {rule.name for others in plug_in_rules().values() for rule in others}


def house_style(house: House) -> Style:
    """Everything a house settles about its scripts, as the script stage takes it."""
    return Style(
        disclosure=house.disclosure,
        show_language=house.show.language,
        spoken=house.spoken,
        acronyms=AcronymStyle(house.acronyms),
        acronym_styles={key: AcronymStyle(value) for key, value in house.acronym_styles.items()},
        rules=plug_in_rules(),
        off=frozenset(house.rules_off),
        lexicon=Lexicon(house.lexicon) if house.lexicon else None,
        languages=frozenset(tag.partition("-")[0] for tag in house.voices if tag != "*"),
    )


def _style(file: TomlFile, key: str, value: object) -> str:
    if value not in list(AcronymStyle):
        raise file.error(key, f"{key} must be one of {', '.join(AcronymStyle)}, not {value!r}")
    return str(value)


def _names(file: TomlFile, key: str) -> Sequence[str]:
    value = file.table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise file.error(key, f'{key} must be a list of names: {key} = ["…"]')
    return value


def toml_text(entries: Iterable[LexiconEntry]) -> str:
    """Write entries as a lexicon file."""
    keys = {kind: key for key, kind in SAYS.items()}
    parts: list[str] = []
    for entry in entries:
        lines = ["[[entry]]", f"written = {quoted(entry.written)}"]
        lines.append(f"{keys[entry.kind]} = {quoted(entry.say) if entry.say else 'true'}")
        lines += [] if entry.cased else ["cased = false"]
        lines += [
            f"{key} = {quoted(text)}" for key, text in (("language", entry.language), ("note", entry.note)) if text
        ]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)
