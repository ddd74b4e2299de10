"""A post's body as HTML: as Ghost rendered it, or rendered here from what the editor holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from articleaudio.read.ghost import lexical, mobiledoc
from articleaudio.read.ghost.cards import Body, markdown
from articleaudio.read.jsondata import load, mapping, text_of
from articleaudio.read.post import paragraphs

_EDITORS: Mapping[str, Callable[[Mapping[str, Any]], Body]] = {"lexical": lexical.body, "mobiledoc": mobiledoc.body}
"""The editors' own forms of a text, newest first."""


def body_of(record: Mapping[str, Any], name: str) -> Body:
    """The body of a post; drafts and exports may hold it in the editor's form only. Raises SourceError if broken."""
    html = text_of(record.get("html"))
    if html:
        return Body(html)
    for field, render in _EDITORS.items():
        value = record.get(field)
        if isinstance(value, str) and value.strip():
            value = load(text_of(value), f"the {field} of a post in {name}")
        if isinstance(value, dict) and value:
            return render(mapping(value))
    if written := text_of(record.get("markdown")):
        return Body(markdown(written))
    return Body(paragraphs(text_of(record.get("plaintext"))))
