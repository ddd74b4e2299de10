"""The script as a page: written and spoken side by side, every reading with its rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articleaudio.model import Article, Script, Segment, Token, TokenKind, dotted
from articleaudio.script.page_left import Left, safe
from articleaudio.script.page_style import CSS

DOUBTFUL = 0.5
"""Readings less sure than this are marked, as the flags do."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def html_view(script: Script, article: Article) -> str:
    """The script as a self-contained HTML page: no script, no address but the article's own text, all of it escaped."""
    flags: dict[str, list[str]] = {}
    for flag in script.flags:
        flags.setdefault(flag.segment, []).append(flag.message)
    left = Left(article)
    rows = "".join(left.before(segment.block) + _row(segment, flags.get(segment.id, ())) for segment in script.segments)
    readings = [token for segment in script.segments for token in segment.tokens if token.rule != "plain"]
    doubts = len(script.flags)
    tag = safe(script.language)
    direction = ' dir="rtl"' if script.language.partition("-")[0] in RIGHT_TO_LEFT else ""
    facts = (
        f"{len(script.segments)} segments",
        f"{len(readings)} readings",
        f'<b class="doubt">{doubts} doubtful</b>' if doubts else "nothing doubtful",
        f"{len(article.dropped)} pieces left out",
        f"language {tag}",
        *(f'<b class="doubt">{safe(what)}</b>' for what in _closed(article)),
    )
    return (
        f'<!doctype html>\n<html lang="{tag}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Script: {safe(article.title or 'untitled')}</title>\n<style>{CSS}</style>\n</head>\n"
        "<body>\n<header>\n"
        f'<p class="kicker" lang="en">Script</p>\n<h1>{safe(article.title or "untitled")}</h1>\n'
        f'<p class="facts" lang="en">{" · ".join(facts)}</p>\n{_notes(flags.get("", ()))}</header>\n'
        '<main>\n<div class="row head" lang="en"><span></span><span>Written</span><span>Spoken</span></div>\n'
        f"{rows}{left.after()}</main>\n{left.elsewhere()}{_rules(readings)}</body>\n</html>\n"
    )


def _closed(article: Article) -> Iterator[str]:
    """Why the article would not be made into audio, if so."""
    if article.status != "published":
        yield article.status
    if article.visibility != "public":
        yield f"for {article.visibility} only"
    if article.cut:
        yield f"not whole: {article.cut}"


def _row(segment: Segment, flags: Iterable[str]) -> str:
    """One segment: what is written, with its readings marked; what is spoken; what is doubtful."""
    notes = _notes(flags)
    kind = f"row {segment.role}{' flagged' if notes else ''}"
    written = "".join(_written(segment)).strip()
    tongues = "".join(
        f'<li lang="{safe(one.language)}">{safe(segment.written[one.start : one.end])} <b>{safe(one.language)}</b></li>'
        for one in segment.switches
    )
    tongues = tongues and f'<ul class="tongues">{tongues}</ul>'
    spoken = "".join(_spoken(segment)).strip()
    same = all(token.rule == "plain" for token in segment.tokens)
    role = segment.role.replace("_", " ")
    return (
        f'<section class="{kind}" id="{safe(segment.id)}">'
        f'<span class="role" lang="en">{safe(role)}<br><a href="#{safe(segment.id)}">{safe(segment.id)}</a></span>'
        f'<p class="written">{written}</p>'
        f'<p class="spoken{" same" if same else ""}">{spoken}</p>{tongues}{notes}</section>\n'
    )


def _written(segment: Segment) -> Iterator[str]:
    """The written text; what is said otherwise is marked."""
    at = 0
    for token in segment.tokens:
        yield safe(segment.written[at : token.start])
        text = safe(segment.written[token.start : token.end])
        yield text if token.rule == "plain" else f'<span class="{_class(token)}" title="{_title(token)}">{text}</span>'
        at = token.end
    yield safe(segment.written[at:])


def _spoken(segment: Segment) -> Iterator[str]:
    """The spoken text; every reading carries its rule, a pause is a bar, and what is silent is not there."""
    at = 0
    for token in segment.tokens:
        yield safe(segment.written[at : token.start])
        at = token.end
        if token.rule == "plain":
            yield safe(token.say)
            continue
        said = _said(token, segment)
        if token.kind is TokenKind.PAUSE:
            yield f'<i class="pause" title="pause: {_title(token)}" lang="en">|</i>' if token.say.strip() else ""
        elif said:
            before, after = token.say[:1].isspace() * " ", token.say[-1:].isspace() * " "
            yield (
                f'{before}<span class="{_class(token)}" title="{_title(token)}">{said}'
                f'<small lang="en">{safe(token.rule)}</small></span>{after}'
            )
    yield safe(segment.written[at:])


def _said(token: Token, segment: Segment) -> str:
    """What a reading sounds like, for the eye; empty for silence."""
    if token.kind is TokenKind.PHONEMES:
        return f'{safe(segment.written[token.start : token.end])} <code lang="en">/{safe(token.say)}/</code>'
    return safe(dotted(token).strip())


def _class(token: Token) -> str:
    sort = "lexicon" if token.rule == "lexicon" else str(token.kind)
    if not token.say.strip():
        sort = "silent"
    return f"reading {sort}{' doubt' if token.confidence < DOUBTFUL else ''}"


def _title(token: Token) -> str:
    return safe(f"{token.rule}, {token.kind}, {token.confidence:.0%} sure")


def _notes(messages: Iterable[str]) -> str:
    items = "".join(f"<li>{safe(message)}</li>" for message in messages)
    return f'<ul class="notes" lang="en">{items}</ul>' if items else ""


def _rules(readings: list[Token]) -> str:
    """How often each rule decided."""
    counts: dict[str, int] = {}
    for token in readings:
        counts[token.rule] = counts.get(token.rule, 0) + 1
    if not counts:
        return ""
    items = "".join(
        f"<li><b>{safe(rule)}</b> {count}</li>"
        for rule, count in sorted(counts.items(), key=lambda row: (-row[1], row))
    )
    return f'<aside class="rules" lang="en"><h2>Rules at work</h2><ul>{items}</ul></aside>\n'
