"""What writers' tools add to Markdown: taken out, or made what CommonMark knows, before it is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from articleaudio.model import Dropped
from articleaudio.read.rich import clean, shorten

_FENCE = re.compile(
    r"^(?P<fence>[ ]{0,3}(?:`{3,}|~{3,}))[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).){1,1000}?(?<!`)\1(?!`)", re.DOTALL)
_KEPT = "\ue000{}\ue001"
"""Stands for code while the rest is worked on: two characters that no text has, and a number between them."""
_HELD = re.compile("\ue000(\\d+)\ue001")
_ATTRIBUTE = r"(?:[.#][\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]+))"
_ATTRIBUTES = re.compile(rf"[ \t]{{0,9}}\{{:?[ \t]{{0,9}}({_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE}){{0,20}})[ \t]{{0,9}}\}}")

_TAKEN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.MULTILINE | re.DOTALL))
    for reason, pattern in (
        ("code", r"^import\s+(?:[\w*{][^\n'\"]*\sfrom\s+)?['\"][^'\"\n]+['\"];?[ \t]*$"),
        ("code", r"^export\s+(?:const|let|var|default|function)\b[^\n]*(?:\n[^\n]*\S[^\n]*)*"),
        ("embed", r"\{\{[<%][^\n]{0,500}?[>%]\}\}"),
        ("embed", r"\{%[^\n]{0,500}?%\}"),
        ("embed", r"\{\{[^\n{}]{0,500}\}\}"),
        ("embed", r"!\[\[[^\]\n]{0,300}\]\]"),
        ("embed", r"^[ \t]*<[A-Z][\w.]*\b[^<>]{0,2000}/>[ \t]*$"),
        ("navigation", r"^[ \t]*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:\s*toc\s*\})[ \t]*$"),
        ("footnote", r"^\[\^[^\]\n]{1,80}\]:[ \t]*(?:[^\n]*(?:\n(?:[ \t]+\S[^\n]*|[ \t]*(?=\n[ \t]+\S)))*)\n?"),
        ("footnote", r"\^\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,2000}\]"),
        ("meta", r"^\*\[[^\]\n]+\]:[^\n]*$"),
        ("ornament", r"(?<![\w:/]):[a-z][a-z0-9_+-]{2,30}:(?![\w:/])"),
    )
)
"""What is no text: why, and what it looks like. In this order."""

_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")

_PAIRS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (reason, re.compile(opens, re.MULTILINE), re.compile(closes, re.MULTILINE))
    for reason, opens, closes in (
        ("hidden", r"<!--", r"-->|\Z"),
        ("hidden", r"\{/\*", r"\*/\}"),
        ("hidden", r"\{%-?\s{0,9}comment\s{0,9}-?%\}", r"\{%-?\s{0,9}endcomment\s{0,9}-?%\}"),
        ("hidden", r"^%%(?=[^%\n])", r"%%[ \t]{0,9}$"),
        ("code", r"\{%-?\s{0,9}highlight\b[^%\n]{0,200}%\}", r"\{%-?\s{0,9}endhighlight\s{0,9}-?%\}"),
        (
            "code",
            r"\{\{[<%]\s{0,9}highlight\b[^}\n]{0,200}[>%]\}\}",
            r"\{\{[<%]\s{0,9}/\s{0,9}highlight\s{0,9}[>%]\}\}",
        ),
    )
)
"""What is no text from an opening to a closing: why, and what the two look like."""

_CHANGED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), becomes)
    for pattern, becomes in (
        (r"\[\^[^\]\n]{1,80}\]", ""),  # the marks that lead to footnotes
        (r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\][ \t]+", r"\1"),
        (r"^(>[ \t]*)\[![A-Za-z]+\][+-]?[ \t]*", r"\1"),
        (r"^[ \t]*</?[A-Z][\w.]*\b[^<>]{0,2000}>[ \t]*$", ""),
        (r"\[\[[^\]|\n]{1,200}\|([^\]|\n]{1,200})\]\]", r"\1"),
        (r"\[\[([^\]|\n]{1,200})\]\]", r"\1"),
        (r"(?<![=\w])==(?=\S)([^=\n]{1,300}?)(?<=\S)==(?![=\w])", r"<mark>\1</mark>"),
        (r"(?<=[\w)])~([\w+-]{1,6})~(?!~)", r"<sub>\1</sub>"),
        (r"(?<=[\w)])\^([\w+-]{1,6})\^", lambda match: match[1].translate(_RAISED)),
        (r"^([^\s:>#|-][^\n]*)\n:[ \t]+(?=\S)", r"\1\n\n- "),
        (
            (
                r"^([ \t]*!\[[^\]\n]{0,1000}\]\([^)\n]{0,1000}\))[ \t]*\n(?:[ \t]*\n)?"
                r"[ \t]*([*_])(?![*_\s])([^\n]{1,1000}?)\2[ \t]*$"
            ),
            r"\1\n\n<figcaption>\3</figcaption>\n",
        ),
    )
)
"""What other dialects write, and how plain Markdown or HTML says it."""
_FENCED_DIV = re.compile(r"^[ \t]*:{3,}[ \t]*([^\n]*)$", re.MULTILINE)
_ADMONITION = re.compile(
    r'^(?:!!!|\?\?\?\+?)[ \t]+[\w -]+(?:"([^"\n]*)")?[ \t]*\n((?:(?: {4}|\t)[^\n]*\n?|[ \t]*\n)+)', re.MULTILINE
)


def plain_markdown(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """Markdown as CommonMark with tables has it, and the ledger of what was no text. Code stays as it is."""
    held: list[str] = []
    dropped: list[Dropped] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return _KEPT.format(len(held) - 1)

    def back(part: str) -> str:
        return _HELD.sub(lambda match: held[int(match[1])] if int(match[1]) < len(held) else "", part)

    def take(part: str, reason: str) -> str:
        if words := clean(back(part)):
            dropped.append(Dropped(shorten(words), reason))
        return ""

    text = text.replace("\r\n", "\n").replace("\ue000", "").replace("\ue001", "")
    text = _CODE.sub(hold, _FENCE.sub(hold, text))
    for reason, opens, closes in _PAIRS:
        text = _without_pairs(text, opens, closes, partial(take, reason=reason))
    for reason, pattern in _TAKEN:
        text = pattern.sub(lambda match, why=reason: take(match[0], why), text)  # type: ignore[misc] # a bound name
    text = _FENCED_DIV.sub(lambda match: take(match[1], "meta"), text)
    text = _ADMONITION.sub(_opened, text)
    text = _ATTRIBUTES.sub(_anchored, text)
    for pattern, becomes in _CHANGED:
        text = pattern.sub(becomes, text)
    return back(text), tuple(dropped)


def _without_pairs(text: str, opens: re.Pattern[str], closes: re.Pattern[str], take: Callable[[str], str]) -> str:
    """The text without what stands between an opening and its closing; one that is never closed stays."""
    parts: list[str] = []
    at = 0
    while (first := opens.search(text, at)) and (last := closes.search(text, first.end())):
        parts += [text[at : first.start()], take(text[first.start() : last.end()])]
        at = last.end()
    return "".join(parts) + text[at:]


def _anchored(match: re.Match[str]) -> str:
    """An attribute list leaves nothing but its id."""
    found = re.search(r"#([\w:.-]+)", match[1])
    return f'<a id="{found[1]}"></a>' if found else ""


def _opened(match: re.Match[str]) -> str:
    """What an admonition holds, no longer indented."""
    inner = re.sub(r"^(?: {4}|\t)", "", match[2], flags=re.MULTILINE)
    return f"\n{match[1]}\n\n{inner}\n" if match[1] else f"\n{inner}\n"
