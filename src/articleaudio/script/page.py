"""The script as a page: written and spoken side by side, every reading with its rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from articleaudio.model import Article, Dropped, Script, Segment, Token, TokenKind, dotted
from articleaudio.script.page_style import CSS

DOUBTFUL = 0.5
"""Readings less sure than this are marked, as the flags do."""
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def html_view(script: Script, article: Article) -> str:
    """The script as a self-contained HTML page: no script, no address but the article's own text, all of it escaped."""
    flags: dict[str, list[str]] = {}
    for flag in script.flags:
        flags.setdefault(flag.segment, []).append(flag.message)
    rows = "".join(_row(segment, flags.get(segment.id, ())) for segment in script.segments)
    readings = [token for segment in script.segments for token in segment.tokens if token.rule != "plain"]
    doubts = len(script.flags)
    tag = _safe(script.language)
    direction = ' dir="rtl"' if script.language.partition("-")[0] in RIGHT_TO_LEFT else ""
    facts = (
        f"{len(script.segments)} segments",
        f"{len(readings)} readings",
        f'<b class="doubt">{doubts} doubtful</b>' if doubts else "nothing doubtful",
        f"{len(article.dropped)} pieces left out",
        f"language {tag}",
    )
    return (
        f'<!doctype html>\n<html lang="{tag}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Script: {_safe(article.title or 'untitled')}</title>\n<style>{CSS}</style>\n</head>\n"
        "<body>\n<header>\n"
        f'<p class="kicker" lang="en">Script</p>\n<h1>{_safe(article.title or "untitled")}</h1>\n'
        f'<p class="facts" lang="en">{" · ".join(facts)}</p>\n{_notes(flags.get("", ()))}</header>\n'
        '<main>\n<div class="row head" lang="en"><span></span><span>Written</span><span>Spoken</span></div>\n'
        f"{rows}</main>\n{_rules(readings)}{_dropped(article.dropped)}</body>\n</html>\n"
    )


def _row(segment: Segment, flags: Iterable[str]) -> str:
    """One segment: what is written, with its readings marked; what is spoken; what is doubtful."""
    notes = _notes(flags)
    kind = f"row {segment.role}{' flagged' if notes else ''}"
    written = "".join(_written(segment)).strip()
    spoken = "".join(_spoken(segment)).strip()
    same = all(token.rule == "plain" for token in segment.tokens)
    role = segment.role.replace("_", " ")
    return (
        f'<section class="{kind}" id="{_safe(segment.id)}">'
        f'<span class="role" lang="en">{_safe(role)}<br><a href="#{_safe(segment.id)}">{_safe(segment.id)}</a></span>'
        f'<p class="written">{written}</p>'
        f'<p class="spoken{" same" if same else ""}">{spoken}</p>{notes}</section>\n'
    )


def _written(segment: Segment) -> Iterator[str]:
    """The written text; what is said otherwise is marked."""
    at = 0
    for token in segment.tokens:
        yield _safe(segment.written[at : token.start])
        text = _safe(segment.written[token.start : token.end])
        yield text if token.rule == "plain" else f'<span class="{_class(token)}" title="{_title(token)}">{text}</span>'
        at = token.end
    yield _safe(segment.written[at:])


def _spoken(segment: Segment) -> Iterator[str]:
    """The spoken text; every reading carries its rule, a pause is a bar, and what is silent is not there."""
    at = 0
    for token in segment.tokens:
        yield _safe(segment.written[at : token.start])
        at = token.end
        if token.rule == "plain":
            yield _safe(token.say)
            continue
        said = _said(token, segment)
        if token.kind is TokenKind.PAUSE:
            yield f'<i class="pause" title="pause: {_title(token)}" lang="en">|</i>' if token.say.strip() else ""
        elif said:
            before, after = token.say[:1].isspace() * " ", token.say[-1:].isspace() * " "
            yield (
                f'{before}<span class="{_class(token)}" title="{_title(token)}">{said}'
                f'<small lang="en">{_safe(token.rule)}</small></span>{after}'
            )
    yield _safe(segment.written[at:])


def _said(token: Token, segment: Segment) -> str:
    """What a reading sounds like, for the eye; empty for silence."""
    if token.kind is TokenKind.PHONEMES:
        return f'{_safe(segment.written[token.start : token.end])} <code lang="en">/{_safe(token.say)}/</code>'
    return _safe(dotted(token).strip())


def _class(token: Token) -> str:
    sort = "lexicon" if token.rule == "lexicon" else str(token.kind)
    if not token.say.strip():
        sort = "silent"
    return f"reading {sort}{' doubt' if token.confidence < DOUBTFUL else ''}"


def _title(token: Token) -> str:
    return _safe(f"{token.rule}, {token.kind}, {token.confidence:.0%} sure")


def _notes(messages: Iterable[str]) -> str:
    items = "".join(f"<li>{_safe(message)}</li>" for message in messages)
    return f'<ul class="notes" lang="en">{items}</ul>' if items else ""


def _rules(readings: list[Token]) -> str:
    """How often each rule decided."""
    counts: dict[str, int] = {}
    for token in readings:
        counts[token.rule] = counts.get(token.rule, 0) + 1
    if not counts:
        return ""
    items = "".join(
        f"<li><b>{_safe(rule)}</b> {count}</li>"
        for rule, count in sorted(counts.items(), key=lambda row: (-row[1], row))
    )
    return f'<aside class="rules" lang="en"><h2>Rules at work</h2><ul>{items}</ul></aside>\n'


def _dropped(dropped: Iterable[Dropped]) -> str:
    """What the source also held, struck through, with the reason."""
    items = "".join(
        f'<li><span class="reason" lang="en">{_safe(piece.reason)}</span> <del>{_safe(piece.text)}</del></li>'
        for piece in dropped
    )
    if not items:
        return ""
    return f'<aside class="dropped"><h2 lang="en">Left out, and never spoken</h2><ul>{items}</ul></aside>\n'


def _safe(text: str) -> str:
    """Text as HTML: escaped, without characters that a page cannot hold or that turn its direction."""
    return escape(CONTROLS.sub("\ufffd", str(text)))
