"""What is said around the body: lines made of templates and the article's facts, in the order the house wants.

A line whose facts are missing is left out; nobody hears "By ." The texts are written texts: how they are said is for
the rules that read everything else.
"""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from articleaudio.disclosure import Disclosed, disclosed
from articleaudio.model import Article, Boundary, Mark, MarkKind, Role
from articleaudio.script.frame_dates import Told, weekday, written
from articleaudio.script.frame_words import ANYWHERE, FACTS, JOINED, TEMPLATES, Joined
from articleaudio.script.style import Style

_BREAKS = {
    Role.DISCLOSURE: Boundary.DISCLOSURE,
    Role.SECTION: Boundary.SECTION_NAME,
    Role.HEADLINE: Boundary.HEADLINE,
    Role.DEK: Boundary.DEK,
    Role.BYLINE: Boundary.BYLINE,
    Role.DATE: Boundary.DATE,
    Role.UPDATED: Boundary.DATE,
}
_OURS = frozenset((Role.DISCLOSURE, Role.SECTION, Role.DATE, Role.UPDATED, Role.CLOSING))
_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"'”’»)"
_SOUND_OF_I = re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE)
_CUT = re.compile(r"\s*(?:\[(?:…|\.{3})\]|…|\.{3})\s*$")
_LEADING = ("weekday", "day", "date")
_SENTENCES = ("", "dek", "title", "disclosure")


@dataclass(frozen=True, slots=True)
class Around:
    """A line that is said before or after the body."""

    role: Role
    """What it is to a listener."""
    text: str
    """As written."""
    boundary: Boundary
    """The break after it."""
    marks: tuple[Mark, ...] = ()
    """Readings of stretches of it."""
    whole: tuple[tuple[int, int], ...] = ()
    """Names and days in it: no sentence ends inside of one ("Yahoo! News", "Dr. Weber")."""
    ours: bool = False
    """Whether the words are the house's, not the article's."""
    language: str = ""
    """BCP 47 tag where the words are in another language than the article; else empty."""


class Part(NamedTuple):
    """A stretch of a template: words, then a fact or none."""

    words: str
    """As written."""
    fact: str = ""
    """Name of the fact that follows."""


class _Line(NamedTuple):
    """A line that was filled in, as `Around` has it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    whole: tuple[tuple[int, int], ...] = ()
    language: str = ""


_NOTHING = _Line()


def parts(template: str) -> list[Part]:
    """Take a template apart. Raises ValueError, which says what is wrong, where it cannot be understood."""
    found: list[Part] = []
    for words, fact, form, conversion in string.Formatter().parse(template):
        if form or conversion:
            raise ValueError(f"{{{fact}}} takes no form after its name")
        if fact is not None and fact not in FACTS:
            near = difflib.get_close_matches(fact, FACTS, 1)
            meant = f"did you mean {{{near[0]}}}?" if near else f"known: {', '.join(f'{{{one}}}' for one in FACTS)}"
            raise ValueError(f"unknown fact {{{fact}}}; {meant}")
        found.append(Part(words, fact or ""))
    return found


def opening(article: Article, style: Style) -> Iterator[Around]:
    """The lines before the body, in order."""
    updated = _updated(article)
    line = _disclosed(article.language, style)
    makers: Mapping[Role, Callable[[], _Line]] = {
        Role.DISCLOSURE: lambda: _Line(line.text, language=line.language),
        Role.HEADLINE: lambda: _Line(article.title),
        Role.SECTION: lambda: _line(article, style, "section") if article.section else _NOTHING,
        Role.DEK: lambda: _line(article, style, "dek") if article.dek and not _said_anyway(article) else _NOTHING,
        Role.BYLINE: lambda: _line(article, style, "byline") if style.byline and article.authors else _NOTHING,
        Role.DATE: lambda: _line(article, style, "date", article.published) if article.published else _NOTHING,
        Role.UPDATED: lambda: _line(article, style, "updated", updated) if updated else _NOTHING,
    }
    for role in style.spoken.order:
        made = makers[role]()
        if made.text.strip():
            yield _around(role, _BREAKS[role], made)


def closing(article: Article, style: Style) -> list[Around]:
    """The lines after the body, in order."""
    said = style.spoken.closing or _own(style, article.language, "closing") is not None
    facts = _facts(article, style, article.published)
    filled = [_fill(template, facts) for template in _templates(style, article.language, "closing") if said]
    return [_around(Role.CLOSING, Boundary.CLOSING, line) for line in filled if line.text]


def _around(role: Role, boundary: Boundary, line: _Line) -> Around:
    return Around(role, line.text, boundary, line.marks, line.whole, role in _OURS, line.language)


def _line(article: Article, style: Style, key: str, when: datetime | None = None) -> _Line:
    """A line by its template; empty where there is none, or a fact is missing."""
    one = len(article.authors) == 1 and key == "byline"
    facts = _facts(article, style, when)
    for template in _templates(style, article.language, "byline_one" if one else key)[:1]:
        return _fill(template, facts, sentence=key != "dek")
    return _NOTHING


def _templates(style: Style, tag: str, key: str) -> Sequence[str]:
    """The templates of a line: the house's, else ours."""
    plain = "byline" if key == "byline_one" else key
    for name in dict.fromkeys((key, plain)):
        if (own := _own(style, tag, name)) is not None:
            return own
    ours = TEMPLATES.get(_primary(tag), {})
    found = ours.get(key) or ours.get(plain) or ANYWHERE.get(plain)
    return (found,) if found else ()


