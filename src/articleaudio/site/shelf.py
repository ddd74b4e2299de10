"""The shelf: what lies in an output folder, read back from its episode.json files and nothing else.

A file may be broken, foreign or hostile: what cannot be used is reported and left out, and no address that is not a web
page gets through.
"""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from articleaudio.site.shelved import Form, Part, Passage, Shelved

SCHEMA = "articleaudio/episode/"
"""What the schema of every episode.json begins with."""

KNOWN = "articleaudio/episode/1"
"""The schema that is read here."""

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def read_episode(path: Path) -> Shelved | None:
    """Read one episode.json; None when it is retracted.

    Raises ValueError, TypeError, KeyError or OSError, with what is wrong, when it cannot be used.
    """
    value = json.loads(path.read_bytes())
    if not isinstance(value, dict) or not str(value.get("schema", "")).startswith(SCHEMA):
        raise ValueError("it is not an episode of articleaudio")
    if value["schema"] != KNOWN:
        raise ValueError(f"it has the form {value['schema']}, which a newer articleaudio reads")
    if value.get("status") == "retracted":
        return None
    if value["slug"] != path.parent.name:
        raise ValueError(f"it belongs into the folder {value['slug']!r}")
    return _shelved(value, path.parent)


def _shelved(value: dict[str, Any], folder: Path) -> Shelved:
    audio = value["audio"]
    generated = _moment(value["generated"])
    if generated is None:
        raise ValueError("it does not tell when it was made")
    passages = tuple(_passage(segment) for segment in value["segments"])
    voice = value.get("voice") or {}
    dek = _text(value.get("dek"))
    told = _text(value.get("disclosure_language"))
    return Shelved(
        id=_needed(value, "id"),
        slug=folder.name,
        folder=folder,
        language=_text(value.get("language")) or "en",
        title=_needed(value, "title"),
        summary=dek or _opening(passages),
        dek=dek,
        authors=tuple(_text(author) for author in value.get("authors") or ()),
        site=_text(value.get("site")),
        section=_text(value.get("section")),
        url=web_address(value.get("url")),
        image=web_address(value.get("image")),
        published=_moment(value.get("published")),
        updated=_moment(value.get("updated")),
        generated=generated,
        disclosure=_text(value.get("disclosure")),
        disclosure_language=told if told != value.get("language") else "",
        source_type=web_address(value.get("digital_source_type")),
        audio=_audio_file(audio, folder),
        size=int(audio["bytes"]),
        sha256=_text(audio.get("sha256")),
        duration=_seconds(audio["duration"]),
        bitrate=int(audio.get("bitrate") or 0),
        chapters=tuple(
            Part(_text(chapter["title"]), _seconds(chapter["start"]), web_address(chapter.get("url")))
            for chapter in value["chapters"]
        ),
        passages=passages,
        version=int(value.get("version") or 1),
        voice=_text(voice.get("name")),
        attribution=_text(voice.get("attribution")),
        alternates=tuple(_form(form) for form in value.get("alternates") or ()),
    )


def web_address(value: object) -> str:
    """An address that a browser may be sent to; empty for everything else, `javascript:` above all."""
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""


def _passage(segment: dict[str, Any]) -> Passage:
    block = segment.get("block")
    return Passage(
        id=_text(segment["id"]),
        role=_text(segment["role"]),
        block=block if isinstance(block, int) else None,
        start=_seconds(segment["start"]),
        end=_seconds(segment["end"]),
        text=_text(segment["written"]),
    )


def _form(form: dict[str, Any]) -> Form:
    return Form(
        file=_file_name(form["file"]),
        type=_text(form["type"]),
        size=int(form["bytes"]),
        sha256=_text(form.get("sha256")),
        bitrate=int(form.get("bitrate") or 0),
        profile=_text(form.get("profile")),
    )


def _file_name(value: object) -> str:
    name = _text(value)
    if not name or name.startswith(".") or "/" in name or "\\" in name:
        raise ValueError(f"its audio file has no usable name: {name!r}")
    return name


def _audio_file(audio: dict[str, Any], folder: Path) -> str:
    name = _file_name(audio["file"])
    path = folder / name
    if not path.is_file():
        raise ValueError(f"its audio file {name} is missing; convert the article again")
    if path.stat().st_size != audio["bytes"]:
        raise ValueError(f"its audio file {name} has {path.stat().st_size} bytes instead of {audio['bytes']}")
    return name


def _opening(passages: tuple[Passage, ...], limit: int = 280) -> str:
    """The first words of the body, whole words only."""
    text = " ".join(passage.text for passage in passages if passage.role in {"body", "quote", "list_item"})
    if len(text) <= limit:
        return text
    return text[: limit + 1].rpartition(" ")[0].rstrip(" ,;:–—") + "…"


def _needed(value: dict[str, Any], key: str) -> str:
    text = _text(value[key])
    if not text:
        raise ValueError(f"it has no {key}")
    return text


def _text(value: object) -> str:
    """A string without the characters that neither HTML nor XML can hold; line breaks and tabs become spaces."""
    if not isinstance(value, str):
        return ""
    return _FORBIDDEN.sub("", " ".join(value.split())).strip()


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{value!r} is no time in seconds")
    return float(value)


def _moment(value: object) -> datetime | None:
    """An ISO date; without a zone it is taken as UTC."""
    if not isinstance(value, str) or not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def what_is_wrong(error: Exception) -> str:
    """What an error of `read_episode` says, for people."""
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return str(error) or type(error).__name__
