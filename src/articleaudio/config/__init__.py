"""The only reader of TOML and of the environment: house file, voice profiles, folders, the clock.

Everything wrong in a file is a ConfigError that names the file, the line where it can be told, and what was meant.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from articleaudio.config.audio import audio_settings
from articleaudio.config.batch import batch_settings
from articleaudio.config.caching import cache_settings, default_cache, local_cache
from articleaudio.config.house_voices import LANGUAGE_TAG, house_voices, section_voices
from articleaudio.config.lexicons import (
    house_lexicon,
    house_style,
    lexicon_folders,
    load_lexicon,
    reading_settings,
    voice_lexicons,
)
from articleaudio.config.reference import keys_of
from articleaudio.config.secrets import refuse_secrets
from articleaudio.config.signing import house_signing
from articleaudio.config.sites import house_sites
from articleaudio.config.spoken import house_spoken
from articleaudio.config.tomlfile import TomlFile
from articleaudio.config.voices import cast_of, each_voice, load_voice, voice_folders, voice_names
from articleaudio.errors import ConfigError
from articleaudio.model import ChapterMode, FetchPolicy, House, Show

__all__ = [
    "default_cache",
    "each_voice",
    "house_style",
    "lexicon_folders",
    "load_house",
    "load_lexicon",
    "load_voice",
    "local_cache",
    "now",
    "voice_folders",
    "voice_names",
]

HOUSE_FILE = "articleaudio.toml"
"""Name of the house file, looked for in the working directory and its parents."""

DEFAULT_DISCLOSURE = {
    "en": "This audio is created with AI assistance.",
    "uk": "Це аудіо створено за допомогою штучного інтелекту.",
    "de": "Dieses Audio wurde mit Unterstützung von KI erstellt.",
    "fr": "Cet audio est créé avec l’aide de l’IA.",
    "es": "Este audio se ha creado con ayuda de la IA.",
    "pl": "To nagranie powstało z pomocą sztucznej inteligencji.",
}
"""The disclosure line by language; `disclosure` in the house file changes or silences it."""


def load_house(
    config: Path | None = None,
    *,
    folder: Path | None = None,
    voice: str | None = None,
    base_url: str | None = None,
    cache: Path | str | None = None,
    state: Path | None = None,
    allow_private: bool = False,
    max_cost: float | None = None,
) -> House:
    """Read the house file (or go without one) and settle everything a run needs.

    `config` names the file; else it is looked for in `folder` (the working directory) and its parents. `voice`,
    `base_url`, `cache` (a folder, or an address such as `s3://bucket/prefix`), `state`, `allow_private` and `max_cost`
    are what the command line asks for, and win. Raises ConfigError and VoiceError.
    """
    folder = (folder or Path.cwd()).absolute()
    path = config if config is not None else _find_house_file(folder)
    file = TomlFile.read(path) if path is not None else TomlFile(Path(HOUSE_FILE), {}, "")
    root = path.absolute().parent if path is not None else folder
    refuse_secrets(file)
    file.check_keys(file.table, keys_of(""), "")
    show = _show(file, root, base_url)
    folders = voice_folders(root)
    reading = reading_settings(file)
    voices = house_voices(file, folders, voice)
    sections = section_voices(file, folders) if voice is None else {}
    by_section = [one for own in sections.values() for one in own.values()]
    cast = {one.name: one for one in by_section} | cast_of((*voices.values(), *by_section), folders)
    kept = cache_settings(file, root, cache)
    audio = audio_settings(file, root)
    return House(
        root=root,
        show=show,
        voices=MappingProxyType(voices),
        cast=MappingProxyType(cast),
        section_voices=MappingProxyType(sections),
        cache=kept.where,
        cache_limit=kept.limit,
        keep_clips=kept.keep_clips,
        max_cost=_dollars(file) if max_cost is None else max_cost,
        state=(state or root / ".articleaudio").absolute(),
        disclosure=MappingProxyType(_disclosure(file, show.language)),
        spoken=house_spoken(file, show),
        chapters=file.choice("chapters", ChapterMode, ChapterMode.AUTO),
        keep_days=file.whole_number("keep_days", 7),
        acronyms=reading.acronyms,
        acronym_styles=MappingProxyType(reading.acronym_styles),
        rules_off=reading.rules_off,
        lexicon=(*house_lexicon(file, root), *voice_lexicons((*voices.values(), *by_section), root)),
        sites=house_sites(file, root),
        fetch=_fetch(file, allow_private=allow_private),
        profile=audio.profile,
        alternates=audio.alternates,
        sounds=audio.sounds,
        templates=_templates(file, root),
        signing=house_signing(file, root),
        **batch_settings(file, root)._asdict(),
    )


def now() -> datetime:
    """Give the time of the run in UTC; SOURCE_DATE_EPOCH stops the clock for reproducible builds.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a count of seconds", hint="unset or mend it") from error


