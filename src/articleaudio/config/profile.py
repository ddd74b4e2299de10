"""One voice profile as its file says it: every key checked, nothing yet taken from the profile that it extends."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from articleaudio.config.tomlfile import TomlFile
from articleaudio.model import Boundary, Role, Voice, VoiceFile

SOURCE_TYPES_AT = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""Where IPTC keeps the types; a profile may give the address or the name alone."""

SOURCE_TYPES = (
    *("trainedAlgorithmicMedia", "algorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"),
    *("digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits"),
    *("minorHumanEdits", "algorithmicallyEnhanced", "softwareImage", "digitalArt", "digitalCreation"),
    *("dataDrivenMedia", "screenCapture", "virtualRecording", "composite", "compositeCapture"),
)
"""IPTC NewsCodes, Digital Source Type, as of its release of 2024-10-23."""

RATES = (40, 600)
"""Words a minute: less is no speech, and no engine can more."""

LONGEST_PAUSE = 30.0
"""Seconds."""

_KEYS = ("extends", *(f.name for f in fields(Voice) if f.name != "name"))
_FILE_KEYS = tuple(f.name for f in fields(VoiceFile))
_TEXTS = ("description", "licence", "attribution", "fallback", "price_source")
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+@ -]{0,119}(?<![. ])")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_RESERVED = "installed.json"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one file says."""

    file: TomlFile
    """The file."""
    values: Mapping[str, object]
    """Fields of a Voice, those that the file sets."""
    extends: str = ""
    """Name of the profile that has the rest; empty where there is none."""


def read_profile(file: TomlFile) -> Profile:
    """Check and read everything a file says. Raises ConfigError, which names file and line."""
    file.check_keys(file.table, _KEYS, "")
    values = {key: read(file) for key, read in _READ.items() if key in file.table}
    values |= {key: file.text(file.table, key, "") for key in _TEXTS if key in file.table}
    return Profile(file, MappingProxyType(values), file.text(file.table, "extends", ""))


def _engine(file: TomlFile) -> str:
    return file.text(file.table, "engine", "", required=True)


def _language(file: TomlFile) -> str:
    tag = file.text(file.table, "language", "", required=True).lower()
    if not _TAG.fullmatch(tag):
        raise file.error("language", f'language {tag!r} is no language tag: "uk", "en-gb" or "pt-br" are')
    return tag


def _rate(file: TomlFile) -> int:
    rate = file.whole_number("rate", 165)
    if not RATES[0] <= rate <= RATES[1]:
        raise file.error("rate", f"rate is {rate} words a minute; it is {RATES[0]} to {RATES[1]}")
    return rate


def _gain(file: TomlFile) -> float | None:
    if "gain" not in file.table:
        return None  # it is found by listening, once for a voice
    gain = file.number(file.table, "gain", 0.0)
    if abs(gain) > 60:
        raise file.error("gain", f"gain is {gain:g} decibels; it is -60 to 60")
    return gain


def _price(file: TomlFile) -> float:
    price = file.number(file.table, "price", 0.0)
    if price < 0:
        raise file.error("price", f"price is {price:g}; it is US dollars for a million characters, 0 or more")
    return price


def _source_type(file: TomlFile) -> str:
    said = file.text(file.table, "digital_source_type", "")
    name = re.sub(r"^https?://cv\.iptc\.org/newscodes/digitalsourcetype/", "", said)
    if name in SOURCE_TYPES:
        return SOURCE_TYPES_AT + name
    if not said:
        return ""
    near = difflib.get_close_matches(name, SOURCE_TYPES, 1)
    meant = f"did you mean {near[0]!r}?" if near else f"for synthetic speech: {', '.join(SOURCE_TYPES[:4])}"
    raise file.error("digital_source_type", f"digital_source_type {said!r} is none of IPTC's; {meant}")


def _options(file: TomlFile) -> Mapping[str, str]:
    part = file.part("options")
    return MappingProxyType({key: _option(part, key, value) for key, value in part.table.items()})


def _option(part: TomlFile, key: str, value: object) -> str:
    """An engine's setting as text: all that is no text is written as JSON."""
    if isinstance(value, str):
        return value
    if not _is_plain(value):
        raise part.error(key, f"{key} in [options] must be a text, a number, true or false, or a list or table of them")
    return json.dumps(value, ensure_ascii=False)


def _is_plain(value: object) -> bool:
    if isinstance(value, list | dict):
        return all(_is_plain(item) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))


def _pauses(file: TomlFile) -> Mapping[Boundary, float]:
    part = file.part("pauses")
    part.check_keys(part.table, [boundary.value for boundary in Boundary], "pauses")
    seconds = {Boundary(key): part.number(part.table, key, 0.0) for key in part.table}
    for boundary, pause in seconds.items():
        if not 0 <= pause <= LONGEST_PAUSE:
            raise part.error(boundary, f"{boundary} in [pauses] is {pause:g} seconds; it is 0 to {LONGEST_PAUSE:g}")
    return MappingProxyType(seconds)


def _roles(file: TomlFile) -> Mapping[str, str]:
    part = file.part("roles")
    part.check_keys(part.table, [role.value for role in Role], "roles")
    return MappingProxyType({role: part.text(part.table, role, "", required=True) for role in part.table})


def _files(file: TomlFile) -> tuple[VoiceFile, ...]:
    return tuple(_each_file(file))


def _each_file(file: TomlFile) -> Iterator[VoiceFile]:
    """Read `[[files]]`: what the voice needs and does not come with the program."""
    seen: set[str] = set()
    for part in file.parts("files"):
        part.check_keys(part.table, _FILE_KEYS, "files")
        url = part.text(part.table, "url", "", required=True)
        name = part.text(part.table, "name", "") or unquote(PurePosixPath(_path(part, url)).name)
        if not _PLAIN_NAME.fullmatch(name) or _DEVICES.match(name) or name.lower() == _RESERVED:
            raise part.error("name", f"name {name!r} in [[files]] is no plain file name")
        if name.lower() in seen:
            raise part.error("name", f"two of [[files]] are called {name!r}")
        seen.add(name.lower())
        digest = part.text(part.table, "sha256", "").lower()
        if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise part.error("sha256", f"sha256 of {name!r} is not 64 hex digits")
        size = part.table.get("size", 0)
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            raise part.error("size", f"size of {name!r} must be a whole number of bytes")
        yield VoiceFile(name, url, digest, size)


def _path(part: TomlFile, url: str) -> str:
    """The path of a web address."""
    try:
        split = urlsplit(url)
    except ValueError:
        split = urlsplit("")
    if split.scheme not in ("https", "http") or not split.hostname:
        raise part.error("url", f"url {url!r} in [[files]] is no web address")
    if "@" in split.netloc:
        raise part.error("url", f"the url of {split.hostname} in [[files]] holds a user name or password")
    return split.path


_READ: Mapping[str, Callable[[TomlFile], object]] = MappingProxyType(
    {
        "engine": _engine,
        "language": _language,
        "rate": _rate,
        "gain": _gain,
        "price": _price,
        "digital_source_type": _source_type,
        "options": _options,
        "pauses": _pauses,
        "roles": _roles,
        "lexicons": lambda file: tuple(file.texts(file.table, "lexicons")),
        "files": _files,
    }
)
"""Keys that are more than a text, with what reads them."""