def _own(style: Style, tag: str, key: str) -> Sequence[str] | None:
    """The house's templates: of the language as the article names it, else of its primary subtag."""
    for name in dict.fromkeys((tag.lower(), _primary(tag))):
        if (found := style.spoken.lines.get(name, {}).get(key)) is not None:
            return found
    return None


def _facts(article: Article, style: Style, when: datetime | None) -> dict[str, Told]:
    """What templates may tell of an article; `when` is the day they speak of."""
    tag = article.language
    return {
        "authors": Told(_names(article.authors, JOINED.get(_primary(tag), Joined(", ")))),
        "section": _told(article.section),
        "dek": _told(article.dek),
        "title": _told(article.title),
        "site": _told(article.site),
        "host": Told(_host(article.url)),
        "show": _told(style.spoken.show),
        "disclosure": _told(_disclosed(tag, style).text),
        "weekday": weekday(when, tag) if when else Told(""),
        "day": written(when, tag) if when else Told(""),
        "date": written(when, tag, on=True) if when else Told(""),
    }


def _fill(template: str, facts: Mapping[str, Told], *, sentence: bool = True) -> _Line:
    """Fill a template; empty where it is, or where a fact is missing. A sentence ends with one period."""
    text = ""
    marks: list[Mark] = []
    whole: list[tuple[int, int]] = []
    for part in parts(template):
        text += part.words[1:] if part.words.startswith(".") and text.endswith(_STOPS) else part.words
        told = facts[part.fact] if part.fact else Told("")
        if part.fact and not told.text:
            return _NOTHING
        first = not text.strip() and part.fact in _LEADING
        marks += (Mark(MarkKind.SAY_AS, len(text) + start, len(text) + end, said) for start, end, said in told.said)
        if part.fact not in _SENTENCES:
            whole.append((len(text), len(text) + len(told.text)))
        text += told.text[:1].upper() + told.text[1:] if first else told.text
    ended = not text or not sentence or text.rstrip(_CLOSERS).endswith(_STOPS)
    return _Line(text if ended else f"{text}.", tuple(marks), tuple(whole))


def _names(authors: Sequence[str], joined: Joined) -> str:
    if not authors:
        return ""
    *others, last = authors
    between = joined.before_i if joined.before_i and _SOUND_OF_I.match(last) else joined.last
    return f"{', '.join(others)}{between}{last}" if others else last


def _told(text: str) -> Told:
    return Told(" ".join(text.split()))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _disclosed(tag: str, style: Style) -> Disclosed:
    return disclosed(style.disclosure, tag, style.show_language)


def _updated(article: Article) -> datetime | None:
    """When the article was updated, if that was on a later day than it was published, whichever zone one counts in."""
    published, updated = article.published, article.updated
    if published is None or updated is None or updated.date() <= published.date():
        return None
    if published.tzinfo and updated.tzinfo and updated.astimezone(published.tzinfo).date() <= published.date():
        return None
    return updated


def _said_anyway(article: Article) -> bool:
    """Whether the standfirst is the headline again or how the body begins: a CMS often cuts it out of that."""
    dek = _CUT.sub("", " ".join(article.dek.split()))
    return dek == article.title.strip() or any(block.text.startswith(dek) for block in article.blocks[:1])


def _primary(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]
