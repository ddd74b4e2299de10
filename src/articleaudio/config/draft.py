"""A house file that is being written: what is likely, what is no answer, and the text that it comes to."""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from articleaudio.config.house_voices import DEFAULT_VOICES, LANGUAGE_TAG
from articleaudio.config.tomlfile import quoted
from articleaudio.config.voices import load_voice, voice_folders, voice_names
from articleaudio.errors import ArticleAudioError, ConfigError
from articleaudio.read.registry import extensions
from articleaudio.site.cover import LARGEST, SMALLEST, kind_and_size
from articleaudio.site.shelf import web_address

COVERS = ("cover.png", "cover.jpg", "cover.jpeg", "artwork.png", "artwork.jpg", "logo.png", "logo.jpg")
"""Names by which a cover is known, the likeliest first."""

OUTPUT = "public"
"""Where episodes go unless somebody says otherwise."""

_MAIL = re.compile(r"[^@\s\"<>]+@[^@\s\"<>]+\.[^@\s\"<>.]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new house file says. Empty text says nothing."""

    title: str
    """Name of the show."""
    language: str = "en"
    """Of the show."""
    base_url: str = ""
    """Where the output will be served."""
    author: str = ""
    """The publisher's name."""
    owner_email: str = ""
    """Where directories write to."""
    cover: str = ""
    """File, from the house folder."""
    sources: tuple[str, ...] = ()
    """What is converted."""
    output: str = OUTPUT
    """Where episodes go."""
    voice: str = ""
    """Profile that speaks the show's language; empty for the default."""
    disclosure: str = "yes"
    """`yes` for the usual line, `no` for none, else the line."""


def likely(folder: Path, language: str = "en") -> Draft:
    """What a folder tells of a show: its name, a cover, what looks like articles. Nothing is asked of the network."""
    name = " ".join(re.split(r"[\s_.-]+", folder.resolve().name)).strip() or "Articles"
    cover = next((one for one in COVERS if (folder / one).is_file()), "")
    return Draft(
        title=f"{name[:1].upper()}{name[1:]}, read aloud",
        language=language,
        cover=cover,
        sources=_sources_in(folder),
        voice=default_voice(folder, language),
    )


def default_voice(folder: Path, language: str) -> str:
    """The profile that speaks a language where nobody chose one; empty when there is none."""
    names = voice_names(voice_folders(folder))
    tag = language.partition("-")[0]
    return next((one for one in (language, DEFAULT_VOICES.get(tag, tag)) if one in names), "")


def _sources_in(folder: Path) -> tuple[str, ...]:
    """Folders in which articles lie, and patterns for those that lie in the folder itself."""
    known = set(extensions())
    found: list[str] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.name == OUTPUT or path.is_symlink():
            continue
        if path.is_file() and path.suffix.lower() in known and not path.name.lower().startswith("readme"):
            found.append(f"*{path.suffix}")
        elif path.is_dir() and not (path / "episodes").is_dir() and _holds(path, known):
            found.append(path.name)
    return tuple(dict.fromkeys(found))


def _holds(folder: Path, known: set[str]) -> bool:
    """Whether a folder holds what may be an article, itself or one level below."""
    files = (path for depth in ("*", "*/*") for path in folder.glob(depth))
    return any(path.suffix.lower() in known and path.is_file() for path in files)


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def check(folder: Path, key: str, answer: str) -> str:
    """Give an answer as it will be written. Raises ConfigError, which says what is wrong with it."""
    return _CHECKS[key](folder, " ".join(answer.split()))


def _title(_: Path, answer: str) -> str:
    if not answer:
        raise ConfigError("a show has a title", hint="it is what listeners see in their app")
    return answer


def _language(_: Path, answer: str) -> str:
    if not LANGUAGE_TAG.fullmatch(answer.lower()):
        raise ConfigError(f"{answer!r} is no language tag", hint="such as en, en-gb or uk")
    return answer.lower()


def _base_url(_: Path, answer: str) -> str:
    if answer and not web_address(answer):
        raise ConfigError(f"{answer!r} is no web address", hint="such as https://audio.example.com/; - for none")
    return answer


def _free(_: Path, answer: str) -> str:
    return answer


def _owner_email(_: Path, answer: str) -> str:
    if answer and not _MAIL.fullmatch(answer):
        raise ConfigError(f"{answer!r} is no e-mail address", hint="such as audio@example.com; - for none")
    return answer


def _cover(folder: Path, answer: str) -> str:
    if not answer:
        return ""
    try:
        kind, size = kind_and_size((folder / answer).read_bytes())
    except OSError as error:
        raise ConfigError(f"{answer!r} is not a file in {folder}", hint="give its path; - for none") from error
    if not kind or size is None:
        raise ConfigError(f"{answer!r} is no JPEG or PNG", hint=f"square, {SMALLEST} to {LARGEST} pixels")
    return answer


def _source(folder: Path, answer: str) -> str:
    if "://" in answer:
        if not web_address(answer):
            raise ConfigError(f"{answer!r} is no web address", hint="such as https://news.example/feed.xml")
    elif not (folder / answer).exists() and not glob.glob(str(folder / answer)):  # noqa: PTH207 -- as `convert` reads it
        raise ConfigError(f"there is no {answer!r} in {folder}", hint="a folder, a file, a pattern or an address")
    return answer


def _output(_: Path, answer: str) -> str:
    if not answer:
        raise ConfigError("episodes need a place", hint="a folder, or s3://bucket/prefix")
    return answer


def _voice(folder: Path, answer: str) -> str:
    if answer:
        try:
            load_voice(answer, voice_folders(folder))
        except ArticleAudioError as error:
            raise ConfigError(error.message, hint=error.hint) from error
    return answer


_CHECKS: Mapping[str, Callable[[Path, str], str]] = {
    "title": _title,
    "language": _language,
    "base_url": _base_url,
    "author": _free,
    "owner_email": _owner_email,
    "cover": _cover,
    "source": _source,
    "output": _output,
    "voice": _voice,
    "disclosure": _free,
}


def checked(folder: Path, draft: Draft) -> Draft:
    """Give a draft with every answer as it will be written. Raises ConfigError for the first that is none."""
    texts = {key: check(folder, key, getattr(draft, key)) for key in _CHECKS if key != "source"}
    sources = tuple(check(folder, "source", one) for one in draft.sources)
    inside = next((one for one in sources if _lies_in(folder, texts["output"], one)), "")
    if inside:
        told = f"the output {texts['output']!r} lies in the source {inside!r}: its pages would be read as articles"
        raise ConfigError(told, hint="put the output beside the sources")
    return replace(draft, **texts, sources=sources)


def _lies_in(folder: Path, output: str, source: str) -> bool:
    if "://" in output or "://" in source:
        return False
    return (folder / output).resolve().is_relative_to((folder / source).resolve())


# ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────────


def written(draft: Draft) -> str:
    """The text of the house file, with comments."""
    lines = ["# What articleaudio must know about your publication. docs/house.md lists every key.", ""]
    if draft.disclosure.lower() in {"no", "false", "none"}:
        lines += ["disclosure = false  # nothing says that the audio was made by a machine: see that you may do so", ""]
    elif draft.disclosure.lower() not in {"", "yes", "true"}:
        lines += [f"disclosure = {quoted(draft.disclosure)}  # spoken first, shown and tagged", ""]
    lines += ["[show]", _set("title", draft.title), _set("language", draft.language)]
    lines += _or_hint(
        "base_url", draft.base_url, "https://audio.example.com/", "where it is served; no feed without it"
    )
    lines += _or_hint("author", draft.author, "The Example Post", "the publisher")
    owner = f"{{ name = {quoted(draft.author or draft.title)}, email = {quoted(draft.owner_email)} }}"
    lines += [f"owner = {owner}"] if draft.owner_email else ['# owner = { name = "…", email = "…" }  # for directories']
    lines += _or_hint("image", draft.cover, "cover.png", "square, 1400 to 3000 pixels")
    named = ", ".join(map(quoted, draft.sources))
    lines += [
        "",
        "[sources]",
        f"from = [{named}]" if named else '# from = ["articles", "https://example.com/feed.xml"]',
    ]
    lines += ["", "[output]", _set("folder", draft.output)]
    tag = draft.language.partition("-")[0]
    lines += ["", "[voices]", _set(tag, draft.voice) if draft.voice else f'# {tag} = "…"  # see `articleaudio voices`']
    return "\n".join(lines) + "\n"


def _set(key: str, value: str) -> str:
    return f"{key} = {quoted(value)}"


def _or_hint(key: str, value: str, example: str, why: str) -> list[str]:
    return [_set(key, value) if value else f"# {key} = {quoted(example)}  # {why}"]
