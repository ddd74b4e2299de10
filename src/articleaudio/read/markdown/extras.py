"""What writers' tools add to Markdown: taken out, or made what CommonMark knows, before it is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable

from articleaudio.model import Dropped
from articleaudio.read.rich import clean, shorten

_FENCE = re.compile(
    r"^(?P<fence>[ ]{0,3}(?:`{3,}|~{3,}))[^\n]*\n.*?(?:^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)
_KEPT = "\ue000{}\ue001"
"""Stands for code while the rest is worked on: two characters that no text has, and a number between them."""
_HELD = re.compile("\ue000(\\d+)\ue001")
_ATTRIBUTE = r"(?:[.#][\w:-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s}]+))"
_ATTRIBUTES = re.compile(rf"[ \t]*\{{:?[ \t]*({_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*)[ \t]*\}}")

_TAKEN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (reason, re.compile(pattern, re.MULTILINE | re.DOTALL))
    for reason, pattern in (
        ("hidden", r"<!--.*?(?:-->|\Z)"),
        ("hidden", r"\{/\*.*?\*/\}"),
        ("hidden", r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}"),
        ("hidden", r"^%%[^%\n].*?%%[ \t]*$"),
        ("code", r"\{%-?\s*highlight\b[^%]*%\}.*?\{%-?\s*endhighlight\s*-?%\}"),
        ("code", r"\{\{[<%]\s*highlight\b[^}]*[>%]\}\}.*?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"),
        ("code", r"^import\s+(?:[\w*{][^\n'\"]*\sfrom\s+)?['\"][^'\"\n]+['\"];?[ \t]*$"),
        ("code", r"^export\s+(?:const|let|var|default|function)\b.*?(?=\n[ \t]*\n|\Z)"),
        ("embed", r"\{\{[<%][^\n]*?[>%]\}\}"),
        ("embed", r"\{%[^\n]*?%\}"),
        ("embed", r"\{\{[^\n{}]*\}\}"),
        ("embed", r"!\[\[[^\]\n]*\]\]"),
        ("embed", r"^[ \t]*<[A-Z][\w.]*\b[^<>]*/>[ \t]*$"),
        ("navigation", r"^[ \t]*(?:\[TOC\]|\[\[_?toc_?\]\]|\{:\s*toc\s*\})[ \t]*$"),
        ("footnote", r"^\[\^[^\]\n]+\]:[ \t]*(?:[^\n]*(?:\n(?:[ \t]+\S[^\n]*|[ \t]*(?=\n[ \t]+\S)))*)\n?"),
        ("footnote", r"\^\[(?:[^\[\]]|\[[^\[\]]*\])*\]"),
        ("meta", r"^\*\[[^\]\n]+\]:[^\n]*$"),
        ("ornament", r"(?<![\w:/]):[a-z][a-z0-9_+-]{2,30}:(?![\w:/])"),
    )
)
"""What is no text: why, and what it looks like. In this order."""

_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")

_CHANGED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), becomes)
    for pattern, becomes in (
        (r"\[\^[^\]\n]+\]", ""),  # the marks that lead to footnotes
        (r"^([ \t]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\][ \t]+", r"\1"),
        (r"^(>[ \t]*)\[![A-Za-z]+\][+-]?[ \t]*", r"\1"),
        (r"^[ \t]*</?[A-Z][\w.]*\b[^<>]*>[ \t]*$", ""),
        (r"\[\[[^\]|\n]+\|([^\]|\n]+)\]\]", r"\1"),
        (r"\[\[([^\]|\n]+)\]\]", r"\1"),
        (r"(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?![=\w])", r"<mark>\1</mark>"),
        (r"(?<=[\w)])~([\w+-]{1,6})~(?!~)", r"<sub>\1</sub>"),
        (r"(?<=[\w)])\^([\w+-]{1,6})\^", lambda match: match[1].translate(_RAISED)),
        (r"^([^\s:>#|-][^\n]*)\n:[ \t]+(?=\S)", r"\1\n\n- "),
        (
            r"^([ \t]*!\[[^\]\n]*\]\([^)\n]*\))[ \t]*\n(?:[ \t]*\n)?[ \t]*([*_])(?![*_\s])([^\n]+?)\2[ \t]*$",
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
    for reason, pattern in _TAKEN:
        text = pattern.sub(lambda match, why=reason: take(match[0], why), text)  # type: ignore[misc] # a bound name
    text = _FENCED_DIV.sub(lambda match: take(match[1], "meta"), text)
    text = _ADMONITION.sub(_opened, text)
    text = _ATTRIBUTES.sub(_anchored, text)
    for pattern, becomes in _CHANGED:
        text = pattern.sub(becomes, text)
    return back(text), tuple(dropped)


def _anchored(match: re.Match[str]) -> str:
    """An attribute list leaves nothing but its id."""
    found = re.search(r"#([\w:.-]+)", match[1])
    return f'<a id="{found[1]}"></a>' if found else ""


def _opened(match: re.Match[str]) -> str:
    """What an admonition holds, no longer indented."""
    inner = re.sub(r"^(?: {4}|\t)", "", match[2], flags=re.MULTILINE)
    return f"\n{match[1]}\n\n{inner}\n" if match[1] else f"\n{inner}\n"