def _dollars(file: TomlFile) -> float:
    """Read `max_cost`: US dollars that a run may spend on services."""
    dollars = file.number(file.table, "max_cost", 0.0)
    if not 0 <= dollars < float("inf"):
        raise file.error("max_cost", f"max_cost is {dollars:g}; it is in US dollars, 0 for no limit")
    return dollars


def _find_house_file(folder: Path) -> Path | None:
    return next((found for up in (folder, *folder.parents) if (found := up / HOUSE_FILE).is_file()), None)


def _show(file: TomlFile, root: Path, base_url: str | None) -> Show:
    file = file.part("show")
    table = file.table
    file.check_keys(table, keys_of("show"), "show")
    owner = table.get("owner", {})
    if not isinstance(owner, Mapping):
        raise file.error("owner", 'owner in [show] must be a table: owner = { name = "…", email = "…" }')
    file.check_keys(owner, keys_of("show.owner"), "show.owner")
    keys = ("title", "link", "base_url", "description", "author", "category", "enclosure_prefix", "copyright", "guid")
    values = {key: file.text(table, key, getattr(Show(), key)) for key in keys}
    values["base_url"] = _web_address(file, base_url if base_url is not None else values["base_url"])
    image = file.text(table, "image", "")
    if image and not (root / image).is_file():
        raise file.error("image", f"image {image!r} in [show] is not a file in {root}")
    return Show(
        language=_language(file),
        owner_name=file.text(owner, "name", ""),
        owner_email=file.text(owner, "email", ""),
        image=root / image if image else None,
        explicit=file.flag(table, "explicit"),
        locked=file.flag({"locked": Show().locked} | dict(table), "locked"),
        sections=_sections(file, table),
        feed_items=_feed_items(file, table),
        **values,
    )


def _language(file: TomlFile) -> str:
    language = file.text(file.table, "language", "en").lower()
    if not LANGUAGE_TAG.fullmatch(language):
        raise file.error("language", f"language {language!r} in [show] is no language tag, such as en or en-gb")
    return language


def _sections(file: TomlFile, table: Mapping[str, object]) -> tuple[str, ...]:
    """Read `sections`: those that have a feed of their own."""
    names = table.get("sections", [])
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise file.error("sections", 'sections in [show] must be a list of section names: ["World", "Business"]')
    return tuple(names)


def _feed_items(file: TomlFile, table: Mapping[str, object]) -> int:
    count = file.number(table, "feed_items", Show().feed_items)
    if not 10 <= count <= 5000 or count != int(count):
        raise file.error("feed_items", f"feed_items is {count:g}; it is a whole number from 10 to 5000")
    return int(count)


def _templates(file: TomlFile, root: Path) -> Path | None:
    """Read `templates`: the folder with the house's own page templates."""
    name = file.text(file.table, "templates", "")
    if name and not (root / name).is_dir():
        raise file.error("templates", f"templates {name!r} is not a folder in {root}")
    return root / name if name else None


def _fetch(file: TomlFile, *, allow_private: bool) -> FetchPolicy:
    """Read `[fetch]`: how the web is asked for articles."""
    file = file.part("fetch")
    table = file.table
    file.check_keys(table, keys_of("fetch"), "fetch")
    own = table.get("own_sites", [])
    if not isinstance(own, list) or not all(isinstance(host, str) and host for host in own):
        raise file.error("own_sites", 'own_sites must be a list of host names: ["news.example"]')
    delay = file.number(table, "delay", FetchPolicy().delay)
    if not 0 <= delay <= 60:
        raise file.error("delay", f"delay is {delay:g} seconds; it is 0 to 60")
    hosts = tuple(host.lower() for host in own)
    return FetchPolicy(file.text(table, "contact", ""), delay, hosts, allow_private)


def _web_address(file: TomlFile, address: str) -> str:
    if address and not address.startswith(("http://", "https://")):
        raise file.error("base_url", f"base_url {address!r} is no web address; it starts with https://")
    return address.rstrip("/")


def _disclosure(file: TomlFile, language: str) -> dict[str, str]:
    """`disclosure = false` silences it, a text replaces the show language's line, a table replaces several."""
    value = file.table.get("disclosure", True)
    if value is False:
        return {}
    if value is True:
        return DEFAULT_DISCLOSURE
    if isinstance(value, str) and value.strip():
        return DEFAULT_DISCLOSURE | {language.partition("-")[0]: value}
    if isinstance(value, str):
        raise file.error("disclosure", "disclosure is empty; `disclosure = false` silences it")
    if not isinstance(value, Mapping):
        raise file.error("disclosure", "disclosure must be a text in quotes, true or false, or a table: [disclosure]")
    file = file.part("disclosure")
    table = file.table
    for key in table:
        if not LANGUAGE_TAG.fullmatch(key.lower()):
            raise file.error(key, f"{key!r} in [disclosure] is no language tag, such as en or en-gb")
    return DEFAULT_DISCLOSURE | {key.lower(): file.text(table, key, "", required=True) for key in table}
